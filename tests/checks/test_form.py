"""Suggestions, places and variants of the checks of form."""

import pytest

from reviewer.checks import check_by_id, run
from tests.checks.pairs import context, pair


def _found(check, source, target, languages=("en", "fr"), **more):
    return run([pair(source, target, **more)], context(*languages), [check_by_id(check)])


@pytest.mark.parametrize(
    ("check", "source", "target", "languages", "suggestion"),
    [
        ("repeated-words", "the car", "la la voiture", ("en", "fr"), "la"),
        ("repeated-words", "Children play.", "Anak anak bermain.", ("en", "id"), "Anak-anak"),
        ("end-punctuation", "It is closed today.", "C'est fermé ce jour", ("en", "fr"), "jour."),
        ("end-punctuation", "Is it closed?", "Est-ce fermé", ("en", "fr"), "fermé\u00a0?"),
        ("end-punctuation", "It is closed today.", "今天关了", ("en", "zh"), "了。"),
        ("end-punctuation", "It is closed today.", "आज बंद है", ("en", "hi"), "है।"),
        ("spacing", "Yes, no.", "Oui , non.", ("en", "fr"), ","),
        ("spacing", "Yes, no.", "Oui,  non.", ("en", "fr"), " "),
        ("punctuation-spaces", "Why?", "Pourquoi?", ("en", "fr"), "\u00a0?"),
        ("punctuation-form", "他来了，走了。", "He came，left.", ("zh", "en"), ", "),
        ("capitals", "The old one in Rome.", "le vieux de Rome.", ("en", "fr"), "Le"),
        ("characters", "café", "cafÃ©", ("en", "fr"), "é"),
        (
            "links",
            "http://example.org/a",
            "http://example.org/b",
            ("en", "fr"),
            "http://example.org/a",
        ),
        ("quotes", "“yes”", "„ja”", ("en", "de"), ""),
    ],
)
def test_first_suggestion(check, source, target, languages, suggestion):
    found = _found(check, source, target, languages)
    if check == "quotes":  # a pair that other languages use is no mistake
        assert not found
    else:
        assert found[0].suggestions[0] == suggestion


def test_whole_number_of_a_doubled_phrase_is_covered():
    (finding,) = _found("repeated-words", "x", "he met the old man the old man the old man now")
    assert finding.words == ("the old man the old man the old man",)
    assert finding.variant == "phrase"


def test_last_segment_of_a_bead_is_compared():
    found = _found(
        "end-punctuation", ("It rained.", "It stopped now."), ("Il pleuvait.", "Ça a cessé")
    )
    assert [finding.words for finding in found] == [(".",)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Er kam , sah , siegte .", "Il vint , il vit , il vainquit ."),
        ("See tools.Composition here.", "Voir tools.Composition ici."),
    ],
)
def test_spaces_of_the_source_are_no_slips(source, target):
    assert not _found("spacing", source, target)


def test_quotation_that_goes_on_in_the_next_segment_is_open_on_both_sides():
    assert not _found("quotes", "“It rained.", "« Il pleuvait.")


def test_brackets_of_another_width_pair():
    assert not _found("brackets", "a (b) c", "a（b) c", ("en", "zh"))


def test_table_layout_may_have_runs_of_spaces():
    assert not _found("spacing", "Name:    Age:", "Nom :    Âge :")


def test_space_at_the_edge_only_where_the_source_has_none():
    assert _found("spacing", "Yes", "Oui ")[0].variant == "edge"
    assert not _found("spacing", "Yes ", "Oui ")


def test_swiss_and_canadian_french_keep_their_spaces():
    assert not _found("punctuation-spaces", "Why?", "Pourquoi?", ("en", "fr-CA"))
    assert not _found("punctuation-spaces", "Note: no", "Note: non", ("en", "fr-CH"))
    assert _found("punctuation-spaces", "Note: no", "Note: non", ("en", "fr-CA"))


def test_style_of_the_whole_document_is_right():
    pairs = [pair("Why?", "Pourquoi?", number) for number in range(6)]
    assert not run(pairs, context("en", "fr"), [check_by_id("punctuation-spaces")])


def test_german_label_may_become_small():
    assert not _found("capitals", "Alter Turm", "old tower", ("de", "en"))


def test_title_in_capitals_stays():
    assert not _found("capitals", "WARNING: DO NOT TOUCH", "ATTENTION : NE PAS TOUCHER")


def test_mixed_scripts_are_repaired_in_the_right_direction():
    (finding,) = _found("characters", "Moscow", "Мocква", ("en", "ru"))
    assert finding.suggestions == ("Москва",)


def test_joiner_belongs_to_persian_and_to_emoji():
    assert not _found("characters", "x", "می\u200cشود", ("en", "fa"))
    assert not _found("characters", "x", "👩\u200d🚀", ("en", "fr"))


def test_same_source_names_the_pair_with_the_usual_translation():
    texts = [("Save", "Enregistrer"), ("Save", "Sauvegarder"), ("Save", "Enregistrer")]
    pairs = [pair(*two, number) for number, two in enumerate(texts)]
    (finding,) = run(pairs, context("en", "fr"), [check_by_id("same-source")])
    assert finding.pair == 1
    assert finding.words == ("Sauvegarder", "Enregistrer")
    assert finding.suggestions == ("Enregistrer",)


def test_untranslated_twin_does_not_count():
    texts = [("Save as", "Enregistrer sous"), ("Save as", "Save as"), ("Save as", ())]
    pairs = [pair(*two, number) for number, two in enumerate(texts)]
    assert not run(pairs, context("en", "fr"), [check_by_id("same-source")])


def test_inline_codes_hide_neither_the_final_mark_nor_the_first_letter():
    coded = "\U000f0000La route est fermée.\U000f0001"
    assert not _found("end-punctuation", "The road is closed.", coded)
    assert not _found("capitals", "The road is closed.", coded)
    assert _found("capitals", "The road to Rome.", "\U000f0000la route de Rome.")


@pytest.mark.parametrize(
    ("check", "source", "target", "languages", "sure"),
    [
        ("capitals", "The bridge is closed.", "le pont est fermé.", ("en", "fr"), True),
        ("capitals", "Then dpkg starts here.", "dpkg démarre ici.", ("en", "fr"), False),
        ("capitals", "Surely he will return", "et il reviendra", ("en", "fr"), False),
        ("stray-punctuation", "Il crie fort.", "He cries! loudly.", ("fr", "en"), True),
        ("stray-punctuation", "He said hello.", "Kelj fel! mondta Anna.", ("en", "hu"), False),
    ],
)
def test_what_verses_commands_and_speech_explain_is_less_sure(
    check, source, target, languages, sure
):
    (finding,) = run([pair(source, target)], context(*languages), [check_by_id(check)])
    assert (finding.confidence > 0.65) is sure
