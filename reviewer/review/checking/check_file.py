"""Run one check file of the person: the texts come as JSON, what it finds goes back as JSON.

This is the other end of `own_checks`, in a process of its own that can be stopped.
"""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from itertools import islice
from typing import TYPE_CHECKING, Any

from reviewer.checks import CHECKS
from reviewer.checks.base import Check
from reviewer.model import Finding, Pair, Segment
from reviewer.review.checking.pipeline import check_context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class _UnusableError(Exception):
    """A file is no check; the message is the end of a sentence that begins with its name."""


def run_check_file(path: Path) -> None:
    """Read a request from standard input and write the answer to standard output."""
    request = json.loads(sys.stdin.buffer.read())
    with redirect_stdout(sys.stderr):  # what the file prints is no answer
        answer = _answer(path, request)
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()


def _answer(path: Path, request: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        check = _load(path)
        return {"title": check.title, "findings": _found(check, request)}
    except _UnusableError as error:
        return {"error": str(error)}
    except BaseException as error:  # noqa: BLE001 - the one guard between a file and the review
        name = type(error).__name__
        return {"error": f"failed{_place(error, path)} ({name}); it was left out."}


def _load(path: Path) -> Check:
    """Return the check that a file ends with; raises _UnusableError, and all that it raises."""
    spec = spec_from_file_location("own_check", path)
    if spec is None or spec.loader is None:
        raise _UnusableError("cannot be read; it was not used.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    check = getattr(module, "CHECK", None)
    if not isinstance(check, Check):
        raise _UnusableError("does not end with CHECK = Check(...); it was not used.")
    if any(check.id == known.id for known in CHECKS):
        message = f"has the id of a built-in check (“{check.id}”); it was not used."
        raise _UnusableError(message)
    return check


def _found(check: Check, request: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    pairs = [_pair(*row) for row in request["pairs"]]
    context = check_context(
        *request["languages"],
        accepted=frozenset(request["accepted"]),
        length_ratio=request["length_ratio"],
    )
    return [_record(f, check) for f in islice(check.find(pairs, context), request["most"])]


def _pair(number: int, source: list[Any], target: list[Any], confidence: float) -> Pair:
    first, second = (
        tuple(Segment(ord_, ord_, 0, len(text), text) for ord_, text in side)
        for side in (source, target)
    )
    return Pair(number, first, second, confidence)


def _record(finding: Finding, check: Check) -> Mapping[str, Any]:
    template = check.messages.get(finding.variant, check.messages[""])
    return {
        "pair": finding.pair,
        "spans": [[span.side.value, span.start, span.end] for span in finding.spans],
        "message": template.format(*finding.words),
        "severity": finding.severity.name,
        "suggestions": list(finding.suggestions),
        "confidence": finding.confidence,
    }


def _place(error: BaseException, path: Path) -> str:
    """Return the line of the file at which it failed, as part of a sentence."""
    if isinstance(error, SyntaxError):
        return f" at line {error.lineno}"
    lines = [
        f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)
    ]
    return f" at line {lines[-1]}" if lines else ""
