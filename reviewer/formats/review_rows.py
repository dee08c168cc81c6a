"""A table of a review that came back: its rows, from Word, Excel, a web page, CSV or TSV.

Which columns hold number, source, target, status and comments is told by their headings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import FormatError
from reviewer.formats import encoding, file_bytes
from reviewer.formats.cells import find_columns, guard_length
from reviewer.formats.review_table import COMMENTS, STATUS
from reviewer.formats.termbases import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml import etree

SUFFIXES = (".docx", ".xlsx", ".html", ".htm", ".csv", ".tsv")
_NUMBERS = frozenset({"#", "no", "no.", "nr", "nr.", "n°", "number", "id"})
_STATUSES = frozenset({STATUS.lower(), "state", "statut", "estado", "verdict"})
_COMMENTS = frozenset({COMMENTS.lower(), "comment", "remarks", "notes", "kommentar"})
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row as it came back.

    Attributes:
        line: of the table, from 1.
        number: as the table has it, from 1; None without one.
        status, comments: None where the table has no such column.
    """

    line: int
    number: int | None
    source: str
    target: str
    status: str | None = None
    comments: str | None = None


def read_review_rows(path: Path) -> tuple[ReviewRow, ...]:
    """Return the rows of a table; raises FormatError."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        message = f"“{path.name}” is no table that can be read; it may end with {known}."
        raise FormatError(message)
    try:
        rows = [[_clean(cell) for cell in row] for row in _rows(path, suffix)]
        columns = find_columns(rows[:_LOOKED_AT], {})
    except FormatError as error:
        message = str(error)
        raise FormatError(
            message if path.name in message else f"“{path.name}”: {message}"
        ) from None
    titles = [title.strip().lower() for title in rows[0]] if columns.header else []
    number, status, comments = (
        _column(titles, names, (columns.source, columns.target))
        for names in (_NUMBERS, _STATUSES, _COMMENTS)
    )
    first = 1 if columns.header else 0
    return tuple(
        ReviewRow(
            line,
            _number(_cell(row, number)),
            _cell(row, columns.source) or "",
            _cell(row, columns.target) or "",
            _cell(row, status),
            _cell(row, comments),
        )
        for line, row in enumerate(rows[first:], first + 1)
        if any(row)
    )


def _column(titles: Sequence[str], names: frozenset[str], but: tuple[int, int]) -> int | None:
    return next((n for n, t in enumerate(titles) if t in names and n not in but), None)


def _cell(row: Sequence[str], number: int | None) -> str | None:
    if number is None:
        return None
    return row[number] if number < len(row) else ""


def _number(cell: str | None) -> int | None:
    text = (cell or "").strip().removesuffix(".0").removesuffix(".")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _clean(cell: str) -> str:
    """Return a cell without what guards it, its line breaks alike in all formats."""
    cell = cell[guard_length(cell) :].replace("\r\n", "\n").replace("\r", "\n")
    return cell.encode("utf-8", "replace").decode("utf-8").strip()


def _rows(path: Path, suffix: str) -> Iterator[list[str]]:
    if suffix == ".docx":
        from reviewer.formats.docx_table import table_texts

        yield from table_texts(file_bytes(path))
    elif suffix in {".html", ".htm"}:
        yield from _page_rows(file_bytes(path))
    else:
        yield from table_rows(path)


def _page_rows(data: bytes) -> list[list[str]]:
    """Return the cells of the first table of a page; nothing of it is ever shown or run."""
    from lxml import etree

    text = encoding.decode(data).text.removeprefix(encoding.BOM)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    table = next(root.iter("table"), None) if root is not None else None
    if table is None:
        return []
    rows = (row for row in table.iter("tr") if _table_of(row) is table)
    return [[_cell_text(cell) for cell in row if cell.tag in {"td", "th"}] for row in rows]


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _cell_text(cell: etree._Element) -> str:
    """Return what a cell says, a line for each of its own."""
    for node in cell.iter("br", "p", "div", "script", "style"):
        node.text = "\n" if node.tag in {"br", "script", "style"} else f"\n{node.text or ''}"
    return "".join(map(str, cell.itertext()))
