"""Gale & Church (1993) in log space, for comparison: lengths alone, six bead types, fixed priors.

    python -m tests.bench.gale_church FOLDER

The ratio of lengths is taken from the two texts, as theirs was from theirs; everything else is
theirs: variance 6.8, the priors of table 5, the tail of the normal distribution.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from pathlib import Path

from reviewer.model import Bead
from tests.bench.alignment import Score, read

PRIORS = {(1, 1): 0.89, (1, 0): 0.00495, (0, 1): 0.00495, (2, 1): 0.0445, (1, 2): 0.0445}
PRIORS[2, 2] = 0.011
VARIANCE = 6.8
BAND = 250


def cost(ours, theirs, ratio):
    """Return -log of the chance that such lengths meet."""
    mean = (ours + theirs / ratio) / 2
    if not mean:
        return 0.0
    delta = abs(ours * ratio - theirs) / math.sqrt(mean * VARIANCE * max(1.0, ratio))
    tail = math.erfc(delta / math.sqrt(2))
    if tail > 1e-300:
        return -math.log(tail)
    return delta * delta / 2 + math.log(delta) + 0.23


def beads(source, target):
    """Return the best alignment in a band around the diagonal."""
    ours = [len(text.replace(" ", "")) for text in source]
    theirs = [len(text.replace(" ", "")) for text in target]
    ratio = sum(theirs) / sum(ours)
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(len(ours) + 1):
        middle = i * len(theirs) // max(1, len(ours))
        for j in range(max(0, middle - BAND), min(len(theirs), middle + BAND) + 1):
            for (a, b), prior in PRIORS.items():
                before = best.get((i - a, j - b))
                if before is not None:
                    lengths = sum(ours[i - a : i]), sum(theirs[j - b : j])
                    found = before[0] + cost(*lengths, ratio) - math.log(prior)
                    if (i, j) not in best or found < best[i, j][0]:
                        best[i, j] = found, (a, b)
        if i > 2:
            # Only the way back is needed of rows that are done.
            for j in range(max(0, middle - 2 * BAND), middle + 2 * BAND):
                if (i - 3, j) in best:
                    best[i - 3, j] = (math.inf, best[i - 3, j][1])
    return _way_back(best, len(ours), len(theirs))


def _way_back(best, i, j):
    out = []
    while i or j:
        a, b = best[i, j][1]
        out.append(Bead(i - a, i, j - b, j))
        i, j = i - a, j - b
    return out[::-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    scores = defaultdict(Score)
    for task in read(parser.parse_args().folder):
        scores[task.group].add(task.gold, beads(task.source, task.target))
    for group, score in scores.items():
        print(f"{group:20} {score.row()}")


if __name__ == "__main__":
    main()
