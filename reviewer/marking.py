"""Mark sentences for translation in files that know no Qt; one that several of them say."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - lupdate looks for this name
    """Return `text` unchanged; Qt's lupdate finds the call by its name and lists the text."""
    return text


PAIR_IS_DOUBTFUL = QT_TRANSLATE_NOOP("checks", "These two may not belong together.")
"""Follows the sentence of a finding in a doubtful pair."""
