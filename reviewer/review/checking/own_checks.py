"""Checks that a person wrote: Python files in a folder of their own, switched on by name.

Such a file is a program. It runs in a process of its own, for a limited time; what it found comes
back as JSON. Which files run is a setting of the person: no project names or holds any.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer import paths
from reviewer.checks import run
from reviewer.checks.base import Check, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.checks.base import Context
    from reviewer.model import Pair
    from reviewer.review.checking.pipeline import Watch

_STARTING, _PER_PAIR = 20.0, 0.002
"""Seconds that a file may take, and for each pair on top."""
_LOOK = 0.1
_MOST = 5000
_LONGEST_WORD = 500


def _found_elsewhere(_pairs: Sequence[Pair], _context: Context) -> Iterator[Finding]:
    """Yield nothing: the findings come from the files."""
    return iter(())


OWN = Check(
    id="own",
    kind=Kind.FORM,
    type=IssueType.INCONSISTENT_STYLE,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Checks of your own"),
    messages={"": QT_TRANSLATE_NOOP("checks", "{0}: {2}")},
    find=_found_elsewhere,
    examples=(),
    identified_by=2,
)
"""What all of the person's files find; its words are the title, the text and the message."""


@dataclass(frozen=True, slots=True)
class OwnFindings:
    """What the person's files found.

    Attributes:
        notes: files that could not be used, and why, one sentence each.
    """

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def folder() -> Path:
    """Return the folder of the person's check files; it may not exist yet."""
    return paths.config_folder() / "checks"


def available() -> dict[str, Path]:
    """Return the check files by their names, in order."""
    try:
        files = sorted(folder().iterdir(), key=lambda path: path.name.lower())
    except OSError:
        return {}
    return {path.name: path for path in files if path.suffix == ".py" and path.is_file()}


def find_with_own_checks(
    names: Iterable[str],
    pairs: Sequence[Pair],
    context: Context,
    watch: Watch,
) -> OwnFindings:
    """Run the files of these names; one that fails or hangs becomes a note. Raises Cancelled."""
    known = available()
    findings: list[Finding] = []
    notes: list[str] = []
    for name in dict.fromkeys(names):
        if name not in known:
            notes.append(f"“{name}” is switched on, but is not in the folder of your checks.")
            continue
        watch.step("Checking", 0, 1)
        found = run_file(known[name], pairs, context, watch)
        findings += found.findings
        notes += found.notes
    return OwnFindings(tuple(findings), tuple(notes))


def run_file(
    path: Path, pairs: Sequence[Pair], context: Context, watch: Watch, limit: float | None = None
) -> OwnFindings:
    """Run one file in a process of its own; `limit` is in seconds. Raises Cancelled."""
    limit = limit or _STARTING + _PER_PAIR * len(pairs)
    answer = _answer(path, _request(pairs, context), limit, watch)
    if isinstance(answer, str):
        return OwnFindings(notes=(f"“{path.name}” {answer}",))
    by_number = {pair.number: pair for pair in pairs}
    records = [record for record in answer["findings"] if isinstance(record, dict)]
    made = [f for record in records if (f := _finding(record, str(answer["title"]), by_number))]
    told = () if len(made) == len(answer["findings"]) else (_strange(path),)
    check = replace(OWN, find=lambda _pairs, _context: iter(made))
    return OwnFindings(tuple(run(pairs, context, [check])), told)


def _strange(path: Path) -> str:
    return f"“{path.name}” found something outside of the texts; that was left out."


def _request(pairs: Sequence[Pair], context: Context) -> str:
    """Return what a file is told: the texts, their languages, what is accepted."""
    rows = [
        [
            pair.number,
            *([[s.ord, s.text] for s in side] for side in (pair.source, pair.target)),
            pair.confidence,
        ]
        for pair in pairs
    ]
    return json.dumps(
        {
            "languages": [context.source.tag, context.target.tag],
            "accepted": sorted(context.accepted),
            "length_ratio": context.length_ratio,
            "most": _MOST,
            "pairs": rows,
        }
    )


def _answer(path: Path, request: str, limit: float, watch: Watch) -> Mapping[str, Any] | str:
    """Return what the process answered, or why it did not, the end of a sentence."""
    frozen = bool(getattr(sys, "frozen", False))
    command = [sys.executable, *([] if frozen else ["-m", "reviewer"]), "run-check", str(path)]
    process = subprocess.Popen(  # noqa: S603 - this program itself
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    end = time.monotonic() + limit
    given: bytes | None = request.encode("ascii")
    try:
        while time.monotonic() < end:
            watch.step("Checking", 0, 1)
            try:
                return _read(process.communicate(given, timeout=_LOOK)[0])
            except subprocess.TimeoutExpired:
                given = None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return f"took longer than {limit:.0f} seconds and was stopped."


def _read(out: bytes) -> Mapping[str, Any] | str:
    try:
        answer = json.loads(out)
    except ValueError:
        return "ended before it said what it found; it was not used."
    if not isinstance(answer, dict) or not isinstance(answer.get("findings"), list):
        return (
            str(answer["error"]) if isinstance(answer, dict) and "error" in answer else "failed."
        )
    return answer


def _finding(record: Mapping[str, Any], title: str, pairs: Mapping[int, Pair]) -> Finding | None:
    """Return what a file found; None where it points outside of the texts."""
    try:
        pair = pairs[record["pair"]]
        spans = tuple(
            Span(Side(side), int(start), int(end)) for side, start, end in record["spans"]
        )
        severity = Severity[record["severity"]]
        confidence = min(max(float(record["confidence"]), 0.0), 1.0)
        suggestions = tuple(str(text)[:_LONGEST_WORD] for text in record["suggestions"][:9])
        message = str(record["message"])[:_LONGEST_WORD]
    except (KeyError, ValueError, TypeError):
        return None
    if any(not 0 <= span.start <= span.end <= len(pair.text(span.side)) for span in spans):
        return None
    text = pair.text(spans[0].side)[spans[0].start : spans[0].end] if spans else ""
    words = (title[:_LONGEST_WORD], text, message)
    return Finding(
        OWN.id, pair.number, spans, words, severity, "", suggestions, confidence=confidence
    )
