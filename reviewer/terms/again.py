"""What the search found the last time, wherever nothing has changed that it rests on.

An edit of one sentence leaves most of a document alone: the counts of its own words change, and
with them some links elsewhere. What a source phrase may show rests on the pairs it stands in, on
how often and where their target words and phrases stand, and on the longer terms around it; all
of that is compared, value by value. How likely a group is rests on the whole document and is
always weighed anew (`drift`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.wording import Found, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.nesting import Nesting
    from reviewer.terms.phrases import Phrases
    from reviewer.terms.wording import Wording

_MOST_KEPT = 5_000
"""Pairs of a document that is compared again after each edit."""
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class _Kept:
    bitext: Bitext
    nesting: Nesting
    found: Mapping[int, Found]


class LastSearch:
    """Holds what was found in a document the last time."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def keep(self, bitext: Bitext, nesting: Nesting, found: Mapping[int, Found]) -> None:
        """Keep what each source phrase may show; of a long document nothing."""
        short = len(bitext.pairs) <= _MOST_KEPT
        self._kept = _Kept(bitext, nesting, found) if short else None

    def still(self, bitext: Bitext, nesting: Nesting) -> dict[int, Found]:
        """Return, by source phrase, what would be found again; others are to be looked at."""
        kept = self._kept
        if kept is None or not _is_comparable(kept.bitext, bitext):
            return {}
        change = _Change(kept.bitext, bitext)
        if not change.keeps_order:
            return {}
        clean = ~_touched(bitext.source, change.pairs, nesting.size != kept.nesting.size)
        return {
            number: change.moved(found) for number, found in kept.found.items() if clean[number]
        }


def _is_comparable(before: Bitext, now: Bitext) -> bool:
    """Tell whether the source side and what was known beforehand are the same."""
    one, other = before.source.words, now.source.words
    return (
        one.rules is other.rules
        and before.target.words.rules is now.target.words.rules
        and len(before.pairs) == len(now.pairs)
        and one.texts == other.texts
        and one.vocabulary == other.vocabulary
        and np.array_equal(one.key, other.key)
        and np.array_equal(one.content, other.content)
        and before.known.priors == now.known.priors
    )


def _touched(
    source: Phrases, pairs: NDArray[np.bool_], tokens: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which source phrases stand in some pairs, or begin at some tokens."""
    if not len(source):
        return np.zeros(0, dtype=np.bool_)
    held, first = source.pair_columns
    touched: NDArray[np.bool_] = np.logical_or.reduceat(pairs[held], first[:-1])
    touched |= np.logical_or.reduceat(tokens[source.tokens], source.first[:-1])
    return touched


class _Change:
    """What is another on the target side than the last time.

    Attributes:
        pairs: by pair, whether its text, its links, or how often one of its words or phrases
            stands in the document has changed.
        keeps_order: whether words that stand where they stood are numbered in the same order.
    """

    def __init__(self, before: Bitext, now: Bitext) -> None:
        self._old, self._new = before.target.words, now.target.words
        numbers = {word: key for key, word in enumerate(self._new.vocabulary)}
        width = len(self._new.vocabulary)
        self._keys = np.array(
            [numbers.get(w, width + n) for n, w in enumerate(self._old.vocabulary)], dtype=np.int64
        )
        edited = self._edited()
        changed = self._changed_keys(edited)
        kept = self._keys[(self._keys < width) & ~np.isin(self._keys, changed)]
        self.keeps_order = bool((np.diff(kept) > 0).all())
        self.pairs = edited | self._relinked(before, now, edited)
        self.pairs[self._new.pair[np.isin(self._new.key, changed)]] = True
        self._mark_phrases(before.target, now.target)

    def _edited(self) -> NDArray[np.bool_]:
        """Return which pairs have other tokens."""
        old, new = self._old, self._new
        edited = np.array([a != b for a, b in zip(old.texts, new.texts, strict=True)], np.bool_)
        edited |= np.diff(old.first) != np.diff(new.first)
        same_old, same_new = ~edited[old.pair], ~edited[new.pair]
        differs = self._keys[old.key[same_old]] != new.key[same_new]
        differs |= old.content[same_old] != new.content[same_new]
        edited[new.pair[same_new][differs]] = True
        return edited

    def _changed_keys(self, edited: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the words that stand in other pairs than before."""
        old, new, count = self._old, self._new, len(edited)
        there = edited[old.pair] & old.content
        before = self._keys[old.key[there]] * count + old.pair[there]
        here = edited[new.pair] & new.content
        now = new.key[here].astype(np.int64) * count + new.pair[here]
        return np.unique(np.setxor1d(before, now) // max(1, count))

    def _relinked(
        self, before: Bitext, now: Bitext, edited: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which of the pairs that were not edited have other links."""
        there, here = ~edited[self._old.pair], ~edited[self._new.pair]
        differs = before.links.strength[there] != now.links.strength[here]
        differs |= before.links.source[there] != now.links.source[here]
        relinked = np.zeros(len(edited), dtype=np.bool_)
        relinked[self._new.pair[here][differs]] = True
        return relinked

    def _mark_phrases(self, before: Phrases, now: Phrases) -> None:
        """Mark the pairs of the phrases that stand in other pairs than before."""
        old = _signatures(before, self._keys[self._old.key])
        new = _signatures(now, self._new.key.astype(np.int64))
        for phrases, signs, others in ((before, old, new), (now, new, old)):
            gone = np.repeat(~np.isin(signs, others), np.diff(phrases.first))
            self.pairs[phrases.words.pair[phrases.tokens[gone]]] = True

    def moved(self, found: Found) -> Found:
        """Return what was found at the tokens of now."""
        surface = found.surface
        if surface is not None:
            wordings = tuple(self._moved(wording) for wording in surface.wordings)
            surface = replace(surface, wordings=wordings)
        return Found(tuple(self._moved(wording) for wording in found.wordings), surface)

    def _moved(self, wording: Wording) -> Wording:
        keys = tuple(self._keys[list(wording.keys)].tolist())
        matches = tuple(
            replace(m, place=Place(self._token(m.place.token), m.place.length))
            for m in wording.matches
        )
        return replace(wording, keys=keys, matches=matches)

    def _token(self, token: int) -> int:
        pair = int(self._old.pair[token])
        return token - int(self._old.first[pair]) + int(self._new.first[pair])


def _signatures(phrases: Phrases, keys: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a number for each phrase that is made of its words and of the pairs it stands in."""
    if not len(phrases):
        return np.zeros(0, dtype=np.uint64)
    start = phrases.tokens[phrases.first[:-1]].astype(np.int64)
    sign = _mixed(phrases.length.astype(np.int64) * 2 + phrases.candidate)
    for offset in range(int(phrases.length.max())):
        longer = phrases.length > offset
        sign[longer] = _mixed(sign[longer].view(np.int64) + keys[start[longer] + offset])
    pairs = _mixed(phrases.words.pair[phrases.tokens].astype(np.int64))
    total: NDArray[np.uint64] = sign + np.add.reduceat(pairs, phrases.first[:-1])
    return total


def _mixed(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return numbers that look random (Steele, Lea & Flood 2014, SplitMix)."""
    bits = values.astype(np.uint64) * _GOLDEN
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = bits ^ (bits >> np.uint64(31))
    return mixed
