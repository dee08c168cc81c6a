"""A suggestion that is taken ends its finding."""

import pytest

from reviewer.checks import CHECKS, run
from reviewer.model import Side
from tests.checks.pairs import context, pair

FIXABLE = [
    (check, example)
    for check in CHECKS
    if check.id != "untranslated"
    for example in check.examples
    if example.found
]


def _taken(finding, target):
    span = next(span for span in finding.spans if span.side is Side.TARGET)
    return target[: span.start] + finding.suggestions[0] + target[span.end :]


@pytest.mark.parametrize(
    ("check", "example"), FIXABLE, ids=[f"{c.id}-{e.target[:30]}" for c, e in FIXABLE]
)
def test_a_suggestion_taken_ends_its_finding(check, example):
    around = context(example.source_language, example.target_language)
    before = [pair(*texts, number) for number, texts in enumerate(example.before)]
    number, target = len(before), example.target
    for _ in range(12):
        pairs = [*before, pair(example.source, target, number)]
        findings = [one for one in run(pairs, around, [check]) if one.pair == number]
        fixable = [finding for finding in findings if finding.suggestions]
        if not fixable:
            break
        changed = _taken(fixable[0], target)
        assert changed != target
        target = changed
    else:
        pytest.fail(f"still found after twelve corrections: {target!r}")
    had = run([*before, pair(example.source, example.target, number)], around, [check])
    assert not (findings and all(finding.suggestions for finding in had if finding.pair == number))
