"""Sentences to token numbers: the form of a text that the aligner compares."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

STEM = 6
"""Letters kept of a word: the cheapest stemmer that works for every alphabet."""
SYLLABLES = 2
"""Syllables kept of a Korean word: particles follow, and most content words have two."""
GRAM = 3
"""Syllables of the overlapping pieces that stand for the words of scripts without spaces."""
MOST_TOKENS = 300
"""Tokens read of one sentence; longer ones are tables or whole chapters without breaks."""

_LONGEST_RUN = 1_000
"""Characters read of a stretch without spaces."""
_EAST = r"\p{Han}\p{Hiragana}\p{Katakana}ー々〆"
_UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    r"(?P<hiragana>\p{Hiragana}[\p{Hiragana}ー]*)"
    r"|(?P<katakana>\p{Katakana}[\p{Katakana}ー]*)"
    r"|(?P<ideograph>[\p{Han}々〆])"
    r"|(?P<number>(?:\p{Nd}{1,3}(?:[ ]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+)(?:[.,:'\u2019]\p{Nd}+)*)"
    rf"|(?P<unspaced>(?:[{_UNSPACED}]\p{{M}}*)+)"
    r"|(?P<hangul>\p{Hangul}+)"
    r"|(?P<arabic>[\p{Arabic}&&\p{L}][\p{L}\p{M}]*)"
    rf"|(?P<word>[\p{{L}}--[{_EAST}{_UNSPACED}\p{{Hangul}}]]"
    rf"[[\p{{L}}\p{{M}}]--[{_EAST}{_UNSPACED}\p{{Hangul}}]]*)"
    r"|(?P<mark>[\p{P}\p{S}])",
    regex.V1,
)
_SYLLABLE = regex.compile(rf"[{_UNSPACED}]\p{{M}}*|.")
_PROCLITICS = regex.compile(r"([وف]?)([بكل]?ال|لل)?(?=\w{3})")
"""And, so; in, like, to; the: written together with an Arabic word (Larkey et al. 2007)."""
_MARKS = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}])\p{Mn}+")
_COMPOSED = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")
_SAME_MARK = str.maketrans(
    "。，、？！：；（）“”„‟«»‹›‘’`「」『』《》—–―‐−…،؛؟।¿¡ٱ",
    '.,,?!:;()""""""""' + "'''" + '""""""' + "-----.,;?.?!ا",
    "ـ",
)
_SPACES = regex.compile(r"[\s\U000F0000-\U000FFFFD]+")


def tokenize(text: str) -> list[str]:
    """Return the tokens of a sentence: lower-case, without accents, words cut to STEM letters.

    Scripts without spaces give what carries meaning in them and is not rarer than a word: single
    ideographs, runs of GRAM syllables. Hiragana, the grammar of Japanese, counts only where a
    sentence has no other words. Korean words are cut to SYLLABLES; what Arabic writes together
    with the next word is a token of its own. Numbers lose their separators. (Measured against
    other forms: tests/bench/README.md.)
    """
    found: list[str] = []
    grammar: list[str] = []
    for match in _TOKEN.finditer(folded(text).translate(_SAME_MARK)):
        kind, token = match.lastgroup, match.group()
        if kind == "word":
            found.append(token[:STEM])
        elif kind == "number":
            found.append(_digits(token))
        elif kind == "arabic":
            found += _parted(token)
        elif kind == "hangul":
            found.append(token[:SYLLABLES])
        elif kind in {"katakana", "unspaced"}:
            found += _grams(token)
        elif kind == "hiragana":
            grammar.append(token)
        else:
            found.append(token)
        if len(found) >= MOST_TOKENS:
            break
    if grammar and not any(token[0].isalpha() for token in found):
        found += [gram for run in grammar[:MOST_TOKENS] for gram in _grams(run)]
    return found[:MOST_TOKENS]


def _parted(word: str) -> list[str]:
    """Return an Arabic word after its proclitics, which are marked by a plus sign."""
    match = _PROCLITICS.match(word)
    if match is None:
        return [word[:STEM]]
    before = [f"{part}+" for part in match.groups() if part]
    return [*before, word[match.end() :][:STEM]]


def _grams(run: str) -> list[str]:
    """Return the overlapping pieces of GRAM syllables of a run, or the run if it is shorter."""
    syllables = _SYLLABLE.findall(run[:_LONGEST_RUN])
    last = max(1, len(syllables) - GRAM + 1)
    return ["".join(syllables[start : start + GRAM]) for start in range(last)]


def folded(text: str) -> str:
    """Return a text lower-cased and without accents; marks that are letters stay."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
        if _COMPOSED.search(text):
            text = unicodedata.normalize("NFC", text)
    return text.lower()


def _digits(number: str) -> str:
    """Return the digits alone, in ASCII."""
    if number.isascii() and number.isdigit():
        return number
    return "".join(str(unicodedata.digit(c)) for c in number if unicodedata.category(c) == "Nd")


def visible_length(text: str) -> int:
    """Return the number of characters without spaces and code placeholders, at least 1."""
    return max(1, len(_SPACES.sub("", text)))


@dataclass(frozen=True)
class TokenTable:
    """One side of all documents that are aligned together.

    Attributes:
        words: the vocabulary; a token is its index.
        tokens: of all sentences, one after another.
        starts: where each sentence's tokens start in `tokens`; one more at the end.
        lengths: visible characters of each sentence.
    """

    words: list[str]
    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    lengths: NDArray[np.float64]

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.lengths)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """Number of tokens of each sentence, at least 1."""
        return np.diff(self.starts)

    @cached_property
    def frequency(self) -> NDArray[np.int64]:
        """How often each word occurs."""
        return np.bincount(self.tokens, minlength=len(self.words))

    @cached_property
    def probability(self) -> NDArray[np.float32]:
        """The unigram model that stands for "any text": add-half smoothed."""
        total = len(self.tokens) + 0.5 * len(self.words) + 1
        return ((self.frequency + 0.5) / total).astype(np.float32)

    @cached_property
    def cumulative(self) -> NDArray[np.float64]:
        """Visible characters before each sentence; one more at the end."""
        return np.concatenate(([0.0], np.cumsum(self.lengths)))

    @cached_property
    def is_number(self) -> NDArray[np.bool_]:
        """Which words are numbers."""
        return np.array([word.isdigit() for word in self.words], bool)

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}


NOTHING = ""
"""The token of a sentence that has none, so that no sentence is empty."""


def token_table(texts: Iterable[str], check: Callable[[], None]) -> TokenTable:
    """Number the tokens of `texts`; `check` is called now and then and may raise."""
    numbers: dict[str, int] = {NOTHING: 0}
    flat: list[NDArray[np.int32]] = []
    counts: list[int] = []
    lengths: list[int] = []
    block: list[int] = []
    for text in texts:
        tokens = tokenize(text) or [NOTHING]
        block.extend([numbers.setdefault(token, len(numbers)) for token in tokens])
        counts.append(len(tokens))
        lengths.append(visible_length(text))
        if len(block) > 20_000:
            flat.append(np.array(block, np.int32))
            block = []
            check()
    flat.append(np.array(block, np.int32))
    return TokenTable(
        list(numbers),
        np.concatenate(flat),
        np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
        np.array(lengths, np.float64),
    )


def joined(columns: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield the sentences of all columns, one after another."""
    for column in columns:
        yield from column
