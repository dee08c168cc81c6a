"""What the window tells in bars: what was opened, what went wrong, what can be taken back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reviewer.ui.look.wording import counted, language_name
from reviewer.ui.panels.message_bar import Message, MessageBars, Tone

if TYPE_CHECKING:
    from reviewer.review.documents.importing import Imported

_log = logging.getLogger(__name__)


class Telling(QObject):
    """Words the messages, and puts them into the bars.

    Actions in the bars are named after commands, "swap" and "show_folder" apart.
    """

    def __init__(self, bars: MessageBars) -> None:
        super().__init__(bars)
        self._bars = bars
        self._dictionary = ""

    def welcome(self, imported: Imported, pairs: int) -> None:
        """Say which languages were understood, and let the person correct that."""
        names = language_name(imported.source_language), language_name(imported.target_language)
        notes: tuple[str, ...]
        actions = [("languages", self.tr("Change the languages"))]
        if imported.existed:
            text = self.tr("{0} → {1}. You had reviewed these two texts before; here you go on.")
            told, notes = text.format(*names), ()
        elif imported.documents > 1:
            text = self.tr("{0} → {1}, %n document(s).", "", imported.documents)
            told, notes = counted(text, imported.documents).format(*names), imported.notes
        else:
            template = counted(self.tr("{0} → {1}, %n pair(s).", "", pairs), pairs)
            told, notes = template.format(*names), imported.notes
            if not imported.bilingual:
                actions.append(("swap", self.tr("Swap sides")))
        # Both files may have the same to say.
        words = " ".join((told, *dict.fromkeys(notes)))
        self._bars.tell(
            Message("welcome", words, actions=tuple(actions), passing=imported.existed)
        )

    def bad_alignment(self, unmatched: int, pairs: int, *, swapped: bool, unrelated: bool) -> None:
        """Say that the alignment of a document is hardly to be trusted, and what can be done.

        Only texts that seem `unrelated` are asked whether they belong together: a free
        translation leaves many pairs in doubt as well.
        """
        template = self.tr("%n pair(s) of {0} doubtful or without a counterpart", "", unmatched)
        seen = counted(template, unmatched)
        if swapped:
            template = self.tr("The sides seem to be swapped: {0}.")
        elif unrelated:
            template = self.tr(
                "These two texts hardly match: {0}. Is one the translation of the other?"
            )
        else:
            template = self.tr("Much of the alignment is a guess: {0}.")
        swap = (("swap", self.tr("Swap sides")),) if swapped else ()
        actions = (
            *swap,
            ("languages", self.tr("Languages…")),
            ("anchors", self.tr("Paste anchors…")),
            ("realign", self.tr("Align anew…")),
            ("accept_alignment", self.tr("It is right")),
        )
        text = template.format(seen.format(pairs))
        self._bars.tell(Message("alignment", text, Tone.WARNING, actions))

    def no_bad_alignment(self) -> None:
        """Take away what was said of the alignment."""
        self._bars.take_away("alignment")

    def offer_link(self, number: int, source: bool, text: str) -> None:  # noqa: FBT001 - Qt's signal
        """Say which text is marked, and what can be done from there."""
        template = (
            self.tr("Marked: the source of pair {0}, “{1}”. Go to its translation and link.")
            if source
            else self.tr("Marked: the translation of pair {0}, “{1}”. Go to its source and link.")
        )
        actions = (
            ("link", self.tr("Link with this pair")),
            ("realign", self.tr("Align anew to here…")),
            ("back_to_mark", self.tr("Go back")),
        )
        self._bars.tell(Message("link", template.format(number + 1, text), actions=actions))

    def no_mark(self) -> None:
        """Take away what was said of a mark."""
        self._bars.take_away("link")

    def part_from_project(self) -> None:
        """Take away what was said of the project: it is closed. What could not be done stays."""
        for about in (
            "welcome",
            "alignment",
            "check",
            "undo",
            "notice",
            "link",
            "checklists",
            "load",
            "version",
        ):
            self._bars.take_away(about)

    def trouble(self, sentence: str) -> None:
        """Say why something could not be opened."""
        _log.warning("told of trouble")
        self._bars.tell(Message("trouble", sentence, Tone.WARNING))

    def kept(self, decisions: int, project: str) -> None:
        """Say that decisions wait on this computer for a project that was closed."""
        template = self.tr(
            "%n decision(s) kept on this computer will be added to “{0}” when it can be written.",
            "",
            decisions,
        )
        self._bars.take_away("saving")
        text = counted(template, decisions).format(project)
        self._bars.tell(Message("kept", text, Tone.WARNING))

    def no_trouble(self) -> None:
        """Take the trouble away: the person tries something else."""
        self._bars.take_away("trouble")

    def unchecked(self, sentence: str) -> None:
        """Say why the document could not be checked; or nothing."""
        if not sentence:
            self._bars.take_away("check")
            return
        again = (("check", self.tr("Check again")),)
        self._bars.tell(Message("check", sentence, Tone.WARNING, again))

    def of_checklists(self, notes: tuple[str, ...]) -> None:
        """Say which checklists or rules could not be used, the first of several; or nothing."""
        about = "checklists"
        if not notes:
            self._bars.take_away(about)
            return
        text = notes[0]
        if len(notes) > 1:
            text = self.tr("{0} … and {1} more").format(text, len(notes) - 1)
        lists, checks = ("checklists", self.tr("Checklists…")), ("checks", self.tr("Checks…"))
        show = (lists, checks) if len(notes) > 1 else (checks if ".py”" in text else lists,)
        self._bars.tell(Message(about, text, Tone.WARNING, show))

    def of_dictionary(self, trouble: str) -> None:
        """Say why a dictionary cannot be used, once for each reason; or nothing."""
        about = "dictionary"
        if not trouble:
            self._bars.take_away(about)
        elif trouble != self._dictionary:
            show = (("checks", self.tr("Checks…")),)
            self._bars.tell(Message(about, trouble, Tone.WARNING, show))
        self._dictionary = trouble

    def crashed(self) -> None:
        """Say that the worker process died."""
        text = self.tr("The background work broke off and can be started again.")
        self._bars.tell(Message("crashed", text, Tone.WARNING))

    def offer_undo(self, text: str) -> None:
        """Say what was done, with a button that takes it back."""
        undo = (("undo", self.tr("Undo")),)
        self._bars.tell(Message("undo", text, actions=undo, passing=True))

    def decided(self) -> None:
        """Take away what stands until the next decision.

        By now Undo takes something else back, and who works on has seen what was imported.
        """
        self._bars.take_away("undo")
        self._bars.take_away("welcome")
