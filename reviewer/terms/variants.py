"""Whether two wordings are one rendering in two forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import Levenshtein

from reviewer.text.stems import common_prefix, is_inflected, same_lexeme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.wording import Wording
    from reviewer.terms.words import Words

_LEAST_COMPOUND = 4
_LEAST_REST = 3
_LEAST_MIDDLE = 6
_LEAST_LETTERS = 4
_LEAST_NAME = 7
_LEAST_LIKENESS = 0.75
_LONGEST_LINK = 2
_ENDINGS = ("e", "s", "n", "en", "es", "ns")


def is_variant(bitext: Bitext, wording: Wording, main: Wording) -> bool:
    """Tell whether a wording is a form, a compound or a part of a more frequent one.

    A wording that was read off single places is also one when it is the other with words added
    or left out.
    """
    words = bitext.target.words
    if is_misspelt(bitext, wording, main):
        return False
    if not words.rules.spaced and _contains(words, wording, main):
        return True
    left, right = _differing(words, wording, main)
    return not (left and right) if wording.read else not (left or right)


def is_part(bitext: Bitext, wording: Wording, main: Wording) -> bool:
    """Tell whether one of two wordings is the other with words added."""
    left, right = _differing(bitext.target.words, wording, main)
    return bool(left) != bool(right)


def _differing(words: Words, wording: Wording, main: Wording) -> tuple[list[str], list[str]]:
    """Return the words of each wording of which the other has no form and no compound."""
    stems = {
        words.text(spot, 1): words.vocabulary[int(words.key[spot])]
        for w in (wording, main)
        for spot in w.places[0].tokens()
    }

    def same(one: str, other: str) -> bool:
        if one.lower() == other.lower() or same_lexeme(one, other, words.rules.code):
            return True
        if same_lexeme(stems[one], stems[other], words.rules.code):
            return True
        return words.rules.compounds and (
            is_compound(one, other) or _is_head(one, other, words.rules.code)
        )

    return _unmatched(_contents(words, wording), _contents(words, main), same)


def _contains(words: Words, wording: Wording, main: Wording) -> bool:
    """Tell whether the letters of one wording hold those of the other."""
    ours, theirs = (words.text(w.places[0].token, w.places[0].length) for w in (wording, main))
    return ours in theirs or theirs in ours


def is_misspelt(bitext: Bitext, wording: Wording, main: Wording) -> bool:
    """Tell whether a wording is another one with a letter or an accent changed in one word.

    The letter is neither the first nor the last of the word: that may be inflection. Of names,
    which begin with a capital, three quarters of the letters are enough.
    """
    words = bitext.target.words
    ours, theirs = (_contents(words, w) for w in (wording, main))
    if len(ours) != len(theirs):
        return False
    differing = [
        (one, other)
        for one, other in zip(ours, theirs, strict=True)
        if one.lower() != other.lower()
    ]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    if is_inflected(one, other, words.rules.code):
        return False
    name = one[0].isupper() and other[0].isupper() and not words.rules.nouns_capital
    if name and min(len(one), len(other)) >= _LEAST_NAME:
        inside = common_prefix(one, other) < min(len(one), len(other)) - _LONGEST_LINK
        return inside and Levenshtein.ratio(one, other) >= _LEAST_LIKENESS
    return _differs_inside(one.lower(), other.lower())


def _differs_inside(one: str, other: str) -> bool:
    """Tell whether two words differ in one letter, or two neighbours changed places."""
    shorter, longer = sorted((one, other), key=len)
    if one[0] != other[0] or one[-1] != other[-1] or len(shorter) < _LEAST_LETTERS:
        return False
    if Levenshtein.distance(one, other) == 1:
        return len(one) != len(other) or one[-2:] == other[-2:]
    shared = common_prefix(one, other)
    swapped = one[:shared] + one[shared : shared + 2][::-1] + one[shared + 2 :]
    return len(shorter) == len(longer) and swapped == other


def _contents(words: Words, wording: Wording) -> list[str]:
    """Return the content words of a wording as they are written at its first place."""
    spots = [spot for spot in wording.places[0].tokens() if words.content[spot]]
    return [words.text(spot, 1) for spot in spots]


def _unmatched(
    ours: Sequence[str], theirs: Sequence[str], same: Callable[[str, str], bool]
) -> tuple[list[str], list[str]]:
    """Return the words on each side that have no equal on the other, in any order."""
    left, right = [], list(theirs)
    for word in ours:
        found = next((other for other in right if same(word, other)), None)
        if found is None:
            left.append(word)
        else:
            right.remove(found)
    return left, right


def is_compound(first: str, second: str) -> bool:
    """Tell whether the longer word holds the whole shorter one at one of its ends.

    Endings of inflection are left out of both.
    """
    shorter, longer = sorted((first.lower(), second.lower()), key=len)
    return any(
        len(part) >= _LEAST_COMPOUND
        and len(whole) - len(part) >= _LEAST_REST
        and (whole.startswith(part) or whole.endswith(part) or _is_middle(part, whole))
        for part in _uninflected(shorter)
        for whole in _uninflected(longer)
    )


def _is_middle(part: str, whole: str) -> bool:
    """Tell whether a long word stands inside another one ("Standardverhaltensweise")."""
    return len(part) >= _LEAST_MIDDLE and part in whole


def _is_head(first: str, second: str, code: str) -> bool:
    """Tell whether the longer word ends with the shorter one, in whatever form of inflection."""
    shorter, longer = sorted((first.lower(), second.lower()), key=len)
    return any(
        common_prefix(longer[cut:], shorter) >= _LEAST_COMPOUND
        and is_inflected(longer[cut:], shorter, code)
        for cut in range(_LEAST_REST, len(longer) - _LEAST_COMPOUND + 1)
    )


def _uninflected(word: str) -> list[str]:
    """Return a word as it is and without the endings of a noun (German, Dutch, Swedish)."""
    return [word, *(word[: -len(e)] for e in _ENDINGS if word.endswith(e))]


def is_inflected_compound(first: str, second: str) -> bool:
    """Tell the same where the shorter word loses two letters more ("Archiv", "Archivdatei")."""
    shorter, longer = sorted((first, second), key=len)
    return any(is_compound(shorter[:-cut], longer) for cut in range(1, _LONGEST_LINK + 1))
