from dataclasses import replace

import pytest

from reviewer.checks import run
from reviewer.checks.inline_codes import CHECK
from reviewer.model import Code, CodeKind, Pair, Segment, Side, Span
from reviewer.text.languages import language
from tests.checks.pairs import context

BOLD = Code("\U000f0000", "1", CodeKind.OPEN, "<b>", "b")
END = Code("\U000f0001", "1", CodeKind.CLOSE, "</b>", "/b")
BREAK = Code("\U000f0002", "2", CodeKind.PLACEHOLDER, "<br/>", "br")


def _segment(text, *codes):
    for code in codes:
        text = text.replace("#", code.character, 1)
    return (Segment(0, 0, 0, len(text), text, codes),)


def _found(source, target):
    return run([Pair(0, source, target)], context(), [CHECK])


def test_same_codes_in_another_order_are_right():
    assert not _found(_segment("a #b# c", BOLD, END), _segment("#x# y", BOLD, END))


def test_lost_code_is_shown_in_the_source():
    (finding,) = _found(_segment("a # c # d", BOLD, BREAK), _segment("a # c", BOLD))
    assert finding.variant == "lost"
    assert finding.words == ("br",)


def test_added_code_can_be_taken_out():
    (finding,) = _found(_segment("a # b", BREAK), _segment("a # b #", BREAK, BOLD))
    assert finding.variant == "extra"
    assert finding.suggestions == ("",)


def test_codes_of_two_formats_are_only_asked_for_their_partners():
    other = Code("\U000f0000", "1", CodeKind.OPEN, "<w:b>", "b")
    (finding,) = _found(_segment("#a#", BOLD, END), _segment("#a", other))
    assert finding.variant == "unpaired"


def test_beads_without_codes_or_without_target_are_left_alone():
    assert not _found(_segment("a"), _segment("b"))
    assert not _found(_segment("#a#", BOLD, END), ())


def test_what_the_layout_needs_may_differ():
    wrap = Code("\U000f0003", "3", CodeKind.PLACEHOLDER, "↵", "↵")
    gone = Code("\U000f0004", "4", CodeKind.PLACEHOLDER, "deleted", "del")
    assert not _found(_segment("a # b #", wrap, gone), _segment("a b"))
    assert not _found(_segment("#a# b", BOLD, END), _segment("#a# # b", BOLD, END, wrap))


@pytest.mark.parametrize(
    ("source", "target", "suggestion"),
    [
        ("Save # now", "Enregistrer maintenant", "# "),
        ("Hello #", "Bonjour", " #"),
        ("Hello # !", "Bonjour !", "#"),
        ("from#to", "de à", "#"),
    ],
)
def test_a_lost_placeholder_comes_back_with_the_spaces_around_it(source, target, suggestion):
    name = Code("\U000f0005", "5", CodeKind.PLACEHOLDER, "{name}", "{name}")
    pair = Pair(0, _segment(source, name), _segment(target), shares_codes=True)
    (finding,) = run([pair], context(), [CHECK])
    assert finding.suggestions == (suggestion.replace("#", name.character),)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("She painted the #watch room# green.", "Elle a peint la salle de garde en vert.", None),
        ("The #log# is new.", "Le journal est neuf.", "Le #journal# est neuf."),
        ("#Now# we go.", "Maintenant nous partons.", "#Maintenant# nous partons."),
        ("We go #now#", "Nous partons maintenant", "Nous partons #maintenant#"),
    ],
)
def test_a_lost_pair_comes_back_around_whole_words(source, target, expected):
    pair = Pair(0, _segment(source, BOLD, END), _segment(target), shares_codes=True)
    (finding,) = run([pair], context(), [CHECK])
    assert (finding.variant, finding.words) == ("lost-pair", ("b", "/b"))
    place, (fix,) = finding.spans[-1], finding.suggestions
    text = target[: place.start] + fix + target[place.end :]
    text = text.replace(BOLD.character, "#").replace(END.character, "#")
    assert expected is None or text == expected
    opened, words, closed = text.split("#")
    assert words == words.strip()
    assert not opened or opened[-1].isspace()
    assert not closed or closed[0].isspace()


def test_a_lost_half_stands_where_its_share_is_in_a_text_without_spaces():
    pair = Pair(
        0, _segment("她把#值班室#漆成绿色。", BOLD, END), _segment("彼女は当直室を緑に塗った。")
    )
    pair = replace(pair, shares_codes=True)
    (finding,) = run([pair], replace(context(), target=language("ja")), [CHECK])
    assert finding.spans[-1] == Span(Side.TARGET, 2, 6)


def test_halves_that_cannot_stand_together_are_told_one_by_one():
    source = _segment("#a# b", BOLD, END)
    (pair,) = run([Pair(0, source, _segment("x y"))], context(), [CHECK])
    assert (pair.variant, pair.suggestions) == ("lost-pair", ())
    (half,) = run([Pair(0, source, _segment("#x y", BOLD), shares_codes=True)], context(), [CHECK])
    assert half.variant == "lost"
