"""The live shared folder, kept by a sync client that does everything sync clients do."""

import random
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, hashes, log_of, make, pair

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.model import Bead, Draft
from reviewer.store import packing
from reviewer.store.live import LiveFolder

PATIENCE = 20.0


def decisions(path):
    return {event.hash for event in store_events(path) if event.kind == "edit"}


def store_events(path):
    from projects import events_of

    return events_of(path)


@pytest.fixture
def pairs(tmp_path):
    """Return a shared folder, and two copies of a project with decisions of their own."""
    path, project_id = make(tmp_path, "ann.bitext")
    other = Path(shutil.copyfile(path, tmp_path / "ben.bitext"))
    decide(path, 3)
    decide(other, 4, BEN)
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return folder, path, other, project_id


def test_each_gets_what_the_other_decided(pairs):
    folder, path, other, project_id = pairs
    store.exchange(path, folder)
    came, gone = store.exchange(other, folder)
    assert (came, gone) == (3, 4)
    assert store.exchange(path, folder) == (4, 0)
    assert decisions(path) == decisions(other)
    # Nothing is said twice, and nobody wrote what another one writes.
    assert store.exchange(other, folder) == (0, 0)
    names = [entry.name for entry in (folder / project_id).iterdir()]
    assert store.DOCUMENTS in names
    assert len(names) == 3


def test_a_colleague_joins_with_the_folder_alone(pairs, tmp_path):
    folder, path, _other, project_id = pairs
    store.exchange(path, folder)
    documents = folder / project_id / store.DOCUMENTS
    assert store.is_shared_documents(documents)
    store.join(documents, tmp_path / "cho.bitext")
    assert hashes(tmp_path / "cho.bitext") == hashes(path)
    assert store.shared_folder(project_id) == folder
    store.share_through(project_id, None)
    assert store.shared_folder(project_id) is None


def test_a_folder_that_is_not_there_is_told_and_not_made(pairs):
    folder, path, *_ = pairs
    with pytest.raises(ProjectFileError):
        store.exchange(path, folder / "gone")
    assert not (folder / "gone").exists()


class Sync:
    """A sync client: brings files of one folder to another late, in pieces, twice, with holes."""

    def __init__(self, writers, seed):
        self._writers = writers
        self._random = random.Random(seed)

    def _files(self):
        """Return each file, where its writer has it and where others read it."""
        places = [writer.place for writer in self._writers]
        for writer in self._writers:
            for place in places:
                if place != writer.place and writer.file.exists():
                    yield writer.file, place / writer.file.name

    def step(self):
        """Bring something of some files to the other side."""
        files = list(self._files())
        self._random.shuffle(files)
        for here, there in files:
            self._bring(here, there)

    def _bring(self, entry, to):
        data, how = entry.read_bytes(), self._random.random()
        to.parent.mkdir(exist_ok=True)
        if how < 0.3:
            return  # late
        if how < 0.5:
            data = data[: self._random.randrange(len(data) + 1)]  # half written
        elif how < 0.65:
            hole = self._random.randrange(len(data) + 1)
            data = bytes(hole) + data[hole:]  # the end before the beginning
        elif how < 0.75:
            twice = to.with_name(f"{to.stem} (conflicted copy).jsonl")
            twice.write_bytes(data)
        to.write_bytes(data)

    def settle(self):
        """Bring everything, as clients do in the end."""
        for here, there in self._files():
            there.write_bytes(here.read_bytes())


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_sync_client_does_both_have_everything_in_the_end(pairs, tmp_path, seed):
    _folder, path, other, project_id = pairs
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
    rng = random.Random(seed)
    live = {
        at: LiveFolder(folder, at, project_id, rng.randbytes(16))
        for folder, at in zip(folders, (path, other), strict=True)
    }
    sync, reviewers = Sync(live.values(), seed), {path: ANN, other: BEN}

    def exchange(at):
        came = live[at].incoming()
        if came:
            store.import_log(at, map(store_line, came.events))
        live[at].publish(())

    for step in range(8):
        for at in (path, other):
            made = decide(at, 1, reviewers[at], f"word {step}")
            exchange(at)
            live[at].publish(made)
        sync.step()
    sync.settle()
    for at in (path, other, path):
        # A hole that was filled in the same moment looks alike: it is read again after a while.
        for _ in range(16):
            exchange(at)
        sync.settle()
    assert decisions(path) == decisions(other)
    assert store.verify(path).status == store.verify(other).status == 0
    for folder in live.values():
        folder.close()


def store_line(event):
    from reviewer.store.sealing import to_line

    return to_line(event)


def test_an_old_state_of_the_folder_put_back_is_told_everything_anew(pairs):
    folder, path, other, project_id = pairs
    store.exchange(path, folder)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    live.incoming()
    assert live.publish(()) == 4
    live.file.unlink()
    live.incoming()
    assert live.publish(()) == 4
    # Damaged in place, it is mended as well.
    live.file.write_bytes(bytes(10) + live.file.read_bytes()[10:])
    live.incoming()
    assert live.publish(()) == 1
    live.close()
    assert store.exchange(path, folder)[0] == 4


