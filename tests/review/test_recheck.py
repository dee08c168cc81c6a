"""A second check looks at what changed, and at nothing else."""

from dataclasses import replace

import pytest

from reviewer.checks import check_by_id, run
from reviewer.review.checking.pipeline import analyse
from reviewer.review.checking.recheck import Remembered, stepped
from tests.checks.pairs import context, pair
from tests.terms import bitexts

TEXTS = [
    (f"He saw {number} houses there.", f"Il y a vu {number} maisons.") for number in range(30)
]


def _pairs(texts):
    return [pair(*both, number) for number, both in enumerate(texts)]


@pytest.fixture
def counted():
    """A check that counts the pairs that it looks at, and finds those with an odd word."""
    check = check_by_id("spacing")
    seen = []

    def find(pairs, around):
        seen.extend(one.number for one in pairs)
        yield from check.find(pairs, around)

    return replace(check, find=find), seen


def test_only_what_changed_is_looked_at(counted):
    check, seen = counted
    remembered = Remembered()
    analyse(_pairs(TEXTS), ("en", "fr"), [check], remembered=remembered)
    assert seen == list(range(30))
    seen.clear()
    edited = [*TEXTS[:7], (TEXTS[7][0], "Il  y a vu 7 maisons."), *TEXTS[8:]]
    again = analyse(_pairs(edited), ("en", "fr"), [check], remembered=remembered)
    assert seen == [7]
    assert [finding.pair for finding in again.findings] == [7]
    seen.clear()
    analyse(_pairs(edited), ("en", "fr"), [check], remembered=remembered)
    assert seen == []


def test_findings_go_along_with_pairs_that_moved(counted):
    check, seen = counted
    wrong = ("He left.", "Il  partit.")
    remembered = Remembered()
    analyse(_pairs([wrong, *TEXTS]), ("en", "fr"), [check], remembered=remembered)
    seen.clear()
    moved = analyse(_pairs([*TEXTS, wrong]), ("en", "fr"), [check], remembered=remembered)
    assert seen == []
    (finding,) = moved.findings
    assert finding.pair == 30
    assert [finding] == run(_pairs([*TEXTS, wrong]), context("en", "fr"), [check])


@pytest.mark.parametrize(
    "changed",
    [{"languages": ("en", "de")}, {"accepted": frozenset({"word"})}],
    ids=["language", "accepted word"],
)
def test_another_question_looks_at_everything(counted, changed):
    check, seen = counted
    remembered = Remembered()
    analyse(_pairs(TEXTS), ("en", "fr"), [check], remembered=remembered)
    seen.clear()
    analyse(
        _pairs(TEXTS),
        changed.get("languages", ("en", "fr")),
        [check],
        accepted=changed.get("accepted", frozenset()),
        remembered=remembered,
    )
    assert seen == list(range(30))


def test_terms_come_first_when_a_document_is_checked_again():
    drifting = bitexts.ENGLISH_FRENCH
    remembered, seen = Remembered(), []

    def analysed():
        return analyse(
            drifting,
            ("en", "fr"),
            [check_by_id("spacing")],
            found=lambda findings: seen.append("findings"),
            compared=lambda groups: seen.append(tuple(groups)),
            remembered=remembered,
        )

    first = analysed()
    assert seen == ["findings"]
    again = analysed()
    assert seen[1:] == [first.groups, "findings"]
    assert again == first
    assert first.groups


def test_an_edit_leaves_the_ratio_of_a_document_where_it_is():
    assert stepped(1.02) == stepped(1.0201)
    assert stepped(1.0) != stepped(1.1)
    assert stepped(None) is None
    assert abs(stepped(1.234) / 1.234 - 1) < 0.0126
