"""Repairing the alignment of an open review: pairs merged, split, moved, linked and unlinked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Side
from reviewer.review.alignment import cutting, realign
from reviewer.review.decisions import gestures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.model import Draft
    from reviewer.review.alignment.places import Ranges
    from reviewer.review.alignment.subjects import Piece
    from reviewer.review.session import Review
    from reviewer.store import NewAlignment


class AlignmentRepair:
    """What a reviewer does to the pairs of the open document; each is a gesture of the review."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def merge_with_next(self, number: int) -> bool:
        """Make one pair of this one and the next; False where there is none."""
        return self.realign(realign.merge(self._review.columns.beads, number, number + 1))

    def merge_with_previous(self, number: int) -> bool:
        """Make one pair of this one and the one before; False where there is none."""
        return self.realign(realign.merge(self._review.columns.beads, number - 1, number))

    def split(self, number: int, source: int | None, target: int | None) -> bool:
        """Make two pairs of one, cut at an offset of its source text and one of its target text.

        With None the side is divided where it fits the other one best, or stays above. False
        where one of the pairs would be empty.
        """
        source, target = self._both_offsets(number, source, target)
        cut = cutting.cut(self._review.columns, number, source, target)
        if cut is None:
            return False
        swap = realign.split(self._review.columns.beads, number, cut.at)
        return self.realign(swap, cut.texts, cut.added)

    def _both_offsets(
        self, number: int, source: int | None, target: int | None
    ) -> tuple[int | None, int | None]:
        """Return the offsets with that of a side of one sentence, where it had none."""
        if (source is None) == (target is None):
            return source, target
        from reviewer.review.halving import matching_offset

        side, offset = (Side.TARGET, target) if source is None else (Side.SOURCE, source)
        assert offset is not None
        review = self._review
        languages = review.source_language, review.target_language
        other = matching_offset(review.columns, review.state, number, side, offset, languages)
        return (other, target) if source is None else (source, other)

    def move(self, number: int, side: Side, step: int) -> bool:
        """Move a pair's last segment of a side to the next pair; its first one back with -1."""
        return self.realign(realign.move(self._review.columns, number, side, step))

    def unlink(self, number: int) -> bool:
        """Make two pairs of one, its source alone and its target alone."""
        return self.realign(realign.unlink(self._review.columns.beads, number))

    def link(self, source: Ranges, target: Ranges) -> bool:
        """Make a pair of a range of the source and one of the target, wherever they stand."""
        return self.realign(realign.link(self._review.columns.beads, source, target))

    def realign(
        self,
        swap: realign.Swap | None,
        texts: Mapping[Piece, str] | None = None,
        added: Mapping[Piece, str] | None = None,
    ) -> bool:
        """Record an alignment edit as one gesture; False for none."""
        if swap is not None:
            review = self._review
            drafts = gestures.realign(review.state, review.columns, swap, texts, added)
            review.record(drafts, None)
        return swap is not None

    def use(self, alignment: NewAlignment, drafts: Sequence[Draft]) -> None:
        """Take another alignment of the open documents into use, as one gesture."""
        self._review.project.note(alignment)
        self._review.record(drafts, None, alignment)

    @property
    def is_accepted(self) -> bool:
        """Whether a person said that the alignment is right, however unsure the aligner was."""
        state = self._review.state
        register = state.register("setting", self._key())
        return register is not None and state.content(register.chosen).get("value") is True

    def accept(self) -> None:
        """Remember that the alignment is right."""
        self._review.record([gestures.setting(self._review.state, self._key(), value=True)], set())

    def _key(self) -> str:
        return "alignment:" + ":".join(
            each.hex() for each in self._review.pair_of_documents.documents
        )
