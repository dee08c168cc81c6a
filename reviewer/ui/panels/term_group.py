"""One drifting term: its renderings to choose from, what can be said of it, and the preview."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.model import GroupKind
from reviewer.ui.look.controls import Button, Label, Line, Look
from reviewer.ui.look.wording import counted, in_words, isolated
from reviewer.ui.panels.rendering_part import RenderingPart
from reviewer.ui.panels.replacement_list import ReplacementList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reviewer.review.checking.term_groups import GroupView
    from reviewer.review.session import Review
    from reviewer.terms.unify import Replacement


class TermGroupPart(QWidget):
    """Everything about one drifting term.

    Signals:
        place_chosen: number of a pair, start and end of the place in its target text.
        unify_asked: the group, the preferred text, the chosen Replacements.
        decision_asked: the group, and "keep", "different" or "not-a-term".
        menu_asked: text of a rendering whose menu is wanted, and where.
        rendering_dragged: text of a rendering that is pulled away.
        turn_asked: 1 for the next term, -1 for the one before.
    """

    place_chosen = Signal(int, int, int)
    unify_asked = Signal(object, str, object)
    decision_asked = Signal(object, str)
    menu_asked = Signal(str, object)
    rendering_dragged = Signal(str)
    turn_asked = Signal(int)

    def __init__(self, review: Review, view: GroupView) -> None:
        super().__init__()
        self.view = view
        self._review = review
        self._radios = QButtonGroup(self)
        self._parts: list[RenderingPart] = []
        self._buttons: list[Button] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(Label(self._sentence(), dim=True, wrap=True))
        self._add_renderings(layout)
        self._unify = Button("", Look.PRIMARY)
        self._unify.clicked.connect(self._ask_unify)
        layout.addWidget(self._unify)
        layout.addLayout(self._decisions())
        layout.addSpacing(6)
        layout.addWidget(Line())
        self._changes = ReplacementList()
        self._changes.changed.connect(self._name_outcome)
        self._changes.place_chosen.connect(self._go_to_change)
        layout.addWidget(self._changes)
        self._radios.idToggled.connect(self._choose)
        self._choose(self._radios.checkedId(), on=True)
        # Of one rendering, nothing can be unified.
        several = len(view.group.renderings) > 1
        self._unify.setVisible(several)
        self._changes.setVisible(several)

    def _sentence(self) -> str:
        """Return what is known of the term: what was decided, else how it was translated."""
        renderings = self.view.group.renderings
        pairs = len({o.pair for rendering in renderings for o in rendering.occurrences})
        where = counted(self.tr("%n pair(s)", "", pairs), pairs)
        if self.view.decision is not None:
            told = self._decided(self.view.decision)
        elif len(renderings) == 1:
            return self._one_way(where)
        else:
            told = self._ways(len(renderings), where)
        return f"{told} {self.view.reason}".strip()

    def _one_way(self, where: str) -> str:
        told = self.tr(
            "Translated one way in {0}. To put another rendering here, select the term in the "
            "source and the rendering in the translation, then press {1}."
        )
        keys = QKeySequence("Ctrl+Shift+G").toString(QKeySequence.SequenceFormat.NativeText)
        return told.format(where, keys)

    def _ways(self, count: int, where: str) -> str:
        sentences = {
            GroupKind.TERM: self.tr(
                "Translated {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
            GroupKind.SPELLING: self.tr(
                "Spelt {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
            GroupKind.CASE: self.tr(
                "Capitalised {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
        }
        return sentences[self.view.group.kind].format(in_words(count), where)

    def _decided(self, decision: str) -> str:
        said = {
            "keep": self.tr("Kept as it is."),
            "different": self.tr("Said to be different concepts."),
            "not-a-term": self.tr("Said not to be a term."),
            "unify": self.tr("To be “{0}”; these places are left."),
        }
        return said[decision].format(self.view.preferred or "")

    def _add_renderings(self, layout: QVBoxLayout) -> None:
        renderings = self.view.group.renderings
        most = max(len(rendering.occurrences) for rendering in renderings)
        preferred = self.view.preferred or renderings[0].text
        for number, rendering in enumerate(renderings):
            there = [each for each in self.view.elsewhere if each.text == rendering.text]
            part = RenderingPart(
                rendering, most, self._review, leading=number == 0, elsewhere=there
            )
            part.place_chosen.connect(self.place_chosen)
            part.menu_asked.connect(self._ask_menu)
            part.dragged.connect(self._drag)
            self._radios.addButton(part.radio, number)
            part.radio.setChecked(rendering.text == preferred)
            self._parts.append(part)
            layout.addWidget(part)
        if self._radios.checkedId() < 0:
            self._parts[0].radio.setChecked(True)

    def _decisions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        for name, text, hint in (
            ("keep", self.tr("Keep as is"), self.tr("All these renderings are right")),
            ("different", self.tr("Differs"), self.tr("The source word means several things")),
            ("not-a-term", self.tr("Not a term"), self.tr("Ignore this word")),
        ):
            button = Button(text)
            button.setObjectName(name)
            button.setToolTip(hint)
            button.clicked.connect(self._ask_decision)
            self._buttons.append(button)
            row.addWidget(button, 1)
        return row

    def _ask_menu(self, place: QPoint) -> None:
        part = self.sender()
        if isinstance(part, RenderingPart):
            self.menu_asked.emit(part.text, place)

    def _drag(self) -> None:
        part = self.sender()
        if isinstance(part, RenderingPart):
            self.rendering_dragged.emit(part.text)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard: the rendering that is chosen."""
        return self._parts[max(self._radios.checkedId(), 0)].radio

    @property
    def changes(self) -> ReplacementList:
        """The preview."""
        return self._changes

    @property
    def preferred(self) -> str:
        """The rendering that is chosen."""
        return self.view.group.renderings[self._radios.checkedId()].text

    def button(self, name: str) -> Button:
        """Return the button of a decision, or of "unify"."""
        if name == "unify":
            return self._unify
        found = self.findChild(Button, name)
        assert isinstance(found, Button)
        return found

    def _choose(self, number: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if number < 0 or not on:
            return
        for place, part in enumerate(self._parts):
            part.mark(chosen=place == number)
        from reviewer.text.languages import language

        self._changes.show_changes(
            self._review,
            self._review.terms.replacements(self.view.group, self.preferred),
            right_to_left=language(self._review.target_language).right_to_left,
        )
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab lead from the choice over what can be done to the boxes, and then to places."""
        stops = [
            *(part.radio for part in self._parts),
            self._unify,
            *self._buttons,
            *self._changes.stops,
            *(part.places for part in self._parts),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _name_outcome(self) -> None:
        shown = isolated(self.preferred).replace("&", "&&")
        text = self.tr("Unify to “{0}”").format(shown)
        self._unify.setText(text)
        self._unify.setEnabled(bool(self._changes.chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn to another term with Page Down and Page Up, before they scroll."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.turn_asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def ask_unify(self) -> None:
        """Ask for the chosen changes."""
        self._ask_unify()

    def _ask_unify(self) -> None:
        chosen: tuple[Replacement, ...] = self._changes.chosen
        if chosen:
            self.unify_asked.emit(self.view.group, self.preferred, chosen)
        else:
            # Every place is for the person to look at: the boxes come next.
            self._changes.take_focus()

    def _ask_decision(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.decision_asked.emit(self.view.group, button.objectName())

    def _go_to_change(self, number: int) -> None:
        change = next(c for c in self._changes.rows if c.replacement.pair == number).replacement
        self.place_chosen.emit(change.pair, change.start, change.end)
