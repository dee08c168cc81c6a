"""Find a term in a text whatever its inflection: exactly enough to accuse, or to acquit.

A text says that a term is missing only where nothing in it could be the term. So there are two
ways to look: `find` gives places that surely are the term, for what is looked for in the source
and for what must not be there; `seems_in` asks whether a text may hold it in any form, order or
compound, for what must be there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import Levenshtein
import regex

from reviewer.text.languages import language
from reviewer.text.stems import common_prefix, fold, same_family, stemmer
from reviewer.text.words import is_only_latin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_TOKEN = regex.compile(r"\p{N}++|\p{L}(?:[\p{L}\p{M}]|[\u00ad\u200c\u200d](?=\p{L}))*+")
_LATIN_TOKEN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+|[0-9²³¹¼½¾]+")
"""The same for a text of Latin letters without marks, several times faster."""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_CLOSED = regex.compile(r"[\p{Katakana}ー]")
_COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nb", "nl", "nn", "no", "sv"})
_AGGLUTINATING = frozenset({"ko"})
_RICH = frozenset({"bg", "cs", "el", "fi", "hr", "hu", "pl", "ru", "sk", "sl", "sr", "tr", "uk"})
"""Languages whose endings are longer than stemmers take off."""
_LONGEST_PARTICLE = 3
_SEPARABLE = {
    "de": "ab an auf aus bei dar ein fest fort frei her hin los mit nach um vor weg zu zurück",
    "nl": "aan af bij door in mee na om op over toe uit vast voor weg",
}
_SHORTEST_PART = 4
_WINDOW = 4
"""Words that may stand between those of a term that is inflected or turned round."""
_ENDING = 4
"""Letters that may be joined to a name that stays as it is written."""
_LONG = 6
_LONGER = 10
_MOST_DIFFERENT = 3


_new = tuple.__new__
"""Makes a token without the call of Python that `Token(...)` is: there are very many."""


class Token(NamedTuple):
    """A word or number of a text.

    Attributes:
        start, end: its range.
        word: in small letters.
        key: equal for forms of one word.
    """

    start: int
    end: int
    word: str
    key: str


@dataclass(frozen=True)
class Phrase:
    """A term made ready to be looked for.

    Attributes:
        contents: positions in `tokens` of what is no function word; all, where all are.
        exact: it is an abbreviation or a written name, capitals count.
        whole: it is looked for letter by letter, as in Chinese.
    """

    text: str
    tokens: tuple[Token, ...]
    contents: tuple[int, ...]
    exact: bool
    whole: bool


class Inflection:
    """Reads terms and texts of one language."""

    def __init__(self, tag: str) -> None:
        """Take a BCP 47 tag; what is not known of its language is compared letter by letter."""
        known = language(tag)
        self.code = known.code
        self.spaced = known.spaced
        self._stop = known.words("terms", "stop")
        self._plurals = tuple(known.words("terms", "plural_endings"))
        self._read = _word_reader(known.code)
        self._prefixes = frozenset(_SEPARABLE.get(known.code, "").split())

    def tokens(self, text: str) -> list[Token]:
        """Return the words and numbers of a text in order; apostrophes and hyphens part words."""
        read, found = self._read, []
        for match in _pattern(text).finditer(text):
            start, end = match.span()
            word, key = read(text[start:end])
            found.append(_new(Token, (start, end, word, key)))
        return found

    def forms(self, text: str) -> list[str]:
        """Return the same words and numbers as written, quickly."""
        found: list[str] = _pattern(text).findall(text)
        return found

    def token(self, form: str) -> Token:
        """Return a word as written, with no place in a text."""
        return Token(0, 0, *self._read(form))

    def content_tokens(self, text: str) -> list[Token]:
        """Return the words of a text that are neither numbers nor function words."""
        return [
            token
            for token in self.tokens(text)
            if token.word not in self._stop and not token.word.isdecimal() and len(token.word) > 1
        ]

    def phrase(self, text: str) -> Phrase:
        """Return a term made ready."""
        tokens = tuple(self.tokens(text))
        contents = tuple(n for n, t in enumerate(tokens) if t.word not in self._stop)
        whole = not tokens or _UNSPACED.search(text) is not None
        exact = any(c.isupper() for c in text[1:] if c.isalpha()) and not text.istitle()
        return Phrase(text, tokens, contents or tuple(range(len(tokens))), exact, whole)

    def find(self, phrase: Phrase, text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Return the ranges in which a term surely stands, in order.

        `tokens` are those of the text. The words stand together and in order; each may be
        inflected as far as stems tell.
        """
        if phrase.whole:
            return list(_letters(phrase.text, text))
        first = phrase.tokens[0]
        letter = first.key[:1]
        begun = (n for n, t in enumerate(tokens) if t.key[:1] == letter and self.is_(first, t))
        return self.find_begun(phrase, text, tokens, begun)

    def find_begun(
        self, phrase: Phrase, text: str, tokens: Sequence[Token], begun: Iterable[int]
    ) -> list[tuple[int, int]]:
        """Return what `find` does of a phrase of words; its first stands at the tokens `begun`."""
        rest, size = phrase.tokens[1:], len(phrase.tokens)
        found: list[tuple[int, int]] = []
        for at in begun:
            here = tokens[at : at + size]
            if len(here) < size or not all(map(self.is_, rest, here[1:])):
                continue
            start, end = here[0].start, here[-1].end
            if _stands_together(text, here) and not (
                phrase.exact and not _spelt(phrase.text, text[start:end])
            ):
                found.append((start, end))
        return found

    def is_(self, wanted: Token, token: Token) -> bool:
        """Return whether two words are forms of one, as far as stems tell."""
        if wanted.key == token.key:
            return True
        if wanted.key[:1] != token.key[:1]:
            return False
        if self._singular(wanted) == self._singular(token):
            return True
        if self.code in _RICH:
            longer = max(len(wanted.word), len(token.word))
            return common_prefix(wanted.word, token.word) >= max(_SHORTEST_PART + 1, longer - 3)
        if self.code not in _AGGLUTINATING:
            return False
        rest = len(token.word) - len(wanted.word)
        return token.word.startswith(wanted.word) and 0 <= rest <= _LONGEST_PARTICLE

    def _singular(self, token: Token) -> str:
        """Return a word without an ending of the plural that its stem may have kept."""
        if len(token.word) >= _SHORTEST_PART and token.word.endswith(self._plurals):
            return token.word[:-1]
        return token.word

    def seems_in(
        self, phrase: Phrase, text: str, tokens: Sequence[Token]
    ) -> tuple[int, int] | None:
        """Return a range in which a term may stand in some form; None where nothing is like it.

        Its content words may be inflected, stand in another order or a few words apart, and be
        parts of compounds.
        """
        if phrase.whole:
            return next(_letters(phrase.text, text), None)
        words = [phrase.tokens[n] for n in phrase.contents]
        spots = [self._spots(word, tokens) for word in words]
        if not all(spots):
            return None
        for first in spots[0]:
            chosen = [_nearest(each, first) for each in spots]
            low, high = min(chosen), max(chosen)
            if high - low < len(phrase.tokens) + _WINDOW:
                return tokens[low].start, tokens[high].end
        return None

    def _spots(self, wanted: Token, tokens: Sequence[Token]) -> list[int]:
        """Return where a word may stand, also in two pieces."""
        letter, compounding = wanted.key[:1], self.code in _COMPOUNDING
        spots = [
            n
            for n, token in enumerate(tokens)
            if (token.key[:1] == letter or compounding) and self._like(wanted, token)
        ]
        if spots:
            return spots
        parted = {*self._parted_verb(wanted, tokens), *self._parted_compound(wanted, tokens)}
        return sorted(parted)

    def _like(self, wanted: Token, token: Token) -> bool:
        if self.is_(wanted, token):
            return True
        if wanted.key[:1] == token.key[:1] and _alike(wanted.word, token.word):
            return not wanted.word.isdecimal()
        return self.code in _COMPOUNDING and _is_part(wanted, token)

    def _parted_verb(self, wanted: Token, tokens: Sequence[Token]) -> Iterator[int]:
        """Yield where the stem of a separable verb stands before its prefix (schaltet ... ab)."""
        for prefix in self._prefixes:
            rest = wanted.word.removeprefix(prefix)
            if rest == wanted.word or len(rest) < _SHORTEST_PART:
                continue
            stem = Token(0, 0, *self._read(rest))
            last = max((n for n, token in enumerate(tokens) if token.word == prefix), default=0)
            yield from (n for n in range(last) if self._like(stem, tokens[n]))

    def _parted_compound(self, wanted: Token, tokens: Sequence[Token]) -> Iterator[int]:
        """Yield where the last part of a compound stands whose first part is near it."""
        if self.code not in _COMPOUNDING or len(wanted.word) < 2 * _SHORTEST_PART:
            return
        for n, token in enumerate(tokens):
            if not _ends_with(wanted, token):
                continue
            near = tokens[max(0, n - _WINDOW) : n + _WINDOW + 1]
            if any(_begins_with(wanted, other) for other in near if other is not token):
                yield n


