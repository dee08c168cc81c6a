"""What this computer found whole is not verified again while it is as it was then."""

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import BEN, decide, edit, events_of, log_of, make, pair

from reviewer import paths, store
from reviewer.errors import DamagedProjectError
from reviewer.model import Bead, Draft
from reviewer.store import checked

JOURNAL = bytes.fromhex("d9d505f920a163d7ffffffff")
"""What a journal begins with that holds no page yet (sqlite.org/fileformat2.html, 3)."""


def is_known(path):
    connection = checked.open_known(path, write=False)
    if connection is None:
        return False
    connection.close()
    return True


@pytest.fixture
def whole(tmp_path):
    """Return a project that was noted as whole."""
    path, _ = make(tmp_path)
    checked.note_whole(path, checked.mark(path))
    return path


def touched(path):
    os.utime(path, ns=(1, 1))


def replaced(path):
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def written_with_its_time_put_back(path):
    before = path.stat()
    written(path)
    with path.open("rb+") as file:
        file.truncate(before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def forgotten(path):
    for note in (paths.cache_folder() / "whole").iterdir():
        note.write_text("no numbers, and \x00", "ascii")


def written(path):
    store.add_pair(path, pair(7, "more"), reviewer=BEN)


CHANGES = [touched, replaced, written, written_with_its_time_put_back, forgotten]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_not_as_it_was_is_not_known(whole, change):
    assert is_known(whole)
    change(whole)
    assert not is_known(whole)


def test_what_was_written_while_it_was_checked_is_not_noted(tmp_path):
    path, _ = make(tmp_path)
    before = checked.mark(path)
    written(path)
    checked.note_whole(path, before)
    assert not is_known(path)


def test_what_was_verified_and_only_written_by_us_since_is_known(tmp_path):
    path, _ = make(tmp_path)
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        assert not is_known(path)
    assert is_known(path)
    with log_of(path) as log:
        log.append([edit(2)])
        assert log.flush(10)
        written(path)
    assert not is_known(path)


@pytest.mark.parametrize("spoil", [None, written, touched])
def test_who_has_it_open_knows_it_while_only_own_decisions_come(tmp_path, spoil):
    path, _ = make(tmp_path)
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        if spoil is not None:
            spoil(path)
        store.note_unchanged(path, log.whole)
        assert is_known(path) is (spoil is None)


@pytest.mark.parametrize("looked", [True, False])
@pytest.mark.parametrize("found_whole", [True, False])
def test_what_others_wrote_and_found_whole_is_known_to_who_has_it_open(
    tmp_path, found_whole, looked
):
    path, _ = make(tmp_path)
    with log_of(path) as log:
        log.append([edit(1)])
        assert log.flush(10)
        written(path)
        if looked:
            log.append([edit(3)])
            assert log.flush(10)
        if found_whole:
            store.open_project(path).close()
        log.append([edit(2)])
        assert log.flush(10)
        store.note_unchanged(path, log.whole)
        assert is_known(path) is found_whole


@pytest.mark.parametrize(
    ("look", "known"),
    [
        (lambda path: store.open_project(path).close(), True),
        (lambda path: store.open_project(path, check="quick").close(), False),
        (lambda path: store.open_project(path, check="none").close(), False),
        (store.verify, True),
        (lambda path: (damaged(path), store.verify(path)), False),
    ],
)
def test_who_has_looked_at_every_row_knows_it(tmp_path, look, known):
    path, _ = make(tmp_path)
    decide(path, 1)
    forgotten(path)
    look(path)
    assert is_known(path) is known


def damaged(path):
    """Change a text of an event past SQLite, and nothing that tells of it."""
    before = path.stat()
    data = path.read_bytes()
    assert b"word 0" in data
    path.write_bytes(data.replace(b"word 0", b"ward 0"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_merge_verifies_the_project_once_and_the_other_file_always(tmp_path):
    path, _ = make(tmp_path)
    decide(path, 2)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    decide(other, 2, BEN, "sentence")
    store.merge(path, [other], reviewer=BEN)
    assert is_known(path)
    again = Path(shutil.copyfile(other, tmp_path / "again.bitext"))
    damaged(path)
    assert store.merge(path, [again], reviewer=BEN).notes == ()
    with pytest.raises(DamagedProjectError):
        store.open_project(path)
    damaged(again)
    assert "is damaged" in store.merge(path, [again], reviewer=BEN).notes[0]


def test_a_project_that_was_never_verified_is_before_it_is_merged_into(tmp_path):
    path, _ = make(tmp_path)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    decide(path, 1)
    forgotten(path)
    damaged(path)
    decide(other, 1, BEN)
    with pytest.raises(DamagedProjectError):
        store.merge(path, [other], reviewer=BEN)


def test_what_was_looked_at_is_added_without_being_read_again(tmp_path):
    path, _ = make(tmp_path)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    theirs = decide(other, 3, BEN)
    looked = store.preview_merge(path, [other])
    damaged(other)  # which nobody sees who does not read it
    assert store.merge(path, [other], reviewer=BEN, looked=looked) is looked
    assert {event.hash for event in theirs} <= {event.hash for event in events_of(path)}
    assert is_known(path)


@pytest.mark.parametrize("mine", [True, False])
def test_what_has_changed_since_it_was_looked_at_is_read_again(tmp_path, mine):
    path, _ = make(tmp_path)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    decide(other, 3, BEN)
    looked = store.preview_merge(path, [other])
    decide(path if mine else other, 2, BEN)
    result = store.merge(path, [other], reviewer=BEN, looked=looked)
    assert result.new == (3 if mine else 5)
    with closing(store.open_project(path)) as project:
        assert not project.gaps


def test_an_alignment_that_was_made_anew_comes_although_the_files_were_looked_at(tmp_path):
    path, _ = make(tmp_path)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    with closing(store.open_project(other)) as project:
        (known,) = project.alignments
        documents = known.source_doc, known.target_doc
        counts = [len(project.texts(id_)) for id_ in documents]
    new = store.new_alignment(*documents, [Bead(0, counts[0], 0, counts[1])], {"by": "hand"})
    ids = dict(zip(("source", "target"), (id_.hex() for id_ in documents), strict=True))
    body = {"align_id": new.align_id.hex(), **ids}
    with log_of(other, BEN) as log:
        log.append([Draft("align.add", None, body), Draft("align.use", None, body)], new)
        assert log.flush(10)
    looked = store.preview_merge(path, [other])
    assert not looked.documents
    store.merge(path, [other], reviewer=BEN, looked=looked)
    with closing(store.open_project(path)) as project:
        assert new.align_id in {each.align_id for each in project.alignments}
    assert store.verify(path).status == 0


def test_what_a_crash_left_since_the_look_does_not_stand_in_the_way(tmp_path):
    path, _ = make(tmp_path)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    decide(other, 3, BEN)
    looked = store.preview_merge(path, [other])
    path.with_name(f"{path.name}-journal").write_bytes(JOURNAL + bytes(600))
    assert store.merge(path, [other], reviewer=BEN, looked=looked).new == 3
    assert store.verify(path).status == 0
