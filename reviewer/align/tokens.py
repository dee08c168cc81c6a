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
MOST_TOKENS = 300
"""Tokens read of one sentence; longer ones are tables or whole chapters without breaks."""

_TOKEN = regex.compile(
    r"(?P<ideograph>[\p{Han}\p{Hiragana}\p{Katakana}])"
    r"|(?P<number>\p{Nd}+(?:[.,:'\u2019\u00a0\u202f]\p{Nd}+)*)"
    r"|(?P<unspaced>[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*)"
    r"|(?P<word>\p{L}[\p{L}\p{M}]*)"
    r"|(?P<mark>[\p{P}\p{S}])"
)
_MARKS = regex.compile(r"\p{Mn}+")
_NO_MARKS = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}]\p{Mn}")
_SAME_MARK = str.maketrans(
    "。，、？！：；（）“”„‟«»‹›‘’`「」『』《》—–―‐−…،؛؟।¿¡",
    '.,,?!:;()""""""""' + "'''" + '""""""' + "-----.,;?.?!",
)
_SPACES = regex.compile(r"[\s\U000F0000-\U000FFFFD]+")


def tokenize(text: str) -> list[str]:
    """Return the tokens of a sentence: lower-case, without accents, words cut to STEM letters.

    Scripts without spaces give one token per character; numbers lose their separators.
    """
    found = []
    for match in _TOKEN.finditer(folded(text).translate(_SAME_MARK)):
        kind, token = match.lastgroup, match.group()
        if kind == "word":
            token = token[:STEM]
        elif kind == "number":
            token = _digits(token)
        found.append(token)
        if len(found) == MOST_TOKENS:
            break
    return found


def folded(text: str) -> str:
    """Return a text lower-cased and without accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        if _NO_MARKS.search(text):
            text = _MARKS.sub("", text)
        if any("\u3040" <= character <= "\u30ff" for character in text):
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
