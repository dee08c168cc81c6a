"""How the spelling does on pairs that are right, with the dictionaries of this computer.

`python -m tests.bench.spelling IN.jsonl ...`: lines {src_lang, tgt_lang, source, target}; those
with "spans" or a "label" other than "clean" are left out. Told per target language: findings per
1 000 words, of the dictionary alone (asked word by word), of the check, and of its level "normal";
and of slips put into one word of each target (a letter lost, doubled, changed, or two exchanged,
so that no dictionary knows the word) the share that is found. --show prints the findings, --misses
the slips that are not found.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import regex

from reviewer.checks.base import Context
from reviewer.checks.spelling import CHECK
from reviewer.model import Level, Pair, Segment
from reviewer.text.languages import language
from reviewer.text.lexicon import lexicon
from reviewer.text.speller import speller_for
from reviewer.text.words import words as text_words

_WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}'’-])\p{L}{5,}(?![\p{L}\p{M}\p{N}'’-])")
_AT_ONCE = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="", help="beginnings of ids, with commas")
    parsed = parser.parse_args()
    groups = defaultdict(list)
    for line in (line for path in parsed.tables for line in path.open(encoding="utf-8")):
        row = json.loads(line)
        right = not row.get("spans") and row.get("label", "clean") == "clean"
        if right and str(row.get("id", "")).startswith(tuple(parsed.only.split(","))):
            groups[row["tgt_lang"]].append(row)
    print("| target | dictionary | words | alone | findings | normal | slips found | pairs/s |")
    print("|---|---|---|---|---|---|---|---|")
    for tag, rows in sorted(groups.items()):
        measure(tag, rows, parsed)


def measure(tag, rows, parsed):
    speller = speller_for(tag)
    if speller is None:
        return
    found, slips, missed, seconds = [], 0, [], 0.0
    for source_tag in sorted({row["src_lang"] for row in rows}):
        mine = [row for row in rows if row["src_lang"] == source_tag]
        context = Context(language(source_tag), language(tag), lexicon, unknown=speller.unknown)
        pairs = [_pair(n, row["source"], row["target"]) for n, row in enumerate(mine)]
        find(pairs, context)  # everything is loaded and looked up once
        start = time.process_time()
        found += find(pairs, context)
        seconds += time.process_time() - start
        wrong = dict(_slipped(pairs, speller))
        seen = defaultdict(set)
        for finding in find([pair for pair, _, _ in wrong.values()], context):
            seen[finding.pair].add(finding.spans[0].start)
        slips += len(wrong)
        missed += [word for n, (_, at, word) in wrong.items() if at not in seen[n]]
    words = sum(len(row["target"].split()) for row in rows)
    plain = [word.text for row in rows for word in text_words(row["target"])]
    unknown = speller.unknown(plain)
    alone = sum(word in unknown for word in plain)
    names = " ".join(each.name for each in speller.dictionaries)
    caught = 100 * (1 - len(missed) / max(1, slips))
    normal = [f for f in found if f.confidence >= CHECK.cut(Level.NORMAL)]
    print(
        f"| {tag} | {names} | {words} "
        f"| {1000 * alone / words:.0f} | {1000 * len(found) / words:.1f} "
        f"| {1000 * len(normal) / words:.1f} "
        f"| {caught:.0f} % of {slips} | {len(rows) / seconds:.0f} |"
    )
    if parsed.show:
        print("   ", *(f"{f.words[0]}:{f.confidence}" for f in found))
    if parsed.misses:
        print("    not found:", *missed)


def find(pairs, context):
    batches = (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
    return [finding for batch in batches for finding in CHECK.find(batch, context)]


def _pair(number, source, target):
    return Pair(number, _side(source), _side(target))


def _side(text):
    return (Segment(0, 0, 0, len(text), text),) if text.strip() else ()


def _slipped(pairs, speller):
    """Yield number -> (pair with a slip, its place, the word) for the pairs that have a word."""
    random_ = random.Random(5)
    for pair in pairs:
        places = [m for m in _WORD.finditer(pair.target_text) if m.group() == m.group().lower()]
        if not places:
            continue
        place = random_.choice(places)
        word = _slip(place.group(), random_)
        if word != place.group() and speller.unknown([word]):
            text = pair.target_text
            text = text[: place.start()] + word + text[place.end() :]
            changed = Pair(pair.number, pair.source, _side(text))
            yield pair.number, (changed, place.start(), word)


def _slip(word, random_):
    at = random_.randrange(1, len(word) - 1)
    kind = random_.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + random_.choice(word) + word[at + 1 :]


if __name__ == "__main__":
    main()
