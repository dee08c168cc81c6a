"""Documents of which only the text is taken; what is given back of them is plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewer.formats.base import Content
from reviewer.formats.lines import BREAKS
from reviewer.formats.text import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement

SUFFIX = ".txt"


def extracted(text: str, recipe: Mapping[str, Any], note: str) -> Content:
    """Return the units of a text; the recipe's "lines" say what its line breaks mean."""
    layout = lay_out(text, str(recipe.get("lines", BREAKS)))
    return Content(tuple([placed.unit for placed in layout.units]), recipe, (note,))


def written(
    text: str,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the text with its corrected places, in UTF-8; raises ExportError."""
    layout = lay_out(text, str(recipe.get("lines", BREAKS)))
    return layout.edited(replacements, insertions).encode("utf-8", "replace")
