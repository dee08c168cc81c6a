"""Verdicts write a termbase; groups are arranged by hand; files come behind."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "ui"))
from review_sample import SETTINGS, SOURCE_TERM, analysis, make_project, open_sample

from reviewer import store
from reviewer.model import (
    Concept,
    Draft,
    GroupKind,
    Occurrence,
    Rendering,
    Side,
    Term,
    TermGroup,
    TermStatus,
)
from reviewer.review.checking.pipeline import Analysis
from reviewer.review.decisions.fold import State
from reviewer.review.tasks.opening import open_review
from reviewer.review.terminology import termbase
from reviewer.settings import Settings

OTHER = Settings(reviewer_id="cd" * 16, reviewer_name="Béa")
IDFR = ("id", "fr")


@pytest.fixture
def review(tmp_path):
    review = open_sample(tmp_path)
    yield review
    review.close()


def group_of(review, source=SOURCE_TERM):
    return next(view.group for view in review.groups() if view.group.source == source)


def texts(review):
    """Return the project's terms with their statuses."""
    return [
        [(t.text, t.status.value) for t in entry.concept.terms] for entry in review.terms.entries()
    ]


def unify(review):
    group = group_of(review)
    review.terms.unify(
        group, "Casques bleus", review.terms.replacements(group, "Casques bleus"), "client"
    )


SOURCE = (SOURCE_TERM, "preferred")


def test_unify_prefers_one_and_deprecates_the_others(review):
    unify(review)
    assert texts(review) == [
        [SOURCE, ("Casques bleus", "preferred"), ("soldats de la paix", "deprecated")]
    ]
    assert {t.note for t in review.terms.entries()[0].concept.terms[1:]} == {"client"}


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("keep", [[SOURCE, ("Casques bleus", "admitted"), ("soldats de la paix", "admitted")]]),
        ("different", [[SOURCE, ("Casques bleus", "preferred")],
                       [SOURCE, ("soldats de la paix", "preferred")]]),
        ("not_a_term", []),
    ],
)  # fmt: skip
def test_what_each_verdict_writes(review, verdict, wanted):
    getattr(review.terms, verdict)(group_of(review), "why")
    assert sorted(texts(review)) == sorted(wanted)


def test_another_verdict_changes_the_same_concepts(review):
    group = group_of(review)
    review.terms.different(group)
    ids = {entry.concept.id for entry in review.terms.entries()}
    review.terms.keep(group)
    assert {entry.concept.id for entry in review.terms.entries()} < ids
    review.terms.not_a_term(group)
    assert review.terms.entries() == ()


def test_one_undo_takes_texts_verdict_and_terms_back(review):
    before = review.pair(11).target_text
    unify(review)
    assert review.pair(11).target_text != before
    review.undo()
    assert review.terms.entries() == ()
    assert review.pair(11).target_text == before
    review.redo()
    assert len(review.terms.entries()) == 1


def test_a_matter_of_capitals_deprecates_nothing(review):
    group = TermGroup("warga", GroupKind.CASE, 1.0, group_of(review).renderings)
    concepts = termbase.concepts_of_verdict(group, "unify", "Casques bleus", "", IDFR)
    assert [t.status for t in concepts[0].terms] == [TermStatus.PREFERRED] * 2


def test_a_concept_is_changed_taken_out_and_brought_back(review):
    review.terms.set_concept(Concept((Term("id", "warga"), Term("fr", "habitant"))))
    (entry,) = review.terms.entries()
    review.terms.set_concept(Concept((Term("fr", "citoyen"),), entry.concept.id))
    assert texts(review) == [[("citoyen", "preferred")]]
    review.terms.remove_concepts([entry.concept])
    assert review.terms.entries() == ()
    review.undo()
    assert texts(review) == [[("citoyen", "preferred")]]


def test_importing_twice_adds_nothing(review):
    concepts = [Concept((Term("id", f"a{n}"), Term("fr", f"b{n}"))) for n in range(3)]
    assert review.terms.import_concepts(concepts) == 3
    assert review.terms.import_concepts(concepts) == 0
    review.undo()
    assert review.terms.entries() == ()


def test_the_pair_is_checked_at_once_with_what_a_verdict_wrote(review):
    unify_some = group_of(review)
    first = review.terms.replacements(unify_some, "Casques bleus")[:1]
    review.terms.unify(unify_some, "Casques bleus", first)
    review.edit(11, "Les soldats de la paix escorteront le convoi !")
    found = [f for f in review.findings() if f.check == "termbase"]
    assert [(f.pair, f.variant) for f in found] == [(11, "deprecated")]
    drift = [f.pair for f in review.findings() if f.check == "drift"]
    assert 11 not in drift  # one trouble is one finding


def test_a_suggestion_brings_its_article_along(review):
    review.terms.set_concept(
        Concept(
            (
                Term("id", "konvoi"),
                Term("fr", "escorte"),
                Term("fr", "convoi", TermStatus.DEPRECATED),
            )
        )
    )
    review.edit(11, "Le convoi part.")
    (found,) = [f for f in review.findings() if f.check == "termbase" and f.pair == 11]
    assert found.words[:3] == ("konvoi", "escorte", "convoi")
    assert found.suggestions in {("L’escorte",), ("L'escorte",), ()}


