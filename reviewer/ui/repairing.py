"""Repairing the alignment with keys and menus: finding doubtful pairs, cutting, linking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from reviewer.model import SEGMENT_BREAK, Side
from reviewer.review.alignment.places import held
from reviewer.ui.look.wording import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from reviewer.review.alignment.places import Ranges
    from reviewer.review.session import Review
    from reviewer.ui.panels.review_page import ReviewPage

_SHOWN = 40
"""Characters of a marked text that the bar shows."""
_OTHER = {Side.SOURCE: Side.TARGET, Side.TARGET: Side.SOURCE}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: ranges of a side, wherever their pair goes meanwhile."""

    side: Side
    ranges: Ranges


class Repairing(QObject):
    """Turns commands into alignment gestures on the current pair.

    Signals:
        told: a passing note for the person.
        marked: number of the pair, whether it is its source, and the text that is marked.
        unmarked: nothing is marked any more.
    """

    told = Signal(str)
    marked = Signal(int, bool, str)
    unmarked = Signal()

    def __init__(self, page: ReviewPage, window: QWidget) -> None:
        super().__init__(window)
        self._page = page
        self._review: Review | None = None
        self._mark: Mark | None = None
        page.view.range_begun.connect(self._begin_range)
        page.view.escaped.connect(self.forget_mark)

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        return {
            "next_doubtful": self.next_doubtful,
            "previous_doubtful": self.previous_doubtful,
            "next_odd": self.next_odd,
            "previous_odd": self.previous_odd,
            "merge": self.merge,
            "merge_previous": self.merge_previous,
            "split": self.split,
            "read_source": self._page.view.read_source,
            "move_down": self.move_down,
            "move_up": self.move_up,
            "move_source_down": self.move_source_down,
            "move_source_up": self.move_source_up,
            "unlink": self.unlink,
            "link": self.link,
        }

    def open(self, review: Review | None) -> None:
        """Repair a review, or none."""
        self.forget_mark()
        self._review = review

    # Going to what wants a look

    def next_doubtful(self) -> None:
        """Go to the next doubtful pair, after the last one to the first."""
        self._walk_doubtful(1)

    def previous_doubtful(self) -> None:
        """Go to the doubtful pair before, before the first one to the last."""
        self._walk_doubtful(-1)

    def next_odd(self) -> None:
        """Go to the next pair that is not one sentence beside one."""
        self._walk_odd(1)

    def previous_odd(self) -> None:
        """Go to the pair before that is not one sentence beside one."""
        self._walk_odd(-1)

    def _walk_doubtful(self, step: int) -> None:
        if self._review is not None:
            nothing = self.tr("There are no doubtful pairs.")
            none_shown = self.tr("None of the pairs shown is doubtful.")
            self._walk(self._review.doubtful(), step, (nothing, none_shown))

    def _walk_odd(self, step: int) -> None:
        if self._review is not None:
            nothing = self.tr("All pairs are 1-1.")
            none_shown = self.tr("All pairs shown are 1-1.")
            self._walk(self._review.odd(), step, (nothing, none_shown))

    def _walk(self, wanted: NDArray[np.int64], step: int, nothing: tuple[str, str]) -> None:
        """Go to the next of these pairs that is shown, around the ends if need be.

        `nothing` is told where there is none: of the document, or of what a filter shows.
        """
        shown = self._page.shown
        found = wanted if shown is None else wanted[np.isin(wanted, shown)]
        if not len(found):
            self.told.emit(nothing[shown is not None])
            return
        current = self._page.current
        at = np.searchsorted(found, current, "right" if step > 0 else "left") - (step < 0)
        if not 0 <= at < len(found):
            ends = self.tr("Back at the first one."), self.tr("On to the last one.")
            self.told.emit(ends[step < 0])
        self._page.show_pair(int(found[at % len(found)]), focus=True)

    # On the current pair

    def merge(self) -> None:
        """Make one pair of the current one and the next."""
        number = self._current()
        if number is not None and not self._reviewed.alignment.merge_with_next(number):
            self.told.emit(self.tr("There is no next pair."))

    def merge_previous(self) -> None:
        """Make one pair of the current one and the one before."""
        number = self._current()
        if number is not None and not self._reviewed.alignment.merge_with_previous(number):
            self.told.emit(self.tr("There is no pair before."))

    def split(self) -> None:
        """Split the current pair at the carets, behind its first sentences without any."""
        cuts = self._page.view.hand.cuts()
        number = self._current()
        if number is None:
            return
        if not self._reviewed.alignment.split(number, *cuts):
            self.told.emit(self._why_undivided(*cuts))

    def _why_undivided(self, source: int | None, target: int | None) -> str:
        if source is None and target is None:
            return self.tr("A pair of one sentence is split at a caret: F2 or Shift+F2.")
        if source is None:
            return self.tr("This does not divide the source; a caret there may (Shift+F2).")
        return self.tr("This does not divide the pair.")

    def move_down(self) -> None:
        """Move the last sentence of the translation to the next pair."""
        self._move(Side.TARGET, 1)

    def move_up(self) -> None:
        """Move the first sentence of the translation to the pair before."""
        self._move(Side.TARGET, -1)

    def move_source_down(self) -> None:
        """Move the last sentence of the source to the next pair."""
        self._move(Side.SOURCE, 1)

    def move_source_up(self) -> None:
        """Move the first sentence of the source to the pair before."""
        self._move(Side.SOURCE, -1)

    def _move(self, side: Side, step: int) -> None:
        number = self._current()
        if number is not None and not self._reviewed.alignment.move(number, side, step):
            self.told.emit(self.tr("There is no sentence that could be moved there."))

    def unlink(self) -> None:
        """Let source and translation of the current pair stand alone."""
        number = self._current()
        if number is not None and not self._reviewed.alignment.unlink(number):
            self.told.emit(self.tr("Only one side has text here."))

    @property
    def _reviewed(self) -> Review:
        assert self._review is not None
        return self._review

    def _current(self) -> int | None:
        """Return the current pair, what is being written in it recorded; None without one."""
        self._page.view.record_edit()
        number = self._page.current
        return number if self._review is not None and number >= 0 else None

    # Linking across the document

    @property
    def mark(self) -> int | None:
        """The pair that holds what is marked; None without a mark."""
        if self._mark is None or self._review is None:
            return None
        first = self._mark.ranges[0][0]
        return self._review.columns.beads.number_at(self._mark.side, first)

    def link(self) -> None:
        """Mark a side of the current pair; link what is marked with the other side here."""
        number = self._current()
        if number is None:
            return
        if self._mark is None:
            self._mark_side(number)
        elif self.mark == number:
            self.forget_mark()
        else:
            self._link_here(number, self._mark)

    def _mark_side(self, number: int) -> None:
        place, in_hand = self._reviewed.columns.place(number), self._page.view.hand.side
        sides = [side for side in Side if place.holds(side)]
        side = in_hand if in_hand in sides else sides[0]
        self._set_mark(Mark(side, self._ranges(number, side)))

    def _set_mark(self, mark: Mark) -> None:
        self._mark = mark
        number = self.mark
        if number is None:
            return
        text = self._reviewed.pair(number).text(mark.side).replace(SEGMENT_BREAK, " ")
        self.marked.emit(number, mark.side is Side.SOURCE, str(excerpt(text, 0, 0, _SHOWN)))
        self.follow()

    def _ranges(self, number: int, side: Side) -> Ranges:
        """Return what is meant of a side: the sentence with the caret, else all of it."""
        view, columns = self._page.view, self._reviewed.columns
        ranges = columns.ranges(side, number)
        offset = view.hand.cuts()[list(Side).index(side)] if view.hand.side is side else None
        texts = self._reviewed.pair(number).text(side).split(SEGMENT_BREAK)
        if offset is None or len(texts) != len(ranges):
            return held(columns.place(number).side(side))
        at = 0
        while at + 1 < len(texts) and offset > len(texts[at]):
            offset -= len(texts[at]) + len(SEGMENT_BREAK)
            at += 1
        return (ranges[at],)

    def _link_here(self, number: int, mark: Mark) -> None:
        side = _OTHER[mark.side]
        if not self._reviewed.columns.place(number).holds(side):
            self.told.emit(
                self.tr("There is no translation in this pair.")
                if side is Side.TARGET
                else self.tr("There is no source in this pair.")
            )
            return
        here = self._ranges(number, side)
        source, target = (here, mark.ranges) if side is Side.SOURCE else (mark.ranges, here)
        self.forget_mark()
        if self._reviewed.alignment.link(source, target):
            linked = self._reviewed.columns.beads.number_at(Side.SOURCE, source[0][0])
            self._page.show_pair(linked if linked is not None else number)
            self.told.emit(self.tr("Linked."))

    def go_to_mark(self) -> None:
        """Go back to the marked pair; the mark stays."""
        number, mark = self.mark, self._mark
        if number is not None and mark is not None:
            self._page.show_pair(number, focus=True)
            self._set_mark(mark)

    def forget_mark(self) -> None:
        """Mark nothing any more."""
        if self._mark is not None:
            self._mark = None
            self._page.view.set_marked(-1)
            self.unmarked.emit()

    def forget_mark_of(self, about: str) -> None:
        """Mark nothing any more when the bar that tells of it is closed."""
        if about == "link":
            self.forget_mark()

    def _begin_range(self, number: int) -> None:
        """Mark a pair from which a range goes on, unless one is marked."""
        if self._mark is None and self._review is not None and 0 <= number < self._review.count:
            self._mark_side(number)

    def follow(self) -> None:
        """Show the mark where its pair is now."""
        number = self.mark
        self._page.view.set_marked(-1 if number is None else number)
