"""What the strip below the current row says: its active finding, then what else is to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Verdict
from reviewer.ui.look.cell_text import is_too_long, labelled
from reviewer.ui.look.wording import (
    crossing_words,
    doubt_words,
    earlier_words,
    isolated,
    state_words,
)
from reviewer.ui.rows.hint_strip import MOST_SUGGESTIONS, Hint, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.model import Finding, Pair
    from reviewer.review.decisions.rows import Row
    from reviewer.ui.rows.pair_rows import Rows

_MOST_NOTES = 4
"""Earlier decisions that are told, and remarks: the newest ones."""
_TARGET_TOO_LONG = QT_TRANSLATE_NOOP(
    "row_hint", "Too long to be edited here. Find and replace reach all of it."
)
_SOURCE_TOO_LONG = QT_TRANSLATE_NOOP(
    "row_hint", "The source is too long for a caret. Find reaches all of it."
)
_CHANGED = {
    Verdict.CONFIRMED: QT_TRANSLATE_NOOP("row_hint", "Changed since it was confirmed."),
    Verdict.REJECTED: QT_TRANSLATE_NOOP("row_hint", "Changed since it was rejected."),
}
_DISPUTED = QT_TRANSLATE_NOOP("row_hint", "Reviewers disagree here: {0} shows what each said.")
_SAID_BY = QT_TRANSLATE_NOOP("row_hint", "{0}: {1}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("row_hint", text)


def hint_of(rows: Rows, row: Row, finding: Finding | None) -> Hint:
    """Return what is told of a row; `finding` is the active one, None for none."""
    pair = rows.pair(row.number)
    notes = tuple(_notes(rows, row, pair))
    if finding is None or finding not in row.findings:
        return Hint(notes=notes)
    return Hint(
        rows.check_kind(finding),
        (row.findings.index(finding) + 1, len(row.findings)),
        rows.message(finding),
        tuple(labelled(text, pair) for text in finding.suggestions[:MOST_SUGGESTIONS]),
        notes,
    )


def _notes(rows: Rows, row: Row, pair: Pair) -> Iterator[Note]:
    yield from _about_text(pair)
    yield from _about_pair(row)
    remarks = rows.comments(row.number) if row.comments else ()
    for remark in remarks[-_MOST_NOTES:]:
        name = isolated(remark.reviewer)
        yield Note("comment", _tr(_SAID_BY).format(name, remark.text) if name else remark.text)


def _about_text(pair: Pair) -> Iterator[Note]:
    """Yield what the file says of a text, and what cannot be done with it."""
    for state in pair.states:
        for text in state_words(state):
            yield Note("lock" if state.locked else "comment", text)
    if is_too_long(pair.target):
        yield Note("lock", _tr(_TARGET_TOO_LONG))
    elif is_too_long(pair.source):
        yield Note("lock", _tr(_SOURCE_TOO_LONG))


def _about_pair(row: Row) -> Iterator[Note]:
    """Yield what is doubtful about a pair, and what was decided of its text before."""
    if row.changed:
        confirmed = row.verdict is Verdict.CONFIRMED
        yield Note("edited", _tr(_CHANGED[Verdict.CONFIRMED if confirmed else Verdict.REJECTED]))
    if row.disputed:
        key = QKeySequence("Ctrl+D").toString(QKeySequence.SequenceFormat.NativeText)
        yield Note("doubt", _tr(_DISPUTED).format(key))
    if row.doubtful:
        yield Note("doubt", doubt_words(row))
    if row.crossed:
        yield Note("crossed", crossing_words(row))
    for each in row.earlier[-_MOST_NOTES:]:
        yield Note("again", earlier_words(each))
