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


def read_words(
    texts: Sequence[str],
    tag: str,
    masked: Sequence[Sequence[tuple[int, int]]] = (),
    watch: Watch = _UNWATCHED,
) -> Words:
    """Return the words of the texts; those in the masked ranges of a text are no evidence."""
    rules = grammar(tag)
    reader = Tokenizer(rules, texts)
    index: dict[str, int] = {}
    keys, starts, ends, pairs = array("i"), array("i"), array("i"), array("i")
    contents, joins, first = bytearray(), bytearray(), array("q")
    for number, text in enumerate(watch.each(texts, len(texts))):
        first.append(len(keys))
        ranges = masked[number] if masked else ()
        previous: Token | None = None
        for token in reader.tokens(text):
            out = any(start <= token.start < end for start, end in ranges)
            keys.append(index.setdefault("" if out else token.key, len(index)))
            starts.append(token.start)
            ends.append(token.end)
            pairs.append(number)
            contents.append(token.content and not out)
            joins.append(previous is not None and reader.joined(text, previous, token))
            previous = token
    first.append(len(keys))
    return Words(
        rules=rules,
        texts=texts,
        vocabulary=list(index),
        key=np.asarray(keys, dtype=np.int32),
        start=np.asarray(starts, dtype=np.int32),
        end=np.asarray(ends, dtype=np.int32),
        content=np.frombuffer(bytes(contents), dtype=np.bool_),
        joined=np.frombuffer(bytes(joins), dtype=np.bool_),
        pair=np.asarray(pairs, dtype=np.int32),
        first=np.asarray(first, dtype=np.int64),
    )
