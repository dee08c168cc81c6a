"""Word translations learned from the texts themselves.

IBM model 1 (Brown et al. 1993) trained by soft EM on the aligner's own weighted beads, with an
absolute discount that keeps single chance meetings from confirming themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import WordPairs, sorted_pairs, spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewer.align.tokens import TokenTable

DISCOUNT = 0.75
COGNATE_COUNTS = 2.0
"""What a full cognate is worth, in expected counts."""
UNKNOWN_COUNTS = 0.5
NULL_SHARE = 0.5
EM_STEPS = 3
MOST_TRANSLATIONS = 30
MOST_PAIRS_OF_BEAD = 12_000
MOST_PAIRS = 3_000_000
_SORTED_AT_ONCE = 500_000
LEAST_KEPT_COUNT = 0.1
MOST_KEPT = 400_000


@dataclass(frozen=True)
class PairLexicon:
    """What was learned of one language pair, in words: fit to be kept and shared.

    Attributes:
        languages: source and target language, primary subtags.
        source_words, target_words: token forms (`tokens.tokenize`).
        source, target: indexes into them, one per word pair.
        forward, backward: expected counts of the pair, seen from the source word and from the
            target word.
    """

    languages: tuple[str, str] = ("", "")
    source_words: tuple[str, ...] = ()
    target_words: tuple[str, ...] = ()
    source: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    target: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    forward: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    backward: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        """Return the number of word pairs."""
        return len(self.source)

    def for_languages(self, source: str, target: str) -> PairLexicon:
        """Return it seen from this language pair: turned round if need be, else empty."""
        wanted = _primary(source), _primary(target)
        if self.languages == wanted:
            return self
        if self.languages == wanted[::-1]:
            return PairLexicon(
                wanted,
                self.target_words,
                self.source_words,
                self.target,
                self.source,
                self.backward,
                self.forward,
            )
        return PairLexicon(wanted)


def _primary(tag: str) -> str:
    """Return the primary subtag of a BCP 47 tag."""
    return tag.replace("_", "-").split("-")[0].lower()


@dataclass(frozen=True)
class Translations:
    """t(other | word) of one direction, as compressed rows.

    Attributes:
        starts: where each word's row starts; one more at the end.
        other: the translations, best first.
        value: their probabilities.
        mass: for each other-side word, the sum of its values over all rows.
    """

    starts: NDArray[np.int64]
    other: NDArray[np.int64]
    value: NDArray[np.float32]
    mass: NDArray[np.float32]


@dataclass(frozen=True)
class Lexicon:
    """Both directions."""

    forward: Translations
    backward: Translations


@dataclass(frozen=True)
class Counts:
    """Expected counts of word pairs, from both sides; those known before included."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    forward: NDArray[np.float64]
    backward: NDArray[np.float64]


