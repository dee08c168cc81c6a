"""Findings as SARIF 2.1.0 (OASIS), for tools that collect the reports of checkers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer import __version__
from reviewer.review.checking.catalogue import ALL_CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEVELS = {"neutral": "note", "minor": "warning", "major": "error", "critical": "error"}


def sarif(records: Sequence[Mapping[str, Any]], files: Sequence[str]) -> dict[str, Any]:
    """Return a SARIF log with one run; places are logical (segment, start), not lines.

    A record that has a "document" is of that document of a project, from 0.
    """
    rules = [{"id": check.id, "shortDescription": {"text": check.title}} for check in ALL_CHECKS]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "reviewer", "version": __version__, "rules": rules}},
                "results": [_result(record, Path(files[-1]).name) for record in records],
            }
        ],
    }


def _result(record: Mapping[str, Any], file: str) -> dict[str, Any]:
    place = f"segment {record['segment']}"
    if record.get("document"):
        place = f"document {record['document']}, {place}"
    return {
        "ruleId": record["check"],
        "level": _LEVELS[record["severity"]],
        "message": {"text": record["message"]},
        "partialFingerprints": {"reviewer/v1": record["fingerprint"]},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": file},
                    "region": {
                        "charOffset": max(0, record["start"]),
                        "charLength": max(0, record["end"] - record["start"]),
                    },
                },
                "logicalLocations": [{"name": place, "kind": "element"}],
            }
        ],
    }
