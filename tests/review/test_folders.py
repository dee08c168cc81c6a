"""Folders of pairs: told by names, imported into one project."""

from contextlib import closing
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from reviewer import store
from reviewer.errors import Cancelled, FormatError, ProjectFileError
from reviewer.review.checking.naming import language_of, told_by
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents import folders
from reviewer.review.documents.folder_import import FolderRequest, import_pairs
from reviewer.review.documents.folders import match, shown
from reviewer.review.documents.importing import ImportRequest
from reviewer.review.tasks.errands import contents


@pytest.mark.parametrize(
    ("path", "key", "role"),
    [
        ("report.en.docx", "report", "en"),
        ("report_FR.docx", "report", "fr"),
        ("report (fr-CA).docx", "report", "fr-CA"),
        ("report-pt-BR.docx", "report", "pt-BR"),
        ("de_report.docx", "report", "de"),
        ("help_source.md", "help", "source"),
        ("help.target.md", "help", "target"),
        ("en/help/x.html", "help/x", "en"),
        ("help/fr/x.html", "help/x", "fr"),
        ("fr/x.fr.html", "x", "fr"),
        ("res/values/strings.xml", "res/values/strings", ""),
        ("res/values-fr/strings.xml", "res/values/strings", "fr"),
        ("res/values-pt-rBR/strings.xml", "res/values/strings", "pt-BR"),
        ("res/values-b+sr+Latn/strings.xml", "res/values/strings", "sr-Latn"),
        ("en.lproj/Main.strings", ".lproj/main", "en"),
        ("config/locales/fr.yml", "config/locales/", "fr"),
        ("plain.txt", "plain", ""),
        ("about-us.html", "about-us", ""),
        ("README", "readme", ""),
    ],
)
def test_names_tell_what_belongs_together(path, key, role):
    assert told_by(PurePosixPath(path)) == (key, role)


@pytest.mark.parametrize("name", ["values-night", "values-sw600dp", "about-us", "notes", "x.y.z"])
def test_words_are_no_languages(name):
    assert language_of(name) == ""


