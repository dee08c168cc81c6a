"""Decisions are taken at once, written by a thread, and never lost by what happens to the file."""

import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, edit, events_of, hashes, log_of, make, pair

from reviewer import store
from reviewer.model import Draft
from reviewer.store import Acknowledged, Foreign, Replaced, SaveProblem
from reviewer.store.outbox import Outbox, outbox_events, project_folder
from reviewer.store.writer import ProjectWriter

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def news(log, kind, says=""):
    """Return the first news of a kind whose sentence holds `says`, waiting for the thread."""
    end = time.monotonic() + 10.0
    while time.monotonic() < end:
        for told in log.poll():
            if isinstance(told, kind) and says in getattr(told, "message", ""):
                return told
        log.retry()
        time.sleep(0.01)
    raise AssertionError(kind, says)


def arrive(log, events):
    """Wait until all these events were told as foreign."""
    waiting = {event.hash for event in events}
    while waiting:
        waiting -= {event.hash for event in news(log, Foreign).events}


def boxed(project_id):
    return {event.hash for event in outbox_events(project_folder(project_id))}


def test_a_gesture_is_returned_at_once_and_acknowledged_later(project):
    path, project_id = project
    with log_of(path) as log:
        events = log.append([edit(1), edit(2)])
        assert [event.gesture for event in events] == [1, 1]
        assert log.flush(10)
        assert log.pending == 0
        assert [told.events for told in log.poll() if isinstance(told, Acknowledged)] == [events]
    assert {event.hash for event in events} <= hashes(path) & boxed(project_id)


def test_closing_writes_what_waits_and_later_gestures_are_our_mistake(project):
    with log_of(project[0]) as log:
        events = [log.append([edit(n)])[0] for n in range(50)]
    assert {event.hash for event in events} <= hashes(project[0])
    with pytest.raises(RuntimeError):
        log.append([edit(1)])


def test_no_thread_and_no_file_before_the_first_gesture(project):
    path, project_id = project
    before, threads = path.read_bytes(), threading.active_count()
    with log_of(path) as log:
        assert threading.active_count() == threads
        assert log.poll() == []
        time.sleep(0.05)
        assert log.poll() == []
    assert path.read_bytes() == before
    assert not project_folder(project_id).exists()


def test_each_opening_for_writing_is_a_session_of_its_own(project):
    first, second = decide(project[0], 2), decide(project[0], 2)
    assert first[0].session != second[0].session
    assert [event.seq for event in second] == [1, 2]


def test_an_unknown_kind_is_kept(project):
    with log_of(project[0]) as log:
        (event,) = log.append([Draft("dance", None, {"steps": [1, 2]})])
    assert event in events_of(project[0])


def test_what_cannot_be_written_stays_in_the_outbox_until_it_can(project):
    path, project_id = project
    away = path.with_name("away")
    with log_of(path) as log:
        path.rename(away)
        (event,) = log.append([edit(1)])
        assert not log.flush(10)
        assert news(log, SaveProblem, "review.bitext")
        assert log.pending == 1
        assert event.hash in boxed(project_id)
        away.rename(path)
        assert news(log, Acknowledged).events == (event,)
    assert event.hash in hashes(path)


def test_a_problem_is_told_once_and_its_end_too(project):
    path, _ = project
    with log_of(path) as log:
        path.rename(path.with_name("away"))
        log.append([edit(1)])
        told = []
        for _ in range(4):
            assert not log.flush(10)
            told += log.poll()
        assert len(told) == 1


def test_a_file_of_another_project_is_never_written_to(project, tmp_path):
    path, _ = project
    other, _ = make(tmp_path, "other.bitext", count=4)
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        shutil.copyfile(other, tmp_path / "incoming")
        (tmp_path / "incoming").replace(path)
        log.append([edit(2)])
        assert not log.flush(10)
        assert news(log, SaveProblem, "another project")
    assert path.read_bytes() == other.read_bytes()


