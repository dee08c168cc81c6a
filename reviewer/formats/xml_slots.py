"""Elements of a bilingual XML file that hold text, and where their content is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.pairs import Slot
from reviewer.formats.xml_walk import Attributes, end_tag_end, is_closed, tag_end

if TYPE_CHECKING:
    from reviewer.formats.xml_walk import XmlBody


class Stretch(NamedTuple):
    """An element that holds text: its content, and the whole of it with its tags."""

    start: int
    end: int
    first: int
    last: int
    attributes: Attributes


def stretch_of(body: XmlBody, first: int, place: int, attributes: Attributes) -> Stretch:
    """Return an element whose start tag begins at `first` and whose end was told at `place`."""
    start = tag_end(body.data, first)
    last = place if is_closed(body.data, start) else end_tag_end(body.data, place)
    return Stretch(start, max(start, place), first, last, attributes)


def content_slot(body: XmlBody, stretch: Stretch) -> Slot:
    """Return where the content of an element that is there is written."""
    opening = body.text(stretch.first, stretch.start)
    if not opening.endswith("/>"):
        return Slot(stretch.start, stretch.end)
    name = opening[1:].split(None, 1)[0].rstrip("/>")
    return Slot(stretch.first, stretch.last, f"{opening[:-2].rstrip()}>", f"</{name}>")
