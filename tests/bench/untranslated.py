"""Adapter of the leftovers to a benchmark: pairs in, spans out; and its speed and memory.

`python -m tests.bench.untranslated --in IN.jsonl --out OUT.jsonl`: lines {id, src_lang, tgt_lang,
source, target} become {id, spans: [[start, end, kind], ...]}. With --speed, the time to the first
result, the segments per second of processor time with all lists open, and the memory taken go to
standard error.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

from reviewer.checks import check_by_id
from reviewer.review.tasks.table import check_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="table", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--speed", action="store_true")
    parsed = parser.parse_args()
    checks = (check_by_id("untranslated"),)
    lines = [json.loads(line) for line in parsed.table.read_text("utf-8").splitlines()]
    before = _memory()
    start = time.perf_counter()
    list(check_table(lines[:1], checks))
    first = time.perf_counter() - start
    with parsed.out.open("w", encoding="utf-8") as out:
        for record in check_table(lines, checks):
            out.write(json.dumps({"id": record["id"], "spans": record["spans"]}) + "\n")
    if parsed.speed:
        memory = _memory() - before
        start = time.process_time()
        list(check_table(lines, checks))
        rate = len(lines) / (time.process_time() - start)
        print(f"first {first:.2f} s, {rate:.0f}/s, {memory:.0f} MB", file=sys.stderr)


def _memory() -> float:
    """Return the most memory that the process held so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
