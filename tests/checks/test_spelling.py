import pytest
from hypothesis import given, settings

from reviewer.checks import run
from reviewer.checks.spelling import CHECK, less_sure, often_found
from reviewer.checks.untranslated import CHECK as UNTRANSLATED
from tests.checks.pairs import context, pair, unknown_to
from tests.checks.test_robustness import HOSTILE, LANGUAGES, SIZE, TEXTS


def found(source, target, known, languages=("en", "fr"), **more):
    """Return the words of a target that are found with a dictionary of known words."""
    around = context(*languages, unknown=unknown_to(known), **more)
    one = pair(source, target)
    findings = run([one], around, [CHECK])
    spans = [finding.spans[0] for finding in findings]
    assert [one.target_text[s.start : s.end] for s in spans] == [f.words[0] for f in findings]
    return [finding.words[0] for finding in findings]


FRENCH = "la maison de est les enfants sont il elle dans a vu le chat vont aujourd'hui eau grand"


@pytest.mark.parametrize(
    ("source", "target", "wrong"),
    [
        ("", "La maisson est grand.", "maisson"),
        ("", "L’eau de l'eeau", "eeau"),
        ("", "Aujourd’hui, qu’il a vu", ""),
        ("", "A-t-il vu le chat dans la maissonn ?", "maissonn"),
        ("", "la mai\u00adson", ""),
        ("", "la mai\u00adsson", "mai\u00adsson"),
        ("", "Voir http://exempel.org/maissonn, e-mial@exempel.org et C:\\maissonn\\x", ""),
        ("", "%(maissonn)s {maissonn} <maissonn> `maissonn` maisson_n $maissonn", ""),
        ("", "LA MAISSON EST DANS LE CHATT", "MAISSON CHATT"),
        ("", "le CNRSS est la", ""),
        ("", "Au XIXe, le chat A320neo de 12cm, 45-maissonn", ""),
        ("He saw Serdyukov.", "Il a vu Serdyukov.", ""),
        ("He saw Serdyukov.", "Il a vu Serdyukova.", ""),
        ("He saw a maissonn.", "Il a vu la maissonn.", ""),
        ("Nobody.", "Il a vu Qzwrtk.", ""),
        ("Nobody.", "Il a vu la Maisson.", "Maisson"),
        ("", "Ce week-end", ""),
        ("", "les enfants de facto", ""),
        ("", "дома la maisson", "maisson"),
        ("", "\U000f0000mai\U000f0001sson la maisson", "maisson"),
        ("", "etait", "etait"),
    ],
)
def test_words_as_french_writes_them(source, target, wrong):
    assert found(source, target, FRENCH) == wrong.split()


@pytest.mark.parametrize(
    ("language", "known", "target", "wrong"),
    [
        ("de", "haustür schlüssel vor und nachteile", "Vor- und Nachteile", ""),
        ("de", "haustür schlüssel", "der Haustürschlüssel, Haustürsschlüsel", ""),
        ("de", "schlüssel haustür", "haustürschlüssel haustürschlüxel", "haustürschlüxel"),
        ("en", "the house do not", "The house's don't, hosue", "hosue"),
        ("es", "la casa", "la ccasa", "ccasa"),
        ("it", "acqua casa", "dell’acqua, l’acquua", "acquua"),
        ("ru", "дом", "дом доом", "доом"),
        ("uk", "п'ять", "п’ять пп’ять", "пп’ять"),
        ("el", "σπίτι", "σπίτι σσπίτι", "σσπίτι"),
        ("ar", "كتاب", "كِتَاب كـتاب كتتاب", "كتتاب"),
        ("he", "בית", "בית ביתתקק", "ביתתקק"),
        ("tr", "ev", "Ankara'da evv", "evv"),
        ("id", "rumah", "rumahnya rummah", "rummah"),
        ("hi", "घर", "घर घघर", "घघर"),
    ],
)
def test_words_of_other_languages(language, known, target, wrong):
    assert (
        found("", target, known, ("fr" if language == "en" else "en", language)) == wrong.split()
    )


def test_accepted_words_are_right_in_every_case():
    accepted = frozenset({"maissonn"})
    assert not found("", "la Maissonn, MAISSONN et maissonn", FRENCH + " et", accepted=accepted)


def test_what_is_surely_a_slip_comes_first():
    around = context(unknown=unknown_to(FRENCH))
    findings = run([pair("", "la maisson, le qzwrtk, la Vilee")], around, [CHECK])
    assert [CHECK.cut(level) <= f.confidence for level in CHECK.levels for f in findings] == [
        *(True, True, True),
        *(True, True, False),
        *(True, False, False),
    ]


def test_words_found_often_are_less_sure_unless_a_common_one_is_meant():
    around = context(unknown=unknown_to(FRENCH))
    pairs = [pair("", f"la maisson, le qzwrtk, {w}", n) for n, w in enumerate(["xx", "yy", "zz"])]
    findings = run(pairs, around, [CHECK])
    often = often_found(findings)
    assert often == {"maisson", "qzwrtk"}
    shown = [f.words[0] for f in less_sure(findings, often) if f.confidence >= CHECK.normal]
    assert shown.count("maisson") == 3
    assert "qzwrtk" not in shown
    assert often_found(findings[:-2]) != often


def test_a_word_left_untranslated_is_one_finding():
    one = pair("Pasukan Rusia tiba di bandara.", "Les pasukan rusia sont dans la maissonn.")
    around = context("id", "fr", unknown=unknown_to(FRENCH))
    assert [f.check for f in run([one], around, [CHECK, UNTRANSLATED])] == [
        "untranslated",
        "spelling",
    ]


def test_a_dictionary_of_another_language_is_not_believed():
    letters = "abcdefghijklmnop"
    words = " ".join(f"z{a}{b}qx" for a in letters for b in letters)
    assert not found("", words, "nothing")


def test_nothing_is_found_without_a_dictionary():
    assert not run([pair("", "la maissonn")], context(), [CHECK])


@settings(max_examples=150, deadline=None)
@given(source=TEXTS, target=TEXTS)
def test_any_text_gives_findings_inside_it(source, target):
    one = pair(source, target)
    for languages in LANGUAGES:
        around = context(*languages, unknown=unknown_to("le la the"))
        for finding in CHECK.find([one], around):
            assert 0 <= finding.spans[0].start < finding.spans[0].end <= len(one.target_text)


@pytest.mark.parametrize("piece", [*HOSTILE, "d'", "l'eau", "xy-", "Qx ", "qx-qx'qx "])
def test_long_text_of_any_kind_takes_little_time(piece):
    import time

    text = (piece * SIZE)[:SIZE]
    for target in ("fr", "de", "tr"):
        around = context("en", target, unknown=unknown_to("le la the"))
        start = time.process_time()
        list(CHECK.find([pair(text, text + " qxx")], around))
        assert time.process_time() - start < 4
