"""No text makes a check fail, point outside of it, or take long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.checks import CHECKS
from reviewer.checks.base import Scope
from tests.checks.pairs import context, pair

OWN = [check for check in CHECKS if check.id != "untranslated"]

LANGUAGES = [("en", "fr"), ("fr", "en"), ("zh", "en"), ("en", "zh"), ("ar", "es"), ("xx", "th")]

WORDS = """
the The le la 1,250 1 250 3.5 12万 45e « » “ ” " ' ( ) [ ] . , ; : ! ? … 。 ， ？ ؟ ، - – A320
{0} %s <b> https://example.org/a Paris Москва 北京 東京 الرياض का के é Ã© mille million Monday lundi
5% €5 km
"""
PIECES = st.sampled_from(
    [*WORDS.split(), "\u00a0", "\u202f", "\u200b", "\u202e", "\ufffd", "\U000f0000"]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
    st.text(max_size=60),
)


@settings(max_examples=250, deadline=None)
@given(source=TEXTS, target=TEXTS, languages=st.sampled_from(LANGUAGES))
def test_any_text_gives_findings_inside_it(source, target, languages):
    one, around = pair(source, target), context(*languages)
    for check in OWN:
        for finding in check.find([one], around):
            assert check.messages[finding.variant].format(*finding.words)
            assert 0 <= finding.confidence <= 1
            for span in finding.spans:
                assert 0 <= span.start <= span.end <= len(one.text(span.side))


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, languages=st.sampled_from(LANGUAGES))
def test_numbers_agree_with_themselves(text, languages):
    check = next(check for check in OWN if check.id == "numbers")
    assert not list(check.find([pair(text, text)], context(languages[0], languages[0])))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_checks_of_one_pair_need_no_other_pair(texts):
    pairs = [pair(*two, number) for number, two in enumerate(texts)]
    around = context("en", "fr")
    for check in OWN:
        if check.scope is Scope.BEAD:
            alone = [finding for one in pairs for finding in check.find([one], around)]
            assert list(check.find(pairs, around)) == alone


SIZE = 20_000
HOSTILE = (
    "a", "a ", "1", "1,", "123 ", "(", '"', "« ", ". ", " ", "http://a ", "a@b.", "{a", "<a ",
    "a'", "Aaaa ", "Ab-1", "中", "中国", "word word ", "\u202a", "Ã©", "a- ", "mille ", "I",
    "\u00a0:", "a.\n", "का", "Mо", "%s",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_text_of_any_kind_takes_little_time(piece):
    text = (piece * SIZE)[:SIZE]
    for texts in (
        (text, text + "x"),
        ("Hello world, 5 apples.", text),
        (text, "Bonjour, 5 pommes."),
    ):
        one = pair(*texts)
        for languages in (("en", "fr"), ("zh", "ja")):
            around = context(*languages)
            for check in OWN:
                start = time.process_time()
                list(check.find([one], around))
                assert time.process_time() - start < 2.5, check.id
