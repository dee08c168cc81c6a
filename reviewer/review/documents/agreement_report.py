"""The agreement of reviewers for people and for programs: a web page, a table, a record."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING, Any

from reviewer.errors import ExportError
from reviewer.formats.cells import guarded
from reviewer.formats.conversion import page_of_tables
from reviewer.model import Verdict
from reviewer.review.documents.review_table import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.review.decisions.agreement import Agreement, Agreements, Apart

SUFFIXES = (".html", ".csv")
_HEAD = (
    *("First", "Second", "Both judged", "Same verdict", "Agreement", "Cohen's kappa"),
    *("Same translation", "Pairs with issues", "Same categories", "Penalties", "Difference"),
)
_PAIRS = ("Document", "Pair", "First", "Said", "Second", "Said", "Translation")


def record(found: Agreements) -> dict[str, Any]:
    """Return what `reviewer agreement --json` prints; shares are 0-1, null where undefined.

    Documents and pairs count from 0, null where no row holds the pair now.
    """
    return {
        "reviewers": [
            {"id": judge.reviewer.hex(), "name": judge.name, "judged": judge.judged}
            for judge in found.judges
        ],
        "agreement": [_record(each) for each in found.pairs],
    }


def _record(one: Agreement) -> dict[str, Any]:
    verdicts = {
        first.value: {second.value: one.counts.get((first, second), 0) for second in Verdict}
        for first in Verdict
    }
    issues = one.issues and {
        "pairs": one.issues.pairs,
        "same_categories": one.issues.same,
        "penalties": list(one.issues.penalties),
        "difference": round(one.issues.difference, 4),
    }
    return {
        "reviewers": [one.first.reviewer.hex(), one.second.reviewer.hex()],
        "pairs": one.both,
        "observed": _rounded(one.observed),
        "kappa": _rounded(one.kappa),
        "verdicts": verdicts,
        "same_text": one.same_text,
        "issues": issues,
        "apart": [
            {
                "document": apart.document,
                "pair": apart.number,
                "verdicts": [verdict.value for verdict in apart.said],
                "same_text": not apart.texts,
            }
            for apart in one.apart
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def written(found: Agreements, titles: Sequence[str], name: str, suffix: str) -> bytes:
    """Return the report as a file of that suffix; raises ExportError for one that is not known.

    `titles` are those of the documents; pairs are numbered from 1, as in the window.
    """
    if suffix == ".csv":
        return _table(found, titles)
    if suffix in {".html", ".htm"}:
        return _page(found, titles, name)
    message = f"The report can be written in {', '.join(SUFFIXES)}, not as “{suffix}”."
    raise ExportError(message)


def _tables(found: Agreements, titles: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
    yield [("Reviewer", "Judged"), *((judge.name, str(judge.judged)) for judge in found.judges)]
    yield [_HEAD, *map(_cells, found.pairs)]
    rows = [_apart_cells(one, each, titles) for one in found.pairs for each in one.apart]
    if rows:
        yield [_PAIRS, *rows]


def _cells(one: Agreement) -> tuple[str, ...]:
    issues = one.issues
    return (
        *(one.first.name, one.second.name, str(one.both), str(one.same)),
        *(percent(one.observed), decimals(one.kappa), str(one.same_text)),
        str(issues.pairs) if issues else "",
        str(issues.same) if issues else "",
        "{:g} / {:g}".format(*issues.penalties) if issues else "",
        f"{issues.difference:.2f}" if issues else "",
    )


def _apart_cells(one: Agreement, apart: Apart, titles: Sequence[str]) -> tuple[str, ...]:
    return (
        titles[apart.document] if apart.document is not None else "",
        str(apart.number + 1) if apart.number is not None else "",
        *(one.first.name, STATUSES[apart.said[0]], one.second.name, STATUSES[apart.said[1]]),
        "different" if apart.texts else "same",
    )


def percent(share: float | None) -> str:
    """Return a share in percent; a dash for None."""
    return "–" if share is None else f"{100 * share:.1f} %"


def decimals(value: float | None) -> str:
    """Return a number with two decimals; a dash for None."""
    return "–" if value is None else f"{value:.2f}"


def _table(found: Agreements, titles: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, table in enumerate(_tables(found, titles)):
        writer.writerows([()] * bool(number))
        writer.writerows([guarded(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig", "replace")


def _page(found: Agreements, titles: Sequence[str], name: str) -> bytes:
    tables = [
        [_row(row, "td" if number else "th") for number, row in enumerate(table)]
        for table in _tables(found, titles)
    ]
    style = "table { width: auto; margin-bottom: 2em; }\n"
    return page_of_tables(name, tables, style).encode("utf-8", "replace")


def _row(cells: Sequence[str], tag: str) -> str:
    held = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{held}</tr>"
