"""Copies that belong to a command, a file name or another literal, not to the running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.terms.bitext import Bitext
    from reviewer.terms.reading import Reader
    from reviewer.terms.wording import Match, Wording
    from reviewer.terms.words import Words

_QUOTES = frozenset("\"'`“”„‟‘’‚«»‹›「」『』《》")
_MARKS = frozenset("-_/\\=~?$%&<>{}[]:@#+*|")
_BLANKS = " \u00a0\u202f"


def is_literal(bitext: Bitext, reader: Reader, wording: Wording) -> bool:
    """Tell whether most places of a wording are copies in surroundings that are copied too."""
    literal = sum(_is_copied_whole(bitext, reader.length, match) for match in wording.matches)
    return 2 * literal > len(wording.matches)


def _is_copied_whole(bitext: Bitext, length: int, match: Match) -> bool:
    """Tell whether a place copies its source phrase with a mark or a word beside it."""
    source, target = bitext.source.words, bitext.target.words
    place = match.place
    if source.text(match.source, length) != target.text(place.token, place.length):
        return False
    ours, theirs = (
        _beside(source, match.source, length),
        _beside(target, place.token, place.length),
    )
    return any(one and one == other for one, other in zip(ours, theirs, strict=True))


def _beside(words: Words, token: int, length: int) -> tuple[str, str, str, str]:
    """Return the mark and the word right before a phrase, and those right after; "" for none.

    All quotation marks are one.
    """
    text = words.texts[int(words.pair[token])]
    start, end = int(words.start[token]), int(words.end[token + length - 1])
    before, after = text[:start], text[end:]
    return (
        _mark(before[-1:], before.rstrip(_BLANKS)[-1:]),
        _word(words, token - 1, token),
        _mark(after[:1], after.lstrip(_BLANKS)[:1]),
        _word(words, token + length, token + length - 1),
    )


def _mark(beside: str, behind_blanks: str) -> str:
    """Return the mark beside a phrase; blanks may part it from a quotation mark."""
    if behind_blanks in _QUOTES:
        return '"'
    return beside if beside in _MARKS else ""


def _word(words: Words, token: int, of: int) -> str:
    """Return a word or number, if it stands in the same pair as the token beside it."""
    if not 0 <= token < len(words.key) or words.pair[token] != words.pair[of]:
        return ""
    return words.text(token, 1)
