"""How likely two texts say the same, judged without a dictionary.

Names, cognates, numbers, places, punctuation and length each add the logarithm of how much more
often they agree in translations than in sentences taken at random (naive Bayes). The weights are
rounded from counts over 1,700 human translations between ten languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

import Levenshtein

from reviewer.text.languages import language as data_of
from reviewer.text.length import deviation, length_spread, size
from reviewer.text.links import mask_links
from reviewer.text.number_match import NumberGap, compare_numbers
from reviewer.text.numbers import find_numbers
from reviewer.text.places import places
from reviewer.text.romanise import readings, romanise, skeleton
from reviewer.text.scripts import script
from reviewer.text.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.text.languages import Language

_MOST_WORDS = 400
_LONGEST = 4000
"""Words and characters of a side that are looked at: more than a sentence has."""

_SHORTEST = 3
_NO_SPACES = frozenset({"Hani", "Hira", "Thai", "Laoo", "Khmr", "Mymr"})


_LONG, _MIDDLE = 9, 6
"""Letters from which a word counts as long, as of middle length."""

_SURE, _LIKELY = 0.9, 0.8
"""Likeness from which two words of one script are the same, are probably the same."""

_SAME = {"name": (4.5, 2.5, -1.6), "noun": (4.5, 2.5, -0.6), "long": (4.0, 2.3, -0.4),
         "middle": (3.5, 1.5, -0.28), "short": (2.2, 0.8, -0.12)}  # fmt: skip
_CROSS = {"name": (4.5, 2.2, -0.65), "noun": (4.5, 2.2, -0.3), "long": (4.0, 2.2, -0.12),
          "middle": (2.9, 0.7, -0.08), "short": (1.2, 0.4, -0.04)}  # fmt: skip
"""Kind of source word -> what a sure, a likely and no match add."""

_ACROSS = 0.15
_STEP = _SURE - _LIKELY
"""By so much less alike are the same words in two scripts."""

_BONES = 4
_EUROPEAN = frozenset({
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "ro", "ru",
    "sk", "sl", "sr", "hr", "sv", "uk",
})  # fmt: skip
_FEW_COGNATES, _MOST_ORDINARY = 0.4, -3.5
"""What ordinary words without a cognate count for outside of the languages that share much of
their vocabulary, and at most."""
_MOST_LENGTH = -2.5
_HAN = re.compile("[\u3400-\u9fff]")
_READ, _READ_SYLLABLE = 3.3, 1.0
_RANDOM_SPREAD = 0.6
_QUESTION = re.compile('[?？؟;]\\s*["”»’」』)]*$')
_QUOTE = re.compile('["“”„«»「」『』《》]')
_BRACKET = re.compile("[(（]")
_FEW = 3
_ROUNDED = 1e-6
"""More than sums of the same numbers in another order differ by."""


@dataclass(frozen=True, slots=True)
class Match:
    """A source word and the target word that looks or sounds like it.

    Attributes:
        source, target: indexes of the words.
        weight: how much it speaks for a translation, in natural logarithms.
    """

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What speaks for and against a text being the translation of another.

    Attributes:
        score: sum of the logarithms; below 0 unrelated texts are likelier.
        source_words, target_words: the words that were compared.
        matches: by source word.
        numbers: those of one side only.
        source_places, target_places: rows of the table of places -> first mention.
    """

    score: float
    source_words: tuple[Word, ...]
    target_words: tuple[Word, ...]
    matches: tuple[Match, ...]
    numbers: NumberGap
    source_places: dict[int, int]
    target_places: dict[int, int]


def is_name_like(word: Word, at: int) -> bool:
    """Whether a word is written like a name: a capital that does not begin the sentence."""
    return at > 0 and word.text[0].isupper()


def correspondence(
    source: str,
    target: str,
    source_language: Language,
    target_language: Language,
    *,
    enough: float = inf,
) -> Correspondence:
    """Return how two texts correspond, looking at no more than their first 400 words.

    Numbers and places are not looked at any more where the score without them is `enough`.
    """
    tags = source_language.tag, target_language.tag
    by_words = _by_words(source, target, tags)
    return by_words if by_words.score >= enough else _correspondence(source, target, tags)


def least_score(
    source: str, target: str, source_language: Language, target_language: Language
) -> float:
    """Return what the score of two texts is not below: that of no word, number or place shared.

    Much quicker than `correspondence`, for no word is compared with another.
    """
    return _least_score(source, target, (source_language.tag, target_language.tag))


