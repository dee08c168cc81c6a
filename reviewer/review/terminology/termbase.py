"""The termbases of a project: its own, made of decisions, and files in the person's order.

A project comes from anywhere. It names files, never places: only one that lies beside the
project, or in the person's own folder, is opened.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reviewer import paths
from reviewer.errors import ExportError, FormatError, system_reason
from reviewer.model import ANY_LANGUAGE, Concept, Draft, GroupKind, Term, TermStatus
from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.model import Event, Pair, TermGroup
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.decisions.fold import State
    from reviewer.review.documents.export import Exported
    from reviewer.text.inflection import Inflection

TERMBASES = "termbases"
"""Key of the setting that names a project's termbase files, first the most trusted."""
MOST_IMPORTED = 20_000
"""Concepts that are taken into a project at once; a larger termbase stays a file."""
_MOST_FILES = 50
_LONGEST_NAME = 200
_MOST_TERMS = 500
_LONGEST_TERM = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept of the project and the decision it comes from."""

    concept: Concept
    event: Event


@dataclass(frozen=True, slots=True)
class Gathered:
    """The concepts of several termbases.

    Attributes:
        termbases: first the most trusted.
        notes: files that were left out and why, one sentence each.
    """

    termbases: tuple[tuple[Concept, ...], ...] = ()
    notes: tuple[str, ...] = ()


# The project's own


def entries(state: State) -> tuple[Entry, ...]:
    """Return the concepts that people put into the project, in the order of their last changes."""
    found = []
    for _key, register in state.registers("term"):
        concept = _concept(state.content(register.chosen))
        if concept is not None:
            found.append(Entry(concept, register.chosen))
    return tuple(sorted(found, key=lambda entry: (entry.event.hlc, entry.event.hash)))


def stamp(state: State) -> str:
    """Return what is another text whenever the project's own termbase is another."""
    digest = blake2b(digest_size=16)
    for _key, register in state.registers("term"):
        digest.update(register.chosen.hash)
    return digest.hexdigest()


def _concept(content: Mapping[str, Any]) -> Concept | None:
    """Return the concept of a body; None for one without terms: it was taken away."""
    given = content.get("terms")
    terms = [_term(each) for each in given[:_MOST_TERMS]] if isinstance(given, list) else []
    kept = tuple(term for term in terms if term is not None)
    field = content.get("subject_field")
    named = field[:_LONGEST_NAME] if isinstance(field, str) else ""
    return Concept(kept, str(content.get("concept")), named) if kept else None


def _term(record: object) -> Term | None:
    if not isinstance(record, dict):
        return None
    tag, text, note = (record.get(key) for key in ("language", "text", "note"))
    if not isinstance(tag, str) or not isinstance(text, str) or not is_language_tag(tag):
        return None
    if not text.strip() or len(text) > _LONGEST_TERM:
        return None
    known = {status.value: status for status in TermStatus}
    status = known.get(str(record.get("status")), TermStatus.PREFERRED)
    return Term(tag, text, status, note if isinstance(note, str) else "")


def concept_draft(state: State, concept: Concept) -> Draft:
    """Return the event that puts a concept in, or changes it; without terms it is taken away."""
    ident = concept.id or new_id()
    terms = [
        {
            "language": term.language,
            "text": _sound(term.text),
            "status": term.status.value,
            **({"note": _sound(term.note)} if term.note else {}),
        }
        for term in concept.terms
    ]
    body: dict[str, Any] = {
        "concept": ident,
        "terms": terms,
        "parents": state.parents("term", ident),
    }
    if concept.subject_field:
        body["subject_field"] = _sound(concept.subject_field)
    return Draft("term", None, body)


def new_id() -> str:
    """Return a name for a concept that nobody else gives."""
    return os.urandom(16).hex()


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def imported(state: State, concepts: Iterable[Concept]) -> list[Draft]:
    """Return the events that put concepts in; those that are there already are passed over."""
    there = {_terms_of(entry.concept) for entry in entries(state)}
    drafts: list[Draft] = []
    for concept in concepts:
        terms = _terms_of(concept)
        if terms not in there and len(drafts) < MOST_IMPORTED:
            there.add(terms)
            drafts.append(concept_draft(state, Concept(concept.terms, "", concept.subject_field)))
    return drafts


