"""From an opened project file to its document pairs and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from reviewer.errors import ProjectFileError
from reviewer.review.alignment.columns import Columns
from reviewer.review.alignment.delivered import Delivered
from reviewer.review.alignment.places import held, ord_of, pieces_of, read
from reviewer.review.alignment.subjects import pair_subject
from reviewer.review.decisions.versions import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model import Event
    from reviewer.review.decisions.fold import State
    from reviewer.store import Project, StoredDocument


@dataclass(frozen=True, slots=True)
class PairOfDocuments:
    """A source document, its translation, and the alignment in use.

    Attributes:
        title: what the window calls it: the target's name.
        source_language, target_language: BCP 47 tags, as imported or as the person set them.
    """

    title: str
    source: StoredDocument
    target: StoredDocument
    align_id: bytes
    source_language: str
    target_language: str

    @property
    def documents(self) -> tuple[bytes, bytes]:
        """The ids of both documents."""
        return self.source.doc_id, self.target.doc_id

    @property
    def languages(self) -> tuple[str, str]:
        """The languages of source and target."""
        return self.source_language, self.target_language

    @property
    def export_name(self) -> str:
        """What the corrected translation is called: the target's name, with its own suffix.

        Of what can be given back as text only, with that of a text.
        """
        from reviewer.formats import suffixes_of

        suffix = PurePath(self.title).suffix
        suffixes = suffixes_of(self.target.name, self.target.format)
        if not suffixes or suffix.lower() in suffixes:
            return self.title
        return self.title.removesuffix(suffix) + suffixes[0]


def document_pairs(project: Project, state: State) -> tuple[PairOfDocuments, ...]:
    """Return the document pairs in the order they were added, of each the version that stands.

    Hidden ones are left out. Raises ProjectFileError where there is none.
    """
    every = every_pair(project, state)
    found = tuple(every[ids] for ids in in_order(state, list(every)))
    if not found:
        message = f"“{project.path.name}” holds no documents, only decisions."
        raise ProjectFileError(message)
    return found


def every_pair(project: Project, state: State) -> Mapping[tuple[bytes, bytes], PairOfDocuments]:
    """Return all document pairs by their documents' ids, earlier versions too."""
    documents = {document.doc_id: document for document in project.documents}
    hidden = {str(state.content(event).get("doc_id")) for event in state.listed("doc.hide")}
    chosen: dict[tuple[bytes, bytes], bytes] = {}
    for alignment in project.alignments:
        # The one that was imported stands until a person takes another into use.
        chosen.setdefault((alignment.source_doc, alignment.target_doc), alignment.align_id)
    by_id = {alignment.align_id.hex(): alignment for alignment in project.alignments}
    for event in state.listed("align.use"):
        used = by_id.get(str(state.content(event).get("align_id")))
        if used is not None:
            chosen[used.source_doc, used.target_doc] = used.align_id
    found = {}
    for (source_id, target_id), align_id in chosen.items():
        if source_id not in documents or target_id not in documents or target_id.hex() in hidden:
            continue
        source, target = documents[source_id], documents[target_id]
        found[source_id, target_id] = PairOfDocuments(
            target.name,
            source,
            target,
            align_id,
            _language(state, source),
            _language(state, target),
        )
    return found


def misses_alignment(project: Project, state: State) -> bool:
    """Return whether an alignment was taken into use that the file does not hold.

    A large alignment made anew travels in the project file and in the outbox of who made it: its
    decision may come in an exported log or in a review without documents, which have no beads.
    """
    held_here = {alignment.align_id.hex() for alignment in project.alignments}
    documents = {document.doc_id.hex() for document in project.documents}
    used = map(state.content, state.listed("align.use"))
    return any(
        content.get("align_id") not in held_here
        for content in used
        if _named(content) <= documents
    )


def absent_titles(project: Project, state: State) -> tuple[str, ...]:
    """Return the titles of document pairs that were added elsewhere and that the file lacks.

    Decisions may arrive before the documents that they are about, or without them.
    """
    documents = {document.doc_id.hex() for document in project.documents}
    hidden = {str(state.content(event).get("doc_id")) for event in state.listed("doc.hide")}
    added = map(state.content, state.listed("align.add"))
    absent = (
        content.get("title")
        for content in added
        if not _named(content) <= documents and not _named(content) & hidden
    )
    return tuple(dict.fromkeys(title for title in absent if isinstance(title, str)))


def _named(content: Mapping[str, Any]) -> set[str]:
    """Return the ids of the documents that an event on an alignment names."""
    return {str(content.get(side)) for side in ("source", "target")}


def is_about(
    project: Project, pair: PairOfDocuments, event: Event, content: Mapping[str, Any]
) -> bool:
    """Return whether an event is about a text of a document pair, told by its anchor."""
    place = read(content.get("anchor"))
    if place is None:
        return False
    sides = []
    for document, ranges in ((pair.source, place.source), (pair.target, place.target)):
        first, last = ord_of(ranges[0][0]), ord_of(ranges[-1][1])
        if last > document.segment_count:
            return False
        found = project.segments(document.doc_id, first, last - first + 1)
        by_ord = {segment.ord: segment for segment in found}
        if any(ord_ not in by_ord for a, b in held(ranges) for ord_ in (ord_of(a), ord_of(b - 1))):
            return False
        sides.append(tuple(pieces_of(ranges, by_ord)))
    subject = pair_subject(pair.source.doc_id, sides[0], pair.target.doc_id, sides[1])
    return subject == event.subject


def language_key(document: StoredDocument) -> str:
    """Return the key of the setting that holds a document's language."""
    return f"language:{document.doc_id.hex()}"


def _language(state: State, document: StoredDocument) -> str:
    register = state.register("setting", language_key(document))
    value = state.content(register.chosen).get("value") if register else None
    return value if isinstance(value, str) and value else document.language


MEMORIES = "memories"
"""Key of the setting that names the translation memories of a project, first the most trusted."""
_MOST_MEMORIES = 50
_LONGEST_PATH = 4096


def memories_of(state: State) -> tuple[str, ...]:
    """Return the paths of a project's memories, as somebody wrote them: not to be opened as is.

    See `knowledge.usable_memories`.
    """
    register = state.register("setting", MEMORIES)
    value = state.content(register.chosen).get("value") if register else None
    paths = value[:_MOST_MEMORIES] if isinstance(value, list) else []
    return tuple(p for p in paths if isinstance(p, str) and 0 < len(p) <= _LONGEST_PATH)


def columns(project: Project, pair: PairOfDocuments, state: State) -> Columns:
    """Read the segments and beads of a document pair and apply what people changed."""
    delivered = Delivered(
        pair.source.doc_id,
        pair.target.doc_id,
        pair.align_id,
        project.texts(pair.source.doc_id),
        project.texts(pair.target.doc_id),
        project.beads(pair.align_id),
        pair.source.is_bilingual and pair.target.is_bilingual,
    )
    return Columns(delivered, state)


def checks_off(state: State) -> frozenset[str]:
    """Return the ids of the checks that a person switched off in this project."""
    return frozenset(
        key[1].removeprefix("check:")
        for key, register in state.registers("setting")
        if key[1].startswith("check:") and state.content(register.chosen).get("value") is False
    )


def checks_on(state: State) -> frozenset[str]:
    """Return the ids of the checks that a person switched on in this project."""
    return frozenset(
        key[1].removeprefix("check:")
        for key, register in state.registers("setting")
        if key[1].startswith("check:") and state.content(register.chosen).get("value") is True
    )
