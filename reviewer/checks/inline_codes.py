"""Inline codes of the document's format that the target lost, doubled or crossed."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    SEGMENT_BREAK,
    CodeKind,
    Finding,
    IssueType,
    Kind,
    Pair,
    Severity,
    Side,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.model import Code, Segment

_Mark = tuple[CodeKind, str]


_LAYOUT = ("inserted", "deleted", "↵", "spaces ")
"""What a document's codes are for that a translation may need elsewhere, or not at all: tracked
changes, line breaks and spaces between words."""


class _Placed(NamedTuple):
    """A code and where it stands in the joined text of its side."""

    code: Code
    at: int


def find_code_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each inline code that one side has more often, and for crossed ones.

    In bilingual files a code is told by its id. Of two files, codes are compared by the markup
    they stand for; where the markup was never the same on both sides (two formats), only unpaired
    halves are told.
    """
    for pair in pairs:
        if not any(segment.codes for segment in (*pair.source, *pair.target)):
            continue
        if not pair.source or not pair.target:
            continue
        by_id = pair.shares_codes
        source, target = (
            [each for each in _codes(side) if by_id or not each.code.data.startswith(_LAYOUT)]
            for side in (pair.source, pair.target)
        )
        lost = Counter(_mark(placed.code, by_id) for placed in source)
        extra = Counter(_mark(placed.code, by_id) for placed in target)
        common = lost & extra
        if common or by_id or not (source and target):
            yield from _extra(pair, target, extra - common)
            yield from _lost(pair, source, target, lost - common, spaced=context.target.spaced)
            if lost == extra:
                yield from _crossed(pair, target)
        elif _is_unpaired(target) and not _is_unpaired(source):
            span = Span(Side.TARGET, 0, len(pair.target_text))
            yield Finding("inline-codes", pair.number, (span,), (), Severity.MAJOR, "unpaired")


def _codes(segments: Sequence[Segment]) -> list[_Placed]:
    """Return the codes in a side's text; remarks on a stretch of it are none of the sentence."""
    found, start = [], 0
    for segment in segments:
        known = {code.character: code for code in segment.codes if not code.is_annotation}
        if known:
            found += [
                _Placed(known[character], start + place)
                for place, character in enumerate(segment.text)
                if character in known
            ]
        start += len(segment.text) + 1
    return found


def _mark(code: Code, by_id: bool) -> _Mark:  # noqa: FBT001 - of the pair
    return code.kind, code.id if by_id else code.data or code.id


def _extra(pair: Pair, target: Sequence[_Placed], over: Counter[_Mark]) -> Iterator[Finding]:
    """Yield the codes that the target has more often; the last of equal ones are the surplus."""
    for code, at in reversed(target):
        if over[_mark(code, pair.shares_codes)] > 0:
            over[_mark(code, pair.shares_codes)] -= 1
            fix = ("",) if code.can_delete else ()
            span = Span(Side.TARGET, at, at + 1)
            yield _finding(pair, (span,), (_shown(code),), "extra", fix)


def _lost(
    pair: Pair,
    source: Sequence[_Placed],
    target: Sequence[_Placed],
    over: Counter[_Mark],
    *,
    spaced: bool,
) -> Iterator[Finding]:
    """Yield the codes that the target lacks, in bilingual files with the place they belong in."""
    lost: list[_Placed] = []
    for placed in reversed(source):
        if over[_mark(placed.code, pair.shares_codes)] > 0:
            over[_mark(placed.code, pair.shares_codes)] -= 1
            lost.append(placed)
    for codes in _together(lost[::-1]):
        words = tuple(_shown(each.code) for each in codes)
        marks = tuple(Span(Side.SOURCE, each.at, each.at + 1) for each in codes)
        if not pair.shares_codes:
            yield _finding(pair, marks, words, "lost-pair" if len(codes) > 1 else "lost", ())
            continue
        places = [_place_for(pair, each, source, target, spaced=spaced) for each in codes]
        stretch = pair.target_text[places[0] : places[-1]]
        if len(codes) > 1 and stretch.strip() and SEGMENT_BREAK not in stretch:
            fix = f"{codes[0].code.character}{stretch}{codes[1].code.character}"
            span = Span(Side.TARGET, places[0], places[1])
            yield _finding(pair, (*marks, span), words, "lost-pair", (fix,))
            continue
        for (code, at), mark, place in zip(codes, marks, places, strict=True):
            fix = _with_spaces(pair, code, at, place) if spaced else code.character
            spans = mark, Span(Side.TARGET, place, place)
            yield _finding(pair, spans, (_shown(code),), "lost", (fix,))


def _together(lost: Sequence[_Placed]) -> Iterator[tuple[_Placed, ...]]:
    """Yield lost codes in order, what opens a stretch together with what closes it."""
    closing: defaultdict[str, deque[_Placed]] = defaultdict(deque)
    for each in lost:
        if each.code.kind is CodeKind.CLOSE:
            closing[each.code.id].append(each)
    taken: set[int] = set()
    for each in lost:
        if each.at in taken:
            continue
        others = closing[each.code.id] if each.code.kind is CodeKind.OPEN else ()
        if others and others[0].at > each.at:
            other = closing[each.code.id].popleft()
            taken.add(other.at)
            yield each, other
        else:
            yield (each,)


