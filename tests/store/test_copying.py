"""Copies are whole or not there."""

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
