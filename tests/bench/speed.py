"""Time and memory of all checks together, and alarms beside those of another program.

`python -m tests.bench.speed FOLDER NAME [--pairs N] [--po FILE]` checks an aligned text (as
`tests.bench.levels` reads it), its pairs over and over up to N; a text has more pairs than any
check remembers. --spelling looks into the dictionaries of this computer too, --terms makes a
termbase of so many pairs of words taken at random, of which nearly all are missing. --po writes
the same pairs as a catalogue for `pofilter`.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import time
from pathlib import Path

from reviewer.checks import CHECKS, run
from reviewer.checks.base import Scope
from reviewer.checks.term_index import TermIndex
from reviewer.model import Concept, Level, Pair, Term
from reviewer.review.checking.habits import without_habits
from reviewer.review.checking.pipeline import check_context, length_ratio
from reviewer.text.speller import speller_for
from tests.bench.levels import documents, pair, shown

_CHUNK = 200


def many(pairs: list[Pair], number: int) -> list[Pair]:
    """Return so many pairs, those of a text over and over."""
    again = (pairs[place % len(pairs)] for place in range(number))
    return [pair(one.source_text, one.target_text, place) for place, one in enumerate(again)]


def catalogue(pairs: list[Pair]) -> str:
    """Return the pairs as a message catalogue."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    rows = [
        f'msgctxt "{p.number}"\nmsgid {_quoted(p.source_text)}\nmsgstr {_quoted(p.target_text)}'
        for p in pairs
    ]
    return "\n\n".join((head, *rows)) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def at_random(pairs: list[Pair], languages: tuple[str, str], number: int) -> TermIndex:
    """Return a termbase of long words of the text, none of which has much to do with the other."""
    chance = random.Random(3)
    texts = [p.source_text for p in pairs], [p.target_text for p in pairs]
    sides = [sorted({w for text in side for w in text.split() if len(w) > 5}) for side in texts]
    concepts = [
        Concept(
            tuple(
                Term(tag, chance.choice(words))
                for tag, words in zip(languages, sides, strict=True)
            )
        )
        for _ in range(number)
    ]
    return TermIndex([concepts], *languages)


def main() -> None:
    """Print seconds of processor time, pairs a second, megabytes and alarms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--spelling", action="store_true")
    parser.add_argument("--terms", type=int, default=0)
    parser.add_argument("--po", type=Path)
    given = parser.parse_args()
    name, languages, found = next(d for d in documents([given.folder]) if d[0] == given.name)
    pairs = many(found, given.pairs)
    if given.po:
        given.po.write_text(catalogue(pairs), "utf-8")
    speller = speller_for(languages[1]) if given.spelling else None
    context = check_context(
        *languages,
        length_ratio=length_ratio(found),
        terms=at_random(found, languages, given.terms) if given.terms else None,
        unknown=speller.unknown if speller else None,
    )
    gc.disable()  # as the review does
    begin = time.process_time()
    local = [check for check in CHECKS if check.scope is Scope.BEAD]
    whole = [check for check in CHECKS if check.scope is Scope.DOCUMENT]
    findings = []
    first = 0.0
    for start in range(0, len(pairs), _CHUNK):
        findings += run(pairs[start : start + _CHUNK], context, local)
        first = first or time.process_time() - begin
    findings = without_habits([*findings, *run(pairs, context, whole)], pairs, context)
    took = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    normal = {finding.pair for finding in shown(findings, Level.NORMAL)}
    strict = {finding.pair for finding in findings}
    print(f"{name}: {len(pairs)} pairs, {took:.1f} s, {len(pairs) / took:.0f}/s, {memory:.0f} MB")
    print(
        f"first findings after {first:.2f} s; pairs with an alarm: {len(normal) / len(pairs):.1%}"
        f" (strict {len(strict) / len(pairs):.1%})"
    )


if __name__ == "__main__":
    main()
