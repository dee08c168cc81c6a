"""What a person does with terms outside of the panel: termbase, concordance, groups by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.model import Concept, Side, Term
from reviewer.ui.look.open_dialog import OpenDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from reviewer.review.session import Review
    from reviewer.ui.dialogs.concordance_dialog import ConcordanceDialog
    from reviewer.ui.dialogs.termbase_dialog import TermbaseDialog
    from reviewer.ui.panels.review_page import ReviewPage
    from reviewer.ui.worker import Worker

_MOMENT = 0.05
"""Seconds for which it is looked on which side words stand first."""
_OF_TERMS = frozenset({"drift", "termbase"})
"""Checks whose findings begin their words with a source term."""


class Terming(QObject):
    """Opens the dialogs and brings what they say to the open review.

    Signals:
        told: a passing note for the person.
        undo_offered: a passing note about something that Undo takes back.
        group_made: the source term of a group that was made by hand.
    """

    told = Signal(str)
    undo_offered = Signal(str)
    group_made = Signal(str)

    def __init__(self, worker: Worker, page: ReviewPage, window: QWidget) -> None:
        super().__init__(window)
        self._worker = worker
        self._page = page
        self._window = window
        self._review: Review | None = None
        self._termbase: OpenDialog[TermbaseDialog] = OpenDialog()
        self._concordance: OpenDialog[ConcordanceDialog] = OpenDialog()

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        return {
            "termbase": self.show_termbase,
            "add_term": self.add_term,
            "concordance": self.show_concordance,
            "make_group": self.make_group,
        }

    def open(self, review: Review | None) -> None:
        """Work on the terms of a review, or of none; dialogs about another one close."""
        self._review = review
        for dialog in (self._termbase, self._concordance):
            dialog.close()

    def refresh(self) -> None:
        """Show the termbase as it stands now."""
        if self._termbase.now is not None:
            self._termbase.now.refresh()

    # The termbase

    def show_termbase(self) -> None:
        """Show the termbases of the project."""
        from reviewer.ui.dialogs.termbase_dialog import TermbaseDialog

        if self._review is None:
            return
        if self._termbase.now is None:
            dialog = self._termbase.hold(TermbaseDialog(self._review, self._worker, self._window))
            dialog.concept_changed.connect(self._set_concept)
            dialog.concepts_removed.connect(self._remove)
            dialog.concepts_imported.connect(self._import)
            dialog.files_chosen.connect(self._choose_files)
        self._termbase.show()

    def add_term(self) -> None:
        """Write a new concept, with what is selected in both columns or what drifts here."""
        from reviewer.ui.dialogs.concept_dialog import ConceptDialog

        review = self._review
        if review is None:
            return
        words = self._page.view.hand.words() or self._drifting_words()
        terms = (
            Term(review.source_language, words.get(Side.SOURCE, "")),
            Term(review.target_language, words.get(Side.TARGET, "")),
        )
        languages = review.source_language, review.target_language
        dialog = ConceptDialog(Concept(terms), languages, self._window)
        dialog.decided.connect(self._add_concept)
        dialog.open()

    def _drifting_words(self) -> dict[Side, str]:
        """Return the term that the active finding is about, with the rendering it prefers."""
        finding = self._page.finding
        if finding is None or finding.check not in _OF_TERMS:
            return {}
        return {Side.SOURCE: finding.words[0], Side.TARGET: "".join(finding.suggestions[:1])}

    def _add_concept(self, concept: Concept) -> None:
        self._set_concept(concept)
        self.undo_offered.emit(self.tr("Added to the termbase."))

    def _set_concept(self, concept: Concept) -> None:
        if self._review is not None:
            self._page.view.record_edit()
            self._review.terms.set_concept(concept)
            self.refresh()

    def _remove(self, concepts: tuple[Concept, ...]) -> None:
        if self._review is not None:
            self._review.terms.remove_concepts(concepts)
            self.refresh()

    def _import(self, concepts: tuple[Concept, ...]) -> None:
        if self._review is not None:
            self._review.terms.import_concepts(concepts)
            self.refresh()

    def _choose_files(self, names: tuple[str, ...]) -> None:
        if self._review is not None:
            self._review.terms.set_termbases(names)
            self.refresh()

    # The concordance

    def show_concordance(self) -> None:
        """Look up what is selected, the word at the caret, or the term that drifts here."""
        drifting = self._drifting_words().get(Side.SOURCE, "")
        side, words = self._page.view.hand.word() or (Side.SOURCE, drifting)
        self.look_up(words, side)

    def look_up_words(self, words: str) -> None:
        """Show every pair that has the words on the side where they stand first."""
        if self._review is not None:
            found = self._review.search(words)
            found.run(_MOMENT)
            self.look_up(words, found[0].span.side if found else Side.SOURCE)

    def look_up_rendering(self, words: str) -> None:
        """Show every pair whose translation has the words."""
        self.look_up(words, Side.TARGET)

    def look_up(self, words: str, side: Side) -> None:
        """Show every pair that has the words on a side."""
        from reviewer.ui.dialogs.concordance_dialog import ConcordanceDialog

        if self._review is None:
            return
        self._page.view.record_edit()
        dialog = self._concordance.now
        if dialog is None:
            dialog = self._concordance.hold(ConcordanceDialog(self._review, self._window))
            dialog.place_chosen.connect(self._page.show_pair)
        self._concordance.show()
        dialog.show_words(words, side)

    # Groups by hand

    def make_group(self) -> None:
        """Put what is selected in the translation into the group of what is in the source."""
        words = self._page.view.hand.words()
        source, target = words.get(Side.SOURCE), words.get(Side.TARGET)
        if self._review is None:
            return
        if not source or not target:
            text = self.tr("Select a term in the source and its rendering in the translation.")
            self.told.emit(text)
            return
        self._page.view.record_edit()
        term = self._review.terms.make_group(source, target)
        text = self.tr("“{0}” is a rendering of “{1}”.")
        self.undo_offered.emit(text.format(target, term))
        self.group_made.emit(term)
