"""The page where a person left a large project, to be shown at once while the file is checked.

When a project is closed that was checked to the last hash, it is noted in the cache folder which
rows were in view, which decisions they stand on, and one hash over all that they show: numbers
and hashes, no text. As long as the file is as it was, the rows are read from it again by their
numbers, and shown where the hash is the same: nothing is shown that was not verified.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reviewer import paths, store
from reviewer.errors import ReviewerError
from reviewer.model import Bead, Doubt, Side
from reviewer.review.columns import Columns, Delivered
from reviewer.review.fold import State
from reviewer.review.opening import is_large
from reviewer.review.rows import Row, verdict_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reviewer.model import Event, Pair
    from reviewer.review.session import Review

_log = logging.getLogger(__name__)
_BEFORE, _BEHIND = 20, 40
"""Rows that are shown before and behind the current one."""
_MOST_KEPT = 20
"""Projects of which the last page is known."""


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
        documents: ids of source and target.
        beads: delivered ones, first and how many.
        number: of the first row.
        rows: how many there are.
        current: number of the pair where the person was.
        events: names of the decisions that the rows stand on.
        count: how many events the file holds.
        digest: over everything that the rows show.
    """

    documents: tuple[bytes, bytes]
    align_id: bytes
    languages: tuple[str, str]
    bilingual: bool
    beads: tuple[int, int]
    number: int
    rows: int
    current: int
    events: tuple[tuple[bytes, int, bytes], ...]
    count: int
    digest: bytes


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
    numbers = range(first, last + 1)
    languages = documents.source_language, documents.target_language
    page = _page(columns, review.state, numbers, first, languages, current)
    return Noted(
        documents.documents,
        documents.align_id,
        languages,
        columns.delivered.bilingual,
        (start, end - start + 1),
        first,
        len(numbers),
        current,
        tuple(sorted({(e.session, e.seq, e.hash) for e in _events(review, numbers)})),
        len(review.state),
        _digest(page),
    )


def _events(review: Review, numbers: range) -> Iterator[Event]:
    """Yield the decisions that the texts and verdicts of some pairs stand on."""
    columns, state = review.columns, review.state
    for number in numbers:
        register = state.register("verdict", columns.subject(number).hex())
        if register is not None:
            yield register.chosen
        for kind, side in (("edit", Side.TARGET), ("insert", Side.SOURCE)):
            for piece in columns.pieces(side, number):
                yield from (said.event for said in columns.said(kind, side, piece.ord))
    for event in state.listed("align.edit"):
        if any(number in numbers for number in columns.rows_about(event, state.content(event))):
            yield event


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


def _digest(page: LastPage) -> bytes:
    """Return a hash over everything that a page shows."""
    shown = [
        (
            [(s.text, [asdict(code) for code in s.codes]) for s in (*pair.source, *pair.target)],
            (len(pair.source), pair.confidence, row.verdict.value, row.doubt.name),
            (row.changed, row.edited, row.locked),
        )
        for pair, row in zip(page.pairs, page.rows, strict=True)
    ]
    written = json.dumps([shown, page.languages, page.current], default=str)
    return blake2b(written.encode(), digest_size=32, person=b"last page").digest()


# The note


def keep(path: Path, page: Noted) -> None:
    """Keep the note of a project that was closed, unless it holds what nobody checked."""
    try:
        mark = store.mark(path)
        if store.count_events(path) != page.count or store.mark(path) != mark:
            return
        text = json.dumps(_written(page, mark))
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        _file_of(path).write_text(text, "utf-8")
        for old in sorted(folder.glob("*.json"), key=os.path.getmtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except (ReviewerError, OSError) as error:
        _log.info("the last page is not kept: %s", type(error).__name__)


def _folder() -> Path:
    return paths.cache_folder() / "last-pages"


def _file_of(path: Path) -> Path:
    name = blake2b(os.fsencode(path.absolute()), digest_size=16).hexdigest()
    return _folder() / f"{name}.json"


def _written(page: Noted, mark: store.Mark) -> dict[str, object]:
    return asdict(page) | {
        "mark": [*asdict(mark.stamp).values(), mark.changes],
        "documents": [id_.hex() for id_ in page.documents],
        "align_id": page.align_id.hex(),
        "events": [[session.hex(), seq, hash_.hex()] for session, seq, hash_ in page.events],
        "digest": page.digest.hex(),
    }


def _read(said: Mapping[str, Any]) -> tuple[Noted, store.Mark]:
    """Return a note and its mark; raises ValueError, TypeError, LookupError for another text."""
    *stamp, changes = map(int, said["mark"])
    source, target = map(bytes.fromhex, said["documents"])
    beads, languages = said["beads"], said["languages"]
    page = Noted(
        (source, target),
        bytes.fromhex(said["align_id"]),
        (str(languages[0]), str(languages[1])),
        bool(said["bilingual"]),
        (int(beads[0]), int(beads[1])),
        int(said["number"]),
        int(said["rows"]),
        int(said["current"]),
        tuple((bytes.fromhex(s), int(n), bytes.fromhex(h)) for s, n, h in said["events"]),
        int(said["count"]),
        bytes.fromhex(said["digest"]),
    )
    return page, store.Mark(store.Stamp(*stamp), changes)


def last_page(path: Path) -> LastPage | None:
    """Return the page where the person left a project, if the file is as it was then."""
    with suppress(ReviewerError, OSError, ValueError, TypeError, LookupError):
        kept, mark = _read(json.loads(_file_of(path).read_text("utf-8")))
        with store.open_unchanged(path, mark) as project:
            if project is not None:
                return _read_page(project, kept)
    return None


def _read_page(project: store.Unchecked, kept: Noted) -> LastPage | None:
    """Read a page; None where it does not show what was noted."""
    first, count = kept.beads
    beads = project.some_beads(kept.align_id, first, count)
    source, target = (project.texts(id_) for id_ in kept.documents)
    before = Bead(0, beads[0].source_start, 0, beads[0].target_start)
    behind = Bead(beads[-1].source_end, len(source), beads[-1].target_end, len(target))
    around = [bead for bead in (before, behind) if _holds(bead)]
    skipped = int(_holds(before))
    # All that is not on the page is one bead before and one behind it, which nobody asks for.
    table = [*around[:skipped], *beads, *around[skipped:]]
    state = State(project.named_events(kept.events))
    ids = (*kept.documents, kept.align_id)
    columns = Columns(Delivered(*ids, source, target, table, kept.bilingual), state)
    numbers = range(skipped, skipped + kept.rows)
    page = _page(columns, state, numbers, kept.number, kept.languages, kept.current)
    return page if _digest(page) == kept.digest else None


def _holds(bead: Bead) -> bool:
    return bead.source_start < bead.source_end or bead.target_start < bead.target_end
