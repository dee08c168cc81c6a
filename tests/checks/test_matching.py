"""Rules at work: whole words, both sides, and patterns that would never end."""

import time

import pytest

from reviewer.checks import CHECKS, check_by_id, run
from reviewer.checks.matching import PatternError, Rules, compiled
from reviewer.checks.rule import Condition, Rule
from reviewer.model import fingerprint
from tests.checks.pairs import context, pair

CHECKLIST = check_by_id("checklist")
ENDLESS = Rule("endless", target="(a|aa)+$")
LONG = "a" * 60 + "b"


def found(rules, *texts, languages=("en", "fr")):
    """Return (variant, text of the first span) of what rules see in pairs of texts."""
    pairs = [pair(source, target, number) for number, (source, target) in enumerate(texts)]
    around = context(*languages, rules=Rules(rules, timeout=0.05))
    seen = []
    for finding in run(pairs, around, [CHECKLIST]):
        span = next(iter(finding.spans), None)
        text = pairs[finding.pair].text(span.side)[span.start : span.end] if span else ""
        seen.append((finding.variant, text))
    return seen


def word(text, case=False):
    return Rule("w", target=text, plain=True, case=case)


@pytest.mark.parametrize(
    ("rule", "target", "seen"),
    [
        (word("cat"), "A cat, a Cat.", ["cat", "Cat"]),
        (word("cat", case=True), "A cat, a Cat.", ["cat"]),
        (word("cat"), "The category of cats", []),
        (word("United  Nations"), "United\u00a0Nations", ["United\u00a0Nations"]),
        (word("Straße"), "Eine STRASSE", ["STRASSE"]),
        (word("strasse"), "Eine Straße", ["Straße"]),
        (word("C++"), "In C++, not C", ["C++"]),
        (word("a.b"), "axb", []),
        (word("平和"), "平和維持軍", ["平和"]),
        (Rule("r", target="^Le"), "Le pont\nLe port", ["Le", "Le"]),
        (Rule("r", target="x*"), "abc", []),
        (Rule("r", target="."), "abcdefgh", list("abcde")),
    ],
)
def test_targets_alone(rule, target, seen):
    assert [text for _, text in found([rule], ("Source.", target))] == seen


@pytest.mark.parametrize(
    ("source", "target", "condition", "texts", "seen"),
    [
        ("river", "fleuve", Condition.MUST, ("The river", "La rivière"), [("missing", "river")]),
        ("river", "fleuve", Condition.MUST, ("The river", "Le fleuve"), []),
        ("river", "fleuve", Condition.MUST, ("The road", "La rivière"), []),
        ("river", "fleuve", Condition.MUST, ("The river", ""), []),
        ("river", "fleuve", Condition.MUST_NOT, ("A river", "Un fleuve"), [("present", "fleuve")]),
        ("river", "fleuve", Condition.MUST_NOT, ("A road", "Un fleuve"), []),
        ("river", "", Condition.MUST_NOT, ("A river", "Un fleuve"), [("source", "river")]),
        ("", r"\.$", Condition.MUST, ("A river.", "Un fleuve"), [("lacking", "Un fleuve")]),
    ],
)
def test_both_sides(source, target, condition, texts, seen):
    assert found([Rule("r", source, target, condition)], texts) == seen


def test_a_message_of_its_own_is_what_is_said():
    rule = Rule("House style", target="email", message="We write “courriel”.")
    around = context(rules=Rules([rule]))
    (finding,) = run([pair("An e-mail", "Un email")], around, [CHECKLIST])
    sentence = CHECKLIST.messages[finding.variant].format(*finding.words)
    assert sentence == "House style: We write “courriel”."


def test_another_message_is_the_same_finding():
    marks = set()
    for message in ("one", "two", ""):
        rule = Rule("House style", target="email", message=message)
        around = context(rules=Rules([rule]))
        (finding,) = run([pair("An e-mail", "Un email")], around, [CHECKLIST])
        marks.add(finding.fingerprint)
    assert marks == {fingerprint("checklist", ("House style", "email"), "An e-mail", 0)}


@pytest.mark.parametrize(
    ("wanted", "languages", "seen"),
    [
        (("", "fr"), ("en", "fr-CA"), True),
        (("", "fr-CA"), ("en", "fr"), True),
        (("", "fr-CA"), ("en", "fr-FR"), False),
        (("en", "fr"), ("de", "fr"), False),
        (("EN", "FR"), ("en", "fr"), True),
        (("", "f"), ("en", "fr"), False),
    ],
)
def test_rules_are_for_their_languages(wanted, languages, seen):
    rule = Rule("r", target="pont", source_language=wanted[0], target_language=wanted[1])
    assert bool(found([rule], ("A bridge", "Un pont"), languages=languages)) is seen


def test_a_pattern_without_end_is_told_once_and_switched_off():
    began = time.monotonic()
    texts = [("Source.", LONG)] * 200
    seen = found([ENDLESS, word("b")], *texts)
    assert seen == [("slow", "")]
    assert time.monotonic() - began < 5


def test_a_pattern_that_is_slow_in_sum_is_switched_off(monkeypatch):
    monkeypatch.setattr("reviewer.checks.matching._BUDGET", 0.0)
    seen = found([Rule("r", target="z")], *[("Source.", "text")] * 3)
    assert seen == [("slow", "")]


def test_a_pattern_known_to_be_slow_is_not_tried_again():
    rules = Rules([ENDLESS])
    rules.switch_off(["endless"])
    assert rules.at_work("en", "fr") == []


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?:" * 4000, "x" * 3000, r"\p{Nope}"])
def test_what_is_no_pattern_is_told(pattern):
    with pytest.raises(PatternError):
        compiled(pattern, case=False, plain=False)


def test_without_rules_nothing_is_found():
    assert run([pair("A", "B")], context(), [CHECKLIST]) == []
    assert CHECKLIST in CHECKS
