"""Documents of every format through a whole review: import, an edit, export."""

from contextlib import closing
from pathlib import Path

import pytest

from reviewer.errors import ExportError
from reviewer.formats import read_file
from reviewer.formats.base import Insertion, Replacement
from reviewer.model import Unit
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.export import other_changes
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.errands import export_pair
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings

GOLDEN = Path(__file__).parent.parent / "golden"
ME = Settings(reviewer_id="ab" * 16, reviewer_name="Ann")
TARGETS = [
    *("lighthouse.docx", "phare.odt", "harbour.pptx", "harbour.html", "film.srt", "film.vtt"),
]


def imported(folder, target):
    source = folder / "source.txt"
    source.write_text("The lighthouse.\n\nThe keeper lights the lamp at dusk.\n", "utf-8")
    request = ImportRequest(
        Reading(source, language="en"),
        Reading(GOLDEN / target, language="fr"),
        folder / "p.bitext",
        b"a" * 16,
    )
    import_files(request, Watch())
    return request.project


def row_with_target(review):
    return next(n for n in range(review.count) if review.pair(n).target)


@pytest.mark.parametrize("target", TARGETS)
def test_an_unchanged_document_is_given_back(tmp_path, target):
    out = tmp_path / f"out{Path(target).suffix}"
    done = export_pair(imported(tmp_path, target), None, None, out, force=False)
    assert (done.edits, done.others) == (0, 0)
    assert out.read_bytes() == (GOLDEN / target).read_bytes()


@pytest.mark.parametrize("target", TARGETS)
def test_one_edit_is_the_one_change(tmp_path, target):
    project = imported(tmp_path, target)
    with closing(open_review(project, ME)) as review:
        number = row_with_target(review)
        review.edit(number, "Corrected: " + review.pair(number).target_text)
        assert review.saving.flush()
    out = tmp_path / f"out{Path(target).suffix}"
    done = export_pair(project, None, None, out, force=False)
    assert (done.edits, done.others) == (1, 0)
    before = [unit.text for unit in read_file(GOLDEN / target, {})[2].units]
    after = [unit.text for unit in read_file(out, {})[2].units]
    changed = [(b, a) for b, a in zip(before, after, strict=True) if a != b]
    assert [a.replace("Corrected: ", "") for _, a in changed] == [b for b, _ in changed]
    assert len(changed) == 1


def test_an_office_document_keeps_its_suffix(tmp_path):
    project = imported(tmp_path, "lighthouse.docx")
    with pytest.raises(ExportError, match=r"given back as \.docx, not"):
        export_pair(project, None, None, tmp_path / "out.docm", force=False)


@pytest.mark.parametrize(
    ("after", "others"),
    [
        (["One", "Zwei", "Three"], 0),
        (["One", "Zwei", "New", "Three"], 0),
        (["One", "Zwei", "Four"], 1),
        (["One", "Zwei"], 1),
        (["One", "Zwei", "Three", "New", "Newer"], 1),
        (["Three", "Three", "Zwei"], 1),
    ],
)
def test_other_changes_are_counted(after, others):
    before = [Unit(text) for text in ("One", "Two", "Three")]
    changed = [Replacement(1, 0, 3, "Two", "Zwei")]
    added = [Insertion(1, 3, "New", paragraph=True)] if "New" in after else []
    assert other_changes(before, [Unit(text) for text in after], changed, added) == others