def _terms_of(concept: Concept) -> frozenset[tuple[str, str, TermStatus]]:
    return frozenset((t.language, t.text, t.status) for t in concept.terms)


# What a verdict on a group says of terms


def concepts_of_verdict(
    group: TermGroup, said: str, preferred: str | None, reason: str, languages: tuple[str, str]
) -> list[Concept]:
    """Return what the termbase holds after a verdict: "unify", "keep", "different".

    Unified renderings are one preferred and deprecated ones; kept ones are all admitted; those
    of different concepts are each preferred in a concept of its own. Nothing else says a thing.
    """
    tag = languages[1]
    source = Term(languages[0], group.source)
    texts = [rendering.text for rendering in group.renderings]
    if said == "different":
        return [Concept((source, Term(tag, text, note=reason))) for text in texts]
    if said == "keep":
        admitted = (Term(tag, text, TermStatus.ADMITTED, reason) for text in texts)
        return [Concept((source, *admitted))]
    if said != "unify" or preferred is None:
        return []
    others = [text for text in texts if text.casefold() != preferred.casefold()]
    if group.kind is GroupKind.CASE:
        others = []
    bad = (Term(tag, text, TermStatus.DEPRECATED, reason) for text in others)
    return [Concept((source, Term(tag, preferred, note=reason), *bad))]


def verdict_drafts(
    state: State, concepts: Sequence[Concept], before: Sequence[str]
) -> tuple[list[Draft], list[str]]:
    """Return the events for the concepts of a verdict, and their ids.

    `before` are the ids of the concepts that an earlier verdict on the group made: they are
    changed, and what is too many of them is taken away.
    """
    ids = [*before[: len(concepts)], *(new_id() for _ in concepts[len(before) :])]
    drafts = [
        concept_draft(state, Concept(concept.terms, ident, concept.subject_field))
        for concept, ident in zip(concepts, ids, strict=True)
    ]
    here = {entry.concept.id for entry in entries(state)} if before else set()
    surplus = (ident for ident in before[len(concepts) :] if ident in here)
    return [*drafts, *(concept_draft(state, Concept((), ident)) for ident in surplus)], ids


# Files


def folder() -> Path:
    """Return the folder of the person's termbases; it may not exist yet."""
    return paths.config_folder() / "termbases"


def chosen_of(state: State) -> tuple[str, ...]:
    """Return the names of a project's termbase files, as somebody wrote them."""
    register = state.register("setting", TERMBASES)
    value = state.content(register.chosen).get("value") if register else None
    names = value[:_MOST_FILES] if isinstance(value, list) else []
    return tuple(n for n in names if isinstance(n, str) and 0 < len(n) <= _LONGEST_NAME)


def located(name: str, project: Path) -> Path | None:
    """Return the file of a name, beside the project or in the person's folder; None without."""
    if not name.isprintable() or name.startswith(".") or any(c in name for c in '/\\:*?"<>|'):
        return None
    for place in (project.parent, folder()):
        path = place / name
        try:
            if path.is_file():
                return path
        except (OSError, ValueError):
            return None
    return None


def gather(
    state: State,
    project: Path,
    languages: tuple[str, str],
    check: Callable[[], None] = lambda: None,
) -> Gathered:
    """Return the concepts of a project's termbase files in a language pair."""
    named = chosen_of(state)
    found: list[Path] = []
    notes = []
    for name in named:
        path = located(name, project)
        if path is not None:
            found.append(path)
        else:
            shown = "".join(letter for letter in name if letter.isprintable())[:80]
            notes.append(
                f"“{shown}” is a termbase of this project that is not on this computer; "
                "it was not used."
            )
    read = gather_files(found, languages, check)
    return Gathered(read.termbases, (*notes, *read.notes))


def gather_files(
    files: Iterable[Path], languages: tuple[str, str], check: Callable[[], None] = lambda: None
) -> Gathered:
    """Return the concepts of files; one that cannot be read becomes a note."""
    termbases: list[tuple[Concept, ...]] = []
    notes: list[str] = []
    for path in files:
        try:
            read = read_file(path, languages, check)
        except OSError as error:
            notes.append(
                f"“{path.name}” could not be read: {system_reason(error)}. It was not used."
            )
        except FormatError as error:
            notes.append(f"{error} It was not used.")
        else:
            termbases.append(read[0])
            notes += read[1]
    return Gathered(tuple(termbases), tuple(notes))


