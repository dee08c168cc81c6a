"""What pairs of texts that are known to belong together teach: memories, confirmed beads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import WordPairs, cognates
from reviewer.align.evidence import text_key, text_keys
from reviewer.align.lexicon import (
    MOST_PAIRS,
    MOST_PAIRS_OF_BEAD,
    Counts,
    PairLexicon,
    Priors,
    WeightedBeads,
    pair_lexicon,
    train,
)
from reviewer.align.likeness import Explainer, likeness
from reviewer.align.tokens import STEM, folded, token_table, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.align.tokens import TokenTable

STEPS = 5
"""Of EM: more than the aligner's own passes make, since these pairs are known."""
LEAST_PASSED_ON = 0.05
"""Expected counts below this are not carried from one part of the lessons to the next."""

LESSONS_OF_WORD = 40
"""Lessons with a word of the texts after which the word wants no more."""
PART = MOST_PAIRS // 4
"""Token pairs that are trained at a time."""
MOST_LESSONS = 20_000
FEWEST_TRIED = 100
MOST_TRIED = 1000
_UNSPACED = "\u0e00"
"""Thai is the first script from here on that writes no spaces."""
_WORD = re.compile(r"\w+")
LEAST_RIGHT = 0.62
_NONE = WordPairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and its translation.

    Attributes:
        weight: how sure it is that they belong together, 0-1.
    """

    source: str
    target: str
    weight: float = 1.0


def learned_from(
    lessons: Sequence[Lesson],
    source_language: str,
    target_language: str,
    check: Callable[[], None] = lambda: None,
) -> PairLexicon:
    """Return what the lessons teach, as `align(..., lexicon=)` takes it.

    IBM model 1 as in `lexicon.train`, part by part, each part with what those before it taught;
    pairs of too many tokens are passed over. `check` is called now and then and may raise.
    """
    empty = PairLexicon().for_languages(source_language, target_language)
    source = token_table((lesson.source for lesson in lessons), check)
    target = token_table((lesson.target for lesson in lessons), check)
    known = Priors(cognates(source, target, check), _NONE, _NONE)
    counts: Counts | None = None
    for beads in _parts(lessons, source, target):
        _, counts = train(source, target, beads, known, check, STEPS)
        kept = np.maximum(counts.forward, counts.backward) >= LEAST_PASSED_ON
        ours, theirs = counts.source[kept], counts.target[kept]
        known = Priors(
            known.cognates,
            WordPairs(ours, theirs, counts.forward[kept]),
            WordPairs(ours, theirs, counts.backward[kept]),
        )
    if counts is None:
        return empty
    return pair_lexicon(empty.languages, source, target, counts)


def _parts(
    lessons: Sequence[Lesson], source: TokenTable, target: TokenTable
) -> Iterator[WeightedBeads]:
    """Yield the lessons that are short enough, as many at a time as `train` takes whole."""
    sizes = source.counts * target.counts
    fit = np.flatnonzero(sizes <= MOST_PAIRS_OF_BEAD)
    weights = np.array([lesson.weight for lesson in lessons])
    part = np.cumsum(sizes[fit]) // PART
    for number in np.unique(part):
        rows: NDArray[np.int64] = fit[part == number]
        one = np.ones(len(rows), np.int64)
        yield WeightedBeads(rows, one, rows, one, weights[rows])


class Relevance:
    """Chooses, of more lessons than can be learned, those that the texts have use for.

    A lesson is taken while one of its words occurs in the texts and in few lessons taken so far;
    and once where both its sides stand in the texts as they are.
    """

    def __init__(
        self, source: Sequence[str], target: Sequence[str], check: Callable[[], None]
    ) -> None:
        self._wanted = dict.fromkeys(_words_of_all(source, check), LESSONS_OF_WORD)
        self._target_words = _words_of_all(target, check)
        self._source_keys = {key for *_, key in text_keys(source, check)}
        self._target_keys = {key for *_, key in text_keys(target, check)}
        self._left = MOST_LESSONS
        self._taken: set[tuple[int, int]] = set()

    def takes(self, source: str, target: str) -> bool:
        """Return whether to learn from this pair."""
        keys = text_key(source), text_key(target)
        if keys[0] in self._source_keys and keys[1] in self._target_keys:
            new = keys not in self._taken
            self._taken.add(keys)
            return new
        words = self._wanted.keys() & _words(source) if self._left else ()
        if not words or self._target_words.isdisjoint(_words(target)):
            return False
        self._left -= 1
        for word in words:
            self._wanted[word] -= 1
            if not self._wanted[word]:
                del self._wanted[word]
        return True


def _words_of_all(texts: Sequence[str], check: Callable[[], None]) -> set[str]:
    found: set[str] = set()
    for number, text in enumerate(texts):
        if number % 200 == 0:
            check()
        found |= _words(text)
    return found


def _words(text: str) -> set[str]:
    """Return the beginnings of the words: what `tokenize` finds, but roughly and faster.

    Where words are not told by spaces they are its tokens.
    """
    if text and max(text) >= _UNSPACED:
        return {token for token in tokenize(text) if token[0].isalnum()}
    return {word[:STEM] for word in _WORD.findall(folded(text))}


def are_translations(lessons: Sequence[Lesson], check: Callable[[], None] = lambda: None) -> bool:
    """Return whether the two sides of lessons look like translations of each other.

    Half of a sample teaches; on the other half each source must explain its own target better
    than the next one's, more often than by chance. Fewer than FEWEST_TRIED are believed.
    """
    sample = lessons[:: max(1, len(lessons) // MOST_TRIED)]
    if len(sample) < FEWEST_TRIED:
        return True
    half = len(sample) // 2
    ordered = [*sample[::2], *sample[1::2]]
    source = token_table((lesson.source for lesson in ordered), check)
    target = token_table((lesson.target for lesson in ordered), check)
    known = Priors(cognates(source, target, check), _NONE, _NONE)
    one = np.ones(half, np.int64)
    rows = np.arange(half)
    lexicon, _ = train(
        source, target, WeightedBeads(rows, one, rows, one, one.astype(float)), known, check
    )
    explainer = Explainer.of(source, target, lexicon.forward, 0.5)
    tried = np.arange(len(sample) - half, len(sample) - 1)
    found = likeness(explainer, int(tried[0]), int(tried[-1]) + 1, tried, tried + 2, 1)[0]
    own, next_one = found[::2], found[1::2]
    told = own != next_one
    return not told.any() or float((own > next_one)[told].mean()) > LEAST_RIGHT