@lru_cache(maxsize=512)
def _least_score(source: str, target: str, tags: tuple[str, str]) -> float:
    languages = data_of(tags[0]), data_of(tags[1])
    source_words, target_words = sentence_words(source), sentence_words(target)
    score = _mark_score(source, target) + _length_score(source, target, languages)
    main = _main_script(target_words)
    if main:
        score = _with_missing(score, enumerate(source_words), main, languages)
    lost = find_numbers(mask_links(source[:_LONGEST]))
    extra = find_numbers(mask_links(target[:_LONGEST]))
    numbers = NumberGap(tuple(lost), tuple(extra))
    score += _place_score({}, places(target, languages[1], target_words))
    score += _place_score(places(source, languages[0], source_words), {})
    return score + _number_score(numbers) - _ROUNDED


@lru_cache(maxsize=512)
def _by_words(source: str, target: str, tags: tuple[str, str]) -> Correspondence:
    """Return the correspondence without numbers and places."""
    languages = data_of(tags[0]), data_of(tags[1])
    source_words, target_words = sentence_words(source), sentence_words(target)
    matches = match_words(source_words, target_words, german=languages[0].code == "de")
    score = _word_score(source_words, target_words, matches, languages)
    score += _mark_score(source, target) + _length_score(source, target, languages)
    return Correspondence(score, source_words, target_words, matches, NumberGap(), {}, {})


@lru_cache(maxsize=512)
def _correspondence(source: str, target: str, tags: tuple[str, str]) -> Correspondence:
    languages = data_of(tags[0]), data_of(tags[1])
    by_words = _by_words(source, target, tags)
    source_words, target_words = by_words.source_words, by_words.target_words
    score = by_words.score
    numbers = compare_numbers(source[:_LONGEST], target[:_LONGEST], *languages)
    source_places = places(source, languages[0], source_words)
    target_places = places(target, languages[1], target_words)
    score += _place_score(source_places, target_places) + _number_score(numbers)
    score += _reading_score(source, target, source_words, target_words)
    return Correspondence(
        score,
        source_words,
        target_words,
        by_words.matches,
        numbers,
        source_places,
        target_places,
    )


@lru_cache(maxsize=1024)
def sentence_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, no more than a long sentence has."""
    return tuple(words(text[:_LONGEST])[:_MOST_WORDS])


def share_sounds(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether two sets of long words have the same consonants in some: a quick look."""
    here, there = (
        {
            heard[1]
            for word in group
            if (heard := sound(word, script(word[0]))) and len(heard[1]) >= _BONES
        }
        for group in (first, second)
    )
    shared = here & there
    return len(shared) > 1 or any(len(bones) > _BONES + 1 for bones in shared)


def match_words(
    source: Sequence[Word], target: Sequence[Word], *, german: bool = False
) -> tuple[Match, ...]:
    """Return for each source word the target word that looks or sounds most like it, if any."""
    pool: dict[str, list[_Sound]] = {}
    for index, word in enumerate(target):
        heard = sound(word.text, word.script)
        if heard is not None:
            there = _Sound(index, *heard, word.script)
            pool.setdefault(there.bones[:1], []).append(there)
    found: list[Match] = []
    for index, word in enumerate(source):
        heard = sound(word.text, word.script)
        if heard is None or heard[1][:1] not in pool:
            continue
        here = _Sound(index, *heard, word.script)
        likeness, best = _most_like(here, pool[here.bones[:1]])
        if best is None:
            continue
        same = best.script == here.script
        limit = _SURE if same else _SURE - _ACROSS
        if likeness < limit - _STEP:
            continue
        sure, likely, _ = (_SAME if same else _CROSS)[_kind(word, index, german=german)]
        found.append(Match(index, best.place, sure if likeness >= limit else likely))
    return tuple(found)


class _Sound(NamedTuple):
    place: int
    plain: str
    bones: str
    script: str


@lru_cache(maxsize=16384)
def sound(text: str, code: str) -> tuple[str, str] | None:
    """Return a word in Latin letters and its consonants.

    `code` is its script. None for short words and for runs of words without spaces.
    """
    if code in _NO_SPACES:
        return None
    plain = romanise(text)
    return (plain, skeleton(plain)) if len(plain) >= _SHORTEST else None


def _most_like(here: _Sound, others: Sequence[_Sound]) -> tuple[float, _Sound | None]:
    best, found = 0.0, None
    for other in others:
        if here.plain == other.plain:
            return 1.0, other
        if here.script == other.script:
            likeness = Levenshtein.jaro_winkler(here.plain, other.plain)
        else:
            likeness = Levenshtein.ratio(here.bones, other.bones) / 2
            likeness += Levenshtein.ratio(here.plain, other.plain) / 2
        if likeness > best:
            best, found = likeness, other
    return best, found