def test_two_reviewers_terms_come_together(tmp_path):
    path = make_project(tmp_path)
    other = tmp_path / "other.bitext"
    other.write_bytes(path.read_bytes())
    for place, settings, word in ((path, SETTINGS, "habitant"), (other, OTHER, "citoyen")):
        review = open_review(place, settings)
        review.terms.set_concept(Concept((Term("id", "warga"), Term("fr", word))))
        assert review.saving.flush()
        review.close()
    store.merge(path, [other], reviewer=bytes.fromhex(SETTINGS.reviewer_id))
    review = open_review(path, SETTINGS)
    assert {t.text for e in review.terms.entries() for t in e.concept.of("fr")} == {
        "habitant",
        "citoyen",
    }
    review.close()


@pytest.mark.parametrize(
    "terms",
    [None, "x", [], [3], [{"language": "fr"}], [{"language": "!", "text": "a"}],
     [{"language": "fr", "text": " "}], [{"language": "fr", "text": "a" * 5000}]],
)  # fmt: skip
def test_what_a_hostile_log_says_is_no_concept(review, terms):
    body = {"concept": "x", "terms": terms, "parents": []}
    review.record([Draft("term", None, body)], set())
    assert review.terms.entries() == ()
    assert review.past.lines()


# What a verdict is about when the search finds it otherwise


def found_anew(review, source, *wordings):
    """Bring a group whose renderings stand at the first place of a text in some pairs."""
    renderings = []
    for text, numbers in wordings:
        starts = [(number, review.pair(number).target_text.find(text)) for number in numbers]
        places = tuple(Occurrence(n, start, start + len(text)) for n, start in starts)
        renderings.append(Rendering(text, places))
    sources = tuple(Occurrence(n, 0, 1) for _, numbers in wordings for n in numbers)
    group = TermGroup(source, GroupKind.TERM, 0.9, tuple(renderings), sources)
    review.take(Analysis((), (group,)), review.revision)
    return next(view for view in review.groups() if view.group.source == source)


def test_what_unifying_leaves_is_found_cut_and_is_still_what_was_judged(review):
    group = group_of(review)
    safe = [r for r in review.terms.replacements(group, "Casques bleus") if r.selected]
    assert review.terms.unify(group, "Casques bleus", safe) == 2
    view = found_anew(review, SOURCE_TERM, ("Casques bleus", [0, 5, 11]), ("paix", [12]))
    assert (view.decision, view.preferred) == ("unify", "Casques bleus")
    assert [r.text for r in view.group.renderings] == ["Casques bleus", "soldats de la paix"]
    (left,) = view.group.renderings[1].occurrences
    assert review.pair(12).target_text[left.start : left.end] == "soldat de la paix"
    review.undo()
    view = found_anew(review, SOURCE_TERM, ("Casques bleus", [0, 5]), ("paix", [2, 11]))
    assert view.decision is None
    assert [r.text for r in view.group.renderings] == ["Casques bleus", "paix"]


def test_another_rendering_asks_again_unless_the_term_is_none(review):
    group = group_of(review)
    wordings = ("Casques bleus", [0, 5]), ("soldats", [2, 11]), ("commandant", [5])
    review.terms.keep(group)
    view = found_anew(review, SOURCE_TERM, *wordings)
    assert view.decision is None
    assert [r.text for r in view.group.renderings][2] == "commandant"
    review.terms.not_a_term(group)
    assert found_anew(review, SOURCE_TERM, *wordings).decision == "not-a-term"


@pytest.mark.parametrize(
    ("verdict", "decision"),
    [("keep", "keep"), ("different", "different"), ("not_a_term", "not-a-term")],
)
def test_a_verdict_and_its_reason_are_there_after_opening_anew(tmp_path, verdict, decision):
    review = open_sample(tmp_path)
    path = review.path
    getattr(review.terms, verdict)(group_of(review), "the client said so")
    assert review.saving.flush()
    review.close()
    again = open_review(path, SETTINGS)
    again.take(analysis(), again.revision)
    view = next(view for view in again.groups() if view.group.source == SOURCE_TERM)
    assert (view.decision, view.reason) == (decision, "the client said so")
    drifting = {f.words[0] for f in again.findings() if f.check == "drift"}
    assert SOURCE_TERM not in drifting
    again.close()


# Groups by hand


def renderings(review, source):
    return [r.text for r in group_of(review, source).renderings]


def test_a_rendering_moves_to_another_group_and_back(review):
    red = group_of(review, "Palang Merah")
    review.terms.move_rendering(group_of(review), "soldats de la paix", red)
    assert "soldats de la paix" in renderings(review, "Palang Merah")
    assert SOURCE_TERM not in {view.group.source for view in review.groups()}
    review.take(analysis(), review.revision)
    assert "soldats de la paix" in renderings(review, "Palang Merah")
    review.undo()
    review.take(analysis(), review.revision)
    assert renderings(review, SOURCE_TERM) == ["Casques bleus", "soldats de la paix"]


