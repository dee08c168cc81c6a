"""What goes into a new project comes out of it, and nothing half is ever left."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, document, events_of, hashes, make, pair, segments

from reviewer import paths, store
from reviewer.errors import Cancelled, ProjectFileError
from reviewer.model import Bead
from reviewer.store import inserts, schema


def test_documents_segments_and_beads_come_back(tmp_path):
    path, project_id = make(tmp_path)
    given = pair()
    with closing(store.open_project(path)) as project:
        source, target = project.documents
        (alignment,) = project.alignments
        assert project.project_id == project_id
        assert project.segments(source.doc_id) == list(given.source_segments)
        assert project.segments(target.doc_id, 10, 5) == list(given.target_segments[10:15])
        assert list(project.beads(alignment.align_id)) == given.beads
        assert project.original(target.doc_id) == given.target.original
        assert source.recipe == given.source.recipe
        assert (source.role, source.language, source.format) == ("source", "en", "text")
        assert (target.name, target.segment_count) == ("x.de.txt", 30)
        assert (alignment.source_doc, alignment.target_doc) == (source.doc_id, target.doc_id)
        assert not project.gaps


def test_a_new_project_says_who_made_it_of_what(tmp_path):
    path, _ = make(tmp_path)
    kinds = [event.kind for event in events_of(path)]
    assert kinds == ["reviewer.profile", "doc.add", "doc.add", "align.add", "align.use"]


def test_the_same_documents_have_the_same_ids_in_every_project(tmp_path):
    found = []
    for name, reviewer in (("a.bitext", ANN), ("b.bitext", BEN)):
        path, project_id = make(tmp_path, name, reviewer=reviewer)
        with closing(store.open_project(path)) as project:
            ids = {d.doc_id for d in project.documents} | {a.align_id for a in project.alignments}
            found.append((project_id, ids))
    assert found[0][1] == found[1][1]
    assert found[0][0] != found[1][0]


def test_an_existing_file_is_never_replaced_unasked(tmp_path):
    path, _ = make(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="there already"):
        make(tmp_path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_project_that_is_replaced_on_purpose_is_backed_up(tmp_path):
    path, project_id = make(tmp_path)
    decided = decide(path, 2)
    store.create_project(path, [pair(5)], reviewer=BEN, reviewer_name="", replace=True)
    (backup,) = (paths.data_folder() / "backups" / project_id).iterdir()
    assert {event.hash for event in decided} <= hashes(backup)
    assert not {event.hash for event in decided} & hashes(path)


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path, folder):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectFileError, match="nothing can be written in") as caught:
        make(tmp_path / folder)
    assert "review.bitext" in str(caught.value)
    assert not store.is_writable(tmp_path / folder)
    assert store.is_writable(tmp_path)


@pytest.mark.parametrize(
    "beads",
    [
        [Bead(0, 1, 0, 31)],
        [Bead(0, 2, 0, 1), Bead(1, 2, 1, 2)],
        [Bead(2, 1, 0, 1)],
        [Bead(0, 1, 0, 1, 1.5)],
    ],
)
def test_beads_that_hold_no_order_are_our_mistake_and_leave_nothing(tmp_path, beads):
    broken = replace(pair(), beads=beads)
    with pytest.raises(ValueError, match="beads"):
        store.create_project(tmp_path / "x.bitext", [broken], reviewer=ANN, reviewer_name="")
    assert not list(tmp_path.iterdir())


class Stopping:
    """A check that raises when it is asked the n-th time."""

    def __init__(self, number):
        self.left = number

    def __call__(self):
        self.left -= 1
        if self.left == 0:
            raise Cancelled


@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_work_that_is_stopped_leaves_nothing(tmp_path, number, monkeypatch):
    monkeypatch.setattr(inserts, "_ROWS", 10)
    stop = Stopping(number)
    with pytest.raises(Cancelled):
        store.create_project(
            tmp_path / "x.bitext", [pair()], reviewer=ANN, reviewer_name="", check=stop
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_a_project_is_what_it_was_when_adding_to_it_is_stopped(tmp_path, number, monkeypatch):
    monkeypatch.setattr(inserts, "_ROWS", 10)
    path, _ = make(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        store.add_pair(path, pair(name="y"), reviewer=ANN, check=Stopping(number))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_is_no_text_is_refused(tmp_path, text):
    good = pair()
    odd = replace(good, source_segments=[replace(good.source_segments[0], text=text)], beads=[])
    with pytest.raises(ProjectFileError, match="null characters"):
        store.create_project(tmp_path / "x.bitext", [odd], reviewer=ANN, reviewer_name="")


def test_a_file_name_that_is_no_unicode_does_no_harm(tmp_path):
    odd = pair()
    odd = replace(odd, target=replace(odd.target, name="caf\udce9.txt"))
    store.create_project(tmp_path / "x.bitext", [odd], reviewer=ANN, reviewer_name="")
    with closing(store.open_project(tmp_path / "x.bitext")) as project:
        assert project.documents[1].name == "caf?.txt"


def test_more_sentences_than_can_be_opened_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "MAX_SEGMENTS", 70)
    path, _ = make(tmp_path)
    store.add_pair(path, pair(), reviewer=ANN)  # the same documents again
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="more than 70 sentences"):
        store.add_pair(path, pair(10, "more"), reviewer=ANN)
    assert path.read_bytes() == before


def test_a_journal_left_under_the_name_is_not_walked_into(tmp_path):
    (tmp_path / "review.bitext-journal").write_bytes(b"anything")
    with pytest.raises(ProjectFileError, match=r"review\.bitext-journal"):
        make(tmp_path)


def test_further_documents_come_into_a_project(tmp_path):
    path, _ = make(tmp_path)
    decided = decide(path, 1)
    align_id = store.add_pair(path, pair(12, "second"), reviewer=BEN)
    with closing(store.open_project(path)) as project:
        assert len(project.documents) == 4
        assert project.alignments[1].align_id == align_id
        assert len(project.beads(align_id)) == 12
        assert decided[0] in project.events()


def test_a_source_with_two_translations_is_stored_once(tmp_path):
    path, _ = make(tmp_path)
    other = segments(30, "fr")
    second = replace(pair(), target=document("x.fr.txt", other, "fr"), target_segments=other)
    store.add_pair(path, second, reviewer=ANN)
    with closing(store.open_project(path)) as project:
        assert [d.language for d in project.documents] == ["en", "de", "fr"]
        assert len({a.source_doc for a in project.alignments}) == 1