def _with_spaces(pair: Pair, code: Code, at: int, place: int) -> str:
    """Return a lost code with the spaces that part it from words beside it, as in the source.

    What stands for a word needs them; what opens or closes a stretch belongs to a word.
    """
    if code.kind is not CodeKind.PLACEHOLDER:
        return code.character
    source, target = pair.source_text, pair.target_text
    before = source[:at][-1:].isspace() and target[:place][-1:].isalnum()
    after = source[at + 1 : at + 2].isspace() and target[place : place + 1].isalnum()
    return f"{' ' * before}{code.character}{' ' * after}"


def _place_for(
    pair: Pair,
    lost: _Placed,
    source: Sequence[_Placed],
    target: Sequence[_Placed],
    *,
    spaced: bool,
) -> int:
    """Return where a lost code belongs: between its neighbours, at the same share of the text."""
    at = lost.at
    places = {placed.code.character: placed.at for placed in target}
    before = [p for p in source if p.at < at and p.code.character in places]
    after = [p for p in source if p.at > at and p.code.character in places]
    low = places[before[-1].code.character] + 1 if before else 0
    high = places[after[0].code.character] if after else len(pair.target_text)
    first = before[-1].at + 1 if before else 0
    last = after[0].at if after else len(pair.source_text)
    if high <= low or not pair.source_text[first:at].strip():
        return min(low, len(pair.target_text))
    if not pair.source_text[at + 1 : last].strip():
        return high
    place = low + round((high - low) * (at - first) / max(1, last - first))
    if not spaced:
        return place
    if lost.code.kind is CodeKind.CLOSE:
        return _nearest_word_end(pair.target_text, place, low, high)
    return _nearest_word_start(pair.target_text, place, low, high)


def _nearest_word_start(text: str, place: int, low: int, high: int) -> int:
    starts = [n for n in range(low, high) if n == 0 or text[n - 1].isspace()]
    return min(starts, key=lambda n: abs(n - place), default=place)


def _nearest_word_end(text: str, place: int, low: int, high: int) -> int:
    ends = [n for n in range(low + 1, high + 1) if text[n : n + 1].isspace() or n == len(text)]
    return min(ends, key=lambda n: abs(n - place), default=place)


def _crossed(pair: Pair, target: Sequence[_Placed]) -> Iterator[Finding]:
    """Yield what is closed before it is opened, or closed inside of another pair."""
    right = _nested([placed.code for placed in target])
    wrong = [n for n, code in enumerate(right) if code is not target[n].code]
    if not wrong:
        return
    start, end = target[wrong[0]].at, target[wrong[-1]].at + 1
    text = list(pair.target_text[start:end])
    for number in range(wrong[0], wrong[-1] + 1):
        text[target[number].at - start] = right[number].character
    words = tuple(_shown(target[n].code) for n in wrong[:2])
    fix = ("".join(text),) if pair.shares_codes and "\n" not in text else ()
    yield _finding(pair, (Span(Side.TARGET, start, end),), words, "crossed", fix)


def _nested(codes: Sequence[Code]) -> list[Code]:
    """Return the same codes, those that open and close in an order that nests."""
    opening = {code.id for code in codes if code.kind is CodeKind.OPEN}
    closing = {code.id: code for code in codes if code.kind is CodeKind.CLOSE}
    openers = {code.id: code for code in codes if code.kind is CodeKind.OPEN}
    found, waiting, opened = [], list[str](), set[str]()
    for code in codes:
        if code.kind is CodeKind.OPEN and code.id in opened and code.id in waiting:
            found.append(closing.get(code.id, code))
            waiting.remove(code.id)
        elif code.kind is CodeKind.OPEN and code.id in closing:
            found.append(code)
            waiting.append(code.id)
            opened.add(code.id)
        elif code.kind is CodeKind.CLOSE and code.id in opening and code.id not in opened:
            found.append(openers[code.id])
            waiting.append(code.id)
            opened.add(code.id)
        elif code.kind is CodeKind.CLOSE and waiting and code.id in opening:
            found.append(closing[waiting.pop()])
        else:
            found.append(code)
    return found


def _finding(
    pair: Pair,
    spans: tuple[Span, ...],
    words: tuple[str, ...],
    variant: str,
    suggestions: tuple[str, ...],
) -> Finding:
    return Finding("inline-codes", pair.number, spans, words, Severity.MAJOR, variant, suggestions)


def _shown(code: Code) -> str:
    return code.shown or code.data or code.id


def _is_unpaired(codes: Sequence[_Placed]) -> bool:
    opened = Counter(p.code.id for p in codes if p.code.kind is CodeKind.OPEN)
    closed = Counter(p.code.id for p in codes if p.code.kind is CodeKind.CLOSE)
    return opened != closed


CHECK = Check(
    id="inline-codes",
    kind=Kind.NUMBER,
    type=IssueType.MARKUP,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost or added code"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The inline codes differ from those of the source."),
        "lost": QT_TRANSLATE_NOOP("checks", "The code {0} is not in the translation."),
        "lost-pair": QT_TRANSLATE_NOOP(
            "checks", "The codes {0} and {1} are not in the translation."
        ),
        "extra": QT_TRANSLATE_NOOP("checks", "The code {0} is not in the source."),
        "unpaired": QT_TRANSLATE_NOOP(
            "checks", "A code is opened and not closed, or the reverse."
        ),
        "crossed": QT_TRANSLATE_NOOP(
            "checks", "The codes {0} and {1} cross, or one is closed before it is opened."
        ),
    },
    find=find_code_errors,
    examples=(Example("No codes here.", "Pas de codes ici."),),
)
