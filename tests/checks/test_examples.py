"""Every check against its own examples: its first tests and its help."""

import pathlib
import re

import pytest

from reviewer import checks
from reviewer.checks import CHECKS, check_by_id, run
from reviewer.checks.matching import Rules
from reviewer.checks.term_index import TermIndex
from reviewer.model import Side
from tests.checks.pairs import context, pair, unknown_to

EXAMPLES = [(check, example) for check in CHECKS for example in check.examples]


def around_of(example):
    """Return what a check may know in an example."""
    languages = example.source_language, example.target_language
    terms = TermIndex([example.concepts], *languages)
    unknown = unknown_to(example.dictionary) if example.dictionary else None
    return context(*languages, rules=Rules(example.rules), terms=terms, unknown=unknown)


def _text_of(finding, pairs):
    if not finding.spans:
        return ""
    span = finding.spans[0]
    return pairs[finding.pair].text(span.side)[span.start : span.end]


@pytest.mark.parametrize(
    ("check", "example"),
    EXAMPLES,
    ids=[f"{check.id}-{example.target[:30]}" for check, example in EXAMPLES],
)
def test_the_check_finds_what_its_example_says(check, example):
    texts = [*example.before, (example.source, example.target)]
    pairs = [pair(source, target, number) for number, (source, target) in enumerate(texts)]
    around = around_of(example)
    findings = run(pairs, around, [check])
    assert {finding.check for finding in findings} <= {check.id}
    last = [finding for finding in findings if finding.pair == len(pairs) - 1]
    assert tuple(_text_of(finding, pairs) for finding in last) == example.found


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_a_check_has_examples_of_both_kinds(check):
    # Inline codes are no text, so an example can only show where nothing is wrong.
    assert any(example.found for example in check.examples) or check.id == "inline-codes"
    assert any(not example.found for example in check.examples)


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_the_messages_take_the_words_of_the_findings(check):
    assert "" in check.messages
    for example in check.examples:
        texts = [*example.before, (example.source, example.target)]
        pairs = [pair(source, target, number) for number, (source, target) in enumerate(texts)]
        around = around_of(example)
        for finding in run(pairs, around, [check]):
            assert check.messages[finding.variant].format(*finding.words)


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_spans_lie_in_their_texts(check):
    for example in check.examples:
        one = pair(example.source, example.target)
        around = around_of(example)
        for finding in run([one], around, [check]):
            for span in finding.spans:
                assert 0 <= span.start <= span.end <= len(one.text(span.side))
            if finding.suggestions:
                assert any(span.side is Side.TARGET for span in finding.spans)


def test_ids_are_unique_and_found():
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check_by_id(check.id) is check for check in CHECKS)
    with pytest.raises(KeyError):
        check_by_id("no-such-check")


def test_every_check_is_registered():
    folder = pathlib.Path(checks.__file__).parent
    with_check = {
        file.stem
        for file in folder.glob("*.py")
        if re.search(r"^CHECK = ", file.read_text("utf-8"), re.MULTILINE)
    }
    registered = {check.find.__module__.split(".")[-1] for check in CHECKS}
    assert with_check - {"failed"} <= registered
