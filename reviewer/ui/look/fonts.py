"""Which fonts the texts and the window are set in; families are named, never left to chance."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont

TEXT_SIZE = 15
"""Pixels of the texts at 100 per cent."""
UI_SIZE = 13
LINE_HEIGHT = 1.12
"""Of the text, as a share of the font's own line height."""

_LATIN = ("Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
_HAN = {
    "Hans": ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC"),
    "Hant": ("Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC"),
    "HK": ("Noto Sans CJK HK", "Noto Sans HK", "Microsoft JhengHei", "PingFang HK"),
    "Jpan": ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans"),
    "Kore": ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
}
_ARABIC_SIZE = 1.15
"""Naskh letters look smaller than Latin ones of the same size."""
_SMALL_HAN = ("WenQuanYi Zen Hei",)
_ARABIC = ("Noto Naskh Arabic", "Noto Sans Arabic", "Geeza Pro")


@cache
def text_families(language_tag: str) -> tuple[str, ...]:
    """Return the families for texts in a language, best first.

    Han scripts lead with their own family, whose punctuation is full width; others follow the
    Latin one, which has the digits and the foreign words.
    """
    locale = QLocale(language_tag)
    script = QLocale.scriptToCode(locale.script())
    if script == "Hant" and locale.territory() == QLocale.Country.HongKong:
        script = "HK"
    if script in _HAN:
        return (*_HAN[script], *_SMALL_HAN, *_LATIN)
    if script == "Arab":
        return (*_LATIN[:1], *_ARABIC, *_LATIN[1:])
    if script in {"", "Latn", "Cyrl", "Grek"}:
        return _LATIN
    own = f"Noto Sans {QLocale.scriptToString(locale.script())}"
    # The script's own family leads: its letters join with marks that Noto Sans has as well.
    return (own, *_LATIN, "Nirmala UI")


def text_font(language_tag: str, zoom: int = 100) -> QFont:
    """Return the font for texts in a language; `zoom` is in per cent."""
    font = QFont()
    font.setFamilies(list(text_families(language_tag)))
    arabic = QLocale.scriptToCode(QLocale(language_tag).script()) == "Arab"
    size = TEXT_SIZE * zoom / 100 * (_ARABIC_SIZE if arabic else 1)
    font.setPixelSize(max(6, round(size)))
    # Positions of the highlights are then those of the letters at every scale.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def ui_font(size: int = UI_SIZE, *, bold: bool = False) -> QFont:
    """Return the font of the window's own words; `size` in pixels, `bold` is semi-bold."""
    font = QFont()
    font.setFamilies([*_LATIN, "Noto Sans CJK SC", "Noto Naskh Arabic"])
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def right_to_left(language_tag: str) -> bool:
    """Return whether texts in a language run from right to left."""
    return QLocale(language_tag).textDirection() == Qt.LayoutDirection.RightToLeft
