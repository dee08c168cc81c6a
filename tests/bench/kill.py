"""Kill programs that record decisions, at random moments, and count what is missing after.

    python -m tests.bench.kill --runs 1000 [--writers 2] [--seed 1]

Each run starts programs that append to one project through the real event log and print the hash
of every event once it is acknowledged; after a random time they are killed. Then the project is
opened with every check, and what was acknowledged must be in it; what lies in the outbox must be
in it or be found by `recover`. A killed process proves the order of the commits, not the honesty
of the disk.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from reviewer import store
from reviewer.model import Bead, Document, Draft, Segment
from reviewer.store.outbox import outbox_events, project_folder
from reviewer.store.sealing import from_line

RUNS_PER_PROJECT = 25
LONGEST = 0.4


def record(path, project_id, box, seed):
    """Append gestures of one to forty events for ever, and print what is acknowledged."""
    rng = random.Random(seed)
    log = store.EventLog(path, project_id, rng.randbytes(16), box)
    print("ready", flush=True)
    number = 0
    while True:
        drafts = []
        for _ in range(rng.choice((1, 1, 1, 2, 40))):
            number += 1
            body = {"text": "word " * rng.randrange(40), "n": number, "parents": []}
            drafts.append(Draft("edit", rng.randbytes(16), body))
        log.append(drafts)
        if rng.random() < 0.7:
            log.flush(5)
        for told in log.poll():
            if isinstance(told, store.Acknowledged) and told.events:
                print(" ".join(event.hash.hex() for event in told.events), flush=True)
            elif isinstance(told, store.SaveProblem):
                print("problem", told.message, flush=True)


def make_project(folder):
    """Return the path and the id of a new project."""
    texts = tuple(Segment(n, n, 0, 9, f"sentence {n}") for n in range(200))
    sides = [Document(name, "text", "en", (), name.encode(), {}) for name in ("a", "b")]
    beads = [Bead(n, n + 1, n, n + 1) for n in range(200)]
    pair = store.ImportedPair(sides[0], texts, sides[1], texts, beads)
    path = folder / "killed.bitext"
    return path, store.create_project(path, [pair], reviewer=bytes(16), reviewer_name="")


def killed(path, project_id, box, writers, rng):
    """Let programs record, kill them, and return the hashes that they acknowledged."""
    command = [sys.executable, "-m", "tests.bench.kill", "--record", project_id]
    running = [
        subprocess.Popen(
            [*command, str(path), str(box), "--seed", str(rng.randrange(1 << 30))],
            stdout=subprocess.PIPE,
        )
        for _ in range(writers)
    ]
    for process in running:
        process.stdout.readline()
    time.sleep(rng.uniform(0, LONGEST))
    for process in running:
        os.kill(process.pid, signal.SIGKILL)
    acknowledged = set()
    for process in running:
        said = process.stdout.read().decode()
        process.wait()
        process.stdout.close()
        whole = said[: said.rfind("\n") + 1]
        acknowledged |= {
            word
            for line in whole.splitlines()
            if not line.startswith("problem")
            for word in line.split()
        }
    return acknowledged


def run_all(runs, writers, seed, folder):
    """Kill `runs` times; return a summary as a dictionary."""
    rng = random.Random(seed)
    total = dict.fromkeys(
        ("runs", "acknowledged", "missing", "unsound", "journals", "half lines", "put back"), 0
    )
    slowest = 0.0
    box = folder / "outbox"
    known = set()
    path = project_id = None
    for run in range(runs):
        if run % RUNS_PER_PROJECT == 0:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            path, project_id = make_project(folder)
            known = set()
        acknowledged = killed(path, project_id, box, writers, rng)
        total["journals"] += path.with_name(path.name + "-journal").exists()
        total["half lines"] += count_half_lines(project_folder(project_id, box))
        start = time.monotonic()
        with closing(store.open_project(path, outbox_folder=box)) as project:
            slowest = max(slowest, time.monotonic() - start)
            present = {event.hash.hex() for event in project.events()}
            total["unsound"] += bool(project.gaps)
        known |= acknowledged
        total["runs"] += 1
        total["acknowledged"] += len(acknowledged)
        total["missing"] += len(known - present)
        total["put back"] += put_back(path, project_id, box)
    return total | {"slowest opening, ms": round(slowest * 1000)}


def count_half_lines(folder):
    """Return how many outbox files end in the middle of a line."""
    ends = [path.read_bytes().rpartition(b"\n")[2] for path in folder.glob("*.jsonl")]
    return sum(bool(end) and from_line(end) is None for end in ends)


def put_back(path, project_id, box):
    """Add what the outbox holds and the project does not; return how many events."""
    lost = store.recover(path, box)
    with closing(store.EventLog(path, project_id, bytes(16), box)) as log:
        log.resend(lost)
        assert log.flush(30)
    with closing(store.open_project(path, outbox_folder=box)) as project:
        present = {event.hash for event in project.events()}
    boxed = {event.hash for event in outbox_events(project_folder(project_id, box))}
    assert boxed <= present
    return len(lost.events)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--writers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", nargs=3, metavar=("ID", "PROJECT", "OUTBOX"))
    arguments = parser.parse_args()
    if arguments.record:
        project_id, path, box = arguments.record
        record(Path(path), project_id, Path(box), arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "runs"
        total = run_all(arguments.runs, arguments.writers, arguments.seed, place)
    print(", ".join(f"{name}: {number}" for name, number in total.items()))
    return 1 if total["missing"] or total["unsound"] else 0


if __name__ == "__main__":
    sys.exit(main())
