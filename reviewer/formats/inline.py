"""Markup inside a Markdown paragraph: code spans, links, emphasis, tags, escapes.

One pass from left to right in the manner of CommonMark 0.31, in linear time. What it takes for
markup is only shown as a chip; the file is given back by places, whatever was recognised.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.model import FIRST_CODE, LAST_CODE, CodeKind

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_SHOWN = 12

_TOKEN = re.compile(
    rf"""
    (?P<escape> \\ (?=[!-/:-@\[-`{{-~]) )
  | (?P<ticks> `+ )
  | (?P<auto> < (?: [A-Za-z][A-Za-z0-9+.\-]{{1,31}}: [^\s<>]*
                 | [^\s<>@]{{1,64}}@[^\s<>]{{1,255}} ) > )
  | (?P<comment> <!-- )
  | (?P<tag> </? (?P<name> [A-Za-z][A-Za-z0-9\-]* ) (?: [\s/] [^<>]* )? > )
  | (?P<entity> & (?: \#\d{{1,7}} | \#[xX][0-9a-fA-F]{{1,6}} | [A-Za-z][A-Za-z0-9]{{1,31}} ) ; )
  | (?P<note> \[\^ [^\]\s]{{1,80}} \] :? | \A \[[ xX]\] (?=\s) )
  | (?P<open> !?\[ )
  | (?P<close> \] )
  | (?P<run> \*+ | _+ | ~~ )
  | (?P<own> [{chr(FIRST_CODE)}-{chr(LAST_CODE)}] )
    """,
    re.VERBOSE,
)
_TARGET = re.compile(
    r"""\]\( \s*+
    (?: < [^<>\n]{0,2000} > | [^\s()<>]{0,2000}+ (?: \( [^\s()]{0,500} \) [^\s()]{0,500} ){0,5} )
    (?: \s++ (?: "[^"]{0,1000}" | '[^']{0,1000}' | \( [^()]{0,1000} \) ) )? \s*+ \)
    | \]\[ [^\[\]]{0,300} \]""",
    re.VERBOSE,
)
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a paragraph that is markup.

    Attributes:
        pair: number that the two halves of a pair share; 0 for a placeholder.
        shown: what the chip says.
    """

    start: int
    end: int
    kind: CodeKind = CodeKind.PLACEHOLDER
    pair: int = 0
    shown: str = ""


def find_marks(text: str) -> list[Mark]:
    """Return the markup of a paragraph, in order, none inside another."""
    if not _TOKEN.search(text):
        return []
    scan = _Scan(text)
    takers: dict[str, Callable[[re.Match[str]], int]] = {
        "escape": scan.take_escape,
        "ticks": scan.take_ticks,
        "auto": scan.take_auto,
        "comment": scan.take_comment,
        "tag": scan.take_tag,
        "entity": scan.take_entity,
        "note": scan.take_note,
        "open": scan.take_open,
        "close": scan.take_close,
        "run": scan.take_run,
        "own": scan.take_own,
    }
    place = 0
    while found := _TOKEN.search(text, place):
        place = takers[found.lastgroup or ""](found)
    scan.finish()
    return sorted(scan.marks, key=lambda mark: mark.start)


@dataclass
class _Scan:
    """What was seen so far of a paragraph, and which markup still waits for its other half."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    pairs: int = 0
    brackets: list[tuple[int, int]] = field(default_factory=list)
    tags: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    runs: list[tuple[str, int, int]] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ticks: dict[int, list[int]] | None = None
    comments: bool = True

    def take_escape(self, found: re.Match[str]) -> int:
        """Make a code of the backslash; the character behind it is plain text."""
        self._alone(found.start(), found.end())
        return found.end() + 1

    def take_ticks(self, found: re.Match[str]) -> int:
        """Make one code of a code span."""
        length = found.end() - found.start()
        if self.ticks is None:
            self.ticks = defaultdict(list)
            for run in reversed(list(re.finditer("`+", self.text))):
                self.ticks[run.end() - run.start()].append(run.start())
        closers = self.ticks[length]
        while closers and closers[-1] < found.end():
            closers.pop()
        if not closers:
            return found.end()
        end = closers.pop() + length
        inside = self.text[found.end() : end - length].strip()
        self._alone(found.start(), end, inside)
        return end

    def take_auto(self, found: re.Match[str]) -> int:
        """Make one code of an address in angle brackets."""
        self._alone(found.start(), found.end(), found.group()[1:-1])
        return found.end()

    def take_comment(self, found: re.Match[str]) -> int:
        """Make one code of a comment."""
        end = self.text.find("-->", found.end()) if self.comments else -1
        if end < 0:
            self.comments = False
            return found.end()
        self._alone(found.start(), end + 3)
        return end + 3

    def take_tag(self, found: re.Match[str]) -> int:
        """Make a code of an HTML tag, paired with its other half."""
        name = found["name"].lower()
        if found.group().startswith("</") and self.tags[name]:
            self._pair(self.tags[name].pop(), found.span())
        elif found.group().startswith("</") or found.group().endswith("/>") or name in _VOID:
            self._alone(*found.span())
        else:
            self.tags[name].append(found.span())
        return found.end()

    def take_entity(self, found: re.Match[str]) -> int:
        """Make a code of a character reference."""
        character = html.unescape(found.group())
        if character != found.group():
            self._alone(*found.span(), character)
        return found.end()

    def take_note(self, found: re.Match[str]) -> int:
        """Make a code of a footnote mark or of the box of a task."""
        self._alone(*found.span())
        return found.end()

    def take_own(self, found: re.Match[str]) -> int:
        """Make a code of a character that is taken for a code elsewhere."""
        self._alone(*found.span(), f"U+{ord(found.group()):X}")
        return found.end()

    def take_open(self, found: re.Match[str]) -> int:
        """Remember a bracket that may begin a link or an image."""
        self.brackets.append(found.span())
        return found.end()

    def take_close(self, found: re.Match[str]) -> int:
        """Make a pair of a link or an image; other brackets are plain text."""
        target = _TARGET.match(self.text, found.start()) if self.brackets else None
        if self.brackets:
            opening = self.brackets.pop()
            if target:
                self._pair(opening, target.span())
                return target.end()
        return found.end()

    def take_run(self, found: re.Match[str]) -> int:
        """Close the emphasis that a run of marks closes, and remember what it may open."""
        start, end = found.span()
        mark = self.text[start]
        opens, closes = _flanks(self.text, start, end)
        while closes and start < end and self.waiting[mark]:
            start = self._close(mark, start, end)
        if opens and start < end:
            self.runs.append((mark, start, end))
            self.waiting[mark] += 1
        return found.end()

    def finish(self) -> None:
        """Make placeholders of the tags whose other half is missing."""
        for spans in self.tags.values():
            for span in spans:
                self._alone(*span)

    def _close(self, mark: str, start: int, end: int) -> int:
        """Pair a run's first marks with the last waiting ones; return where the rest begins."""
        while True:
            other, low, high = self.runs.pop()
            self.waiting[other] -= 1
            if other == mark:
                break
        length = min(high - low, end - start)
        self._pair((high - length, high), (start, start + length))
        if high - low > length:
            self.runs.append((mark, low, high - length))
            self.waiting[mark] += 1
        return start + length

    def _alone(self, start: int, end: int, shown: str = "") -> None:
        shown = shown or self.text[start:end]
        self.marks.append(Mark(start, end, shown=shown[:_LONGEST_SHOWN]))

    def _pair(self, opening: tuple[int, int], closing: tuple[int, int]) -> None:
        self.pairs += 1
        for (start, end), kind in ((opening, CodeKind.OPEN), (closing, CodeKind.CLOSE)):
            shown = self.text[start:end][:_LONGEST_SHOWN]
            self.marks.append(Mark(start, end, kind, self.pairs, shown))


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a run of marks may open and may close emphasis (CommonMark 6.2)."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (after.isalnum() or not before.isalnum())
    right = not before.isspace() and (before.isalnum() or not after.isalnum())
    if text[start] != "_":
        return left, right
    return left and (not right or not before.isalnum()), right and (
        not left or not after.isalnum()
    )
