"""Presentations: what is read, and what an edit changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reviewer.errors import FormatError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.pptx import READER, WRITER
from reviewer.model import CodeKind
from tests.formats.office_files import ap, ar, archive, part, parts, pptx

B = ' b="1"'
FIELD = '<a:fld id="{1}" type="slidenum"><a:rPr/><a:t>7</a:t></a:fld>'
LINK = '<a:r><a:rPr lang="en-US"><a:hlinkClick r:id="rId9"/></a:rPr><a:t>{}</a:t></a:r>'


def marked(unit):
    text = unit.text
    for code in unit.codes:
        form = {CodeKind.OPEN: "<{}>", CodeKind.CLOSE: "<{}>"}.get(code.kind, "[{}]")
        text = text.replace(code.character, form.format(code.shown))
    return text


def texts(data):
    return [marked(unit) for unit in READER.read(data, {}).units]


def write(data, *edits):
    recipe = READER.read(data, {}).recipe
    replacements = [edit for edit in edits if isinstance(edit, Replacement)]
    insertions = [edit for edit in edits if isinstance(edit, Insertion)]
    return WRITER.write(data, recipe, replacements, insertions)


def body(data, number=1):
    found = part(data, f"ppt/slides/slide{number}.xml").partition("<p:txBody>")[2]
    return found.partition("</p:txBody>")[0]


def test_slides_are_read_in_the_order_of_the_show_with_their_notes():
    cell = "<a:tc><a:txBody>{}</a:txBody></a:tc>"
    table = f"<a:tbl><a:tr>{cell.format(ap(ar('A')))}{cell.format(ap(ar('B')))}</a:tr></a:tbl>"
    data = pptx([ap(ar("First")) + table, ap(ar("Second"))], [ap(ar("A note")), ap(FIELD)])
    assert texts(data) == ["First", "A", "B", "A note", "Second"]
    assert READER.read(data, {}).units[0].location == "ppt/slides/slide2.xml:1"


@pytest.mark.parametrize(
    ("paragraph", "unit"),
    [
        (ap(ar("One "), ar("two", ' dirty="0"')), "One two"),
        (ap(ar("plain "), ar("bold", B), ar(" x")), "plain <b>bold</b> x"),
        (ap(ar("all bold", B)), "all bold"),
        (ap(ar("see the "), LINK.format("link")), "see the <link>link</link>"),
        (ap(ar("a"), "<a:br/>", ar("b"), FIELD), "a[↵]b[7]"),
        (ap(ar("CO"), ar("2", ' baseline="-25000"')), "CO<sub>2</sub>"),
        (ap(ar("a &amp; b&#10;c")), "a & b c"),
    ],
)
def test_a_paragraph_is_text_with_codes(paragraph, unit):
    assert texts(pptx([paragraph])) == [unit]


def test_an_edit_of_text_changes_that_text_alone():
    data = pptx([ap(ar("One "), ar("two", B), ar(" and more")), ap(ar("Rest"))])
    unit = READER.read(data, {}).units[0]
    start = unit.text.index("two")
    changed = write(data, Replacement(0, start, start + 3, "two", "2 < 3", unit.codes))
    slide = "ppt/slides/slide2.xml"
    assert part(changed, slide) == part(data, slide).replace("<a:t>two<", "<a:t>2 &lt; 3<")
    assert {**parts(changed), slide: b""} == {**parts(data), slide: b""}


def test_codes_may_be_moved_and_new_paragraphs_added():
    data = pptx([ap(ar("A "), ar("bold", B), ar(" word here"), properties='<a:pPr lvl="1"/>')])
    unit = READER.read(data, {}).units[0]
    opening, closing = (code.character for code in unit.codes)
    new = f"{opening}A{closing} word"
    changed = write(
        data,
        Replacement(0, 0, len(unit.text), unit.text, new, unit.codes),
        Insertion(0, len(unit.text), "New.", paragraph=True),
    )
    plain, bold = ar("{}"), ar("{}", B)
    assert body(changed) == (
        f'<a:p><a:pPr lvl="1"/>{bold.format("A")}{plain.format(" word")}'
        f'<a:endParaRPr lang="en-US"/></a:p><a:p><a:pPr lvl="1"/>{plain.format("New.")}</a:p>'
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"ppt/x.xml": "<x/>"}), "no presentation"),
        (pptx(["<a:p>"]), "damaged at line"),
    ],
)
def test_what_is_no_presentation_is_told(data, words):
    with pytest.raises(FormatError, match=words):
        READER.read(data, {})


RUNS = st.lists(
    st.builds(
        ar,
        st.text(st.sampled_from("ab .é一\u2028"), max_size=5),
        st.sampled_from(["", B, ' i="1"']),
    )
    | st.sampled_from(["<a:br/>", FIELD, LINK.format("x")]),
    max_size=6,
).map("".join)


@settings(deadline=None)
@given(RUNS, st.data())
def test_any_edit_leaves_a_sound_presentation(runs, data):
    before, behind = ap(ar("Before.")), ap(ar("Behind."))
    document = pptx([before + ap(ar("x"), runs) + behind])
    unit = READER.read(document, {}).units[1]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    characters = [code.character for code in unit.codes]
    new = "".join(data.draw(st.lists(st.sampled_from([*"ab &<", *characters]), max_size=8)))
    was = unit.text[start:end]
    assert write(document, Replacement(1, start, end, was, was, unit.codes)) == document
    changed = write(document, Replacement(1, start, end, was, new, unit.codes))
    etree.fromstring(part(changed, "ppt/slides/slide1.xml").encode())
    assert body(changed).startswith(before)
    assert body(changed).endswith(behind)
    codes = {code.character for code in unit.codes}
    expected = unit.text[:start] + new + unit.text[end:]
    plain = "".join(c for c in expected if c not in codes)
    if plain.strip():
        again = READER.read(changed, {}).units[1]
        found = {code.character for code in again.codes}
        assert "".join(c for c in again.text if c not in found) == plain
