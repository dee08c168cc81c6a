"""A term that one document renders in one way and another document in another."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "ui"))
from review_sample import SETTINGS, add_documents, make_project

from reviewer.errors import Cancelled
from reviewer.review.checking.pipeline import Analysis, Watch
from reviewer.review.tasks.across import AcrossRequest, Elsewhere, There, compare_documents
from reviewer.review.tasks.opening import open_review

SENTENCES = (
    ("Mercusuar tua itu ditutup.", "Le vieux {} est fermé."),
    ("Hujan turun semalaman.", "Il a plu toute la nuit."),
    ("Warga mengecat mercusuar tua.", "Les habitants peignent le vieux {}."),
    ("Sekolah dibuka pukul tujuh.", "L’école ouvre à sept heures."),
    ("Mobil berhenti di mercusuar tua.", "La voiture s’arrête devant le vieux {}."),
    ("Pasar itu ramai.", "Le marché est animé."),
)
TERM = "mercusuar tua"


def texts(word):
    return tuple((source, target.format(word)) for source, target in SENTENCES)


@pytest.fixture
def review(tmp_path):
    path = make_project(tmp_path, texts("phare"))
    add_documents(path, texts("fanal"), name="annexe")
    review = open_review(path, SETTINGS)
    review.take(Analysis(), review.revision)
    yield review
    review.close()


def compared(review):
    here = review.pair_of_documents.align_id
    return compare_documents(AcrossRequest(review.path, here, review.saving.on_its_way), Watch())


def group_of(review):
    (view,) = review.groups()
    return view


def test_the_other_document_is_named_with_its_rendering(review):
    (found,) = compared(review)
    assert found.source.lower() == TERM
    assert (found.here, [t.text for t in found.there]) == (("vieux phare",), ["vieux fanal"])
    assert [(t.document, t.count) for t in found.there] == [(review.documents[1].title, 3)]
    review.open_document(1)
    review.take(Analysis(), review.revision)
    (other,) = compared(review)
    assert (other.here, other.there[0].document) == (("vieux fanal",), review.documents[0].title)


def test_a_term_with_one_rendering_here_becomes_a_group(review):
    review.take_elsewhere(compared(review))
    view = group_of(review)
    assert [(r.text, len(r.occurrences)) for r in view.group.renderings] == [
        ("vieux phare", 3),
        ("vieux fanal", 0),
    ]
    assert [there.count for there in view.elsewhere] == [3]
    assert [f for f in review.findings() if f.check == "drift"] == []


def test_the_group_stays_after_an_edit_a_merge_and_a_check(review):
    review.take_elsewhere(compared(review))
    review.edit(0, "Le vieux phare reste fermé.")
    assert [len(r.occurrences) for r in group_of(review).group.renderings] == [3, 0]
    review.alignment.merge_with_next(2)
    # What stood in a pair that is no more is known again after the next check.
    assert [len(r.occurrences) for r in group_of(review).group.renderings] == [2, 0]
    review.take(Analysis(), review.revision)
    assert [len(r.occurrences) for r in group_of(review).group.renderings] == [3, 0]


def test_unifying_to_the_other_documents_rendering_deprecates_the_own(review):
    review.take_elsewhere(compared(review))
    group = group_of(review).group
    changes = review.terms.replacements(group, "vieux fanal")
    assert [change.new for change in changes] == ["vieux fanal"] * 3
    assert review.terms.unify(group, "vieux fanal", changes) == 3
    (entry,) = review.terms.entries()
    assert {(t.text, t.status.value) for t in entry.concept.of("fr")} == {
        ("vieux fanal", "preferred"),
        ("vieux phare", "deprecated"),
    }
    review.take(Analysis(), review.revision)
    assert review.groups() == ()


def test_what_is_kept_or_taken_out_stays_so(review):
    review.take_elsewhere(compared(review))
    review.terms.keep(group_of(review).group, "two styles")
    assert group_of(review).decision == "keep"
    review.undo()
    review.terms.take_out(group_of(review).group, "vieux fanal")
    review.take(Analysis(), review.revision)
    assert review.groups() == ()


def test_what_no_other_document_says_is_no_group(review):
    hostile = (
        Elsewhere("nirgends", ("nulle part",), (There("ailleurs", "x", 1),)),
        Elsewhere(TERM, ("vieux phare",), (There("Vieux Phare", "x", 1),)),
    )
    review.take_elsewhere(hostile)
    assert review.groups() == ()


def test_comparing_can_be_stopped(review):
    here = review.pair_of_documents.align_id
    request = AcrossRequest(review.path, here, review.saving.on_its_way)
    with pytest.raises(Cancelled):
        compare_documents(request, Watch(cancelled=lambda: True))


def test_documents_that_are_too_large_together_are_not_read(review, monkeypatch):
    """Reading them all would cost the memory of them all."""
    assert compared(review)
    monkeypatch.setattr("reviewer.review.tasks.across.MOST_PAIRS", review.count)
    monkeypatch.setattr("reviewer.review.tasks.opened_pairs.columns", None)
    assert compared(review) == ()
