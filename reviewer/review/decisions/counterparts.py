"""Which sentences of a new version of a text are those of the old one, and which are close."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CLOSE = 0.65
"""Levenshtein ratio from which one sentence is another revised (`tests/bench/README.md`)."""
_LOOKED_AT = 40
"""Sentences of a changed stretch that one of it is held against, on either side."""
_LONGEST = 5_000
"""Code points of a sentence that are compared."""
_MOST_JOINED = 4
"""Sentences that one corrected sentence may have become."""


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Where the sentences of an old version are in a new one.

    Attributes:
        equal: `ord` of those with the same text, by the old `ord`.
        gaps: of the others, the changed stretch of the new version that stands in their place.
        texts: of the new version.
    """

    equal: Mapping[int, int]
    gaps: Mapping[int, range]
    texts: Sequence[str]

    def holding(self, text: str, old: int) -> range | None:
        """Return the new sentences that are just this text, in place of an old one; or None.

        Nothing is where an old one was that is gone.
        """
        gap = self.gaps.get(old, range(0))
        wanted = _bare(text)
        if not wanted:
            return gap if not gap and old in self.gaps else None
        for start in gap:
            joined = ""
            for end in range(start, min(start + _MOST_JOINED, gap.stop)):
                joined += _bare(self.texts[end])
                if joined == wanted:
                    return range(start, end + 1)
        return None

    def closest(self, texts: Sequence[str], old: int) -> tuple[int, float] | None:
        """Return the new sentence most like one of these, in place of an old one; and how much.

        None where none is as like as `CLOSE`.
        """
        gap, best = self.gaps.get(old, range(0)), None
        for new in _middle(gap, self._share(old)):
            for text in texts:
                least = best[1] if best else CLOSE
                other = self.texts[new][:_LONGEST]
                like = Levenshtein.ratio(text[:_LONGEST], other, score_cutoff=least)
                if like >= CLOSE and (best is None or like > best[1]):
                    best = new, like
        return best

    def _share(self, old: int) -> float:
        """Return how far into its stretch an old sentence is, 0-1."""
        first = last = old
        gap = self.gaps.get(old)
        while self.gaps.get(first - 1) is gap is not None and old - first < _LOOKED_AT:
            first -= 1
        while self.gaps.get(last + 1) is gap is not None and last - old < _LOOKED_AT:
            last += 1
        return (old - first) / (last - first) if last > first else 0.5


def counterparts(old: Sequence[str], new: Sequence[str]) -> Counterparts:
    """Find the sentences of a text in a new version of it: in order, then those that moved.

    What moved is the same only where its text stands once in either version.
    """
    equal: dict[int, int] = {}
    gaps: dict[int, range] = {}
    for olds, news in _changes(old, new, equal):
        gaps.update(dict.fromkeys(olds, news))
    once, once_new = _once(old), _once(new)
    taken = set(equal.values())
    for number in tuple(gaps):
        text = old[number]
        moved = once_new.get(text)
        if moved is not None and moved not in taken and once.get(text) == number:
            equal[number] = moved
            del gaps[number]
    return Counterparts(equal, gaps, new)


def unchanged(size: int, texts: Sequence[str]) -> Counterparts:
    """Return the counterparts of a text that has no new version."""
    return Counterparts({number: number for number in range(size)}, {}, texts)


def _changes(
    old: Sequence[str], new: Sequence[str], equal: dict[int, int]
) -> Iterator[tuple[range, range]]:
    """Yield the stretches that differ; what does not is put into `equal`."""
    begun = 0, 0
    end = ("equal", len(old), len(old), len(new), len(new))
    for tag, a, b, c, d in (*Levenshtein.opcodes(list(old), list(new)), end):
        if tag == "equal":
            if begun != (a, c):
                yield range(begun[0], a), range(begun[1], c)
            equal.update(zip(range(a, b), range(c, d), strict=True))
            begun = b, d


def _once(texts: Sequence[str]) -> dict[str, int]:
    counted = Counter(texts)
    return {text: number for number, text in enumerate(texts) if counted[text] == 1}


def _middle(gap: range, share: float) -> range:
    """Return what of a long stretch is looked at for something that far into it."""
    at = gap.start + round(share * max(len(gap) - 1, 0))
    return range(max(gap.start, at - _LOOKED_AT), min(gap.stop, at + _LOOKED_AT + 1))


def _bare(text: str) -> str:
    """Return a text without spaces, which differ where sentences are cut anew."""
    return "".join(text.split())
