"""How like a revised sentence is to what it was, and how like are others: `counterparts.CLOSE`.

`python -m tests.bench.versions FILE...`: texts with a sentence a line. Of each, sentences are
held against the likest of 40 others on either side, and against themselves with a tenth to a half
of their words replaced, dropped or added.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import Levenshtein

_NEAR, _SAMPLED, _SHARES = 40, 300, (0.1, 0.25, 0.4, 0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    others: list[float] = []
    revised: dict[float, list[float]] = {share: [] for share in _SHARES}
    chance = random.Random(1)
    for file in parser.parse_args().files:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
        for at in chance.sample(range(len(lines)), min(_SAMPLED, len(lines))):
            near = lines[max(0, at - _NEAR) : at + _NEAR + 1]
            others.append(max(_like(lines[at], line) for line in near if line != lines[at]))
            for share in _SHARES:
                revised[share].append(_like(lines[at], _changed(lines, at, share, chance)))
    for least in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75):
        found = " ".join(f"{share:.0%}: {_above(revised[share], least):.1%}" for share in _SHARES)
        print(f"{least:.2f}  others {_above(others, least):.1%}  revised {found}")


def _like(one: str, other: str) -> float:
    return Levenshtein.ratio(one, other)


def _changed(lines: list[str], at: int, share: float, chance: random.Random) -> str:
    words, pool = lines[at].split(), " ".join(chance.sample(lines, 3)).split()
    for _ in range(max(1, round(share * len(words)))):
        where, act = chance.randrange(len(words)), chance.random()
        if act < 0.5:
            words[where] = chance.choice(pool)
        elif act < 0.75 and len(words) > 1:
            del words[where]
        else:
            words.insert(where, chance.choice(pool))
    return " ".join(words)


def _above(values: list[float], least: float) -> float:
    return sum(value >= least for value in values) / max(len(values), 1)


if __name__ == "__main__":
    main()
