"""The open review: what the window shows, and every gesture a reviewer can make."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

from reviewer.checks.failed import CHECK as FAILED
from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.model import Draft, Side, Verdict, WaiverScope
from reviewer.review.alignment_repair import AlignmentRepair
from reviewer.review.checking.catalogue import CHECK_BY_ID, check_of
from reviewer.review.checking.judged import MOST_WORDS, Waived, waiver_keys
from reviewer.review.checking.moved import MOVED, ranges_of, told_words
from reviewer.review.decisions import gestures, undo
from reviewer.review.decisions.change import Change
from reviewer.review.decisions.disagreements import take
from reviewer.review.decisions.disputes import Disputes
from reviewer.review.decisions.past import Past
from reviewer.review.decisions.project import absent_titles, document_pairs
from reviewer.review.decisions.replacing import TextSwap, replaced, still_there
from reviewer.review.decisions.rows import Comment, Row, name_of, time_of
from reviewer.review.following import Following
from reviewer.review.open_document import OpenDocument
from reviewer.review.project_settings import ProjectSettings
from reviewer.review.saving import Saving
from reviewer.review.terminology.terminology import Terminology
from reviewer.review.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from reviewer.checks.base import Check
    from reviewer.model import Event, Finding, Kind, Level, Pair, TermGroup
    from reviewer.review.checking.pipeline import Analysis
    from reviewer.review.checking.precision import Tally
    from reviewer.review.checking.term_groups import GroupView
    from reviewer.review.decisions.disagreements import Disagreement, Version
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.search import Hit, Search
    from reviewer.review.tasks.across import Elsewhere
    from reviewer.store import EventLog, Lost, NewAlignment, Project


class Review:
    """A project opened for review; one document pair of it is in the window."""

    def __init__(
        self,
        project: Project,
        log: EventLog,
        state: State,
        lost: Lost | None = None,
        *,
        reviewer_name: str = "",
    ) -> None:
        self.project = project
        self.state = state
        self.revision = 0
        self.reviewer_name = reviewer_name
        self._reviewer = log.reviewer
        self._listeners: list[Callable[[Change], None]] = []
        self._before_realigning: list[Callable[[], None]] = []
        self.following = Following(self)
        self.saving = Saving(self, log, lost)
        self.settings = ProjectSettings(self)
        self.alignment = AlignmentRepair(self)
        self.past = Past(self)
        self.terms = Terminology(self)
        self.words = Words(self)
        self.hold_documents(document_pairs(project, self.state))
        self.show(0)

    def hold_documents(self, documents: tuple[PairOfDocuments, ...]) -> None:
        """Take what document pairs the project has now; `show` puts one into the window."""
        self.documents = documents
        self.past.forget_documents()
        self.disputes = Disputes(self)

    def show(self, index: int) -> None:
        """Take a document pair into the window, all that is derived from its events anew."""
        self.document = index
        shown = self.shown = OpenDocument(self)
        self.columns, self.board, self.decisions = shown.columns, shown.board, shown.decisions
        self.words.take_language()
        self.disputes.forget()

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

    def absent_titles(self) -> tuple[str, ...]:
        """Return the titles of documents that were added elsewhere and are not in the file."""
        return absent_titles(self.project, self.state)

    def open_document(self, index: int) -> None:
        """Put another document pair of the project into the window."""
        self.show(index)
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
        row = self.shown.rows.row(number)
        return replace(row, disputed=True) if self.disputes.concern(number) else row

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the remarks on a pair, oldest first."""
        return self.shown.rows.comments(number)

    @property
    def confirmed_count(self) -> int:
        """Number of pairs that are confirmed and unchanged since."""
        return self.shown.rows.confirmed_count

    def is_confirmed(self, number: int) -> bool:
        """Return whether a pair is confirmed and unchanged since."""
        return self.shown.rows.is_confirmed(number)

    def confirmed(self) -> frozenset[int]:
        """Return the pairs that are confirmed and unchanged since."""
        return self.shown.rows.confirmed()

    def unconfirmed(self) -> NDArray[np.int64]:
        """Return the other pairs, in order."""
        return self.shown.rows.unconfirmed()

    def edited(self) -> NDArray[np.int64]:
        """Return the pairs whose target is not the delivered one, in order."""
        return self.shown.rows.edited()

    def commented(self) -> NDArray[np.int64]:
        """Return the pairs with remarks, in order."""
        return self.shown.rows.commented()

    def odd(self) -> NDArray[np.int64]:
        """Return the pairs that are not one sentence beside one, in order."""
        return self.shown.rows.odd()

    def doubtful(self) -> NDArray[np.int64]:
        """Return the pairs of which the alignment is not sure, in order."""
        return self.shown.rows.doubtful()

    def unmatched_count(self) -> int:
        """Return how many pairs are doubtful or have text on one side alone."""
        return self.shown.rows.unmatched_count()

    def unsettled(self) -> list[int]:
        """Return the pairs with a verdict from before the alignment changed, in order."""
        return [n for n in self.decisions.rows() if self.row(n).unsettled]

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return where reviewers of the project said different things, in order."""
        return self.disputes.places()

    @property
    def disagreement_count(self) -> int:
        """In how many places reviewers said different things; quicker than to read them."""
        return self.state.disputed_count

    def disputed(self) -> frozenset[int]:
        """Return the pairs of which reviewers said different things."""
        return self.disputes.pairs()

    def quality(self) -> float:
        """Return how sure the alignment is of the whole document, 0-1."""
        return self.shown.rows.quality()

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
        earlier = [e.event for e in self.decisions.earlier(number) if e.event.kind == "verdict"]
        drafts += gestures.verdict(self.state, self.columns, number, said, now, earlier)
        self.record(drafts, {number})

    def apply(self, finding: Finding, suggestion: str) -> None:
        """Put a suggestion in place of the finding's first target span, or link what was moved."""
        if finding.check == MOVED.id:
            self.alignment.link(*ranges_of(finding))
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
        rows = self.shown.numbers([comment.event])
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

    def search(
        self,
        text: str,
        *,
        case: bool = False,
        regex: bool = False,
        side: Side | None = None,
        replacement: str | None = None,
    ) -> Search:
        """Return a search for a text; raises SearchError for a pattern that is none."""
        from reviewer.review.search import Search

        return Search(
            self.columns.glimpse,
            self.count,
            text,
            case=case,
            is_pattern=regex,
            side=side,
            replacement=replacement,
        )

    def rewritten_since(self, revision: int) -> frozenset[int] | None:
        """Return the pairs whose texts are others since a revision; None where it may be all."""
        return self.following.rewritten_since(revision)

    def replace_all(self, hits: Iterable[Hit]) -> int:
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

    def learn_documents(self) -> tuple[Event, ...]:
        """Take in documents that were just added to the file, before the writer tells of them.

        Return the events that came with them, and what else was written meanwhile.
        """
        self.project.reread()
        read = self.project.events_after(self.project.seen)[0]
        came = tuple(event for event in read if event.hash not in self.state)
        for event in came:
            self.state.add(event)
        return came

    def take_in_documents(self) -> None:
        """Show documents that were added to the file from elsewhere, beside what is shown."""
        came = self.learn_documents()
        self.following.follow_documents()
        # The writer tells of these as well; by then they are known and would show nowhere.
        self.following.follow_others(came)

    def note_export(self, name: str, edits: int, digest: str) -> None:
        """Record in the history that the corrected text was written."""
        draft = Draft("export.done", None, {"name": name, "edits": edits, "hash": digest})
        self.record([draft], set())

    # Undo

    @property
    def undo_label(self) -> str | None:
        """What Undo would take back (context "gestures"); None where there is nothing."""
        return undo.label(self.state, undo.undoable(self.state, self._reviewer))

    @property
    def redo_label(self) -> str | None:
        """What Redo would bring back; None where there is nothing."""
        return undo.label(self.state, undo.redoable(self.state, self._reviewer))

    def undo(self) -> tuple[int, ...]:
        """Take this reviewer's newest gesture back; return the pairs it was about, in order."""
        return self._take_back(undo.undoable(self.state, self._reviewer))

    def redo(self) -> tuple[int, ...]:
        """Bring back what the newest Undo took; return the pairs it was about, in order."""
        return self._take_back(undo.redoable(self.state, self._reviewer))

    def _take_back(self, events: Sequence[Event]) -> tuple[int, ...]:
        if not events:
            return ()
        retracts = self.record(gestures.retracts(events), None)
        return tuple(sorted(self.shown.numbers(self.following.about(retracts))))

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
        # The reviewer's name goes behind the first gesture that is made under it.
        profile = gestures.profile(self.state, self._reviewer, self.reviewer_name)
        events = self.saving.append([*drafts, *profile], alignment)
        self.following.follow(events, rows)
        return events

    def announce_realigning(self) -> None:
        """Tell that pairs are about to get other numbers."""
        for callback in tuple(self._before_realigning):
            callback()

    # The worker's results

    @property
    def checked(self) -> bool:
        """Whether a whole check has been done since the document was opened."""
        return self.shown.checks.analysis is not None

    def warm_up(self) -> None:
        """Have a thread open the word lists that checking needs: the first edit is quick then."""
        self.shown.checks.warm_up()

    def take(self, analysis: Analysis, revision: int) -> bool:
        """Take the results of a whole check; False where they are of an older revision."""
        if revision != self.revision:
            return False
        self.shown.checks.take(analysis)
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

    def come_to(self, number: int) -> None:
        """Show what a long document has in a pair and its list of findings has no room for."""
        if self.shown.checks.come_to(number):
            self.tell(Change(frozenset({number})))

    def take_groups(self, groups: Sequence[TermGroup], revision: int) -> bool:
        """Take the term groups of a check that goes on; False where they are of an older revision.

        Before the first whole check is done they are not known well enough to be told.
        """
        if revision != self.revision or not self.checked:
            return False
        if self.board.take_groups(groups):
            self.tell(Change(None, findings=True, groups=True))
        return True

    def take_elsewhere(self, found: tuple[Elsewhere, ...]) -> None:
        """Show what other documents of the project render otherwise than this one."""
        if self.checked and self.board.take_elsewhere(found):
            self.tell(Change(None, findings=True, groups=True))

    # Listeners

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
        self.saving.close()
        self.project.close()
