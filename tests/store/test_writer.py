"""The writing connection, and what it notices of others."""

import shutil
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, decide, edit, hashes, make

from reviewer.errors import ProjectFileError, SaveError
from reviewer.store import hardened
from reviewer.store.sealing import Clock, Sealer
from reviewer.store.seen import Seen
from reviewer.store.writer import ProjectWriter


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


@pytest.fixture
def events():
    return Sealer(ANN, Clock()).seal([edit(n) for n in range(4)])


def test_files_without_a_lasting_number_are_written_all_the_same(project, events, monkeypatch):
    path, project_id = project
    honest, count = hardened.stamp, iter(range(10_000))
    monkeypatch.setattr(hardened, "stamp", lambda path: replace(honest(path), inode=next(count)))
    with closing(ProjectWriter(path, project_id, None, Seen())) as writer:
        for event in events:
            writer.write([event])
    assert {event.hash for event in events} <= hashes(path)


def test_a_file_that_is_replaced_after_every_commit_is_never_acknowledged(
    project, events, monkeypatch, tmp_path
):
    path, project_id = project
    old = Path(shutil.copyfile(path, tmp_path / "old"))

    @contextmanager
    def replaced_after(connection):
        with hardened.transaction(connection):
            yield
        Path(shutil.copyfile(old, tmp_path / "incoming")).replace(path)

    monkeypatch.setattr("reviewer.store.writer.transaction", replaced_after)
    with (
        closing(ProjectWriter(path, project_id, None, Seen())) as writer,
        pytest.raises(SaveError, match="over and over"),
    ):
        writer.write(events)


def test_earlier_openings_come_back_although_the_first_try_failed(
    project, events, monkeypatch, tmp_path
):
    path, project_id = project
    old = Path(shutil.copyfile(path, tmp_path / "old"))
    earlier = decide(path, 3)
    with closing(ProjectWriter(path, project_id, None, Seen())) as writer:
        writer.write(events[:1])
        old.replace(path)
        with monkeypatch.context() as patch:
            patch.setattr("reviewer.store.inserts.insert_events", fail)
            with pytest.raises(ProjectFileError):
                writer.write(events[1:2])
        assert set(earlier) <= set(writer.write(events[1:2]).restored)
    assert {event.hash for event in earlier} <= hashes(path)


def fail(_connection, _events):
    raise OSError(5, "no luck")
