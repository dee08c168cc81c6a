"""Edits put back into the runs of an office document's paragraphs.

An edit inside text changes that text alone. One that touches codes writes anew the runs that it
touches, always well nested, whatever the codes of the new text are: a half that loses its other
half goes with it, and what crosses is closed and opened again.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import ExportError
from reviewer.formats.halves import in_one, with_other_halves
from reviewer.formats.layout import common_start, joint, on_one_line, own_codes
from reviewer.formats.weaver import Weaver
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.runs import Item, Paragraph, Piece
    from reviewer.formats.weaver import Dialect

_BEFORE, _INSIDE, _BEHIND = range(3)
"""In which order texts are added at one place of the file."""


class Splice(NamedTuple):
    """A stretch of the file and what is written there."""

    start: int
    end: int
    turn: int
    text: str


class _Change(NamedTuple):
    """A stretch of a unit's text and its new text."""

    start: int
    end: int
    turn: int
    text: str


def edited(
    text: str,
    paragraphs: Sequence[Paragraph],
    dialect: Dialect,
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> str:
    """Return a part of a document with edits; raises ExportError where one fits nowhere.

    The numbers of the edits' units are places in `paragraphs`.
    """
    return apply(text, splices(text, paragraphs, dialect, replacements, insertions))


def splices(
    text: str,
    paragraphs: Sequence[Paragraph],
    dialect: Dialect,
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> list[Splice]:
    """Return what edits change in a part of a document, in order, as `edited` does."""
    changes: dict[int, list[_Change]] = {}
    found: list[Splice] = []
    replacements, insertions = _whole(paragraphs, replacements, insertions)
    for wanted in replacements:
        change = _replacing(paragraphs[wanted.unit], wanted)
        if change.start < change.end or change.text:
            changes.setdefault(wanted.unit, []).append(change)
    for added in insertions:
        paragraph = paragraphs[max(added.unit, 0)]
        if added.paragraph and paragraph.fresh:
            found.append(_new_paragraph(paragraph, dialect, added))
        else:
            changes.setdefault(max(added.unit, 0), []).append(_inserting(paragraph, added))
    # From the end of the file to its start: what stands inside an element that is written anew,
    # as a text box does, is there before it.
    found.sort()
    for number in sorted(changes, key=lambda n: paragraphs[n].place, reverse=True):
        paragraph = paragraphs[number]
        first = bisect_left(found, paragraph.place, key=attrgetter("start"))
        last = bisect_left(found, paragraph.place_end, key=attrgetter("start"))
        writing = _Writing(text, paragraph, dialect, found[first:last])
        found[first:last] = writing.spliced(changes[number])
    return found


def _whole(
    paragraphs: Sequence[Paragraph],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> tuple[list[Replacement], list[Insertion]]:
    """Return edits in which a half that loses its other half goes as well.

    What stands between the two is written anew with them; where text is added there, the half
    comes back.
    """
    edits = with_other_halves(lambda n: paragraphs[n].unit, replacements, insertions)
    found = [each for each in edits.replacements if each.unit not in edits.gone]
    for number, gone in edits.gone.items():
        own = [each for each in edits.replacements if each.unit == number]
        joined = in_one(paragraphs[number].unit, own, gone)
        added = [each.offset for each in insertions if max(each.unit, 0) == number]
        is_free = not any(e.start < offset < e.end for e in joined for offset in added)
        found += joined if is_free else [e for e in replacements if e.unit == number]
    return found, edits.insertions


def apply(text: str, changes: Sequence[Splice]) -> str:
    """Return a text with splices; raises ExportError where two lie over each other."""
    parts, last = [], 0
    for start, end, _turn, new in sorted(changes):
        if start < last:
            message = "Two corrections change the same place of the document."
            raise ExportError(message)
        parts += [text[last:start], new]
        last = end
    return "".join((*parts, text[last:]))


def _replacing(paragraph: Paragraph, wanted: Replacement) -> _Change:
    """Return what really changes of a segment."""
    if paragraph.unit.text[wanted.start : wanted.end] != wanted.was:
        message = "The original is not the one that was reviewed: a corrected place differs."
        raise ExportError(message)
    new = on_one_line(wanted.text)
    for character in own_codes(new) - paragraph.inlines.keys():
        message = f"A correction holds a code (U+{ord(character):X}) that its paragraph lacks."
        raise ExportError(message)
    first = common_start(wanted.was, new)
    rest = common_start(wanted.was[first:][::-1], new[first:][::-1])
    return _Change(wanted.start + first, wanted.end - rest, _INSIDE, new[first : len(new) - rest])


def _inserting(paragraph: Paragraph, wanted: Insertion) -> _Change:
    text, new = paragraph.unit.text, on_one_line(wanted.text)
    offset = min(max(wanted.offset, 0), len(text)) if wanted.unit >= 0 else 0
    if wanted.before or wanted.unit < 0:
        return _Change(offset, offset, _BEHIND, new + joint(new, text[offset : offset + 1]))
    before = text[offset - 1 : offset]
    space = joint(before, new) if before and not before.isspace() else ""
    return _Change(offset, offset, _BEFORE, space + new)


def _new_paragraph(paragraph: Paragraph, dialect: Dialect, wanted: Insertion) -> Splice:
    assert paragraph.fresh is not None
    before, behind = paragraph.fresh
    run = dialect.run(paragraph.base.raw, dialect.text(on_one_line(wanted.text)))
    place = paragraph.place_end
    if wanted.before or wanted.unit < 0:
        place = paragraph.place
    return Splice(place, place, _BEFORE, before + run + behind)


@dataclass(slots=True)
class _Writing:
    """A paragraph that is changed, and what is changed already in the boxes inside of it."""

    text: str
    paragraph: Paragraph
    dialect: Dialect
    nested: list[Splice]

    def spliced(self, changes: list[_Change]) -> list[Splice]:
        """Return what changes in the file, in order."""
        changes.sort(key=lambda change: (change.start, change.end, change.turn))
        for one, other in pairwise(changes):
            if other.start < one.end:
                message = "Two corrections change the same place of the document."
                raise ExportError(message)
        within = [self._within_text(change) for change in changes]
        if None not in within:
            found = [splice for each in within for splice in each or ()]
            spaces = {splice for splice in found if splice.text == self.dialect.space}
            return sorted([*self.nested, *spaces, *(s for s in found if s not in spaces)])
        left = self._left_out(changes)
        found = []
        for first, last, group in self._regions(changes):
            found.append(self._region(first, last, group, left))
        kept = [s for s in self.nested if not any(f.start <= s.start < f.end for f in found)]
        return sorted([*kept, *found])

    def _within_text(self, change: _Change) -> list[Splice] | None:
        """Return a change as one of text alone; None where codes are in the way."""
        whole = self.paragraph.unit.text
        if own_codes(change.text) or own_codes(whole[change.start : change.end]):
            return None
        ends = self._ends(change)
        if ends is None:
            return None
        (one, place), (other, place_end) = ends
        if one.room is None or other.room is None:
            return None
        new = self.dialect.within(change.text)
        found = [Splice(place, place_end, change.turn, new)]
        contents = self.text[one.room.start : place] + new + self.text[place_end : other.room.end]
        if contents != contents.strip() and not one.room.keeps_space and self.dialect.space:
            at = one.room.start - 1
            found.append(Splice(at, at, _BEFORE, self.dialect.space))
        return found

    def _ends(self, change: _Change) -> tuple[tuple[Piece, int], tuple[Piece, int]] | None:
        """Return the pieces in which a change begins and ends, and the places there."""
        items = self.paragraph.items
        if change.start == change.end:
            return self._one_place(change.start)
        first = self._item_with(change.start)
        last = self._item_with(change.end - 1)
        if any(items[n].shape != items[first].shape for n in range(first, last + 1)):
            return None
        one = _piece_with(items[first], change.start)
        other = _piece_with(items[last], change.end - 1)
        place = one.place + (change.start - one.start)
        return (one, place), (other, other.place_end - (other.end - change.end))

    def _one_place(self, offset: int) -> tuple[tuple[Piece, int], tuple[Piece, int]] | None:
        """Return where text is added: to the run on the left, else to the one on the right."""
        text, items = self.paragraph.unit.text, self.paragraph.items
        if offset and text[offset - 1] not in self.paragraph.inlines:
            piece = _piece_with(items[self._item_with(offset - 1)], offset - 1)
            end = piece, piece.place_end - (piece.end - offset)
            return end, end
        if offset < len(text) and text[offset] not in self.paragraph.inlines:
            item = items[self._item_with(offset)]
            if offset == item.start or offset == 0:
                piece = _piece_with(item, offset)
                start = piece, piece.place + (offset - piece.start)
                return start, start
        return None

    def _item_with(self, offset: int) -> int:
        """Return the item that holds the character at an offset."""
        return bisect_left(self.paragraph.items, offset + 1, key=attrgetter("end"))

    def _regions(self, changes: Sequence[_Change]) -> list[tuple[int, int, list[_Change]]]:
        """Return the stretches of items that are written anew, with the changes in each."""
        found: list[tuple[int, int, list[_Change]]] = []
        for change in changes:
            if change.start < change.end:
                first, last = self._item_with(change.start), self._item_with(change.end - 1)
            else:
                first = last = self._item_with(max(change.start - 1, 0))
            if found and first <= found[-1][1]:
                begun, end, group = found.pop()
                found.append((begun, max(end, last), [*group, change]))
            else:
                found.append((first, last, [change]))
        return found

    def _left_out(self, changes: Sequence[_Change]) -> set[str]:
        """Return the codes that must stay and are not in the new text."""
        whole, last, kept = self.paragraph.unit.text, 0, []
        for change in changes:
            kept += [whole[last : change.start], change.text]
            last = change.end
        new = "".join([*kept, whole[last:]])
        return {
            code.character
            for code in self.paragraph.unit.codes
            if not code.can_delete and code.character not in new
        }

    def _region(self, first: int, last: int, changes: Sequence[_Change], left: set[str]) -> Splice:
        items = self.paragraph.items
        region = items[first : last + 1]
        start, end = region[0].start, region[-1].end
        weaver = Weaver(self.paragraph, self.dialect, self.raw, self._open_before(first))
        anchors = [item for item in region if item.anchor is not None]
        place = start
        for change in (*changes, _Change(end, end, _BEHIND, "")):
            weaver.add_with(self.paragraph.unit.text[place : change.start], place, anchors)
            inside = [a for a in anchors if a.start < change.end]
            anchors = anchors[len(inside) :]
            for anchor in inside:
                if anchor.anchor:
                    weaver.add_raw(anchor.place, anchor.place_end)
            weaver.add(change.text)
            for anchor in inside:
                if not anchor.anchor:
                    weaver.add_raw(anchor.place, anchor.place_end)
            place = change.end
        for character in self.paragraph.unit.text[start:end]:
            if character in left:
                weaver.add(character)
        weaver.close(self._open_before(last + 1))
        return Splice(region[0].place, region[-1].place_end, _INSIDE, "".join(weaver.parts))

    def _open_before(self, number: int) -> list[str]:
        """Return the opening halves whose other half does not stand before an item."""
        open_: list[str] = []
        for item in self.paragraph.items[:number]:
            character = self.paragraph.unit.text[item.start : item.end]
            inline = self.paragraph.inlines.get(character) if item.shape is None else None
            if inline is not None and inline.kind is CodeKind.OPEN:
                open_.append(character)
            elif inline is not None and inline.kind is CodeKind.CLOSE:
                open_.remove(self.paragraph.others[character])
        return open_

    def raw(self, start: int, end: int) -> str:
        """Return a stretch of the file with what is changed in the boxes inside of it."""
        inside = [
            Splice(s.start - start, s.end - start, s.turn, s.text)
            for s in self.nested
            if start <= s.start and s.end <= end
        ]
        return apply(self.text[start:end], inside)


def _piece_with(item: Item, offset: int) -> Piece:
    """Return the piece of a run that holds the character at an offset."""
    return item.pieces[bisect_left(item.pieces, offset + 1, key=lambda piece: piece.end)]
