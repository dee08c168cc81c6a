"""Measure the search for drifting terms, show what it finds in a text, fit its weights.

    python -m tests.bench.terms predict FOLDER OUT [--glossary] [--all]
    python -m tests.bench.terms show TEXT... [--first N]
    python -m tests.bench.terms fit FOLDER TEXTS JUDGED...
    python -m tests.bench.terms speed TEXT... [--pairs N]

FOLDER holds documents with source.txt, target.txt (a segment per line, blank lines between
paragraphs) and gold.json. A TEXT is a folder with src.txt, tgt.txt (a pair per line) and lang
("en fr"); TEXTS is a folder of them. JUDGED is a table like terms-judged.tsv; texts that are not
there are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
import unicodedata
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np

from reviewer.model import Pair, Segment, Side, Span
from reviewer.terms import Priors, find_groups
from reviewer.terms.bitext import read_bitext
from reviewer.terms.drift import find_hypotheses
from reviewer.terms.ranking import Features, describe
from reviewer.terms.reading import Reader
from reviewer.terms.wording import Method

BENCH_WEIGHT, UNJUDGED_WEIGHT, RIDGE = 0.6, 0.1, 2.0


def to_pairs(source: list[str], target: list[str], beads: list | None = None) -> list[Pair]:
    """Return the pairs of two lists of segments; one to one without beads."""
    beads = beads or [[[n], [n]] for n in range(len(source))]
    return [
        Pair(
            number,
            tuple(Segment(n, n, 0, len(source[n]), source[n]) for n in left),
            tuple(Segment(n, n, 0, len(target[n]), target[n]) for n in right),
        )
        for number, (left, right) in enumerate(beads)
    ]


def read_text(folder: Path) -> tuple[list[Pair], str, str]:
    source, target = (folder.joinpath(f"{side}.txt").read_text("utf-8") for side in ("src", "tgt"))
    languages = folder.joinpath("lang").read_text("utf-8").split()
    return to_pairs(source.split("\n")[:-1], target.split("\n")[:-1]), *languages


def read_gold(folder: Path) -> tuple[list[Pair], dict]:
    gold = json.loads(folder.joinpath("gold.json").read_text("utf-8"))
    source, target = (
        [
            line
            for line in folder.joinpath(f"{side}.txt").read_text("utf-8").split("\n")
            if line.strip()
        ]
        for side in ("source", "target")
    )
    return to_pairs(source, target, gold.get("beads")), gold


def glossary(gold: dict) -> Priors:
    """Return the consistent terms of a document, and the first rendering of each drift."""
    terms = {
        form: (term["target_canonical"], *term["target_forms"])
        for term in gold["consistent"]
        for form in term["source_forms"]
    }
    for drift in gold["drifts"]:
        first = drift["renderings"][0]
        terms |= dict.fromkeys(drift["source_forms"], (first["canonical"], *first["forms"]))
    return Priors(terms)


def predict(folder: Path, out: Path, *, with_glossary: bool, lower: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for document in sorted(folder.glob("*/gold.json")):
        pairs, gold = read_gold(document.parent)
        priors = glossary(gold) if with_glossary else None
        groups = find_groups(pairs, gold["src_lang"], gold["tgt_lang"], priors=priors)
        drifts = [as_prediction(group, pairs) for group in groups if lower or not group.stray]
        name = document.parent.name
        out.joinpath(f"{name}.json").write_text(json.dumps({"drifts": drifts}), "utf-8")


def as_prediction(group, pairs: list[Pair]) -> dict:
    return {
        "source": group.source,
        "renderings": [
            {
                "text": rendering.text,
                "occurrences": [
                    pairs[o.pair].in_segment(Span(Side.TARGET, o.start, o.end))
                    for o in rendering.occurrences
                ],
            }
            for rendering in group.renderings
        ],
    }


def show(folders: list[Path], first: int) -> None:
    for folder in folders:
        pairs, source, target = read_text(folder)
        began = time.perf_counter()
        groups = [g for g in find_groups(pairs, source, target) if not g.stray]
        rate = 100 * len(groups) / len(pairs)
        print(f"{folder.name}: {len(pairs)} pairs, {len(groups)} groups, {rate:.1f} per 100")
        print(f"  {time.perf_counter() - began:.1f} s")
        for group in groups[:first]:
            wordings = " | ".join(f"{r.text} ({len(r.occurrences)})" for r in group.renderings)
            print(f"  {group.score:.2f} {group.source} -> {wordings}")
            place = group.renderings[1].occurrences[0]
            text = pairs[place.pair].target_text
            around = text[max(0, place.start - 40) : place.end + 40]
            print(f"       {pairs[place.pair].source_text[:80]} || {around}")


def collect(pairs: list[Pair], source: str, target: str) -> list[tuple[str, list[str], tuple]]:
    """Return source phrase, renderings and features of every hypothesis of a text."""
    bitext = read_bitext(pairs, source, target)
    found = []
    for hypothesis in find_hypotheses(bitext):
        if hypothesis.method is Method.SURFACE:
            continue
        reader = Reader(bitext, hypothesis.source, bitext.source.places(hypothesis.source))
        features = describe(bitext, reader, hypothesis.wordings)
        words = bitext.source.words
        token = int(bitext.source.occurrences(hypothesis.source)[0])
        term = words.text(token, int(bitext.source.length[hypothesis.source]))
        texts = [bitext.target.words.shown(w.places) for w in hypothesis.wordings]
        found.append((term.lower(), texts, astuple(features)))
    return found


def plain(term: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(term.split())).lower()


def read_judged(judged: list[Path], texts: Path) -> dict[str, dict[str, bool]]:
    """Return text -> source phrase -> verdict, of the texts that are there; capitals aside."""
    verdicts: dict[str, dict[str, bool]] = {}
    for table in judged:
        with table.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t"):
                if line.get("kind") != "case" and texts.joinpath(line["text"]).is_dir():
                    known = verdicts.setdefault(line["text"], {})
                    known[plain(line["source"])] = line["right"] == "1"
    return verdicts


def fit(folder: Path, texts: Path, judged: list[Path]) -> None:
    """Print the weights of a ridge logistic regression over judged hypotheses."""
    rows, right, weight = [], [], []
    for document in sorted(folder.glob("*/gold.json")):
        pairs, gold = read_gold(document.parent)
        for term, renderings, features in collect(pairs, gold["src_lang"], gold["tgt_lang"]):
            verdict = agrees(gold, term, renderings)
            if verdict is not None:
                rows.append(features)
                right.append(verdict)
                weight.append(BENCH_WEIGHT)
    for name, known in read_judged(judged, texts).items():
        pairs, source, target = read_text(texts / name)
        for term, _, features in collect(pairs, source, target):
            rows.append(features)
            right.append(known.get(plain(term), False))
            weight.append(1.0 if plain(term) in known else UNJUDGED_WEIGHT)
    solution = logistic(np.array(rows), np.array(right, dtype=float), np.array(weight))
    for field, value in zip(fields(Features), solution, strict=False):
        print(f"    {field.name}={value:.2f},")
    print(f"bias {solution[-1]:.2f}, {len(rows)} hypotheses, {sum(right)} right")


def agrees(gold: dict, term: str, renderings: list[str]) -> bool | None:
    """Tell whether a hypothesis is a gold drift; None where it is about one in other words."""
    lowered = [text.lower() for text in renderings]
    for drift in gold["drifts"]:
        touched = {
            number
            for number, rendering in enumerate(drift["renderings"])
            for form in rendering["forms"]
            if any(form.lower() in text or text in form.lower() for text in lowered)
        }
        same = any(form.lower() in term or term in form.lower() for form in drift["source_forms"])
        if same and len(touched) > 1:
            return True
        if same or touched:
            return None
    return False


def logistic(rows: np.ndarray, right: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights and the bias, by Newton's method on standardised columns."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    columns = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    penalty = np.eye(columns.shape[1]) * RIDGE
    penalty[-1, -1] = 0
    found = np.zeros(columns.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-columns @ found))
        curve = columns.T @ (columns * (weight * chance * (1 - chance))[:, None]) + penalty
        slope = columns.T @ (weight * (right - chance)) - penalty @ found
        found = found + np.linalg.solve(curve, slope)
    return np.append(found[:-1] / spread, found[-1] - (found[:-1] * mean / spread).sum())


def speed(folders: list[Path], size: int) -> None:
    pairs: list[Pair] = []
    source = target = ""
    for folder in folders:
        more, source, target = read_text(folder)
        pairs += more
    pairs = [replace(pair, number=n) for n, pair in enumerate(pairs[:size])]
    began, busy = time.perf_counter(), time.process_time()
    groups = find_groups(pairs, source, target)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{len(pairs)} pairs, {len(groups)} groups: {time.perf_counter() - began:.1f} s")
    print(f"{time.process_time() - busy:.1f} s of processor, {memory:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("predict")
    command.add_argument("folder", type=Path)
    command.add_argument("out", type=Path)
    command.add_argument("--glossary", action="store_true")
    command.add_argument("--all", action="store_true")
    command = commands.add_parser("show")
    command.add_argument("texts", type=Path, nargs="+")
    command.add_argument("--first", type=int, default=20)
    command = commands.add_parser("fit")
    command.add_argument("folder", type=Path)
    command.add_argument("texts", type=Path)
    command.add_argument("judged", type=Path, nargs="+")
    command = commands.add_parser("speed")
    command.add_argument("texts", type=Path, nargs="+")
    command.add_argument("--pairs", type=int, default=10_000)
    options = parser.parse_args()
    if options.command == "predict":
        predict(options.folder, options.out, with_glossary=options.glossary, lower=options.all)
    elif options.command == "show":
        show(options.texts, options.first)
    elif options.command == "fit":
        fit(options.folder, options.texts, options.judged)
    else:
        speed(options.texts, options.pairs)


if __name__ == "__main__":
    main()
