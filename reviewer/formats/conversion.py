"""Pairs written in a format that is not the original's: XLIFF 2.1, TMX, tables, plain text.

What is written is made anew from the texts as they stand; formatting goes along as far as the
format has a place for codes, and is left out of tables and plain text.
"""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.formats.cells import guarded
from reviewer.formats.layout import own_codes
from reviewer.formats.tmx_out import write_tmx
from reviewer.formats.xliff_out import write_xliff
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import ANNOTATION
from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reviewer.formats.text_pair import TextPair
    from reviewer.model import Code

_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A format that pairs can be written in.

    Attributes:
        title: for the file dialogs, marked for translation in the context "formats".
        suffixes: lower-case, with the dot.
        write: (pairs, languages of source and target, name of the document) -> bytes. Raises
            ExportError.
    """

    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Sequence[TextPair], tuple[str, str], str], bytes]


def plain(text: str, codes: Sequence[Code]) -> str:
    """Return a text without its codes; those that stand for a character become it."""
    if not own_codes(text):
        return text
    kept = {code.character: _meant(code) for code in codes}
    return "".join(kept.get(c, "" if c in own_codes(c) else c) for c in text)


def _meant(code: Code) -> str:
    if code.shown == "↵":
        return "\n"
    if len(code.data) == 1:
        return code.data
    # A placeholder of a resource is known by how it is written; it is a part of the text.
    written = " ".join(code.data.split())
    return code.data if code.id.removeprefix(ANNOTATION) == written else ""


def _rows(pairs: Sequence[TextPair], languages: tuple[str, str]) -> list[tuple[str, str]]:
    texts = [
        (plain(pair.source, pair.source_codes), plain(pair.target, pair.target_codes))
        for pair in pairs
    ]
    return [languages, *texts]


def _delimited(delimiter: str) -> Callable[[Sequence[TextPair], tuple[str, str], str], bytes]:
    def write(pairs: Sequence[TextPair], languages: tuple[str, str], _name: str) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        for row in _rows(pairs, languages):
            writer.writerow([guarded(cell) for cell in row])
        # Spreadsheets take a table without the mark for one in the system's old encoding.
        return out.getvalue().encode("utf-8-sig")

    return write


def _workbook(pairs: Sequence[TextPair], languages: tuple[str, str], _name: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet()
    sheet.set_column(0, 1, 60, wrapped)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(_rows(pairs, languages)):
        for column, text in enumerate(row):
            form = wrapped if number else head
            sheet.write_string(number, column, text[:_LONGEST_CELL], form)
    book.close()
    return out.getvalue()


_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 15px/1.4 "Noto Sans", "Segoe UI", sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #c9ced6; padding: 6px 9px; vertical-align: top; text-align: start;
  white-space: pre-wrap; overflow-wrap: anywhere; }}
{style}</style>
</head>
<body>
<h1>{title}</h1>
{tables}
</body>
</html>
"""
_STYLE = """table { table-layout: fixed; }
th.number, td.number { width: 3em; text-align: end; color: #4a4f57; }
"""


def page_of_table(name: str, rows: Iterable[str], style: str = "") -> str:
    """Return a web page of one table whose rows are markup; `style` adds rules to the common."""
    return page_of_tables(name, [rows], style)


def page_of_tables(name: str, tables: Iterable[Iterable[str]], style: str = "") -> str:
    """Return the same of several tables, one below the other."""
    made = ("<table>\n{}\n</table>".format("\n".join(rows)) for rows in tables)
    return _PAGE.format(title=html.escape(name), tables="\n".join(made), style=style)


def _page(pairs: Sequence[TextPair], languages: tuple[str, str], name: str) -> bytes:
    sides = [
        f'lang="{html.escape(tag)}" dir="{"rtl" if language(tag).right_to_left else "ltr"}"'
        for tag in languages
    ]
    heads = "".join(f"<th>{html.escape(tag)}</th>" for tag in languages)
    rows = [f'<tr><th class="number">#</th>{heads}</tr>']
    for number, row in enumerate(_rows(pairs, languages)[1:], 1):
        cells = "".join(
            f"<td {side}>{html.escape(text)}</td>" for side, text in zip(sides, row, strict=True)
        )
        rows.append(f'<tr><td class="number">{number}</td>{cells}</tr>')
    return page_of_table(name, rows, _STYLE).encode()


def _text(pairs: Sequence[TextPair], languages: tuple[str, str], _name: str) -> bytes:
    lines = [target for _, target in _rows(pairs, languages)[1:] if target.strip()]
    return ("\n".join(lines) + "\n").encode()


CONVERSIONS = (
    Conversion(QT_TRANSLATE_NOOP("formats", "XLIFF 2.1"), (".xlf", ".xliff"), write_xliff),
    Conversion(QT_TRANSLATE_NOOP("formats", "Translation memory"), (".tmx",), write_tmx),
    Conversion(QT_TRANSLATE_NOOP("formats", "Excel workbook"), (".xlsx",), _workbook),
    Conversion(QT_TRANSLATE_NOOP("formats", "Table (CSV)"), (".csv",), _delimited(",")),
    Conversion(QT_TRANSLATE_NOOP("formats", "Table (TSV)"), (".tsv",), _delimited("\t")),
    Conversion(QT_TRANSLATE_NOOP("formats", "Web page"), (".html", ".htm"), _page),
    Conversion(QT_TRANSLATE_NOOP("formats", "Plain text"), (".txt",), _text),
)
"""What any pair of documents can be written as, beside the format of its original."""


def conversion_of(suffix: str) -> Conversion | None:
    """Return the conversion that a suffix asks for; None for one that is not known."""
    return next((each for each in CONVERSIONS if suffix.lower() in each.suffixes), None)
