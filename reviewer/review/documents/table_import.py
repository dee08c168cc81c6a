"""A table of the review that a client edited: what it changes, to be looked at, then decided.

A row is known by its number and its source text, else by its source text alone; a row that is
known by neither is listed and changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from reviewer.formats.conversion import plain
from reviewer.model import SEGMENT_BREAK, Draft, Side, Verdict
from reviewer.review.alignment.subjects import hashes_in
from reviewer.review.decisions import gestures
from reviewer.review.documents.kept_codes import with_codes
from reviewer.review.documents.review_table import STATUSES, comments_of, plain_side, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.formats.review_rows import ReviewRow
    from reviewer.model import Code, Pair
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.decisions import Decisions
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.rows import Rows

TEXT, STATUS, COMMENT = "text", "status", "comment"
_SPACES = re.compile(r"\s+")
_LONGEST_SHOWN = 60
_LONGEST_NAME = 200
_MOST_EARLIER = 100


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that a table asks for.

    Attributes:
        kind: TEXT, STATUS or COMMENT.
        number: of the pair.
        then: what the table says: a text, the name of a status, a remark.
        now: what stands.
        before: it is what stood here before: the table is hardly of now, or nobody changed it.
        subject: of the pair, which may get another number before the change is taken.
        seen: the pair's target text that the table was compared with.
    """

    kind: str
    number: int
    then: str
    now: str
    before: bool = False
    subject: bytes = b""
    seen: str = ""

    @property
    def is_emptying(self) -> bool:
        """Whether it takes away a translation: the cell may as well have been left empty."""
        return self.kind == TEXT and not self.then.strip()

    @property
    def is_doubtful(self) -> bool:
        """Whether it is taken only where a person asks for this very change."""
        return self.before or self.is_emptying


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What a table says beside what stands.

    Attributes:
        unmatched: rows whose source stands nowhere, or more than once: line and beginning.
        locked: pairs that the file locks and the table changes; they stay.
        alike: rows that say what stands.
    """

    proposed: tuple[Proposed, ...]
    unmatched: tuple[tuple[int, str], ...]
    locked: tuple[int, ...]
    alike: int


def compare(
    table: Sequence[ReviewRow], state: State, columns: Columns, rows: Rows
) -> TableChanges:
    """Return what a table changes in a document pair."""
    matching = _Matching(columns)
    proposed: list[Proposed] = []
    unmatched: list[tuple[int, str]] = []
    locked: list[int] = []
    alike = 0
    for row in table:
        number = matching.number_of(row)
        if number is None:
            unmatched.append((row.line, _shown(row.source or row.target)))
            continue
        subject, seen = columns.subject(number), columns.pair(number).target_text
        found = [
            replace(each, subject=subject, seen=seen)
            for each in _changes(row, number, state, columns, rows)
        ]
        alike += not found
        if found and columns.pair(number).is_locked:
            locked.append(number)
        else:
            proposed += found
    return TableChanges(tuple(proposed), tuple(unmatched), tuple(locked), alike)


def _shown(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


class _Matching:
    """Knows the pairs by number and by their source; each is taken once."""

    def __init__(self, columns: Columns) -> None:
        self._sources = [
            _plain(plain_side(columns.pair(number).source)) for number in range(len(columns))
        ]
        self._taken: set[int] = set()
        self._by_source: defaultdict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(self._sources):
            self._by_source[source].append(number)

    def number_of(self, row: ReviewRow) -> int | None:
        """Return the pair that a row is about; None where that cannot be told."""
        source = _plain(row.source)
        number = None if row.number is None else row.number - 1
        if (
            number is None
            or not 0 <= number < len(self._sources)
            or self._sources[number] != source
        ):
            number = None
        if number is None and source:
            free = [n for n in self._by_source.get(source, ()) if n not in self._taken]
            # Without numbers, rows come in order; with them, a second place is a guess.
            number = free[0] if free and (len(free) == 1 or row.number is None) else None
        if number is None or number in self._taken:
            return None
        self._taken.add(number)
        return number


def _changes(
    row: ReviewRow, number: int, state: State, columns: Columns, rows: Rows
) -> Iterator[Proposed]:
    pair = columns.pair(number)
    now = plain_side(pair.target)
    if _plain(row.target) != _plain(now):
        before = _plain(row.target) in _earlier(number, state, columns)
        yield Proposed(TEXT, number, row.target, now, before)
    if row.status is not None:
        said = _verdict(row.status)
        stands = status_of(rows, number)
        if said is not None and said is not stands:
            # What was confirmed after the table was written stands open in it.
            before = said is Verdict.OPEN
            yield Proposed(STATUS, number, STATUSES[said], STATUSES[stands], before)
    known = {*comments_of(rows, number), *(_plain(c.text) for c in rows.comments(number))}
    for line in (row.comments or "").splitlines():
        text = _plain(line)
        if text and text not in known:
            yield Proposed(COMMENT, number, text, "")


def _verdict(status: str) -> Verdict | None:
    """Return the verdict that a cell names; None for an empty one and for other words."""
    wanted = _plain(status).casefold()
    return next(
        (
            verdict
            for verdict, name in STATUSES.items()
            if wanted in {name.casefold(), verdict.value.casefold()}
        ),
        None,
    )


def _earlier(number: int, state: State, columns: Columns) -> set[str]:
    """Return the texts that stood in a pair before: as delivered, and its earlier edits."""
    pair = columns.delivered_pair(number)
    found = {_plain(plain_side(pair.target))}
    parts = columns.parts(number)
    if len(parts) != 1:
        return found
    codes = tuple(code for segment in columns.pair(number).target for code in segment.codes)
    kind = "edit" if parts[0].side is Side.TARGET else "insert"
    said = columns.said(kind, parts[0].side, parts[0].piece.ord)
    waiting = [one.event for one in said]
    for _ in range(_MOST_EARLIER):
        if not waiting:
            break
        content = state.content(waiting.pop())
        found.add(_plain(plain(str(content.get("text") or ""), codes)))
        parents = map(state.event, hashes_in(content.get("parents")))
        waiting += [event for event in parents if event is not None]
    return found


# What was chosen, as decisions


def still_there(chosen: Sequence[Proposed], columns: Columns) -> list[Proposed]:
    """Return the changes whose pairs are still what was compared, with the numbers of now."""
    wanted = {each.subject: each.number for each in chosen}
    if any(not _is_at(columns, *each) for each in wanted.items()):
        wanted = {
            subject: number
            for number in range(len(columns))
            if (subject := columns.subject(number)) in wanted
        }
    return [
        replace(each, number=wanted[each.subject])
        for each in chosen
        if each.subject in wanted and columns.pair(wanted[each.subject]).target_text == each.seen
    ]


def _is_at(columns: Columns, subject: bytes, number: int) -> bool:
    return number < len(columns) and columns.subject(number) == subject


def drafts_of(
    chosen: Iterable[Proposed],
    state: State,
    columns: Columns,
    decisions: Decisions,
    language: str,
) -> list[Draft]:
    """Return the events of the changes that a person took, all of them still there.

    A verdict answers those from before the alignment changed, as one in the window does.
    `language` is the target's.
    """
    by_pair: defaultdict[int, list[Proposed]] = defaultdict(list)
    for each in chosen:
        by_pair[each.number].append(each)
    drafts: list[Draft] = []
    for number, changes in sorted(by_pair.items()):
        pair = columns.pair(number)
        text = pair.target_text
        for each in (each for each in changes if each.kind == TEXT):
            text = text_of(pair, each.then, language)
            drafts += gestures.edit(state, columns, number, text)
        for each in changes:
            if each.kind == STATUS:
                said = _verdict(each.then) or Verdict.OPEN
                before = (e.event for e in decisions.earlier(number) if e.event.kind == "verdict")
                drafts += gestures.verdict(state, columns, number, said, text, before)
            elif each.kind == COMMENT:
                drafts.append(gestures.comment(columns, number, each.then))
    return drafts


def text_of(pair: Pair, new: str, language: str) -> str:
    """Return a plain text as the target of a pair: with its codes, in as many segments."""
    codes = [code for segment in pair.target for code in segment.codes]
    if pair.shares_codes:
        codes += [code for segment in pair.source for code in segment.codes]
    written = _with_placeholders(new, codes)
    written = " ".join(written.splitlines())
    texts = _in_segments(written, len(pair.target), language)
    was = pair.target_text.split(SEGMENT_BREAK)
    if len(texts) == len(was):
        kept = (with_codes(*both).text for both in zip(was, texts, strict=True))
        return SEGMENT_BREAK.join(kept)
    return with_codes(pair.target_text.replace(SEGMENT_BREAK, " "), written).text


def _with_placeholders(text: str, codes: Iterable[Code]) -> str:
    """Return a text with the codes that stand for something written in it."""
    used: set[str] = set()
    for code in codes:
        meant = plain(code.character, (code,))
        if meant and code.character not in used and meant in text:
            text = text.replace(meant, code.character, 1)
            used.add(code.character)
    return text


def _in_segments(text: str, count: int, language: str) -> list[str]:
    """Return a text cut into its sentences where they are as many as asked; else in one."""
    if count < 2:
        return [text]
    from reviewer.model import Unit
    from reviewer.segment import segment_units

    found = [segment.text for segment in segment_units([Unit(text)], language)]
    return found if len(found) == count else [text]


def author_of(project_id: str, name: str) -> bytes:
    """Return by what a named author is known in a project: 16 bytes, the same every time."""
    known = " ".join(name.split()).casefold()[:_LONGEST_NAME]
    return blake2b(f"{project_id}\0{known}".encode("utf-8", "replace"), digest_size=16).digest()


def profile(author: bytes, name: str) -> Draft:
    """Return the event that names an author."""
    shown = gestures.sound(" ".join(name.split()))[:_LONGEST_NAME]
    return Draft("reviewer.profile", None, {"reviewer": author.hex(), "name": shown})
