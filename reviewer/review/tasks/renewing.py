"""A new version of a text under review: read, aligned, put in the place of the old one."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.errors import EncodingError, FormatError
from reviewer.formats.keyed import WITH
from reviewer.model import SURE, Bead, Document, Origin, Side
from reviewer.review.alignment.columns import Columns
from reviewer.review.alignment.delivered import Delivered
from reviewer.review.alignment.places import held, offset_of, ord_of
from reviewer.review.checking.pipeline import Column, Reading, Watch, align_columns, read_column
from reviewer.review.decisions import versions
from reviewer.review.decisions.carrying import Carried, carry_from_all, sides_of, taken
from reviewer.review.decisions.earlier import earlier_columns, left_of
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import columns, every_pair
from reviewer.review.documents.bilingual import RECIPE, keyed_columns, read_both, unit_beads
from reviewer.review.documents.importing import (
    ImportRequest,
    knowledge_for,
    refuse_alike,
    uncollected,
)
from reviewer.review.saving import Unsaved
from reviewer.store.sealing import Clock, Sealer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Draft
    from reviewer.review.decisions.carrying import Proposal
    from reviewer.review.decisions.counterparts import Counterparts
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.session import Review


@dataclass(frozen=True, slots=True)
class VersionRequest:
    """Read a new version of one side of a document pair, or of a file that holds both.

    Attributes:
        align_id: of the alignment that is in use; with `unsaved`, what the file may not hold yet.
        side: which text it is; says nothing of a bilingual file.
        reviewer: 16 bytes.
        known_memories: as `ImportRequest` has them.
        encoder: folder of a sentence encoder; None for none.
    """

    project: Path
    align_id: bytes
    side: Side
    file: Reading
    reviewer: bytes
    unsaved: Unsaved | None = None
    known_memories: frozenset[str] = frozenset()
    encoder: Path | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A new version lies in the project, waiting to be taken.

    Attributes:
        was, now: ids of source and target of both pairs.
        notes: what the person may want to know, one sentence each.
        prepared: what becomes of the decisions that were there, worked out with the reading.
    """

    was: versions.Ids
    now: versions.Ids
    notes: tuple[str, ...] = ()
    prepared: Prepared | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What becomes of the decisions, as long as no other is there.

    Attributes:
        known: of the events that it was worked out from (`_known`).
        drafts: what is recorded.
        carried: what is told of it.
    """

    known: bytes
    drafts: tuple[Draft, ...]
    carried: Carried


def read_version(request: VersionRequest, watch: Watch, *, prepare: bool = False) -> Version:
    """Bring a new version into the project, unseen as yet; raises ReviewerError, Cancelled.

    What a person made or confirmed, and what is sure, stays together where its texts stand.
    `prepare` has what becomes of the decisions worked out too, away from the window.
    """
    with uncollected(), closing(store.open_project(request.project, check="none")) as project:
        state = _state_of(project, request)
        every = every_pair(project, state)
        pair = next(each for each in every.values() if each.align_id == request.align_id)
        watch.step("Reading", 0, 2, request.file.path.name)
        source, target = _both(project, pair, request, watch)
        old = columns(project, pair, state)
    bilingual = pair.source.is_bilingual and pair.target.is_bilingual
    notes: tuple[str, ...] = ()
    if bilingual:
        beads = unit_beads(source, target, watch)
    else:
        beads, notes = _aligned(request, old, source, target, watch)
    watch.step("Writing", 0, 1)
    imported = store.ImportedPair(
        source.document,
        source.segments,
        target.document,
        target.segments,
        beads,
        RECIPE if bilingual else {},
        bilingual,
        pair.documents,
    )
    with watch.writing():
        align_id = store.add_pair(
            request.project, imported, reviewer=request.reviewer, check=watch.check
        )
    told = (*source.notes, *target.notes, *notes)
    with closing(store.open_project(request.project, check="none")) as project:
        stored = next(each for each in project.alignments if each.align_id == align_id)
        now = stored.source_doc, stored.target_doc
        version = Version(pair.documents, now, told)
        if not prepare:
            return version
        state = _state_of(project, request)
        return replace(version, prepared=_prepared(project, state, version, request.reviewer))


def _state_of(project: store.Project, request: VersionRequest) -> State:
    """Return what stands, with what was decided and is not in the file yet."""
    unsaved = request.unsaved or Unsaved()
    for alignment in unsaved.alignments:
        project.note(alignment)
    return State([*project.events(), *unsaved.events], viewer=request.reviewer)


def _prepared(project: store.Project, state: State, version: Version, reviewer: bytes) -> Prepared:
    """Work out what `take_version` would record and tell."""
    known = _known(state)
    drafts, carried = _worked_out(project, state, version)
    # As if it had been recorded: what would be left then?
    for event in Sealer(reviewer, Clock()).seal(drafts):
        state.add(event)
    every = every_pair(project, state)
    before = earlier_columns(project, state, version.now)
    left = left_of(state, before, columns(project, every[version.now], state))
    carried.proposals, carried.gone = left.proposals, left.gone
    return Prepared(known, drafts, carried)


def _worked_out(
    project: store.Project, state: State, version: Version
) -> tuple[tuple[Draft, ...], Carried]:
    """Return what is recorded where a new version is taken, and what becomes of the decisions."""
    every = every_pair(project, state)
    was, now = every[version.was], every[version.now]
    earlier = [
        columns(project, was, state),
        *earlier_columns(project, state, version.was),
    ]
    carried = carry_from_all(state, earlier, columns(project, now, state))
    drafts = versions.version_drafts(was, now, carried.taken_over)
    again = (each.draft for each in carried.again)
    return (*drafts, *again, *carried.drafts), carried


def _known(state: State) -> bytes:
    """Return a digest of all events that are there."""
    digest = blake2b(digest_size=16)
    for hash_ in sorted(event.hash for event in state.events()):
        digest.update(hash_)
    return digest.digest()


def _both(
    project: store.Project, pair: PairOfDocuments, request: VersionRequest, watch: Watch
) -> tuple[Column, Column]:
    """Return the two columns of the new version; one of two files is what it was."""
    documents = pair.source, pair.target
    tags = pair.source_language, pair.target_language
    if pair.source.is_bilingual and WITH not in pair.target.recipe:
        numbers = pair.source.recipe.get("columns") or (None, None)
        readings = [
            replace(request.file, language=tag, column=number)
            for tag, number in zip(tags, numbers, strict=True)
        ]
        found = read_both(readings[0], readings[1], watch)
        _refuse_same(project, pair.source, found[0])
        return found
    if WITH in pair.target.recipe:
        return _by_key(project, documents, tags, request, watch)
    sides = []
    for side, document, tag in zip(Side, documents, tags, strict=True):
        if side is request.side:
            column = _read_as(request.file, document, tag)
            _refuse_same(project, document, column)
        else:
            column = _stored(project, document, tag)
        sides.append(column)
    if sides[0].document.original == sides[1].document.original:
        message = f"“{request.file.path.name}” is the text of the other side."
        raise FormatError(message)
    return sides[0], sides[1]


def _by_key(
    project: store.Project,
    documents: tuple[store.StoredDocument, store.StoredDocument],
    tags: tuple[str, str],
    request: VersionRequest,
    watch: Watch,
) -> tuple[Column, Column]:
    """Return both columns of two resource files, one of them a new version, by their keys."""
    from reviewer.formats import file_bytes, read_keyed_bytes

    new = request.file
    names = [document.name for document in documents]
    files = [project.original(document.doc_id) for document in documents]
    options = [{"encoding": document.recipe.get("encoding")} for document in documents]
    readings = [
        Reading(Path(document.name), language=tag)
        for document, tag in zip(documents, tags, strict=True)
    ]
    at = list(Side).index(request.side)
    names[at], files[at], options[at] = new.path.name, file_bytes(new.path), {}
    readings[at] = replace(new, language=tags[at])
    if new.encoding:
        options[at] = {"encoding": new.encoding}
    format_, both, content = read_keyed_bytes(
        (names[0], names[1]), (files[0], files[1]), (options[0], options[1])
    )
    found = keyed_columns((readings[0], readings[1]), format_.name, both, content, watch)
    _refuse_same(project, documents[at], found[at])
    return refuse_alike(*found)


def _read_as(file: Reading, document: store.StoredDocument, tag: str) -> Column:
    """Read a new version as the one before was read, where the file does not say otherwise."""
    told = (document.recipe.get(key) for key in ("lines", "encoding"))
    lines, encoding = (each if isinstance(each, str) else None for each in told)
    file = replace(file, language=tag, lines=file.lines or lines)
    try:
        return _with_text(read_column(file))
    except EncodingError as error:
        if file.encoding or encoding is None:
            raise
        with suppress(EncodingError):
            return _with_text(read_column(replace(file, encoding=encoding)))
        raise error from None


def _with_text(column: Column) -> Column:
    """Return a column; raises FormatError for one of blanks: no decision would have a text."""
    if not column.segments:
        message = f"“{column.document.name}” holds no text."
        raise FormatError(message)
    return column


def _refuse_same(project: store.Project, document: store.StoredDocument, read: Column) -> None:
    if project.original(document.doc_id) == read.document.original:
        message = f"“{read.document.name}” is the version that the project has already."
        raise FormatError(message)


def _stored(project: store.Project, document: store.StoredDocument, tag: str) -> Column:
    """Return a side that stays, as it was read; its language as the person says."""
    original = project.original(document.doc_id)
    read = Document(document.name, document.format, tag, (), original, document.recipe)
    return Column(read, tuple(project.segments(document.doc_id)), sure=True)


def _aligned(
    request: VersionRequest, old: Columns, source: Column, target: Column, watch: Watch
) -> tuple[tuple[Bead, ...], tuple[str, ...]]:
    files = {Side.SOURCE: source, Side.TARGET: target}
    readings = [request.file, request.file]
    asked = ImportRequest(
        readings[0],
        readings[1],
        request.project,
        request.reviewer,
        add=True,
        known_memories=request.known_memories,
        encoder=request.encoder,
    )
    knowledge = knowledge_for(asked, source, target, watch)
    sides = sides_of(old, Columns(_delivered_of(old, files), State()))
    alignment = align_columns(
        source,
        target,
        lexicon=knowledge.lexicon,
        anchors=anchors(old, sides),
        witnesses=knowledge.witnesses,
        progress=lambda done, total: watch.tell("Aligning", done, total),
        cancelled=watch.cancelled,
    )
    alone = _translated_alone(old, sides[Side.SOURCE])
    return tuple(apart(alignment.beads, alone)), knowledge.notes


def _delivered_of(old: Columns, files: Mapping[Side, Column]) -> Delivered:
    """Return the new texts without pairs; a side that is a new version has another id."""
    ids = {}
    for side, column in files.items():
        before = [segment.text for segment in old.delivered.segments(side)]
        same = before == [segment.text for segment in column.segments]
        ids[side] = old.delivered.document(side) if same else b""
    texts = files[Side.SOURCE].segments, files[Side.TARGET].segments
    return Delivered(ids[Side.SOURCE], ids[Side.TARGET], b"", *texts, ())


def anchors(old: Columns, sides: Mapping[Side, Counterparts]) -> list[Bead]:
    """Return the pairs that stay what they are, as their texts do.

    Beside what changed only those that are sure, or that a person made or confirmed: a sentence
    may have come that belongs to one of the others. Of those that cross, the most that do not.
    """
    found = []
    for number in range(len(old)):
        ranges = [_whole(old, side, number, sides[side]) for side in Side]
        if ranges[0] is None or ranges[1] is None:
            continue
        manual = old.beads[number].origin is Origin.MANUAL
        sure = manual or old.confidence(number) >= SURE or old.is_confirmed(number)
        if sure or all(_is_among_the_same(old, side, number, sides[side]) for side in Side):
            found.append(Bead(*ranges[0], *ranges[1]))
    return _rising(found)


def _is_among_the_same(old: Columns, side: Side, number: int, sides: Counterparts) -> bool:
    """Return whether the sentences around a pair are the same as before, too."""
    first, end = map(ord_of, old.place(number).side(side)[0])
    new = [sides.equal[first] - 1, sides.equal[end - 1] + 1]
    before = sides.equal.get(first - 1) if first else -1
    is_last = end == len(old.delivered.segments(side))
    after = len(sides.texts) if is_last else sides.equal.get(end)
    return [before, after] == new


def _whole(old: Columns, side: Side, number: int, sides: Counterparts) -> tuple[int, int] | None:
    """Return the run of new sentences that is a side of a pair now; None where there is none."""
    ranges = held(old.place(number).side(side))
    if len(ranges) != 1 or any(map(offset_of, ranges[0])):
        return None
    ords = [sides.equal.get(old_) for old_ in range(*map(ord_of, ranges[0]))]
    first = ords[0]
    if first is None or ords != list(range(first, first + len(ords))):
        return None
    return first, first + len(ords)


def _translated_alone(old: Columns, sides: Counterparts) -> frozenset[int]:
    """Return the new `ord`s of the source sentences without a target that a person translated."""
    found = set()
    for number in range(len(old)):
        if not old.place(number).holds(Side.TARGET):
            pieces = old.pieces(Side.SOURCE, number)
            found |= {sides.equal.get(piece.ord) for piece in pieces if old.added(piece)}
    return frozenset(ord_ for ord_ in found if ord_ is not None)


def apart(beads: Iterable[Bead], alone: Collection[int]) -> Iterator[Bead]:
    """Yield beads without what is to stand alone at the ends of their sources."""
    for bead in beads:
        s0, s1, t0, t1 = bead.source_start, bead.source_end, bead.target_start, bead.target_end
        while t0 < t1 and s1 - s0 > 1 and s0 in alone:
            yield Bead(s0, s0 + 1, t0, t0)
            s0 += 1
        last = s1
        while t0 < t1 and s1 - s0 > 1 and s1 - 1 in alone:
            s1 -= 1
        yield replace(bead, source_start=s0, source_end=s1)
        yield from (Bead(s, s + 1, t1, t1) for s in range(s1, last))


def _rising(beads: Sequence[Bead]) -> list[Bead]:
    from reviewer.review.alignment.places import rising, whole

    by_place = {whole(bead): bead for bead in beads}
    return [by_place[place] for place in rising(by_place)]


# In the open review


def take_version(review: Review, version: Version) -> Carried:
    """Put a new version in the place of the pair it is one of, as one gesture.

    Return what became of the decisions; `proposals` and `gone` wait for the person.
    """
    review.learn_documents()
    prepared = version.prepared
    if prepared is not None and prepared.known == _known(review.state):
        review.record(prepared.drafts, None)
        return prepared.carried
    drafts, carried = _worked_out(review.project, review.state, version)
    review.record(drafts, None)
    left = left_behind(review)
    carried.proposals, carried.gone = left.proposals, left.gone
    return carried


def left_behind(review: Review) -> Carried:
    """Return what becomes of what is still left of earlier versions of the open pair."""
    before = earlier_columns(review.project, review.state, review.pair_of_documents.documents)
    return left_of(review.state, before, review.columns)


def take_proposals(review: Review, chosen: Sequence[Proposal]) -> None:
    """Say chosen decisions again of the texts of the new version, as one gesture."""
    review.record(taken(chosen), None)
