"""The words of one side of all pairs, in columns: what terms are made of."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.text.languages import Language, language
from reviewer.text.stems import stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from reviewer.terms.wording import Place

_WORD = r"\p{L}[\p{L}\p{M}\p{Nd}]*(?:['’]\p{L}[\p{L}\p{M}]*)*['’]?"
_OPAQUE = r"""
    (?:https?|ftp)://\S+ | \b[\w.+-]+@[\w-]+\.[\w.]+ | (?<![\w-])--?[A-Za-z][\w-]*
    | %[-+ #0-9.*]*(?:\([^)]*\))?[A-Za-z] | \\[a-z] | \$?\{[^{}]*\} | </?[A-Za-z][^<>]*>
    | \w*[/\\_=@]\w[\w/\\_=@.]* | \p{N}+(?:[.,:]\p{N}+)*\p{L}?
"""
_SPACED = regex.compile(rf"(?P<opaque>{_OPAQUE})|(?P<word>{_WORD})", regex.VERBOSE)
_UNSPACED = regex.compile(
    rf"(?P<opaque>{_OPAQUE})|(?P<word>[\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}][\p{{L}}\p{{M}}\p{{Nd}}-]*)"
    r"|(?P<run>[\p{Katakana}ー]+)|(?P<character>\p{L}\p{M}*)",
    regex.VERBOSE,
)
_GAP = regex.compile(r"['’]?+[ \t\u00a0\u202f\u2009\-‐‑·・\U000F0000-\U000FFFFD]*+")
_ELIDED = regex.compile(r"(\p{L}+)['’]")
_GENITIVE = regex.compile(r"['’]s?$")
_APOSTROPHE_GENITIVE = frozenset({"en", "de", "nl"})
_ABBREVIATION = 3
_UNINFLECTED = frozenset({"id", "ja", "ms", "th", "vi", "zh"})
_HEAD_LAST = frozenset({"de", "en", "nl", "sv", "da", "nb", "no"})
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "no", "fi", "hu"})


@dataclass(frozen=True)
class Grammar:
    """What the tokeniser knows of a language, from its `[terms]` section.

    Attributes:
        stop: function words, lower-cased; in an unspaced script function characters.
        determiners: stop words after which a noun phrase begins.
        connectors: stop words that may stand inside a source term ("point of sale").
        elided: what may stand before an apostrophe as a word of its own ("l", "qu").
        boundaries: characters that no term holds, in an unspaced script.
        spaced: whether words are separated by spaces.
        compounds: whether terms are written as one word (German, Dutch, Swedish).
        inflects: whether words have number, gender or case.
        plural_endings: by which the plural of a noun is known; empty where it is not.
        head_last: whether the head of a noun phrase is its last word.
        genders: determiner -> what may follow it: "masculine", "feminine", "neuter", "plural".
    """

    code: str
    stop: frozenset[str]
    determiners: frozenset[str]
    connectors: frozenset[str]
    elided: frozenset[str]
    boundaries: frozenset[str]
    spaced: bool
    compounds: bool
    inflects: bool
    plural_endings: frozenset[str]
    head_last: bool
    genders: Mapping[str, frozenset[str]]


@cache
def grammar(tag: str) -> Grammar:
    """Return what the `[terms]` section of a language says; empty sets where there is none."""
    data: Language = language(tag)

    def characters(key: str) -> frozenset[str]:
        return frozenset("".join(data.words("terms", key)))

    return Grammar(
        code=data.code,
        stop=data.words("terms", "stop") | characters("function_characters"),
        determiners=data.words("terms", "determiners"),
        connectors=data.words("terms", "connectors"),
        elided=data.words("terms", "elided"),
        boundaries=characters("boundaries"),
        spaced=data.spaced,
        compounds=data.code in _COMPOUNDING,
        inflects=data.code not in _UNINFLECTED,
        plural_endings=data.words("terms", "plural_endings"),
        head_last=data.code in _HEAD_LAST,
        genders=_genders(data),
    )


def _genders(data: Language) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for gender in ("masculine", "feminine", "neuter", "plural"):
        for word in data.words("terms", gender):
            found[word] = found.get(word, frozenset()) | {gender}
    return found


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or opaque string of a text.

    Attributes:
        key: equal for forms of one word; empty for what no term can hold.
        content: neither a function word nor a number.
    """

    key: str
    start: int
    end: int
    content: bool


def tokens(text: str, rules: Grammar) -> Iterator[Token]:
    """Yield the tokens of a text in order; numbers, links, options and codes have no key."""
    pattern = _SPACED if rules.spaced else _UNSPACED
    for match in pattern.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "word":
            yield from _words(text, start, end, rules)
        elif kind == "character":
            yield _character(match.group(), start, end, rules)
        elif kind == "run":
            # The long vowel mark at the end is a matter of house style (JIS Z 8301).
            yield Token(match.group().rstrip("ー") or "ー", start, end, content=True)
        else:
            yield Token("", start, end, content=False)


def _character(character: str, start: int, end: int, rules: Grammar) -> Token:
    if character in rules.boundaries:
        return Token("", start, end, content=False)
    function = character in rules.stop or "\u3040" <= character <= "\u309f"
    return Token(character, start, end, content=not function)


def _words(text: str, start: int, end: int, rules: Grammar) -> Iterator[Token]:
    """Yield a word without the elided ones before it and the genitive ending behind it."""
    while (elided := _ELIDED.match(text, start, end)) is not None:
        if elided.group(1).lower() not in rules.elided:
            break
        yield Token(elided.group(1).lower(), start, elided.end(), content=False)
        start = elided.end()
    if rules.code in _APOSTROPHE_GENITIVE and (genitive := _GENITIVE.search(text, start, end)):
        end = genitive.start()
    if start == end:
        return
    lowered = text[start:end].lower()
    content = len(lowered) > 1 and lowered not in rules.stop
    key = stemmer(rules.code)(lowered) if content else lowered
    yield Token(key, start, end, content)


@dataclass(frozen=True)
class Words:
    """The tokens of one side of all pairs, as columns.

    Attributes:
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
        before = text[: int(self.start[token])].rstrip(" \"'«“„‘(\u00a0\u202f")
        return not before or before[-1] in ".:!?…。：！？؟\n-–—•*#"


def read_words(
    texts: Sequence[str], tag: str, masked: Sequence[Sequence[tuple[int, int]]] = ()
) -> Words:
    """Return the words of the texts; those in the masked ranges of a text are no evidence."""
    rules = grammar(tag)
    index: dict[str, int] = {}
    keys, starts, ends, pairs = array("i"), array("i"), array("i"), array("i")
    contents, joins, first = bytearray(), bytearray(), array("q")
    for number, text in enumerate(texts):
        first.append(len(keys))
        ranges = masked[number] if masked else ()
        previous: Token | None = None
        for token in tokens(text, rules):
            out = any(start <= token.start < end for start, end in ranges)
            keys.append(index.setdefault("" if out else token.key, len(index)))
            starts.append(token.start)
            ends.append(token.end)
            pairs.append(number)
            contents.append(token.content and not out)
            joins.append(previous is not None and _joined(text, previous, token, rules))
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


def _joined(text: str, before: Token, token: Token, rules: Grammar) -> bool:
    """Tell whether two neighbours may stand in one phrase."""
    if not before.key or not token.key:
        return False
    gap = _GAP.match(text, before.end, token.start)
    if gap is not None and gap.end() == token.start:
        return True
    # "Mt. Sindara": a short capitalised word with its stop, inside a segment.
    return (
        rules.spaced
        and text[before.end : token.start] == ". "
        and token.start - before.start <= _ABBREVIATION + 2
        and text[before.start].isupper()
        and text[token.start].isupper()
    )
