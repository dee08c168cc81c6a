"""The review as a table, and a table that a client edited taken over as decisions."""

import csv
import io
from contextlib import closing

import pytest

from reviewer import store
from reviewer.errors import Cancelled, ExportError, FormatError
from reviewer.formats.docx_table import read_docx_table
from reviewer.formats.review_rows import read_review_rows
from reviewer.formats.review_table import SUFFIXES
from reviewer.model import Concept, Term
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.export import Wishes
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.documents.table_import import COMMENT, STATUS, TEXT, author_of
from reviewer.review.tasks.errands import compare_table, export_pair, take_table
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings

ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")
SOURCE = """The river rose in the night.

The **old** bridge fell down at dawn. It was built of stone.

Nobody was hurt.

=SUM(1) is no formula.

Nobody was hurt.
"""
TARGET = """La rivière est montée dans la nuit.

Le **vieux** pont est tombé à l’aube. Il était en pierre.

Personne n’a été blessé.

=SUM(1) n’est pas une formule.

Il n’y a pas de blessés.
"""


@pytest.fixture
def review(tmp_path):
    (tmp_path / "a.md").write_text(SOURCE, "utf-8")
    (tmp_path / "b.md").write_text(TARGET, "utf-8")
    made = import_files(
        ImportRequest(
            Reading(tmp_path / "a.md", language="en"),
            Reading(tmp_path / "b.md", language="fr"),
            tmp_path / "p.bitext",
            bytes.fromhex(ME.reviewer_id),
            "Ayu",
        ),
        Watch(),
    )
    with closing(open_review(made.project, ME)) as opened:
        yield opened


def written(review, suffix=".csv", what="table"):
    out = review.path.parent / f"table{suffix}"
    align_id = review.pair_of_documents.align_id
    wishes = Wishes(what=what)
    export_pair(review.path, align_id, review.saving.on_its_way, out, force=True, wishes=wishes)
    return out


