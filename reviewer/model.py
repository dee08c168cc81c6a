"""Every central type; read this first.

All are frozen values. Offsets are code points, counted from 0, ranges half-open. Languages are
BCP 47 tags. Text is kept exactly as read; inline codes stand in it as one placeholder character
each (plane 15, from U+F0000), with a table entry per placeholder.

    formats.read -> Document of Units -> segment -> Segments -> align -> Beads
    Beads + Segments -> Pairs -> (terms, checks) -> TermGroups, Findings
    what a person does -> Events -> review.fold -> the state of the review
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_CODE = 0xF0000
LAST_CODE = 0xFFFFD
ANNOTATION = "mrk "
"""What the ids of codes begin with that the other side need not have."""
SEGMENT_BREAK = "\n"
"""Stands between the segments of one side of a pair; never inside a segment."""


class Side(enum.Enum):
    """Which column of a pair."""

    SOURCE = "source"
    TARGET = "target"


class Severity(enum.IntEnum):
    """How bad, with the weights of MQM 2.0."""

    NEUTRAL = 0
    MINOR = 1
    MAJOR = 5
    CRITICAL = 25


class IssueType(enum.Enum):
    """Types of MQM-Core 2.0 that our checks map to, as paths of the typology."""

    INCONSISTENT_TERM = "terminology/inconsistent-use-of-terminology"
    WRONG_TERM = "terminology/wrong-term"
    MISTRANSLATION = "accuracy/mistranslation"
    ADDITION = "accuracy/addition"
    OMISSION = "accuracy/omission"
    UNTRANSLATED = "accuracy/untranslated"
    PUNCTUATION = "linguistic-conventions/punctuation"
    SPELLING = "linguistic-conventions/spelling"
    GRAMMAR = "linguistic-conventions/grammar"
    TYPOGRAPHY = "linguistic-conventions/textual-conventions"
    ENCODING = "linguistic-conventions/character-encoding"
    INCONSISTENT_STYLE = "style/inconsistent-style"
    NUMBER = "locale-conventions/number"
    MARKUP = "design-and-markup/markup-tag"
    LINK = "design-and-markup/link-cross-reference"


class Kind(enum.Enum):
    """The chip of the filter row that a finding belongs to (`window.md` 6)."""

    UNTRANSLATED = "untranslated"
    TERMS = "terms"
    OMISSION = "omission"
    NUMBER = "number"
    SPELLING = "spelling"
    FORM = "form"


class Level(enum.Enum):
    """How much of what a check finds is shown in a project: all, the surer, the surest."""

    STRICT = "strict"
    NORMAL = "normal"
    LENIENT = "lenient"


class CodeKind(enum.Enum):
    """The four kinds of inline code of XLIFF 2.1."""

    PLACEHOLDER = "ph"
    OPEN = "sc"
    CLOSE = "ec"
    PAIR = "pc"


@dataclass(frozen=True, slots=True)
class Code:
    """The table entry of one placeholder character.

    Attributes:
        character: the placeholder in the text.
        id: as in the document, or a number given by the reader; open and close share it.
        kind: placeholder, or the opening or closing half of a pair.
        data: the original markup, given back at export.
        shown: what the chip says, a few characters.
        can_delete, can_copy, can_reorder: what a reviewer may do with it.
    """

    character: str
    id: str
    kind: CodeKind
    data: str
    shown: str = ""
    can_delete: bool = True
    can_copy: bool = True
    can_reorder: bool = True

    @property
    def is_annotation(self) -> bool:
        """Whether it only marks a stretch of one side: a comment, a term, a tracked change."""
        return self.id.startswith(ANNOTATION)


@dataclass(frozen=True, slots=True)
class UnitState:
    """What a bilingual file says of the translation of a unit.

    Attributes:
        state: in the file's own word ("translated", "ApprovedSignOff", "fuzzy"); "" for none.
        locked: the file asks that the translation stays as it is.
        notes: remarks that travel in the file.
    """

    state: str = ""
    locked: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, heading or cell of a document.

    Attributes:
        text: without line breaks.
        codes: in the order of their placeholders.
        location: what the writer of its format needs to find it again.
        translatable: False for what is shown as context only.
        state: what a bilingual file says of it; None for nothing.
    """

    text: str
    codes: tuple[Code, ...] = ()
    location: str = ""
    translatable: bool = True
    state: UnitState | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        name: the file's name without folders; a label, never a path.
        format: name of the reader ("text", "markdown", ...).
        language: BCP 47 tag.
        units: in reading order.
        original: the file's bytes.
        recipe: what makes reading repeatable: reader version, encoding, options.
    """

    name: str
    format: str
    language: str
    units: tuple[Unit, ...]
    original: bytes = field(repr=False)
    recipe: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a unit.

    Attributes:
        ord: position in its document, from 0.
        unit: index of its unit; segments of one unit follow each other.
        start, end: its range in the unit's text.
        text: `unit.text[start:end]`; holds no line break and is not blank.
        codes: of the placeholders in `text`.
        state: of its unit.
    """

    ord: int
    unit: int
    start: int
    end: int
    text: str
    codes: tuple[Code, ...] = ()
    state: UnitState | None = None


