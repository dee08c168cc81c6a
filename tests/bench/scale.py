"""Large projects: how long a merge takes, an opening, and how much memory the window needs.

python -m tests.bench.scale --merge               100,000 new events into 150,000
python -m tests.bench.scale --open FOLDER         1,000,000 segments and 500,000 events
python -m tests.bench.scale --check FOLDER        the whole check of that project, half an hour
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from reviewer import store
from reviewer.model import Bead, Document, Draft, Segment
from reviewer.review.alignment.subjects import Piece, segment_subject, text_hash
from reviewer.review.tasks.errands import disagreements
from reviewer.review.tasks.loading import Loader, LoadRequest
from reviewer.store import inserts
from reviewer.store.hardened import transaction
from reviewer.store.project import open_checked
from reviewer.store.sealing import Clock, Sealer

TEXT = (
    "the report says that water rose again in the lower town while families waited for boats "
    "and the council met late to decide on new shelters roads bridges"
)
WORDS = TEXT.split()


def made(path, segments):
    """Make a project of so many segments a side."""
    rng = random.Random(1)
    sides = []
    for name, tag in (("large.en.txt", "en"), ("large.fr.txt", "fr")):
        texts = [f"{n} " + " ".join(rng.choices(WORDS, k=14)) for n in range(segments)]
        original = "\n".join(texts).encode()
        listed = [Segment(n, n // 5, 0, len(text), text) for n, text in enumerate(texts)]
        sides += [Document(name, "text", tag, (), original), listed]
    beads = [Bead(n, n + 1, n, n + 1, 0.95) for n in range(segments)]
    pair = store.ImportedPair(*sides, beads)
    store.create_project(path, [pair], reviewer=b"a" * 16, reviewer_name="Ann")


def decide(path, count, reviewer, segments, seed):
    """Write so many edits at once, as many people would over months."""
    rng = random.Random(seed)
    with closing(store.open_project(path, check="none")) as project:
        document = project.documents[1].doc_id
        sizes = {s.ord: s for s in project.segments(document)}
    sealer = Sealer(reviewer, Clock())
    events, latest = [], {}
    for number in range(count):
        ord_ = rng.randrange(segments)
        text = sizes[ord_].text
        body = {
            "text": f"{text} {reviewer[:1].decode()}{number}",
            "codes": "",
            "at": ord_,
            "parents": latest.get(ord_, []),
            "was": text_hash(text),
        }
        subject = segment_subject(document, Piece(ord_, 0, len(text)))
        events += sealer.seal([Draft("edit", subject, body)])
        latest[ord_] = [events[-1].hash.hex()]
    with closing(open_checked(path, write=True)) as connection, transaction(connection):
        inserts.insert_events(connection, events)


def timed(what, do):
    """Print how long something took, in seconds of the clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = do()
    print(f"{what}: {time.perf_counter() - wall:.2f} s, {time.process_time() - cpu:.2f} s CPU")
    return result


def merge(folder):
    """Merge two copies that share 50,000 events and have 100,000 each of their own."""
    segments = 100_000
    path, other = folder / "ann.bitext", folder / "ben.bitext"
    made(path, segments)
    decide(path, 50_000, b"a" * 16, segments, 1)
    shutil.copyfile(path, other)
    decide(path, 100_000, b"a" * 16, segments, 2)
    decide(other, 100_000, b"b" * 16, segments, 3)
    few, strange = folder / "few.bitext", folder / "strange.bitext"
    for copy in (few, strange):
        shutil.copyfile(path, copy)
    decide(few, 1_000, b"c" * 16, segments, 4)
    me = b"a" * 16
    timed("merge, project never verified here", lambda: store.merge(strange, [other], reviewer=me))
    store.open_project(path).close()
    copies = [Path(shutil.copyfile(path, folder / name)) for name in ("one.bitext", "two.bitext")]
    for copy in copies:
        store.open_project(copy).close()
    timed("merge, project verified before", lambda: store.merge(path, [other], reviewer=me))
    timed("again", lambda: store.merge(path, [other], reviewer=me))
    for copy, review in zip(copies, (other, few), strict=True):
        load(copy, review, me)


def load(path, review, me):
    """Load a review as the window does, and as the command line does that lists what disagrees."""
    loader = Loader()
    request = LoadRequest(path, (review,), me)
    would = timed(f"look at {review.name}", lambda: loader.load(request))
    timed(f"add its {would.new:,}", lambda: loader.load(replace(request, only_look=False)))
    timed("list what disagrees", lambda: disagreements(path))