def read_file(
    path: Path, languages: tuple[str, str], check: Callable[[], None] = lambda: None
) -> tuple[tuple[Concept, ...], tuple[str, ...]]:
    """Return concepts and notes of a file, read once while it stays as it is.

    Raises OSError, FormatError.
    """
    status = path.stat()
    return _kept(path, status.st_mtime_ns, status.st_size, languages, _Unasked(check))


class _Unasked:
    """A function that makes no difference between two calls that are remembered."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call = call

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unasked)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _kept(
    path: Path, _time: int, _size: int, languages: tuple[str, str], check: _Unasked
) -> tuple[tuple[Concept, ...], tuple[str, ...]]:
    """Read a file; a large one takes seconds, and every check wants it."""
    from reviewer.formats.termbases import read_termbase

    read = read_termbase(path, languages, check=check.call)
    return read.concepts, read.notes


# For one document


def relevant(
    termbases: Iterable[Sequence[Concept]], pairs: Iterable[Pair], languages: tuple[str, str]
) -> tuple[tuple[Concept, ...], ...]:
    """Return of each termbase the concepts that may matter to a document.

    Those of which a term of the source may stand in it, and those that say what may stand
    nowhere or is to stay as it is.
    """
    reader = _reader(languages[0])
    beginnings: set[str] = set()
    letters: set[str] = set()
    for pair in pairs:
        beginnings.update(token.key[:3] for token in reader.tokens(pair.source_text))
        letters.update(pair.source_text.lower())

    def may_stand(term: Term) -> bool:
        needed = _beginnings(languages[0], term.text)
        if needed is None:
            return letters.issuperset(term.text.lower().rstrip("ー"))
        return all(each in beginnings for each in needed)

    def matters(concept: Concept) -> bool:
        sources = concept.of(languages[0])
        if not sources or concept.of(ANY_LANGUAGE):
            return True
        return any(may_stand(term) for term in sources)

    return tuple(tuple(_only(matters, concepts)) for concepts in termbases)


@lru_cache(maxsize=4)
def _reader(language: str) -> Inflection:
    from reviewer.text.inflection import Inflection

    return Inflection(language)


@lru_cache(maxsize=1 << 18)
def _beginnings(language: str, term: str) -> tuple[str, ...] | None:
    """Return how the words of a term begin; None where it is looked for letter by letter."""
    phrase = _reader(language).phrase(term)
    return None if phrase.whole else tuple(token.key[:3] for token in phrase.tokens)


def _only(matters: Callable[[Concept], bool], concepts: Iterable[Concept]) -> Iterator[Concept]:
    return (concept for concept in concepts if matters(concept))


def as_priors(
    termbases: Iterable[Iterable[Concept]], languages: tuple[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the terms of termbases with the renderings that may be used."""
    found: dict[str, dict[str, None]] = {}
    for concept in (c for concepts in termbases for c in concepts):
        good = [t for t in concept.of(languages[1]) if t.status is not TermStatus.DEPRECATED]
        for source in concept.of(languages[0]):
            for target in good:
                found.setdefault(source.text, {})[target.text] = None
    return {source: tuple(targets) for source, targets in found.items()}


def export_terms(
    state: State,
    languages: tuple[str, str],
    out: Path,
    *,
    force: bool = False,
    watch: Watch | None = None,
) -> Exported:
    """Write the project's own termbase in the format of the suffix.

    Raises ExportError, Cancelled.
    """
    from reviewer.formats.termbases import written
    from reviewer.formats.whole_file import write_whole
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.documents.export import Exported

    concepts = [entry.concept for entry in entries(state)]
    if not concepts:
        message = "The project has no terms yet: decisions on terms make its termbase."
        raise ExportError(message)
    data = b"".join(written(concepts, out, languages))
    with (watch or Watch()).writing():
        write_whole(out, data, force=force)
    return Exported(out, len(concepts), 0, made=True)
