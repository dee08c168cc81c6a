"""Texts as tokens: words with the keys that make their forms equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from reviewer.terms.unspaced import RUN, Divider
from reviewer.text.stems import stemmer, unpointed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.terms.grammar import Grammar

_OPAQUE = r"""
    (?:https?|ftp)://\S++ | [\w.+\-]++@[\w\-]++\.[\w.]++ | (?<![\w\-])--?[A-Za-z][\w\-]*+
    | %[-+\ #0-9.*]*+(?:\([^)]*+\))?[A-Za-z] | \\[a-z] | \$?\{[^{}]*+\} | </?[A-Za-z][^<>]*+>
    | [\p{L}\p{M}\p{N}.]*+(?:[/\\_=@]|::)[\w/\\_=@.]++(?:::[\w/\\_=@.]++)*+
    | \p{N}++(?:[.,:]\p{N}++)*+
"""
_WORD = r"\p{L}[\p{L}\p{M}\p{Nd}]*+(?:['’]\p{L}[\p{L}\p{M}]*+)*+['’]?+"
_SPACED = regex.compile(rf"(?P<opaque>{_OPAQUE})|(?P<word>{_WORD})", regex.VERBOSE)
_FOREIGN = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Hangul}\p{Arabic}\p{Hebrew}]"
_UNSPACED = regex.compile(
    rf"(?P<opaque>{_OPAQUE})|(?P<run>{RUN})|(?P<word>{_FOREIGN}(?:{_FOREIGN}|[\p{{M}}\p{{Nd}}])*+)",
    regex.VERBOSE,
)
_GAP = regex.compile(r"['’]?+[ \t\u00a0\u202f\u2009\-‐‑·・\U000F0000-\U000FFFFD]*+")
_ELIDED = regex.compile(r"(\p{L}+)['’]")
_GENITIVE = regex.compile(r"['’]s?$")
_MEANING = regex.compile(r"[\p{Han}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_APOSTROPHE_GENITIVE = frozenset({"en", "de", "nl"})
_ABBREVIATION = 5
_POINTED = frozenset({"ar", "fa", "he", "ur"})


class Token(NamedTuple):
    """A word, number or opaque string of a text.

    Attributes:
        key: equal for forms of one word; empty for what no phrase can hold.
        start, end: its range in the text.
        content: neither a function word nor a number.
    """

    key: str
    start: int
    end: int
    content: bool


class Tokenizer:
    """Reads the texts of one language."""

    def __init__(self, rules: Grammar, texts: Sequence[str]) -> None:
        """Prepare for these texts; where there are no spaces, their words are looked up."""
        self._rules = rules
        self._stem = stemmer(rules.code)
        self._pattern = _SPACED if rules.spaced else _UNSPACED
        self._divider = None if rules.spaced else Divider(rules.code, texts)

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of a text in order; numbers, links, options and codes have no key."""
        for match in self._pattern.finditer(text):
            kind, start, end = match.lastgroup, match.start(), match.end()
            if kind == "word":
                yield from self._words(text, start, end)
            elif kind == "run" and self._divider is not None:
                for word in self._divider.divide(match.group()):
                    yield self._divided(word, start)
                    start += len(word)
            else:
                yield Token("", start, end, content=False)

    def _divided(self, word: str, start: int) -> Token:
        if word in self._rules.boundaries:
            return Token("", start, start + len(word), content=False)
        content = word not in self._rules.stop and _MEANING.search(word) is not None
        # The long vowel mark at the end of a word is a matter of house style (JIS Z 8301).
        return Token(word.rstrip("ー") or word, start, start + len(word), content)

    def _words(self, text: str, start: int, end: int) -> Iterator[Token]:
        """Yield a word without the elided ones before it and the genitive ending behind it."""
        rules = self._rules
        if "'" in text[start:end] or "’" in text[start:end]:
            while (elided := _ELIDED.match(text, start, end)) is not None:
                if elided.group(1).lower() not in rules.elided:
                    break
                yield Token(elided.group(1).lower(), start, elided.end(), content=False)
                start = elided.end()
            if rules.code in _APOSTROPHE_GENITIVE:
                genitive = _GENITIVE.search(text, start, end)
                end = genitive.start() if genitive else end
            else:
                end -= text[end - 1] in "'’"
        if start >= end:
            return
        lowered = text[start:end].lower()
        if rules.code in _POINTED:
            lowered = unpointed(lowered)
        content = len(lowered) > 1 and lowered not in rules.stop
        yield Token(self._stem(lowered) if content else lowered, start, end, content)

    def joined(self, text: str, before: Token, token: Token) -> bool:
        """Tell whether two neighbours may stand in one phrase.

        Nothing but blanks, hyphens, codes or a genitive apostrophe stands between them.
        """
        if not before.key or not token.key:
            return False
        if token.start - before.end <= 1 and text[before.end : token.start] in {" ", ""}:
            return True
        gap = _GAP.match(text, before.end, token.start)
        if gap is not None and gap.end() == token.start:
            return True
        # "Mt. Sindara": a short capitalised word with its stop, inside a segment.
        return (
            self._rules.spaced
            and text[before.end : token.start] == ". "
            and token.start - before.start <= _ABBREVIATION
            and text[before.start].isupper()
            and text[token.start].isupper()
        )