def test_going_offline_and_coming_back_is_nothing_special(pairs):
    folder, path, other, project_id = pairs
    store.exchange(path, folder)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    live.incoming()
    live.publish(())
    away = folder.rename(folder.with_name("unplugged"))
    made = decide(other, 2, BEN, "offline")
    with pytest.raises(OSError, match="Dropbox"):
        live.incoming()
    away.rename(folder)
    live.incoming()
    live.publish(made)
    live.close()
    store.exchange(path, folder)
    assert {event.hash for event in made} <= hashes(path)


def test_the_empty_folder_that_an_unmounted_drive_leaves_is_not_written_to(pairs):
    folder, path, other, project_id = pairs
    store.exchange(path, folder)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    live.incoming()
    live.publish(())
    away = folder.rename(folder.with_name("unplugged"))
    folder.mkdir()
    made = decide(other, 2, BEN, "offline")
    for look in (live.take_documents, live.incoming):
        with pytest.raises(OSError, match=project_id):
            look()
    assert list(folder.iterdir()) == []
    folder.rmdir()
    away.rename(folder)
    live.incoming()
    assert live.publish(made) == 2
    live.close()
    store.exchange(path, folder)
    assert {event.hash for event in made} <= hashes(path)


def test_what_is_no_event_in_the_folder_is_passed_over(pairs):
    folder, path, _other, project_id = pairs
    store.exchange(path, folder)
    place = folder / project_id
    (place / "x.jsonl").write_bytes(b'{"session": 1}\n\xff\n[]\n' + b"\0" * 100_000)
    (place / "y.jsonl").mkdir()
    (place / "notes.txt").write_text("hello")
    (place / "z.jsonl").write_bytes(b"x" * 200_000)
    assert store.exchange(path, folder) == (0, 0)


PROGRAM = """
    import sys, time
    from contextlib import closing
    from pathlib import Path
    from reviewer import store
    from reviewer.model import Draft

    path, folder = Path(sys.argv[1]), sys.argv[2]
    me, count, wanted = sys.argv[3].encode(), int(sys.argv[4]), int(sys.argv[5])
    with closing(store.open_project(path)) as project:
        known = {event.hash for event in project.events()}
        options = dict(seen=project.seen, name=me.decode())
        log = store.EventLog(path, project.project_id, me * 16, **options)
    if folder:
        log.share(Path(folder))
    people = set()
    def poll():
        for news in log.poll():
            if isinstance(news, store.Foreign):
                known.update(event.hash for event in news.events)
            if isinstance(news, store.Present):
                people.update(person.name for person in news.people)
    for number in range(count):
        subject = number.to_bytes(16, "big")
        body = {"text": f"{me.decode()} {number}", "parents": []}
        known.update(event.hash for event in log.append([Draft("edit", subject, body)]))
        poll()
        time.sleep(0.01)
    end = time.monotonic() + 60
    while time.monotonic() < end and (len(known) < wanted or log.pending or not people):
        poll()
        time.sleep(0.05)
    took = time.monotonic() - end + 60
    print("done", flush=True)
    # The other one sees this one's last decisions before this one goes.
    sys.stdin.readline()
    log.close()
    print(len(known), "".join(sorted(people)), f"{took:.2f}", flush=True)
"""


def run(path, folder, me, count, wanted):
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(PROGRAM),
            path,
            folder,
            me,
            str(count),
            str(wanted),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(programs):
    """Wait until all have what they want; return what each knew, whom it met, how long it took."""
    for program in programs:
        assert program.stdout.readline() == "done\n"
    end = time.monotonic() + PATIENCE
    told = []
    for program in programs:
        assert time.monotonic() < end
        told.append(program.communicate("\n", timeout=60)[0].split())
    return told


def test_two_programs_on_one_file_see_each_others_decisions(tmp_path):
    path, _ = make(tmp_path)
    known = len(hashes(path))
    wanted = known + 40
    programs = [run(path, "", me, 20, wanted) for me in ("a", "b")]
    told = finish(programs)
    assert [(int(count), met) for count, met, _ in told] == [(wanted, "b"), (wanted, "a")]
    assert all(float(took) < 15 for *_, took in told)
    assert len(hashes(path)) == wanted
    assert store.verify(path).status == 0


def test_three_programs_on_one_shared_folder_have_everything(tmp_path):
    path, _ = make(tmp_path)
    known = len(hashes(path))
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    files = [Path(shutil.copyfile(path, tmp_path / f"{me}.bitext")) for me in "abc"]
    wanted = known + 30
    programs = [run(at, folder, me, 10, wanted) for at, me in zip(files, "abc", strict=True)]
    told = finish(programs)
    assert [int(count) for count, *_ in told] == [wanted] * 3
    assert {frozenset(hashes(at)) for at in files} == {frozenset(hashes(files[0]))}
    assert all(store.verify(at).status == 0 for at in files)


