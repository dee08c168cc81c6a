"""A review without a file: columns, a state, and gestures that become events at once."""

from dataclasses import replace

from events import event

from reviewer.model import Bead, Segment
from reviewer.review.columns import Columns, Delivered
from reviewer.review.fold import State


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
        self._seq = 0

    def record(self, *drafts, reviewer=b"r" * 16):
        """Make events of drafts, as one gesture; return them."""
        first = self._seq + 1
        made = []
        for draft in drafts:
            self._seq += 1
            made.append(self._event(draft, reviewer, first))
            self.state.add(made[-1])
        self.columns.realign()
        return made

    def _event(self, draft, reviewer, gesture):
        body = dict(draft.body)
        made = event(draft.kind, body, seq=self._seq, subject=draft.subject, reviewer=reviewer)
        return replace(made, gesture=gesture)


def _segments(texts):
    return [Segment(n, n, 0, len(text), text) for n, text in enumerate(texts)]
