"""Keeping an open review in step with events, whoever made them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.review.alignment.beads import Renumbering
from reviewer.review.decisions import undo
from reviewer.review.decisions.change import Change
from reviewer.review.decisions.project import document_pairs
from reviewer.review.decisions.registers import INDEPENDENT, register_key
from reviewer.review.decisions.versions import stands_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Event
    from reviewer.review.session import Review


_MOST_REMEMBERED = 100
"""Revisions of which it is known which texts they changed."""

_MANY = 2_000
"""Events from elsewhere beyond which the document is read anew."""


class Following:
    """Brings everything derived in step with new events, and has the listeners told."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._rewritten: dict[int, frozenset[int]] = {}

    def rewritten_since(self, revision: int) -> frozenset[int] | None:
        """Return the pairs whose texts are others since a revision; None where it may be all."""
        since = range(revision + 1, self._review.revision + 1)
        if not all(each in self._rewritten for each in since):
            return None
        return frozenset().union(*(self._rewritten[each] for each in since))

    def follow(
        self, events: Sequence[Event], rows: set[int] | None, *, is_part: bool = False
    ) -> None:
        """Bring everything derived in step with new events; of a part more is on its way."""
        review = self._review
        review.revision += 1
        about = self.about(events)
        kinds = {event.kind for event in about}
        if "term" in kinds:
            review.shown.checks.forget_terms()
        documents = review.documents
        if "doc.version" in kinds or self._says_whose_count(about):
            self.renew()
            return
        if kinds & {"align.use", "align.add"} and self._other_alignment():
            return
        renumbering = self._realign() if "align.edit" in kinds else Renumbering()
        review.shown.take_decisions(about, retracted="retract" in kinds)
        texts = [e for e in about if e.kind in {"edit", "insert"}]
        rewritten = review.shown.numbers(texts) | {*renumbering.come}
        touched = {*(rows or ()), *renumbering.come}
        if rows is None or renumbering:
            others = (e for e in about if e.kind not in {"edit", "insert"})
            touched |= rewritten | review.shown.numbers(others)
        is_known = review.shown.rewrite(rewritten)
        if not renumbering:
            self._note_rewritten(rewritten)
        if "verdict" in kinds:
            review.shown.trust(touched - rewritten)
        review.shown.rows.follow((), touched | rewritten)
        change = self._change(kinds, touched, renumbering)
        is_other = review.documents is not documents
        renewed = not is_known and not is_part
        review.tell(replace(change, documents=is_other, renewed=renewed))

    def _says_whose_count(self, events: Sequence[Event]) -> bool:
        """Return whether events say that reviewers are independent, or no longer."""
        said = (e for e in events if e.kind == "setting")
        return any(register_key(e, self._review.state.content(e)) == INDEPENDENT for e in said)

    def _note_rewritten(self, rewritten: set[int]) -> None:
        if len(self._rewritten) >= _MOST_REMEMBERED:
            del self._rewritten[next(iter(self._rewritten))]
        self._rewritten[self._review.revision] = frozenset(rewritten)

    def about(self, events: Sequence[Event]) -> list[Event]:
        """Return events with those that they take back, or by taking back an undo bring back."""
        undone = undo.taken_back(self._review.state, events)
        return [*events, *undone, *undo.taken_back(self._review.state, undone)]

    def _realign(self) -> Renumbering:
        """Apply the alignment edits that stand now."""
        review = self._review
        review.announce_realigning()
        review.disputes.forget()
        return review.shown.realign()

    def _change(self, kinds: set[str], touched: set[int], renumbering: Renumbering) -> Change:
        """Follow settings and waivers; return what is to be told."""
        review = self._review
        whole = bool(kinds - {"edit", "insert", "verdict", "comment", "amend", "export.done"})
        if kinds & {"setting"}:
            self._reread_documents()
            review.board.off = review.settings.off()
        if kinds & {"group", "waive", "setting"}:
            review.board.judge()
        asked = kinds & {"edit", "insert", "setting", "term"}
        texts = review.words.are_others() or bool(asked)
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
        review = self._review
        shown = review.pair_of_documents.align_id
        found = document_pairs(review.project, review.state)
        kept = [index for index, pair in enumerate(found) if pair.align_id == shown]
        before = review.target_language
        if kept and found != review.documents:
            review.hold_documents(found)
            review.document = kept[0]
        if review.target_language != before:
            review.words.take_language()

    def follow_others(self, events: tuple[Event, ...]) -> None:
        """Show what others decided."""
        if len(events) > _MANY:
            self.renew()
        elif events:
            self.follow(events, None)

    def follow_part(self, events: tuple[Event, ...], *, is_last: bool) -> None:
        """Show a part of very many decisions of others; all is looked at anew with the last one.

        Each part is shown at once: what is decided next names what stands by then as seen.
        """
        if is_last:
            self.renew()
        elif events:
            self.follow(events, None, is_part=True)

    def follow_documents(self) -> None:
        """Take document pairs that the file has now; the one in the window stays if it stands."""
        review = self._review
        shown = review.pair_of_documents.align_id
        found = document_pairs(review.project, review.state)
        if shown not in {pair.align_id for pair in found}:
            self.renew()
            return
        self._reread_documents()
        review.tell(Change(documents=True, history=True, saved=True))

    def _other_alignment(self) -> bool:
        """Take another alignment of the open documents where one is in use; return whether."""
        review = self._review
        shown = review.pair_of_documents
        self._learn_alignments()
        found = document_pairs(review.project, review.state)
        index = next(
            (n for n, pair in enumerate(found) if pair.documents == shown.documents), None
        )
        if index is None:
            return False
        if found[index].align_id == shown.align_id:
            if found != review.documents:
                review.hold_documents(found)
                review.document = index
            return False
        review.announce_realigning()
        review.hold_documents(found)
        review.show(index)
        change = Change(
            None,
            documents=True,
            findings=True,
            groups=True,
            history=True,
            saved=True,
            realigned=True,
        )
        review.tell(change)
        return True

    def renew(self) -> None:
        """Read the open document anew: faster than to follow thousands of events one by one."""
        review = self._review
        review.announce_realigning()
        review.revision += 1
        self._learn_alignments()
        shown = review.pair_of_documents.documents
        found = document_pairs(review.project, review.state)
        review.hold_documents(found)
        review.show(stands_for(review.state, shown, [pair.documents for pair in found]))
        everything = Change(None, findings=True, groups=True, history=True, realigned=True)
        review.tell(replace(everything, saved=True, texts=True, documents=True, renewed=True))

    def _learn_alignments(self) -> None:
        """Read the file's alignments again where one is in use that another program added."""
        review = self._review
        used = {
            str(review.state.content(event).get("align_id"))
            for event in review.state.listed("align.use")
        }
        if not used <= {known.align_id.hex() for known in review.project.alignments}:
            with suppress(ProjectFileError):  # the alignment before stays in use then
                review.project.reread()
