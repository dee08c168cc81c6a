"""Alarms on clean texts and recall of mistakes, for each check at each level.

`python -m tests.bench.levels --clean FOLDER ... --mistakes LABELLED.jsonl --fragments SPANS.jsonl`

FOLDER holds aligned texts as `tests.bench.alignment` reads them (NAME.src, .tgt, .gold,
.meta.json); of each, the pairs of one sentence beside one are checked as a document.
LABELLED and SPANS are the
benchmarks of `tests.bench.checks` and `tests.bench.untranslated`. For checks that these hold no
mistakes of, some are made: each of `SPOILERS` spoils clean targets, one at a time. --out FILE
writes the findings on clean texts, to be read.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.checks import CHECKS, check_by_id, run
from reviewer.model import Level, Pair, Segment
from reviewer.review.checking.habits import without_habits
from reviewer.review.checking.pipeline import check_context, length_ratio
from tests.bench.checks import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewer.model import Finding

_CONFIDENCE = 0.97
"""Of the pairs, as the aligner gives most of those that are right."""
_SPOILT = 400
"""Pairs that each spoiler is tried on."""


def documents(folders: Sequence[Path]) -> Iterator[tuple[str, tuple[str, str], list[Pair]]]:
    """Yield (name, languages, pairs) of the aligned texts in folders."""
    for file in sorted(file for folder in folders for file in folder.glob("*.meta.json")):
        base = file.name.removesuffix(".meta.json")
        meta = json.loads(file.read_text("utf-8"))
        sides = [_lines(file.with_name(f"{base}{end}")) for end in (".src", ".tgt")]
        gold = map(json.loads, _lines(file.with_name(f"{base}.gold")))
        beads = [bead for bead in gold if len(bead[0]) == len(bead[1]) == 1]
        pairs = [
            pair(sides[0][bead[0][0]], sides[1][bead[1][0]], number)
            for number, bead in enumerate(beads)
        ]
        yield base, (meta["src_lang"], meta["tgt_lang"]), pairs


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()]


def pair(source: str, target: str, number: int = 0, confidence: float = _CONFIDENCE) -> Pair:
    """Return a pair of one segment a side."""
    first, second = ((Segment(number, number, 0, len(text), text),) for text in (source, target))
    return Pair(number, first, second, confidence)


def shown(findings: Sequence[Finding], level: Level) -> list[Finding]:
    """Return the findings that a level shows."""
    return [f for f in findings if f.confidence >= (cut_at(f.check, level) or 0.0)]


def cut_at(check: str, level: Level) -> float | None:
    """Return the cut of the level, or of the next stricter one that the check has."""
    known = check_by_id(check)
    cuts = [known.cut(one) for one in list(Level)[: list(Level).index(level) + 1]]
    return max((cut for cut in cuts if cut is not None), default=None)


def _delete(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1)


SPOILERS: Mapping[str, Callable[[str], str]] = {
    "brackets": _delete(r"(?<=\w)[)）]"),
    "quotes": _delete(r"(?<=\w)[”»“](?=[\s.,;]|$)"),
    "spacing": lambda text: re.sub(r"(?<=\w) (?=\w)", "  ", text, count=1),
    "identifiers": lambda text: re.sub(
        r"\b([A-Z]{2,}-?\d*)(\d)\b", lambda m: m[1] + str((int(m[2]) + 3) % 10), text, count=1
    ),
    "links": lambda text: re.sub(r"(https?://\w+)\w\.", r"\1.", text, count=1),
    "placeholders": _delete(r"\{\w*\}|%\w|\$\w+\$|<\w+>"),
    "punctuation-form": lambda text: re.sub("[，、]", ",", text, count=1),
    "characters": lambda text: re.sub(r"(?<=[a-zа-я])(?=[a-zа-я]{3})", "\u200b", text, count=1),
    "punctuation-spaces": lambda text: re.sub("[\u00a0\u202f ]([;:!?])", r"\1", text, count=1),
    "repeated-words": lambda text: re.sub(r"\b([^\W\d_]{4,})\b", r"\1 \1", text, count=1),
    "end-punctuation": lambda text: re.sub(r"(?<=\w)[.。।！!?？]$", "", text),
    "capitals": lambda text: text[:1].lower() + text[1:],
    "numbers": lambda text: re.sub(
        r"(?<![\w.,-])([1-9]\d)(\d*)(?![\w-])", lambda m: str(int(m[1]) + 7) + m[2], text, count=1
    ),
}
"""Check -> how a target gets a mistake that it is to find; unchanged where it has no place."""
_TOLD_BY = {"identifiers": {"identifiers", "numbers"}}
"""Checks of which any may find it; mostly the check itself alone."""


def spoilt_recall(texts: Sequence[tuple[str, tuple[str, str], list[Pair]]]) -> dict[str, str]:
    """Return by check what is found of the mistakes made, at each level, with their number."""
    shuffled = random.Random(7)
    rows = {}
    for check, spoil in SPOILERS.items():
        places = [
            (languages, pairs, at, changed)
            for _, languages, pairs in texts
            for at, one in enumerate(pairs)
            if (changed := spoil(one.target_text)) != one.target_text
        ]
        shuffled.shuffle(places)
        found: Counter[Level] = Counter()
        for languages, pairs, at, changed in places[:_SPOILT]:
            new = pair(pairs[at].source_text, changed, pairs[at].number)
            around = [*pairs[max(at - 15, 0) : at], new, *pairs[at + 1 : at + 15]]
            context = check_context(*languages, length_ratio=length_ratio(pairs))
            told_by = [check_by_id(one) for one in sorted(_TOLD_BY.get(check, {check}))]
            mine = [f for f in run(around, context, told_by) if f.pair == new.number]
            found.update(level for level in Level if shown(mine, level))
        rows[check] = _shares(found, min(len(places), _SPOILT))
    return rows


def labelled_recall(file: Path) -> dict[str, str]:
    """Return by label what is found of the labelled mistakes, at each level."""
    total: Counter[str] = Counter()
    found: dict[str, Counter[Level]] = {}
    checks = [check for check in CHECKS if check.id != "untranslated"]
    for row in map(json.loads, _lines(file)):
        name = row["label"]
        if not name or name == "clean":
            continue
        context = check_context(row["src_lang"], row["tgt_lang"])
        one = pair(row["source"], row["target"], confidence=1.0)
        findings = [f for f in run([one], context, checks) if label(f) == name]
        total[name] += 1
        found.setdefault(name, Counter()).update(
            level for level in Level if shown(findings, level)
        )
    return {name: _shares(found[name], total[name]) for name in total}


def fragment_recall(file: Path) -> str:
    """Return what share of the untranslated fragments is found, at each level."""
    found: Counter[Level] = Counter()
    total = 0
    check = [check_by_id("untranslated")]
    for row in map(json.loads, _lines(file)):
        gold = [span for span in row["spans"] if not span[2].endswith("_opt")]
        if not gold:
            continue
        context = check_context(row["src_lang"], row["tgt_lang"])
        findings = run([pair(row["source"], row["target"])], context, check)
        for start, end, _kind in gold:
            total += 1
            found.update(level for level in Level if _covers(shown(findings, level), start, end))
    return _shares(found, total)


def _covers(findings: Sequence[Finding], start: int, end: int) -> bool:
    """Whether at least half of a range is found."""
    covered = sum(
        max(0, min(f.spans[0].end, end) - max(f.spans[0].start, start)) for f in findings
    )
    return 2 * covered >= end - start


def _shares(found: Counter[Level], total: int) -> str:
    if not total:
        return "-"
    return " / ".join(f"{100 * found[level] / total:.1f}" for level in Level) + f" ({total})"


def clean_alarms(
    texts: Sequence[tuple[str, tuple[str, str], list[Pair]]], out: Path | None
) -> tuple[dict[str, str], int]:
    """Return by check the alarms in 1,000 clean pairs at each level, and the number of pairs."""
    counts: dict[str, Counter[Level]] = {check.id: Counter() for check in CHECKS}
    total = 0
    records = []
    for name, languages, pairs in texts:
        total += len(pairs)
        context = check_context(*languages, length_ratio=length_ratio(pairs))
        for finding in without_habits(run(pairs, context), pairs, context):
            counts[finding.check].update(level for level in Level if shown([finding], level))
            records.append(_record(name, pairs[finding.pair], finding))
    if out is not None:
        out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return {
        check: " / ".join(f"{1000 * count[level] / total:.2f}" for level in Level)
        for check, count in counts.items()
    }, total


def _record(name: str, one: Pair, finding: Finding) -> dict[str, object]:
    return {
        "text": name,
        "check": finding.check,
        "variant": finding.variant,
        "confidence": round(finding.confidence, 3),
        "words": finding.words,
        "spans": [(span.side.value, span.start, span.end) for span in finding.spans],
        "source": one.source_text,
        "target": one.target_text,
    }


def main() -> None:
    """Print a table line per check: alarms, and recall of mistakes labelled and made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clean", type=Path, nargs="+", required=True)
    parser.add_argument("--mistakes", type=Path)
    parser.add_argument("--fragments", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    texts = list(documents(given.clean))
    alarms, total = clean_alarms(texts, given.out)
    spoilt = spoilt_recall(texts)
    print(f"{total} clean pairs; strict / normal / lenient")
    for check in CHECKS:
        print(f"{check.id}: {alarms[check.id]} | {spoilt.get(check.id, '')}")
    for name, shares in (labelled_recall(given.mistakes) if given.mistakes else {}).items():
        print(f"  {name}: {shares}")
    if given.fragments:
        print(f"  fragments: {fragment_recall(given.fragments)}")


if __name__ == "__main__":
    main()
