"""Whatever a text, a language tag or a checklist holds: a result, and soon."""

import time

import pytest

from reviewer.checks import CHECKS, check_by_id, run
from reviewer.checks.matching import Rules
from reviewer.checks.rule import Condition, Rule
from reviewer.checks.term_index import TermIndex
from reviewer.model import ANY_LANGUAGE, Concept, Term, TermStatus
from tests.checks.pairs import context, pair

DEPRECATED = TermStatus.DEPRECATED
ODD = {
    "empty": "",
    "one letter": "a",
    "one mark": ".",
    "one ideograph": "中",
    "blank": " \u00a0\u3000",
    "lone surrogates": "He \ud800left\udfff the \udc80house.",
    "control characters": "".join(map(chr, range(32))) + "He left.\x7f\x80\x9f",
    "bidi controls": "\u202eHe left.\u2066",
    "marks without a letter": "\u0301\u0302 \u05b0 \u0e34",
    "codes": "\U000f0000He\U000f0001 left.\U000ffffd",
    "astral": "𝒳𝓎 🏳️‍🌈 👨‍👩‍👧 left.",
}


@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
@pytest.mark.parametrize("target", ODD.values(), ids=ODD)
def test_odd_texts_give_findings_inside_them(source, target):
    one = pair(source, target)
    for finding in run([one], context("en", "fr"), CHECKS):
        assert finding.check != "failed-check"
        for span in finding.spans:
            assert 0 <= span.start <= span.end <= len(one.text(span.side))


@pytest.mark.parametrize(
    "tag", ["", "und", "xx", "zxx", "qaa-x-private", "fr-Latn-CA-1996", "a" * 300]
)
def test_unknown_languages_are_checked_by_what_is_known(tag):
    texts = pair("He left at 5 o'clock.", "Zzz left ( at 6.")
    for languages in ((tag, "fr"), ("en", tag), (tag, tag)):
        found = run([texts], context(*languages), CHECKS)
        assert "failed-check" not in {finding.check for finding in found}
        assert "brackets" in {finding.check for finding in found}


@pytest.mark.parametrize("piece", ["word ", "1 ", "$5 "])
def test_a_line_of_a_megabyte_is_no_hang(piece):
    text = piece * (1_000_000 // len(piece))
    one = pair(text, text + "x")
    for check in CHECKS:
        begin = time.process_time()
        run([one], context("en", "fr"), [check])
        assert time.process_time() - begin < 15, check.id


@pytest.mark.parametrize("piece", ["pump valve ", "Gate", "pump gasket valve "])
def test_a_line_of_a_megabyte_full_of_terms_is_no_hang(piece):
    pump = Concept((Term("en", "pump"), Term("fr", "pompe"), Term("fr", "bombe", DEPRECATED)))
    valve = Concept((Term("en", "valve"), Term("fr", "vanne")))
    kept = Concept((Term(ANY_LANGUAGE, "Gate"),))
    terms = TermIndex([[pump, valve, kept]], "en", "fr")
    text, target = (each * (1_000_000 // len(each)) for each in (piece, "bombe pompe "))
    begin = time.process_time()
    found = run([pair(text, target)], context("en", "fr", terms=terms), [check_by_id("termbase")])
    assert time.process_time() - begin < 15
    assert len(found) <= 1001


HOSTILE = (r"(a+)+$", r"(a|aa)*b", r"(\w+\s?)*!", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(.*a){12}")


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_hostile_pattern_costs_a_moment(pattern):
    rules = Rules([Rule("hostile", "", pattern, Condition.MUST_NOT), Rule("good", "", "left")])
    pairs = [pair("x", "a" * 5000 + " left", number) for number in range(20)]
    begin = time.process_time()
    found = run(
        pairs, context("en", "fr", rules=rules), [c for c in CHECKS if c.id == "checklist"]
    )
    assert time.process_time() - begin < 6
    assert "failed-check" not in {finding.check for finding in found}
