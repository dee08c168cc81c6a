"""Plain text: units, line modes, edits."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer.errors import ExportError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.text import READER, WRITER

WRAPPED = """\
The committee met on the first Monday of the month, as it had done
since its foundation, and went through the list of the applications
that had come in. Most of them were refused. The secretary read them
out one after the other, in a voice that betrayed nothing at all.

    Nobody asked a question. When the clock struck nine, the chairman
closed his folder and looked round the table, as if he were counting
his friends.
"""
POEM = """\
Tiger, walking in the night,
By the river, by the light,
Who can tell
What you see?
Never me.
"""


def read(text, **options):
    return READER.read(text.encode("utf-8"), options)


def write(text, *edits, **options):
    recipe = read(text, **options).recipe
    replacements = [edit for edit in edits if isinstance(edit, Replacement)]
    insertions = [edit for edit in edits if isinstance(edit, Insertion)]
    written = WRITER.write(text.encode("utf-8"), recipe, replacements, insertions)
    return written.decode("utf-8")


def replacing(text, old, new, **options):
    for number, unit in enumerate(read(text, **options).units):
        start = unit.text.find(old)
        if start >= 0:
            edit = Replacement(number, start, start + len(old), old, new, unit.codes)
            return write(text, edit, **options)
    raise AssertionError(old)


def texts(text, **options):
    return [unit.text for unit in read(text, **options).units]


def test_each_line_is_a_unit():
    assert texts("One.\n\n  Two. \nThree.") == ["One.", "Two.", "Three."]


def test_every_kind_of_line_break_ends_a_unit():
    assert texts("a.\r\nb.\rc.\n\u2028d.\u0085e.\x0bf.\x0cg.") == list(
        map("{}.".format, "abcdefg")
    )


def test_a_byte_order_mark_is_no_text():
    assert texts("\ufeffOne.\nTwo.") == ["One.", "Two."]


def test_wrapped_lines_are_joined():
    content = read(WRAPPED)
    assert content.recipe["lines"] == "wrapped"
    assert "wrapped" in content.notes[0]
    first, second = content.units
    assert first.text.startswith("The committee met on the first Monday of the month, as it had")
    assert first.text.endswith("in a voice that betrayed nothing at all.")
    assert second.text.startswith("Nobody asked")
    assert "\n" not in first.text


@pytest.mark.parametrize(
    "text",
    [
        POEM,
        "One sentence.\nAnother sentence, which is much longer than the first.\nA third.\n",
        "a\nb\nc\n",
        "The first line is the title of it all\nand here the text goes on without an end, " * 2,
        "Chapter One\n\nIt was a dark night.\n",
        "",
    ],
)
def test_lines_that_are_not_wrapped_stay_apart(text):
    assert read(text).recipe["lines"] == "breaks"


def test_wrapped_german_is_told_in_spite_of_its_nouns():
    text = (
        "Der Ausschuss traf sich am ersten Montag des Monats wie seit seiner\n"
        "Gründung und ging die Liste der Anträge durch. Die meisten wurden\n"
        "Abgelehnt wurde ohne Begründung. Der Schriftführer las sie mit einer\n"
        "Stimme vor, der nichts anzumerken war, und niemand stellte an diesem\n"
        "langen Abend eine Frage. Als die Uhr neun schlug, schloss der Vorsitz\n"
        "seine Mappe.\n"
    )
    assert read(text).recipe["lines"] == "wrapped"


def test_wrapped_chinese_is_joined_without_a_space():
    line = "委员会在每月的第一个星期一开会从成立以来一直如此并逐一审查收到的申请没有例外"
    text = f"{line}\n{line}\n{line}\n然后结束。\n"
    content = read(text)
    assert content.recipe["lines"] == "wrapped"
    assert content.units[0].text == line * 3 + "然后结束。"
    assert replacing(text, "然后结束", "完了") == text.replace("然后结束", "完了")


def test_the_line_mode_may_be_chosen():
    assert len(texts(WRAPPED, lines="breaks")) == 7
    assert len(texts(POEM + POEM, lines="wrapped")) < 10
    assert read(WRAPPED, lines="breaks").notes == ()


def test_a_heading_and_list_items_stay_apart_in_wrapped_text():
    text = WRAPPED.replace("Nobody", "- Nobody").replace("closed his", "  closed his")
    text = "CHAPTER ONE\n" + text + "\n- one item\n- another item\n"
    found = texts(text, lines="wrapped")
    assert found[0] == "CHAPTER ONE"
    assert found[-2:] == ["- one item", "- another item"]
    assert found[2].endswith(
        "closed his folder and looked round the table, as if he were counting his friends."
    )


def test_the_recipe_reads_the_same_again():
    content = read(POEM, lines="wrapped")
    assert READER.read(POEM.encode(), content.recipe).units == content.units


def test_an_edit_changes_its_place_alone():
    text = "\ufeff One.  Two. \r\n\r\nThree.\u2028 Four.\r"
    assert replacing(text, "Two.", "Zwei.") == text.replace("Two.", "Zwei.")
    assert replacing(text, "Four.", "") == text.replace("Four.", "")


def test_an_edit_keeps_the_line_breaks_before_and_behind_it():
    old = "Most of them were refused. The secretary read them out one after the other"
    new = "Most of them were accepted. The secretary read them out one after the other"
    assert replacing(WRAPPED, old, new) == WRAPPED.replace("refused", "accepted")


def test_an_edit_across_a_line_break_joins_the_lines():
    assert replacing(WRAPPED, "had done since its", "always did since the") == WRAPPED.replace(
        "had done\nsince its", "always did since the"
    )


def test_several_edits_in_one_unit():
    text = "One. Two. Three."
    edits = [Replacement(0, 0, 4, "One.", "1."), Replacement(0, 10, 16, "Three.", "3!")]
    assert write(text, *edits) == "1. Two. 3!"


def test_line_breaks_in_new_text_become_spaces():
    assert replacing("One.\nTwo.", "Two.", "Zwei\r\ndrei.") == "One.\nZwei drei."


@pytest.mark.parametrize(
    "edit",
    [
        Replacement(0, 0, 4, "Uno.", "Eins."),
        Replacement(7, 0, 4, "One.", "Eins."),
        Replacement(0, 0, 4, "One.", "Eins\U000f0001."),
        Insertion(3, 0, "Neu.", paragraph=False),
    ],
)
def test_edits_of_another_text_are_refused(edit):
    with pytest.raises(ExportError):
        write("One. Two.", edit)


def test_overlapping_edits_are_refused():
    edits = [Replacement(0, 0, 4, "One.", "A."), Replacement(0, 0, 9, "One. Two.", "B! C")]
    with pytest.raises(ExportError):
        write("One. Two.", *edits)


def test_the_export_is_in_the_encoding_of_the_original():
    data = "Où ?\r\nLà.".encode("utf-16-le")
    recipe = READER.read(data, {}).recipe
    written = WRITER.write(data, recipe, [Replacement(1, 0, 3, "Là.", "Ici.")], [])
    assert written == "Où ?\r\nIci.".encode("utf-16-le")


def test_a_character_outside_the_encoding_is_refused():
    data = "Là.".encode("latin-1")
    recipe = READER.read(data, {"encoding": "latin-1"}).recipe
    with pytest.raises(ExportError, match=r"U\+0416"):
        WRITER.write(data, recipe, [Replacement(0, 0, 3, "Là.", "Ж")], [])


def test_own_private_characters_are_codes_and_come_back():
    text = "a \U000f0041 b.\nc."
    (code,) = read(text).units[0].codes
    assert (code.character, code.data) == ("\U000f0041", "\U000f0041")
    assert replacing(text, "b.", "d\U000f0041.") == "a \U000f0041 d\U000f0041.\nc."


@pytest.mark.parametrize(
    ("text", "insertion", "expected"),
    [
        ("One. Two.\nThree.", Insertion(0, 4, "New.", paragraph=False), "One. New. Two.\nThree."),
        ("One.\nTwo.", Insertion(0, 4, "New.", paragraph=True), "One.\nNew.\nTwo."),
        (
            "One. \r\n\r\nTwo.",
            Insertion(0, 4, "New.", paragraph=True),
            "One.\r\n\r\nNew. \r\n\r\nTwo.",
        ),
        ("One.\n\nTwo.\n", Insertion(1, 4, "New.", paragraph=True), "One.\n\nTwo.\n\nNew.\n"),
        ("One.\nTwo.", Insertion(-1, 0, "New.", paragraph=True), "New.\nOne.\nTwo."),
        ("\ufeff One.", Insertion(-1, 0, "New.", paragraph=False), "\ufeff New. One."),
        ("一。二。", Insertion(0, 2, "新。", paragraph=False), "一。新。二。"),
        (
            "One.\nTwo.",
            Insertion(1, 0, "New.", paragraph=False, before=True),
            "One.\nNew. Two.",
        ),
        ("一。\n二。", Insertion(1, 0, "新。", paragraph=False, before=True), "一。\n新。二。"),
    ],
)
def test_a_missing_translation_is_written_behind_its_segment(text, insertion, expected):
    assert write(text, insertion) == expected


def test_edits_and_insertions_at_one_place_keep_their_order():
    edits = [
        Insertion(0, 4, "A.", paragraph=False),
        Insertion(0, 4, "B.", paragraph=False),
        Replacement(0, 0, 4, "One.", "Eins!"),
    ]
    assert write("One. Two.", *edits) == "Eins! A. B. Two."


def test_edits_and_insertions_where_two_segments_meet_keep_their_order():
    edits = [
        Replacement(0, 2, 4, "二。", "丁二。"),
        Insertion(0, 2, "丙。", paragraph=False, before=True),
        Insertion(0, 2, "乙。", paragraph=False),
        Replacement(0, 0, 2, "一。", "一。甲"),
    ]
    assert write("一。二。", *edits) == "一。甲乙。丙。丁二。"


DOCUMENTS = st.text(
    st.sampled_from("ab. -\t\n\r\u2028\x85\x0c\u00a0一二é\ufeff\U000f0007\u00ad")
    | st.characters(),
    max_size=60,
).filter(lambda text: text.encode("utf-8", "ignore").decode("utf-8") == text)
MODES = st.sampled_from(["breaks", "wrapped", None])


@given(DOCUMENTS, MODES)
def test_units_are_the_text_of_the_document(text, lines):
    units = read(text, lines=lines).units
    assert "".join("".join(u.text for u in units).split()) == "".join(
        text.removeprefix("\ufeff").split()
    )
    assert all(unit.text.splitlines() == [unit.text] for unit in units if unit.text)


@given(DOCUMENTS, MODES, st.data())
def test_one_edit_changes_one_place(text, lines, data):
    units = read(text, lines=lines).units
    assume(any(unit.text for unit in units))
    number = data.draw(st.integers(0, len(units) - 1))
    unit = units[number]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    was = unit.text[start:end]
    assert write(text, Replacement(number, start, end, was, was, unit.codes), lines=lines) == text
    edited = write(text, Replacement(number, start, end, was, "NEW", unit.codes), lines=lines)
    head = len(text) - len(text.lstrip())
    assert edited[:head] == text[:head]
    if lines == "breaks":
        after = read(edited, lines=lines).units
        assert [u.text for u in after[:number]] == [u.text for u in units[:number]]
        assert after[number].text == (unit.text[:start] + "NEW" + unit.text[end:]).strip()
        assert [u.text for u in after[number + 1 :]] == [u.text for u in units[number + 1 :]]
