"""A pair of texts to be written in another format than the original's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.model import Code, IssueType, Severity, Side


class Marked(NamedTuple):
    """A stretch of a side of which something was found; `text` says what, in a sentence."""

    side: Side
    start: int
    end: int
    issue: IssueType
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class TextPair:
    """What stands in a row, each side as one text.

    Attributes:
        target: "" where nothing is translated.
        source_codes, target_codes: of the placeholders; equal ids are the same code on both
            sides where `shares_codes`.
        state: of XLIFF 2.1: "initial", "translated" or "reviewed".
        notes: what stands in the original beside it.
        comments: what reviewers remarked: name and text.
        marks: what was found in the two texts.
    """

    source: str
    target: str
    source_codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()
    shares_codes: bool = False
    state: str = "translated"
    notes: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    marks: tuple[Marked, ...] = ()


def runs(text: str, codes: Sequence[Code]) -> Iterator[str | Code]:
    """Yield the stretches of a text between its codes, and the codes, in order."""
    known = {code.character: code for code in codes}
    start = 0
    for place, character in enumerate(text if known else ""):
        if character in known:
            if start < place:
                yield text[start:place]
            yield known[character]
            start = place + 1
    if start < len(text):
        yield text[start:]


def paired(text: str, codes: Sequence[Code]) -> frozenset[str]:
    """Return the ids that are opened once and closed once behind it."""
    opened: dict[str, int] = {}
    closed: dict[str, int] = {}
    spoilt: set[str] = set()
    for place, run in enumerate(runs(text, codes)):
        if isinstance(run, str) or run.kind not in {CodeKind.OPEN, CodeKind.CLOSE}:
            continue
        seen = opened if run.kind is CodeKind.OPEN else closed
        if run.id in seen:
            spoilt.add(run.id)
        seen[run.id] = place
    whole = {id_ for id_, place in opened.items() if closed.get(id_, -1) > place}
    return frozenset(whole - spoilt)
