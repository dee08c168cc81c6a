"""The page where a person left a large project, to be shown at once while the file is checked.

When a project is closed that was checked to the last hash, it is noted in the cache folder which
rows were in view, which decisions they stand on, and how far the log was known: numbers and
hashes, no text. When it is opened again, here or as a copy from elsewhere, the rows are read by
their numbers, each verified alone (`store.Piecewise`), and so is every decision that came since.
Of a project of known documents that has no note, all decisions are read, where they are few.
Where some could have moved the rows, nothing is shown before the whole file is checked.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reviewer import paths, store
from reviewer.errors import ReviewerError
from reviewer.model import Bead, Doubt, Side
from reviewer.review.alignment.columns import Columns
from reviewer.review.alignment.delivered import Delivered
from reviewer.review.alignment.places import position, read
from reviewer.review.alignment.subjects import Piece, hashes_in, segment_subject
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.registers import INDEPENDENT
from reviewer.review.decisions.rows import Row, verdict_on
from reviewer.review.tasks.large import is_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.model import Event, Pair
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.decisions.registers import Key
    from reviewer.review.session import Review
    from reviewer.settings import Settings

_log = logging.getLogger(__name__)
_BEFORE, _BEHIND = 20, 40
"""Rows that are shown before and behind the current one."""
_MOST_KEPT = 20
"""Projects of which the last page is known."""
_MOST_NEW = 5_000
"""Decisions that came since which are looked at; of more, the whole check is waited for."""
_LARGEST = 8 << 20
"""Bytes of a note."""
_MOVING = frozenset({"align.edit", "align.use", "doc.hide", "doc.version", "setting", "retract"})
"""Kinds of decisions that may put other rows in the place of these."""


@dataclass(frozen=True, slots=True)
class LastPage:
    """Some rows of a project as they stood when it was closed.

    Attributes:
        pairs, rows: with the numbers that they have in the document.
        languages: BCP 47 tags of source and target.
        current: number of the pair where the person was.
    """

    pairs: tuple[Pair, ...]
    rows: tuple[Row, ...]
    languages: tuple[str, str]
    current: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Which rows are on a page, and what they are read from; has no text of the document.

    Attributes:
        viewer: the reviewer who was there, 16 bytes.
        documents: ids of source and target.
        beads: delivered ones, first and how many.
        number: of the first row.
        rows: how many there are.
        current: number of the pair where the person was.
        events: names of the decisions that the rows stand on.
        sessions: how far the log was known.
    """

    project_id: str
    viewer: bytes
    documents: tuple[bytes, bytes]
    align_id: bytes
    languages: tuple[str, str]
    bilingual: bool
    beads: tuple[int, int]
    number: int
    rows: int
    current: int
    events: tuple[tuple[bytes, int, bytes], ...]
    sessions: Mapping[bytes, store.Reach]


def noted(review: Review, current: int) -> Noted | None:
    """Return what is to be kept of the page around a pair of a large project.

    None for a small one, and where the page cannot be read alone.
    """
    if not is_large(review.path):
        return None
    columns, documents = review.columns, review.pair_of_documents
    first, last = max(0, current - _BEFORE), min(len(columns), current + _BEHIND) - 1
    while first < last and columns.beads.delivered(first) is None:
        first += 1
    while first < last and columns.beads.delivered(last) is None:
        last -= 1
    if not first <= current <= last:
        return None
    start, end = columns.beads.key(first), columns.beads.key(last)
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    stored = columns.delivered.beads
    # What the file holds in no bead got one of its own: the file counts otherwise then.
    if any(stored[at] != columns.beads.delivered(n) for at, n in ((start, first), (end, last))):
        return None
    return Noted(
        review.project.project_id,
        review.state.viewer or b"",
        documents.documents,
        documents.align_id,
        (documents.source_language, documents.target_language),
        columns.delivered.bilingual,
        (start, end - start + 1),
        first,
        last - first + 1,
        current,
        _names(review, range(first, last + 1)),
        _sessions(review),
    )


def _names(review: Review, numbers: range) -> tuple[tuple[bytes, int, bytes], ...]:
    """Return the decisions that the texts and verdicts of some pairs stand on, and their undos."""
    columns, state = review.columns, review.state
    keys = dict.fromkeys(_registers(columns, state, numbers))
    found = list(state.members((INDEPENDENT, *keys)))
    found += (
        event
        for event in state.listed("align.edit")
        if any(number in numbers for number in columns.rows_about(event, state.content(event)))
    )
    found += state.retracts_of(event.hash for event in found)
    return tuple(sorted({(event.session, event.seq, event.hash) for event in found}))


