"""One of the things that reviewers said of a place: what, who, when, and a button to take it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reviewer.model import FIRST_CODE, LAST_CODE
from reviewer.ui.look.controls import Button, ElidedLabel, Label
from reviewer.ui.look.fonts import text_font
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import filled, isolated, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from reviewer.review.decisions.disagreements import Version

LETTERS = "ABCDEFGHI"
"""What the versions are called; the window has no room for more."""
_CODE = "◇"
_RADIUS = 6.0
_MOST_AUTHORS = 3


class VersionCard(QWidget):
    """A version of a text with what differs marked, or of another decision in words.

    Signals:
        taken: number of the version, from 0.
    """

    taken = Signal(int)

    def __init__(
        self,
        number: int,
        version: Version,
        *,
        differing: Sequence[tuple[int, int]] | None,
        language: str,
        right_to_left: bool,
        left_out: tuple[int, int] = (0, 0),
    ) -> None:
        """Show a version.

        Args:
            number: from 0; the first is the one that the grid shows.
            version: what was said.
            differing: ranges of its text that another version does not have; None where it is
                no text of the document.
            language: of that text, BCP 47.
            right_to_left: whether that language is written so.
            left_out: how many code points at its start and its end are not shown: they are the
                same in every version, and the whole is in the tool tip.
        """
        super().__init__()
        self._number = number
        self._version = version
        self._differing = differing
        self._right_to_left = right_to_left
        self._left_out = left_out
        letter = Label(LETTERS[number], bold=True)
        self._by = ElidedLabel(dim=True, size=12)
        names = " · ".join(isolated(name) for name, _ in version.authors[:_MOST_AUTHORS])
        self._by.setWhole(self._authors(), self._as_shown(names), names)
        self.button = Button(self.tr("Take {0}").format(LETTERS[number]))
        self.button.clicked.connect(self._take)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(letter)
        top.addWidget(self._by, 1)
        top.addWidget(self.button)
        self._text = QLabel()
        self._text.setObjectName("text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute)
        if differing is not None:
            self._text.setFont(text_font(language))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._text, 1)
        self.button.setAccessibleDescription(f"{self._authors()}: {self.words}")
        self._show_text()

    @property
    def words(self) -> str:
        """What the version says, without marks."""
        if self._differing is not None:
            return self._version.words[0]
        return filled("history", self._version.what, self._version.words)

    def _authors(self) -> str:
        by = [f"{isolated(name)}, {moment(when)}" for name, when in self._version.authors]
        told = " · ".join(by[:_MOST_AUTHORS])
        return self._as_shown(told)

    def _as_shown(self, told: str) -> str:
        return self.tr("{0} · shown now").format(told) if self._number == 0 else told

    def _show_text(self) -> None:
        words, marks = self._shown()
        body = with_marks(words, marks, self.palette())
        self.setToolTip(self.words if any(self._left_out) else "")
        body = body or f"<i>{escape(self.tr('(empty)'))}</i>"
        side, align = ("rtl", "right") if self._right_to_left else ("ltr", "left")
        self._text.setText(f'<p dir="{side}" align="{align}" style="margin:0">{body}</p>')

    def _shown(self) -> tuple[str, list[tuple[int, int]]]:
        """Return the words without what is left out of them, and the marks there."""
        first, end = self._left_out[0], len(self.words) - self._left_out[1]
        head, tail = ("… " if first else ""), (" …" if self._left_out[1] else "")
        shift = len(head) - first
        marks = [(start + shift, stop + shift) for start, stop in self._differing or ()]
        return head + self.words[first:end] + tail, marks

    def changeEvent(self, event: QEvent) -> None:
        """Write in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_text"):
            self._show_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a sheet with round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)

    def _take(self) -> None:
        self.taken.emit(self._number)


def with_marks(text: str, ranges: Sequence[tuple[int, int]], palette: QPalette) -> str:
    """Return a text as HTML, ranges of it marked; everything of the text itself is escaped."""
    shown = _without_codes(text)
    colour = theme_of(palette).accent.name()
    parts, at = [], 0
    for start, end in ranges:
        parts.append(escape(shown[at:start]))
        # Underlined as well: colour is never the only sign.
        parts.append(f'<u style="color:{colour}">{escape(shown[start:end])}</u>')
        at = end
    return "".join((*parts, escape(shown[at:])))


def _without_codes(text: str) -> str:
    """Return a text of the same length with a sign in place of each inline code."""
    if not any(FIRST_CODE <= ord(character) <= LAST_CODE for character in text):
        return text
    return "".join(_CODE if FIRST_CODE <= ord(c) <= LAST_CODE else c for c in text)
