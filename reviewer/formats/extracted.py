"""Documents of which only the text is taken; what is given back of them is plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewer.errors import ExportError, FormatError
from reviewer.formats.base import Content
from reviewer.formats.lines import BREAKS
from reviewer.formats.text import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement, Write

SUFFIX = ".txt"


def extracted(text: str, recipe: Mapping[str, Any], note: str) -> Content:
    """Return the units of a text; the recipe's "lines" say what its line breaks mean.

    There are none where nothing but blanks was found in a file: it may be a scanned page.
    """
    layout = lay_out(text, str(recipe.get("lines", BREAKS)))
    units = tuple([placed.unit for placed in layout.units]) if text.strip() else ()
    return Content(units, recipe, (note,))


def writing(text_of: Callable[[bytes], str]) -> Write:
    """Return what writes the text that `text_of` finds in a file, with its corrected places.

    What it writes is plain text in UTF-8; it raises ExportError.
    """

    def write(
        original: bytes,
        recipe: Mapping[str, Any],
        replacements: Sequence[Replacement],
        insertions: Sequence[Insertion],
    ) -> bytes:
        try:
            layout = lay_out(text_of(original), str(recipe.get("lines", BREAKS)))
        except FormatError as error:
            raise ExportError(str(error)) from None
        return layout.edited(replacements, insertions).encode("utf-8", "replace")

    return write