SURE = 0.9
"""From this confidence on a bead is sure; see `Doubt`."""
DOUBTFUL = 0.7
"""Below this confidence a bead is doubtful; see `Doubt`."""


class Doubt(enum.IntEnum):
    """How far a bead can be trusted, from its calibrated confidence.

    Of documents that are aligned well, one to fifteen beads of a hundred are doubtful, and a
    third to a half of those are wrong; four in five of the wrong ones are not sure.
    """

    SURE = 0
    CHECK = 1
    DOUBTFUL = 2

    @classmethod
    def of(cls, confidence: float) -> Doubt:
        """Return the level of a confidence, 0-1."""
        if confidence < DOUBTFUL:
            return cls.DOUBTFUL
        return cls.CHECK if confidence < SURE else cls.SURE


class Origin(enum.Enum):
    """Who made a bead."""

    AUTO = "auto"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Bead:
    """Source segments and the target segments that correspond to them.

    Attributes:
        source_start, source_end: range of segment `ord`s; empty where nothing corresponds.
        target_start, target_end: the same on the other side.
        confidence: calibrated probability that the bead is right, 0-1.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    confidence: float = 1.0
    origin: Origin = Origin.AUTO


@dataclass(frozen=True)
class Pair:
    """A bead with the texts of its segments as they stand now, a person's edits included.

    Attributes:
        number: position in the alignment, from 0.
        confidence: of the bead, 0-1.
        shares_codes: a character is the same code on both sides, and a code of the source can
            be written into the target, as in bilingual files.
    """

    number: int
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    confidence: float = 1.0
    shares_codes: bool = False

    @cached_property
    def source_text(self) -> str:
        """The source segments, joined by SEGMENT_BREAK; spans count in this text."""
        return SEGMENT_BREAK.join(segment.text for segment in self.source)

    @cached_property
    def target_text(self) -> str:
        """The target segments, joined by SEGMENT_BREAK; spans count in this text."""
        return SEGMENT_BREAK.join(segment.text for segment in self.target)

    @property
    def states(self) -> tuple[UnitState, ...]:
        """What a bilingual file says of the units of the pair, each once."""
        found = (segment.state for segment in (*self.source, *self.target))
        return tuple(dict.fromkeys(state for state in found if state is not None))

    @property
    def is_locked(self) -> bool:
        """Whether the file asks that the translation stays as it is."""
        return any(state.locked for state in self.states)

    def text(self, side: Side) -> str:
        """Return the text of one side."""
        return self.source_text if side is Side.SOURCE else self.target_text

    def in_segment(self, span: Span) -> tuple[int, int, int]:
        """Return (segment ord, start, end) of a span; one that crosses segments is cut.

        An empty side gives (-1, 0, 0).
        """
        segments = self.source if span.side is Side.SOURCE else self.target
        offset = 0
        for segment in segments:
            end = offset + len(segment.text)
            if span.start <= end:
                return segment.ord, span.start - offset, min(span.end, end) - offset
            offset = end + len(SEGMENT_BREAK)
        return -1, 0, 0


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the joined text of one side of a pair (`Pair.text`)."""

    side: Side
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check saw: ids, places and words; no prose, no widget.

    Attributes:
        check: id of the check.
        pair: number of the pair.
        spans: the first is where the window goes; empty when the whole pair is meant.
        words: fill the check's message; also what the fingerprint is made of.
        severity: as the check proposes it.
        variant: which of the check's messages; "" is its main one. For `untranslated`:
            "source", "third", "script" or "segment".
        suggestions: texts that could stand in place of the first target span, best first.
        confidence: 0-1, for ranking.
        fingerprint: 32 hex digits, given by `checks.run`; see `fingerprint`.
        doubtful: the pair itself is doubtful, so is the finding; it is minor at most.
    """

    check: str
    pair: int
    spans: tuple[Span, ...]
    words: tuple[str, ...] = ()
    severity: Severity = Severity.MINOR
    variant: str = ""
    suggestions: tuple[str, ...] = ()
    confidence: float = 1.0
    fingerprint: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a rendering stands: a range of a pair's joined target text."""

    pair: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A target wording of a source term.

    Attributes:
        text: the form to show, the most frequent or shortest one.
        occurrences: in order; the forms in the text may be inflected.
    """

    text: str
    occurrences: tuple[Occurrence, ...]


class GroupKind(enum.Enum):
    """What drifts."""

    TERM = "term"
    SPELLING = "spelling"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class TermGroup:
    """A source term and the target wordings it received.

    Attributes:
        source: the term as written most often.
        source_occurrences: ranges of the pairs' joined source texts.
        renderings: most frequent first; at least two.
        score: for ranking, higher is surer.
        stray: one dominant rendering and single strays: the lower tier.
    """

    source: str
    kind: GroupKind
    score: float
    renderings: tuple[Rendering, ...]
    source_occurrences: tuple[Occurrence, ...] = ()
    stray: bool = False


ANY_LANGUAGE = "mul"
"""Language of a term that stands in every language as it is written: it is not translated."""


class TermStatus(enum.Enum):
    """Whether a term may be used, after TBX's administrative status."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a concept.

    Attributes:
        language: BCP 47 tag, or ANY_LANGUAGE.
        text: the basic form; not blank.
        note: why, where, since when; for people.
    """

    language: str
    text: str
    status: TermStatus = TermStatus.PREFERRED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a termbase: one meaning with its terms in several languages.

    Attributes:
        terms: in the order of the entry; several of one language are synonyms.
        id: 32 hex digits in a project; as written in a file; empty where there is none.
        subject_field: what area it is from.
    """

    terms: tuple[Term, ...]
    id: str = ""
    subject_field: str = ""

    def of(self, language: str) -> tuple[Term, ...]:
        """Return the terms of a language, whatever their region or script."""
        wanted = primary_subtag(language)
        return tuple(term for term in self.terms if primary_subtag(term.language) == wanted)


