"""Where sentences end: candidates from one scan, each judged by what stands around it.

Every judgement looks at a bounded stretch of text, so the time is linear whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

from reviewer.model import FIRST_CODE, LAST_CODE
from reviewer.segment.fullstop import FullStop, end_of_space, is_first
from reviewer.segment.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.segment.rules import Rules

LONGEST = 5_000
"""Code points of a segment; no sentence is longer, only text that has no sentences."""

_CODES = f"{chr(FIRST_CODE)}-{chr(LAST_CODE)}"
_SPACED = ".!?…‽؟۔।॥።။។៕։⁇⁈⁉"
_WIDE = "。．！？｡"
_QUOTES = "\"'”’“‘»«›‹」』"
_BRACKETS = ")]}）］】〕〉》"
_OPENERS = frozenset('"“‘«‹')
_TITLE_ENDS = frozenset("》〉")
_ROUND = {")": "(", "）": "（"}
_FACE = r"[:;=]-?[)(DP](?!\w)|[\u2639\u263A\u2665\U0001F300-\U0001FAFF]\uFE0F?+"
_NO_START = frozenset("、，,;；:：)）]」』”’》〉】~～ー—")
_MARKS = 64
"""Combining marks that are kept with their letter; no script piles up as many."""
_WINDOW = 250
"""How far a bracket is looked for on either side of a full stop."""
_QUOTED = 2_000
"""How far back straight quotes are counted."""

_BLANK_LINE = r"(?:\r\n?|\n)[^\S\r\n]*+(?:\r\n?|\n)\s*+"
_BEGINNING = re.compile(rf"[\s\"'“‘«‹„‚»›(\[{{¿¡—–―\-−*_#….{_CODES}]{{0,24}}+(\w?)(\w?)")
_BULLET = re.compile(r"[•●▪◦‣■►✓]")
_GOES_ON = re.compile(r"[,;:،؛]|[.!?…]++(?!\w)")
_STRAIGHT = re.compile(rf"[{_SPACED}{_WIDE}]*")
_EAST_ASIAN = re.compile(r"[\u2E80-\u2FDF\u3005-\u30FF\u31F0-\u31FF\u3400-\u9FFF\uF900-\uFAFF]")
_SOFT_STOPS = ("; ", ": ", ", ", "، ", "；", "，", "、", " ")


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of a text with the white space behind them; joined they are the text.

    `language` is a BCP 47 tag. A blank line always ends a sentence, a single line break is
    white space; what is longer than LONGEST is cut at a comma or a space.
    """
    ends = [*breaks(text, rules(language)), len(text)]
    starts = [0, *ends[:-1]]
    return [text[start:end] for start, end in zip(starts, ends, strict=True) if end > start]


def breaks(text: str, known: Rules) -> Iterator[int]:
    """Yield the offsets at which a new sentence begins, without 0."""
    first = _starts(known.terminators).search(text)
    if first is None and len(text) <= LONGEST:
        return
    engine = _Engine(text, known)
    # Nothing that is scanned for begins sooner, and a set of characters is found much faster.
    for match in engine.scan.finditer(text, first.start()) if first else ():
        yield from engine.cut(match.start())
        begin = engine.next_begin(match)
        if begin is not None:
            yield from engine.cut(begin)
            yield begin
            engine.last = begin
    yield from engine.cut(len(text))


@cache
def _starts(terminators: str) -> re.Pattern[str]:
    """Return what finds a character that a candidate may begin with; see `_scan`."""
    return re.compile(
        rf"[{_SPACED}{_WIDE}{re.escape(terminators)}—–:;=\r\n\u2639\u263A\u2665\U0001F300-\U0001FAFF]"
    )


@cache
def _scan(terminators: str) -> re.Pattern[str]:
    """Return what finds the candidates: terminators, faces, broken-off speech, blank lines."""
    ends = f"{_SPACED}{_WIDE}{re.escape(terminators)}"
    closers = re.escape(_QUOTES + _BRACKETS) + "*_"
    return re.compile(
        rf"[{ends}]++(?:[{ends}{closers}{_CODES}]|\[\d{{1,3}}\]|[ \u00A0]?(?:{_FACE}))*"
        rf"|[—–][{re.escape(_QUOTES)}]++|(?<=\s)(?:{_FACE})+|{_BLANK_LINE}"
    )


