import pytest

from reviewer.text.languages import known_languages, language
from reviewer.text.typography import final_mark, is_abbreviation, own_mark, typography


@pytest.mark.parametrize(
    ("text", "tag", "kind"),
    [
        ("Yes.", "en", "stop"),
        ("“Yes.”", "en", "stop"),
        ("« Oui ? »", "fr", "question"),
        ("はい。」", "ja", "stop"),
        ("Πού;", "el", "question"),
        ("Where;", "en", "semicolon"),
        ("Wait...", "en", "ellipsis"),
        ("Wait…", "en", "ellipsis"),
        ("हाँ।", "hi", "stop"),
        ("لماذا؟", "ar", "question"),
        ("Title", "en", ""),
        ("", "en", ""),
    ],
)
def test_final_mark(text, tag, kind):
    assert final_mark(text, language(tag))[0] == kind


def test_own_marks():
    assert own_mark("stop", language("zh")) == "。"
    assert own_mark("question", language("el")) == ";"
    assert own_mark("comma", language("ar")) == "،"
    assert own_mark("stop", language("xx")) == "."


def test_abbreviations_keep_their_stop():
    assert is_abbreviation("Inc.", language("en"))
    assert is_abbreviation("p.m.", language("en"))
    assert not is_abbreviation("bridge.", language("en"))


@pytest.mark.parametrize("tag", known_languages())
def test_the_data_of_every_language_can_be_read(tag):
    marks = typography(language(tag))
    assert marks.known
    assert all(len(pair) == 2 for pair in marks.quotes)
