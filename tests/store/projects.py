"""Small project files, for the tests of the store."""

import random
import sqlite3
from contextlib import closing, contextmanager

from reviewer import store
from reviewer.model import Bead, Code, CodeKind, Document, Draft, Segment

ANN, BEN = b"a" * 16, b"b" * 16
SENTENCE = "the house on the hill was built by nobody who is known any more"


def segments(count, word="s"):
    """Return segments, two to a unit, every third with an inline code."""
    code = Code("\U000f0000", "1", CodeKind.PAIR, "<b>", "b", can_copy=False)
    rng = random.Random(word)
    found = []
    for number in range(count):
        text = f"{word}{number} " + " ".join(rng.choices(SENTENCE.split(), k=8))
        codes = (code,) if number % 3 == 0 else ()
        text = ("\U000f0000" if codes else "") + text
        found.append(Segment(number, number // 2, number % 2 * 80, 90, text, codes))
    return tuple(found)


def document(name, texts, language="en"):
    """Return a document whose original is its segments' lines."""
    original = "\n".join(segment.text for segment in texts).encode()
    return Document(name, "text", language, (), original, {"encoding": "utf-8", "lines": "breaks"})


def pair(count=30, name="x"):
    """Return an imported pair of `count` sentences a side."""
    source, target = segments(count, f"s{name}"), segments(count, f"t{name}")
    beads = [Bead(n, n + 1, n, n + 1, 0.875) for n in range(count)]
    return store.ImportedPair(
        document(f"{name}.en.txt", source),
        source,
        document(f"{name}.de.txt", target, "de"),
        target,
        beads,
    )


def make(folder, name="review.bitext", count=30, reviewer=ANN):
    """Make a project; return its path and its id."""
    path = folder / name
    return path, store.create_project(path, [pair(count)], reviewer=reviewer, reviewer_name="Ann")


def edit(number, text="word"):
    """Return the draft of an edit."""
    return Draft("edit", number.to_bytes(16, "big"), {"text": f"{text} {number}", "parents": []})


@contextmanager
def log_of(path, reviewer=ANN, **options):
    """Give an event log of a project and close it."""
    with closing(store.open_project(path, check="none")) as project:
        project.events()
        log = store.EventLog(path, project.project_id, reviewer, seen=project.seen, **options)
    try:
        yield log
    finally:
        log.close()


def decide(path, count, reviewer=ANN, text="word"):
    """Record `count` edits in a project, and return the events."""
    with log_of(path, reviewer) as log:
        events = [event for n in range(count) for event in log.append([edit(n, text)])]
        assert log.flush(10)
    return events


def events_of(path):
    """Return the events of a project, fully checked."""
    with closing(store.open_project(path)) as project:
        return project.events()


def hashes(path):
    """Return the hashes of the events of a project."""
    return {event.hash for event in events_of(path)}


def alter(path, *statements):
    """Run SQL that the store itself would never run."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
