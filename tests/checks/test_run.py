import logging
from dataclasses import replace

import pytest

from reviewer.checks import CHECKS, check_by_id, run
from reviewer.checks.base import Check, Scope
from reviewer.model import Finding, IssueType, Kind, Severity, Side, Span
from tests.checks.pairs import context, pair


def check_that(find, check_id="marks", kind=Kind.FORM, scope=Scope.BEAD):
    messages = {"": "“{0}” is marked."}
    severity = Severity.MINOR
    return Check(
        check_id, kind, IssueType.PUNCTUATION, severity, scope, "Marks", messages, find, ()
    )


def find_grave_marks(pairs, context):
    for finding in find_marks(pairs, context):
        yield replace(finding, severity=Severity.MAJOR)


def find_marks(pairs, _context):
    for one in pairs:
        for place, character in reversed(list(enumerate(one.target_text))):
            if character == "!":
                yield Finding("marks", one.number, (Span(Side.TARGET, place, place + 1),), ("!",))


def fail_on_secrets(pairs, _context):
    for one in pairs:
        if "secret" in one.target_text:
            raise ValueError(one.target_text)
        yield Finding("fragile", one.number, ())


def test_findings_stand_in_the_order_of_pairs_and_places():
    pairs = [pair("a", "! b !", 7), pair("c", "d", 3), pair("e", "!", 5)]
    findings = run(pairs, context(), [check_that(find_marks)])
    assert [(f.pair, f.spans[0].start) for f in findings] == [(7, 0), (7, 4), (5, 0)]


def test_equal_findings_of_a_pair_are_told_apart_and_others_are_stable():
    marks = [check_that(find_marks)]
    first, second = run([pair("a", "! b !")], context(), marks)
    assert first.fingerprint != second.fingerprint
    assert len(first.fingerprint) == 32
    moved = run([pair("x", "y"), pair("a", "b ! !", 1)], context(), marks)
    assert [f.fingerprint for f in moved] != [first.fingerprint, second.fingerprint][:1]
    assert {f.fingerprint for f in moved} == {first.fingerprint, second.fingerprint}


def test_a_failing_check_becomes_a_finding_about_itself(caplog):
    pairs = [pair("a", "b", 0), pair("c", "my secret", 1), pair("d", "e", 2)]
    with caplog.at_level(logging.ERROR):
        findings = run(pairs, context(), [check_that(fail_on_secrets, "fragile")])
    assert [(f.check, f.pair) for f in findings] == [
        ("fragile", 0),
        ("failed-check", 1),
        ("fragile", 2),
    ]
    failed = findings[1]
    assert failed.words == ("fragile", "ValueError")
    assert failed.severity is Severity.NEUTRAL
    assert "fragile" in check_by_id(failed.check).messages[""].format(*failed.words)
    assert "fragile" in caplog.text
    assert "secret" not in caplog.text.replace("fail_on_secrets", "")


def test_a_failing_check_of_the_document_costs_one_finding():
    whole = check_that(fail_on_secrets, "fragile", scope=Scope.DOCUMENT)
    pairs = [pair("a", "b", 0), pair("c", "my secret", 1)]
    findings = run(pairs, context(), [whole, check_that(find_marks)])
    assert [(f.check, f.pair) for f in findings] == [("failed-check", 0)]


def test_a_doubtful_pair_makes_comparisons_doubtful():
    lost = check_that(find_grave_marks, kind=Kind.NUMBER)
    sure, doubtful = pair("a", "!", 0, 0.9), pair("a", "!", 1, 0.3)
    findings = run([sure, doubtful], context(), [lost])
    assert [f.doubtful for f in findings] == [False, True]
    assert findings[1].confidence < findings[0].confidence
    assert [f.severity for f in findings] == [Severity.MAJOR, Severity.MINOR]
    assert not run([doubtful], context(), [check_that(find_marks)])[0].doubtful


@pytest.mark.parametrize("name", ["end-punctuation", "names", "numbers", "omission"])
def test_what_a_side_lacks_of_the_other_is_doubtful_with_the_pair(name):
    check = check_by_id(name)
    example = next(example for example in check.examples if example.found)
    around = context(example.source_language, example.target_language)
    doubtful = pair(example.source, example.target, 0, 0.3)
    assert {finding.doubtful for finding in run([doubtful], around, [check])} == {True}


def test_no_pairs_give_no_findings():
    assert run([], context(), CHECKS) == []


def test_checks_are_given_in_any_iterable():
    marks = check_that(find_marks)
    assert len(run([pair("a", "!")], context(), iter([marks, replace(marks, id="again")]))) == 2
