"""A review without a file: columns, a state, and gestures that become events at once."""

from dataclasses import replace

from events import event

from reviewer.model import Bead, Segment
from reviewer.review.alignment import realign
from reviewer.review.alignment.columns import Columns
from reviewer.review.alignment.cutting import cut
from reviewer.review.alignment.delivered import Delivered
from reviewer.review.alignment.places import written
from reviewer.review.decisions import gestures
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.fold import State


class Desk:
    """Two columns and one reviewer at work on them; `beads` are 1-1 unless given."""

    def __init__(self, source, target, beads=None):
        beads = beads or [Bead(n, n + 1, n, n + 1) for n in range(len(source))]
        self.state = State()
        self.columns = Columns(
            Delivered(
                b"S" * 32, b"T" * 32, b"A" * 32, _segments(source), _segments(target), beads
            ),
            self.state,
        )
        self.decisions = Decisions(self.state, self.columns)
        self._seq = 0

    def record(self, *drafts, reviewer=b"r" * 16):
        """Make events of drafts, as one gesture; return them."""
        first = self._seq + 1
        made = []
        for draft in drafts:
            self._seq += 1
            made.append(self._event(draft, reviewer, first))
            self.state.add(made[-1])
        self._follow()
        for one in made:
            self.decisions.note(one)
        return made

    def record_all(self, events):
        """Take in events that were made elsewhere."""
        for one in events:
            self.state.add(one)
            self._seq = max(self._seq, one.seq)
        self._follow()
        for one in events:
            self.decisions.note(one)

    def _follow(self):
        renumbering = self.columns.realign()
        self.columns.forget()
        self.decisions.retracted()
        self.decisions.follow(renumbering)

    def realign(self, swap, texts=None, reviewer=b"r" * 16, added=None):
        """Record an alignment edit where there is one."""
        if swap is None:
            return []
        drafts = gestures.realign(self.state, self.columns, swap, texts, added)
        return self.record(*drafts, reviewer=reviewer)

    def split(self, number, source, target, reviewer=b"r" * 16):
        """Split a pair at offsets of its texts."""
        at = cut(self.columns, number, source, target)
        if at is None:
            return []
        swap = realign.split(self.columns.beads, number, at.at)
        return self.realign(swap, at.texts, reviewer, at.added)

    @property
    def places(self):
        """The places of the pairs as events write them."""
        return [written(bead.place) for bead in self.columns.beads]

    def _event(self, draft, reviewer, gesture):
        body = dict(draft.body)
        made = event(draft.kind, body, seq=self._seq, subject=draft.subject, reviewer=reviewer)
        return replace(made, gesture=gesture)


def _segments(texts):
    return [Segment(n, n // 8, 0, len(text), text) for n, text in enumerate(texts)]
