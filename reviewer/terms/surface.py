"""One rendering in several spellings: capitals, long vowel marks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from reviewer.terms.wording import Hypothesis, Method, Place, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate
    from reviewer.terms.words import Words

_LEAST_SHARE = 0.75
_LEAST_PLACES = 3
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")


def find_surface_drift(
    bitext: Bitext,
    source: int,
    candidates: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    """Return the spellings of the rendering of a source phrase, or None where there is one.

    Capitals at the beginning of a sentence say nothing, and where the source phrase itself comes
    with several patterns of capitals, no difference counts.
    """
    patterns = {
        _pattern(bitext.source.words, Place(token, int(bitext.source.length[source])))
        for tokens in places.values()
        for token in tokens
        if not bitext.source.words.opens_sentence(token)
    }
    if len(patterns) > 1 or len(places) < 2:
        return None
    best: Hypothesis | None = None
    for candidate in candidates:
        if not _renders(bitext, source, candidate):
            continue
        wordings = _by_spelling(bitext, candidate, places)
        total = sum(len(wording.places) for wording in wordings)
        if len(wordings) < 2 or total < _LEAST_PLACES:
            continue
        if best is None or total > best.score:
            best = Hypothesis(source, wordings, Method.SURFACE, total)
    return best


def _renders(bitext: Bitext, source: int, candidate: Candidate) -> bool:
    contents = bitext.source_contents(bitext.source.keys(source))
    return (
        candidate.coverage >= _LEAST_SHARE
        and candidate.precision >= _LEAST_SHARE
        and len(candidate.pairs) >= 2
        and not candidate.penalty
        and (not bitext.target.words.rules.spaced or candidate.contents <= len(contents) + 1)
    )


def _by_spelling(
    bitext: Bitext, candidate: Candidate, places: Mapping[int, Sequence[int]]
) -> tuple[Wording, ...]:
    words, size = bitext.target.words, len(candidate.keys)
    found: dict[str, list[Place]] = defaultdict(list)
    for pair, tokens in bitext.target.places(candidate.phrase).items():
        for token in tokens:
            place = Place(token, size)
            if pair in places and not _capital_by_position(words, token):
                found[_pattern(words, place)].append(place)
    wordings = [Wording(candidate.keys, tuple(spots)) for spots in found.values()]
    return tuple(sorted(wordings, key=lambda w: (-len(w.places), w.places)))


def _capital_by_position(words: Words, token: int) -> bool:
    """Tell whether a capital of the word may come from the beginning of a sentence."""
    text, start = words.texts[words.pair[token]], int(words.start[token])
    if not text[start].isupper() or text[start + 1 : start + 2].isupper():
        return False
    if words.opens_sentence(token):
        return True
    elided = token > words.first[words.pair[token]] and text[start - 1] in "'’"
    return elided and words.opens_sentence(token - 1)


def _pattern(words: Words, place: Place) -> str:
    """Return what of the spelling the key does not say: "Cl" for "Tableau de" ..."""
    text = words.text(place.token, place.length)
    if not words.rules.spaced:
        return text
    return "".join(_capitals(word) for word in _WORD.findall(text))


def _capitals(word: str) -> str:
    if len(word) > 1 and word.isupper():
        return "U"
    return "C" if word[0].isupper() else "l"
