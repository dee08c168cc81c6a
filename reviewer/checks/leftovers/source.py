"""What the source says about a word of the target: is it a copy, a name, part of a title?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.words import Word

LOWER, INITIAL, CAPITAL = 1, 2, 4
"""How a word is written in the source: in lower case; capitalised where a sentence begins, or
where case says nothing; capitalised elsewhere."""

_STARTERS = frozenset('.!?:;…。！？«“„"»(（–—-‘‹「『《•*|/')
_QUOTED = re.compile(
    r"""["“”„«‹「『《]([^"“”„«»‹›「」『』《》]{1,120})["“”»›」』》]|(?<!\w)['‘]([^'‘’]{2,60})['’](?!\w)"""
)
_QUOTES = re.compile("[\"“”„«‹「『《'‘]")
_ENOUGH = 6
_MOSTLY = 0.75
_FREQUENT = "aeiourn"
"""Letters that make up more than a fourth of most texts in Latin letters."""
_WIDEST_GAP = 3
_LONGEST_NAME = 12
_SMALL = 5
_BOUNDARY = re.compile(r'[,;:.!?»”")]')


def is_capitalised(word: str) -> bool:
    """Whether a word starts with a letter that has a lower case."""
    return word[0] != word[0].lower()


def case_says_nothing(text: str) -> bool:
    """Whether a text is written in capitals, as headings are."""
    if 4 * sum(map(text.count, _FREQUENT)) > len(text):
        return False  # a fourth of it is in small letters: a quick look
    upper = sum(map(str.isupper, text))
    if upper <= _ENOUGH:
        return False
    cased = upper + sum(map(str.islower, text))
    return upper > _MOSTLY * cased and cased > _MOSTLY * sum(map(str.isalpha, text))


def starts_sentence(text: str, before: int, start: int) -> bool:
    """Whether the word at `start` may begin a sentence; the word before it ends at `before`."""
    if not before:
        return True
    gap = text[before:start]
    stripped = gap.rstrip()
    return bool(stripped) and stripped[-1] in _STARTERS and (stripped[-1] != "-" or gap != "-")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of a pair's source.

    Attributes:
        cases: lower-cased word -> LOWER | INITIAL | CAPITAL, as it occurs.
        forms: the words as written, each between blanks.
        text: as it stands.
    """

    cases: dict[str, int]
    forms: str
    text: str


@lru_cache(maxsize=1)
def source_words(text: str) -> SourceWords:
    """Return what the checks of a target need of its source; the segments of a pair share it."""
    found = words(text)
    forms = [word.text for word in found]
    keys = list(map(str.lower, forms))
    joined = f" {' '.join(forms)} "
    if case_says_nothing(text):
        return SourceWords(dict.fromkeys(keys, INITIAL), joined, text)
    cases: dict[str, int] = {}
    raised = []
    for index, key in enumerate(keys):
        if forms[index][0] == key[0]:
            cases[key] = LOWER
        else:
            raised.append(index)
    for index in raised:
        before = found[index - 1].end if index else 0
        initial = not is_capitalised(forms[index][1:2] or "x") and starts_sentence(
            text, before, found[index].start
        )
        key = keys[index]
        cases[key] = cases.get(key, 0) | (INITIAL if initial else CAPITAL)
    return SourceWords(cases, joined, text)


def quoted_copies(text: str, source: SourceWords) -> Iterator[tuple[int, int]]:
    """Yield the ranges inside quotes that stand in the source word by word."""
    if not _QUOTES.search(text):
        return
    lowered = _squeezed(source.text)
    for match in _QUOTED.finditer(text):
        inside = match.group(1) or match.group(2) or ""
        copied = _squeezed(inside)
        if copied and copied in lowered:
            yield match.span()


def _squeezed(text: str) -> str:
    """Return a text in lower case, every gap one blank."""
    return " ".join(text.lower().split())


def name_blocks(
    text: str, found: Sequence[Word], capitals: Sequence[int], source: SourceWords
) -> Iterator[tuple[int, int]]:
    """Yield ranges of words that stand in the source in the same case, as names do.

    They begin and end with a capitalised word and hold no more lower-case words than others.
    `capitals` are the indexes of the capitalised words.
    """
    behind = 0
    for start in capitals:
        if start < behind:
            continue
        end = _block_end(text, found, start, source.forms)
        if end > start + 1:
            yield start, end
        behind = end


def _may_join(between: Sequence[Word]) -> bool:
    """Whether lower-case words may stand inside a name: one of any kind, or small ones."""
    return len(between) < 2 or all(len(word.text) <= _SMALL for word in between)


def _block_end(text: str, found: Sequence[Word], start: int, forms: str) -> int:
    """Return the index behind the last word of the block that starts at a word."""
    place, end, sequence = start, start, found[start].text
    while f" {sequence} " in forms:
        if is_capitalised(found[place].text):
            if not _may_join(found[end:place]):
                break
            end = place + 1
        place += 1
        if place >= min(len(found), start + _LONGEST_NAME) or place - end > _WIDEST_GAP:
            break
        if _BOUNDARY.search(text, found[place - 1].end, found[place].start):
            break
        sequence += f" {found[place].text}"
    lower = sum(not is_capitalised(word.text) for word in found[start:end])
    return end if 2 * lower <= end - start else start
