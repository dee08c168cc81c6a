"""Importing the same two files again finds the project; anything else makes another."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer import store
from reviewer.errors import Cancelled, FormatError
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.opened_pairs import read_pairs

SOURCE = "The river rose and the\nbridge fell down there.\nThe mayor spoke to the people.\n"
TARGET = "La rivière est montée et le\npont est tombé là-bas.\nLe maire a parlé aux gens.\n"


@pytest.fixture
def request_(tmp_path):
    for name, text in (("x.txt", SOURCE), ("x.md", TARGET)):
        (tmp_path / name).write_text(text, "utf-8")
    source = Reading(tmp_path / "x.txt", lines="breaks", language="en")
    target = Reading(tmp_path / "x.md", language="fr")
    return ImportRequest(source, target, None, bytes(16))


def imported(request):
    made = import_files(request, Watch())
    return made.project.name, made.existed


def changed(request, **reading):
    return replace(request, source=replace(request.source, **reading))


def test_the_same_files_read_the_same_way_are_one_project(request_):
    assert imported(request_) == ("x.bitext", False)
    assert imported(request_) == ("x.bitext", True)
    assert imported(changed(request_, language=None)) == ("x.bitext", True)


@pytest.mark.parametrize(
    "other",
    [
        lambda request: replace(request, source=request.target, target=request.source),
        lambda request: changed(request, lines="wrapped"),
        lambda request: changed(request, encoding="latin-1"),
        lambda request: changed(request, language="de"),
    ],
    ids=["sides swapped", "other lines", "other encoding", "other language"],
)
def test_what_is_read_another_way_is_another_project(request_, other):
    imported(request_)
    again = other(request_)
    assert imported(again) == ("x 2.bitext", False)
    assert imported(again) == ("x 2.bitext", True)


@pytest.mark.parametrize(("side", "kept"), [("source", "target"), ("target", "source")])
def test_a_text_of_blanks_leaves_the_other_one_alone(request_, side, kept):
    other = request_.target.path.with_name("blank.txt")
    other.write_bytes(b" \r\n\t\n\xe2\x80\xa8")
    made = import_files(replace(request_, **{side: Reading(other, language="fr")}), Watch())
    assert "A file holds blanks alone, no text." in made.notes
    pairs = read_pairs(made.project, None).pairs
    assert pairs
    assert all(getattr(pair, f"{kept}_text") for pair in pairs)
    assert not any(getattr(pair, f"{side}_text") for pair in pairs)


def test_two_texts_of_blanks_are_refused(request_):
    request_.source.path.write_text(" \n", "utf-8")
    other = request_.source.path.with_name("blank.txt")
    other.write_text("\n", "utf-8")
    with pytest.raises(FormatError, match="hold no text"):
        imported(replace(request_, target=Reading(other)))


def test_the_reading_of_a_long_text_can_be_cancelled(request_):
    request_.source.path.write_text("One more sentence. " * 9_000, "utf-8")
    told, asked = [], []
    watch = Watch(
        lambda label, done, _total: told.append((label, done)),
        lambda: asked.append(told[-1:]) or asked.count([("Reading", 0)]) > 3,
    )
    with pytest.raises(Cancelled):
        import_files(request_, watch)
    assert told == [("Reading", 0)]


def test_documents_of_two_pairs_are_no_pair(request_, tmp_path):
    first, _ = imported(request_)
    (tmp_path / "y.txt").write_text("One more text.\n", "utf-8")
    (tmp_path / "y.fr.txt").write_text("Un autre texte.\n", "utf-8")
    more = (
        Reading(tmp_path / "y.txt", language="en"),
        Reading(tmp_path / "y.fr.txt", language="fr"),
    )
    import_files(ImportRequest(*more, tmp_path / first, bytes(16), add=True), Watch())
    crossed = replace(request_, source=more[0])
    assert imported(crossed) == ("x 2.bitext", False)


@pytest.mark.parametrize("damage", [bytes(9000), b"text", None])
def test_a_file_in_the_way_is_left_alone(request_, tmp_path, damage):
    path = tmp_path / "x.bitext"
    if damage is None:
        imported(request_)
        data = path.read_bytes()
        damage = data[: len(data) // 2]
    path.write_bytes(damage)
    assert imported(request_) == ("x 2.bitext", False)
    assert path.read_bytes() == damage
    with closing(store.open_project(Path(tmp_path / "x 2.bitext"))) as project:
        assert len(project.documents) == 2