def _pattern(text: str) -> Any:  # Any: a pattern of re or of regex, which mypy does not know
    return _LATIN_TOKEN if is_only_latin(text) else _TOKEN


@cache
def _word_reader(code: str) -> Callable[[str], tuple[str, str]]:
    """Return the function from a word as written to `Token.word` and `Token.key`."""
    stem = stemmer(code)

    @lru_cache(maxsize=1 << 17)
    def read(form: str) -> tuple[str, str]:
        word = form.replace("\u00ad", "").lower()
        return word, fold(stem(word))

    return read


@lru_cache(maxsize=1 << 17)
def _alike(first: str, second: str) -> bool:
    """Tell whether two words may be forms or spellings of one (Levenshtein 1966)."""
    shorter, longer = sorted((fold(first), fold(second)), key=len)
    if len(shorter) < _SHORTEST_PART:
        return False
    if same_family(first, second) and len(longer) - common_prefix(shorter, longer) <= (
        len(longer) // 2
    ):
        return True
    if len(shorter) < _LONG:
        return False
    return Levenshtein.distance(shorter, longer) <= (2 if len(shorter) >= _LONGER else 1)


def _nearest(spots: Sequence[int], to: int) -> int:
    """Return the number nearest to another; the numbers are in order."""
    at = bisect_left(spots, to)
    return min(spots[max(0, at - 1) : at + 1], key=lambda n: abs(n - to))


