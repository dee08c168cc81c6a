"""What the commands offer for the finding that is active."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from reviewer.ui.look.cell_text import labelled

if TYPE_CHECKING:
    from reviewer.model import Finding
    from reviewer.review.session import Review
    from reviewer.ui.actions import Actions

_log = logging.getLogger(__name__)


class FindingCommands:
    """Fills the suggestions of the active finding into their menu, and notes that in the log."""

    def __init__(self, commands: Actions) -> None:
        self._commands = commands
        self._active = ""

    def show(self, finding: Finding | None, review: Review | None) -> None:
        """Offer what can be done about a finding of a review, or about none."""
        self._note(finding)
        shown: tuple[str, ...] = ()
        if finding is not None and review is not None:
            pair = review.pair(finding.pair)
            shown = tuple(labelled(text, pair) for text in finding.suggestions)
        self._commands.show_suggestions(shown)
        self._commands["waive"].setEnabled(finding is not None)
        self._commands["accept_word"].setEnabled(finding is not None and _is_of_word(finding))

    def _note(self, finding: Finding | None) -> None:
        if finding is not None and finding.fingerprint != self._active:
            _log.info("finding %s in pair %d", finding.check, finding.pair + 1)
        elif finding is not None and finding.suggestions:
            _log.info("suggestions for %s", finding.check)
        self._active = finding.fingerprint if finding is not None else ""


def _is_of_word(finding: Finding) -> bool:
    from reviewer.ui.dialogs.waive_popover import is_of_word

    return is_of_word(finding)
