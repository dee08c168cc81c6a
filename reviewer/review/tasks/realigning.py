"""Aligning an open review anew: whether that is called for, what is asked, what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import store
from reviewer.model import Origin, Side
from reviewer.review.alignment.anew import is_large, new_alignment
from reviewer.review.checking.pipeline import detected
from reviewer.review.decisions import gestures
from reviewer.review.tasks.requests import AlignRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.review.alignment.places import Place
    from reviewer.review.alignment.realign import Swap
    from reviewer.review.session import Review
    from reviewer.review.tasks.requests import Realigned

BADLY_ALIGNED = 0.65
"""`Review.quality` below which a document's alignment is not to be trusted; where every third
bead is wrong it is below 0.6, where every tenth is it is above 0.8."""
UNRELATED = 0.5
"""Quality below which two texts are likely to be no translations of each other."""
_TOLD_BY = 400
"""Sentences from which the language of a text is told."""


def is_badly_aligned(review: Review) -> bool:
    """Return whether the alignment is hardly to be trusted, and nobody said that it is right.

    What corresponds in a bilingual file is said by the file, however much is missing.
    """
    if review.columns.delivered.bilingual:
        return False
    return not review.alignment.is_accepted and review.quality() < BADLY_ALIGNED


def seems_swapped(review: Review) -> bool:
    """Return whether each text seems to be in the language of the other one."""
    told = []
    for side in Side:
        segments = review.columns.delivered.segments(side)[:_TOLD_BY]
        told.append(_base(detected(segment.text for segment in segments)[0]))
    source, target = _base(review.source_language), _base(review.target_language)
    return told == [target, source] and source != target


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def align_request(
    review: Review, first: int, last: int, given: Sequence[Place] = ()
) -> AlignRequest:
    """Return what the worker needs to align pairs anew; `last` is among them."""
    return AlignRequest(
        review.path,
        review.pair_of_documents.align_id,
        review.saving.on_its_way,
        first,
        last,
        kept_places(review, first, last),
        tuple(given),
        review.columns.beads.stamp,
    )


def kept_places(review: Review, first: int, last: int) -> frozenset[Place]:
    """Return the places of pairs that are confirmed or that a person made."""
    beads = review.columns.beads
    manual = (bead.place for bead in beads.added if bead.origin is Origin.MANUAL)
    numbers = {review.columns.row_of(place) for place in manual} | review.confirmed()
    return frozenset(
        beads[number].place for number in numbers if number is not None and first <= number <= last
    )


def take_realigned(review: Review, realigned: Realigned) -> bool:
    """Record what the worker aligned anew, as one gesture.

    False where pairs were changed, confirmed or reopened meanwhile: nothing is recorded then.
    """
    request, swap = realigned.request, realigned.swap
    same = review.pair_of_documents.align_id == request.align_id
    if swap is None or request.stamp != review.columns.beads.stamp or not same:
        return False
    if kept_places(review, request.first, request.last) != request.kept:
        return False
    if swap.remove and is_large(swap):
        _use_new_alignment(review, swap)
    elif swap.remove:
        review.alignment.realign(swap)
    return True


def _use_new_alignment(review: Review, swap: Swap) -> None:
    """Record an alignment that is too large for an edit, and what is laid over it."""
    made = new_alignment(review.columns, swap)
    shown = review.pair_of_documents
    recipe = {"from": shown.align_id.hex()}
    alignment = store.new_alignment(*shown.documents, made.beads, recipe)
    drafts = gestures.new_alignment(alignment.align_id, *shown.documents, made, shown.title)
    review.alignment.use(alignment, drafts)
