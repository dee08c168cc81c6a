"""How a document translates a source phrase elsewhere: suggestions for what was left over."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from reviewer.terms.bitext import Bitext, read_bitext
from reviewer.terms.tokens import Tokenizer
from reviewer.terms.wording import Place
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.model import Pair

_MOST_SUGGESTIONS = 3
_LEAST_DICE = 0.6
_LEAST_SHARE = 0.5
_MOST_PARTS = 4
_MOST_PART_WORDS = 3
_WINDOW = 4


def renderings(
    phrases: Iterable[str], pairs: Sequence[Pair], source_language: str, target_language: str
) -> Mapping[str, tuple[str, ...]]:
    """Return how the document itself translates each source phrase, best first.

    A phrase that stands nowhere else is composed from its parts where that very wording occurs
    in the target. Keys are the phrases, lower-cased; an empty tuple means that nothing is sure.
    Pairs that hold the phrase untranslated do not count.
    """
    wanted = sorted({phrase.lower() for phrase in phrases})
    if not wanted:
        return {}
    lookup = _Lookup(read_bitext(pairs, source_language, target_language), wanted)
    return {phrase: lookup.renderings(phrase) for phrase in wanted}


class _Lookup:
    def __init__(self, bitext: Bitext, phrases: Sequence[str]) -> None:
        self._bitext = bitext
        self._reader = Tokenizer(bitext.source.words.rules, phrases)
        self._key = {word: key for key, word in enumerate(bitext.source.words.vocabulary)}
        self._lowered = [text.lower() for text in bitext.target.words.texts]

    def renderings(self, phrase: str) -> tuple[str, ...]:
        """Return the renderings of one lower-cased phrase, best first."""
        read = list(self._reader.tokens(phrase))
        if not any(token.content for token in read):
            return ()
        keys = [self._key.get(token.key, -1) for token in read]
        if -1 not in keys:
            whole = self._of_pairs(self._pairs(keys, phrase), keys)
            if whole:
                return whole
        parts = [(token.key, phrase[token.start : token.end]) for token in read if token.content]
        if not 2 <= len(parts) <= _MOST_PARTS:
            return ()
        return self._composed([(self._key.get(key, -1), text) for key, text in parts])

    def _pairs(self, keys: Sequence[int], phrase: str) -> frozenset[int]:
        """Return the pairs with the phrase on the source side alone."""
        words, postings = self._bitext.source.words, self._bitext.source_words
        content = next(n for n, key in enumerate(keys) if postings.is_content(key))
        found = set()
        for token in postings.tokens(keys[content]):
            start = token - content
            if start >= 0 and words.key[start : start + len(keys)].tolist() == list(keys):
                found.add(int(words.pair[token]))
        return frozenset(pair for pair in found if phrase not in self._lowered[pair])

    def _of_pairs(self, pairs: frozenset[int], keys: Sequence[int]) -> tuple[str, ...]:
        """Return the target phrases that stand in these pairs and in few others."""
        bitext = self._bitext
        if len(pairs) < 2:
            return ()
        counts = Counter(t for pair in pairs for t in bitext.target_phrases(pair))
        ranked: list[tuple[float, int]] = []
        for phrase, together in counts.items():
            total = int(bitext.target.count[phrase])
            if together < 2 or together < _LEAST_SHARE * total:
                continue
            dice = 2 * together / (len(pairs) + total)
            if dice < _LEAST_DICE or self._has_rival(phrase, keys, dice):
                continue
            ranked.append((dice * self._nearness(phrase, pairs, keys), phrase))
        ranked.sort(key=lambda row: (-row[0], row[1]))
        best = [phrase for value, phrase in ranked if value >= _LEAST_SHARE * ranked[0][0]]
        return self._forms(best)

    def _has_rival(self, phrase: int, keys: Sequence[int], dice: float) -> bool:
        """Tell whether a source phrase of other words explains the target phrase better."""
        own = set(keys)
        return any(
            rival_dice > dice + 1e-9 and not own & set(self._bitext.source.keys(rival))
            for rival, _, rival_dice in self._bitext.evidence.explanations(phrase)
        )

    def _nearness(self, phrase: int, pairs: frozenset[int], keys: Sequence[int]) -> float:
        """Return how well the target phrase's position fits that of the source phrase, 0-1."""
        bitext = self._bitext
        words, size = bitext.target.words, int(bitext.target.length[phrase])
        head = next(key for key in keys if bitext.source_words.is_content(key))
        distances = []
        for token in bitext.target.occurrences(phrase).tolist():
            pair = int(words.pair[token])
            if pair in pairs:
                spots = [
                    bitext.source.words.place(spot, len(keys))
                    for spot in bitext.source_words.tokens(head)
                    if int(bitext.source.words.pair[spot]) == pair
                ]
                there = words.place(token, size)
                distances.append(min(abs(there - spot) for spot in spots))
        return 1 - 0.5 * sum(distances) / max(1, len(distances))

    def _forms(self, phrases: Sequence[int]) -> tuple[str, ...]:
        """Return the most frequent form of each phrase; of overlapping ones the better alone."""
        bitext, found, used = self._bitext, [], set[int]()
        for phrase in phrases:
            keys = set(bitext.target_contents(bitext.target.keys(phrase)))
            if keys & used:
                continue
            used |= keys
            size = int(bitext.target.length[phrase])
            places = [Place(token, size) for token in bitext.target.occurrences(phrase).tolist()]
            found.append(bitext.target.words.shown(places))
        return tuple(found[:_MOST_SUGGESTIONS])

    def _composed(self, parts: Sequence[tuple[int, str]]) -> tuple[str, ...]:
        """Return the wordings of the target that are made of one translation of each part."""
        choices = [self._word_keys(key, text) for key, text in parts]
        forms: Counter[str] = Counter()
        for combination in product(*choices):
            if len(set(combination)) == len(combination):
                forms.update(self._standing_together(combination))
        ranked = sorted(forms, key=lambda form: (-forms[form], len(form), form))
        return tuple(ranked[:_MOST_SUGGESTIONS])

    def _word_keys(self, key: int, text: str) -> list[int]:
        """Return the keys of the target words that translate one source word, best first."""
        if key < 0:
            return []
        bitext = self._bitext
        pairs = self._pairs([key], text)
        counts = Counter(
            k
            for pair in pairs
            for k in {
                int(bitext.target.words.key[token])
                for token in bitext.target.words.contents_of(pair)
            }
        )
        word = bitext.source_word(key)
        ranked = []
        for other, together in counts.items():
            dice = 2 * together / (len(pairs) + len(bitext.target_words.pairs(other)))
            alike = cognate(word, bitext.target_word(other))
            if alike or (together >= 2 and dice >= _LEAST_DICE):
                ranked.append((-alike, -dice, other))
        return [other for *_, other in sorted(ranked)[:_MOST_PART_WORDS]]

    def _standing_together(self, keys: Sequence[int]) -> list[str]:
        """Return the phrases made of exactly these content words, function words between."""
        words, wanted = self._bitext.target.words, set(keys)
        found = []
        for token in self._bitext.target_words.tokens(keys[0]):
            start = end = token
            while start > 0 and words.joined[start] and token - start < _WINDOW:
                if words.content[start - 1] and int(words.key[start - 1]) not in wanted:
                    break
                start -= 1
            while end + 1 < len(words.key) and words.joined[end + 1] and end - token < _WINDOW:
                if words.content[end + 1] and int(words.key[end + 1]) not in wanted:
                    break
                end += 1
            while not words.content[start]:
                start += 1
            while not words.content[end]:
                end -= 1
            inside = [int(words.key[t]) for t in range(start, end + 1) if words.content[t]]
            if sorted(inside) == sorted(keys):
                found.append(words.text(start, end - start + 1))
        return found
