"""Copies are whole or not there."""

import os
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import alter, decide, edit, events_of, hashes, log_of, make

from reviewer import store
from reviewer.errors import ProjectFileError


@pytest.fixture
def path(tmp_path):
    path, _ = make(tmp_path)
    decide(path, 5)
    return path


def test_a_copy_holds_everything(path, tmp_path):
    store.save_copy(path, tmp_path / "copy.bitext")
    with (
        closing(store.open_project(path)) as one,
        closing(store.open_project(tmp_path / "copy.bitext")) as other,
    ):
        assert other.project_id == one.project_id
        assert other.events() == one.events()
        assert other.documents == one.documents
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.bitext", "review.bitext"]


def test_a_copy_made_while_decisions_are_written_is_sound(path, tmp_path):
    with log_of(path) as log:
        stop = threading.Event()

        def decide_on():
            number = 0
            while not stop.is_set():
                log.append([edit(number)])
                log.flush(5)
                number += 1

        thread = threading.Thread(target=decide_on)
        thread.start()
        try:
            for number in range(5):
                store.save_copy(path, tmp_path / f"{number}.bitext")
        finally:
            stop.set()
            thread.join()
    for number in range(5):
        assert store.verify(tmp_path / f"{number}.bitext").status == 0


def test_a_review_holds_the_decisions_and_no_text(path, tmp_path):
    store.save_review(path, tmp_path / "review only.bitext")
    assert hashes(tmp_path / "review only.bitext") == hashes(path)
    with closing(store.open_project(tmp_path / "review only.bitext")) as project:
        assert project.documents == ()
    assert b"house" not in (tmp_path / "review only.bitext").read_bytes()


@pytest.mark.parametrize("copy", [store.save_copy, store.save_review])
def test_no_file_is_replaced_unasked_and_never_the_project_itself(path, tmp_path, copy):
    out = tmp_path / "copy.bitext"
    out.write_text("mine")
    with pytest.raises(ProjectFileError, match="there already"):
        copy(path, out)
    assert out.read_text() == "mine"
    copy(path, out, replace=True)
    assert events_of(out) == events_of(path)
    with pytest.raises(ProjectFileError, match="the project itself"):
        copy(path, path, replace=True)


def test_a_hostile_project_is_not_copied(path, tmp_path):
    alter(path, "CREATE TRIGGER x AFTER INSERT ON event BEGIN SELECT 1; END")
    with pytest.raises(ProjectFileError, match="altered"):
        store.save_copy(path, tmp_path / "copy.bitext")
    assert [p.name for p in tmp_path.iterdir()] == ["review.bitext"]


def removed(path, _tmp_path):
    path.unlink()


def replaced_by_another_project(path, tmp_path):
    (tmp_path / "far").mkdir()
    make(tmp_path / "far", count=3)[0].replace(path)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away there")
@pytest.mark.parametrize("harm", [removed, replaced_by_another_project])
@pytest.mark.parametrize("copy", [store.save_open, store.save_open_review])
def test_an_open_project_is_copied_with_everything_though_its_file_is_gone(
    path, tmp_path, harm, copy
):
    with log_of(path) as log, closing(store.open_project(path)) as project:
        events = [*log.append([edit(1)])]
        assert log.flush(10)
        harm(path, tmp_path)
        events += log.append([edit(2)])
        assert not log.flush(10)
        copy(project, tmp_path / "copy.bitext", events)
        known = {event.hash for event in (*project.events(), *events)}
    assert hashes(tmp_path / "copy.bitext") == known
    assert store.verify(tmp_path / "copy.bitext").status == 0
    with closing(store.open_project(tmp_path / "copy.bitext")) as copied:
        assert len(copied.documents) == (2 if copy is store.save_open else 0)


def test_a_file_that_was_cut_off_is_not_copied_and_the_review_is(path, tmp_path):
    with closing(store.open_project(path)) as project:
        events = project.events()
        path.write_bytes(path.read_bytes()[:9000])
        with pytest.raises(ProjectFileError, match="damaged"):
            store.save_open(project, tmp_path / "copy.bitext", events)
    assert [p.name for p in tmp_path.iterdir()] == ["review.bitext"]