def _registers(columns: Columns, state: State, numbers: range) -> Iterator[Key]:
    yield INDEPENDENT
    for number in numbers:
        yield "verdict", columns.subject(number).hex()
        for kind, side in (("edit", Side.TARGET), ("insert", Side.SOURCE)):
            document = columns.delivered.document(side)
            for piece in columns.pieces(side, number):
                size = len(columns.delivered.segments(side)[piece.ord].text)
                yield kind, segment_subject(document, Piece(piece.ord, 0, size)).hex()
                yield from state.ranged(kind, piece.ord)


def _sessions(review: Review) -> Mapping[bytes, store.Reach]:
    """Return how far the log is known: as it was read, and what came since."""
    known = review.project.seen.sessions
    came: dict[bytes, set[int]] = {}
    for event in review.state.not_indexed():
        if event.session not in known or event.seq > known[event.session].highest:
            came.setdefault(event.session, set()).add(event.seq)
    found = dict(known)
    for session, seqs in came.items():
        before = known.get(session, store.Reach(0, 0))
        found[session] = store.Reach(before.count + len(seqs), max(seqs))
    return found


def _page(
    columns: Columns,
    state: State,
    numbers: range,
    first: int,
    languages: tuple[str, str],
    current: int,
) -> LastPage:
    """Return some pairs of columns, numbered from `first`."""
    pairs, rows = [], []
    for number, place in enumerate(numbers, first):
        pair = columns.pair(place)
        verdict, changed = verdict_on(state, columns, place)
        edited = pair.target_text != columns.delivered_text(place)
        doubt = Doubt.of(columns.confidence(place))
        pairs.append(replace(pair, number=number))
        rows.append(Row(number, verdict, changed, edited, 0, (), (), doubt, locked=pair.is_locked))
    return LastPage(tuple(pairs), tuple(rows), languages, current)


# The note


