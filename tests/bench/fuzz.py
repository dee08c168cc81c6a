"""Damaged project files, opened in child processes: none may crash, hang or show a false row.

python -m tests.bench.fuzz --files 500
python -m tests.bench.fuzz --folder DAMAGED --good PROJECT    the files made from a project
"""

import argparse
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reviewer import store
from tests.store.projects import decide, make

LIMIT_SECONDS = 5.0
CHILD = """
import json, resource, sys, tempfile
from contextlib import closing
from pathlib import Path
from reviewer import store
from reviewer.errors import ReviewerError
from reviewer.review.tasks.loading import LoadRequest, load
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
good = json.loads(sys.stdin.readline())
for line in sys.stdin:
    path = Path(line.strip())
    before = path.read_bytes()
    told = []
    try:
        with closing(store.open_project(path)) as project:
            true = all(event.hash.hex() in good["events"] for event in project.events())
            texts = [s.text for d in project.documents for s in project.segments(d.doc_id)]
            true = true and (not texts or texts == good["texts"])
        told.append("opened" if true else "FALSE")
    except ReviewerError:
        told.append("refused")
    told.append(f"verify {store.verify(path).status}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            report = store.salvage(path, Path(folder) / "out.bitext")
            told.append("salvaged")
        except ReviewerError:
            told.append("nothing to salvage")
        try:
            load(LoadRequest(Path(good["path"]), (path,), bytes(16)))
            told.append("loaded")
        except ReviewerError:
            told.append("not loaded")
    told.append("" if path.read_bytes() == before else "CHANGED")
    print(", ".join(filter(None, told)), flush=True)
"""


def damaged(data, rng):
    """Return a name for a damage, and the damaged bytes."""
    kind = rng.choice(["flip 1", "flip 16", "flip 64", "cut", "zeros", "noise", "pages swapped"])
    out = bytearray(data)
    if kind.startswith("flip"):
        for _ in range(int(kind.split()[1])):
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    elif kind == "cut":
        del out[rng.randrange(len(out)) :]
    else:
        page = 4096 * rng.randrange(len(out) // 4096)
        other = 4096 * rng.randrange(len(out) // 4096)
        new = {
            "zeros": bytes(4096),
            "noise": rng.randbytes(4096),
            "pages swapped": bytes(out[other : other + 4096]),
        }[kind]
        if kind == "pages swapped":
            out[other : other + 4096] = out[page : page + 4096]
        out[page : page + 4096] = new
    return kind, bytes(out)


def healthy(folder):
    """Make a project with decisions; return its path."""
    path, _ = make(folder, count=300)
    decide(path, 200)
    return path


def facts(path):
    """Return what may be seen of a project."""
    with contextlib.closing(store.open_project(path)) as project:
        events = [event.hash.hex() for event in project.events()]
        texts = [s.text for d in project.documents for s in project.segments(d.doc_id)]
    return {"path": str(path), "events": events, "texts": texts}


def run(files, good):
    """Open every file in a child; return what was told of each, and how long the slowest took."""
    answers, slowest = [], (0.0, "")
    child = None
    for file in files:
        if child is None:
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            child.stdin.write(json.dumps(good) + "\n")
        began = time.monotonic()
        child.stdin.write(f"{file}\n")
        child.stdin.flush()
        answer = child.stdout.readline().strip()
        took = time.monotonic() - began
        slowest = max(slowest, (took, file.name))
        if not answer:
            child.wait()
            answer, child = f"CRASHED {child.returncode}", None
        if took > LIMIT_SECONDS:
            answer += " HUNG"
        answers.append((file.name, answer))
    return answers, slowest


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--good", type=Path, help="what the files of the folder were made from")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = options.good or healthy(folder)
        good = facts(path)
        if options.folder:
            files = sorted(p for p in options.folder.iterdir() if p.suffix in {".prj", ".bitext"})
        else:
            rng, files = random.Random(options.seed), []
            for number in range(options.files):
                kind, data = damaged(path.read_bytes(), rng)
                files.append(folder / f"{number:03} {kind}.bitext")
                files[-1].write_bytes(data)
        answers, slowest = run(files, good)
    counts = {}
    for file, answer in answers:
        if options.folder:
            print(f"{file:24} {answer}")
        for word in answer.split(", "):
            counts[word] = counts.get(word, 0) + 1
    wrong = ("FALSE", "CRASHED", "HUNG", "CHANGED")
    bad = [each for each in answers if any(word in each[1] for word in wrong)]
    print(counts)
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), bad: {bad}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
