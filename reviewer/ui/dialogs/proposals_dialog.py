"""Decisions on an earlier version, beside the texts of now that are close to what they saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.decisions import history
from reviewer.ui.dialogs.ticked_dialog import NOW, TickedDialog, plain
from reviewer.ui.look.controls import Label
from reviewer.ui.look.fonts import text_font
from reviewer.ui.look.wording import counted, filled, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.decisions.carrying import Proposal
    from reviewer.review.session import Review


class ProposalsDialog(TickedDialog):
    """A row per decision; those that are ticked are said again of the texts of now, together.

    `chosen` gives `Proposal`s.
    """

    def __init__(
        self, review: Review, proposals: Sequence[Proposal], parent: QWidget | None = None
    ) -> None:
        ordered = sorted(proposals, key=lambda each: each.number)
        super().__init__(review.target_language, parent)
        self._review = review
        self.setWindowTitle(self.tr("Decisions on an earlier version"))
        count = len(ordered)
        seen = self.tr("%n decision(s) on texts that changed a little since.", "", count)
        self.head.addWidget(Label(counted(seen, count), bold=True))
        told = self.tr("Those that you tick are decided again, of the texts as they are now.")
        self.head.addWidget(Label(told, dim=True, wrap=True))
        self.tree.setAccessibleName(self.tr("Decisions"))
        self.model.titles = self.tr("Pair"), self.tr("Decision"), self.tr("Text now")
        self.model.fonts[NOW] = text_font(review.target_language, 90)
        self.begin(ordered)

    def line(self, text: Proposal) -> tuple[str, str]:
        """Return what is shown of a decision."""
        return self._said(text), plain(text.now)

    def _said(self, proposal: Proposal) -> str:
        content = self._review.state.content(proposal.event)
        what, words = history.told(proposal.event.kind, content)
        who, _ = self._review.author(proposal.event)
        told = filled("history", what, tuple(plain(word) for word in words))
        return self.tr("{0} ({1})").format(told, isolated(who))

    def taking(self, count: int) -> str:
        """Return what the button says that takes so many."""
        return counted(self.tr("&Decide %n again", "", count), count)