@dataclass(frozen=True)
class WeightedBeads:
    """Candidate beads: first sentence and number of sentences of each side, and a weight."""

    source: NDArray[np.int64]
    source_size: NDArray[np.int64]
    target: NDArray[np.int64]
    target_size: NDArray[np.int64]
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of beads."""
        return len(self.source)

    def taken(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> WeightedBeads:
        """Return some of the beads."""
        return WeightedBeads(
            self.source[which],
            self.source_size[which],
            self.target[which],
            self.target_size[which],
            self.weight[which],
        )


@dataclass(frozen=True)
class Priors:
    """What is known of word pairs before the texts are read; same numbering as the tables."""

    cognates: WordPairs
    forward: WordPairs
    backward: WordPairs


def known_pairs(lexicon: PairLexicon, source: TokenTable, target: TokenTable) -> Priors:
    """Return the pairs of `lexicon` whose words occur in the texts, without cognates."""
    ours = np.array([source.index.get(word, -1) for word in lexicon.source_words], np.int64)
    theirs = np.array([target.index.get(word, -1) for word in lexicon.target_words], np.int64)
    one, other = ours[lexicon.source], theirs[lexicon.target]
    there = (one >= 0) & (other >= 0)
    one, other = one[there], other[there]
    nothing = np.zeros(0, np.int64)
    return Priors(
        WordPairs(nothing, nothing, np.zeros(0)),
        sorted_pairs(one, other, lexicon.forward[there]),
        sorted_pairs(one, other, lexicon.backward[there]),
    )


def first_lexicon(source: TokenTable, target: TokenTable, priors: Priors) -> Lexicon:
    """Return the lexicon of cognates and prior counts, before any training."""
    pairs = _Pairs.of(target, None, priors, lambda: None)
    sizes = len(source.words), len(target.words)
    tables = []
    for direction in (0, 1):
        prior = pairs.prior[direction]
        word, other = pairs.words(direction)
        total = np.bincount(word, prior, minlength=sizes[direction])
        value = np.maximum(0.5 * pairs.cognate, prior / (total + UNKNOWN_COUNTS)[word])
        tables.append(_translations(word, other, value, sizes[direction], sizes[1 - direction]))
    return Lexicon(*tables)


def train(
    source: TokenTable,
    target: TokenTable,
    beads: WeightedBeads,
    priors: Priors,
    check: Callable[[], None],
    steps: int = EM_STEPS,
) -> tuple[Lexicon, Counts]:
    """Learn both directions from weighted beads; also return the counts for other documents."""
    meetings = _Meetings.of(source, target, beads)
    check()
    pairs = _Pairs.of(target, meetings, priors, check)
    check()
    sizes = len(source.words), len(target.words)
    tables, counts = [], []
    for direction in (0, 1):
        count = _expected_counts(meetings, pairs, direction, (source, target), check, steps)
        word, other = pairs.words(direction)
        kept = np.maximum(count + pairs.prior[direction] - DISCOUNT, 0)
        kept += COGNATE_COUNTS * pairs.cognate
        total = np.bincount(word, kept, minlength=sizes[direction]) + UNKNOWN_COUNTS
        value = kept / total[word]
        tables.append(_translations(word, other, value, sizes[direction], sizes[1 - direction]))
        counts.append(count + pairs.prior[direction])
        check()
    return Lexicon(*tables), Counts(pairs.source, pairs.target, counts[0], counts[1])


@dataclass(frozen=True)
class _Meetings:
    """Every source token beside every target token of every bead.

    Attributes:
        source, target: the words that meet.
        source_token, target_token: numbers of the token instances.
        weight: of the bead.
        instances: the word of every source and of every target token instance.
        partners: number of tokens on the other side, of every source and target instance.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    source_token: NDArray[np.int32]
    target_token: NDArray[np.int32]
    weight: NDArray[np.float32]
    instances: tuple[NDArray[np.int32], NDArray[np.int32]]
    partners: tuple[NDArray[np.float32], NDArray[np.float32]]

    @classmethod
    def of(cls, source: TokenTable, target: TokenTable, beads: WeightedBeads) -> _Meetings:
        ours = source.starts[beads.source + beads.source_size] - source.starts[beads.source]
        theirs = target.starts[beads.target + beads.target_size] - target.starts[beads.target]
        fit = np.flatnonzero(ours * theirs <= MOST_PAIRS_OF_BEAD)
        total = int((ours[fit] * theirs[fit]).sum())
        if total > MOST_PAIRS:
            fit = fit[:: -(-total // MOST_PAIRS)]
        beads, ours, theirs = beads.taken(fit), ours[fit], theirs[fit]
        our_tokens = source.tokens[spans(source.starts[beads.source], ours)]
        their_tokens = target.tokens[spans(target.starts[beads.target], theirs)]
        our_first = np.cumsum(ours) - ours
        # For every target token of a bead, all its source tokens.
        rows = np.repeat(ours, theirs)
        source_token = spans(np.repeat(our_first, theirs), rows).astype(np.int32)
        target_token = np.repeat(np.arange(len(their_tokens), dtype=np.int32), rows)
        return cls(
            our_tokens[source_token],
            their_tokens[target_token],
            source_token,
            target_token,
            np.repeat(beads.weight, ours * theirs).astype(np.float32),
            (our_tokens, their_tokens),
            (
                np.repeat(theirs, ours).astype(np.float32),
                np.repeat(ours, theirs).astype(np.float32),
            ),
        )


@dataclass(frozen=True)
class _Pairs:
    """The distinct word pairs that meet or are known before.

    Attributes:
        source, target: their words.
        of_meeting: the pair of each meeting.
        cognate: weight as cognates.
        prior: counts known before, forward and backward.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    of_meeting: NDArray[np.int64]
    cognate: NDArray[np.float64]
    prior: tuple[NDArray[np.float64], NDArray[np.float64]]

    def words(self, direction: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return (self.source, self.target) if direction == 0 else (self.target, self.source)

    @classmethod
    def of(
        cls,
        target: TokenTable,
        meetings: _Meetings | None,
        priors: Priors,
        check: Callable[[], None],
    ) -> _Pairs:
        base = len(target.words)
        known = (priors.cognates, priors.forward, priors.backward)
        known_keys = [pairs.source * base + pairs.target for pairs in known]
        met = np.zeros(0, np.int64)
        if meetings is not None:
            met = meetings.source.astype(np.int64) * base + meetings.target
        keys, inverse = _distinct(np.concatenate((met, *known_keys)), check)
        weights = []
        for pairs, pair_keys in zip(known, known_keys, strict=True):
            weight = np.zeros(len(keys))
            weight[np.searchsorted(keys, pair_keys)] = pairs.weight
            weights.append(weight)
        return cls(
            keys // base, keys % base, inverse[: len(met)], weights[0], (weights[1], weights[2])
        )


def _distinct(
    keys: NDArray[np.int64], check: Callable[[], None]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct keys in order and the place of each key among them.

    As numpy's unique, but in parts: sorting millions at once cannot be stopped.
    """
    parts = -(-len(keys) // _SORTED_AT_ONCE)
    if parts <= 1:
        found, place = np.unique(keys, return_inverse=True)
        return found, place
    bounds = np.quantile(keys[:: len(keys) // 10_000], np.linspace(0, 1, parts + 1)[1:-1])
    part = np.searchsorted(bounds, keys, "right")
    check()
    places = np.empty(len(keys), np.int64)
    distinct: list[NDArray[np.int64]] = []
    before = 0
    for number in range(parts):
        own = np.flatnonzero(part == number)
        found, place = np.unique(keys[own], return_inverse=True)
        places[own] = place + before
        distinct.append(found)
        before += len(found)
        check()
    return np.concatenate(distinct), places


def _expected_counts(
    meetings: _Meetings,
    pairs: _Pairs,
    direction: int,
    tables: tuple[TokenTable, TokenTable],
    check: Callable[[], None],
    steps: int,
) -> NDArray[np.float64]:
    """Run some steps of IBM model 1 and return the expected count of every pair.

    The empty word of the model is the background: it explains NULL_SHARE of every token.
    """
    word, other = pairs.words(direction)
    generated = 1 - direction
    token = meetings.target_token if direction == 0 else meetings.source_token
    background = tables[generated].probability
    null = NULL_SHARE * background[meetings.instances[generated]]
    share = (1 - NULL_SHARE) / meetings.partners[generated]
    size = len(tables[direction].words)
    prior = pairs.prior[direction]
    extra = COGNATE_COUNTS * pairs.cognate + prior
    prior_total = np.bincount(word, prior, minlength=size) + UNKNOWN_COUNTS
    extra_total = np.bincount(word, extra, minlength=size) + UNKNOWN_COUNTS
    chance = background[other] + 0.3 * COGNATE_COUNTS * pairs.cognate + prior / prior_total[word]

    def expected() -> NDArray[np.float64]:
        value = chance[pairs.of_meeting]
        explained = np.bincount(token, value, minlength=len(null))
        scale = share / (null + share * explained)
        value *= meetings.weight
        value *= scale[token]
        check()
        return np.bincount(pairs.of_meeting, value, minlength=len(word)).astype(np.float64)

    for _ in range(steps - 1):
        count = expected()
        total = np.bincount(word, count, minlength=size) + extra_total
        chance = (count + extra) / total[word]
        check()
    return expected()


def _translations(
    word: NDArray[np.int64],
    other: NDArray[np.int64],
    value: NDArray[np.float64],
    size: int,
    other_size: int,
) -> Translations:
    """Return the rows, each cut to its MOST_TRANSLATIONS best."""
    kept = np.flatnonzero(value > 1e-4)
    order = kept[np.lexsort((other[kept], -value[kept], word[kept]))]
    starts = np.searchsorted(word[order], np.arange(size + 1))
    rank = np.arange(len(order)) - starts[word[order]]
    order = order[rank < MOST_TRANSLATIONS]
    kept_value = value[order].astype(np.float32)
    return Translations(
        np.searchsorted(word[order], np.arange(size + 1)),
        other[order],
        kept_value,
        np.bincount(other[order], kept_value, minlength=other_size).astype(np.float32),
    )


def pair_lexicon(
    languages: tuple[str, str], source: TokenTable, target: TokenTable, counts: Counts
) -> PairLexicon:
    """Return the counts worth keeping, by words."""
    strength = np.maximum(counts.forward, counts.backward)
    kept = np.flatnonzero(strength >= LEAST_KEPT_COUNT)
    if len(kept) > MOST_KEPT:
        kept = np.sort(kept[np.argsort(-strength[kept], kind="stable")[:MOST_KEPT]])
    ours, our_index = np.unique(counts.source[kept], return_inverse=True)
    theirs, their_index = np.unique(counts.target[kept], return_inverse=True)
    return PairLexicon(
        languages,
        tuple(source.words[number] for number in ours.tolist()),
        tuple(target.words[number] for number in theirs.tolist()),
        our_index,
        their_index,
        counts.forward[kept],
        counts.backward[kept],
    )