_STORM = 80
"""Rounds of the client in which things go wrong."""


class Client:
    """A sync client between the folders of several computers, each with programs at work.

    What one of them writes arrives at the others late, in any order, half, with holes, and twice;
    after a while everything arrives.
    """

    def __init__(self, places, seed):
        self._places = places
        self._random = random.Random(seed)
        self._brought = {place: set() for place in places}
        self._stop = threading.Event()
        self._storm = _STORM
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        for place in self._places:
            self._brought[place] |= {entry.name for entry in place.iterdir()}
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        while not self._stop.wait(0.05):
            self._storm -= 1
            for here in self._places:
                for entry in here.iterdir():
                    if entry.name not in self._brought[here]:
                        for there in self._places:
                            if there != here:
                                self._bring(entry, there)

    def _bring(self, entry, there):
        try:
            data = entry.read_bytes()
        except OSError:  # renamed meanwhile
            return
        how = self._random.random() if self._storm > 0 else 1.0
        at, to = self._random.randrange(len(data) + 1), there / entry.name
        self._brought[there].add(entry.name)
        if how < 0.3 or (to.exists() and to.read_bytes() == data):
            return  # late
        if how < 0.5:
            data = data[:at]
        elif how < 0.65:
            data = bytes(at) + data[at:]
        elif how < 0.75:
            twice = there / f"{entry.stem} (conflicted copy){entry.suffix}"
            self._brought[there].add(twice.name)
            twice.write_bytes(data)
        to.write_bytes(data)


@pytest.mark.parametrize("seed", range(2))
def test_programs_on_several_computers_have_everything_whatever_the_client_does(tmp_path, seed):
    path, project_id = make(tmp_path)
    places = []
    for me in "abc":
        store.exchange(path, _made(tmp_path / me))
        places.append(tmp_path / me / project_id)
    # One of them shared it first; the others got its documents.
    for place in places:
        for entry in place.glob("*.jsonl"):
            entry.unlink()
    files = [Path(shutil.copyfile(path, tmp_path / f"{me}.bitext")) for me in "abc"]
    wanted = len(hashes(path)) + 30 + 4
    with Client(places, seed):
        programs = [
            run(at, str(tmp_path / me), me, 10, wanted)
            for at, me in zip(files, "abc", strict=True)
        ]
        store.add_pair(files[0], pair(40, "y"), reviewer=ANN)
        told = finish(programs)
    assert [int(count) for count, *_ in told] == [wanted] * 3
    assert {frozenset(hashes(at)) for at in files} == {frozenset(hashes(files[0]))}
    for at in files:
        with closing(store.open_project(at)) as project:
            assert [document.name for document in project.documents][2:] == [
                "y.en.txt",
                "y.de.txt",
            ]
        assert store.verify(at).status == 0


def _made(folder):
    folder.mkdir()
    return folder


def align_anew(path, beads):
    """Take another alignment into use, as the window does; return its id."""
    with closing(store.open_project(path)) as project:
        source, target = (document.doc_id for document in project.documents)
    new = store.new_alignment(source, target, beads, {"by": "hand"})
    body = {"align_id": new.align_id.hex(), "source": source.hex(), "target": target.hex()}
    with log_of(path) as log:
        log.append([Draft("align.add", None, body), Draft("align.use", None, body)], new)
        assert log.flush(10)
    return new.align_id


def test_an_alignment_made_anew_travels_along(pairs):
    folder, path, other, _ = pairs
    store.exchange(path, folder)
    id_ = align_anew(path, [Bead(0, 2, 0, 1), Bead(2, 30, 1, 30)])
    store.exchange(path, folder)
    store.exchange(other, folder)
    with closing(store.open_project(other)) as project, closing(store.open_project(path)) as ours:
        assert list(project.beads(id_)) == list(ours.beads(id_))
    assert store.verify(other).status == 0


def test_beads_that_fit_no_document_are_left_out(pairs):
    folder, path, other, project_id = pairs
    store.exchange(path, folder)
    with closing(store.open_project(path)) as project:
        source, target = (document.doc_id for document in project.documents)
    new = store.new_alignment(source, target, [Bead(5, 9, 0, 1), Bead(0, 5000, 1, 2)], {})
    (folder / project_id / "forged.jsonl").write_text(packing.to_line(new) + "\n")
    store.exchange(other, folder)
    with closing(store.open_project(other)) as project:
        assert new.align_id not in {known.align_id for known in project.alignments}
    assert store.verify(other).status == 0


def test_what_came_while_the_project_could_not_be_read_comes_at_the_next_look(pairs):
    folder, path, other, project_id = pairs
    store.exchange(other, folder)
    with closing(LiveFolder(folder, path, project_id, b"s" * 16)) as live:
        live.take_documents()
        away = path.rename(path.with_suffix(".away"))
        with pytest.raises(ProjectFileError):
            live.incoming()
        away.rename(path)
        assert {event.hash for event in live.incoming().events} >= decisions(other)
        assert not live.incoming().events
