"""Adapter of the checks to a benchmark of labelled mistakes: pairs in, names of mistakes out.

`python -m tests.bench.checks --in IN.jsonl --out OUT.jsonl`: lines {id, src_lang, tgt_lang,
source, target} become {id, checks: [label, ...]}; each line is a document of its own.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.checks import CHECKS, run
from reviewer.checks.base import Context
from reviewer.model import Finding, Pair, Segment
from reviewer.text.languages import language
from reviewer.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "empty-target": "empty",
    "unrelated-target": "unrelated",
    "omission": "omission",
    "addition": "addition_long",
    "numbers": "numbers",
    "number-form": "numbers",
    "dates": "numbers",
    "units": "numbers",
    "names": "name_missing",
    "repeated-words": "repeated_word",
    "end-punctuation/missing": "final_punct_missing",
    "end-punctuation": "punct_added",
    "stray-punctuation": "punct_added",
    "punctuation-form": "punct_added",
    "brackets": "punct_added",
    "quotes": "punct_added",
    "spacing": "tokenised_spacing",
    "capitals/small": "all_lower",
    "capitals": "first_lower",
    "characters": "characters",
}
"""Check, or check/variant -> label; a check without one goes by its own id."""


def label(finding: Finding) -> str:
    """Return the benchmark's word for a finding."""
    exact = LABELS.get(f"{finding.check}/{finding.variant}")
    return exact or LABELS.get(finding.check, finding.check)


def labels(source: str, target: str, tags: tuple[str, str]) -> list[str]:
    """Return the labels of all mistakes found in a pair, the untranslated fragments left out."""
    pair = Pair(0, _segments(source), _segments(target))
    context = Context(language(tags[0]), language(tags[1]), lexicon)
    checks = [check for check in CHECKS if check.id != "untranslated"]
    return sorted({label(finding) for finding in run([pair], context, checks)})


def _segments(text: str) -> tuple[Segment, ...]:
    return (Segment(0, 0, 0, len(text), text),)


def main() -> None:
    """Read the pairs, write the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    lines = arguments.source.read_text("utf-8").splitlines()
    with arguments.out.open("w", encoding="utf-8") as out:
        for line in filter(str.strip, lines):
            row = json.loads(line)
            found = labels(row["source"], row["target"], (row["src_lang"], row["tgt_lang"]))
            out.write(json.dumps({"id": row["id"], "checks": found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