def opened(folder):
    """Open a project of a million segments a side in the real window, offscreen, and watch it."""
    path = folder / "million.bitext"
    if not path.exists():
        made(path, 1_000_000)
        decide(path, 500_000, b"a" * 16, 1_000_000, 1)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer

    from reviewer.settings import Settings
    from reviewer.ui.app import Application
    from reviewer.ui.main_window import MainWindow

    app = Application(sys.argv[:1])
    window = MainWindow(Settings("ab" * 16, "Ann"))
    window.checking.check = lambda: None
    window.show()
    watch = Watch()
    print(f"file {path.stat().st_size / 1e6:.0f} MB; empty window: {told_memory()}")
    QTimer.singleShot(0, lambda: window.open_project(path))
    while window.review is None:
        app.processEvents()
        time.sleep(0.01)
    worker = window.worker._process.pid
    print(f"read: worker {processor(worker):.1f} s CPU, {told_memory(worker)}")
    watch.tell()
    review = window.review
    timed(
        "60 rows elsewhere",
        lambda: [(review.pair(n), review.row(n)) for n in range(500_000, 500_060)],
    )
    timed("an edit", lambda: review.edit(10, "Un autre texte."))
    timed("disagreements", lambda: len(review.disagreements()))
    timed("history of a pair", lambda: len(review.past.lines(10)))
    timed("jump and 60 steps", lambda: walked(app, window.desk.page))
    print(f"at the end: {told_memory()}")
    window.close_review()
    timed("the page where one left", lambda: window.open_project(path))
    window.reading.stop()
    window.close()


def checked(folder):
    """Check a million pairs in the real window, offscreen, and watch both processes."""
    path = folder / "million.bitext"
    if not path.exists():
        made(path, 1_000_000)
        decide(path, 500_000, b"a" * 16, 1_000_000, 1)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from reviewer.settings import Settings
    from reviewer.ui.app import Application
    from reviewer.ui.main_window import MainWindow

    app = Application(sys.argv[:1])
    window = MainWindow(Settings("ab" * 16, "Ann"))
    window.show()
    done, begun = [], {}
    window.checking.checked.connect(lambda: done.append(told_memory(begun["worker"])))

    def note(job):
        begun.setdefault("worker", window.worker._process.pid)
        begun["at"] = processor(begun["worker"])
        job.found.connect(first)

    def first(_found):
        at = begun.pop("at", None)
        if at is not None:
            print(f"first findings: {processor(begun['worker']) - at:.1f} s CPU after the begin")

    window.worker.started.connect(note)
    window.open_project(path)
    watch = Watch()
    while not done:
        app.processEvents()
        time.sleep(0.01)
    review = window.review
    print(f"checked: {len(review.findings())} listed, {sum(review.board.more().values())} more")
    print(f"worker {done[0]}")
    watch.tell()
    rest(app, 10)
    print(f"at rest: window {told_memory()}; worker {told_memory(window.worker._process.pid)}")
    timed("an edit", lambda: review.edit(review.count * 7 // 10, "Un  texte."))
    timed("the panels after it", window.desk.refresh)
    window.close()


def rest(app, seconds):
    """Let the window do what it has to do for a while."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.01)


class Watch:
    """Notes how long the window could not be used at a stretch, and the processor time it took."""

    def __init__(self):
        from PySide6.QtCore import QTimer

        self._last, self._longest = time.perf_counter(), 0.0
        self._cpu = time.process_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(10)

    def _tick(self):
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now

    def tell(self):
        self._tick()
        took = time.process_time() - self._cpu
        print(f"window: {took:.1f} s CPU, unusable {self._longest:.2f} s at most; {told_memory()}")


def walked(app, page):
    """Go to a pair in the middle and on from there."""
    page.show_pair(700_000)
    for _ in range(60):
        page.next_pair()
        app.processEvents()


def told_memory(process="self"):
    """Return how much memory a process has, and had at most."""
    status = Path(f"/proc/{process}/status").read_text()
    now, most = (int(status.split(f"{key}:")[1].split()[0]) for key in ("VmRSS", "VmHWM"))
    return f"{now / 1000:.0f} MB, at most {most / 1000:.0f} MB"


def processor(process):
    """Return the seconds of processor time of another process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--merge", action="store_true")
    parser.add_argument("--open", type=Path, metavar="FOLDER")
    parser.add_argument("--check", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_DATA_HOME"] = name
        os.environ["XDG_CACHE_HOME"] = name
        if options.merge:
            merge(Path(name))
        for folder, watched in ((options.open, opened), (options.check, checked)):
            if folder:
                folder.mkdir(exist_ok=True)
                watched(folder)


if __name__ == "__main__":
    sys.exit(main())
