"""Renderings that share a word and differ beside it: forces, soldats ... de la paix."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewer.terms.wording import Place, Wording
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate

_SKIPPED = 3
_LEAST_SHARE = 0.6
_STRICT_SHARE = 0.8


def read_slots(
    bitext: Bitext, source: int, anchor: Candidate, places: Mapping[int, Sequence[int]]
) -> tuple[Wording, ...]:
    """Return the wordings that the anchor makes with what stands on one side of it.

    Two fillers or more, one of them repeated, none explained by another source word, together at
    60 % of the anchor's places. Empty where the anchor stands for the whole term. When it has
    as many content words as the source phrase, two fillers must repeat and 80 % is asked.
    """
    keys = bitext.source.keys(source)
    strict = len(bitext.source_contents(keys)) == anchor.contents
    best: tuple[int, list[Wording]] | None = None
    for side in (-1, 1):
        fillers = _fillers(bitext, anchor, places, side)
        good = [w for w in fillers if _is_free(bitext, w, anchor, keys, frozenset(places))]
        if not _is_slot(bitext, good, fillers, anchor, places, strict=strict):
            continue
        surplus = sum(len(w.places) for w in good) - len(good)
        if best is None or surplus > best[0]:
            best = surplus, good
    if best is None:
        return ()
    return tuple(sorted(best[1], key=lambda w: (-len(w.places), w.places)))


def _fillers(
    bitext: Bitext, anchor: Candidate, places: Mapping[int, Sequence[int]], side: int
) -> list[Wording]:
    """Return the anchor extended to the next content word on one side, by wording."""
    words = bitext.target.words
    size = len(anchor.keys)
    found: dict[tuple[int, ...], list[Place]] = defaultdict(list)
    for pair, tokens in bitext.target.places(anchor.phrase).items():
        for token in tokens[: len(places.get(pair, ()))]:
            place = _extended(bitext, token, size, side)
            if place is not None:
                keys = words.key[place.token : place.token + place.length]
                found[tuple(keys.tolist())].append(place)
    return [Wording(keys, tuple(spots)) for keys, spots in found.items()]


def _extended(bitext: Bitext, token: int, size: int, side: int) -> Place | None:
    """Return the phrase up to the next content word, over at most 3 function words."""
    words = bitext.target.words
    position = token if side < 0 else token + size - 1
    for _ in range(_SKIPPED + 1):
        beside = position + side
        if not 0 <= beside < len(words.key) or not words.joined[max(position, beside)]:
            return None
        position = beside
        if words.content[position]:
            start = position if side < 0 else token
            end = token + size if side < 0 else position + 1
            return Place(start, end - start)
    return None


def _is_free(
    bitext: Bitext,
    filler: Wording,
    anchor: Candidate,
    source_keys: Sequence[int],
    pairs: frozenset[int],
) -> bool:
    """Tell whether no source word outside the term explains what fills the slot."""
    own = set(source_keys)
    words = bitext.source.words
    fresh = [k for k in bitext.target_contents(filler.keys) if k not in anchor.keys]
    if not fresh:
        return False
    held = frozenset().union(*(bitext.target_words.pairs(key) for key in fresh))
    if len(held & pairs) < _LEAST_SHARE * len(held):
        return False
    beside = {
        int(words.key[token])
        for pair in filler.pairs(bitext.target.words)
        for token in range(int(words.first[pair]), int(words.first[pair + 1]))
        if words.content[token]
    } - own
    return not any(_explains(bitext, rival, held, fresh, own) for rival in beside)


def _explains(
    bitext: Bitext, rival: int, held: frozenset[int], fresh: Sequence[int], own: set[int]
) -> bool:
    rivals = bitext.source_words.pairs(rival)
    both = len(held & rivals)
    if both >= 3 and 2 * both / (len(held) + len(rivals)) >= 0.8:
        return True
    word = bitext.source_word(rival)
    if not any(cognate(bitext.target_word(key), word) for key in fresh):
        return False
    return not any(
        cognate(bitext.target_word(key), bitext.source_word(other))
        for key in fresh
        for other in own
    )


def _is_slot(
    bitext: Bitext,
    good: Sequence[Wording],
    fillers: Sequence[Wording],
    anchor: Candidate,
    places: Mapping[int, Sequence[int]],
    *,
    strict: bool,
) -> bool:
    words = bitext.target.words
    repeated = sum(len(w.pairs(words)) >= 2 for w in good)
    held = sum(len(w.places) for w in good)
    if len(good) < 2 or not repeated:
        return False
    if strict and (repeated < 2 or held < _STRICT_SHARE * sum(len(w.places) for w in fillers)):
        return False
    anchored = bitext.target.places(anchor.phrase)
    seats = sum(min(len(tokens), len(anchored.get(pair, ()))) for pair, tokens in places.items())
    return held >= _LEAST_SHARE * seats