def edited(path, change):
    """Rewrite a table in CSV; `change` gets its rows without the heading."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    change(rows[1:])
    kept = [row for row in rows if row]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(kept)
    path.write_text(out.getvalue(), "utf-8")
    return path


def compared(review, path):
    align_id = review.pair_of_documents.align_id
    return compare_table(review.path, align_id, review.saving.on_its_way, path)


def row(review, text):
    return next(n for n in range(review.count) if text in review.pair(n).source_text)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_is_read_again_and_changes_nothing(review, suffix):
    review.edit(0, "La rivière a débordé : <« & »>.")
    review.confirm(0)
    review.comment(0, "Sûr ?")
    path = written(review, suffix)
    rows = read_review_rows(path)
    assert [each.number for each in rows] == list(range(1, review.count + 1))
    assert rows[0].target == "La rivière a débordé : <« & »>."
    assert (rows[0].status, rows[0].comments) == ("Confirmed", "Ayu: Sûr ?")
    assert rows[row(review, "bridge")].target == "Le vieux pont est tombé à l’aube."
    assert rows[row(review, "SUM")].source == "=SUM(1) is no formula."
    found = compared(review, path)
    assert (found.proposed, found.unmatched, found.alike) == ((), (), review.count)


def test_a_table_of_word_is_a_bilingual_file_as_well(review):
    content = read_docx_table(written(review, ".docx").read_bytes(), {})
    assert content.languages == ("en", "fr")
    assert content.target[0].text == "La rivière est montée dans la nuit."


def test_other_suffixes_and_missing_terms_are_told(review):
    with pytest.raises(ExportError, match=r"written as a table in .docx, .xlsx"):
        written(review, ".odt")
    with pytest.raises(ExportError, match="no terms yet"):
        written(review, ".tbx", "terms")


def test_what_a_client_changed_becomes_decisions_under_the_name(review):
    def change(rows):
        rows[0][2] = "La rivière a débordé la nuit."
        rows[row(review, "bridge")][2] = "Le vieux pont s’est effondré."
        rows[0][3] = "confirmed"
        rows[1][4] = "Which bridge?\nSee the map."

    path = edited(written(review), change)
    found = compared(review, path)
    assert [(each.kind, each.number) for each in found.proposed] == [
        (TEXT, 0),
        (STATUS, 0),
        (TEXT, 1),
        (COMMENT, 1),
        (COMMENT, 1),
    ]
    assert not any(each.before for each in found.proposed)
    review.saving.flush()
    me = bytes.fromhex(ME.reviewer_id)
    align_id = review.pair_of_documents.align_id
    assert take_table(review.path, align_id, found.proposed, me, "  Client  Co ") == 5
    with closing(open_review(review.path, ME)) as again:
        assert again.pair(0).target_text == "La rivière a débordé la nuit."
        assert again.is_confirmed(0)
        # The codes of the text stay beside their words.
        changed = again.pair(1).target[0]
        assert [code.kind.value for code in changed.codes] == ["sc", "ec"]
        assert changed.text[3] == changed.codes[0].character
        said = [(each.reviewer, each.text) for each in again.comments(1)]
        assert said == [("Client Co", "Which bridge?"), ("Client Co", "See the map.")]
        client = author_of(again.project.project_id, "client co")
        assert {e.reviewer for e in again.state.listed("comment")} == {client}
        assert compared(again, path).proposed == ()
    assert store.verify(review.path).status == 0


def test_without_a_name_they_are_the_reviewers_own(review):
    path = edited(written(review), lambda rows: rows[0].__setitem__(2, "Autre texte."))
    found = compared(review, path)
    me = bytes.fromhex(ME.reviewer_id)
    take_table(review.path, review.pair_of_documents.align_id, found.proposed, me, " ")
    with closing(store.open_project(review.path)) as project:
        assert {event.reviewer for event in project.events() if event.kind == "edit"} == {me}


def test_a_change_goes_to_the_pair_it_was_compared_with(review):
    """Pairs above may be put together, and texts changed, before the person answers."""

    def change(rows):
        rows[2][2] = "Personne n’est blessé."
        rows[3][2] = "Ce n’est pas une formule."
        rows[3][3] = "confirmed"

    found = compared(review, edited(written(review), change))
    assert [each.number for each in found.proposed] == [2, 3, 3]
    wounded, formula = review.pair(2).source_text, review.pair(3).source_text
    review.alignment.merge_with_next(0)
    review.edit(row(review, formula), "Autre chose.")
    review.saving.flush()
    me = bytes.fromhex(ME.reviewer_id)
    align_id = review.pair_of_documents.align_id
    assert take_table(review.path, align_id, found.proposed, me, "Client") == 1
    with closing(open_review(review.path, ME)) as again:
        assert again.pair(row(again, wounded)).target_text == "Personne n’est blessé."
        kept = row(again, formula)
        assert again.pair(kept).target_text == "Autre chose."
        assert not again.is_confirmed(kept)


def test_what_was_taken_comes_back_where_an_old_file_is_put_in_its_place(review):
    path = edited(written(review), lambda rows: rows[0].__setitem__(2, "Autre texte."))
    found = compared(review, path)
    before = review.path.read_bytes()
    me = bytes.fromhex(ME.reviewer_id)
    take_table(review.path, review.pair_of_documents.align_id, found.proposed, me, "Client")
    review.path.write_bytes(before)
    with closing(open_review(review.path, ME)) as again:
        assert again.pair(0).target_text == "Autre texte."


def test_a_status_answers_what_was_said_before_the_alignment_changed(review):
    review.reject(0)
    review.alignment.merge_with_next(0)
    assert review.unsettled() == [0]
    path = edited(written(review), lambda rows: rows[0].__setitem__(3, "confirmed"))
    found = compared(review, path)
    review.saving.flush()
    me = bytes.fromhex(ME.reviewer_id)
    take_table(review.path, review.pair_of_documents.align_id, found.proposed, me, "Client")
    with closing(open_review(review.path, ME)) as again:
        assert again.is_confirmed(0)
        assert again.unsettled() == []


def test_an_old_table_does_not_take_back_what_was_decided_since(review):
    path = written(review)
    review.edit(0, "La rivière a débordé.")
    review.edit(0, "Le fleuve a débordé.")
    review.confirm(2)
    found = compared(review, path)
    assert [(each.kind, each.before) for each in found.proposed] == [(TEXT, True), (STATUS, True)]


def test_rows_that_are_known_by_nothing_are_listed_and_change_nothing(review):
    twice = [n for n in range(review.count) if "Nobody" in review.pair(n).source_text]

    def change(rows):
        rows[0][1] = "Another source altogether."
        rows[1][0] = "99"
        rows[1][2] = "Le vieux pont est tombé."
        rows[twice[0]][0] = ""
        rows[twice[0]][2] = "Personne n’est blessé."
        del rows[3][2:]

    found = compared(review, edited(written(review), change))
    assert found.unmatched == ((2, "Another source altogether."),)
    assert [(each.kind, each.number) for each in found.proposed][:1] == [(TEXT, 1)]
    # A source that stands twice is told apart by order where the row has no number.
    assert (TEXT, twice[0]) in [(each.kind, each.number) for each in found.proposed]


def test_a_table_in_another_order_is_known_by_its_sources(review):
    def change(rows):
        rows[0], rows[1] = rows[1], rows[0]
        rows[0][0], rows[1][0] = "1", "2"
        rows[0][2] = "Le pont est tombé."

    found = compared(review, edited(written(review), change))
    assert [(each.kind, each.number) for each in found.proposed] == [(TEXT, 1)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"1", "is no table that can be read"),
        ("a.html", b"<p>No table.</p>", "no two columns"),
        ("a.html", b"<table><tr><td>1", "no two columns"),
        ("a.docx", b"no archive", "damaged"),
        ("a.xlsx", b"no archive", "no sound Excel workbook"),
        ("a.csv", b"one", "no two columns"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FormatError, match=reason) as caught:
        read_review_rows(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_page_is_read_as_text_whatever_stands_in_it(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><th>#<th>Source<th>Target<tr><td>1<td>One &amp; <b>two</b>"
        "<td>Un<br>deux<script>alert(1)</script><tr><td>2<td>x<table><tr><td>in</table><td>y"
        "</table><table><tr><td>3<td>a<td>b</table>",
        "utf-8",
    )
    rows = read_review_rows(path)
    assert [(each.number, each.source) for each in rows] == [(1, "One & two"), (2, "xin")]
    assert rows[0].target.startswith("Un\ndeux")


def test_terms_are_not_written_while_the_process_is_to_end(review):
    concept = Concept((Term("en", "bridge"), Term("fr", "pont")))
    review.terms.import_concepts([concept])
    stopped = Watch(cancelled=lambda: True)
    out = review.path.parent / "terms.tbx"
    align_id = review.pair_of_documents.align_id
    with pytest.raises(Cancelled):
        export_pair(
            review.path,
            align_id,
            review.saving.on_its_way,
            out,
            force=True,
            wishes=Wishes(what="terms"),
            watch=stopped,
        )
    assert not out.exists()
