"""How sure a hypothesis is: what speaks for it and against it, weighed."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import exp, log2
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.bitext import log_likelihood
from reviewer.terms.merging import boundness, differ_aside
from reviewer.terms.variants import is_misspelt, is_part
from reviewer.text.lexicon import small_lexicon
from reviewer.text.stems import fold, same_family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.reading import Reader
    from reviewer.terms.wording import Wording
    from reviewer.terms.words import Words


@dataclass(frozen=True)
class Features:
    """What is known of a hypothesis; each about 0-1, some below 0.

    Attributes:
        association: log-likelihood of the source phrase and all its wordings, per occurrence.
        occurrences: how many the source phrase has, as a logarithm.
        rendered: share of them that the wordings render.
        second: how often the second wording stands, as a logarithm.
        fit: of the most frequent wording.
        other_fit: of the best of the other wordings.
        own: how strongly the other wordings are linked to the source phrase.
        elsewhere: how strongly they are linked to other words.
        outside: share of the wordings' pairs that do not hold the source phrase.
        shared: whether two wordings share a content word.
        family: whether two single words derive from one.
        source_noun: how much the source phrase is used as a noun, -1 to 1.
        target_noun: how much the wordings are, -1 to 1.
        noun_gap: how far the wordings differ in that.
        long: whether the source phrase has several content words.
        rare: how rare its rarest word is.
        bound: how far a neighbour of the source phrase tells the second wording from the first.
        copied: share of the places where the target has the source phrase's letters.
        single: share of the wordings that were read off single places.
        misspelt: whether two wordings differ in a letter or two.
        name: whether the source phrase begins with a capital inside sentences.
        free: how freely the document is translated.
        lead: how far the other wordings are ahead of what else stands in their pairs, at most 1.
        aside: share of them that differ from the first in words beside those of the term.
        other_rare: how rare their rarest words are.
        part: share of them that are the first with words added, or the other way round.
    """

    association: float
    occurrences: float
    rendered: float
    second: float
    fit: float
    other_fit: float
    own: float
    elsewhere: float
    outside: float
    shared: float
    family: float
    source_noun: float
    target_noun: float
    noun_gap: float
    long: float
    rare: float
    bound: float
    copied: float
    single: float
    misspelt: float
    name: float
    free: float
    lead: float
    aside: float
    other_rare: float
    part: float


_KNOWN = 1.5
_EVERYDAY = -6.0
_UNLISTED = -18.0
_WEIGHTS = Features(
    association=-1.46,
    occurrences=-1.87,
    rendered=5.22,
    second=2.01,
    fit=0.82,
    other_fit=1.45,
    own=-1.06,
    elsewhere=-5.10,
    outside=-6.67,
    shared=-0.07,
    family=-0.31,
    source_noun=0.64,
    target_noun=2.09,
    noun_gap=-1.40,
    long=0.33,
    rare=3.41,
    bound=-1.07,
    copied=-0.64,
    single=-0.70,
    misspelt=3.00,
    name=-1.00,
    free=-1.95,
    lead=1.78,
    aside=-0.79,
    other_rare=0.84,
    part=-0.59,
)
_BIAS = -6.05


def describe(bitext: Bitext, reader: Reader, wordings: Sequence[Wording]) -> Features:
    """Return what is known of a hypothesis.

    Args:
        bitext: what it stands in.
        reader: of the source phrase.
        wordings: two or more, most frequent first.
    """
    source, target = bitext.source.words, bitext.target.words
    tokens = [token for places in reader.places.values() for token in places]
    matches = [match for wording in wordings for match in wording.matches]
    main, *others = wordings
    links = [reader.linked(m.source, m.place) for w in others for m in w.matches]
    held = len({int(target.pair[match.place.token]) for match in matches})
    outside = sum(wording.outside for wording in wordings)
    total = len(reader.places)
    association = log_likelihood(held, total, held + outside, max(bitext.size, total))
    nouns = [
        bitext.target_votes.of_phrases([p.token for p in w.places], w.places[0].length)
        for w in wordings
    ]
    inside = [token for token in tokens if not source.opens_sentence(token)]
    capital = sum(_capital(source, token) for token in inside)
    return Features(
        association=association / max(1, total) / 4,
        occurrences=log2(len(tokens)) / 4,
        rendered=len(matches) / len(tokens),
        second=log2(len(others[0].matches)) / 2,
        fit=_mean([match.fit for match in main.matches]),
        other_fit=max(_mean([match.fit for match in w.matches]) for w in others),
        own=_mean([own for own, _ in links]),
        elsewhere=_mean([other for _, other in links]),
        outside=outside / (held + outside),
        shared=float(_share(bitext, wordings)),
        family=float(_family(bitext, wordings)),
        source_noun=bitext.source_votes.of_phrases(tokens, reader.length),
        target_noun=sum(n * len(w.matches) for n, w in zip(nouns, wordings, strict=True))
        / len(matches),
        noun_gap=max(nouns) - min(nouns),
        long=float(len(bitext.source_contents(bitext.source.keys(reader.source))) > 1),
        rare=_rarity(source, tokens[0], reader.length),
        bound=boundness(bitext, reader, others[0], main),
        copied=_mean(
            [
                float(_is_copy(bitext, reader, m.source, m.place.token, m.place.length))
                for m in matches
            ]
        ),
        single=sum(w.read for w in wordings) / len(wordings),
        misspelt=float(any(is_misspelt(bitext, w, main) for w in others)),
        name=capital / len(inside) if inside else 0.0,
        free=bitext.freedom,
        lead=_mean([min(1.0, w.lead) for w in others]),
        aside=_mean([float(differ_aside(bitext, reader, w, main)) for w in others]),
        other_rare=_mean([_rarity(target, w.places[0].token, w.places[0].length) for w in others]),
        part=_mean([float(is_part(bitext, w, main)) for w in others]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def _capital(words: Words, token: int) -> bool:
    return words.text(token, 1)[:1].isupper()


def _is_copy(bitext: Bitext, reader: Reader, source: int, token: int, length: int) -> bool:
    theirs = bitext.target.words.text(token, length).lower()
    return bitext.source.words.text(source, reader.length).lower() == theirs


def _share(bitext: Bitext, wordings: Sequence[Wording]) -> bool:
    contents = [set(bitext.target_contents(w.keys)) for w in wordings]
    return any(a & b for n, a in enumerate(contents) for b in contents[n + 1 :])


def _family(bitext: Bitext, wordings: Sequence[Wording]) -> bool:
    words = [
        [fold(bitext.target_word(key)) for key in bitext.target_contents(w.keys)] for w in wordings
    ]
    single = [only[0] for only in words if len(only) == 1]
    return any(same_family(a, b) for n, a in enumerate(single) for b in single[n + 1 :])


def _rarity(words: Words, token: int, length: int) -> float:
    """Return how rare the rarest word of a phrase is, 0 (everyday) to 1."""
    forms = [words.text(t, 1) for t in range(token, token + length) if words.content[t]]
    lexicon = small_lexicon(words.rules.code)
    if not lexicon.known:
        return 0.5
    values = lexicon.log_probabilities(forms)
    lowest = float(np.nan_to_num(values, nan=_UNLISTED).min())
    return min(1.0, max(0.0, (_EVERYDAY - lowest) / (_EVERYDAY - _UNLISTED)))


def score(
    bitext: Bitext, reader: Reader, wordings: Sequence[Wording], *, known: bool = False
) -> float:
    """Return the probability that a reviewer calls a hypothesis drift, 0-1.

    A logistic regression over `Features`, fitted to judged groups (`tests/bench/README.md`).

    Args:
        bitext: what it stands in.
        reader: of the source phrase.
        wordings: two or more, most frequent first.
        known: whether one of the wordings was known beforehand; the others then differ from it.
    """
    features = describe(bitext, reader, wordings)
    value = _BIAS + _KNOWN * known
    value += sum(
        weight * feature
        for weight, feature in zip(astuple(_WEIGHTS), astuple(features), strict=True)
    )
    return 1 / (1 + exp(-value))
