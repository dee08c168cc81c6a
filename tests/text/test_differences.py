"""What two versions of a text do not share."""

import pytest

from reviewer.text.differences import differing


@pytest.mark.parametrize(
    ("text", "other", "words"),
    [
        ("Deux villas.", "Deux villas.", []),
        ("Deux villas.", "Deux demeures.", ["villas"]),
        ("Deux villas.", "Deux villas", ["."]),
        ("Deux belles villas.", "Deux villas.", ["belles "]),
        ("Deux villas.", "Deux belles villas.", []),
        ("两座房子", "两栋房子", ["座"]),
        ("منزلان كبيران", "منزلان صغيران", ["كبيران"]),
        ("", "Deux villas.", []),
        ("x " * 2001, "y", ["x " * 2001]),
    ],
)
def test_ranges_of_what_is_not_shared(text, other, words):
    assert [text[start:end] for start, end in differing(text, other)] == words
