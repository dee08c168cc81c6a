"""What the view shows of the pairs beside their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import Verdict
from reviewer.review.subjects import text_hash

if TYPE_CHECKING:
    from reviewer.model import Event, Finding, Span
    from reviewer.review.board import Board
    from reviewer.review.columns import Columns
    from reviewer.review.fold import State

DOUBTFUL = 0.5
"""Below this confidence of the bead the window says that the pair itself is doubtful."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the view shows of a pair beside its texts.

    Attributes:
        changed: confirmed or rejected, but the texts are no longer those that were seen.
        edited: the target is not the delivered one.
        comments: number of remarks.
        preferred: where dominant renderings of drifting terms stand.
        doubtful: the alignment is not sure that these belong together.
    """

    number: int
    verdict: Verdict
    changed: bool
    edited: bool
    comments: int
    findings: tuple[Finding, ...]
    preferred: tuple[Span, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a pair, and the name of who made it."""

    text: str
    reviewer: str
    event: Event


class Rows:
    """The rows of the open document pair."""

    def __init__(self, state: State, columns: Columns, board: Board) -> None:
        self._state = state
        self._columns = columns
        self._board = board
        self._comments: dict[bytes, list[Event]] | None = None
        self._confirmed: frozenset[int] | None = None

    def changed(self) -> None:
        """Forget what was counted: there are new events."""
        self._comments, self._confirmed = None, None

    def row(self, number: int) -> Row:
        """Return what the view shows of a pair."""
        verdict, changed = self.verdict(number)
        return Row(
            number,
            verdict,
            changed,
            self._columns.pair(number).target_text != self._columns.delivered_text(number),
            len(self.comments(number)),
            self._board.open_of(number),
            self._board.preferred(number),
            self._columns.beads[number].confidence < DOUBTFUL,
        )

    def verdict(self, number: int) -> tuple[Verdict, bool]:
        """Return the verdict on a pair, and whether its texts have changed since."""
        register = self._state.register("verdict", self._columns.subject(number).hex())
        if register is None:
            return Verdict.OPEN, False
        content = self._state.content(register.chosen)
        said = next((v for v in Verdict if v.value == content.get("v")), Verdict.OPEN)
        pair = self._columns.pair(number)
        now = {"source": text_hash(pair.source_text), "target": text_hash(pair.target_text)}
        return said, said is not Verdict.OPEN and content.get("saw") != now

    def confirmed(self) -> frozenset[int]:
        """Return the pairs that are confirmed and unchanged since."""
        if self._confirmed is None:
            numbers = set()
            for _, register in self._state.registers("verdict"):
                event = register.chosen
                numbers.add(self._columns.number_of(event, self._state.content(event)))
            settled = (Verdict.CONFIRMED, False)
            self._confirmed = frozenset(
                n for n in numbers if n is not None and self.verdict(n) == settled
            )
        return self._confirmed

    def is_confirmed(self, number: int) -> bool:
        """Return whether a pair is confirmed and unchanged since."""
        return self.verdict(number) == (Verdict.CONFIRMED, False)

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the remarks on a pair, oldest first."""
        if self._comments is None:
            self._comments = {}
            for event in self._state.listed("comment"):
                if event.subject:
                    self._comments.setdefault(event.subject, []).append(event)
        if not self._comments:
            return ()
        events = self._comments.get(self._columns.subject(number), ())
        return tuple(
            Comment(str(self._state.content(e).get("text") or ""), name_of(self._state, e), e)
            for e in events
            if not self._deleted(e)
        )

    def _deleted(self, event: Event) -> bool:
        amended = self._state.register("amend", event.hash.hex())
        fields = self._state.content(amended.chosen).get("fields") if amended else None
        return isinstance(fields, dict) and fields.get("deleted") is True


def name_of(state: State, event: Event) -> str:
    """Return the name that an event's reviewer gave last; a few hex digits without one."""
    name = ""
    for profile in state.listed("reviewer.profile"):
        if profile.reviewer == event.reviewer:
            name = str(state.content(profile).get("name") or "")
    return name or event.reviewer.hex()[:6]
