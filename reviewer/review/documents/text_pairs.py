"""The pairs of a review, each side as one text, to be written in another format."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewer.formats.layout import joint
from reviewer.formats.text_pair import Marked, TextPair
from reviewer.model import Side, Verdict
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.rows import comments_on, verdict_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.model import Pair, Segment
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State
    from reviewer.review.documents.export import Remark


def text_pairs(columns: Columns, state: State, remarks: Sequence[Remark]) -> Iterator[TextPair]:
    """Yield the pairs as they stand, with what the file and people remarked."""
    decisions = Decisions(state, columns)
    by_pair: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_pair[remark.number].append(remark)
    for number in range(len(columns)):
        pair = columns.pair(number)
        target, _ = as_one(pair.target)
        source, _ = as_one(pair.source)
        of_file = "initial" if not target else "translated"
        is_confirmed = verdict_on(state, columns, number) == (Verdict.CONFIRMED, False)
        said = comments_on(state, columns, decisions, number)
        yield TextPair(
            source,
            target,
            tuple(code for segment in pair.source for code in segment.codes),
            tuple(code for segment in pair.target for code in segment.codes),
            pair.shares_codes,
            "reviewed" if target and is_confirmed else of_file,
            tuple(note for told in pair.states for note in told.notes),
            tuple((comment.reviewer, comment.text) for comment in said if comment.text.strip()),
            tuple(_marked(pair, remark) for remark in by_pair.get(number, ())),
        )


def as_one(segments: Sequence[Segment]) -> tuple[str, list[int]]:
    """Return segments as one text, and where each begins in it."""
    text, starts = "", []
    for segment in segments:
        text += joint(text, segment.text)
        starts.append(len(text))
        text += segment.text
    return text, starts


def _marked(pair: Pair, remark: Remark) -> Marked:
    """Return what a remark marks: a span, or the whole translation, or the source without one."""
    side = remark.span.side if remark.span else Side.TARGET
    segments = pair.source if side is Side.SOURCE else pair.target
    if not segments:
        side, segments = Side.SOURCE, pair.source
    text, starts = as_one(segments)
    start, end = 0, len(text)
    if remark.span is not None and remark.span.side is side:
        ord_, first, last = pair.in_segment(remark.span)
        at = next((n for n, each in enumerate(segments) if each.ord == ord_), None)
        if at is not None:
            start, end = starts[at] + first, starts[at] + last
    return Marked(side, start, end, remark.issue, remark.severity, remark.text)
