"""Termbases as tables: which column holds what, rows to concepts and back.

A table has a head with a language per column of terms ("en", "fr-CA", "French"), and may have
columns for the status and a note ("fr status", "fr note", or one for all), for the subject field
and for the number of the concept: rows with one number are one concept. A list without a head
(Xbench, OmegaT) has source, target and a remark.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reviewer.formats.tbx import status_of
from reviewer.model import ANY_LANGUAGE, Concept, Term, TermStatus, primary_subtag
from reviewer.text.languages import is_language_tag, known_languages, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Holds(enum.Enum):
    """What a column of a table holds."""

    TERM = "term"
    STATUS = "status"
    NOTE = "note"
    SUBJECT = "subject"
    CONCEPT = "concept"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, and of which language.

    Attributes:
        language: BCP 47 tag; empty where it is about all languages of a row.
    """

    holds: Holds
    language: str = ""


_WORDS: Mapping[str, Holds] = {
    **dict.fromkeys(("status", "usage", "forbidden", "administrativestatus"), Holds.STATUS),
    **dict.fromkeys(("note", "notes", "comment", "comments", "remark", "definition"), Holds.NOTE),
    **dict.fromkeys(("subject", "subject field", "domain", "field"), Holds.SUBJECT),
    **dict.fromkeys(("concept", "concept id", "entry", "entry id", "entry_id"), Holds.CONCEPT),
}
_SOURCE = frozenset({"source", "source term", "src"})
_TARGET = frozenset({"target", "target term", "translation", "tgt"})
_YES = frozenset({"yes", "true", "1", "x", "forbidden"})
_SYNONYMS = "|"


def columns_of(
    head: Sequence[str], languages: tuple[str, str] | None
) -> tuple[Column, ...] | None:
    """Return what the columns of a table hold by its head; None where it is no head.

    `languages` are those of "source" and "target".
    """
    found = tuple(_column(cell, languages) for cell in head)
    terms = sum(column.holds is Holds.TERM for column in found)
    return found if terms >= 2 or (terms and _says_more(found)) else None


def _says_more(columns: Sequence[Column]) -> bool:
    return any(column.holds not in {Holds.TERM, Holds.NOTHING} for column in columns)


def plain_columns(count: int, languages: tuple[str, str]) -> tuple[Column, ...]:
    """Return the columns of a list without a head: source, target and a remark."""
    known = [*(Column(Holds.TERM, tag) for tag in languages), Column(Holds.NOTE)]
    return tuple(known[:count]) + (Column(Holds.NOTHING),) * (count - len(known))


def _column(cell: str, languages: tuple[str, str] | None) -> Column:
    said = " ".join(cell.strip().lower().split())
    if languages and said in _SOURCE | _TARGET:
        return Column(Holds.TERM, languages[said in _TARGET])
    if said in _WORDS:
        return Column(_WORDS[said])
    first, _, last = said.replace("_status", " status").replace("_note", " note").rpartition(" ")
    if first and last in _WORDS and (tag := _tag(first)):
        return Column(_WORDS[last], tag)
    tag = _tag(cell.strip())
    return Column(Holds.TERM, tag) if tag else Column(Holds.NOTHING)


def _tag(said: str) -> str:
    """Return the tag that a head cell stands for: a tag, or an English name of a language."""
    tag = said.replace("_", "-")
    if tag.lower() == ANY_LANGUAGE or (
        is_language_tag(tag) and primary_subtag(tag) in known_languages()
    ):
        return tag
    names = {language(code).name.lower(): code for code in known_languages()}
    return names.get(said.split("(", maxsplit=1)[0].strip().lower(), "")


def concepts_of(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> Iterator[Concept]:
    """Yield the concepts of rows; those of one number that stand together are one."""
    number, waiting = "", list[Concept]()
    for row in rows:
        concept = _concept(row, columns)
        if concept is None:
            continue
        if waiting and not (concept.id and concept.id == number):
            yield _joined(waiting)
            waiting = []
        number = concept.id
        waiting.append(concept)
    if waiting:
        yield _joined(waiting)


def _joined(concepts: Sequence[Concept]) -> Concept:
    terms = dict.fromkeys(term for concept in concepts for term in concept.terms)
    first = concepts[0]
    return Concept(tuple(terms), first.id, first.subject_field)


def _concept(row: Sequence[str], columns: Sequence[Column]) -> Concept | None:
    cells = [cell.strip() for cell in row]
    of: dict[tuple[Holds, str], str] = {}
    for cell, column in zip(cells, columns, strict=False):
        if cell and column.holds is not Holds.TERM:
            of.setdefault((column.holds, column.language), cell)
    terms: list[Term] = []
    targets = [c.language for c in columns if c.holds is Holds.TERM][1:]
    for cell, column in zip(cells, columns, strict=False):
        if column.holds is Holds.TERM:
            tag = column.language
            # What is said of all is said of the translations.
            common = "" if tag in targets else None
            status = of.get((Holds.STATUS, tag)) or of.get((Holds.STATUS, common or ""), "")
            said = _status(status) if common is not None or (Holds.STATUS, tag) in of else None
            note = of.get((Holds.NOTE, tag), "")
            if common is not None:
                note = note or of.get((Holds.NOTE, ""), "")
            texts = (text.strip() for text in cell.split(_SYNONYMS))
            terms += [Term(tag, t, said or TermStatus.PREFERRED, note) for t in texts if t]
    if not terms:
        return None
    return Concept(tuple(terms), of.get((Holds.CONCEPT, ""), ""), of.get((Holds.SUBJECT, ""), ""))


def _status(said: str) -> TermStatus | None:
    return TermStatus.DEPRECATED if said.lower() in _YES else status_of(said)


# Writing


def rows_of(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """Yield a head and the rows of a table that loses nothing."""
    concepts = tuple(concepts)
    tags = tuple(dict.fromkeys(term.language for c in concepts for term in c.terms))
    yield [
        "concept",
        "subject field",
        *(word for tag in tags for word in (tag, f"{tag} status", f"{tag} note")),
    ]
    for number, concept in enumerate(concepts, 1):
        by_tag = [[t for t in concept.terms if t.language == tag] for tag in tags]
        for terms in zip_longest(*by_tag):
            cells = (cell for term in terms for cell in _cells(term))
            yield [str(number), concept.subject_field, *cells]


def _cells(term: Term | None) -> tuple[str, str, str]:
    return (term.text, term.status.value, term.note) if term else ("", "", "")


def plain_rows_of(concepts: Iterable[Concept], languages: tuple[str, str]) -> Iterator[list[str]]:
    """Yield source, target and remark of every term that may be used, for other programs."""
    for concept in concepts:
        names = [*concept.of(ANY_LANGUAGE)]
        sources, targets = (concept.of(tag) for tag in languages)
        usable = [t for t in targets if t.status is not TermStatus.DEPRECATED]
        for source in (*sources, *names):
            for target in [source] if source in names else usable:
                yield [source.text, target.text, target.note]
