"""What became of the findings of each check, and how much of them is shown."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from review_sample import SETTINGS, analysis, found, open_sample

from reviewer.model import Level, WaiverScope
from reviewer.review.checking.catalogue import ALL_CHECKS, CHECK_BY_ID
from reviewer.review.checking.pipeline import Watch
from reviewer.review.checking.precision import Tally
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.reading import checked
from reviewer.review.tasks.requests import CheckRequest
from reviewer.review.tasks.requests import Reports as _Reports
from reviewer.review.tasks.whole_check import check

NUMBERS = CHECK_BY_ID["numbers"]
CORRECTED = "Au moins 14 civils ont été blessés, dont trois enfants, ont indiqué les secouristes."


@pytest.fixture
def review(tmp_path):
    review = open_sample(tmp_path)
    yield review
    review.close()


class Nowhere:
    def send(self, message):
        pass


def whole_check(review):
    """Check the document as the worker does."""
    align_id = review.pair_of_documents.align_id
    request = CheckRequest(review.path, align_id, review.saving.on_its_way, review.revision)
    return check(request, Watch(), _Reports(1, Nowhere()))


def test_what_an_edit_takes_away_is_fixed_and_comes_back_with_undo(review):
    assert review.tallies()["numbers"] == Tally(open=1)
    review.edit(3, CORRECTED)
    assert review.tallies()["numbers"] == Tally(fixed=1)
    review.undo()
    assert review.tallies()["numbers"] == Tally(open=1)


def test_nothing_is_fixed_where_no_edit_stands_any_more(review):
    lost = replace(found(review, "numbers"), check="same-target", fingerprint="5a" * 16)
    review.edit(3, CORRECTED)
    review.take(replace(analysis(), before=(lost,)), review.revision)
    assert review.tallies()["same-target"] == Tally(fixed=1)
    review.undo()
    assert "same-target" not in review.tallies()


def test_what_is_waived_stays_waived_when_it_is_edited_away(review):
    review.waive(found(review, "numbers"), WaiverScope.HERE)
    assert review.tallies()["numbers"] == Tally(waived=1)
    review.edit(3, CORRECTED)
    assert review.tallies()["numbers"] == Tally(waived=1)


def test_counts_are_the_same_after_opening_again(review):
    review.take(whole_check(review).analysis, review.revision)
    review.edit(3, CORRECTED)
    review.waive(found(review, "spacing"), WaiverScope.TEXT)
    before = review.tallies()
    assert before["numbers"].fixed == 1
    assert review.saving.flush()
    again = open_review(review.path, SETTINGS)
    again.take(whole_check(again).analysis, again.revision)
    assert again.tallies() == before
    again.close()


def test_sentences_that_unify_changed_count_as_fixed(review):
    group = review.groups()[0].group
    chosen = review.terms.replacements(group, "Casques bleus")
    changed = review.terms.unify(group, "Casques bleus", chosen)
    assert changed > 0
    assert review.tallies()["drift"].fixed == changed
    review.undo()
    assert "drift" not in review.tallies() or not review.tallies()["drift"].fixed


def with_confidence(value):
    """Return what the sample finds, the numbers with a confidence of their own."""
    found = analysis()
    findings = (
        replace(f, confidence=value) if f.check == "numbers" else f for f in found.findings
    )
    return replace(found, findings=tuple(findings))


def test_a_level_hides_what_is_not_sure_enough(review):
    review.take(with_confidence(0.8), review.revision)
    assert [review.count_at(NUMBERS, level) for level in Level] == [1, 1, 0]
    review.settings.set_level(NUMBERS, Level.LENIENT)
    assert review.settings.level(NUMBERS) is Level.LENIENT
    assert "numbers" not in {finding.check for finding in review.findings()}
    assert "numbers" not in review.tallies()
    assert review.count_at(NUMBERS, Level.NORMAL) == 1
    review.undo()
    assert found(review, "numbers")


def test_a_level_switches_a_muted_check_on(review):
    review.settings.set_check("numbers", on=False)
    review.settings.set_level(NUMBERS, Level.NORMAL)
    assert review.settings.checks()["numbers"]
    review.undo()
    assert not review.settings.checks()["numbers"]


def test_a_level_of_a_check_that_has_none_or_of_nonsense_is_strict(review):
    units = CHECK_BY_ID["units"]
    assert units.levels == (Level.STRICT,)
    review.settings.set_level(units, Level.LENIENT)
    assert review.settings.level(units) is Level.STRICT


def test_the_command_line_shows_what_the_window_shows(review):
    pairs = read_pairs(review.path, None)
    numbers = [f for f in checked(*_told(pairs), Watch()).findings if f.check == "numbers"]
    assert [f.confidence for f in numbers] == [0.95]
    brackets = CHECK_BY_ID["numbers"]
    review.settings.set_level(brackets, Level.LENIENT)
    assert review.saving.flush()
    pairs = read_pairs(review.path, None)
    shown = [f for f in checked(*_told(pairs), Watch()).findings if f.check == "numbers"]
    assert len(shown) == sum(f.confidence >= brackets.lenient for f in numbers)


def _told(opened):
    return opened.pairs, opened.languages, opened


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.id)
def test_cuts_rise_with_lenience(check):
    cuts = [check.cut(level) for level in check.levels]
    assert cuts == sorted(cuts)
    assert len(set(cuts)) == len(cuts)
    assert cuts[0] == 0.0
