"""The review as a table that a client can read and edit, and where its texts stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.formats.conversion import plain
from reviewer.formats.layout import joint
from reviewer.formats.review_table import TableRow, written
from reviewer.formats.whole_file import write_whole
from reviewer.model import Side, Verdict
from reviewer.review.checking.board import Board
from reviewer.review.checking.pipeline import Watch
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.rows import Rows
from reviewer.review.documents.export import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.model import Pair, Segment
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments

STATUSES = {
    Verdict.CONFIRMED: "Confirmed",
    Verdict.REJECTED: "Rejected",
    Verdict.OPEN: "Open",
}
"""How the verdicts are called in the table; what is confirmed and was changed since is open."""
_SPACES = re.compile(r"\s+")


def rows_of(state: State, columns: Columns, languages: tuple[str, str]) -> Rows:
    """Return the verdicts and comments of a document pair that nobody has open."""
    return Rows(state, columns, Board(state, columns, languages), Decisions(state, columns))


def plain_side(segments: Sequence[Segment]) -> str:
    """Return a side of a pair as one text without codes that stand for no character."""
    text = ""
    for segment in segments:
        new = plain(segment.text, segment.codes)
        text += joint(text, new) + new
    return text


def status_of(rows: Rows, number: int) -> Verdict:
    """Return the verdict that stands on a pair; one from before its text changed does not."""
    verdict, changed = rows.verdict(number)
    return Verdict.OPEN if changed else verdict


def comments_of(rows: Rows, number: int) -> list[str]:
    """Return the comments on a pair, a line each: "name: text"."""
    return [
        _SPACES.sub(" ", f"{comment.reviewer}: {comment.text}").strip()
        for comment in rows.comments(number)
    ]


def table_row(pair: Pair, rows: Rows) -> TableRow:
    """Return a pair as it stands."""
    return TableRow(
        pair.number + 1,
        plain_side(pair.source),
        plain_side(pair.target),
        STATUSES[status_of(rows, pair.number)],
        "\n".join(comments_of(rows, pair.number)),
    )


def export_table(
    documents: PairOfDocuments,
    state: State,
    columns: Columns,
    out: Path,
    *,
    force: bool,
    watch: Watch | None = None,
) -> Exported:
    """Write the review as a table in the format of the suffix; raises ExportError, Cancelled."""
    watch = watch or Watch()
    languages = documents.source_language, documents.target_language
    rows = rows_of(state, columns, languages)
    made = [table_row(columns.pair(number), rows) for number in range(len(columns))]
    data = written(made, languages, documents.title, out.suffix.lower())
    with watch.writing():
        write_whole(out, data, force=force)
    edits = sum(
        columns.pair(number).text(Side.TARGET) != columns.delivered_text(number)
        for number in range(len(columns))
    )
    return Exported(out, edits, 0, made=True)
