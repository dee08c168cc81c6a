"""All colours of the window, light and dark, and the look of each kind of finding.

Contrasts are those of `WCAG 2.2`: text at least 4.5:1, marks 3:1; the kinds stay apart for people
who see fewer colours. Colour is never the only carrier: each kind has its glyph and its line.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from reviewer.model import Kind
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.style import Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication


class Mark(enum.Enum):
    """How a kind of finding is drawn under the text."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    BOX = "box"
    WAVE = "wave"
    THIN_DOTTED = "thin dotted"


@dataclass(frozen=True, slots=True)
class KindLook:
    """The look of one kind of finding; its words are `wording.kind_title`.

    Attributes:
        glyph: one character, for running text and chips.
        icon: the same as a file of `resources/icons`, for painting.
        tint: laid under the text of a highlight; half transparent.
    """

    glyph: str
    icon: str
    mark: Mark
    color: QColor
    tint: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window.

    Attributes:
        window, base, alternate, button: grounds of the window, texts, headers, buttons.
        text, dim: words, and words of lesser weight.
        line: between rows and around buttons; decoration alone.
        outline: around what takes clicks, 3:1.
        accent, on_accent: the one strong colour, and words on it.
        active: ground of the current row.
        selection: under selected text.
        good, bad: confirmed, rejected.
        kinds: look of each kind.
    """

    dark: bool
    window: QColor
    base: QColor
    alternate: QColor
    button: QColor
    text: QColor
    dim: QColor
    line: QColor
    outline: QColor
    accent: QColor
    on_accent: QColor
    active: QColor
    selection: QColor
    good: QColor
    bad: QColor
    kinds: Mapping[Kind, KindLook]


_FORMS = {
    Kind.UNTRANSLATED: ("▲", Mark.SOLID),
    Kind.TERMS: ("◆", Mark.DASHED),
    Kind.OMISSION: ("○", Mark.DOTTED),
    Kind.NUMBER: ("#", Mark.BOX),
    Kind.SPELLING: ("~", Mark.WAVE),
    Kind.FORM: ("¶", Mark.THIN_DOTTED),
}
_LIGHT_KINDS = ("#BA4A00", "#0072B2", "#A8477F", "#4A4F57", "#007A5A", "#7A5C00")
_DARK_KINDS = ("#FF8A3D", "#56B4E9", "#D488B0", "#C9CED6", "#2FBF94", "#E0B84C")


def _kinds(colors: tuple[str, ...], tint: float) -> Mapping[Kind, KindLook]:
    looks = {}
    for kind, color in zip(Kind, colors, strict=True):
        glyph, mark = _FORMS[kind]
        # A box needs no ground; it has one where the finding is the active one.
        ground = tint / 2 if mark is Mark.BOX else tint
        looks[kind] = KindLook(
            glyph, f"kind-{kind.value}", mark, QColor(color), faded(QColor(color), ground)
        )
    return looks


def faded(color: QColor, alpha: float) -> QColor:
    """Return a colour with another opacity, 0-1."""
    clear = QColor(color)
    clear.setAlphaF(alpha)
    return clear


@cache
def light() -> Theme:
    """Return the light theme."""
    return Theme(
        dark=False,
        window=QColor("#F4F5F7"),
        base=QColor("#FFFFFF"),
        alternate=QColor("#FAFBFC"),
        button=QColor("#FFFFFF"),
        text=QColor("#1B1F24"),
        dim=QColor("#5F6873"),
        line=QColor("#E1E4E8"),
        outline=QColor("#8A929C"),
        accent=QColor("#2F5FD0"),
        on_accent=QColor("#FFFFFF"),
        active=QColor("#EDF2FD"),
        selection=QColor("#BBD0FA"),
        good=QColor("#007A5A"),
        bad=QColor("#B42318"),
        kinds=_kinds(_LIGHT_KINDS, 0.16),
    )


@cache
def dark() -> Theme:
    """Return the dark theme."""
    return Theme(
        dark=True,
        window=QColor("#17191D"),
        base=QColor("#1E2126"),
        alternate=QColor("#22262C"),
        button=QColor("#262A31"),
        text=QColor("#E6E8EB"),
        dim=QColor("#9AA3AE"),
        line=QColor("#31363D"),
        outline=QColor("#7D8691"),
        accent=QColor("#7AA2FF"),
        on_accent=QColor("#10131A"),
        active=QColor("#26304A"),
        selection=QColor("#3D5490"),
        good=QColor("#2FBF94"),
        bad=QColor("#FF8B80"),
        kinds=_kinds(_DARK_KINDS, 0.26),
    )


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a widget's palette belongs to."""
    return dark() if palette.color(QPalette.ColorRole.Base).lightness() < 128 else light()


def palette_of(theme: Theme) -> QPalette:
    """Return the palette of a theme; all groups, disabled ones dimmed."""
    role = QPalette.ColorRole
    palette = QPalette(theme.button, theme.window)
    colors = {
        role.Window: theme.window,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Button: theme.button,
        role.ToolTipBase: theme.alternate,
        role.Text: theme.text,
        role.WindowText: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipText: theme.text,
        role.BrightText: theme.bad,
        role.PlaceholderText: theme.dim,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.base,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.outline,
        role.Shadow: theme.outline,
    }
    for name, color in colors.items():
        palette.setColor(name, color)
    faint = faded(theme.text, 0.45)
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, faint)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.line)
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, faint)
    return palette


def apply(app: QApplication, choice: str) -> None:
    """Dress the application; `choice` is "system", "light" or "dark".

    Call it again when the choice changes, and on `styleHints().colorSchemeChanged`.
    """
    hints = app.styleHints()
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    if choice in schemes:
        hints.setColorScheme(schemes[choice])
        wants_dark = choice == "dark"
    else:
        hints.unsetColorScheme()
        wants_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if not isinstance(app.style(), Style):
        app.setStyle(Style())
    app.setFont(ui_font())
    app.setPalette(palette_of(dark() if wants_dark else light()))
