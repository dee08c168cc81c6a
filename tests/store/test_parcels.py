"""Documents that were added after a project was shared travel through the folder as well."""

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, alter, decide, hashes, log_of, make, pair

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.model import Bead, Draft
from reviewer.store.live import LiveFolder


@pytest.fixture
def shared(tmp_path):
    """Return a folder, and the projects of two who share through it what one of them imported."""
    path, project_id = make(tmp_path, "ann.bitext")
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    store.exchange(path, folder)
    other = tmp_path / "ben.bitext"
    store.join(folder / project_id / store.DOCUMENTS, other)
    return folder, path, other, project_id


def names(path):
    with closing(store.open_project(path)) as project:
        return [document.name for document in project.documents]


def parcels(folder, project_id):
    return sorted((folder / project_id).glob("*.documents"))


def test_what_was_added_arrives_with_what_was_decided_in_it(shared):
    folder, path, other, project_id = shared
    align_id = store.add_pair(path, pair(20, "y"), reviewer=ANN)
    decide(path, 2)
    store.exchange(path, folder)
    assert len(parcels(folder, project_id)) == 1
    store.exchange(other, folder)
    assert names(other) == names(path)
    assert hashes(other) == hashes(path)
    with closing(store.open_project(other)) as theirs, closing(store.open_project(path)) as ours:
        document = ours.documents[-1]
        assert theirs.segments(document.doc_id) == ours.segments(document.doc_id)
        assert theirs.original(document.doc_id) == ours.original(document.doc_id)
        assert [*theirs.beads(align_id)] == [*ours.beads(align_id)]
    assert store.verify(other).status == 0


def test_it_is_sent_once_and_nobody_sends_it_again(shared):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    for at in (path, other, path, other):
        store.exchange(at, folder)
    (parcel,) = parcels(folder, project_id)
    # It holds what was added, and not what everybody has.
    assert names(parcel) == ["y.en.txt", "y.de.txt"]


def test_both_add_something_and_who_joins_later_has_all(shared, tmp_path):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    store.add_pair(other, pair(10, "z"), reviewer=BEN)
    for at in (path, other, path):
        store.exchange(at, folder)
    joined = tmp_path / "cho.bitext"
    store.join(folder / project_id / store.DOCUMENTS, joined)
    store.exchange(joined, folder)
    assert set(names(path)) == set(names(other)) == set(names(joined))
    assert len(names(path)) == 6
    assert all(store.verify(at).status == 0 for at in (path, other, joined))


def test_a_translation_added_to_a_known_source_brings_both(shared):
    folder, path, other, project_id = shared
    known, new = pair(), pair(30, "z")
    mixed = store.ImportedPair(
        known.source, known.source_segments, new.target, new.target_segments, known.beads
    )
    store.add_pair(path, mixed, reviewer=ANN)
    store.exchange(path, folder)
    store.exchange(other, folder)
    assert names(other) == names(path) == ["x.en.txt", "x.de.txt", "z.de.txt"]
    (parcel,) = parcels(folder, project_id)
    assert names(parcel) == ["x.en.txt", "z.de.txt"]
    assert store.verify(other).status == 0


