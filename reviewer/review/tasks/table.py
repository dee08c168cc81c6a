"""A table of sentence pairs, checked line by line; findings as the command line prints them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from reviewer.checks import CHECKS, run
from reviewer.checks.base import Scope
from reviewer.errors import FormatError
from reviewer.marking import PAIR_IS_DOUBTFUL
from reviewer.model import Finding, Pair, Segment, Side
from reviewer.review.checking.catalogue import check_of
from reviewer.review.checking.pipeline import check_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.checks.base import Check, Context

Record = dict[str, Any]  # Any: what JSON holds

_AT_ONCE = 4096
_FIELDS = ("src_lang", "tgt_lang", "source", "target")


def check_table(
    lines: Iterable[Mapping[str, Any]], checks: Sequence[Check] = CHECKS
) -> Iterator[Record]:
    """Check pairs that stand alone; yield {id, findings, spans} for each line, in their order.

    A line holds id, src_lang, tgt_lang, source and target; its target is one segment, whatever
    it holds. `spans` are the [start, end, kind] of untranslated fragments of the target. Checks
    that compare pairs with each other are left out. Raises FormatError for a line that lacks a
    field.
    """
    rest = iter(lines)
    first = 0
    while batch := list(islice(rest, _AT_ONCE)):
        yield from _checked(batch, first, checks)
        first += len(batch)


def _checked(
    batch: Sequence[Mapping[str, Any]], first: int, checks: Sequence[Check]
) -> Iterator[Record]:
    """Yield the records of a batch, its lines checked together by language pair."""
    groups: dict[tuple[str, str], list[Pair]] = {}
    pairs = []
    for number, line in enumerate(batch):
        for name in _FIELDS:
            if not isinstance(line.get(name), str):
                message = f"Line {first + number + 1} has no text named “{name}”."
                raise FormatError(message)
        pairs.append(Pair(number, _side(line["source"]), _side(line["target"])))
        groups.setdefault((line["src_lang"], line["tgt_lang"]), []).append(pairs[-1])
    found: list[list[Finding]] = [[] for _ in batch]
    for languages, group in groups.items():
        for finding in _found(group, check_context(*languages), checks):
            found[finding.pair].append(finding)
    for line, pair, findings in zip(batch, pairs, found, strict=True):
        records = [finding_record(finding, pair) for finding in findings]
        spans = [
            [record["start"], record["end"], finding.variant]
            for finding, record in zip(findings, records, strict=True)
            if finding.check == "untranslated"
        ]
        yield {"id": line.get("id"), "findings": records, "spans": spans}


def _found(pairs: Sequence[Pair], context: Context, checks: Sequence[Check]) -> Iterator[Finding]:
    """Yield what is found in pairs of which each is a document of its own."""
    yield from run(pairs, context, [check for check in checks if check.scope is Scope.BEAD])
    alone = [check for check in checks if check.alone]
    for pair in pairs if alone else ():
        yield from run([pair], context, alone)


def _side(text: str) -> tuple[Segment, ...]:
    return (Segment(0, 0, 0, len(text), text),) if text.strip() else ()


def finding_record(finding: Finding, pair: Pair) -> Record:
    """Return a finding as `reviewer check --json` prints it.

    `start` and `end` count in the segment of the first span, -1 and -1 without one. `segment` is
    the target segment it is about, the pair's first where the span is in the source or missing,
    -1 where the pair has none. `source_segments` are all of the pair's, or the one of the span.
    "doubtful" says that the alignment is not sure of the pair.
    """
    check = check_of(finding)
    template = check.messages.get(finding.variant, check.messages[""])
    segment = pair.target[0].ord if pair.target else -1
    source_segments = [part.ord for part in pair.source]
    side, start, end, text = Side.TARGET, -1, -1, ""
    if finding.spans:
        span = finding.spans[0]
        side = span.side
        place, start, end = pair.in_segment(span)
        text = pair.text(side)[span.start : span.end]
        if side is Side.TARGET:
            segment = place
        else:
            source_segments = [place]
    return {
        "check": finding.check,
        "kind": check.kind.value,
        "severity": finding.severity.name.lower(),
        "segment": segment,
        "source_segments": source_segments,
        "side": side.value,
        "start": start,
        "end": end,
        "text": text,
        "message": _message(template, finding),
        "suggestions": list(finding.suggestions),
        "confidence": round(finding.confidence, 4),
        "fingerprint": finding.fingerprint,
        "doubtful": finding.doubtful,
    }


def _message(template: str, finding: Finding) -> str:
    """Return the sentence of a finding, and behind it that its pair is doubtful where it is."""
    message = template.format(*finding.words)
    return f"{message} {PAIR_IS_DOUBTFUL}" if finding.doubtful else message