def primary_subtag(tag: str) -> str:
    """Return the language of a BCP 47 tag, lower-cased, in its present code."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return _OLD_CODES.get(code, code)


_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes of ISO 639 until 1989, which Java programs still write."""


class Verdict(enum.Enum):
    """What a person said of a pair."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class WaiverScope(enum.Enum):
    """How far "this is a false alarm" reaches (`project-file.md`, fingerprints)."""

    HERE = "here"
    TEXT = "text"
    WORD = "word"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Event:
    """One immutable line of the log (`project-file.md`).

    Attributes:
        session: 16 random bytes, new at each opening for writing.
        seq: 1, 2, 3 ... without gaps inside a session.
        hash: 32 bytes; the identity of the event.
        prev: hash of the event before in its session; empty for the first.
        hlc: milliseconds since 1970 << 16 | counter; orders the display, decides nothing.
        reviewer: 16 bytes.
        kind: "edit", "verdict", "waive", ...; unknown ones are kept and ignored.
        gesture: `seq` of the first event of the same gesture.
        subject: 16 bytes, what it is about; None for what is about the whole project.
        body: canonical JSON.
    """

    session: bytes
    seq: int
    hash: bytes
    prev: bytes
    hlc: int
    reviewer: bytes
    kind: str
    gesture: int
    subject: bytes | None
    body: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before the log has given it a place: what happened, not yet when or by whom."""

    kind: str
    subject: bytes | None
    body: Mapping[str, Any]


def has_codes(text: str) -> bool:
    """Return whether placeholders of inline codes stand in a text."""
    return not text.isascii() and any(FIRST_CODE <= ord(each) <= LAST_CODE for each in text)


def fingerprint(
    check: str, words: Sequence[str], source_text: str | None, ordinal: int = 0
) -> str:
    """Return 32 hex digits that name a finding across edits and re-alignments.

    With `source_text` (of its pair) it is the place, `ordinal` counting equal findings of the
    pair from 0; with None it is this text wherever the check meets it (`project-file.md`).
    """
    digest = blake2b(digest_size=16)
    parts = [check, *words] if source_text is None else [check, *words, source_text, str(ordinal)]
    for part in ("text" if source_text is None else "here", *parts):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(4, "big"))
        digest.update(encoded)
    return digest.hexdigest()
