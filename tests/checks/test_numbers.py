import pytest

from reviewer.checks import run
from reviewer.checks.number_form import CHECK as FORM
from reviewer.checks.numbers import CHECK
from reviewer.model import Severity, Side
from tests.checks.pairs import context, pair


def _found(source, target, languages=("en", "fr"), check=CHECK):
    return run([pair(source, target)], context(*languages), [check])


def test_changed_number_shows_both_places_and_the_own_form():
    (finding,) = _found("They sold 12,450 boats.", "Ils ont vendu 12 540 bateaux.")
    assert [span.side for span in finding.spans] == [Side.TARGET, Side.SOURCE]
    assert finding.words == ("12,450", "12 540")
    assert finding.suggestions == ("12\u202f450",)
    assert finding.severity is Severity.MAJOR


def test_lost_number_is_shown_in_the_source():
    (finding,) = _found("They sold 12,450 boats.", "Ils ont vendu des bateaux.")
    assert finding.variant == "lost"
    assert finding.spans[0].side is Side.SOURCE


def test_added_number_is_shown_in_the_target():
    (finding,) = _found("They sold boats.", "Ils ont vendu 30 bateaux.")
    assert finding.variant == "extra"
    assert finding.spans[0].side is Side.TARGET


def test_two_changed_numbers_find_their_partners():
    findings = _found("From 1,871 to 1,914 men.", "De 1 817 à 1 941 hommes.")
    assert {finding.words for finding in findings} == {("1,871", "1 817"), ("1,914", "1 941")}


def test_million_and_milliard_differ_though_the_digits_agree():
    (finding,) = _found("It lost 3 million.", "Il a perdu 3 milliards.")
    assert finding.variant == "scale"


def test_empty_target_is_not_asked_for_numbers():
    assert not _found("They sold 12 boats.", "…")


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("It grew to 1.4 billion.", "Il a atteint 1,4 milliard.", ("en", "fr")),
        ("1億2600万人", "126 million people", ("ja", "en")),
        ("13亿5000万人", "1.35 billion people", ("zh", "en")),
        ("5 करोड़ लोग", "50 million people", ("hi", "en")),
        ("háromszáz ember", "300 people", ("hu", "en")),
        ("üç yüz kişi", "300 kişi", ("tr", "tr")),
        ("quatre-vingt-dix-sept", "97", ("fr", "en")),
        ("zweihundert", "200", ("de", "en")),
        ("dua puluh lima", "25", ("id", "en")),
        ("ثلاثمئة", "ثلاثمئة", ("ar", "ar")),
        ("The 20th century", "XX wiek", ("en", "pl")),
        ("1 ½ m", "1,50 m", ("de", "fr")),
        ("2020–21", "2020-2021", ("en", "fr")),
        ("at 17:07", "下午5时07分", ("en", "zh")),
        ("pukul 24:00", "à 0 h 00", ("id", "fr")),
        ("5 feet tall", "1,52 m", ("en", "fr")),
        ("100 °F", "38 °C", ("en", "fr")),
        ("พ.ศ. 2563", "2020", ("th", "en")),
        ("Mitte der 80er-Jahre", "in the mid-1980s", ("de", "en")),
        ("A dozen eggs", "12 œufs", ("en", "fr")),
        ("Il y en a 3 sur 4.", "Three out of four.", ("fr", "en")),
    ],
)
def test_other_ways_to_say_a_number_are_equal(source, target, languages):
    assert not _found(source, target, languages)


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("12 km", "12 km", ("en", "fr")),
        ("3.5 percent", "3,5 %", ("en", "fr")),
        ("Version 3.5", "Version 3.5", ("en", "de")),
        ("192.168.0.1", "192.168.0.1", ("en", "de")),
        ("1,250", "1,250", ("en", "es")),
        ("See /etc/bind/db.192.168", "Δείτε το /etc/bind/db.192.168", ("en", "el")),
    ],
)
def test_form_is_right_or_not_to_tell(source, target, languages):
    assert not _found(source, target, languages, FORM)


def test_foreign_thousands_get_the_own_form():
    (finding,) = _found("1,250 men", "1,250 Mann", ("en", "de"), FORM)
    assert finding.suggestions == ("1250",)


def test_numbers_of_names_are_less_sure():
    found = _found("It needs i386 or 640 now.", "Il le faut maintenant.", ("en", "fr"))
    assert [(f.words[0], f.confidence > 0.6) for f in found] == [("386", False), ("640", True)]


@pytest.mark.parametrize(
    ("source", "sure"),
    [
        ("They saw the sea.12) Then they left.", False),
        ("They saw the sea12) and left.", False),
        ("They saw the sea (12) and left.", True),
        ("They saw it (in 12) and left.", True),
        ("They saw 12 ships and left.", True),
    ],
)
def test_marks_of_notes_are_less_sure(source, sure):
    found = _found(source.replace("12", "112"), "Ils virent la mer et partirent.", ("en", "fr"))
    assert [finding.confidence > 0.6 for finding in found] == [sure]
