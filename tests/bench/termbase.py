"""How far the termbase check is to be believed: `python -m tests.bench.termbase FOLDER [--show]`.

FOLDER holds the drift benchmark. Three termbases are made of its gold, in basic forms only: all
renderings admitted (every alarm where the gold has a rendering is false), the first rendering
alone (pairs that have another one are to be found), and the others deprecated.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from reviewer.checks import check_by_id, run
from reviewer.checks.term_index import TermIndex
from reviewer.model import Concept, Term, TermStatus
from reviewer.review.checking.pipeline import Reading, Watch, check_context
from reviewer.review.tasks.reading import paired, read_segmented


def read(folder, gold):
    tags = gold["src_lang"], gold["tgt_lang"]
    names = "source.txt", "target.txt"
    sides = [
        read_segmented(Reading(folder / name, None, "breaks", tag))
        for name, tag in zip(names, tags, strict=True)
    ]
    beads = gold.get("beads") or [[[n], [n]] for n in range(len(sides[0].segments))]
    return paired(*sides, [json.dumps(bead) for bead in beads], Watch()), tags


def concepts(gold, tags, kind):
    source, target = tags
    for each in gold["consistent"]:
        yield Concept(
            (Term(source, each["source_forms"][0]), Term(target, each["target_canonical"]))
        )
    for drift in gold["drifts"]:
        first, *others = [r["canonical"] for r in drift["renderings"]]
        terms = [Term(source, drift["source_forms"][0]), Term(target, first)]
        if kind != "first":
            status = TermStatus.ADMITTED if kind == "all" else TermStatus.DEPRECATED
            terms += [Term(target, other, status) for other in others]
        yield Concept(tuple(terms))


def found(pairs, tags, gold, kind):
    index = TermIndex([tuple(concepts(gold, tags, kind))], *tags)
    return run(pairs, check_context(*tags, terms=index), [check_by_id("termbase")])


def rendered(gold, pairs):
    """Return (source term, pair) -> the renderings that the gold has there."""
    pair_of = {segment.ord: pair.number for pair in pairs for segment in pair.target}
    source_pair = {segment.ord: pair.number for pair in pairs for segment in pair.source}
    found = {}
    for drift in gold["drifts"]:
        for rendering in drift["renderings"]:
            for segment, _start, _end in rendering["occurrences"]:
                key = drift["source_forms"][0], pair_of[segment]
                found.setdefault(key, set()).add(rendering["canonical"])
    for each in gold["consistent"]:
        for segment in each["segments"]:
            number = source_pair.get(segment, -1)
            found.setdefault((each["source_forms"][0], number), set()).add(
                each["target_canonical"]
            )
    return found


def measure(folder, *, show):
    total = Counter()
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        pairs, tags = read(path.parent, gold)
        by_number = {pair.number: pair for pair in pairs}
        known = rendered(gold, pairs)
        total["pairs"] += len(pairs)
        for finding in found(pairs, tags, gold, "all"):
            false = (finding.words[0], finding.pair) in known
            total["all: false" if false else "all: no rendering in the gold"] += 1
            if show:
                pair = by_number[finding.pair]
                print("FALSE" if false else "none", path.parent.name, finding.words[:2])
                print("   ", pair.source_text, "\n   ", pair.target_text)
        firsts = {d["source_forms"][0]: d["renderings"][0]["canonical"] for d in gold["drifts"]}
        terms = {d["source_forms"][0] for d in gold["drifts"] if d["kind"] == "term"}
        others = {k for k, v in known.items() if k[0] in terms and firsts[k[0]] not in v}
        for kind in ("first", "deprecated"):
            seen = {(f.words[0], f.pair) for f in found(pairs, tags, gold, kind)}
            total[f"{kind}: to be found"] += len(others)
            total[f"{kind}: found"] += len(others & seen)
            right = {k for k, v in known.items() if firsts.get(k[0], next(iter(v))) in v}
            total[f"{kind}: false"] += len((right - others) & seen)
            if show and kind == "deprecated":
                for key in sorted(others - seen):
                    print(
                        "MISSED", path.parent.name, key, known[key], by_number[key[1]].target_text
                    )
    for name, count in sorted(total.items()):
        print(f"{name}\t{count}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    parsed = parser.parse_args()
    measure(parsed.folder, show=parsed.show)


if __name__ == "__main__":
    main()