def test_a_damaged_file_is_not_written_to(project):
    path, _ = project
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        half = path.read_bytes()[:8192]
        path.write_bytes(half)
        log.append([edit(2)])
        assert not log.flush(10)
        assert news(log, SaveProblem, "damaged")
    assert path.read_bytes() == half


def test_the_thread_outlives_whatever_becomes_of_the_file(project):
    path, _ = project
    data = path.read_bytes()
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        for junk in (b"", b"text", data[:5000], bytes(60_000)):
            path.write_bytes(junk)
            (waiting,) = log.append([edit(2)])
            assert not log.flush(10)
        path.unlink()
        path.mkdir()
        assert not log.flush(10)
        path.rmdir()
        path.write_bytes(data)
        news(log, Replaced)
        assert log.flush(10)
    assert waiting.hash in hashes(path)
    assert len(hashes(path)) == 10


def renamed_over(path, data):
    (path.parent / "incoming").write_bytes(data)
    (path.parent / "incoming").replace(path)


def written_in_place(path, data):
    with path.open("rb+") as file:
        file.truncate(0)
        file.write(data)


def deleted_and_put_back(path, data):
    path.unlink()
    path.write_bytes(data)


WAYS = [renamed_over, written_in_place, deleted_and_put_back]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("then_decide", [True, False], ids=["next gesture", "no gesture"])
def test_a_replaced_file_gets_back_what_it_had_lost(project, tmp_path, way, then_decide):
    path, _ = project
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    theirs = decide(other, 5, BEN)
    with log_of(path) as log:
        ours = [log.append([edit(n)])[0] for n in range(3)]
        assert log.flush(10)
        log.poll()
        way(path, other.read_bytes())
        if then_decide:
            ours += log.append([edit(9)])
            assert log.flush(10)
        told, arrived = "", set()
        while not (told and arrived >= set(theirs)):
            for one in log.poll():
                told += one.message if isinstance(one, Replaced) else ""
                arrived |= set(one.events) if isinstance(one, Foreign) else set()
            log.retry()
            time.sleep(0.01)
        assert "3 decisions were added again" in told
    assert {event.hash for event in [*ours, *theirs]} <= hashes(path)


def test_decisions_of_earlier_openings_come_back_too(project, tmp_path):
    path, _ = project
    old = Path(shutil.copyfile(path, tmp_path / "old"))
    earlier = decide(path, 4)
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        old.replace(path)
        log.append([edit(2)])
        assert log.flush(10)
    assert {event.hash for event in earlier} <= hashes(path)


def test_anothers_decisions_appear_without_a_gesture_of_ours(project):
    path, _ = project
    with log_of(path) as log:
        log.poll()
        theirs = decide(path, 3, BEN)
        arrive(log, theirs)


def test_anothers_decisions_appear_after_a_gesture_of_ours(project):
    path, _ = project
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        theirs = decide(path, 3, BEN)
        log.append([edit(2)])
        assert log.flush(10)
        arrive(log, theirs)


def test_our_clock_goes_on_behind_what_came_from_others(project):
    path, _ = project
    with log_of(path, wall=lambda: time.time() - 3600) as log:
        log.poll()
        theirs = decide(path, 1, BEN)
        arrive(log, theirs)
        (ours,) = log.append([edit(1)])
    assert ours.hlc > theirs[-1].hlc


def test_documents_added_meanwhile_disturb_nothing(project):
    path, _ = project
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        store.add_pair(path, pair(4, "more"), reviewer=BEN)
        (event,) = log.append([edit(2)])
        assert log.flush(10)
    with closing(store.open_project(path)) as opened:
        assert len(opened.documents) == 4
        assert event in opened.events()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from projects import decide
