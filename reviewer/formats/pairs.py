"""Bilingual files as places: where each source and each target stands, and how edits go back.

A reader of such a file finds `UnitPlace`s; what is alike in all of them is here: both stretches
become a pair of units with shared codes, and an edited target is written over its own stretch.
Nothing else of the file is touched.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reviewer.errors import ExportError
from reviewer.formats.codes import CodeTable
from reviewer.formats.layout import Layout, PlacedUnit
from reviewer.model import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.codes import Parsed
    from reviewer.model import Code, UnitState


_TOLD = 1_000
"""Units between two reports."""


class Slot(NamedTuple):
    """Where the content of a target stands or would stand.

    Attributes:
        start, end: the stretch that is replaced.
        before, after: what is written around new content; "" where the stretch is the content.
        group: what is not there yet is written with all others of its group, in order; -1 alone.
        held: the content, where it does not stand in the stretch that is replaced.
    """

    start: int
    end: int
    before: str = ""
    after: str = ""
    group: int = -1
    held: str = ""

    @property
    def is_content(self) -> bool:
        """Whether the stretch is the content, not what is to hold it."""
        return not (self.before or self.after or self.group >= 0)


class UnitPlace(NamedTuple):
    """Where a unit of a bilingual file stands.

    Attributes:
        source: the stretch of its content; the content itself where it stands elsewhere.
        location: what a person would find it by: its id or line.
        keeps_lines: whether line breaks in it are more than white space.
        state: what the file says of its translation; None for nothing.
        native: what codes of the unit that refer to something stand for, by its id.
    """

    source: tuple[int, int] | str
    target: Slot
    location: str
    keeps_lines: bool = True
    state: UnitState | None = None
    native: Mapping[str, str] = {}


class Syntax(Protocol):
    """How the text between two places is written."""

    def parse(self, raw: str, table: CodeTable, place: UnitPlace) -> Parsed:
        """Return a stretch as text."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A bilingual file and the places of its units.

    Attributes:
        raw: gives a stretch of the file as it is written.
        escape: writes text as content; raises ExportError for what cannot be written.
        tidy: makes content that cannot be spliced (CDATA) into the same that can.
        whole: makes content out of which codes were taken well-formed again.
    """

    places: Sequence[UnitPlace]
    syntax: Syntax
    raw: Callable[[int, int], str]
    escape: Callable[[str], str]
    tidy: Callable[[str], str] = str
    whole: Callable[[str], str] = str

    def units(
        self, tell: Callable[[int], None] = lambda _number: None
    ) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """Return the units of both sides; see `formats.base.BilingualContent`.

        `tell` is told now and then how many there are.
        """
        source, target = [], []
        for number, place in enumerate(self.places):
            if number % _TOLD == 0:
                tell(number)
            table = CodeTable()
            ours = self._parsed(self._source(place), place, table)
            theirs = self._parsed(self._target(place.target), place, table)
            # The state goes with the translation; where there is none, with what lacks it.
            given = not theirs.text.isspace() and bool(theirs.text)
            source.append(_unit(ours, place.location, None if given else place.state))
            target.append(_unit(theirs, place.location, place.state if given else None))
        return tuple(source), tuple(target)

    def changes(
        self, replacements: Sequence[Replacement], insertions: Sequence[Insertion]
    ) -> list[tuple[int, int, str]]:
        """Return (start, end, new) of each stretch that edits change; raises ExportError."""
        edits: defaultdict[int, tuple[list[Replacement], list[Insertion]]]
        edits = defaultdict(lambda: ([], []))
        for replacement in replacements:
            edits[replacement.unit][0].append(replace(replacement, unit=0))
        for insertion in insertions:
            edits[insertion.unit][1].append(replace(insertion, unit=0))
        if edits and not 0 <= min(edits) <= max(edits) < len(self.places):
            message = "The original is not the one that was reviewed: it has fewer units."
            raise ExportError(message)
        new = {number: self._edited(self.places[number], *edits[number]) for number in edits}
        return list(self._written({n: text for n, text in new.items() if text is not None}))

    def _edited(
        self,
        place: UnitPlace,
        replacements: Sequence[Replacement],
        insertions: Sequence[Insertion],
    ) -> str | None:
        """Return the new content of a target; None where it is what it was."""
        table = CodeTable()
        ours = self._parsed(self._source(place), place, table)
        slot = place.target
        held = self.tidy(self._target(slot))
        theirs = self._parsed(held, place, table)
        codes = _known(ours.codes, theirs.codes)
        placed = PlacedUnit(Unit(theirs.text, codes), theirs.pieces, 0, len(held), break_="")
        layout = Layout(held, (placed,), escape=lambda new, _quote: self.escape(new))
        added = [replace(each, codes=codes) for each in insertions]
        changed = [replace(each, codes=()) for each in replacements]
        content = layout.edited(changed, added)
        return self.whole(content) if content != held else None

    def _written(self, new: dict[int, str]) -> Iterator[tuple[int, int, str]]:
        groups = {self.places[number].target.group for number in new} - {-1}
        grouped = defaultdict(list)
        for number, place in enumerate(self.places if groups else ()):
            if place.target.group in groups:
                grouped[place.target.group].append(number)
        for numbers in (*grouped.values(), *([n] for n in new if self.places[n].target.group < 0)):
            first, text = self.places[numbers[0]].target, ""
            for number in numbers:
                slot = self.places[number].target
                text += f"{slot.before}{new.get(number, '')}{slot.after}"
            yield first.start, first.end, text

    def _source(self, place: UnitPlace) -> str:
        return place.source if isinstance(place.source, str) else self.raw(*place.source)

    def _target(self, slot: Slot) -> str:
        return self.raw(slot.start, slot.end) if slot.is_content else slot.held

    def _parsed(self, raw: str, place: UnitPlace, table: CodeTable) -> Parsed:
        return self.syntax.parse(raw, table, place)


def _unit(parsed: Parsed, location: str, state: UnitState | None) -> Unit:
    return Unit(parsed.text, parsed.codes, location, state=state)


def _known(source: tuple[Code, ...], target: tuple[Code, ...]) -> tuple[Code, ...]:
    """Return the codes that may stand in a target: its own, and those of its source."""
    own = {code.character for code in target}
    return (*(code for code in source if code.character not in own), *target)


def spliced_text(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """Return a text with stretches replaced; `changes` do not overlap."""
    parts, last = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        parts += [text[last:start], new]
        last = end
    return "".join((*parts, text[last:]))