@pytest.mark.parametrize("damage", ["half", "zeros", "empty", "altered"])
def test_a_parcel_that_is_not_whole_waits_until_it_is(shared, damage):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(200, "y"), reviewer=ANN)
    store.exchange(path, folder)
    (parcel,) = parcels(folder, project_id)
    whole, before = parcel.read_bytes(), names(other)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    if damage == "altered":
        alter(parcel, "UPDATE segment SET text = 'forged' WHERE ord = 3 AND doc = 1")
    else:
        kept = {"half": len(whole) // 2, "zeros": len(whole) // 3, "empty": 0}[damage]
        filler = bytes(len(whole) - kept) if damage == "zeros" else b""
        parcel.write_bytes(whole[:kept] + filler)
    assert live.take_documents() == 0
    assert names(other) == before
    then = parcel.stat()
    parcel.write_bytes(whole)
    # What was written in the same moment and is as long looks alike: it is read after a while.
    os.utime(parcel, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert sum(live.take_documents() for _ in range(17)) == 2
    assert live.take_documents() == 0
    assert names(other) == names(path)
    live.close()


def test_what_stands_in_a_damaged_parcel_is_sent_again_beside_it(shared):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    store.exchange(path, folder)
    (parcel,) = parcels(folder, project_id)
    alter(parcel, "UPDATE segment SET text = 'forged' WHERE ord = 3 AND doc = 1")
    for _ in range(2):
        store.exchange(path, folder)
    assert len(parcels(folder, project_id)) == 2
    store.exchange(other, folder)
    assert hashes(other) == hashes(path)
    assert len(parcels(folder, project_id)) == 2
    assert store.verify(other).status == 0


def test_a_parcel_of_another_project_is_left_alone(shared, tmp_path):
    folder, _path, other, project_id = shared
    (tmp_path / "far").mkdir()
    stranger, _ = make(tmp_path / "far", count=12)
    shutil.copyfile(stranger, folder / project_id / "x.documents")
    store.exchange(other, folder)
    assert len(names(other)) == 2


def test_an_alignment_that_arrives_before_its_documents_waits_for_them(shared):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    store.exchange(path, folder)
    with closing(store.open_project(path)) as project:
        source, target = (document.doc_id for document in project.documents[2:])
    new = store.new_alignment(source, target, [Bead(0, 2, 0, 1), Bead(2, 20, 1, 20)], {})
    body = {"align_id": new.align_id.hex(), "source": source.hex(), "target": target.hex()}
    with log_of(path) as log:
        log.append([Draft("align.use", None, body)], new)
        assert log.flush(10)
    store.exchange(path, folder)
    (parcel,) = parcels(folder, project_id)
    late = parcel.rename(folder / "late")
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    assert live.take_documents() == 0
    assert live.incoming().alignments == ()
    late.rename(parcel)
    assert live.take_documents() == 2
    assert [known.align_id for known in live.incoming().alignments] == [new.align_id]
    live.close()


def test_documents_never_go_into_the_file_of_another_project(shared, tmp_path):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    store.exchange(path, folder)
    (tmp_path / "far").mkdir()
    stranger, _ = make(tmp_path / "far", count=12)
    stranger.replace(other)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    assert live.take_documents() == 0
    assert len(names(other)) == 2
    live.close()


def test_documents_that_do_not_fit_are_told_once_they_were_tried_again(shared, monkeypatch):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    decide(path, 2)
    store.exchange(path, folder)
    monkeypatch.setattr("reviewer.store.schema.MAX_SEGMENTS", 70)
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    looks = [(live.take_documents(), live.refused) for _ in range(17)]
    assert looks[0] == (0, ())
    ((sentence,),) = {refused for _, refused in looks if refused}
    assert "“y.en.txt” the project would hold more than 70 sentences; a second" in sentence
    # What was decided comes all the same.
    assert live.incoming()
    monkeypatch.setattr("reviewer.store.schema.MAX_SEGMENTS", 100)
    assert sum(live.take_documents() for _ in range(17)) == 2
    assert live.refused == ()
    live.close()


def test_a_parcel_that_stays_damaged_is_told_until_it_is_gone(shared):
    folder, path, other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    store.exchange(path, folder)
    (parcel,) = parcels(folder, project_id)
    parcel.write_bytes(parcel.read_bytes()[:-5000])
    live = LiveFolder(folder, other, project_id, b"l" * 16)
    for _ in range(17):
        live.take_documents()
    (sentence,) = live.refused
    assert "sends them again" in sentence
    # Its owner does.
    store.exchange(path, folder)
    assert live.take_documents() == 2
    parcel.unlink()
    live.take_documents()
    assert live.refused == ()
    live.close()


FORGE = "UPDATE segment SET text = 'forged' WHERE ord = 3"


@pytest.mark.parametrize("joining", [True, False])
def test_a_project_that_was_damaged_sends_no_documents_but_its_decisions(tmp_path, joining):
    path, project_id = make(tmp_path, "ann.bitext")
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    if not joining:
        store.exchange(path, folder)
        store.add_pair(path, pair(20, "y"), reviewer=ANN)
    decide(path, 2)
    sound = path.read_bytes()
    alter(path, FORGE)
    live = LiveFolder(folder, path, project_id, b"l" * 16)
    live.incoming()
    assert live.publish(()) >= 3
    assert "“ann.bitext” is damaged" in str(live.unsent)
    there = {file.suffix for file in (folder / project_id).iterdir()}
    assert there == ({".jsonl"} if joining else {".jsonl", ".bitext"})
    path.write_bytes(sound)
    for _ in range(16):
        live.publish(())
    assert live.unsent is None
    live.close()
    other = tmp_path / "ben.bitext"
    store.join(folder / project_id / store.DOCUMENTS, other)
    store.exchange(other, folder)
    assert names(other) == names(path)
    assert store.verify(other).status == 0


def test_what_cannot_be_written_is_told_and_sent_later(shared, monkeypatch):
    folder, path, _other, project_id = shared
    store.add_pair(path, pair(20, "y"), reviewer=ANN)
    with monkeypatch.context() as patch:
        patch.setattr("reviewer.store.placing.is_writable", lambda _folder: False)
        with pytest.raises(ProjectFileError, match="nothing can be written"):
            store.exchange(path, folder)
    assert not parcels(folder, project_id)
    store.exchange(path, folder)
    assert len(parcels(folder, project_id)) == 1