def made(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The text of {name}.\n", "utf-8")


def names(matched):
    return [tuple(shown(matched, path) for path in pair) for pair in matched.pairs]


def left(matched):
    return [shown(matched, path) for path in matched.left]


@pytest.mark.parametrize(
    ("files", "pairs", "roles"),
    [
        (
            ["a.en.txt", "a.fr.txt", "b.en.txt", "c.fr.txt"],
            [("a.en.txt", "a.fr.txt")],
            ("en", "fr"),
        ),
        (["en/x.html", "fr/x.html", "y.md"], [("en/x.html", "fr/x.html")], ("en", "fr")),
        (["x_source.txt", "x_target.md"], [("x_source.txt", "x_target.md")], ("source", "target")),
        (
            ["values/strings.xml", "values-fr/strings.xml", "values-night/colors.xml"],
            [("values/strings.xml", "values-fr/strings.xml")],
            ("", "fr"),
        ),
        (["guide.docx", "guide.id.docx"], [("guide.docx", "guide.id.docx")], ("", "id")),
        (["a.fr.txt", "a.de.txt"], [("a.de.txt", "a.fr.txt")], ("de", "fr")),
        (
            ["a.en.txt", "a.fr.txt", "b_source.txt", "b_target.txt", "c.en.md", "c.fr.md"],
            [("a.en.txt", "a.fr.txt"), ("b_source.txt", "b_target.txt"), ("c.en.md", "c.fr.md")],
            ("en", "fr"),
        ),
        (
            ["a.md", "a.id.md", "b.en.txt", "b.id.txt", "c.md", "c.id.md", "d_src.md", "d_tgt.md"],
            [
                ("a.md", "a.id.md"),
                ("b.en.txt", "b.id.txt"),
                ("c.md", "c.id.md"),
                ("d_src.md", "d_tgt.md"),
            ],
            ("en", "id"),
        ),
        (
            ["a.id.txt", "a.fr.txt", "b.id.txt", "b.fr.txt", "c_src.md", "c_tgt.md", "d.de.txt"],
            [("a.fr.txt", "a.id.txt"), ("b.fr.txt", "b.id.txt"), ("c_src.md", "c_tgt.md")],
            ("fr", "id"),
        ),
        (
            ["a.en.txt", "a.fr.txt", "b.en.txt", "b.fr.txt", "c.de.md", "c.fr.md"],
            [("a.en.txt", "a.fr.txt"), ("b.en.txt", "b.fr.txt")],
            ("en", "fr"),
        ),
        (["a.xlf", "b.po", "c.csv"], [("a.xlf", "a.xlf"), ("b.po", "b.po")], ("", "")),
    ],
)
def test_files_of_a_folder_come_together(tmp_path, files, pairs, roles):
    made(tmp_path, *files)
    matched = match([tmp_path])
    assert names(matched) == pairs
    assert (matched.source, matched.target) == roles
    used = {name for pair in pairs for name in pair}
    assert left(matched) == sorted(set(files) - used)


def test_of_several_languages_two_are_chosen_and_others_can_be(tmp_path):
    made(tmp_path, *(f"{tag}/{n}.txt" for tag in ("id", "en", "fr") for n in range(2)))
    made(tmp_path, "fr/9.txt", "en/9.txt")
    matched = match([tmp_path])
    assert (matched.source, matched.target) == ("en", "fr")
    assert set(matched.roles) == {"en", "fr", "id"}
    assert len(matched.pairs) == 3
    other = match([tmp_path], "id", "fr-FR")
    assert (other.source, other.target, other.languages) == ("id", "fr", ("id", "fr"))
    assert names(other)[0] == ("id/0.txt", "fr/0.txt")


def test_two_folders_are_compared_place_by_place(tmp_path):
    made(tmp_path, "one/a.txt", "one/sub/b_en.html", "one/c.txt", "one/.hidden.txt")
    made(tmp_path, "two/a.md", "two/sub/b_fr.html", "two/d.txt", "two/picture.png")
    matched = match([tmp_path / "one", tmp_path / "two"])
    assert names(matched) == [("a.txt", "a.md"), ("sub/b_en.html", "sub/b_fr.html")]
    assert left(matched) == ["c.txt", "d.txt"]


def test_links_are_not_followed_and_a_folder_may_be_too_large(tmp_path, monkeypatch):
    made(tmp_path, "out/a.fr.txt", "in/a.en.txt")
    (tmp_path / "in" / "a.fr.txt").symlink_to(tmp_path / "out" / "a.fr.txt")
    (tmp_path / "in" / "fr").symlink_to(tmp_path / "out")
    assert match([tmp_path / "in"]).pairs == ()
    monkeypatch.setattr(folders, "_MOST", 1)
    with pytest.raises(FormatError, match="more than 1 files"):
        match([tmp_path])
    with pytest.raises(FormatError, match="is no folder"):
        match([tmp_path / "gone"])


def request(folder, pairs, project=None):
    readings = tuple((Reading(folder / a), Reading(folder / b)) for a, b in pairs)
    return FolderRequest(ImportRequest(*readings[0], project, bytes(16), "Ann"), readings, folder)


@pytest.fixture
def folder(tmp_path):
    texts = {
        "a.en.txt": "The river rose in the night. The bridge fell down.\n",
        "a.fr.txt": "La rivière est montée dans la nuit. Le pont est tombé.\n",
        "b.en.txt": "The mayor spoke to the people in the square.\n",
        "b.fr.txt": "Le maire a parlé aux gens sur la place.\n",
        "c.en.json": '{"mill": "The mill burnt down."}',
        "c.fr.json": '{"mill": "Le moulin a brûlé."}',
        "d.en.json": '{"mill": "The mill',
        "d.fr.json": '{"mill": "Le moulin a brûlé."}',
    }
    place = tmp_path / "Texts"
    place.mkdir()
    for name, text in texts.items():
        (place / name).write_text(text, "utf-8")
    return place


PAIRS = [
    (f"{name}.en.{end}", f"{name}.fr.{end}")
    for name, end in zip("abcd", ["txt", "txt", "json", "json"], strict=True)
]


def test_pairs_become_documents_of_one_project_and_damage_is_told(folder):
    imported = import_pairs(request(folder, PAIRS), Watch())
    assert imported.project == folder / "Texts.bitext"
    assert imported.documents == 3
    assert any(note.startswith("“d.en.json”: Line 1 is not JSON") for note in imported.notes)
    assert [pair.title for pair in contents(imported.project)] == [
        "a.fr.txt",
        "b.fr.txt",
        "c.fr.json",
    ]
    again = import_pairs(request(folder, PAIRS[:1]), Watch())
    assert again.project == folder / "Texts 2.bitext"


def test_pairs_are_added_to_a_project_that_is_there(folder):
    project = import_pairs(request(folder, PAIRS[:1]), Watch()).project
    asked = request(folder, PAIRS[1:3], project)
    adding = ImportRequest(*asked.pairs[0], project, bytes(16), add=True)
    import_pairs(FolderRequest(adding, asked.pairs, folder), Watch())
    assert len(contents(project)) == 3
    assert store.verify(project).status == 0


def test_nothing_that_can_be_read_is_one_sentence(folder):
    with pytest.raises(FormatError, match=r"^“d.en.json”: Line 1 is not JSON.$"):
        import_pairs(request(folder, PAIRS[3:]), Watch())


def test_a_cancelled_import_leaves_no_project(folder):
    steps = []

    def tell(_label, done, _total):
        steps.append(done)

    watch = Watch(tell, lambda: len(steps) > 1)
    with pytest.raises(Cancelled):
        import_pairs(request(folder, PAIRS[:2]), watch)
    assert steps
    assert not list(folder.glob("*.bitext*"))
    with closing(store.open_project(import_pairs(request(folder, PAIRS), Watch()).project)):
        pass


@pytest.fixture
def disk_fills(monkeypatch):
    """Let the disk be full when a second pair is added."""
    written = []

    def add_pair(*given, **named):
        written.append(given)
        if len(written) > 1:
            message = "“Texts.bitext” cannot be used: the disk is full."
            raise ProjectFileError(message)
        return adding(*given, **named)

    adding = store.add_pair
    monkeypatch.setattr(store, "add_pair", add_pair)


def test_a_new_project_is_whole_or_not_there(folder, disk_fills):
    with pytest.raises(ProjectFileError, match="the disk is full"):
        import_pairs(request(folder, PAIRS[:3]), Watch())
    assert not list(folder.glob("*bitext*"))


def test_what_was_to_be_replaced_stands_until_the_new_one_is_whole(folder, disk_fills):
    project = import_pairs(request(folder, PAIRS[:1]), Watch()).project
    before = project.read_bytes()
    asked = request(folder, PAIRS[:3], project)
    with pytest.raises(ProjectFileError, match="there already"):
        import_pairs(asked, Watch())
    again = replace(asked, request=replace(asked.request, replace=True))
    with pytest.raises(ProjectFileError, match="the disk is full"):
        import_pairs(again, Watch())
    assert project.read_bytes() == before
    two = replace(again, pairs=again.pairs[:1])
    assert import_pairs(two, Watch()).project == project
    assert project.read_bytes() != before


def test_what_was_added_before_an_error_is_told(folder, disk_fills):
    project = import_pairs(request(folder, PAIRS[2:3]), Watch()).project
    asked = request(folder, PAIRS[:2], project)
    adding = replace(asked, request=replace(asked.request, add=True))
    with pytest.raises(
        ProjectFileError, match=r"the disk is full\. Added before: “a\.fr\.txt”\.$"
    ):
        import_pairs(adding, Watch())
    assert len(contents(project)) == 2
