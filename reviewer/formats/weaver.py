"""Runs and codes of a paragraph written anew, always well nested."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.formats.layout import common_start
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.formats.runs import Format, Inline, Item, Paragraph


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes text.

    Attributes:
        text: what stands for a text inside a run, its element included.
        within: what stands for a text inside such an element.
        run: what stands for a run of a look, given as in the file, and its contents.
        space: what is added to an element's tag so that white space at its ends counts.
    """

    text: Callable[[str], str]
    within: Callable[[str], str]
    run: Callable[[str, str], str]
    space: str = ""


@dataclass(slots=True)
class Weaver:
    """Runs and codes as they are written anew.

    Attributes:
        raw: gives a stretch of the file.
        open: the opening halves that are open, the outermost first.
        parts: what is written so far.
    """

    paragraph: Paragraph
    dialect: Dialect
    raw: Callable[[int, int], str]
    open: list[str]
    parts: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    look: Format | None = None
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tags = [c for c in self.open if self._inline(c).wraps]

    def add_with(self, text: str, start: int, anchors: list[Item]) -> None:
        """Add text that did not change, from an offset on, and the anchors in it."""
        done = 0
        while anchors and anchors[0].start <= start + len(text):
            at = max(anchors[0].start - start, done)
            self.add(text[done:at])
            anchor = anchors.pop(0)
            self.add_raw(anchor.place, anchor.place_end)
            done = at
        self.add(text[done:])

    def add(self, text: str) -> None:
        """Add text with codes."""
        last = 0
        for place, character in enumerate(text):
            inline = self.paragraph.inlines.get(character)
            if inline is not None:
                self._add_text(text[last:place])
                self._add_code(character, inline)
                last = place + 1
        self._add_text(text[last:])

    def add_raw(self, start: int, end: int) -> None:
        """Add a stretch of the file that stands outside of runs."""
        self._flush()
        self._tag(self.open)
        self.parts.append(self.raw(start, end))

    def close(self, wanted: list[str]) -> None:
        """Finish, with those halves open that are open behind in the file."""
        self._flush()
        self._tag(wanted)

    def _add_text(self, text: str) -> None:
        if text:
            self._turn()
            self.inner.append(self.dialect.text(text))

    def _add_code(self, character: str, inline: Inline) -> None:
        if inline.kind is CodeKind.OPEN:
            if character not in self.open:
                self.open.append(character)
        elif inline.kind is CodeKind.CLOSE:
            other = self.paragraph.others[character]
            if other in self.open:
                self.open.remove(other)
        elif inline.raw:
            self._add_text(inline.raw)
        elif inline.inside:
            self._turn()
            self.inner.append(self.raw(inline.place, inline.place_end))
        else:
            self.add_raw(inline.place, inline.place_end)

    def _turn(self) -> None:
        """See to it that what comes next stands in the right tags and in a run of its look."""
        look = next(
            (f for c in reversed(self.open) if (f := self._inline(c).format) is not None),
            self.paragraph.base,
        )
        if look != self.look or self.tags != [c for c in self.open if self._inline(c).wraps]:
            self._flush()
            self._tag(self.open)
            self.look = look

    def _flush(self) -> None:
        if self.inner:
            raw = self.look.raw if self.look is not None else ""
            self.parts.append(self.dialect.run(raw, "".join(self.inner)))
            self.inner.clear()

    def _tag(self, open_: list[str]) -> None:
        """Close and open tags until those of the open halves are open."""
        wanted = [c for c in open_ if self._inline(c).wraps]
        same = common_start(self.tags, wanted)
        for character in reversed(self.tags[same:]):
            other = self._inline(self.paragraph.others[character])
            self.parts.append(self.raw(other.place, other.place_end))
        for character in wanted[same:]:
            inline = self._inline(character)
            self.parts.append(self.raw(inline.place, inline.place_end))
        self.tags = wanted

    def _inline(self, character: str) -> Inline:
        return self.paragraph.inlines[character]
