"""What two versions of a text do not share."""

import pytest

from reviewer.text.differences import alike_around, differing


@pytest.mark.parametrize(
    ("text", "other", "words"),
    [
        ("Deux villas.", "Deux villas.", []),
        ("Deux villas.", "Deux demeures.", ["villas"]),
        ("Deux villas.", "Deux villas", ["."]),
        ("Deux belles villas.", "Deux villas.", [" belles"]),
        ("Deux villas.", "Deux belles villas.", []),
        ("两座房子", "两栋房子", ["座"]),
        ("منزلان كبيران", "منزلان صغيران", ["كبيران"]),
        ("", "Deux villas.", []),
        ("x " * 2001, "y", ["x " * 2001]),
    ],
)
def test_ranges_of_what_is_not_shared(text, other, words):
    assert [text[start:end] for start, end in differing(text, other)] == words


LONG = "Une phrase qui est la même partout. " * 6


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["Deux villas.", "Deux demeures."], ["Deux villas.", "Deux demeures."]),
        (
            [LONG + "De moi.", LONG + "De Budi."],
            [LONG[-81:] + "De moi.", LONG[-81:] + "De Budi."],
        ),
        (["Un." + LONG, "Deux." + LONG], ["Un." + LONG[:82], "Deux." + LONG[:82]]),
        ([LONG, LONG + "Fin."], [LONG[-81:], LONG[-81:] + "Fin."]),
        ([LONG, LONG], [LONG[-81:], LONG[-81:]]),
        (["字" * 200 + "一", "字" * 200 + "二"], ["字" * 80 + "一", "字" * 80 + "二"]),
        ([], []),
    ],
)
def test_what_is_alike_far_from_a_difference_is_left_out(texts, shown):
    start, end = alike_around(texts)
    assert [text[start : len(text) - end] for text in texts] == shown
