"""Renderings of names: what a name cannot be, and where a name only stands beside verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.wording import Wording
    from reviewer.terms.words import Words

_CAPITAL_NOUNS = frozenset({"de", "lb"})
_LEAST_SHARE = 0.66
_FEWEST = 2
_MOST_STRAY = 2
MOST_WORDINGS = 6
"""What has more wordings than this is hardly a term: a name with all that it does, a verb."""


def without_common_words(bitext: Bitext, wordings: Sequence[Wording]) -> list[Wording]:
    """Return the wordings of a name without stray common words.

    Where nearly all places have a name, each word of it with a capital, a stray wording in small
    letters is free translation ("Wang Qiyao" 54 times, "instant" twice), not another name.
    """
    words = bitext.target.words
    if len(wordings) < 2 or not words.rules.spaced or words.rules.code in _CAPITAL_NOUNS:
        return list(wordings)
    main = max(wordings, key=lambda wording: len(wording.places))
    total = sum(len(wording.places) for wording in wordings)
    if len(main.places) < max(_FEWEST, _LEAST_SHARE * total) or not _is_name(words, main):
        return list(wordings)
    return [w for w in wordings if w is main or len(w.places) > _MOST_STRAY or _has_name(words, w)]


def _is_name(words: Words, wording: Wording) -> bool:
    """Tell whether every content word has a capital wherever the wording stands."""
    return all(
        words.text(token, 1)[:1].isupper() or _goes_on(words, token)
        for place in wording.places
        for token in place.tokens()
        if words.content[token]
    )


def _goes_on(words: Words, token: int) -> bool:
    """Tell whether a word is the second half of one with a hyphen ("Ban-er")."""
    start = int(words.start[token])
    return words.texts[int(words.pair[token])][max(0, start - 1) : start] == "-"


def _has_name(words: Words, wording: Wording) -> bool:
    return any(
        words.text(token, 1)[:1].isupper()
        for place in wording.places
        for token in place.tokens()
        if words.content[token] and (token != place.token or not words.opens_sentence(token))
    )
