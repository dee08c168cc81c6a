"""The review as a table for people: number, source, target, status, comments.

It goes to a client who reads it, edits it and sends it back; `review_rows` reads it again.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from reviewer.errors import ExportError
from reviewer.formats.cells import guarded
from reviewer.formats.conversion import page_of_table
from reviewer.formats.xml_walk import clean, escaped
from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NUMBER, STATUS, COMMENTS = "#", "Status", "Comments"
"""What the columns beside the two languages are called."""
SUFFIXES = (".docx", ".xlsx", ".html", ".csv", ".tsv")
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""


class TableRow(NamedTuple):
    """A pair as it stands; texts may hold line breaks."""

    number: int
    source: str
    target: str
    status: str = ""
    comments: str = ""


def written(rows: Sequence[TableRow], languages: tuple[str, str], name: str, suffix: str) -> bytes:
    """Return a table as a file of that suffix; raises ExportError for one that is not known."""
    if suffix == ".docx":
        return _word(rows, languages, name)
    if suffix == ".xlsx":
        return _workbook(rows, languages)
    if suffix in {".html", ".htm"}:
        return _page(rows, languages, name)
    if suffix in {".csv", ".tsv"}:
        return _delimited(rows, languages, "," if suffix == ".csv" else "\t")
    message = f"The review can be written as a table in {', '.join(SUFFIXES)}, not as “{suffix}”."
    raise ExportError(message)


def _cells(rows: Sequence[TableRow], languages: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    yield (NUMBER, *languages, STATUS, COMMENTS)
    for row in rows:
        yield (str(row.number), *row[1:])


def _delimited(rows: Sequence[TableRow], languages: tuple[str, str], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for cells in _cells(rows, languages):
        writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig", "replace")


def _workbook(rows: Sequence[TableRow], languages: tuple[str, str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet()
    for column, width in enumerate((6, 50, 50, 12, 36)):
        sheet.set_column(column, column, width, wrapped)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(_cells(rows, languages)):
        for column, text in enumerate(cells):
            form = wrapped if number else head
            sheet.write_string(number, column, clean(text)[:_LONGEST_CELL], form)
    book.close()
    return out.getvalue()


def _page(rows: Sequence[TableRow], languages: tuple[str, str], name: str) -> bytes:
    sides = [
        f' lang={quoteattr(tag)} dir="{"rtl" if language(tag).right_to_left else "ltr"}"'
        for tag in languages
    ]
    marks = ("", *sides, "", "")
    lines = []
    for number, cells in enumerate(_cells(rows, languages)):
        tag = "td" if number else "th"
        held = "".join(
            f"<{tag}{mark}>{html.escape(cell)}</{tag}>"
            for mark, cell in zip(marks, cells, strict=True)
        )
        lines.append(f"<tr>{held}</tr>")
    return page_of_table(name, lines).encode("utf-8", "replace")


# Word

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WIDTHS = (700, 5300, 5300, 1300, 2800)
"""Of the columns, in twentieths of a point: a page of A4 across, less its margins."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9CED6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _word(rows: Sequence[TableRow], languages: tuple[str, str], name: str) -> bytes:
    tags = ("", *languages, "", "")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    lines = [
        _word_row(cells, tags, header=not number)
        for number, cells in enumerate(_cells(rows, languages))
    ]
    body = (
        f"{_word_paragraph(name, '', bold=True)}<w:tbl><w:tblPr>"
        f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}'
        '</w:tbl><w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="720" w:right="720" w:bottom="720" w:left="720" w:header="400" '
        'w:footer="400" w:gutter="0"/></w:sectPr>'
    )
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document.encode("utf-8", "replace"))
    return out.getvalue()


def _word_row(cells: Sequence[str], tags: Sequence[str], *, header: bool) -> str:
    properties = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
    held = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_word_paragraph(cell, tag, bold=header)}</w:tc>"
        for width, cell, tag in zip(_WIDTHS, cells, tags, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{held}</w:tr>"


def _word_paragraph(text: str, tag: str, *, bold: bool = False) -> str:
    """Return a text as one paragraph, in its language and direction."""
    right = bool(tag) and language(tag).right_to_left
    looks = ("<w:b/>" if bold else "") + ('<w:sz w:val="20"/><w:szCs w:val="20"/>')
    if right:
        looks += "<w:rtl/>"
    if tag:
        kind = "w:bidi" if right else "w:val"
        looks += f"<w:lang {kind}={quoteattr(tag)}/>"
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escaped(clean(line))}</w:t>' for line in text.split("\n")
    )
    direction = "<w:bidi/>" if right else ""
    place = f'<w:pPr>{direction}<w:spacing w:before="40" w:after="40"/></w:pPr>'
    return f"<w:p>{place}<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r></w:p>"