def _kind(word: Word, index: int, *, german: bool) -> str:
    if is_name_like(word, index) or word.script == "Kana":
        return "noun" if german else "name"
    return _size(word.text)


def _size(text: str) -> str:
    if len(text) >= _LONG:
        return "long"
    return "middle" if len(text) >= _MIDDLE else "short"


def _word_score(
    source: Sequence[Word],
    target: Sequence[Word],
    matches: Sequence[Match],
    languages: tuple[Language, Language],
) -> float:
    score = sum(match.weight for match in matches)
    main = _main_script(target)
    if not main:
        return score
    matched = {match.source for match in matches}
    missing = (
        (index, word)
        for index, word in enumerate(source)
        if index not in matched and sound(word.text, word.script) is not None
    )
    return _with_missing(score, missing, main, languages)


def _main_script(target: Sequence[Word]) -> str:
    """Return the script of most words; none where words in it would not tell of a match."""
    codes = [word[3] for word in target]
    main = max(dict.fromkeys(codes), key=codes.count, default="")
    return "" if main in _NO_SPACES or codes.count(main) < _FEW else main


def _with_missing(
    score: float,
    words_missing: Iterable[tuple[int, Word]],
    main: str,
    languages: tuple[Language, Language],
) -> float:
    """Return a score less what source words, with their indexes, count that have no match."""
    german = languages[0].code == "de"
    share = 1.0 if {language.code for language in languages} <= _EUROPEAN else _FEW_COGNATES
    name, ordinary = "noun" if german else "name", 0.0
    for index, (_, _, text, written) in words_missing:
        table = _SAME if written == main else _CROSS
        if (index and text[0].isupper()) or written == "Kana":
            score += table[name][2]
        else:
            ordinary += table[_size(text)][2]
    return score + max(ordinary * share, _MOST_ORDINARY)


def _place_score(source: dict[int, int], target: dict[int, int]) -> float:
    shared = len(source.keys() & target.keys())
    return 4.0 * shared - 1.5 * (len(source) - shared) - 0.7 * (len(target) - shared)


def _number_score(numbers: NumberGap) -> float:
    return 2.5 * numbers.shared - 1.5 * len(numbers.lost) - 1.2 * len(numbers.extra)


def _mark_score(source: str, target: str) -> float:
    """Return what question marks, quotes and brackets say."""
    score = 0.0
    for pattern, both, one in ((_QUESTION, 2.5, -1.2), (_QUOTE, 1.0, -0.6), (_BRACKET, 2.0, -0.7)):
        first, second = pattern.search(source), pattern.search(target)
        if first or second:
            score += both if first and second else one
    return score


def _length_score(source: str, target: str, languages: tuple[Language, Language]) -> float:
    """Return the normal density of the length against that of sentences taken at random."""
    first, second = size(source, languages[0]), size(target, languages[1])
    spread = length_spread(first, second, languages)
    deviated = deviation(source, target, languages)
    at_random = deviated * spread / _RANDOM_SPREAD
    score = (at_random**2 - deviated**2) / 2 + log(_RANDOM_SPREAD / spread)
    return max(score, _MOST_LENGTH)


def _reading_score(
    source: str, target: str, source_words: Sequence[Word], target_words: Sequence[Word]
) -> float:
    """Return what names say that are Chinese characters on one side, pinyin on the other."""
    score = 0.0
    for text, others in ((source, target_words), (target, source_words)):
        if not _HAN.search(text):
            continue
        table = readings()
        syllables = [table.get(character, " ") for character in text[:_LONGEST]]
        sounds = "".join(syllables)
        for name in _romanised_names(others):
            if len(name) > _SHORTEST and name in sounds:
                score += _READ
            elif name in syllables:
                score += _READ_SYLLABLE
    return score


def _romanised_names(found: Sequence[Word]) -> set[str]:
    """Return the words with a capital, lower-cased; what a hyphen joins is one ("Xi-feng")."""
    names: set[str] = set()
    for index, word in enumerate(found):
        if word.script == "Latn" and word.text[0].isupper():
            after = found[index + 1 : index + 2]
            joined = "".join(other.text for other in after if other.start == word.end + 1)
            names.add(word.text.lower())
            names.add((word.text + joined).lower())
    return names
