"""XLIFF of all versions and dialects as a bilingual document; the version says who reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.pairs import Skeleton
from reviewer.formats.reports import Reports
from reviewer.formats.states import marked
from reviewer.formats.xliff2 import INLINES as INLINES_2
from reviewer.formats.xliff2 import Xliff2
from reviewer.formats.xliff12 import INLINES as INLINES_12
from reviewer.formats.xliff12 import Xliff12
from reviewer.formats.xml_inline import XmlInline, balanced
from reviewer.formats.xml_walk import escaped, spliced, uncdata, walk, xml_body
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.xml_walk import XmlBody
    from reviewer.model import Verdict

_VERSION = 1
_HEAD = 64 * 1024
_ROOT = re.compile(rb"""<(?:[\w.\-]+:)?xliff\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_IS_2 = re.compile(rb"""(?<![:\w.\-])version\s*=\s*["']2\.""")
_MEMSOURCE = b"http://www.memsource.com/mxlf"
_OTHERS = QT_TRANSLATE_NOOP(
    "formats", "The file holds texts in other languages too; they are left alone."
)


def read_xliff(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read an XLIFF file; raises FormatError, EncodingError. Options: "encoding"."""
    body = xml_body(data, options.get("encoding"))
    reports = Reports(options.get("onlooker"), len(body.data))
    found, skeleton = _laid_out(body, reports)
    recipe = {"reader": "xliff", "version": _VERSION, "encoding": body.encoding}
    notes = (_OTHERS,) if found.others else ()
    return BilingualContent(*reports.units(skeleton), found.languages, recipe, notes)


def write_xliff(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected targets; raises ExportError."""
    if not replacements and not insertions:
        return original
    body = xml_body(original, recipe.get("encoding"))
    _, skeleton = _laid_out(body)
    changes = skeleton.changes(replacements, insertions)
    written = [(start, end, body.writable(new).encode()) for start, end, new in changes]
    return body.restored(spliced(body.data, written), original)


def mark_xliff(
    data: bytes, recipe: Mapping[str, Any], verdicts: Mapping[int, Verdict]
) -> tuple[bytes, int]:
    """Return a file with the states of some units said anew; see `formats.base.Mark`."""
    body = xml_body(data, recipe.get("encoding"))
    found, _ = _laid_out(body, with_tags=True)
    changes = list(marked(body, found.tags, verdicts))
    return body.restored(spliced(body.data, changes), data), len(changes)


def _laid_out(
    body: XmlBody, reports: Reports | None = None, *, with_tags: bool = False
) -> tuple[Xliff12 | Xliff2, Skeleton]:
    root = _ROOT.search(body.data, 0, _HEAD)
    if root is None:
        message = "This is no XLIFF inside."
        raise FormatError(message)
    version_2 = _IS_2.search(root[1]) is not None
    found: Xliff12 | Xliff2
    found = (Xliff2 if version_2 else Xliff12)(body, with_tags=with_tags)
    syntax = XmlInline(
        INLINES_2 if version_2 else INLINES_12,
        text_tags=_MEMSOURCE in root[1],
    )
    skeleton = Skeleton(found.places, syntax, body.text, escaped, uncdata, balanced)

    def tell(place: int) -> None:
        if reports is not None:
            reports.walked(place, len(found.places), lambda: (skeleton, found.languages))

    walk(body, found, tell)
    return found, skeleton


READER = BilingualReader(
    "xliff",
    QT_TRANSLATE_NOOP("formats", "XLIFF"),
    (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf"),
    read_xliff,
)
WRITER = Writer("xliff", write_xliff, mark=mark_xliff)
