"""A disk that is full and one that may not be written, made of a small file system in memory."""

import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, edit, events_of, hashes, log_of, make, pair

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.store import Acknowledged, Foreign, Reached, SaveProblem
from reviewer.store.live import LiveFolder
from reviewer.store.outbox import outbox_events, project_folder

SIZE = 1 << 20


@contextmanager
def mounted(place):
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        problem = done.stderr.strip() if done.returncode else ""
    except FileNotFoundError:
        problem = "there is no mount command"
    if problem:
        pytest.skip(f"NOT TESTED: full and read-only disks; mounting needs a superuser: {problem}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def disk(tmp_path):
    """A folder on a file system of one megabyte."""
    with mounted(tmp_path / "disk") as place:
        yield place


@contextmanager
def filled(disk):
    """Leave no byte free on a disk for the length of the block."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                written = file.write(bytes(size))
            except OSError:
                written = 0
            if written < size:
                size //= 2
    try:
        yield
    finally:
        ballast.unlink()


def remounted(disk, how):
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def wait_for(log, kind):
    for _ in range(500):
        for told in log.poll():
            if isinstance(told, kind):
                return told
        log.retry()
        time.sleep(0.02)
    raise AssertionError(kind)


def test_on_a_full_disk_decisions_wait_in_the_outbox(disk):
    path, project_id = make(disk)
    with log_of(path) as log:
        log.append([edit(0)])
        assert log.flush(10)
        with filled(disk):
            events = [log.append([edit(n, "long " * 400)])[0] for n in range(40)]
            assert not log.flush(10)
            assert wait_for(log, SaveProblem).message == (
                "“review.bitext” cannot be used: the disk is full."
            )
            boxed = {event.hash for event in outbox_events(project_folder(project_id))}
            assert {event.hash for event in events} <= boxed
        wait_for(log, Acknowledged)
        assert log.flush(10)
    assert {event.hash for event in events} <= hashes(path)
    assert store.verify(path).status == 0


def test_what_others_wrote_is_told_after_the_disk_was_full(disk):
    path, _ = make(disk)
    with log_of(path) as log:
        log.append([edit(0)])
        assert log.flush(10)
        theirs = decide(path, 3, BEN)
        with filled(disk):
            log.append([edit(1, "long " * 4000)])
            assert not log.flush(10)
        came = set()
        while not came >= set(theirs):
            came |= set(wait_for(log, Foreign).events)


def test_a_full_disk_under_the_outbox_is_told_and_heals(disk, tmp_path):
    path, _ = make(tmp_path)
    with log_of(path, outbox_folder=disk / "outbox") as log:
        log.append([edit(0)])
        assert log.flush(10)
        with filled(disk):
            events = [log.append([edit(n, "long " * 400)])[0] for n in range(40)]
            assert not log.flush(10)
            assert "outbox" in wait_for(log, SaveProblem).message
        assert log.flush(10)
    (folder,) = (disk / "outbox").iterdir()
    boxed = {event.hash for event in outbox_events(folder)}
    assert {event.hash for event in events} <= boxed & hashes(path)


def test_a_copy_on_a_full_disk_says_where_there_is_no_room(disk, tmp_path):
    path, _ = make(tmp_path, count=3000)
    with closing(store.open_project(path)) as project, filled(disk):
        for copy in (
            lambda out: store.save_copy(path, out),
            lambda out: store.save_open(project, out, ()),
        ):
            with pytest.raises(ProjectFileError, match=r"disk” (has no room|.*full)|written in"):
                copy(disk / "copy.bitext")
    assert not list(disk.iterdir())


def test_a_new_project_on_a_full_disk_leaves_nothing(disk):
    with filled(disk), pytest.raises(ProjectFileError, match=r"full|written in|space"):
        make(disk, count=3000)
    with pytest.raises(ProjectFileError, match=r"full|space"):
        make(disk, count=20_000)
    assert not list(disk.iterdir())


def test_on_a_disk_that_may_not_be_written_one_can_read_and_decide(disk):
    path, project_id = make(disk)
    remounted(disk, "ro")
    assert not store.is_writable(disk)
    assert len(events_of(path)) == 5
    with log_of(path) as log:
        (event,) = log.append([edit(1)])
        assert not log.flush(10)
        assert "may not be written" in wait_for(log, SaveProblem).message
        assert event.hash in {e.hash for e in outbox_events(project_folder(project_id))}
        remounted(disk, "rw")
        wait_for(log, Acknowledged)
    assert event.hash in hashes(path)


def test_a_disk_that_is_pulled_out_is_told_and_the_decision_kept(tmp_path):
    with mounted(tmp_path / "disk") as disk:
        path, project_id = make(disk)
        with log_of(path) as log:
            log.append([edit(1)])
            assert log.flush(10)
            subprocess.run(["umount", "-l", str(disk)], check=True)
            (event,) = log.append([edit(2)])
            assert not log.flush(10)
            assert "review.bitext" in wait_for(log, SaveProblem).message
            assert not path.exists()
        assert event.hash in {e.hash for e in outbox_events(project_folder(project_id))}
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=True)


def told_of_folder(log, why):
    for _ in range(500):
        for told in log.poll():
            if isinstance(told, Reached) and told.why == why:
                return told
        log._around.hurry()
        time.sleep(0.02)
    raise AssertionError(why)


def test_a_shared_folder_that_is_full_says_so_and_heals(disk, tmp_path):
    path, _ = make(tmp_path)
    folder = disk / "Nextcloud"
    folder.mkdir()
    with log_of(path) as log:
        log.share(folder)
        assert wait_for(log, Reached).reached
        with filled(disk):
            events = [log.append([edit(n, "long " * 400)])[0] for n in range(40)]
            assert log.flush(10)
            assert not told_of_folder(log, "full").reached
        while not told_of_folder(log, "").reached:
            pass
    (line,) = folder.rglob("*.jsonl")
    assert all(event.hash.hex() in line.read_text("utf-8") for event in events)


def test_a_parcel_that_a_full_folder_cannot_hold_names_the_folder(disk, tmp_path):
    path, project_id = make(tmp_path)
    folder = disk / "Nextcloud"
    folder.mkdir()
    store.exchange(path, folder)
    store.add_pair(path, pair(3000, "y"), reviewer=ANN)
    live = LiveFolder(folder, path, project_id, b"l" * 16)
    live.incoming()
    with filled(disk), pytest.raises(OSError, match="No space"):
        live.publish(())
    assert str(live.unsent) == "“Nextcloud” cannot be used: the disk is full."
    assert not [*(folder / project_id).glob(".*.part")]
    live.close()
