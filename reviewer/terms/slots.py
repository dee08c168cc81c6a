"""Renderings that share a word and differ beside it: forces, soldats ... de la paix."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewer.terms.wording import Match, Place, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.reading import Reader

_SKIPPED = 3
_LEAST_SHARE = 0.6
_STRICT_SHARE = 0.8
_MOST_LINKED = 0.3
_MOST_LINKED_BESIDE = 0.2
_DEPTH = 2


def split(bitext: Bitext, reader: Reader, wording: Wording, depth: int = _DEPTH) -> list[Wording]:
    """Return the wordings into which a wording falls by what stands on one side of it.

    The wording is taken for what the renderings share. There are two fillers or more, none
    explained by another source word, one of them repeated, together at 60 % of the places. Where
    the wording has as many content words as the source phrase, it may be the whole rendering:
    then two fillers must repeat and 80 % is asked. It comes back alone where it does not fall.
    """
    size = len(bitext.target_contents(wording.keys))
    whole = len(bitext.source_contents(bitext.source.keys(reader.source))) <= size
    best: list[Wording] = []
    for side in (-1, 1):
        fillers = _fillers(bitext, wording, side)
        most = _MOST_LINKED_BESIDE if whole else _MOST_LINKED
        good = [filler for filler in fillers if _linked(filler, wording, reader) <= most]
        if _is_slot(bitext, good, wording, strict=whole) and _surplus(good) > _surplus(best):
            best = good
    if not best:
        return [wording]
    if not depth:
        return best
    return [part for filler in best for part in split(bitext, reader, filler, depth - 1)]


def _surplus(wordings: Sequence[Wording]) -> int:
    return sum(len(w.matches) - 1 for w in wordings)


def _fillers(bitext: Bitext, wording: Wording, side: int) -> list[Wording]:
    """Return the wording extended to the next content word on one side, by what stands there."""
    key = bitext.target.words.key
    found: dict[tuple[int, ...], list[Match]] = defaultdict(list)
    for match in wording.matches:
        place = _extended(bitext, match.place, side)
        if place is not None:
            keys = tuple(key[place.token : place.token + place.length].tolist())
            found[keys].append(Match(match.source, place, match.fit))
    return [Wording(keys, tuple(matches)) for keys, matches in found.items()]


def _extended(bitext: Bitext, place: Place, side: int) -> Place | None:
    """Return the phrase up to the next content word, over at most 3 function words."""
    words = bitext.target.words
    position = place.token if side < 0 else place.token + place.length - 1
    for _ in range(_SKIPPED + 1):
        beside = position + side
        if not 0 <= beside < len(words.key) or not words.joined[max(position, beside)]:
            return None
        position = beside
        if words.content[position]:
            start = min(position, place.token)
            end = max(position + 1, place.token + place.length)
            return Place(start, end - start)
    return None


def _linked(filler: Wording, wording: Wording, reader: Reader) -> float:
    """Return how strongly what fills the slot is linked to words outside the term, 0-1."""
    elsewhere = [reader.linked(m.source, m.place, set(wording.keys))[1] for m in filler.matches]
    return sum(elsewhere) / max(1, len(elsewhere))


def _is_slot(bitext: Bitext, good: Sequence[Wording], wording: Wording, *, strict: bool) -> bool:
    words = bitext.target.words
    repeated = sum(len(w.pairs(words)) >= 2 for w in good)
    held, total = sum(len(w.matches) for w in good), len(wording.matches)
    if len(good) < 2 or not repeated:
        return False
    if strict:
        return repeated >= (2 if words.rules.spaced else 1) and held >= _STRICT_SHARE * total
    return held >= _LEAST_SHARE * total
