"""The value of a key in a resource file: its escapes become text, its placeholders codes.

What stands for something at run time is a code, told on both sides by how it is written: {name},
{{name}}, %{name}, %1$s, %@, $NAME$, a tag, the frame of an ICU plural. So one that a translation
lost is a finding, and none can be spoilt by typing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.codes import Parsed
from reviewer.formats.layout import Piece
from reviewer.model import ANNOTATION, FIRST_CODE, LAST_CODE, CodeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.formats.codes import CodeTable

_LONGEST_SHOWN = 24
_BRANCH = r"(?:=\d{1,9}|\w{1,40})\s*\{"
_PLACEHOLDERS = rf"""
    (?P<icu>(?P<head>\{{\s*[\w.]{{1,60}}\s*,\s*(?:plural|select|selectordinal)\s*,\s*
        (?:offset:\d+\s*)?)(?P<first>{_BRANCH}))
  | (?P<end>\}}\s*\}}(?!\}}))
  | (?P<branch>\}}\s*{_BRANCH})
  | (?P<count>\#(?![\w{{]))
  | (?P<name>\{{\{{[^{{}}]{{1,80}}\}}\}}
      | [$#%]?\{{\s*[\w.\-]{{1,60}}(?:\s*[,:][^{{}}]{{0,60}})?\s*\}}
      | %\([\w.]{{1,60}}\)[a-z]
      | %\#@\w{{1,60}}@
      | %(?:\d{{1,2}}\$)?[\-+0\#']*(?:\d{{1,3}}|\*)?(?:\.\d{{1,2}})?
          (?:hh|ll|[hlqLztj])?[@diouxXeEfFgGaAcCsSp%]
      | \$t\([^()]{{1,80}}\)
      | \$[A-Za-z0-9_@]{{1,60}}\$)
  | (?P<tag></?[A-Za-z0-9][^<>]{{0,400}}>)
"""
_OWN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff"
_OWN += f"{chr(FIRST_CODE)}-{chr(LAST_CODE)}]"
_ODD = re.compile(rf"{_OWN}|[\r\n]")
_TAG = re.compile(r"<(/?)\s*([^\s/>]+)[^>]*?(/?)>", re.DOTALL)
_SPACES = re.compile(r"\s+")


def tokens(escapes: str) -> re.Pattern[str]:
    """Return what is more than a character of text, with the escapes of a format.

    `escapes` is written for re.VERBOSE.
    """
    pattern = rf"(?P<escape>{escapes}) | {_PLACEHOLDERS} | (?P<own>{_OWN})"
    return re.compile(pattern, re.VERBOSE)


def of_hex(digits: str) -> str | None:
    """Return the character of a number in hexadecimal digits; None where there is none."""
    number = int(digits, 16)
    return chr(number) if number < 0x110000 else None


class _Chip(NamedTuple):
    kind: CodeKind
    id: str
    shown: str
    raw: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a value is written.

    Attributes:
        name: what tells it from the others of its format.
        tokens: as `tokens` returns them.
        meant: the text that an escape stands for; None where it stays a code.
        escape: new text as it is written.
        whole: an edited value as it is written, with its quotes where they are part of it.
        nested: an edited value with its elements well nested, where it is XML.
    """

    name: str
    tokens: re.Pattern[str]
    meant: Callable[[str], str | None]
    escape: Callable[[str], str]
    whole: Callable[[str], str] = str
    nested: Callable[[str], str] = str

    def parse(self, raw: str, table: CodeTable) -> Parsed:
        """Return a value as text."""
        side, parts, pieces, codes = table.side(), list[str](), list[Piece](), []
        length = done = 0

        def add(text: str, start: int, end: int) -> None:
            nonlocal length
            if start < end:
                pieces.append(Piece(length, length + len(text), start, end))
                parts.append(text)
                length += len(text)

        is_icu = False
        for found in self.tokens.finditer(raw):
            is_icu = is_icu or found.lastgroup == "icu"
            meant = self._meant(found, is_icu=is_icu)
            if meant is None:
                continue
            add(raw[done : found.start()], done, found.start())
            start, done = found.span()
            if isinstance(meant, str):
                add(meant, start, done)
                continue
            for chip in meant:
                codes.append(side.code(chip.kind, chip.id, chip.raw, chip.shown))
                add(codes[-1].character, start, start + len(chip.raw))
                start += len(chip.raw)
        add(raw[done:], done, len(raw))
        return Parsed("".join(parts), tuple(codes), tuple(pieces) or (Piece(0, 0, 0, 0),))

    def _meant(self, found: re.Match[str], *, is_icu: bool) -> str | list[_Chip] | None:
        """Return the text or the codes that a token stands for; None for plain text."""
        token, group = found.group(), found.lastgroup
        if group == "escape":
            text = self.meant(token)
            if text is None:
                return [_placeholder(token)]
            odd = _ODD.search(text)
            return [_character(odd.group(), token)] if odd else text
        if group == "own":
            return [_character(token, token)]
        if group == "icu":
            return [_placeholder(found["head"]), _frame(found["first"])]
        if group in {"end", "branch", "count"}:
            return [_frame(token)] if is_icu else None
        return [_tag(token)] if group == "tag" else [_placeholder(token)]


def _placeholder(token: str) -> _Chip:
    shown = _SPACES.sub(" ", token)
    return _Chip(CodeKind.PLACEHOLDER, shown, shown[:_LONGEST_SHOWN], token)


def _frame(token: str) -> _Chip:
    """Return a part of a plural that differs from language to language."""
    shown = _SPACES.sub(" ", token).strip()
    return _Chip(CodeKind.PLACEHOLDER, f"{ANNOTATION}{shown}", shown[:_LONGEST_SHOWN], token)


def _character(character: str, token: str) -> _Chip:
    shown = "↵" if character in "\r\n\u2028\u2029" else f"U+{ord(character):04X}"
    return _Chip(CodeKind.PLACEHOLDER, shown, shown, token)


def _tag(token: str) -> _Chip:
    found = _TAG.match(token)
    if found is None or found[3]:
        return _placeholder(token)
    kind = CodeKind.CLOSE if found[1] else CodeKind.OPEN
    return _Chip(kind, found[2], f"{found[1]}{found[2]}"[:_LONGEST_SHOWN], token)
