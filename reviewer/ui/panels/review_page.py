"""The open review in the window: filter row, find bar, and the pairs side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.review.decisions.disagreements import TEXTS
from reviewer.review.decisions.independent import rows_judged
from reviewer.ui.look.wording import counted
from reviewer.ui.panels.disagreement_bar import DisagreementBar
from reviewer.ui.panels.filter_row import FilterRow, Rows
from reviewer.ui.panels.find_bar import FindBar
from reviewer.ui.rows.grid import PairView
from reviewer.ui.rows.pair_rows import ReviewRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from reviewer.model import Finding, Kind, Span
    from reviewer.review.alignment.places import Place
    from reviewer.review.decisions.change import Change
    from reviewer.review.decisions.disagreements import Disagreement, Version
    from reviewer.review.search import Hit
    from reviewer.review.session import Review


class ReviewPage(QWidget):
    """Shows one review, knows which pair and which finding are active, and walks through them.

    Signals:
        pair_shown: number of the pair that is current now.
        finding_shown: the active Finding, or None.
        wrapped: what there is to say where a walk came to an end or began anew.
        noted: a passing word for the person.
        document_asked: number of another document pair of the project to show.
    """

    pair_shown = Signal(int)
    finding_shown = Signal(object)
    wrapped = Signal(str)
    noted = Signal(str)
    document_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._shown: NDArray[np.int64] | None = None
        self._languages = ("", "")
        self._taken: str | None = None
        self._taking = False
        self._place: Place | None = None
        self._apart: frozenset[bytes] = frozenset()  # pairs that reviewers judged differently
        self.filter_row = FilterRow()
        self.find_bar = FindBar()
        self.disagreements = DisagreementBar()
        self.view = PairView()
        self.view.setAccessibleName(self.tr("Pairs"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter_row)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.disagreements)
        layout.addWidget(self.view, 1)
        self.filter_row.changed.connect(self._filter)
        self.find_bar.hit_chosen.connect(self._show_hit)
        self.find_bar.hits_changed.connect(self._mark_hits)
        self.find_bar.closed.connect(self.take_focus)
        self.find_bar.reading.connect(self.view.record_edit)
        self.disagreements.reached.connect(self._show_disagreement)
        self.disagreements.taken.connect(self._take_version)
        self.disagreements.third_asked.connect(self._decide_here)
        self.disagreements.settled.connect(self._end_disagreements)
        self.disagreements.left.connect(self._leave_disagreements)
        self.view.current_changed.connect(self.pair_shown)
        self.view.current_changed.connect(self.disagreements.show_pair)
        self.view.active_finding_changed.connect(self.finding_shown)
        self.view.edited.connect(self._edit)
        self.view.codes_moved.connect(self._note_moved_codes)
        self.view.suggestion_chosen.connect(self._apply)

    def _note_moved_codes(self, count: int) -> None:
        text = self.tr("%n code(s) moved to the end: their words are gone.", "", count)
        self.noted.emit(counted(text, count))

    # What is open

    def open(self, review: Review | None) -> None:
        """Show a review, at its first pair; or none."""
        self.find_bar.forget()
        self.disagreements.forget()
        self._shown = self._place = None
        if review is not self._review:
            self._apart = frozenset()
        if review is None:
            self.view.set_rows(None)
            self.filter_row.offer_apart(0)
            self._review = None
            return
        self._review = review
        self._languages = review.source_language, review.target_language
        with QSignalBlocker(self.filter_row):
            self.filter_row.clear()
        titles = [documents.title for documents in review.documents]
        self.filter_row.show_documents(titles, review.document)
        self.filter_row.offer_apart(len(self._apart_here()))
        self.view.set_rows(ReviewRows(review))

    @property
    def current(self) -> int:
        """Number of the current pair; -1 without one."""
        return self.view.current

    @property
    def finding(self) -> Finding | None:
        """The active finding: of the current pair, the one that suggestions belong to."""
        return self.view.active_finding

    @property
    def shown(self) -> NDArray[np.int64] | None:
        """The numbers of the pairs that the filter shows, in order; None without a filter."""
        return self._shown

    def take_edit(self) -> str | None:
        """Return what is being written, for a gesture that records it; None for no change."""
        self._taken, self._taking = None, True
        self.view.record_edit()
        self._taking = False
        return self._taken

    def before_realigning(self) -> None:
        """Record what is being written under the number it has now, and remember the pair."""
        self.view.record_edit()
        review, number = self._review, self.current
        if review is not None and 0 <= number < review.count:
            self._place = review.columns.place(number)

    def follow(self, change: Change) -> None:
        """Paint what a change touched."""
        review = self._review
        if review is None:
            return
        if change.documents:
            titles = [documents.title for documents in review.documents]
            self.filter_row.show_documents(titles, review.document)
        languages = review.source_language, review.target_language
        if languages != self._languages:
            # Fonts and directions of the columns are others now.
            self._languages = languages
            current = self.current
            self.view.set_rows(ReviewRows(review))
            self._filter()
            self.view.set_current(current)
            return
        place, self._place = self._place, None
        if change.realigned and place is not None:
            now = review.columns.beads.number_at(*place.first)
            self.view.renumber(self.current if now is None else now)
        if change.realigned and self.filter_row.restricts:
            self._filter()
        self.view.rows_changed(change.rows)

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Show how many findings are open per kind, and keep to the filter."""
        if self._review is None:
            return
        review = self._review
        self.filter_row.show_counts(counts, review.count, checked=review.checked)
        apart = review.disagreement_count
        self.filter_row.show_row_counts(len(review.doubtful()), len(review.unsettled()), apart)
        self.disagreements.refresh()
        if self.filter_row.restricts:
            self._filter()

    def take_focus(self) -> None:
        """Put the keyboard onto the pairs."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Going from place to place

    def show_pair(self, number: int, span: Span | None = None, *, focus: bool = False) -> None:
        """Go to a pair, and to a place in it; a filter that leaves it out is taken off."""
        review = self._review
        if review is None or not 0 <= number < review.count:
            return
        if self._shown is not None and number not in self._shown:
            self.filter_row.clear()
            self.wrapped.emit(self.tr("That pair was filtered out; all pairs are shown again."))
        if span is None:
            self.view.set_current(number, focus=focus)
        else:
            self.view.show_span(number, span)

    def show_finding(self, finding: Finding, *, focus: bool = False) -> None:
        """Go to a finding and make it the active one."""
        self.show_pair(finding.pair)
        self.view.go_to_finding(finding, focus=focus)

    def next_finding(self) -> None:
        """Go to the next finding of the chips chosen, after the last one to the first."""
        self._walk_findings(1)

    def previous_finding(self) -> None:
        """Go to the finding before, before the first one to the last."""
        self._walk_findings(-1)

    def _why_no_finding(self) -> str:
        if self._review is not None and not self._review.checked:
            return self.tr("Still checking: nothing found so far.")
        if self._shown is not None:
            return self.tr("There are no findings in the pairs shown.")
        return self.tr("There are no findings.")

    def _walk_findings(self, step: int) -> None:
        found = self._findings_shown()
        if not found:
            self.wrapped.emit(self._why_no_finding())
            return
        if self.finding in found:
            place = found.index(self.finding) + step
        else:
            before = [finding.pair for finding in found]
            after = bisect_right(before, self.current - (1 if step > 0 else 0))
            place = after if step > 0 else bisect_right(before, self.current) - 1
        if not 0 <= place < len(found):
            past_end = place >= len(found)
            self.wrapped.emit(
                self.tr("Back at the first finding.")
                if past_end
                else self.tr("On to the last finding.")
            )
        self.show_finding(found[place % len(found)], focus=True)

    def findings(self) -> Sequence[Finding]:
        """Return the open findings of the chips chosen, in order."""
        if self._review is None:
            return ()
        kinds, review = self.filter_row.kinds, self._review
        found = review.findings()
        return [f for f in found if not kinds or review.check(f).kind in kinds]

    def _findings_shown(self) -> Sequence[Finding]:
        """Return those of them that are in the pairs shown."""
        found = self.findings()
        if self._shown is None:
            return found
        shown = set(self._shown.tolist())
        return [finding for finding in found if finding.pair in shown]

    def next_pair(self) -> None:
        """Go one row down."""
        self._walk(self._all_shown(), 1)

    def previous_pair(self) -> None:
        """Go one row up."""
        self._walk(self._all_shown(), -1)

    def _all_shown(self) -> Sequence[int] | NDArray[np.int64]:
        count = self._review.count if self._review is not None else 0
        return range(count) if self._shown is None else self._shown

    def next_open(self) -> None:
        """Go down to the next pair that is not confirmed."""
        self._walk_open(1)

    def previous_open(self) -> None:
        """Go up to the next pair that is not confirmed."""
        self._walk_open(-1)

    def _walk_open(self, step: int) -> None:
        if self._review is not None:
            found = self._review.unconfirmed()
            numbers = found if self._shown is None else _both(self._shown, found)
            if not self._walk(numbers, step):
                self.wrapped.emit(self._why_no_open(numbers, step))

    def _why_no_open(self, numbers: Sequence[int] | NDArray[np.int64], step: int) -> str:
        others = len(numbers) - int(self.current in numbers)
        if others and step > 0:
            return self.tr("No unconfirmed pair below this one; %n above it.", "", others)
        if others:
            return self.tr("No unconfirmed pair above this one; %n below it.", "", others)
        if len(numbers):
            return self.tr("This is the only unconfirmed pair.")
        if self._shown is not None:
            return self.tr("Every pair shown is confirmed.")
        return self.tr("Every pair is confirmed.")

    def _walk(self, numbers: Sequence[int] | NDArray[np.int64], step: int) -> bool:
        """Go to the next of these pairs, which are in order; False where there is none."""
        behind, before = bisect_right(numbers, self.current), bisect_left(numbers, self.current)
        at = behind if step > 0 else before - 1
        there = 0 <= at < len(numbers)
        if there:
            self.view.set_current(int(numbers[at]), focus=True)
        return there

    # Gestures of the grid

    def _edit(self, number: int, text: str) -> None:
        if self._taking:
            self._taken = text
        elif self._review is not None:
            self._review.edit(number, text)

    def _apply(self, finding: Finding, text: str) -> None:
        if self._review is not None:
            self._review.apply(finding, text)

    def _show_hit(self, hit: Hit) -> None:
        self.show_pair(hit.number, hit.span)

    def _mark_hits(self) -> None:
        self.view.mark_hits(self.find_bar.hits)

    # What reviewers judged differently

    def show_apart(self, subjects: frozenset[bytes]) -> None:
        """Show only the pairs of these subjects, which reviewers judged differently."""
        self.view.record_edit()
        self._apart = subjects
        numbers = self._apart_here()
        self.filter_row.offer_apart(len(numbers))
        if not numbers:
            self.filter_row.clear()
            return
        self.filter_row.choose_rows(Rows.APART)
        if self.current not in numbers:
            self.view.set_current(min(numbers))
            self._filter()  # without the pair that one was at before
        self.take_focus()

    def _apart_here(self) -> frozenset[int]:
        """Return the numbers of these pairs in the open document."""
        review = self._review
        if review is None:
            return frozenset()
        return rows_judged(review.state, review.columns, self._apart)

    # What reviewers disagree about

    def show_disagreements(self) -> None:
        """Show the pairs that reviewers disagree about, with the versions side by side."""
        self.view.record_edit()
        if self._review is not None and not self._review.disagreement_count:
            self.wrapped.emit(self._why_no_disagreement(self._review))
            return
        self.filter_row.choose_rows(Rows.DISPUTED)
        current = self.disagreements.current
        if current is not None:
            self._show_disagreement(current)
            self._filter()  # without the pair that one was at before
        self.disagreements.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _why_no_disagreement(self, review: Review) -> str:
        if review.settings.independent:
            return self.tr("Reviewers are independent: “Agreement” compares them.")
        return self.tr("Nobody disagrees about anything here.")

    def _show_disagreement(self, disagreement: Disagreement) -> None:
        """Go to the pair that it is about, into another document if need be."""
        review = self._review
        if review is None:
            return
        if disagreement.document not in {None, review.document}:
            self.document_asked.emit(disagreement.document)
            self.filter_row.choose_rows(Rows.DISPUTED)
            self.disagreements.show_key(disagreement.key)
            self.disagreements.setFocus(Qt.FocusReason.OtherFocusReason)
        shown = self.disagreements.current
        if shown is not None and shown.number is not None:
            self.view.set_current(shown.number)

    def _take_version(self, disagreement: Disagreement, version: Version) -> None:
        if self._review is not None:
            self.view.record_edit()
            self._review.take_version(disagreement, version)
            # The counts follow later; the next key is for the next disagreement.
            self.disagreements.refresh()

    def _decide_here(self, disagreement: Disagreement) -> None:
        """Put the keyboard where a third version can be written, or a verdict given."""
        self._show_disagreement(disagreement)
        self.take_focus()
        if disagreement.kind in TEXTS:
            self.view.edit_current()

    def _end_disagreements(self) -> None:
        self._leave_disagreements()
        self.wrapped.emit(self.tr("Everything that was disagreed about is decided."))

    def _leave_disagreements(self) -> None:
        if self.filter_row.rows is Rows.DISPUTED:
            self.filter_row.clear()
        if not self.view.is_editing:
            self.take_focus()

    # The filter

    def _filter(self) -> None:
        review = self._review
        if review is None:
            return
        self._show_bar(review)
        self._shown = self._numbers(review) if self.filter_row.restricts else None
        self.view.set_filter(self._shown)

    def _show_bar(self, review: Review) -> None:
        """Have the versions above the text while their pairs are what is shown."""
        if self.filter_row.rows is not Rows.DISPUTED:
            self.disagreements.forget()
        elif self.disagreements.current is None:
            self.disagreements.open_for(review, self.current)

    def _numbers(self, review: Review) -> NDArray[np.int64]:
        kinds, rows = self.filter_row.kinds, self.filter_row.rows
        numbers = _array(self._apart_here()) if rows is Rows.APART else _FITTING[rows](review)
        if kinds or rows is Rows.WITH_FINDINGS:
            found = np.array([finding.pair for finding in self.findings()], np.int64)
            numbers = _both(numbers, np.unique(found))
        if 0 <= self.current < review.count:
            # The pair one is at does not vanish from under the hands.
            place = np.searchsorted(numbers, self.current)
            if place == len(numbers) or numbers[place] != self.current:
                numbers = np.insert(numbers, place, self.current)
        return numbers


def _both(numbers: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers that are others as well."""
    return numbers[np.isin(numbers, others)]


def _array(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(sorted(numbers), np.int64)


def _every(review: Review) -> NDArray[np.int64]:
    return np.arange(review.count)


_FITTING: Mapping[Rows, Callable[[Review], NDArray[np.int64]]] = {
    Rows.ALL: _every,
    Rows.WITH_FINDINGS: _every,
    Rows.UNCONFIRMED: lambda review: review.unconfirmed(),
    Rows.EDITED: lambda review: review.edited(),
    Rows.COMMENTED: lambda review: review.commented(),
    Rows.DOUBTFUL: lambda review: review.doubtful(),
    Rows.UNSETTLED: lambda review: _array(review.unsettled()),
    Rows.DISPUTED: lambda review: _array(review.disputed()),
}
