"""What was waived stays waived: checked again, opened again, the texts brought in again."""

import gc

import pytest

from reviewer.model import WaiverScope
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.opened_pairs import read_all_pairs
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.reading import checked
from reviewer.review.tasks.requests import CheckRequest
from reviewer.review.tasks.requests import Reports as _Reports
from reviewer.review.tasks.whole_check import check
from reviewer.settings import Settings

SOURCE = "Pasukan Rusia tiba di bandara.\nRapat dimulai pukul sepuluh.\nHarganya 25 euro.\n"
TARGET = (
    "Les pasukan rusia arrivent.\nLa réunion commence à dix heures.\nLe prix est de 52 euros.\n"
)
ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")


class _Silent:
    def send(self, _message):
        """Nobody listens."""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.id.txt").write_text(SOURCE, "utf-8")
    (tmp_path / "a.fr.txt").write_text(TARGET, "utf-8")
    return tmp_path


def _import(folder, name, *, add):
    sides = (Reading(folder / f"{name}.{tag}.txt", language=tag) for tag in ("id", "fr"))
    import_files(
        ImportRequest(*sides, folder / "a.bitext", bytes.fromhex(ME.reviewer_id), add=add), Watch()
    )


def _checked_again(folder):
    """Open the project and check it as the window does; return the review."""
    review = open_review(folder / "a.bitext", ME)
    align_id = review.pair_of_documents.align_id
    request = CheckRequest(review.path, align_id, review.saving.on_its_way, review.revision)
    found = check(request, Watch(), _Reports(0, _Silent()))
    assert review.take(found.analysis, review.revision)
    return review


def _told(findings):
    return {finding.check for finding in findings} & {"untranslated", "numbers"}


@pytest.mark.parametrize("scope", list(WaiverScope))
def test_a_waiver_outlives_checks_openings_and_imports(files, scope):
    _import(files, "a", add=False)
    review = _checked_again(files)
    assert _told(review.findings()) == {"untranslated", "numbers"}
    left = next(f for f in review.findings() if f.check == "untranslated")
    review.waive(left, scope, "name of a unit")
    assert _told(review.findings()) == {"numbers"}
    review.close()

    review = _checked_again(files)
    assert _told(review.findings()) == {"numbers"}
    assert [waived.reason for waived in review.waived()] == ["name of a unit"]
    review.close()

    # The next version of the text, with a sentence before the others.
    (files / "b.id.txt").write_text("Ini baru.\n" + SOURCE, "utf-8")
    (files / "b.fr.txt").write_text("Ceci est nouveau.\n" + TARGET, "utf-8")
    _import(files, "b", add=True)
    opened = read_all_pairs(files / "a.bitext")
    assert len(opened) == 2
    for one in opened:
        assert _told(checked(one.pairs, one.languages, one, Watch()).findings) == {"numbers"}

    review = _checked_again(files)
    (waived,) = review.waived()
    review.unwaive(waived)
    review.close()
    review = _checked_again(files)
    assert _told(review.findings()) == {"untranslated", "numbers"}
    review.close()


def test_checking_waits_for_no_garbage_collector(files):
    _import(files, "a", add=False)
    opened = read_all_pairs(files / "a.bitext")[0]
    seen = []
    watch = Watch(tell=lambda *_: seen.append(gc.isenabled()))
    request = CheckRequest(files / "a.bitext", opened.documents.align_id, {}, 0)
    check(request, watch, _Reports(0, _Silent()))
    checked(opened.pairs, opened.languages, opened, watch)
    assert seen
    assert not any(seen)
    assert gc.isenabled()
