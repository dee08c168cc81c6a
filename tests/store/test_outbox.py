"""What lies on the local disk before it lies in the project, and is put back from there."""

import os
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, decide, edit, hashes, log_of, make

from reviewer import store
from reviewer.store.outbox import Outbox, outbox_events, project_folder
from reviewer.store.sealing import Clock, Sealer, to_line

MONTHS = 100 * 24 * 60 * 60


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def test_what_a_file_has_lost_is_found_and_put_back(project, tmp_path):
    path, _ = project
    old = Path(shutil.copyfile(path, tmp_path / "old"))
    decided = decide(path, 6)
    assert not store.recover(path)
    old.replace(path)
    lost = store.recover(path)
    assert list(lost.events) == decided
    with log_of(path) as log:
        log.resend(lost)
        assert log.flush(10)
    assert {event.hash for event in decided} <= hashes(path)
    assert not store.recover(path)


def test_a_half_line_is_passed_over(project):
    path, project_id = project
    decide(path, 3)
    (box,) = project_folder(project_id).glob("*.jsonl")
    box.write_bytes(box.read_bytes()[:-20])
    assert len(list(outbox_events(box.parent))) == 2


def test_an_outbox_goes_on_behind_a_half_line(tmp_path):
    events = Sealer(ANN, Clock()).seal([edit(n) for n in range(3)])
    path = tmp_path / "box" / f"{events[0].session.hex()}.jsonl"
    path.parent.mkdir()
    path.write_bytes(to_line(events[0]).encode()[:-9])
    with closing(Outbox(path.parent, events[0].session)) as box:
        box.write(events)
    assert list(outbox_events(path.parent)) == list(events)


def test_a_forged_line_is_passed_over(project):
    path, project_id = project
    (event, *_rest) = decide(path, 2)
    folder = project_folder(project_id)
    (folder / "x.jsonl").write_text(to_line(event).replace('"text":"word 0"', '"text":"word 9"'))
    assert len(list(outbox_events(folder))) == 2


@pytest.mark.parametrize(
    ("openings", "age", "kept"),
    [(2, MONTHS, True), (3, MONTHS, False), (5, 0, True)],
    ids=["seen twice only", "old and seen", "young"],
)
def test_it_is_kept_until_it_was_seen_at_two_openings_and_is_old(project, openings, age, kept):
    path, project_id = project
    decide(path, 2)
    (box,) = project_folder(project_id).glob("*.jsonl")
    os.utime(box, (time.time() - age,) * 2)
    for _ in range(openings):
        assert not store.recover(path)
    assert box.exists() is kept


def test_it_is_kept_while_the_file_lacks_a_decision(project, tmp_path):
    path, project_id = project
    old = Path(shutil.copyfile(path, tmp_path / "old"))
    decide(path, 2)
    old.replace(path)
    (box,) = project_folder(project_id).glob("*.jsonl")
    os.utime(box, (0, 0))
    for _ in range(5):
        assert len(store.recover(path).events) == 2
    assert box.exists()


@pytest.mark.parametrize("text", ["", "../../etc", "A" * 32, "0" * 31, "0" * 33])
def test_a_project_id_from_a_file_never_names_another_folder(text):
    with pytest.raises(ValueError, match="32 hex"):
        project_folder(text)