def _is_part(wanted: Token, token: Token) -> bool:
    """Tell whether a word is the first or the last part of a compound."""
    long = token.word
    if len(long) - len(wanted.word) < 2:
        return False
    stem = wanted.key if len(wanted.key) >= _SHORTEST_PART else wanted.word
    if len(stem) < _SHORTEST_PART:
        return False
    folded = fold(long)
    if folded.startswith(stem):
        return True
    at = folded.rfind(stem)
    return at > 1 and len(folded) - at - len(stem) <= _MOST_DIFFERENT


def _ends_with(wanted: Token, token: Token) -> bool:
    key = token.key
    if len(key) < _SHORTEST_PART or len(wanted.word) - len(key) < _SHORTEST_PART - 1:
        return False
    at = fold(wanted.word).rfind(key)
    return at > 1 and len(wanted.word) - at - len(key) <= _MOST_DIFFERENT


def _begins_with(wanted: Token, token: Token) -> bool:
    key = token.key
    return len(key) >= _SHORTEST_PART - 1 and fold(wanted.word).startswith(key)


def _stands_together(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether nothing but spaces, hyphens, apostrophes or codes is between words."""
    for before, after in pairwise(tokens):
        gap = text[before.end : after.start]
        if len(gap) > 3 or any(c in ".,;:!?()[]{}\n。、，；：" for c in gap):
            return False
    return True


def _spelt(term: str, found: str) -> bool:
    """Tell whether a form has the capitals of a term; what is behind them may be inflected."""
    shared = min(len(term), len(found))
    same = common_prefix(term, found)
    return same == shared or (same >= 2 and same >= shared - 2)


def _letters(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a term stands letter by letter, no matter the case."""
    term, low = _lowered(wanted.strip().removesuffix("ー")), _lowered(text)
    start = low.find(term) if term else -1
    while start >= 0:
        end = start + len(term)
        if _is_free(low, start, end):
            yield start, end + (low[end : end + 1] == "ー")
        start = low.find(term, end)


def _is_free(text: str, start: int, end: int) -> bool:
    """Tell whether a range ends where a word may end: no letter, no katakana goes on."""
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1].replace("ー", "")
    return not (_goes_on(before, first) or _goes_on(last, after))


def _goes_on(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if _CLOSED.match(one) and _CLOSED.match(other):
        return True
    spaced = (c.isalpha() and _UNSPACED.match(c) is None for c in (one, other))
    return all(spaced)


def _lowered(text: str) -> str:
    """Return a text in small letters, each in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def written_places(term: str, text: str) -> list[tuple[int, int]]:
    """Return where a text has a term exactly as it is written; an ending may be joined to it."""
    found, start = [], text.find(term)
    while start >= 0 and term:
        end = start + len(term)
        before, after = text[start - 1 : start], _TOKEN.match(text, end, end + _ENDING + 2)
        joined = term[-1].isalpha() and after is not None and after.group().islower()
        free = not after or not term[-1].isalnum() or (joined and after.end() - end <= _ENDING)
        if free and not _goes_on(before, term[0]):
            found.append((start, end))
        start = text.find(term, end)
    return found
