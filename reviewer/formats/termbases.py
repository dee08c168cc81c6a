"""Termbase files: told by their names, read with a bound, written whole."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from reviewer.errors import EncodingError, ExportError, FormatError
from reviewer.formats import term_tables
from reviewer.formats.cells import guard_length, guarded
from reviewer.model import ANY_LANGUAGE, Concept, primary_subtag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reviewer.formats.term_tables import Column
    from reviewer.model import Term

MOST_CONCEPTS = 200_000
"""Concepts of a file that are taken; the rest is left out and told."""
LARGEST_TABLE = 512 * 1024 * 1024
"""Bytes of a table of text."""
_LONGEST_TERM = 500
_LONGEST_NOTE = 4000
_MOST_TERMS = 500
_XML = (".tbx", ".xml", ".mtf", ".martif")
_LISTS = (".txt", ".tab", ".utf8", ".tsv")
READ_SUFFIXES = (".tbx", ".xml", ".csv", ".tsv", ".txt", ".tab", ".utf8", ".xlsx")
WRITTEN_SUFFIXES = (".tbx", ".csv", ".tsv", ".xlsx", ".txt")


@dataclass(frozen=True, slots=True)
class Termbase:
    """A termbase as read.

    Attributes:
        concepts: with terms in the languages that were asked for.
        notes: what was left out and why, one sentence each.
    """

    concepts: tuple[Concept, ...]
    notes: tuple[str, ...] = ()


def read_termbase(
    path: Path,
    languages: tuple[str, str] | None = None,
    *,
    columns: Sequence[Column] | None = None,
    head: bool = True,
    most: int = MOST_CONCEPTS,
    check: Callable[[], None] = lambda: None,
) -> Termbase:
    """Read TBX, CSV, TSV, XLSX or a list with tabs (Xbench, OmegaT); raises FormatError.

    Args:
        path: the file; its suffix says what it is.
        languages: source and target, BCP 47: concepts without a term in either are left out, and
            these are what a list without a head is in. None takes all that say their languages.
        columns: what the columns of a table hold; None to tell it from the head.
        head: whether the first row of such a table is a head.
        most: concepts that are taken; the rest is left out and told.
        check: called now and then; may raise.
    """
    notes: list[str] = []
    found: list[Concept] = []
    if columns is not None:
        concepts = _chosen(path, columns, check, head=head)
    else:
        concepts = _concepts(path, languages, check, notes)
    for concept in concepts:
        if len(found) == most:
            notes.append(f"“{path.name}” holds more than {most} concepts; the rest was left out.")
            break
        kept = _bounded(concept, languages)
        if kept is not None:
            found.append(kept)
    if not found and not notes:
        told = f" in {' and '.join(languages)}" if languages else ""
        notes.append(f"“{path.name}” holds no terms{told}.")
    return Termbase(tuple(found), tuple(notes))


def _chosen(
    path: Path, columns: Sequence[Column], check: Callable[[], None], *, head: bool
) -> Iterator[Concept]:
    rows = table_rows(path, check)
    if head:
        next(rows, None)
    yield from term_tables.concepts_of(rows, columns)


def _concepts(
    path: Path,
    languages: tuple[str, str] | None,
    check: Callable[[], None],
    notes: list[str],
) -> Iterator[Concept]:
    if path.suffix.lower() in _XML:
        from reviewer.formats.tbx import Tbx

        tbx = Tbx(path, check)
        yield from tbx.concepts()
        if tbx.damage is not None:
            notes.append(f"{tbx.damage} What could be read of it was used.")
        return
    rows = table_rows(path, check)
    first = next(rows, None)
    if first is None:
        return
    columns = term_tables.columns_of(first, languages)
    if columns is None:
        if languages is None or path.suffix.lower() not in _LISTS or len(first) < 2:
            message = (
                f"The first line of “{path.name}” does not say which column holds which "
                "language, like “en” and “fr”."
            )
            raise FormatError(message)
        columns = term_tables.plain_columns(len(first), languages)
        yield from term_tables.concepts_of([first], columns)
    yield from term_tables.concepts_of(rows, columns)


def _bounded(concept: Concept, languages: tuple[str, str] | None) -> Concept | None:
    """Return a concept within bounds; None where it has nothing in the languages."""
    terms = concept.terms
    if languages is not None:
        wanted = {primary_subtag(tag) for tag in (*languages, ANY_LANGUAGE)}
        terms = tuple(t for t in terms if primary_subtag(t.language) in wanted)
    short = (t for t in terms if len(t.text) <= _LONGEST_TERM and any(map(str.isalnum, t.text)))
    kept = tuple(_short(term) for term in islice(short, _MOST_TERMS))
    return Concept(kept, concept.id[:80], concept.subject_field[:200]) if kept else None


def _short(term: Term) -> Term:
    return replace(term, note=term.note[:_LONGEST_NOTE]) if term.note else term


# Tables


def is_table(path: Path) -> bool:
    """Return whether a file is one whose columns can be chosen."""
    return path.suffix.lower() not in _XML


def table_rows(path: Path, check: Callable[[], None] = lambda: None) -> Iterator[list[str]]:
    """Yield the rows of a table or list that hold something; raises FormatError."""
    if path.suffix.lower() == ".xlsx":
        from reviewer.formats.xlsx import rows

        yield from rows(path, check)
        return
    text = _text(path)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if path.suffix.lower() in _LISTS else max(",;\t", key=first.count)
    lines = io.StringIO(text, newline="")
    if _is_quoted(path, first):
        reader = csv.reader(lines, delimiter=delimiter)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            message = f"“{path.name}”, line {reader.line_num}: {error}."
            raise FormatError(message) from None
        if row is None:
            return
        if reader.line_num % 1000 == 0:
            check()
        # OmegaT's remarks begin with the sign that stands for a number elsewhere.
        if any(row) and not (len(row) == 1 and row[0].startswith("#")):
            yield [cell[guard_length(cell) :] for cell in row]


def _is_quoted(path: Path, first: str) -> bool:
    """Return whether quotation marks are of the table: in plain lists they are of the terms."""
    if path.suffix.lower() not in _LISTS:
        return True
    cells = [cell.strip().strip('"') for cell in first.split("\t")]
    return term_tables.columns_of(cells, ("en", "fr")) is not None


def _text(path: Path) -> str:
    from reviewer.formats.encoding import decode
    from reviewer.formats.xml_stream import opened_file

    with opened_file(path) as file:
        data = file.read(LARGEST_TABLE + 1)
    if len(data) > LARGEST_TABLE:
        message = f"“{path.name}” is too large for a table: more than {LARGEST_TABLE >> 20} MB."
        raise FormatError(message)
    try:
        return decode(data).text.removeprefix("\ufeff")
    except EncodingError:
        message = (
            f"“{path.name}” is neither UTF-8 nor UTF-16; saved as one of them it can be read."
        )
        raise FormatError(message) from None


# Writing


def written(
    concepts: Iterable[Concept], path: Path, languages: tuple[str, str], *, tbx_version: int = 3
) -> Iterator[bytes]:
    """Yield a termbase as the bytes of a file by its suffix; raises ExportError.

    ".tbx" is TBX-Basic, ".csv", ".tsv" and ".xlsx" are tables that lose nothing, ".txt" is the
    list with tabs that Xbench and OmegaT read, without deprecated terms.
    """
    suffix = path.suffix.lower()
    if suffix == ".tbx":
        from reviewer.formats import tbx

        pieces = tbx.written(concepts, path.stem, version=tbx_version)
        yield from (piece.encode("utf-8", "replace") for piece in pieces)
    elif suffix == ".xlsx":
        from reviewer.formats import xlsx

        yield xlsx.written(term_tables.rows_of(concepts))
    elif suffix in {".csv", ".tsv"}:
        # Excel takes a file for UTF-8 by this mark alone.
        yield b"\xef\xbb\xbf" if suffix == ".csv" else b""
        rows = term_tables.rows_of(concepts)
        yield from _lines(rows, "," if suffix == ".csv" else "\t")
    elif suffix == ".txt":
        for row in term_tables.plain_rows_of(concepts, languages):
            cells = (" ".join(cell.split()) for cell in row)
            yield ("\t".join(cells).rstrip("\t") + "\n").encode("utf-8", "replace")
    else:
        known = ", ".join(WRITTEN_SUFFIXES)
        message = f"“{path.name}” is no name of a termbase; it may end with {known}."
        raise ExportError(message)


def _lines(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[bytes]:
    for row in rows:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerow([guarded(cell) for cell in row])
        yield out.getvalue().encode("utf-8", "replace")
