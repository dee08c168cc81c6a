"""All checks together, on sentences without a mistake and with exactly one."""

import pytest

from reviewer.checks import CHECKS, run
from tests.checks.pairs import context, pair
from tests.checks.well_typeset import CLEAN, MISTAKES

# The leftovers have their own bench and tests; here they would only cost their word lists.
FORM = [check for check in CHECKS if check.id != "untranslated"]


def _ids(pairs, source_language, target_language):
    findings = run(pairs, context(source_language, target_language), FORM)
    return {(finding.pair, finding.check) for finding in findings}


@pytest.mark.parametrize("languages", CLEAN, ids="-".join)
def test_sentence_without_mistake_gives_no_finding(languages):
    for source, target in CLEAN[languages]:
        found = {check for _, check in _ids([pair(source, target)], *languages)}
        assert not found, (source, target, found)


@pytest.mark.parametrize("languages", CLEAN, ids="-".join)
def test_document_without_mistake_gives_no_finding(languages):
    pairs = [pair(*texts, number) for number, texts in enumerate(CLEAN[languages])]
    found = _ids(pairs, *languages)
    assert not found, [(pairs[number].target_text, check) for number, check in found]


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "target", "expected"),
    MISTAKES,
    ids=[f"{row[1]}-{row[3]}" for row in MISTAKES],
)
def test_mistake_is_told_by_its_own_check_alone(
    source_language, target_language, source, target, expected
):
    found = {check for _, check in _ids([pair(source, target)], source_language, target_language)}
    assert found == expected
