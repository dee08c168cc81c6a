"""How much a word is used as a noun, told from the function words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewer.terms.words import Words

_PRIOR = 1.0
"""Votes for neither that each word has beforehand, so that one vote alone says little."""


@dataclass(frozen=True)
class Votes:
    """What the neighbours of each token say: above 0 for a noun phrase, below 0 for a verb.

    Attributes:
        before: by what stands before the token.
        after: by what stands after it.
        inside: by the token itself (its capital, its prefix).
        usual: the mean of the three over all content words, from which others are counted.
    """

    before: NDArray[np.float32]
    after: NDArray[np.float32]
    inside: NDArray[np.float32]
    usual: float

    def of_phrases(self, tokens: Sequence[int], length: int) -> float:
        """Return how far phrases of one length at these tokens are above the usual vote."""
        if not tokens:
            return 0.0
        first = np.fromiter(tokens, dtype=np.int64)
        last = first + length - 1
        value = np.clip(self.before[first] + self.inside[first] + self.after[last], -1, 1)
        return float((value - self.usual).sum() / (len(value) + _PRIOR))


def votes(words: Words) -> Votes:
    """Return the votes for each token.

    Determiners and prepositions before, and some words after, speak for a noun; pronouns, modal
    verbs and negations before, and a determiner right after, for a verb. Where every noun has a
    capital, a small letter speaks against one.
    """
    rules = words.rules
    count = len(words.key)
    before, after, inside = (np.zeros(count, dtype=np.float32) for _ in range(3))
    if not words.content.any():
        return Votes(before, after, inside, 0.0)

    def is_in(members: frozenset[str]) -> NDArray[np.bool_]:
        known = np.array([word in members for word in words.vocabulary], dtype=np.bool_)
        held: NDArray[np.bool_] = known[words.key] & ~words.content
        return held

    same = words.pair[1:] == words.pair[:-1]
    determiner, before_noun = is_in(rules.determiners), is_in(rules.before_nouns)
    verbal = is_in(rules.before_verbs) & ~before_noun & ~determiner
    before[1:] = same * (1.0 * determiner + 0.5 * before_noun - 1.0 * verbal)[:-1]
    after_noun = is_in(rules.after_nouns)
    after[:-1] = same * (0.5 * after_noun - 0.75 * (determiner & ~after_noun))[1:]
    if rules.nouns_capital:
        inside += _capitals(words)
    if rules.verb_beginnings:
        prefixed = [word.startswith(rules.verb_beginnings) for word in words.vocabulary]
        inside -= 0.5 * np.array(prefixed, dtype=np.float32)[words.key]
    usual = np.clip(before + after + inside, -1, 1)[words.content].mean()
    return Votes(before, after, inside, float(usual))


def _capitals(words: Words) -> NDArray[np.float32]:
    """Return 1 for words with a capital inside a sentence, -1 for those with a small letter."""
    found = np.zeros(len(words.key), dtype=np.float32)
    for token in np.flatnonzero(words.content).tolist():
        text = words.texts[int(words.pair[token])]
        if not text[int(words.start[token])].isupper():
            found[token] = -1
        elif not words.opens_sentence(token):
            found[token] = 1
    return found


def by_key(words: Words, vote: Votes) -> NDArray[np.float32]:
    """Return the mean vote of each key's tokens, -1 to 1."""
    value = np.clip(vote.before + vote.after + vote.inside, -1, 1)
    total = np.bincount(words.key, weights=value, minlength=len(words.vocabulary))
    count = np.bincount(words.key, minlength=len(words.vocabulary))
    return (total / (count + _PRIOR)).astype(np.float32)
