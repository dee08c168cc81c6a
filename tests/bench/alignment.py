"""Measure the aligner on a folder of gold sets, and on harder variants made from them.

    python -m tests.bench.alignment FOLDER [--only NAME,...] [--speed | --memory]

FOLDER holds NAME.src, NAME.tgt (a sentence per line), NAME.gold (JSON Lines
[[source...], [target...]]) and NAME.meta.json with "group", "src_lang", "tgt_lang".
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.align import (
    Column,
    KnownPairs,
    Lesson,
    align,
    align_project,
    are_translations,
    learned_from,
)

UI_LINES = (
    "Home", "Page {}", "Next", "Back", "Print", "Share", "Contents", "Top", "Search", "Log in",
    "{}", "Chapter {}", "* * *", "Read more", "Advertisement", "Copyright {}", "Menu", "Figure {}",
)  # fmt: skip


@dataclass
class Task:
    """A document with its gold."""

    name: str
    group: str
    languages: tuple[str, str]
    source: list[str]
    target: list[str]
    gold: list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass
class Score:
    """Counts over the documents of a group (Text+Berg measure: strict and lax)."""

    predicted: int = 0
    strict: int = 0
    lax: int = 0
    wanted: int = 0
    strict_found: int = 0
    lax_found: int = 0
    judged: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, gold, beads):
        predicted = {_indexes(bead): bead.confidence for bead in beads}
        links = {(i, j) for s, t in gold for i in s for j in t}
        found_links = {(i, j) for s, t in predicted for i in s for j in t}
        exact = set(gold)
        for (s, t), confidence in predicted.items():
            self.predicted += 1
            self.strict += (s, t) in exact
            self.lax += (s, t) in exact or any((i, j) in links for i in s for j in t)
            if s and t:
                self.judged.append((confidence, (s, t) in exact))
        for s, t in exact:
            if s and t:
                self.wanted += 1
                self.strict_found += (s, t) in predicted
                self.lax_found += (s, t) in predicted or any(
                    (i, j) in found_links for i in s for j in t
                )

    def row(self):
        share = self.errors_in_lowest()
        return (
            f"{f1(self.strict, self.predicted, self.strict_found, self.wanted):.3f} "
            f"{f1(self.lax, self.predicted, self.lax_found, self.wanted):.3f}  "
            f"AUC {auc(self.judged):.3f} ECE {ece(self.judged):.3f} "
            f"low20 {share:.2f}  {self.seconds:6.1f} s"
        )

    def errors_in_lowest(self):
        """Share of the wrong beads that stand among the 20 % with the lowest confidence."""
        ordered = sorted(self.judged)
        wrong = sum(not right for _, right in ordered)
        low = ordered[: len(ordered) // 5]
        return sum(not right for _, right in low) / wrong if wrong else 1.0


def _indexes(bead):
    return (
        tuple(range(bead.source_start, bead.source_end)),
        tuple(range(bead.target_start, bead.target_end)),
    )


def f1(hits, predicted, found, wanted):
    precision, recall = hits / max(predicted, 1), found / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def auc(judged):
    """Chance that a right bead ranks above a wrong one."""
    right = sorted(c for c, good in judged if good)
    wrong = [c for c, good in judged if not good]
    if not right or not wrong:
        return float("nan")
    import bisect

    wins = sum(
        len(right) - (bisect.bisect_left(right, c) + bisect.bisect_right(right, c)) / 2
        for c in wrong
    )
    return wins / (len(right) * len(wrong))


def ece(judged, bins=10):
    """Expected calibration error over equal-width bins."""
    sums = defaultdict(lambda: [0.0, 0])
    for confidence, right in judged:
        box = sums[min(int(confidence * bins), bins - 1)]
        box[0] += confidence - right
        box[1] += 1
    return sum(abs(total) for total, _ in sums.values()) / max(len(judged), 1)


def read(folder):
    tasks = []
    for gold in sorted(folder.glob("*.gold")):
        meta = json.loads(gold.with_suffix(".meta.json").read_text("utf-8"))
        beads = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line]
        tasks.append(
            Task(
                gold.stem,
                meta.get("group", gold.stem),
                (meta["src_lang"], meta["tgt_lang"]),
                gold.with_suffix(".src").read_text("utf-8").split("\n")[:-1],
                gold.with_suffix(".tgt").read_text("utf-8").split("\n")[:-1],
                [(tuple(sorted(s)), tuple(sorted(t))) for s, t, *_ in beads if s or t],
            )
        )
    return tasks


def first(task, size):
    """Return the beginning of a task, cut at the first bead that starts at `size` or later."""
    gold = [(s, t) for s, t in task.gold if all(i < size for i in s)]
    stop = max((max(t) for s, t in gold if s and t), default=0) + 1
    gold = [(s, t) for s, t in gold if all(j < stop for j in t)]
    end = 1 + max(max(s) for s, _ in gold if s)
    return Task(
        f"{task.name}-{size}",
        task.group,
        task.languages,
        task.source[:end],
        task.target[:stop],
        gold,
    )


def renumbered(task, kept, inserted, name):
    """Return the task with target sentences dropped (`kept`) and lines put in before others."""
    target, number = [], {}
    for j, text in enumerate(task.target):
        target += inserted.get(j, [])
        if kept[j]:
            number[j] = len(target)
            target.append(text)
    gold = []
    for s, t in task.gold:
        left = tuple(number[j] for j in t if j in number)
        if s or left:
            gold.append((s, left))
    known = {j for _, t in gold for j in t}
    gold += [((), (j,)) for j in range(len(target)) if j not in known]
    return Task(name, task.group, task.languages, task.source, target, gold)


def dropped(task, share, seed):
    """Return the task with blocks of 5-20 target sentences missing."""
    dice = random.Random(seed)
    size = len(task.target)
    kept = [True] * size
    while size - sum(kept) < share * size:
        start = dice.randrange(size)
        for j in range(start, min(size, start + dice.randint(5, 20))):
            kept[j] = False
    return renumbered(task, kept, {}, f"{task.name}-drop{share:.0%}")


def noisy(task, share, seed):
    """Return the task with lines of a page's furniture put in, singly or in runs."""
    dice = random.Random(seed)
    inserted = {}
    for j in range(len(task.target)):
        if dice.random() < share:
            run = 1 if dice.random() < 0.7 else dice.randint(2, 5)
            inserted[j] = [dice.choice(UI_LINES).format(dice.randint(1, 400)) for _ in range(run)]
    return renumbered(task, [True] * len(task.target), inserted, f"{task.name}-noise{share:.0%}")


