import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model import SEGMENT_BREAK, Code, CodeKind, Pair, Segment
from reviewer.ui.look.cell_text import (
    MOST_SHOWN,
    OBJECT,
    code_labels,
    for_cell,
    for_editor,
    labelled,
    len_qt,
    paragraph,
    readable,
)
from reviewer.ui.rows.cell_selection import word_around

ANY = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n"), max_size=30)
HOSTILE = st.text(st.characters(blacklist_characters="\n"), max_size=30)


def _segment(text, codes=()):
    return Segment(0, 0, 0, len(text), text, tuple(codes))


@given(HOSTILE)
def test_every_offset_comes_back(text):
    made = paragraph(text)
    for offset in range(len(text) + 1):
        assert made.from_qt(made.to_qt(offset)) == offset
    assert made.to_qt(len(text)) == len_qt(made.shown)


@given(HOSTILE)
def test_nothing_that_qt_changes_is_shown(text):
    shown = paragraph(text).shown
    assert not any(c in shown for c in "\n\r\v\f\x1c\x85\u2028\u2029\ufffc\ufdd0")
    shown.encode("utf-16")


@pytest.mark.parametrize(
    ("text", "offset", "unit"),
    [
        ("café", 4, 4),
        ("a🙂b", 2, 3),
        ("a🙂b", 1, 1),
        ("🙂🙂", 2, 4),
        ("سلام", 2, 2),
        ("𠀀字", 1, 2),
    ],
)
def test_emoji_count_twice_in_qt(text, offset, unit):
    made = paragraph(text)
    assert made.to_qt(offset) == unit
    assert made.from_qt(unit) == offset


def test_plain_text_needs_no_table():
    assert paragraph("Déjà vu — 中文 سلام").units is None


@given(st.lists(ANY, min_size=1, max_size=4), st.data())
def test_offsets_of_several_segments_come_back(texts, data):
    text = for_cell([_segment(t) for t in texts], {})
    joined = "\n".join(texts)
    offset = data.draw(st.integers(0, len(joined)))
    assert text.from_qt(*text.to_qt(offset)) == offset


def test_a_range_over_segments_has_a_part_in_each():
    text = for_cell([_segment("one"), _segment("two"), _segment("three")], {})
    assert text.ranges(1, 9) == [(0, 1, 3), (1, 0, 3), (2, 0, 1)]
    assert text.ranges(4, 4) == [(1, 0, 0)]


def test_codes_are_numbered_alike_on_both_sides():
    codes = [
        Code("\U000f0000", "b", CodeKind.OPEN, "<b>"),
        Code("\U000f0001", "b", CodeKind.CLOSE, "</b>"),
        Code("\U000f0002", "x", CodeKind.PLACEHOLDER, "<br/>", shown="br"),
    ]
    source = _segment("\U000f0000a\U000f0001\U000f0002", codes)
    target = _segment("\U000f0000b\U000f0001", codes[:2])
    labels = code_labels(Pair(0, (source,), (target,)))
    chips = for_cell([source], labels).paragraphs[0].chips
    assert [chip.label for chip in chips] == ["1›", "‹1", "br"]
    edited = for_editor([target], labels).paragraphs[0]
    assert edited.shown == f"{OBJECT}b{OBJECT}"


@pytest.mark.parametrize(
    ("texts", "most"),
    [
        (["word " * 10_000], MOST_SHOWN + 40),
        (["word " * 1_000] * 400, MOST_SHOWN + 40),
        (["a"] * 100_000, MOST_SHOWN),
        (["\U000f0000" * 20_000], MOST_SHOWN + 40),
        (["a\x00🙂" * 20_000, "b"], MOST_SHOWN + 40),
    ],
)
def test_a_text_as_long_as_a_novel_is_cut_for_reading_only(texts, most):
    codes = [Code("\U000f0000", "a", CodeKind.PLACEHOLDER, "<a/>", shown="x" * 24)]
    segments = [_segment(text, codes) for text in texts]
    joined = SEGMENT_BREAK.join(texts)
    shown = for_cell(segments, {})
    assert sum(len_qt(each.shown) for each in shown.paragraphs) <= most
    assert len(shown.paragraphs) <= 600
    # Every place behind what is shown is the note's, and that is the end of the text.
    note = len(shown.paragraphs) - 1
    assert shown.paragraphs[note].shown.strip("\u200b\u00a0").startswith("Not shown: ")
    for offset in (shown.shown_end + 1, len(joined) // 2, len(joined)):
        assert shown.to_qt(offset) == (note, 0)
    assert shown.from_qt(note, 0) == shown.from_qt(note, 5) == len(joined)
    for offset in (0, shown.shown_end // 2, shown.shown_end - 1):
        assert shown.from_qt(*shown.to_qt(offset)) == offset
    assert shown.ranges(0, len(joined))[-1] == (note, 0, 0)
    said = f"{len(joined) - shown.shown_end:,}".replace(",", "")
    assert said in "".join(filter(str.isdigit, shown.paragraphs[note].shown))
    assert for_editor(segments, {}).shown_end is None


def test_what_fits_is_shown_whole():
    texts = ["word " * 1_000] * 3
    shown = for_cell([_segment(text) for text in texts], {})
    assert [each.shown for each in shown.paragraphs] == texts
    assert shown.shown_end is None


def test_no_segment_is_an_empty_paragraph():
    assert [p.shown for p in for_cell([], {}).paragraphs] == [""]


def test_what_is_hidden_is_found():
    made = paragraph("a🙂\u200bb\u00a0c\u202f")
    assert made.hidden == (3,)
    assert made.fixed_spaces == (5, 7)


def test_other_programs_get_no_codes():
    assert readable("a\U000f0000b\x00c\nd\u00a0e") == "abc\nd\u00a0e"


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [("Déjà vu ici", 6, "vu"), ("a 🙂 mot", 5, "mot"), ("fin", 3, "fin"), ("", 0, "")],
)
def test_the_word_at_an_offset(text, offset, word):
    start, end = word_around(text, offset)
    assert text[start:end] == word


@pytest.mark.parametrize(
    ("suggestion", "shown"),
    [("", "Delete"), ("\u202f:", "␣:"), ("  ", "␣␣"), ("a b ", "a b␣"), ("a\u00a0b", "a\u00a0b")],
)
def test_a_suggestion_of_spaces_or_nothing_can_be_read(suggestion, shown):
    assert labelled(suggestion, Pair(0, (), ())) == shown