decide(Path(sys.argv[2]), 120, bytes([int(sys.argv[3])]) * 16)
"""


def test_two_programs_write_at_once_and_nothing_is_lost(project):
    path, _ = project
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(path)]
    running = [subprocess.Popen([*command, str(n)], cwd=ROOT) for n in (1, 2)]
    assert [process.wait(60) for process in running] == [0, 0]
    counts = [sum(event.reviewer == bytes([n]) * 16 for event in events_of(path)) for n in (1, 2)]
    assert counts == [120, 120]
    with closing(store.open_project(path)) as opened:
        assert not opened.gaps


def test_a_gesture_that_cannot_be_sealed_records_nothing(project):
    with log_of(project[0]) as log:
        with pytest.raises(ValueError, match="float"):
            log.append([edit(1), Draft("issue", None, {"weight": 1.5})])
        assert log.pending == 0


def test_an_outbox_that_cannot_be_written_is_told_and_nothing_is_acknowledged(project, tmp_path):
    path, _ = project
    (tmp_path / "box").write_text("a file where the folder would be")
    with log_of(path, outbox_folder=tmp_path / "box") as log:
        (event,) = log.append([edit(1)])
        assert not log.flush(10)
        assert news(log, SaveProblem, "outbox")
        (tmp_path / "box").unlink()
        assert news(log, Acknowledged).events == (event,)


def test_reading_goes_on_where_it_was(project):
    path, _ = project
    with closing(store.open_project(path)) as opened:
        opened.events()
        seen = opened.seen
        version = opened.data_version()
        first = decide(path, 3, ANN)
        assert opened.data_version() != version
        newer, seen = opened.events_after(seen)
        assert newer == first
        assert opened.events_after(seen)[0] == []


def broken(*_arguments):
    raise KeyError("text of a document")


def test_a_mistake_while_writing_the_file_leaves_the_outbox_and_the_thread(
    project, monkeypatch, caplog
):
    path, project_id = project
    with log_of(path) as log:
        with monkeypatch.context() as patch:
            patch.setattr(ProjectWriter, "write", broken)
            first = log.append([edit(1)])
            assert not log.flush(10)
            assert news(log, SaveProblem, "KeyError")
            second = log.append([edit(2)])
            assert not log.flush(10)
            assert {event.hash for event in (*first, *second)} <= boxed(project_id)
        assert log.flush(10)
        assert news(log, Acknowledged)
    assert {event.hash for event in (*first, *second)} <= hashes(path)
    assert "KeyError" in caplog.text
    assert "text of a document" not in caplog.text


def test_a_mistake_while_writing_the_outbox_leaves_the_file_and_the_thread(project, monkeypatch):
    path, project_id = project
    with log_of(path) as log:
        with monkeypatch.context() as patch:
            patch.setattr(Outbox, "write", broken)
            (event,) = log.append([edit(1)])
            assert not log.flush(10)
            assert news(log, SaveProblem, "outbox")
            assert event.hash in hashes(path)
            assert log.pending == 1
        assert log.flush(10)
    assert event.hash in boxed(project_id)


def cut_off(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    path.write_bytes(b"")


def zeroed(path):
    path.write_bytes(bytes(path.stat().st_size))


def harmed_at_work(path, harm):
    """Decide, harm the file, decide more; return all that was decided."""
    with log_of(path) as log:
        made = [log.append([edit(n)])[0] for n in range(5)]
        assert log.flush(10)
        harm(path)
        made += [log.append([edit(n)])[0] for n in range(5, 8)]
        assert not log.flush(10)
        assert "review.bitext" in news(log, SaveProblem).message
    return {event.hash for event in made}


@pytest.mark.parametrize("harm", [Path.unlink, cut_off, emptied, zeroed])
def test_after_any_harm_an_old_copy_gets_everything_back(project, tmp_path, harm):
    path, _ = project
    old = Path(shutil.copyfile(path, tmp_path / "old copy"))
    made = harmed_at_work(path, harm)
    old.replace(path)
    # As the window opens it: what this computer's outbox holds is written again.
    lost = store.recover(path)
    with log_of(path) as log:
        log.resend(lost)
        assert log.flush(10)
    assert made <= hashes(path)
    assert store.verify(path).status == 0


def test_what_is_salvaged_of_a_harmed_file_has_everything(project, tmp_path):
    path, _ = project
    made = harmed_at_work(path, cut_off)
    store.salvage(path, tmp_path / "rescued.bitext", reviewer=ANN)
    assert made <= hashes(tmp_path / "rescued.bitext")
