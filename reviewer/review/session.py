"""The open review: what the window shows, and every gesture a reviewer can make."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

from reviewer.checks.failed import CHECK as FAILED
from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.errors import ProjectFileError
from reviewer.model import Draft, Side, Verdict, WaiverScope
from reviewer.review import cutting, gestures, history, realign, undo
from reviewer.review.beads import Renumbering
from reviewer.review.board import CHECK_BY_ID, Board, check_of
from reviewer.review.change import Change
from reviewer.review.decisions import Decisions
from reviewer.review.disagreements import Disagreements, take
from reviewer.review.fold import State
from reviewer.review.judged import MOST_WORDS, Waived, waiver_keys
from reviewer.review.moved import MOVED, ranges_of, told_words
from reviewer.review.pair_checks import PairChecks
from reviewer.review.project import (
    columns,
    document_pairs,
    is_about,
    misses_alignment,
)
from reviewer.review.project_settings import ProjectSettings
from reviewer.review.replacing import TextSwap, replaced, still_there
from reviewer.review.rows import Comment, Row, Rows, name_of, time_of
from reviewer.review.saving import Company, SavedState, Saving, Unsaved
from reviewer.review.terminology import Terminology
from reviewer.review.then import again, earlier_texts, take_back
from reviewer.review.words import Words
from reviewer.store import share_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from reviewer.checks.base import Check
    from reviewer.model import Event, Finding, Kind, Level, Pair
    from reviewer.review.board import GroupView
    from reviewer.review.disagreements import Disagreement, Version
    from reviewer.review.pipeline import Analysis
    from reviewer.review.places import Ranges
    from reviewer.review.precision import Tally
    from reviewer.review.project import PairOfDocuments
    from reviewer.review.search import Hit
    from reviewer.review.subjects import Piece
    from reviewer.review.then import Earlier
    from reviewer.store import EventLog, Lost, NewAlignment, Project


_MANY = 2_000
"""Events from elsewhere beyond which the document is read anew."""
_PATIENCE = 0.25
"""Seconds that an edit waits for the dictionaries: they answer in one or two thousandths."""
_Swap = tuple[int, int, int, str, str]
"""A place in a target: number of the pair, start, end, the text there and the new one."""


@dataclass(frozen=True, slots=True)
class _Apart:
    """The disagreements as they were when the state had a stamp, and their pairs."""

    stamp: int
    places: tuple[Disagreement, ...]
    numbers: frozenset[int]


class Review:
    """A project opened for review; one document pair of it is in the window."""

    def __init__(
        self,
        project: Project,
        log: EventLog,
        events: Sequence[Event],
        lost: Lost | None = None,
        *,
        reviewer_name: str = "",
    ) -> None:
        self.project = project
        self.state = State([*events, *(lost.events if lost else ())])
        self.revision = 0
        self.reviewer_name = reviewer_name
        self._log = log
        self._saving = Saving(
            log, self.state, lost, misses_alignment=misses_alignment(project, self.state)
        )
        self._listeners: list[Callable[[Change], None]] = []
        self._before_realigning: list[Callable[[], None]] = []
        self._elsewhere: dict[bytes, bool] = {}
        self.settings = ProjectSettings(self)
        self.terms = Terminology(self)
        self.words = Words(self)
        self._take_documents(document_pairs(project, self.state))
        self._show(0)

    def _take_documents(self, documents: tuple[PairOfDocuments, ...]) -> None:
        self.documents = documents
        self._elsewhere.clear()
        self._disagreements = Disagreements(self.project, self.state, documents)

    def _show(self, index: int) -> None:
        self.document = index
        self.columns = columns(self.project, self.documents[index], self.state)
        languages = self.source_language, self.target_language
        self.board = Board(self.state, self.columns, languages)
        self.board.off = self.settings.off()
        self.words.take_language()
        self._decisions = Decisions(self.state, self.columns)
        self._rows = Rows(self.state, self.columns, self.board, self._decisions)
        self._apart: _Apart | None = None
        self._pair_checks = PairChecks(self)

    # What is open

    @property
    def path(self) -> Path:
        """The project file."""
        return self.project.path

    @property
    def pair_of_documents(self) -> PairOfDocuments:
        """The document pair in the window."""
        return self.documents[self.document]

    @property
    def title(self) -> str:
        """What the window calls the open document pair."""
        return self.pair_of_documents.title

    @property
    def source_language(self) -> str:
        """BCP 47 tag of the source."""
        return self.pair_of_documents.source_language

    @property
    def target_language(self) -> str:
        """BCP 47 tag of the target."""
        return self.pair_of_documents.target_language

    def open_document(self, index: int) -> None:
        """Put another document pair of the project into the window."""
        self._show(index)
        self.revision += 1
        self.tell(Change(None, findings=True, groups=True, history=True, realigned=True))

    # What the rows show

    @property
    def count(self) -> int:
        """Number of pairs in the open document."""
        return len(self.columns)

    def pair(self, number: int) -> Pair:
        """Return a pair with the texts as they stand now."""
        return self.columns.pair(number)

    def delivered(self, number: int) -> str:
        """Return the target text of a pair as delivered."""
        return self.columns.delivered_text(number)

    def row(self, number: int) -> Row:
        """Return what the view shows of a pair beside its texts."""
        row = self._rows.row(number)
        return replace(row, disputed=True) if self._is_disputed(number) else row

    def _is_disputed(self, number: int) -> bool:
        """Return whether reviewers said different things of a pair; of it alone."""
        keys = [("verdict", self.columns.subject(number))]
        for side, kind in ((Side.TARGET, "edit"), (Side.SOURCE, "insert")):
            pieces = self.columns.pieces(side, number)
            keys += [(kind, self.columns.subject_of_part(side, piece)) for piece in pieces]
        registers = (self.state.register(kind, subject.hex()) for kind, subject in keys)
        return any(register is not None and register.disagreement for register in registers)

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the remarks on a pair, oldest first."""
        return self._rows.comments(number)

    @property
    def confirmed_count(self) -> int:
        """Number of pairs that are confirmed and unchanged since."""
        return self._rows.confirmed_count

    def is_confirmed(self, number: int) -> bool:
        """Return whether a pair is confirmed and unchanged since."""
        return self._rows.is_confirmed(number)

    def confirmed(self) -> frozenset[int]:
        """Return the pairs that are confirmed and unchanged since."""
        return self._rows.confirmed()

    def doubtful(self) -> list[int]:
        """Return the pairs of which the alignment is not sure, in order."""
        return self._rows.doubtful()

    def unmatched_count(self) -> int:
        """Return how many pairs are doubtful or have text on one side alone."""
        return self._rows.unmatched_count()

    def unsettled(self) -> list[int]:
        """Return the pairs with a verdict from before the alignment changed, in order."""
        return [n for n in self._decisions.rows() if self.row(n).unsettled]

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return where reviewers of the project said different things, in order."""
        return self._found_apart().places

    def disputed(self) -> frozenset[int]:
        """Return the pairs of which reviewers said different things."""
        return self._found_apart().numbers

    def _found_apart(self) -> _Apart:
        stamp = self.state.dispute_stamp
        if self._apart is None or self._apart.stamp != stamp:
            found = self._disagreements.found(self.columns, self.document)
            numbers = frozenset(each.number for each in found if each.number is not None)
            self._apart = _Apart(stamp, found, numbers)
        return self._apart

    def is_odd(self, number: int) -> bool:
        """Return whether a pair is not one sentence beside one."""
        return self._rows.is_odd(number)

    def quality(self) -> float:
        """Return how sure the alignment is of the whole document, 0-1."""
        return self._rows.quality()

    @property
    def alignment_accepted(self) -> bool:
        """Whether a person said that the alignment is right, however unsure the aligner was."""
        register = self.state.register("setting", self._alignment_key())
        return register is not None and self.state.content(register.chosen).get("value") is True

    def accept_alignment(self) -> None:
        """Remember that the alignment is right."""
        self.record([gestures.setting(self.state, self._alignment_key(), value=True)], set())

    def _alignment_key(self) -> str:
        return "alignment:" + ":".join(each.hex() for each in self.pair_of_documents.documents)

    def without_row(self) -> tuple[history.HistoryLine, ...]:
        """Return what was decided of texts that no pair of the project holds, newest first."""
        strays = (e for e in self._decisions.without_row() if not self._is_elsewhere(e))
        return tuple(history.line(self.state, event) for event in strays)

    def _is_elsewhere(self, event: Event) -> bool:
        """Return whether an event is about another document pair of the project."""
        if event.hash not in self._elsewhere:
            others = (pair for pair in self.documents if pair is not self.pair_of_documents)
            content = self.state.content(event)
            self._elsewhere[event.hash] = any(
                is_about(self.project, pair, event, content) for pair in others
            )
        return self._elsewhere[event.hash]

    def history(self, number: int | None = None) -> tuple[history.HistoryLine, ...]:
        """Return who decided what when, newest first; of one pair or of the whole project."""
        return history.lines(self.state, self.columns, number)

    def earlier_texts(self, event: Event) -> tuple[Earlier, ...]:
        """Return the texts of the open document that were others just after an event."""
        return earlier_texts(self.state, self.columns, event)

    def take_texts(self, chosen: Sequence[Earlier]) -> None:
        """Make texts what they were, as one gesture."""
        self.record(take_back(self.state, chosen), None)

    def say_again(self, event: Event) -> bool:
        """Make a text what an earlier decision said; False where it is already."""
        drafts = again(self.state, event)
        self.record(drafts, None)
        return bool(drafts)

    # Findings and groups

    def findings(self) -> tuple[Finding, ...]:
        """Return the open findings, by pair, then place."""
        return self.board.open()

    def waived(self) -> tuple[Waived, ...]:
        """Return the waivers that stand."""
        return self.board.waived()

    def counts(self) -> Mapping[Kind, int]:
        """Return how many findings are open per chip."""
        return self.board.counts()

    def groups(self) -> tuple[GroupView, ...]:
        """Return the term groups, best first, the lower tier last."""
        return self.board.groups()

    def check(self, finding: Finding) -> Check:
        """Return the check that made a finding."""
        return check_of(finding)

    def check_by_id(self, check_id: str) -> Check:
        """Return the check of an id; an unknown one is the check that failed."""
        return CHECK_BY_ID.get(check_id, FAILED)

    def message(self, finding: Finding) -> tuple[str, tuple[str, ...]]:
        """Return the English sentence of a finding (context "checks") and its words."""
        messages = check_of(finding).messages
        if finding.check == MOVED.id:
            return messages[finding.variant], told_words(self.columns, finding)
        return messages.get(finding.variant, messages.get("", "")), finding.words

    def tallies(self) -> Mapping[str, Tally]:
        """Return what became of the findings of each check in the open document."""
        return self.board.tallies()

    def count_at(self, check: Check, level: Level) -> int:
        """Return how many findings of a check would be open at a level."""
        return self.board.count_at(check, level)

    # Gestures on a pair

    def edit(self, number: int, text: str) -> None:
        """Record the corrected target text of a pair; nothing where it is the same."""
        self.record(gestures.edit(self.state, self.columns, number, text), {number})

    def confirm(self, number: int, text: str | None = None) -> None:
        """Record that a pair is right, with its corrected text if there is one."""
        self._judge(number, Verdict.CONFIRMED, text)

    def reject(self, number: int, text: str | None = None) -> None:
        """Record that a pair is wrong."""
        self._judge(number, Verdict.REJECTED, text)

    def reopen(self, number: int) -> None:
        """Take the verdict on a pair back to open."""
        self._judge(number, Verdict.OPEN, None)

    def _judge(self, number: int, said: Verdict, text: str | None) -> None:
        now = self.pair(number).target_text if text is None else text
        drafts = gestures.edit(self.state, self.columns, number, now)
        earlier = [e.event for e in self._decisions.earlier(number) if e.event.kind == "verdict"]
        drafts += gestures.verdict(self.state, self.columns, number, said, now, earlier)
        self.record(drafts, {number})

    def apply(self, finding: Finding, suggestion: str) -> None:
        """Put a suggestion in place of the finding's first target span, or link what was moved."""
        if finding.check == MOVED.id:
            self.link(*ranges_of(finding))
            return
        span = next((s for s in finding.spans if s.side is Side.TARGET), None)
        if span is not None:
            text = self.pair(finding.pair).target_text
            self.edit(finding.pair, text[: span.start] + suggestion + text[span.end :])

    def take_version(self, disagreement: Disagreement, version: Version) -> None:
        """Record which of the versions that stand beside each other is to stand."""
        self.record([take(self.state, disagreement, version)], None)

    def comment(self, number: int, text: str) -> None:
        """Record a remark on a pair; nothing where it is blank."""
        if text.strip():
            self.record([gestures.comment(self.columns, number, text.strip())], {number})

    def delete_comment(self, comment: Comment) -> None:
        """Take a remark away; the history keeps it."""
        rows = self._numbers([comment.event])
        self.record([gestures.delete_comment(self.state, comment.event)], rows)

    # Gestures on findings and groups

    def waive(self, finding: Finding, scope: WaiverScope, reason: str = "") -> None:
        """Record that a finding is a false alarm, as far as `scope` reaches."""
        place = next((key for key in waiver_keys(finding) if key[0] is scope), None)
        if place is not None:
            about = self.columns.subject(finding.pair), self.columns.anchor(finding.pair)
            # A move says what it means by the places of now.
            words = finding.words[:MOST_WORDS] if finding.check != MOVED.id else ()
            told = words, finding.variant
            draft = gestures.waive(self.state, place, reason, on=True, about=about, told=told)
            self.record([draft], None)

    def set_reason(self, waived: Waived, reason: str) -> None:
        """Record another reason for a waiver that stands."""
        if reason != waived.reason:
            self.record([gestures.reason(self.state, waived, reason)], None)

    def author(self, event: Event) -> tuple[str, datetime]:
        """Return who made an event, and when by the clock of that person's computer, in UTC."""
        return name_of(self.state, event), time_of(event)

    def unwaive(self, waived: Waived) -> None:
        """Take a waiver back."""
        place = (waived.scope, waived.check, waived.key)
        self.record([gestures.waive(self.state, place, "", on=False)], None)

    # Find and replace

    def find(
        self,
        text: str,
        *,
        case: bool = False,
        regex: bool = False,
        side: Side | None = None,
        replacement: str | None = None,
    ) -> list[Hit]:
        """Return where a text stands; raises SearchError for a pattern that is none."""
        from reviewer.review.search import find

        pairs = map(self.pair, range(self.count))
        return find(pairs, text, case=case, is_pattern=regex, side=side, replacement=replacement)

    def replace_all(self, hits: Sequence[Hit]) -> int:
        """Put each hit's replacement in its place in the target, as one gesture.

        A place where another text stands by now is left alone; return how many were changed.
        """
        swaps = (
            TextSwap(hit.number, hit.span.start, hit.span.end, hit.old, hit.replacement)
            for hit in hits
            if hit.span.side is Side.TARGET and hit.replacement is not None
        )
        possible = still_there(self.columns, swaps)
        drafts = replaced(self.state, self.columns, possible)
        self.record(drafts, {swap.number for swap in possible})
        return len(possible)

    # Alignment and settings

    def merge_with_next(self, number: int) -> bool:
        """Make one pair of this one and the next; False where there is none."""
        return self.realign(realign.merge(self.columns.beads, number, number + 1))

    def merge_with_previous(self, number: int) -> bool:
        """Make one pair of this one and the one before; False where there is none."""
        return self.realign(realign.merge(self.columns.beads, number - 1, number))

    def split(self, number: int, source: int | None, target: int | None) -> bool:
        """Make two pairs of one, cut at an offset of its source text and one of its target text.

        With None the side is divided where it fits the other one best, or stays above. False
        where one of the pairs would be empty.
        """
        source, target = self._both_offsets(number, source, target)
        cut = cutting.cut(self.columns, number, source, target)
        if cut is None:
            return False
        swap = realign.split(self.columns.beads, number, cut.at)
        return self.realign(swap, cut.texts, cut.added)

    def _both_offsets(
        self, number: int, source: int | None, target: int | None
    ) -> tuple[int | None, int | None]:
        """Return the offsets with that of a side of one sentence, where it had none."""
        if (source is None) == (target is None):
            return source, target
        from reviewer.review.halving import matching_offset

        side, offset = (Side.TARGET, target) if source is None else (Side.SOURCE, source)
        assert offset is not None
        languages = self.source_language, self.target_language
        other = matching_offset(self.columns, self.state, number, side, offset, languages)
        return (other, target) if source is None else (source, other)

    def move(self, number: int, side: Side, step: int) -> bool:
        """Move a pair's last segment of a side to the next pair; its first one back with -1."""
        return self.realign(realign.move(self.columns, number, side, step))

    def unlink(self, number: int) -> bool:
        """Make two pairs of one, its source alone and its target alone."""
        return self.realign(realign.unlink(self.columns.beads, number))

    def link(self, source: Ranges, target: Ranges) -> bool:
        """Make a pair of a range of the source and one of the target, wherever they stand."""
        return self.realign(realign.link(self.columns.beads, source, target))

    def use_alignment(self, alignment: NewAlignment, drafts: Sequence[Draft]) -> None:
        """Take another alignment of the open documents into use, as one gesture."""
        self.project.note(alignment)
        self.record(drafts, None, alignment)

    def realign(
        self,
        swap: realign.Swap | None,
        texts: Mapping[Piece, str] | None = None,
        added: Mapping[Piece, str] | None = None,
    ) -> bool:
        """Record an alignment edit as one gesture; False for none."""
        if swap is not None:
            self.record(gestures.realign(self.state, self.columns, swap, texts, added), None)
        return swap is not None

    def note_export(self, name: str, edits: int, digest: str) -> None:
        """Record in the history that the corrected text was written."""
        draft = Draft("export.done", None, {"name": name, "edits": edits, "hash": digest})
        self.record([draft], set())

    # Undo

    @property
    def undo_label(self) -> str | None:
        """What Undo would take back (context "gestures"); None where there is nothing."""
        return undo.label(self.state, undo.undoable(self.state, self._log.reviewer))

    @property
    def redo_label(self) -> str | None:
        """What Redo would bring back; None where there is nothing."""
        return undo.label(self.state, undo.redoable(self.state, self._log.reviewer))

    def undo(self) -> tuple[int, ...]:
        """Take this reviewer's newest gesture back; return the pairs it was about, in order."""
        return self._take_back(undo.undoable(self.state, self._log.reviewer))

    def redo(self) -> tuple[int, ...]:
        """Bring back what the newest Undo took; return the pairs it was about, in order."""
        return self._take_back(undo.redoable(self.state, self._log.reviewer))

    def _take_back(self, events: Sequence[Event]) -> tuple[int, ...]:
        if not events:
            return ()
        retracts = self.record([gestures.retract(events)], None)
        return tuple(sorted(self._numbers(self._about(retracts))))

    # Following events

    def record(
        self,
        drafts: Sequence[Draft],
        rows: set[int] | None,
        alignment: NewAlignment | None = None,
    ) -> tuple[Event, ...]:
        """Append a gesture and follow it; `rows` are the pairs it touches, None to find out."""
        if not drafts:
            return ()
        events = self._saving.append(self._with_profile(drafts), alignment)
        self._follow(events, rows)
        return events

    def _with_profile(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Put the reviewer's name behind the first gesture that goes under it."""
        mine = self._log.reviewer
        known = [p for p in self.state.listed("reviewer.profile") if p.reviewer == mine]
        said = self.state.content(known[-1]).get("name") if known else ""
        if said == self.reviewer_name:
            return list(drafts)
        body = {"reviewer": mine.hex(), "name": self.reviewer_name}
        return [*drafts, Draft("reviewer.profile", None, body)]

    def _follow(self, events: Sequence[Event], rows: set[int] | None) -> None:
        """Bring everything derived in step with new events."""
        self.revision += 1
        about = self._about(events)
        kinds = {event.kind for event in about}
        if "term" in kinds:
            self._pair_checks.forget_terms()
        documents = self.documents
        if kinds & {"align.use", "align.add"} and self._other_alignment():
            return
        renumbering = self._realigned() if "align.edit" in kinds else Renumbering()
        self._take_decisions(about, retracted="retract" in kinds)
        touched = {*(rows or ()), *renumbering.come}
        if rows is None or renumbering:
            touched |= self._numbers(about)
        texts = {e for e in about if e.kind in {"edit", "insert"}}
        rewritten = self._numbers(texts) | {*renumbering.come}
        self._rewrite(rewritten)
        if "verdict" in kinds:
            self._trust(touched - rewritten)
        self._rows.follow((), touched | rewritten)
        change = self._change(kinds, touched, renumbering)
        self.tell(replace(change, documents=self.documents is not documents))

    def _realigned(self) -> Renumbering:
        """Apply the alignment edits that stand now; what is found goes along with its pairs."""
        for callback in tuple(self._before_realigning):
            callback()
        renumbering = self.columns.realign()
        self._apart = None
        self._decisions.follow(renumbering)
        self._rows.follow([key for key, _ in renumbering.lost], ())
        self.board.renumber(renumbering)
        return renumbering

    def _take_decisions(self, about: Iterable[Event], *, retracted: bool) -> None:
        if retracted:
            self._decisions.retracted()
        for event in about:
            self._decisions.note(event)

    def _rewrite(self, rewritten: Iterable[int]) -> None:
        """Take the texts of pairs anew, and what was found in them."""
        before = {number: self.columns.known(number) for number in rewritten}
        self.columns.forget(before)
        for number, was in before.items():
            now = self.pair(number).target_text
            if was is None:
                self.board.lift(number)
            elif was.target_text != now:
                self.board.shift(number, was.target_text, now)
            if was is None or was.target_text != now:
                self._pair_checks.again(number)
        if before:
            self.board.settle()

    def _trust(self, numbers: Iterable[int]) -> None:
        """Look anew at doubtful pairs that somebody judged: a confirmed one is sure."""
        for number in numbers:
            if self.columns.is_confirmed(number):
                self.board.drop_move(number)
            was, now = self.columns.known(number), self.columns.confidence(number)
            if was is not None and was.confidence != now:
                self.columns.forget([number])
                self._pair_checks.again(number)

    def _change(self, kinds: set[str], touched: set[int], renumbering: Renumbering) -> Change:
        """Follow settings and waivers; return what is to be told."""
        whole = bool(kinds - {"edit", "insert", "verdict", "comment", "amend", "export.done"})
        if kinds & {"setting"}:
            self._reread_documents()
            self.board.off = self.settings.off()
        if kinds & {"group", "waive", "setting"}:
            self.board.judge()
        asked = kinds & {"edit", "insert", "setting", "term"}
        texts = self.words.are_others() or bool(asked)
        shown = None if whole or kinds & {"edit", "insert"} else frozenset(touched)
        realigned = "align.edit" in kinds
        return Change(
            shown,
            findings=True,
            groups=True,
            history=True,
            saved=True,
            realigned=realigned,
            texts=texts,
            renumbering=renumbering if realigned else None,
        )

    def _reread_documents(self) -> None:
        """Take other languages and titles; the document in the window stays the same."""
        shown = self.pair_of_documents.align_id
        found = document_pairs(self.project, self.state)
        kept = [index for index, pair in enumerate(found) if pair.align_id == shown]
        before = self.target_language
        if kept and found != self.documents:
            self._take_documents(found)
            self.document = kept[0]
        if self.target_language != before:
            self.words.take_language()

    def _other_alignment(self) -> bool:
        """Take another alignment of the open documents where one is in use; return whether."""
        shown = self.pair_of_documents
        self._learn_alignments()
        found = document_pairs(self.project, self.state)
        index = next(
            (n for n, pair in enumerate(found) if pair.documents == shown.documents), None
        )
        if index is None:
            return False
        if found[index].align_id == shown.align_id:
            if found != self.documents:
                self._take_documents(found)
                self.document, self._apart = index, None
            return False
        for callback in tuple(self._before_realigning):
            callback()
        self._take_documents(found)
        self._show(index)
        change = Change(
            None,
            documents=True,
            findings=True,
            groups=True,
            history=True,
            saved=True,
            realigned=True,
        )
        self.tell(change)
        return True

    def _renew(self) -> None:
        """Read the open document anew: faster than to follow thousands of events one by one."""
        for callback in tuple(self._before_realigning):
            callback()
        self.revision += 1
        self._learn_alignments()
        shown = self.pair_of_documents.documents
        found = document_pairs(self.project, self.state)
        self._take_documents(found)
        self._show(next((n for n, pair in enumerate(found) if pair.documents == shown), 0))
        everything = Change(None, findings=True, groups=True, history=True, realigned=True)
        self.tell(replace(everything, saved=True, texts=True, documents=True, renewed=True))

    def _learn_alignments(self) -> None:
        """Read the file's alignments again where one is in use that another program added."""
        used = {
            str(self.state.content(event).get("align_id"))
            for event in self.state.listed("align.use")
        }
        if not used <= {known.align_id.hex() for known in self.project.alignments}:
            with suppress(ProjectFileError):  # the alignment before stays in use then
                self.project.reread()

    def _about(self, events: Sequence[Event]) -> list[Event]:
        """Return events with those that they take back, or by taking back an undo bring back."""
        undone = undo.taken_back(self.state, events)
        return [*events, *undone, *undo.taken_back(self.state, undone)]

    def _numbers(self, events: Iterable[Event]) -> set[int]:
        """Return the pairs that events are about."""
        found = (self.columns.rows_about(e, self.state.content(e)) for e in events)
        return {number for numbers in found for number in numbers}

    # The worker's results, other programs, saving

    @property
    def checked(self) -> bool:
        """Whether a whole check has been done since the document was opened."""
        return self._pair_checks.analysis is not None

    def warm_up(self) -> None:
        """Have a thread open the word lists that checking needs: the first edit is quick then."""
        self._pair_checks.warm_up()

    def take(self, analysis: Analysis, revision: int) -> bool:
        """Take the results of a whole check; False where they are of an older revision."""
        if revision != self.revision:
            return False
        self._pair_checks.take(analysis)
        if SPELLING.id not in self.board.off:
            # A person may have installed one meanwhile; looking through folders may take long.
            Thread(target=self.words.find_dictionaries, daemon=True).start()
        self.board.take(analysis)
        self.tell(Change(None, findings=True, groups=True))
        return True

    def take_some(self, findings: Sequence[Finding], revision: int) -> None:
        """Show findings that stream in before the first whole check is done."""
        if revision == self.revision and not self.checked:
            rows = self.board.add(findings)
            self.tell(Change(frozenset(rows), findings=True))

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Events that are not known to be in the project file yet."""
        return self._saving.unsaved

    @property
    def on_its_way(self) -> Unsaved:
        """What the file may not hold yet, for the worker."""
        return self._saving.on_its_way

    @property
    def saved(self) -> SavedState:
        """Whether everything decided is safe, and since when."""
        return self._saving.saved

    def poll(self) -> None:
        """Take what the writer thread has to say; called a few times a second."""
        outcome = self._saving.poll()
        if len(outcome.foreign) > _MANY:
            self._renew()
        elif outcome.foreign:
            self._follow(outcome.foreign, None)
        elif outcome.changed:
            self.tell(Change(saved=True))

    @property
    def company(self) -> Company:
        """Who and what else is around the project."""
        return self._saving.company

    def share(self, folder: Path | None) -> None:
        """Share the project through a folder from now on, or no longer with None.

        Raises ProjectFileError where that cannot be remembered.
        """
        share_through(self.project.project_id, folder)
        self._log.share(folder)

    def look(self) -> None:
        """Have the writer look at once for what other programs wrote; `poll` brings it."""
        self._log.retry()

    def flush(self) -> bool:
        """Wait until everything decided is in the file; False where that is not possible now."""
        done = self._saving.flush()
        self.tell(Change(saved=True))
        return done

    def listen(self, callback: Callable[[Change], None]) -> None:
        """Have `callback` told of every change."""
        self._listeners.append(callback)

    def before_realigning(self, callback: Callable[[], None]) -> None:
        """Have `callback` told when pairs are about to get other numbers.

        The last moment to record by number what somebody is writing.
        """
        self._before_realigning.append(callback)

    def tell(self, change: Change) -> None:
        """Tell the listeners of a change."""
        for callback in tuple(self._listeners):
            callback(change)

    def close(self) -> None:
        """Wait for the writer and close the file."""
        self._listeners.clear()
        self._before_realigning.clear()
        self._saving.close()
        self.project.close()
