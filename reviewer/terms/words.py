"""The words of one side of all pairs, in columns: what terms are made of."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.grammar import Grammar, grammar
from reviewer.terms.tokens import Token, Tokenizer
from reviewer.terms.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewer.terms.wording import Place

_UNWATCHED = Watch()
_OPENING = " \"'«“„‘(¿¡\u00a0\u202f"
_ENDING = ".:!?…。：！？؟\n-–—•*#"
_MOST_KEPT = 20_000
"""Pairs of a document that is checked again after each edit."""


@dataclass(frozen=True)
class Words:
    """The tokens of one side of all pairs, as columns.

    Attributes:
        rules: of the language.
        texts: the joined text of the side, by pair.
        vocabulary: the keys; `key` holds indexes into it.
        key: of each token.
        start, end: of each token, in its pair's text.
        content: neither a function word nor a number, in a segment that is evidence.
        joined: nothing but blanks, hyphens or codes stands between it and the word before.
        pair: index into `texts`, of each token.
        first: index of each pair's first token, and the number of tokens at the end.
    """

    rules: Grammar
    texts: Sequence[str]
    vocabulary: list[str]
    key: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    content: NDArray[np.bool_]
    joined: NDArray[np.bool_]
    pair: NDArray[np.int32]
    first: NDArray[np.int64]

    def place(self, token: int, length: int) -> float:
        """Return where a phrase has its middle in its pair's text, 0-1, counted in tokens."""
        pair = int(self.pair[token])
        first, last = int(self.first[pair]), int(self.first[pair + 1])
        return (token - first + (length - 1) / 2) / max(1, last - first)

    def text(self, token: int, length: int) -> str:
        """Return a phrase as it is written."""
        text = self.texts[int(self.pair[token])]
        return text[int(self.start[token]) : int(self.end[token + length - 1])]

    def contents_of(self, pair: int) -> list[int]:
        """Return the tokens of a pair that are content words."""
        first, last = int(self.first[pair]), int(self.first[pair + 1])
        found: list[int] = (first + np.flatnonzero(self.content[first:last])).tolist()
        return found

    def shown(self, places: Sequence[Place]) -> str:
        """Return the most frequent form, rather one without the capital of a sentence start."""
        forms = Counter(self.text(place.token, place.length) for place in places)
        inside = {
            self.text(place.token, place.length)
            for place in places
            if not self.opens_sentence(place.token)
        }
        return min(forms, key=lambda form: (form not in inside, -forms[form], len(form), form))

    def determined(self, token: int) -> bool:
        """Tell whether a determiner stands before the token."""
        if token == self.first[self.pair[token]]:
            return False
        return self.vocabulary[int(self.key[token - 1])] in self.rules.determiners

    def opens_sentence(self, token: int) -> bool:
        """Tell whether a sentence, quotation or clause begins at the token."""
        text = self.texts[int(self.pair[token])]
        before = text[: int(self.start[token])].rstrip(_OPENING)
        return not before or before[-1] in _ENDING


class ReadTexts:
    """The tokens of one side of a document as they were last read: most texts are there again.

    Of a long document nothing is kept.
    """

    def __init__(self) -> None:
        self._tag = ""
        self._index: dict[str, int] = {}
        self._kept: dict[str, NDArray[np.int32]] = {}

    def columns(
        self, texts: Sequence[str], tag: str, watch: Watch = _UNWATCHED
    ) -> tuple[list[str], list[NDArray[np.int32]]]:
        """Return the keys that were met in texts like these, and the tokens of each text.

        Tokens are five rows: index of the key, start, end, content, joined.
        """
        if tag != self._tag or not any(text in self._kept for text in texts):
            self._tag, self._index, self._kept = tag, {}, {}
        kept = self._kept
        reader = Tokenizer(grammar(tag), [text for text in texts if text not in kept])
        found = []
        for text in watch.each(texts, len(texts)):
            tokens = kept.get(text)
            found.append(self._read(reader, text) if tokens is None else tokens)
        self._kept = dict(zip(texts, found, strict=True)) if len(texts) <= _MOST_KEPT else {}
        return list(self._index), found

    def _read(self, reader: Tokenizer, text: str) -> NDArray[np.int32]:
        index, rows = self._index, array("i")
        previous: Token | None = None
        for token in reader.tokens(text):
            joined = previous is not None and reader.joined(text, previous, token)
            key = index.setdefault(token.key, len(index))
            rows.extend((key, token.start, token.end, token.content, joined))
            previous = token
        return np.asarray(rows, dtype=np.int32).reshape(-1, 5).T


def read_words(
    texts: Sequence[str],
    tag: str,
    masked: Sequence[Sequence[tuple[int, int]]] = (),
    watch: Watch = _UNWATCHED,
    read: ReadTexts | None = None,
) -> Words:
    """Return the words of the texts; those in the masked ranges of a text are no evidence.

    What was `read` the last time is not read again; the words are the same.
    """
    keys, found = (read or ReadTexts()).columns(texts, tag, watch)
    first = np.concatenate(([0], np.cumsum([tokens.shape[1] for tokens in found], dtype=np.int64)))
    key, start, end, content, joined = (
        np.concatenate(found, axis=1) if found else np.zeros((5, 0), dtype=np.int32)
    )
    out = np.zeros(len(key), dtype=np.bool_)
    for number, ranges in enumerate(masked):
        for begin, stop in ranges:
            some = slice(first[number], first[number + 1])
            out[some] |= (begin <= start[some]) & (start[some] < stop)
    vocabulary, key = _numbered(["", *keys], np.where(out, 0, key + 1))
    return Words(
        rules=grammar(tag),
        texts=texts,
        vocabulary=vocabulary,
        key=key,
        start=start,
        end=end,
        content=(content > 0) & ~out,
        joined=joined > 0,
        pair=np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(first)),
        first=first,
    )


def _numbered(keys: Sequence[str], held: NDArray[np.int32]) -> tuple[list[str], NDArray[np.int32]]:
    """Return the keys that are held, numbered as they are met: one way to number them only."""
    # What no phrase can hold has the empty key, in a masked range and elsewhere.
    empty = [number for number, key in enumerate(keys) if not key]
    held = np.where(np.isin(held, empty), 0, held)
    there, met, place = np.unique(held, return_index=True, return_inverse=True)
    order = np.argsort(met)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return [keys[number] for number in there[order].tolist()], rank[place]