def measure(title, documents, *, together=False):
    score = Score()
    started = time.perf_counter()
    pairs = [(Column(task.source), Column(task.target)) for task in documents]
    if together:
        found = align_project(pairs, *documents[0].languages)
    else:
        found = [
            align(*pair, *task.languages) for pair, task in zip(pairs, documents, strict=True)
        ]
    score.seconds = time.perf_counter() - started
    for task, alignment in zip(documents, found, strict=True):
        score.add(task.gold, alignment.beads)
    print(f"{title:32} {score.row()}", flush=True)


def quality(folder, only, seeds):
    """Print strict F1, lax F1, AUC, ECE and the errors in the lowest 20 % of every set."""
    groups = defaultdict(list)
    for task in read(folder):
        groups[task.group].append(task)
    for group, tasks in groups.items():
        if only and not any(group.startswith(name) for name in only):
            continue
        measure(group, tasks)
        if len(tasks) > 1:
            measure(f"{group}, one project", tasks, together=True)
            continue
        task = tasks[0]
        if len(task.source) > 3000:
            task = first(task, 1500)
            measure(task.name, [task])
        for seed in range(seeds):
            measure(f"{task.name} drop 10% #{seed}", [dropped(task, 0.1, seed)])
        for seed in range(seeds):
            measure(f"{task.name} noise 5% #{seed}", [noisy(task, 0.05, seed)])


def speed(folder):
    """Print seconds and peak memory for texts of growing size, made by repeating shuffled ones."""
    task = max(read(folder), key=lambda one: len(one.source))
    blocks = _blocks(task, 20)
    for size in (500, 2_000, 10_000, 30_000, 100_000):
        dice = random.Random(size)
        source, target = [], []
        while len(source) < size:
            ours, theirs = dice.choice(blocks)
            source += ours
            target += theirs
        started = time.perf_counter()
        align(Column(source[:size]), Column(target), *task.languages)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>8} sentences {seconds:7.1f} s  peak so far {peak:6.0f} MB", flush=True)


