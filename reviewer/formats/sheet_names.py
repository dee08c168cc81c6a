"""Which sheet of an Excel workbook is the first one, for every reader alike."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"


def first_sheet(
    sheets: Sequence[tuple[str, str]], targets: Mapping[str, str], has: Callable[[str], bool]
) -> str | None:
    """Return the part of the first sheet in the order of the tabs that is shown.

    A hidden one where none is shown; None where the workbook names none that it has.

    Args:
        sheets: state ("visible", "hidden", "veryHidden") and id of the relation, by tab.
        targets: of the relations, by their ids, as they are written.
        has: whether the archive has a part of a name.
    """
    shown = [id_ for state, id_ in sheets if state == "visible"]
    for id_ in shown or [id_ for _state, id_ in sheets]:
        target = targets.get(id_, "")
        name = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if target and has(name):
            return name
    return None
