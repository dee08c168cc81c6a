"""One rendering in several spellings: capitals, long vowel marks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from reviewer.terms.wording import Hypothesis, Match, Method, Place, Wording
from reviewer.text.stems import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate
    from reviewer.terms.reading import Reader
    from reviewer.terms.words import Words

_LEAST_SHARE = 0.75
_LEAST_PLACES = 3
_ENDING = 2
_PROBABILITY = 0.45
"""Judged right about as often."""
_MOST_PENALTY = 0.34
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_STOPS = frozenset(".!?…。！？؟")
_CLOSING = "\"'»”’) \u00a0\u202f"
_GOING_ON = regex.compile(r"\p{L}(?:,?[ \u00a0]|['’])$")
"""What stands before a word that goes on with a sentence."""
_FEWEST_OTHERS = 2
_MOST_CAPITALS = 0.4


def find_surface_drift(
    bitext: Bitext, candidates: Sequence[Candidate], reader: Reader
) -> Hypothesis | None:
    """Return the spellings of the rendering of a source phrase, or None where there is one.

    Capitals at the beginning of a sentence say nothing. Capitals count where the source phrase
    always has the same ones. Where it has none, they count in running text alone: a term in small
    letters takes one in a heading.
    """
    source, places = reader.source, reader.places
    patterns = {
        _pattern(bitext.source.words, Place(token, int(bitext.source.length[source])))
        for tokens in places.values()
        for token in tokens
        if not bitext.source.words.opens_sentence(token)
    }
    if len(patterns) > 1 or len(places) < 2:
        return None
    # Where every noun has a capital, it says nothing of the term.
    told = bitext.source.words.rules.code not in _CAPITAL_NOUNS
    capital = told and any(pattern != pattern.lower() for pattern in patterns)
    best: Hypothesis | None = None
    for candidate in sorted(candidates, key=lambda c: (-len(c.keys), c.keys)):
        if not _renders(bitext, source, candidate):
            continue
        wordings = _by_spelling(bitext, candidate, reader)
        words = bitext.target.words
        if not (capital or _is_spelling(words, wordings) or _is_odd(words, wordings)):
            continue
        total = sum(len(wording.places) for wording in wordings)
        if len(wordings) < 2 or total < _LEAST_PLACES:
            continue
        if best is None or total > sum(len(w.places) for w in best.wordings):
            best = Hypothesis(source, wordings, Method.SURFACE, _PROBABILITY)
    return best


def _renders(bitext: Bitext, source: int, candidate: Candidate) -> bool:
    contents = bitext.source_contents(bitext.source.keys(source))
    return (
        candidate.coverage >= _LEAST_SHARE
        and candidate.precision >= _LEAST_SHARE
        and len(candidate.pairs) >= 2
        and candidate.penalty < _MOST_PENALTY
        and (not bitext.target.words.rules.spaced or candidate.contents <= len(contents) + 1)
    )


def _by_spelling(bitext: Bitext, candidate: Candidate, reader: Reader) -> tuple[Wording, ...]:
    """Return the spellings of a candidate where its capitals do not come from the position."""
    source, words, size = bitext.source.words, bitext.target.words, len(candidate.keys)
    found: dict[str, list[Match]] = defaultdict(list)
    for pair, tokens in bitext.target.places(candidate.phrase).items():
        if pair not in reader.places:
            continue
        fixed = [
            t
            for t in tokens
            if pair in reader.places
            and not (_by_position(words, t) or _is_in_name(words, t, size))
        ]
        for match in reader.matches(pair, [Place(token, size) for token in fixed]):
            if not source.opens_sentence(match.source):
                found[_pattern(words, match.place)].append(match)
    wordings = [Wording(candidate.keys, tuple(sorted(matches))) for matches in found.values()]
    wordings.sort(key=lambda w: (-len(w.places), w.places))
    if not _is_spelling(words, wordings):
        main = _forms(words, wordings[0])
        wordings = [w for n, w in enumerate(wordings) if not n or _forms(words, w) & main]
    return tuple(wordings)


def _is_spelling(words: Words, wordings: Sequence[Wording]) -> bool:
    """Tell whether the wordings differ in letters, not in capitals alone."""
    letters = {_pattern(words, w.places[0], capitals=False) for w in wordings}
    return len(letters) == len(wordings)


def _is_odd(words: Words, wordings: Sequence[Wording]) -> bool:
    """Tell whether a capital stands in the middle of running text and elsewhere does not."""
    if len(wordings) != 2 or words.rules.code in _CAPITAL_NOUNS:
        return False
    firsts = [(w, words.text(w.places[0].token, 1)) for w in wordings]
    capitals = [w for w, first in firsts if _capitals(first) == "C"]
    small = [w for w, first in firsts if _capitals(first) == "c"]
    if len(capitals) != 1 or len(small) != 1:
        return False
    return all(_in_running_text(words, place) for place in capitals[0].places)


def _in_running_text(words: Words, place: Place) -> bool:
    """Tell whether a place goes on in a sentence whose other words have small letters.

    With a capital behind it, it is a part of a name.
    """
    pair = int(words.pair[place.token])
    text, end = words.texts[pair], int(words.end[place.token + place.length - 1])
    before = text[: int(words.start[place.token])]
    if _GOING_ON.search(before) is None or text[end : end + 2].strip()[:1].isupper():
        return False
    if text.rstrip(_CLOSING)[-1:] not in _STOPS:
        return False
    others = [
        words.text(token, 1)
        for token in words.contents_of(pair)
        if token not in place.tokens() and not words.opens_sentence(token)
    ]
    capitals = sum(not other[0].islower() for other in others)
    return len(others) >= _FEWEST_OTHERS and capitals <= _MOST_CAPITALS * len(others)


def _forms(words: Words, wording: Wording) -> set[str]:
    """Return the forms of a wording in small letters."""
    return {words.text(place.token, place.length).lower() for place in wording.places}


def _by_position(words: Words, token: int) -> bool:
    """Tell whether a capital of the word may come from the beginning of a sentence."""
    text, start = words.texts[words.pair[token]], int(words.start[token])
    if not text[start].isupper() or text[start + 1 : start + 2].isupper():
        return False
    if words.opens_sentence(token):
        return True
    elided = token > words.first[words.pair[token]] and text[start - 1] in "'’"
    return elided and words.opens_sentence(token - 1)


def _is_in_name(words: Words, token: int, size: int) -> bool:
    """Tell whether a word with a capital stands beside another one, as in a name or a heading."""
    if size > 1 or not words.text(token, 1)[0].isupper():
        return False
    return any(
        _is_capital(words, beside)
        for beside, joint in ((token - 1, token), (token + 1, token + 1))
        if words.joined[joint : joint + 1].any()
    )


def _is_capital(words: Words, token: int) -> bool:
    """Tell whether a content word has a capital that no sentence gives it."""
    capital = words.content[token] and words.text(token, 1)[0].isupper()
    return bool(capital) and not words.opens_sentence(token)


def _pattern(words: Words, place: Place, *, capitals: bool = True) -> str:
    """Return what of the spelling the keys do not say: capitals, and the letters of the stems."""
    if not words.rules.spaced:
        return "".join(words.text(place.token, place.length).split())
    spots = [token for token in place.tokens() if words.content[token]]
    letters = "" if words.rules.affixes else "".join(_stem(words, spot) for spot in spots)
    if not capitals:
        return letters
    return letters + "".join(_capitals(words.text(spot, 1)) for spot in spots)


def _capitals(word: str) -> str:
    """Return "U" for a word in capitals, "C" for one with a first capital, else "c"."""
    if len(word) > 1 and word.isupper():
        return "U"
    return "C" if word[0].isupper() else "c"


def _stem(words: Words, token: int) -> str:
    """Return the first letters of a word, which inflection leaves alone."""
    length = len(words.vocabulary[int(words.key[token])])
    return fold(words.text(token, 1).lower())[: max(1, length - _ENDING)]