def keep(page: Noted) -> None:
    """Keep the note of a project that was closed; all that was decided in it is written."""
    try:
        text = json.dumps(_written(page)).encode()
        if len(text) > _LARGEST:
            return
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        _file_of(page.project_id).write_bytes(_hash(text) + b"\n" + text)
        for old in sorted(folder.iterdir(), key=os.path.getmtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        _log.info("the last page is not kept: %s", type(error).__name__)


def _folder() -> Path:
    return paths.cache_folder() / "last-pages"


def _file_of(project_id: str) -> Path:
    return _folder() / f"{project_id}.json"


def _hash(text: bytes) -> bytes:
    return blake2b(text, digest_size=32).hexdigest().encode()


def _written(page: Noted) -> dict[str, object]:
    plain = ("project_id", "languages", "bilingual", "beads", "number", "rows", "current")
    return {name: getattr(page, name) for name in plain} | {
        "viewer": page.viewer.hex(),
        "documents": [id_.hex() for id_ in page.documents],
        "align_id": page.align_id.hex(),
        "events": [[session.hex(), seq, hash_.hex()] for session, seq, hash_ in page.events],
        "sessions": {s.hex(): [reach.count, reach.highest] for s, reach in page.sessions.items()},
    }


def _note_of(project_id: str) -> Noted | None:
    """Return the note of a project; None where there is none, or where it is in doubt."""
    try:
        with _file_of(project_id).open("rb") as file:
            hash_, _, text = file.read(_LARGEST + 100).partition(b"\n")
    except OSError:
        return None
    said: Mapping[str, Any] = json.loads(text) if _hash(text) == hash_ else {}
    if said.get("project_id") != project_id:
        return None
    source, target = map(bytes.fromhex, said["documents"])
    beads, languages = said["beads"], said["languages"]
    return Noted(
        project_id,
        bytes.fromhex(said["viewer"]),
        (source, target),
        bytes.fromhex(said["align_id"]),
        (str(languages[0]), str(languages[1])),
        bool(said["bilingual"]),
        (int(beads[0]), int(beads[1])),
        int(said["number"]),
        int(said["rows"]),
        int(said["current"]),
        tuple((bytes.fromhex(s), int(n), bytes.fromhex(h)) for s, n, h in said["events"]),
        {bytes.fromhex(s): store.Reach(*map(int, r)) for s, r in said["sessions"].items()},
    )


# The page


def last_page(path: Path, settings: Settings) -> LastPage | None:
    """Return the page where the person left a project, if all of it can be verified at once."""
    viewer = bytes.fromhex(settings.reviewer_id)
    with (
        suppress(ReviewerError, OSError, ValueError, TypeError, LookupError),
        store.open_piecewise(path) as project,
    ):
        kept, viewer = _note_of(project.project_id), bytes.fromhex(settings.reviewer_id)
        if kept is None or kept.viewer != viewer:
            state = State(project.events_beyond({}, _MOST_NEW), viewer=viewer)
            came = list(state.not_indexed())
            kept = _unnoted(project, state, settings.place_in(project.project_id), viewer)
        else:
            came = project.events_beyond(kept.sessions, _MOST_NEW)
            state = State((*project.named_events(kept.events), *came), viewer=viewer)
        beads = project.some_beads(kept.align_id, *kept.beads)
        if not any(_moves(state, event, kept, beads[-1]) for event in came):
            return _read_page(project, kept, state, beads)
    return None


def _unnoted(
    project: store.Piecewise, state: State, place: tuple[int, int], viewer: bytes
) -> Noted:
    """Return what would be noted of the page around a pair, of a log that is known as a whole.

    Raises ProjectFileError, and LookupError where no event tells what the page is made of.
    """
    from reviewer.review.decisions.project import document_pairs

    document, current = place
    pair = document_pairs(project, state)[document]
    for each in (pair.source, pair.target):
        if not store.was_added(each, state.listed("doc.add")):
            raise LookupError(each.doc_id)
    used = map(state.content, state.listed("align.use"))
    if not any(_names_pair(content, pair) for content in used):
        raise LookupError(pair.align_id)
    count = project.bead_count(pair.align_id)
    current = min(current, count - 1)
    first, last = max(0, current - _BEFORE), min(count, current + _BEHIND)
    return Noted(
        project.project_id,
        viewer,
        pair.documents,
        pair.align_id,
        (pair.source_language, pair.target_language),
        pair.source.is_bilingual and pair.target.is_bilingual,
        (first, last - first),
        first,
        last - first,
        current,
        (),
        {},
    )


def _names_pair(content: Mapping[str, Any], pair: PairOfDocuments) -> bool:
    """Return whether an event names the alignment and the documents of a pair."""
    source, target = (id_.hex() for id_ in pair.documents)
    said = content.get("align_id"), content.get("source"), content.get("target")
    return said == (pair.align_id.hex(), source, target)


def _moves(state: State, event: Event, kept: Noted, last: Bead) -> bool:
    """Return whether a decision may have put other rows in the place of those of a page.

    `last` is the last bead of the page.
    """
    content = state.content(event)
    if event.kind == "align.edit":
        ours = content.get("align_id") == kept.align_id.hex()
        return ours and any(_reaches(entry, last) for entry in _entries(content))
    if not kept.sessions:
        return False  # known as a whole, and followed already
    if event.kind == "align.use":
        sides = {content.get("source"), content.get("target")}
        return sides == {id_.hex() for id_ in kept.documents}
    if event.kind == "setting":
        # Whose decisions are shown hangs on whether reviewers are independent.
        key = str(content.get("key"))
        return key.startswith("language:") or key == INDEPENDENT[1]
    if event.kind == "retract":
        # Of what it takes back nothing is known but the hash, unless it is here.
        taken = map(state.event, hashes_in(content.get("of")))
        return any(each is None or each.kind in _MOVING for each in taken)
    return event.kind in _MOVING


def _entries(content: Mapping[str, Any]) -> Iterator[object]:
    for what in ("remove", "add"):
        yield from content.get(what) or ()


def _reaches(entry: object, last: Bead) -> bool:
    """Return whether a pair of an alignment edit begins before the end of a bead."""
    place = read(entry)
    return place is None or (
        place.source[0][0] < position(last.source_end)
        or place.target[0][0] < position(last.target_end)
    )


def _read_page(
    project: store.Piecewise, kept: Noted, state: State, beads: Sequence[Bead]
) -> LastPage:
    """Read the rows of a page as they stand with these decisions; raises ProjectFileError."""
    source, target = (project.texts(id_) for id_ in kept.documents)
    before = Bead(0, beads[0].source_start, 0, beads[0].target_start)
    behind = Bead(beads[-1].source_end, len(source), beads[-1].target_end, len(target))
    around = [bead for bead in (before, behind) if _holds(bead)]
    skipped = int(_holds(before))
    # All that is not on the page is one bead before and one behind it, which nobody asks for.
    table = [*around[:skipped], *beads, *around[skipped:]]
    ids = (*kept.documents, kept.align_id)
    columns = Columns(Delivered(*ids, source, target, table, kept.bilingual), state)
    numbers = range(skipped, skipped + kept.rows)
    return _page(columns, state, numbers, kept.number, kept.languages, kept.current)


def _holds(bead: Bead) -> bool:
    return bead.source_start < bead.source_end or bead.target_start < bead.target_end
