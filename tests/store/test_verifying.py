"""A report of what is wrong with a file."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import alter, decide, make

from reviewer import store


@pytest.fixture
def path(tmp_path):
    path, _ = make(tmp_path)
    decide(path, 5)
    return path


def test_a_sound_file(path):
    report = store.verify(path)
    assert report.status == 0
    assert report.sentences == ("“review.bitext” is sound: 10 decisions, each as it was written.",)


def test_everything_that_is_damaged_is_told(path):
    alter(
        path,
        "UPDATE event SET body='{}' WHERE seq=3",
        "UPDATE segment SET text='x' WHERE ord=1",
        "UPDATE bead SET score=0.25",
    )
    report = store.verify(path)
    assert report.status == 1
    for clause in ("2 decisions are not what was written", "a text in it", "an alignment in it"):
        assert any(clause in sentence for sentence in report.sentences), clause


def test_decisions_out_of_their_chain_are_told(path):
    alter(path, "DELETE FROM event WHERE seq=4")
    assert store.verify(path).sentences == (
        "In “review.bitext” 2 decisions of somebody are missing.",
    )


def test_a_torn_file_says_what_salvage_can_bring_back(path):
    path.write_bytes(path.read_bytes()[:-4096])
    report = store.verify(path)
    assert report.status == 1
    assert "Salvage can bring back" in report.sentences[-1]


@pytest.mark.parametrize("data", [b"", b"text", b"SQLite format 3\0" + bytes(5000)], ids=len)
def test_what_is_no_project_is_refused(tmp_path, data):
    (tmp_path / "x").write_bytes(data)
    assert store.verify(tmp_path / "x").status == 2


def test_an_altered_project_is_refused(path):
    alter(path, "CREATE VIEW x AS SELECT 1")
    assert store.verify(path).status == 2


def test_a_missing_file_is_refused(tmp_path):
    assert store.verify(tmp_path / "x").status == 2
