"""A chosen rendering takes the shape of the form it replaces."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.model import GroupKind, Occurrence, Rendering, TermGroup
from reviewer.terms import matching_form, replacements


def group(pairs, *wordings: tuple[str, ...]) -> TermGroup:
    """Return a group whose renderings stand wherever one of their forms does."""
    found = []
    for forms in wordings:
        places = [
            Occurrence(pair.number, start, start + len(form))
            for pair in pairs
            for form in forms
            if (start := pair.target_text.find(form)) >= 0
        ]
        found.append(Rendering(forms[0], tuple(places)))
    return TermGroup("term", GroupKind.TERM, 1.0, tuple(found))


@pytest.mark.parametrize(
    ("language", "preferred", "old", "known", "expected"),
    [
        ("fr", "citerne", "tonneau", [], ("citerne", "")),
        ("fr", "citerne", "tonneaux", ["citernes"], ("citernes", "")),
        ("fr", "citerne", "tonneaux", [], ("citerne", "singular")),
        ("fr", "Citerne", "CITERNE", [], ("Citerne", "")),
        ("fr", "citerne", "TONNEAU", [], ("CITERNE", "")),
        ("en", "training basins", "pool", [], ("training basins", "check agreement")),
        ("id", "tangki", "bak", [], ("tangki", "")),
        ("zh", "风电场", "风力园区", [], ("风电场", "")),
        (
            "de",
            "Staubbehälter",
            "Schmutzbecher",
            ["Staubbehältern"],
            ("Staubbehälter", "check agreement"),
        ),
    ],
)
def test_matching_form(language, preferred, old, known, expected):
    assert matching_form(preferred, old, language, known) == expected


def changes(pairs, language, preferred, *wordings):
    found = replacements(group(pairs, *wordings), preferred, pairs, language)
    return [(r.old, r.new, r.note, r.selected) for r in found]


def test_french_article_follows_a_known_gender():
    pairs = bitexts.pairs(
        ("a", "Le bassin est vide."), ("b", "Videz le réservoir."), ("c", "Au réservoir, rien.")
    )
    assert changes(pairs, "fr", "bassin", ("bassin",), ("réservoir",)) == [
        ("réservoir", "bassin", "", True),
        ("réservoir", "bassin", "", True),
    ]


def test_french_elision_changes_with_the_first_letter():
    pairs = bitexts.pairs(
        ("a", "Le four chauffe."),
        ("b", "Nettoyez l’âtre."),
        ("c", "Le feu de l’âtre."),
        ("d", "Un âtre."),
    )
    assert changes(pairs, "fr", "four", ("four",), ("âtre",)) == [
        ("l’âtre", "le four", "", True),
        ("de l’âtre", "du four", "", True),
        ("âtre", "four", "", True),
    ]


def test_other_gender_is_left_to_the_person():
    pairs = bitexts.pairs(("a", "La citerne fuit."), ("b", "Le tonneau fuit."))
    assert changes(pairs, "fr", "citerne", ("citerne",), ("tonneau",)) == [
        ("Le tonneau", "La citerne", "check agreement", False)
    ]


def test_plural_keeps_its_article():
    pairs = bitexts.pairs(("a", "Les citernes."), ("b", "Le prix des tonneaux."))
    assert changes(pairs, "fr", "citernes", ("citernes",), ("tonneaux",)) == [
        ("tonneaux", "citernes", "", True)
    ]


def test_english_article_follows_the_sound():
    pairs = bitexts.pairs(("a", "an open pit"), ("b", "Dig a quarry."), ("c", "A quarry."))
    assert changes(pairs, "en", "open pit", ("open pit",), ("quarry",)) == [
        ("a quarry", "an open pit", "", True),
        ("A quarry", "An open pit", "", True),
    ]


def test_capital_comes_from_the_sentence_not_from_the_old_form():
    pairs = bitexts.pairs(("a", "Use the gauge."), ("b", "Meter readings. The Meter."))
    found = changes(pairs, "en", "gauge", ("gauge",), ("Meter",))
    assert found == [("Meter", "Gauge", "", True)]


def test_german_gender_is_read_off_the_articles():
    pairs = bitexts.pairs(
        ("a", "Leeren Sie den Behälter."), ("b", "Der Becher rastet ein."), ("c", "Im Becher.")
    )
    assert changes(pairs, "de", "Behälter", ("Behälter",), ("Becher",)) == [
        ("Becher", "Behälter", "", True),
        ("Becher", "Behälter", "", True),
    ]


@given(
    st.sampled_from(["le tonneau", "Les tonneaux", "d’un tonneau", "TONNEAUX", "à tonneau"]),
    st.sampled_from(["citerne", "Auge", "héron"]),
)
def test_replacements_are_ranges_of_the_text(text, preferred):
    pairs = bitexts.pairs(("a", text))
    found = replacements(group(pairs, ("tonneaux", "tonneau", "TONNEAUX")), preferred, pairs, "fr")
    for change in found:
        assert text[change.start : change.end] == change.old
        assert change.new
        assert change.selected is (change.note == "")
