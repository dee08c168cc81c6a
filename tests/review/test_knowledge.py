"""What is known before documents are aligned: memories, and the pairs a project already has."""

from contextlib import closing
from xml.sax.saxutils import escape

import pytest

from reviewer import store
from reviewer.model import Document, Segment
from reviewer.review.checking.pipeline import Column, Reading, Watch
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import memories_of
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.documents.knowledge import known_before, remembered_terms, usable_memories
from reviewer.review.documents.lessons import SURE, project_lessons
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from tests.align.texts import book
from tests.review.events import event

REVIEWER = bytes(16)


def write_memory(path, pairs, languages=("en", "fr"), tail="</body></tmx>"):
    units = (
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{tag}"><seg>{escape(text)}</seg></tuv>'
            for tag, text in zip(languages, pair, strict=True)
        )
        + "</tu>\n"
        for pair in pairs
    )
    path.write_text(f"<tmx version='1.4'><header/><body>\n{''.join(units)}{tail}", "utf-8")
    return path


def column(texts, language):
    segments = tuple(Segment(n, n, 0, len(t), t) for n, t in enumerate(texts))
    return Column(Document("x.txt", "text", language, (), b""), segments, sure=True)


@pytest.fixture
def columns():
    source, target = book(30, 1)
    return column(source, "en-GB"), column(target, "fr")


PAIRS = list(zip(*book(150, 2), strict=True))
MIXED = [(source, PAIRS[n - 7][1]) for n, (source, _) in enumerate(PAIRS)]


@pytest.mark.parametrize(
    ("arguments", "used", "note"),
    [
        ({"pairs": PAIRS}, True, None),
        ({"pairs": PAIRS, "languages": ("en-US", "fr-CA")}, True, None),
        ({"pairs": [pair[::-1] for pair in PAIRS], "languages": ("fr", "en")}, True, None),
        ({"pairs": PAIRS, "languages": ("en", "de")}, False, "en-GB and fr"),
        ({"pairs": MIXED}, False, "hardly match"),
        ({"pairs": PAIRS, "tail": "<tu><seg>"}, True, "damaged"),
        ({"pairs": []}, False, "en-GB and fr"),
    ],
    ids=["good", "regions", "turned", "other language", "mixed up", "damaged", "empty"],
)
def test_a_memory_is_used_or_told_of(tmp_path, columns, arguments, used, note):
    path = write_memory(tmp_path / "m.tmx", **arguments)
    found = known_before([path], *columns, Watch())
    assert (found.lexicon is not None and len(found.lexicon) > 50) is used
    assert bool(found.notes) is bool(note)
    for told in found.notes:
        assert note in told
        assert "m.tmx" in told
        assert "\n" not in told


def test_a_missing_memory_is_told_and_the_others_used(tmp_path, columns):
    good = write_memory(tmp_path / "m.tmx", PAIRS)
    found = known_before([tmp_path / "gone.tmx", good], *columns, Watch())
    assert found.lexicon is not None
    assert [("gone.tmx" in note, "not found" in note) for note in found.notes] == [(True, True)]


def test_short_units_are_terms(tmp_path):
    pairs = [
        ("peacekeeper", "Casque bleu"),
        ("peacekeeper", "soldat de la paix"),
        ("He came.", "Il vint."),
        ("a b c d e f g", "x"),
    ]
    path = write_memory(tmp_path / "m.tmx", pairs)
    terms = remembered_terms([path, tmp_path / "gone.tmx"], ("en", "fr"), Watch())
    assert terms == {"peacekeeper": ("Casque bleu", "soldat de la paix")}


def test_only_what_the_person_chose_here_is_opened():
    named = ("/home/me/a.tmx", "//server/share/\u202eb.tmx", "C:\\x\\c.tmx")
    usable, notes = usable_memories(named, frozenset({"/home/me/a.tmx"}))
    assert [str(path) for path in usable] == ["/home/me/a.tmx"]
    assert ["b.tmx" in notes[0], "c.tmx" in notes[1]] == [True, True]
    assert not any("server" in note or "\\" in note for note in notes)


# A project


def pasted(folder, size, seed):
    source, target = book(size, seed)
    return (
        Reading(folder / f"{seed}.txt", text="\n\n".join(source), language="en"),
        Reading(folder / f"{seed}.fr.txt", text="\n\n".join(target), language="fr"),
    )


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "p.bitext"
    import_files(ImportRequest(*pasted(tmp_path, 60, 3), path, REVIEWER), Watch())
    return path


def lessons(path, *languages, **more):
    with closing(store.open_project(path)) as opened:
        return project_lessons(
            opened, State(opened.events()), *(languages or ("en", "fr")), **more
        )


def test_a_project_teaches_what_it_is_sure_of(project):
    found = lessons(project)
    assert len(found) > 30
    assert all(SURE < lesson.weight < 1 for lesson in found)
    turned = lessons(project, "fr-CA", "en")
    assert [(each.target, each.source) for each in turned] == [(e.source, e.target) for e in found]
    assert lessons(project, "en", "de") == []


def test_people_have_the_last_word(project):
    review = open_review(project, Settings(reviewer_id="00" * 16))
    before = {lesson.source: lesson.weight for lesson in lessons(project)}
    numbers = [n for n in range(review.count) if review.pair(n).source_text in before]
    review.confirm(3)
    review.reject(numbers[-1])
    confirmed, rejected = (review.pair(n).source_text for n in (3, numbers[-1]))
    review.alignment.merge_with_next(10)
    review.edit(20, "Tout autre chose.")
    merged = review.pair(10).source_text
    align_id = review.pair_of_documents.align_id
    assert review.saving.flush()
    review.close()
    found = {lesson.source: lesson for lesson in lessons(project)}
    assert found[confirmed].weight == 1
    assert rejected in before
    assert rejected not in found
    assert found[merged].weight == 1
    assert any(lesson.target == "Tout autre chose." for lesson in found.values())
    assert lessons(project, without=align_id) == []


def test_a_new_project_remembers_its_memories(tmp_path):
    memory = write_memory(tmp_path / "m.tmx", PAIRS)
    path = tmp_path / "p.bitext"
    request = ImportRequest(*pasted(tmp_path, 12, 3), path, REVIEWER, memories=(memory,))
    assert import_files(request, Watch()).notes == ()
    with closing(store.open_project(path)) as opened:
        assert memories_of(State(opened.events())) == (str(memory),)


def test_an_added_document_profits_from_the_memories_of_the_project(tmp_path, project):
    gone, foreign = str(tmp_path / "gone.tmx"), "//server/share/far.tmx"
    review = open_review(project, Settings(reviewer_id="00" * 16))
    review.settings.set_memories([gone, foreign])
    assert review.settings.memories == (gone, foreign)
    assert review.saving.flush()
    review.close()
    more = pasted(tmp_path, 12, 4)
    request = ImportRequest(*more, project, REVIEWER, add=True, known_memories=frozenset({gone}))
    notes = import_files(request, Watch()).notes
    assert [note for note in notes if "far.tmx" in note and "another computer" in note]
    assert [note for note in notes if "gone.tmx" in note and "not found" in note]


@pytest.mark.parametrize(
    "value", [None, "x.tmx", 3, [1, None, ""], {"a": 1}, ["x" * 5000], [["a"]]]
)
def test_odd_memories_of_a_project_are_none(value):
    body = {"key": "memories", "value": value, "parents": []}
    assert memories_of(State([event("setting", body)])) == ()