def halves(tasks):
    """Return both halves of a group: of its documents, or of the gold of its only one."""
    if len(tasks) > 1:
        return tasks[: len(tasks) // 2], tasks[len(tasks) // 2 :]
    task = tasks[0]
    gold = [(s, t) for s, t in task.gold if s and t]
    i, j = min(gold[len(gold) // 2][0]), min(gold[len(gold) // 2][1])
    head = [(s, t) for s, t in gold if max(s) < i and max(t) < j]
    tail = [([k - i for k in s], [k - j for k in t]) for s, t in gold]
    tail = [(tuple(s), tuple(t)) for s, t in tail if min(s) >= 0 and min(t) >= 0]
    name, more = task.name, (task.group, task.languages)
    return [Task(name, *more, task.source[:i], task.target[:j], head)], [
        Task(name, *more, task.source[i:], task.target[j:], tail)
    ]


def lessons(tasks, weight=1.0):
    """Return the gold pairs of some documents as a memory would hold them."""
    return [_lesson(task, s, t, weight) for task in tasks for s, t in task.gold if s and t]


def _lesson(task, s, t, weight):
    source, target = " ".join(task.source[i] for i in s), " ".join(task.target[j] for j in t)
    return Lesson(source, target, weight)


def with_memory(title, documents, known):
    """Print the score of documents with a memory, as the program uses one."""
    if known and not are_translations(known):
        known = []
        title += " (left out)"
    score = Score()
    started = time.perf_counter()
    for task in documents:
        found = _with_lessons(task, known)
        score.add(task.gold, found.beads)
    score.seconds = time.perf_counter() - started
    print(f"{title:44} {score.row()}", flush=True)


def _with_lessons(task, known):
    lexicon = learned_from(known, *task.languages) if known else None
    pairs = [(each.source, each.target) for each in known if each.weight >= 1]
    texts = Column(task.source), Column(task.target)
    return align(*texts, *task.languages, lexicon=lexicon, witnesses=[KnownPairs(pairs)])


def memory(folder, only):
    """Print every set without and with memories: of its other half, its own, mixed up."""
    groups = defaultdict(list)
    for task in read(folder):
        groups[task.group].append(task)
    for group, tasks in groups.items():
        if only and not any(group.startswith(name) for name in only):
            continue
        both = halves(tasks)
        for part, documents, rest in (("1", *both), ("2", *both[::-1])):
            known = lessons(rest)
            mixed = [Lesson(one.source, known[k - 5].target) for k, one in enumerate(known)]
            with_memory(f"{group} half {part}", documents, [])
            with_memory(f"{group} half {part}, memory: other half", documents, known)
            with_memory(f"{group} half {part}, memory: mixed up", documents, mixed)
        with_memory(f"{group}, memory: every second own pair", tasks, lessons(tasks)[::2])
        if len(tasks) > 1:
            one_after_another(group, tasks)
            one_after_another(f"{group} backwards", tasks[::-1])


def one_after_another(title, tasks):
    """Print the score of documents that are added to one project, nothing being confirmed."""
    score = Score()
    known = []
    started = time.perf_counter()
    for task in tasks:
        found = _with_lessons(task, known)
        score.add(task.gold, found.beads)
        known += [
            _lesson(task, *_indexes(bead), min(bead.confidence, 0.99))
            for bead in found.beads
            if bead.confidence > 0.9 and all(_indexes(bead))
        ]
    score.seconds = time.perf_counter() - started
    print(f"{title + ', one after another':44} {score.row()}", flush=True)


def _blocks(task, size):
    """Return consecutive (source, target) stretches of about `size` sentences, cut by the gold."""
    blocks, start, begin = [], 0, 0
    for s, t in sorted((s, t) for s, t in task.gold if s and t):
        if min(s) - start >= size:
            blocks.append((task.source[start : min(s)], task.target[begin : min(t)]))
            start, begin = min(s), min(t)
    return blocks


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="beginnings of group names, by comma")
    parser.add_argument("--seeds", type=int, default=1, help="variants of each kind")
    parser.add_argument("--speed", action="store_true", help="sizes instead of quality")
    parser.add_argument("--memory", action="store_true", help="with and without memories")
    arguments = parser.parse_args()
    only = [name for name in arguments.only.split(",") if name]
    if arguments.speed:
        speed(arguments.folder)
    elif arguments.memory:
        memory(arguments.folder, only)
    else:
        quality(arguments.folder, only, arguments.seeds)


if __name__ == "__main__":
    main()
