"""Two resource files as a project: paired by their keys, whatever their order."""

import json
from contextlib import closing

import pytest

from reviewer import store
from reviewer.errors import FormatError
from reviewer.model import Side
from reviewer.review.checking.pipeline import Reading, Watch, read_column
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.errands import export_pair
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.renewing import VersionRequest, read_version, take_version
from reviewer.settings import Settings

ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")
SOURCE = {
    "bridge": "The bridge fell. It was old.",
    "river": "The river rose by {n} metres.",
    "mill": "The mill burnt down.",
    "number": "{n}",
}
TARGET = {
    "river": "La rivière est montée de {n} mètres.",
    "own": "Seulement ici.",
    "bridge": "Le pont est tombé. Il était vieux.",
}


def written(folder, name, texts):
    path = folder / name
    path.write_text(json.dumps(texts, ensure_ascii=False, indent=2), "utf-8")
    return path


def request(folder, source=SOURCE, target=TARGET):
    files = written(folder, "en.json", source), written(folder, "fr.json", target)
    me = bytes.fromhex(ME.reviewer_id)
    return ImportRequest(*map(Reading, files), folder / "p.bitext", me, "Ayu")


@pytest.fixture
def review(tmp_path):
    made = import_files(request(tmp_path), Watch())
    assert (made.source_language, made.target_language, made.sure) == ("en", "fr", True)
    assert made.bilingual
    assert made.quality is None
    with closing(open_review(made.project, ME)) as opened:
        yield opened


def rows(review):
    return [(review.pair(n).source_text, review.pair(n).target_text) for n in range(review.count)]


def row(review, text):
    return next(n for n, texts in enumerate(rows(review)) if any(text in each for each in texts))


def exported(review):
    out = review.path.parent / "out.json"
    shown = review.pair_of_documents
    done = export_pair(review.path, shown.align_id, review.saving.on_its_way, out, force=True)
    return done, json.loads(out.read_text("utf-8")), out.read_bytes()


def test_pairs_are_those_of_the_keys(review):
    code = review.pair(row(review, "rose")).source[0].codes[0].character
    assert rows(review) == [
        ("The bridge fell.", "Le pont est tombé."),
        ("It was old.", "Il était vieux."),
        (f"The river rose by {code} metres.", f"La rivière est montée de {code} mètres."),
        ("", "Seulement ici."),
        ("The mill burnt down.", ""),
    ]
    assert store.verify(review.path).status == 0


def test_edits_and_new_keys_go_into_the_target_alone(review):
    target = review.path.parent / "fr.json"
    assert exported(review)[2] == target.read_bytes()
    review.edit(row(review, "fell"), "Le pont s’est effondré.")
    review.edit(row(review, "mill"), "Le moulin a brûlé.")
    done, texts, _ = exported(review)
    assert (done.edits, done.insertions, done.others) == (1, 1, 0)
    assert list(texts) == ["river", "own", "mill", "bridge"]
    assert texts == TARGET | {
        "bridge": "Le pont s’est effondré. Il était vieux.",
        "mill": "Le moulin a brûlé.",
    }


def test_a_new_version_of_either_side_is_paired_by_its_keys_again(review):
    review.confirm(row(review, "rose"))
    review.edit(row(review, "mill"), "Le moulin a brûlé.")
    for side, name, texts in (
        (Side.SOURCE, "en2.json", SOURCE | {"school": "The school opened."}),
        (Side.TARGET, "fr2.json", TARGET | {"school": "L’école a ouvert."}),
    ):
        assert review.saving.flush()
        version = VersionRequest(
            review.path,
            review.pair_of_documents.align_id,
            side,
            Reading(written(review.path.parent, name, texts)),
            bytes.fromhex(ME.reviewer_id),
            review.saving.on_its_way,
        )
        carried = take_version(review, read_version(version, Watch()))
        assert carried.left == []
    assert ("The school opened.", "L’école a ouvert.") in rows(review)
    assert ("The mill burnt down.", "Le moulin a brûlé.") in rows(review)
    assert review.is_confirmed(row(review, "rose"))
    assert exported(review)[1]["mill"] == "Le moulin a brûlé."


def test_files_without_a_common_key_say_so(tmp_path):
    made = import_files(request(tmp_path, {"a": "One"}, {"b": "Un"}), Watch())
    assert made.notes == (
        "Paired by their keys; “en.json” lacks 1, “fr.json” lacks 1.",
        "The two files have no key in common.",
    )


def test_the_same_file_twice_and_one_without_texts_are_refused(tmp_path):
    with pytest.raises(FormatError, match="are the same text"):
        import_files(request(tmp_path, SOURCE, SOURCE), Watch())
    with pytest.raises(FormatError, match="no text to translate"):
        import_files(request(tmp_path, {"a": 1}, {"a": 2}), Watch())


def test_a_resource_beside_a_text_is_aligned_like_any_text(tmp_path):
    source = written(tmp_path, "en.json", SOURCE)
    target = tmp_path / "b.txt"
    target.write_text("Le pont est tombé.\nIl était vieux.\nLe moulin a brûlé.\n", "utf-8")
    made = import_files(
        ImportRequest(
            Reading(source), Reading(target, language="fr"), tmp_path / "q.bitext", bytes(16)
        ),
        Watch(),
    )
    assert not made.bilingual
    with closing(open_review(made.project, ME)) as opened:
        assert ("The mill burnt down.", "Le moulin a brûlé.") in rows(opened)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        (
            "values-pt-rBR/strings.xml",
            "<resources><string name='a'>x y</string></resources>",
            "pt-BR",
        ),
        ("fr.lproj/a.strings", '"a" = "x y";', "fr"),
        ("messages_de.properties", "a=x y", "de"),
        (
            "Strings.zh-Hans.resx",
            "<root><data name='a'><value>x y</value></data></root>",
            "zh-Hans",
        ),
        ("locale.yml", "id:\n  a: x y", "id"),
    ],
)
def test_the_language_is_told_by_the_name(tmp_path, name, text, language):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    column = read_column(Reading(path))
    assert (column.document.language, column.sure) == (language, True)
