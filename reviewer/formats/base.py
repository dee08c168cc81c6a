"""What a format is: how a file becomes units, and how edits go back into its bytes.

A bilingual file holds both columns: unit n of the target is the translation of unit n of the
source, empty where there is none yet. Both are documents of the project, of one original; an
edit of the target and a translation that was missing go into the unit of that number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewer.model import Code, Unit, Verdict


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader took from a file.

    Attributes:
        units: in reading order.
        recipe: what makes reading repeatable (encoding, line mode, version of the reader).
        notes: what the person may want to know, one sentence each.
        language: BCP 47 tag that the file names; "" where it has none.
    """

    units: tuple[Unit, ...]
    recipe: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class BilingualContent:
    """What a reader took from a file that holds a text and its translation.

    Attributes:
        source, target: equally many units; one of the target is empty where nothing is
            translated. A placeholder of both sides of a unit stands for the same code.
        languages: BCP 47 tags of source and target as the file has them; "" where it has none.
        recipe: what makes reading repeatable (version of the reader, chosen columns).
        notes: what the person may want to know, one sentence each.
        ambiguous: other languages or columns of the file may be meant; worth a question.
        columns: what the columns of a table are called; empty for what is no table. The recipe
            has the numbers of those of source and target as "columns".
    """

    source: tuple[Unit, ...]
    target: tuple[Unit, ...]
    languages: tuple[str, str]
    recipe: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    ambiguous: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """The corrected text of one segment: `unit`'s text from `start` to `end` becomes `text`.

    Attributes:
        was: the text that stood there when the file was read; checked before writing.
    """

    unit: int
    start: int
    end: int
    was: str
    text: str
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Insertion:
    """A translation that was missing, to be written behind a segment or in front of one.

    Attributes:
        unit, offset: behind that place; unit -1 is the start of the document.
        paragraph: whether it is a paragraph of its own.
        before: in front of that place instead, in the same paragraph.
        codes: of the placeholders in `text`.
    """

    unit: int
    offset: int
    text: str
    paragraph: bool
    before: bool = False
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who waits for a large file while it is read; the option "onlooker" of its reader.

    Attributes:
        tell: told how much of how much is done, in a measure of the reader's own; may raise.
        show: given the first units of source and target and their languages, once.
    """

    tell: Callable[[int, int], None]
    show: Callable[[Sequence[Unit], Sequence[Unit], tuple[str, str]], None]


Read = Callable[[bytes, Mapping[str, Any]], Content]
"""(bytes, options) -> Content. Options: "encoding", "lines" ("breaks" | "wrapped"), or a recipe,
which reads the same bytes the same way again. Raises FormatError, EncodingError."""

ReadBilingual = Callable[[bytes, Mapping[str, Any]], BilingualContent]
"""(bytes, options) -> BilingualContent. Options: "encoding", "source_language" and
"target_language" where a file holds more than two, "columns" of tables, or a recipe, which reads
the same bytes the same way again; "onlooker" of XLIFF and TMX. Raises FormatError, EncodingError,
and what an onlooker raises."""

Write = Callable[[bytes, Mapping[str, Any], Sequence[Replacement], Sequence[Insertion]], bytes]
"""(original, recipe, replacements, insertions) -> bytes that differ from the original in the
edited spans alone. Raises ExportError."""

Mark = Callable[[bytes, Mapping[str, Any], Mapping[int, "Verdict"]], tuple[bytes, int]]
"""(written file, recipe, verdicts by number of unit) -> bytes in which the file's own states say
what people said of the units, as far as its dialect has words for it, and how many of them are
others now. Raises ExportError."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that can be read.

    Attributes:
        name: as stored in projects; never changed.
        title: for the file dialogs, marked for translation in the context "formats".
        suffixes: lower-case, with the dot.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Read


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that can be given back; `name` is its reader's.

    Attributes:
        keeps_suffix: whether the suffix says more than the reader's name (.docx or .docm): the
            file is given back with the suffix it came with.
        suffix: of what is written, where that is another format; "" for the original's.
        mark: says verdicts in the file's own states; None where it has none.
    """

    name: str
    write: Write
    keeps_suffix: bool = False
    suffix: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class BilingualReader:
    """A format that holds a text and its translation; the attributes are those of `Reader`."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: ReadBilingual
