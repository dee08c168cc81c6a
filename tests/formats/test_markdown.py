"""Markdown: units, codes, edits."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.halves import other_halves
from reviewer.formats.markdown import READER, WRITER
from reviewer.model import CodeKind
from tests.growth import assert_linear


def read(text):
    return READER.read(text.encode("utf-8"), {})


def marked(unit):
    """Return a unit's text with the markup of its codes in braces."""
    text = unit.text
    for code in unit.codes:
        text = text.replace(code.character, f"{{{code.data}}}")
    return text


def texts(text):
    return [marked(unit) for unit in read(text).units]


def write(text, *edits):
    replacements = [edit for edit in edits if isinstance(edit, Replacement)]
    insertions = [edit for edit in edits if isinstance(edit, Insertion)]
    data = text.encode("utf-8")
    return WRITER.write(data, read(text).recipe, replacements, insertions).decode("utf-8")


def replacing(text, old, new):
    for number, unit in enumerate(read(text).units):
        start = unit.text.find(old)
        if start >= 0:
            return write(text, Replacement(number, start, start + len(old), old, new, unit.codes))
    raise AssertionError(old)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("# Title #\n\nA\nparagraph.\n", ["Title", "A paragraph."]),
        ("Title\n===\n\nSub title\n---\n", ["Title", "Sub title"]),
        ("---\ntitle: x\n---\n\nText.\n", ["Text."]),
        ("\ufeff+++\nx = 1\n+++\nText.\n", ["Text."]),
        ("---\n\nNot front matter\n", ["Not front matter"]),
        ("- one\n- two\n  more\n\n  second\n1. three\n", ["one", "two more", "second", "three"]),
        ("> quoted\n> text\nlazy\n", ["quoted text lazy"]),
        ("> - deep\n>   text\n", ["deep text"]),
        ("```py\nx = 1\n```\n\n    code\n\nText.\n", ["Text."]),
        ("<div>\nraw\n</div>\n\n<!-- note -->\n\nText.\n", ["Text."]),
        ("[ref]: http://x 'title'\n\nText.\n", ["Text."]),
        ("| a | b |\n|---|:-:|\n| 1 \\| 2 |  |\n x | y\n", ["a", "b", "1 {\\}| 2", "x", "y"]),
        ("> | a |\n> |---|\n> | b |\n", ["a", "b"]),
        ("One.\r\rTwo\r\nthree.\n", ["One.", "Two three."]),
        ("a\u2028b \x0c c\n", ["a b   c"]),
        ("***\n\n", []),
    ],
)
def test_blocks_are_units(text, units):
    assert texts(text) == units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** ***d***", "a {*}b{*} {**}c{**} {***}d{***}"),
        ("***a** b* _c_ ~~d~~", "{*}{**}a{**} b{*} {_}c{_} {~~}d{~~}"),
        ("2 * 3 * 4 and snake_case_word", "2 * 3 * 4 and snake_case_word"),
        ("*open and **wrong* nest**", "{*}open and {*}{*}wrong{*} nest{*}{*}"),
        ("`a*b` ``c`d`` `e", "{`a*b`} {``c`d``} `e"),
        (
            '[a *b*](http://x "t") and [c][ref] [d]',
            '{[}a {*}b{*}{](http://x "t")} and {[}c{][ref]} [d]',
        ),
        ("![alt](a_b_c.png) text", "{![}alt{](a_b_c.png)} text"),
        ("[![i](a)](b)", "{[}{![}i{](a)}{](b)}"),
        ("<http://a_b_c> <me@x.org> x < y", "{<http://a_b_c>} {<me@x.org>} x < y"),
        ("<b>a</b><br> <i>b <!-- c *d* -->", "{<b>}a{</b>}{<br>} {<i>}b {<!-- c *d* -->}"),
        ("\\*a\\* &amp; &nbsp; &foo; A&B", "{\\}*a{\\}* {&amp;} {&nbsp;} &foo; A&B"),
        ("note[^1] and\n\n[^1]: text", "note{[^1]} and"),
        ("- [x] done", "{[x]} done"),
        ("a  \nb\\\nc", "a{  } b{\\} c"),
        ("own \U000f0001 *x*", "own {\U000f0001} {*}x{*}"),
    ],
)
def test_markup_inside_a_paragraph_is_codes(text, expected):
    assert texts(text)[0] == expected


def test_the_halves_of_a_pair_share_an_id():
    codes = read("`a` **b** <br> [c](d)").units[0].codes
    kinds = [(code.id, code.kind) for code in codes]
    assert kinds == [
        ("1", CodeKind.PLACEHOLDER),
        ("2", CodeKind.OPEN),
        ("2", CodeKind.CLOSE),
        ("3", CodeKind.PLACEHOLDER),
        ("4", CodeKind.OPEN),
        ("4", CodeKind.CLOSE),
    ]
    assert len({code.character for code in codes}) == len(codes)
    assert codes[0].shown == "a"


def test_codes_never_take_the_place_of_own_characters():
    unit = read("\U000f0000 *a* \U000f0001").units[0]
    assert len({code.character for code in unit.codes}) == 4


def test_what_is_markup_alone_is_not_translated():
    units = read("![](a.png)\n\n`x`\n\n—\n").units
    assert [unit.translatable for unit in units] == [False, False, True]


