"""No check sees a mistake in what good translators write."""

import pytest

from reviewer.checks import CHECKS, run
from tests.checks.as_translated import AS_TRANSLATED
from tests.checks.pairs import context, pair


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "target"),
    AS_TRANSLATED,
    ids=[f"{row[1]}-{row[3]}" for row in AS_TRANSLATED],
)
def test_nothing_is_found(source_language, target_language, source, target):
    found = run([pair(source, target)], context(source_language, target_language), CHECKS)
    assert not found, [(finding.check, finding.variant, finding.words) for finding in found]