def test_a_group_is_made_by_hand_and_found_everywhere(review):
    review.terms.make_group("warga", "habitants")
    group = group_of(review, "warga")
    assert [(r.text, [o.pair for o in r.occurrences]) for r in group.renderings] == [
        ("habitants", [5, 8])
    ]
    review.terms.make_group("Warga", "civils")
    assert renderings(review, "warga") == ["habitants", "civils"]
    review.terms.keep(group_of(review, "warga"))
    review.take(analysis(), review.revision)
    view = next(v for v in review.groups() if v.group.source == "warga")
    assert (view.decision, len(view.group.renderings)) == ("keep", 2)
    review.terms.take_out(view.group, "civils")
    assert renderings(review, "warga") == ["habitants"]


def test_groups_by_hand_are_there_after_opening_anew(tmp_path):
    review = open_sample(tmp_path)
    path = review.path
    review.terms.make_group("warga", "habitants")
    assert review.saving.flush()
    review.close()
    again = open_review(path, SETTINGS)
    again.take(analysis(), again.revision)
    assert renderings(again, "warga") == ["habitants"]
    again.close()


def test_wording_and_spelling_of_a_term_are_decided_apart(review):
    group = group_of(review)
    spelt = TermGroup(group.source, GroupKind.SPELLING, 1.0, group.renderings)
    review.terms.keep(spelt)
    views = {view.group.kind: view.decision for view in review.groups()}
    assert views[GroupKind.TERM] is None
    assert review.state.register("group", group.source) is None
    assert review.state.register("group", group.source, "spelling") is not None


# Files


@pytest.mark.parametrize(
    "name", ["../secret.csv", "/etc/passwd", "a\\b.csv", "c:x.csv", ".hidden", "", "a\0b", "*"]
)
def test_a_project_names_files_never_places(tmp_path, name):
    assert termbase.located(name, tmp_path / "p.bitext") is None


def test_files_beside_the_project_come_before_the_persons_own(tmp_path):
    folder = termbase.folder()
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("id,fr\nwarga,citoyen\n", "utf-8")
    project = tmp_path / "p.bitext"
    assert termbase.located("a.csv", project) == folder / "a.csv"
    (tmp_path / "a.csv").write_text("id,fr\nwarga,habitant\n", "utf-8")
    assert termbase.located("a.csv", project) == tmp_path / "a.csv"


def test_what_cannot_be_read_is_told_and_the_rest_is_used(review):
    folder = review.path.parent
    (folder / "good.csv").write_text("id,fr\nwarga,habitant\n", "utf-8")
    (folder / "bad.tbx").write_text("<a/>", "utf-8")
    review.terms.set_termbases(["missing.csv", "bad.tbx", "good.csv"])
    gathered = termbase.gather(review.state, review.path, IDFR)
    assert [[t.text for t in c.terms] for c in gathered.termbases[0]] == [["warga", "habitant"]]
    assert len(gathered.notes) == 2


def test_a_document_keeps_what_may_matter_to_it(review):
    pairs = [review.pair(number) for number in range(review.count)]
    concepts = (
        Concept((Term("id", "warga"), Term("fr", "habitant"))),
        Concept((Term("id", "gajah"), Term("fr", "éléphant"))),
        Concept((Term("fr", "indigène", TermStatus.DEPRECATED),)),
        Concept((Term("mul", "PBB"),)),
    )
    (kept,) = termbase.relevant([concepts], pairs, IDFR)
    assert kept == (concepts[0], concepts[2], concepts[3])


def test_the_concordance_marks_both_sides(review):
    lines = review.terms.concordance().lines("pasukan penjaga perdamaian", Side.SOURCE)
    assert [line.pair for line in lines] == [0, 2, 5, 11, 12]
    shown = [review.pair(line.pair).target_text[slice(*line.target[0])] for line in lines]
    assert shown == ["Casques bleus", "soldats de la paix", "Casques bleus",
                     "soldats de la paix", "soldat de la paix"]  # fmt: skip
    assert [line.pair for line in review.terms.concordance().lines("village", Side.TARGET)] == [0]
    assert review.terms.concordance().lines("  ", Side.SOURCE) == []


def test_a_concordance_is_looked_up_a_little_at_a_time(review, monkeypatch):
    monkeypatch.setattr("reviewer.review.decisions.gradual.run.__defaults__", (None, 2))
    made, looked = review.columns.made, review.terms.concordance().look_up("warga", Side.SOURCE)
    assert review.columns.made == made
    assert not looked.run(0)
    assert looked.lines == []
    while not looked.run(0):
        assert looked.lines == []
    assert looked.lines == review.terms.concordance().lines("warga", Side.SOURCE) != []


def test_the_stamp_changes_with_the_terms():
    assert termbase.stamp(State()) == termbase.stamp(State())