def test_units_know_their_line():
    assert [unit.location for unit in read("# A\n\nb\n\n- c\n").units] == ["1", "3", "5"]


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("# Old title #\r\n\r\ntext\r\n", "Old", "New", "# New title #\r\n\r\ntext\r\n"),
        ("- a\n- old *text*\n", "old", "new", "- a\n- new *text*\n"),
        ("> one\n> two  \n> three\n", "three", "3", "> one\n> two  \n> 3\n"),
        ("> one\n> two\n", "one two", "both", "> both\n"),
        ("| a | old |\n|--|--|\n", "old", "x | y", "| a | x \\| y |\n|--|--|\n"),
        ("2 birds", "2 birds", "2. birds", "2\\. birds"),
        ("Text", "Text", "# Text", "\\# Text"),
        ("Text", "Text", "- Text", "\\- Text"),
        ("A text - here", "A text", "The text", "The text - here"),
    ],
)
def test_an_edit_changes_its_place_alone(text, old, new, expected):
    assert replacing(text, old, new) == expected


def test_codes_may_be_moved_and_left_out():
    text = "An *old* [house](http://x)."
    unit = read(text).units[0]
    star, end, link, close = (code.character for code in unit.codes)
    new = f"A {link}house{close} that is {star}new{end}."
    whole = Replacement(0, 0, len(unit.text), unit.text, new, unit.codes)
    assert write(text, whole) == "A [house](http://x) that is *new*."
    bare = Replacement(0, 0, len(unit.text), unit.text, "A house.", unit.codes)
    assert write(text, bare) == "A house."


@pytest.mark.parametrize(
    ("text", "insertion", "expected"),
    [
        (
            "One.\nTwo.\n\nThree.\n",
            Insertion(0, 9, "New.", paragraph=True),
            "One.\nTwo.\n\nNew.\n\nThree.\n",
        ),
        ("- a\n- b\n", Insertion(0, 1, "new", paragraph=True), "- a\n- new\n- b\n"),
        ("> One.\n", Insertion(0, 4, "New.", paragraph=True), "> One.\n>\n> New.\n"),
        (
            "# T\r\n\r\nx\r\n",
            Insertion(0, 1, "New.", paragraph=True),
            "# T\r\n\r\nNew.\r\n\r\nx\r\n",
        ),
        ("T\n===\n", Insertion(0, 1, "New.", paragraph=True), "T\n===\n\nNew.\n"),
        (
            "| a |\n|--|\n| b |\n",
            Insertion(1, 1, "n|w", paragraph=True),
            "| a |\n|--|\n| b n\\|w |\n",
        ),
        ("# T\n", Insertion(-1, 0, "- New.", paragraph=True), "\\- New.\n\n# T\n"),
        ("One. *Two.*\n", Insertion(0, 4, "New.", paragraph=False), "One. New. *Two.*\n"),
        (
            "# T\n\n*One.* Two.\n",
            Insertion(1, 0, "- New.", paragraph=False, before=True),
            "# T\n\n\\- New. *One.* Two.\n",
        ),
        (
            "> a\n> b. c.\n",
            Insertion(0, 5, "New.", paragraph=False, before=True),
            "> a\n> b. New. c.\n",
        ),
        (
            "| a |\n|--|\n| b |\n",
            Insertion(1, 0, "n|w", paragraph=False, before=True),
            "| a |\n|--|\n| n\\|w b |\n",
        ),
    ],
)
def test_a_missing_translation_is_written_behind_its_segment(text, insertion, expected):
    assert write(text, insertion) == expected


MARKS = "* _ ` ``` ~~~ # > - + 1. | --- === [ ] ( ) ! <b> </b> < &amp; \\ [x](y) <!-- --> \\|"
DOCUMENTS = st.lists(
    st.sampled_from(
        (
            *MARKS.split(" "),
            " ",
            "  ",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "a",
            "b c",
            "一",
            "\u2028",
            "\x0c",
            "\ufeff",
            "\U000f0003",
            "    ",
        )
    ),
    max_size=30,
).map("".join)


@given(DOCUMENTS, st.data())
def test_one_edit_changes_one_place(text, data):
    units = read(text).units
    assume(units)
    number = data.draw(st.integers(0, len(units) - 1))
    unit = units[number]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    was = unit.text[start:end]
    # A half that goes takes the other one along, which may stand elsewhere.
    halves = other_halves(unit.codes)
    assume(all(halves.get(character, character) in was for character in was))
    assert write(text, Replacement(number, 0, len(unit.text), unit.text, unit.text)) == text
    edited = write(text, Replacement(number, start, end, was, "NEW"))
    gone = len(text) + 3 - len(edited)
    place = edited.find("NEW")
    while place >= 0 and edited[:place] + text[place : place + gone] + edited[place + 3 :] != text:
        place = edited.find("NEW", place + 1)
    assert place >= 0
    assert all(u.text.splitlines() == [u.text] for u in units)


HOSTILE = (
    "> ",
    "- ",
    "*a ",
    "_a*b ",
    "[",
    "](",
    "![",
    "`",
    "<a ",
    "<!--",
    "&",
    "\\",
    "| ",
    "a|b\n",
    "**a ",
    "[a](b ",
    "[a]: b\n",
    "(",
    '"a ',
    "# ",
    "1. ",
    "\t",
    "~~~\n",
    "a*b_c ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece):
    assert_linear(
        lambda data: READER.read(data, {}),
        lambda length: (piece * (length // len(piece))).encode(),
        20_000,
    )