class _Engine:
    """A text under the scan; `last` is where the current sentence began."""

    def __init__(self, text: str, known: Rules) -> None:
        self.text = text
        self.known = known
        self.last = 0
        self.scan = _scan(known.terminators)

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The brackets that may stand in the text."""
        return [pair for pair in self.known.enclosing if pair[0] in self.text]

    def next_begin(self, match: re.Match[str]) -> int | None:
        """Return where the next sentence begins if one ends at this candidate."""
        text = self.text
        start, end = match.span()
        if text[start] in "\r\n":
            return end if end < len(text) and text[self.last : start] else None
        if end >= len(text):
            return None
        if not text[end].isspace():
            end = self._without_openers(start, end)
            return end if self._ends_unspaced(start, end) else None
        end, begin = self._with_lone_closers(start, end)
        if begin >= len(text) or not self._ends_spaced(start, end, begin):
            return None
        return begin

    def cut(self, end: int) -> Iterator[int]:
        """Yield where a stretch without sentences has to be cut, up to `end`."""
        while end - self.last > LONGEST:
            low, high = self.last + LONGEST // 2, self.last + LONGEST
            found = ((self.text.rfind(stop, low, high), len(stop)) for stop in _SOFT_STOPS)
            cut = next((place + size for place, size in found if place >= 0), high)
            latest = min(end, cut + _MARKS)
            while cut < latest and unicodedata.combining(self.text[cut]):
                cut += 1
            if cut >= end:
                return
            yield cut
            self.last = cut

    def _with_lone_closers(self, start: int, end: int) -> tuple[int, int]:
        """Return where a sentence ends and the next begins, counting in `. »` and `. "`."""
        text = self.text
        begin = end_of_space(text, end)
        mark = text[begin : begin + 1]
        if not mark or mark not in '»›”")' or text[begin + 1 : begin + 2].isalnum():
            return end, begin
        if mark == '"' and text.count('"', self._quoted(end), end) % 2 == 0:
            return end, begin
        if mark == ")" and text.rfind("(", max(self.last, start - _WINDOW), start) < 0:
            return end, begin
        return begin + 1, end_of_space(text, begin + 1)

    def _without_openers(self, start: int, end: int) -> int:
        """Return where a sentence ends that a quotation follows without a space: `。“`."""
        text = self.text
        while end - start > 1 and text[end - 1] in _OPENERS:
            if text[end - 1] == '"' and text.count('"', self._quoted(start), start) % 2:
                break
            end -= 1
        return end

    def _quoted(self, start: int) -> int:
        return max(self.last, start - _QUOTED)

    def _ends_unspaced(self, start: int, end: int) -> bool:
        """Whether a sentence ends where no space follows: after 。 and its like."""
        text = self.text
        after = text[end]
        stops = _stops(text, start)
        if not any(stop in _WIDE for stop in stops):
            east_asian = self.known.unspaced and _EAST_ASIAN.match(after)
            if not east_asian or "…" in stops or ".." in stops:
                return False
            if stops == "." and not _EAST_ASIAN.match(text[start - 1 : start]):
                return False
        if after in _NO_START or self._is_inside_brackets(start, end):
            return False
        return not self._is_carried_on(end)

    def _is_carried_on(self, end: int) -> bool:
        """Whether the sentence goes on behind a closed quotation or title."""
        closer = self.text[end - 1]
        if closer in _TITLE_ENDS:
            return True
        if closer in _ROUND:
            opening = self.text.rfind(_ROUND[closer], max(self.last, end - _WINDOW), end)
            return opening >= 0 and not is_first(self.text, self.last, opening)
        if closer not in _QUOTES:
            return False
        if self.text[end] in self.known.quoting:
            return True
        return bool(self.known.speech and self.known.speech.match(self.text, end))

    def _ends_spaced(self, start: int, end: int, begin: int) -> bool:
        """Whether a sentence ends before white space, and the next begins at `begin`."""
        text = self.text
        stops = _stops(text, start)
        if any(stop in _WIDE for stop in stops):
            return not self._is_inside_brackets(start, end)
        if _BULLET.match(text, begin):
            return True
        if _GOES_ON.match(text, begin) or _only_marks(text, begin):
            return False
        first = _BEGINNING.match(text, begin)
        letter, second = first.groups() if first else ("", "")
        small = letter.islower() and not second.isupper()
        if self._is_inside_brackets(start, end):
            return False
        if stops == ".":
            while start > self.last and FIRST_CODE <= ord(text[start - 1]) <= LAST_CODE:
                start -= 1
            place = first.start(1) if first else begin
            stop = FullStop(text, self.known, self.last, start, end, place)
            return stop.ends_sentence(small=small)
        if small or text[start - 1 : start] in {"(", "["}:
            return False
        if not stops:
            return letter.isupper()
        if "…" in stops or ".." in stops:
            cased = letter.isupper() or not letter.isalpha()
            return cased and not is_first(self.text, self.last, start)
        return True

    def _is_inside_brackets(self, start: int, end: int) -> bool:
        """Whether the place is inside a bracket that is only a part of the sentence."""
        text = self.text
        low = max(self.last, start - _WINDOW)
        for opening, closing in self.pairs:
            place = text.rfind(opening, low, start)
            if place < 0 or text.find(closing, place, end) >= 0:
                continue
            if opening not in "「『" and is_first(self.text, self.last, place):
                continue
            closed = text.find(closing, end, end + _WINDOW)
            if closed >= 0 and text.find(opening, end, closed) < 0:
                return True
        return False


def _stops(text: str, start: int) -> str:
    """Return the terminators a candidate begins with."""
    found = _STRAIGHT.match(text, start)
    return found.group() if found else ""


def _only_marks(text: str, start: int) -> bool:
    """Whether nothing but punctuation is left of the text."""
    rest = text[start : start + 8]
    return len(text) - start < 8 and not any(c.isalnum() for c in rest) and rest.isascii()
