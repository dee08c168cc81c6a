"""OpenDocument texts: what is read, and what an edit changes."""

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reviewer.errors import FormatError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.odt import READER, WRITER
from reviewer.formats.zip_guard import open_archive
from reviewer.model import CodeKind
from tests.formats.office_files import archive, odt, part, parts, span, tp

LINK = '<text:a xlink:href="https://example.org">{}</text:a>'
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body>{}</text:note-body></text:note>"
)
MARK = '<text:bookmark-start text:name="m"/>{}<text:bookmark-end text:name="m"/>'


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


def replacing(data, old, new):
    for number, unit in enumerate(READER.read(data, {}).units):
        start = unit.text.find(old)
        if start >= 0:
            edit = Replacement(number, start, start + len(old), old, new, unit.codes)
            return write(data, edit)
    raise AssertionError(old)


def body(data):
    found = part(data, "content.xml").partition("<office:text>")[2]
    return found.partition("</office:text>")[0]


@pytest.mark.parametrize(
    ("contents", "unit"),
    [
        ("One &amp; two.", "One & two."),
        ("a " + span("bold") + " c", "a <b>bold</b> c"),
        ("a " + span("same", "T1") + " c", "a same c"),
        ("a " + span("so", "Strong"), "a <Strong>so</Strong>"),
        ("a " + LINK.format("link " + span("b")), "a <link>link <b>b</b></link>"),
        ("a <text:s/>b<text:s text:c='3'/>c", "a  b[␣3]c"),
        ("a<text:tab/>b<text:line-break/>c", "a[⇥]b[↵]c"),
        ("a\n   b", "a b"),
        (MARK.format("a") + " b", "a b"),
        ('page <text:page-number text:select-page="current">3</text:page-number>', "page [3]"),
        ("a<office:annotation><text:p>no</text:p></office:annotation> b", "a b"),
        ("a<text:change-start text:change-id='1'/>b<text:change-end text:change-id='1'/>", "ab"),
        ("own \U000f0001 x", "own [U+F0001] x"),
    ],
)
def test_a_paragraph_is_text_with_codes(contents, unit):
    assert texts(odt(tp(contents))) == [unit]


def test_headings_cells_notes_boxes_and_headers_are_units():
    cell = "<table:table-cell>{}</table:table-cell>"
    box = f"<draw:frame><draw:text-box>{tp('the box')}</draw:text-box></draw:frame>"
    data = odt(
        "<text:tracked-changes><text:deletion>" + tp("gone") + "</text:deletion>"
        '</text:tracked-changes><text:h text:outline-level="1">Title</text:h>'
        f"<table:table><table:table-row>{cell.format(tp('A'))}{cell.format(tp('B') + tp(''))}"
        "</table:table-row></table:table>"
        + tp("See" + NOTE.format(tp("the note")) + " and " + box)
        + "<text:list><text:list-item>"
        + tp("point")
        + "</text:list-item></text:list>",
        header=tp("A header"),
    )
    assert texts(data) == [
        *("Title", "A", "B", "See[note] and [picture]", "the note", "the box", "point"),
        "A header",
    ]


@pytest.mark.parametrize(
    ("contents", "old", "new", "after"),
    [
        ("One &amp; two.", "two", "t<o", "One &amp; t&lt;o."),
        ("a " + span("old") + " c", "old", "new", "a " + span("new") + " c"),
        ("a " + span("same", "T1") + " c", "a same", "b", None),
        ("ab " + span("same", "T1") + " cd", "b same c", "x", "axd"),
        ("a\n   b c", "c", "d", "a\n   b d"),
        ("one two", "one", "1  and\t", "1 <text:s/>and<text:tab/> two"),
        (MARK.format("one") + " two", "one", "1", MARK.format("1") + " two"),
    ],
)
def test_an_edit_of_text_changes_that_text_alone(contents, old, new, after):
    data = odt(tp(contents) + tp("Rest"))
    changed = replacing(data, old, new)
    if after is not None:
        assert body(changed) == tp(after) + tp("Rest")
    before = marked(READER.read(data, {}).units[0])
    assert texts(changed)[0].replace("[⇥]", "\t") == before.replace(old, new)
    assert {**parts(changed), "content.xml": b""} == {**parts(data), "content.xml": b""}


def test_the_type_of_the_file_stays_its_first_bytes():
    data = odt(tp("One"))
    changed = replacing(data, "One", "Two")
    assert changed[30:80] == data[30:80]
    first = next(iter(open_archive(changed).parts.values()))
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("new", "after"),
    [
        ("{2}the {0}b{3} c{1}", "<link>the <b>b</b></link><b> c</b>"),
        ("No codes.", "No codes."),
        ("{1}half {0}open", "half <b>open</b>"),
        ("{0}{1}{2}{3}nothing", "nothing"),
    ],
)
def test_codes_may_be_moved_crossed_and_left_out(new, after):
    data = odt(tp("Start. A " + span("bold") + " and " + LINK.format("link") + "!"))
    unit = READER.read(data, {}).units[0]
    new = new.format(*(code.character for code in unit.codes))
    changed = write(data, Replacement(0, 7, len(unit.text), unit.text[7:], new, unit.codes))
    etree.fromstring(part(changed, "content.xml").encode())
    assert texts(changed) == ["Start. " + after]


def test_a_note_and_its_paragraph_may_both_be_edited():
    data = odt(tp("See" + NOTE.format(tp("the note")) + " here " + span("b")))
    first, second = READER.read(data, {}).units
    note = first.codes[0].character
    changed = write(
        data,
        Replacement(0, 0, len(first.text), first.text, f"Now{note}", first.codes),
        Replacement(1, 0, 8, second.text, "a note"),
    )
    assert texts(changed) == ["Now[note]", "a note"]


def test_a_missing_translation_is_a_paragraph_of_the_same_style():
    data = odt(tp("One.", "P3") + tp("Two."))
    changed = write(data, Insertion(0, 4, "New.", paragraph=True))
    assert body(changed) == tp("One.", "P3") + tp("New.", "P3") + tp("Two.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"mimetype": "x"}), "no OpenDocument"),
        (archive({"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
        (odt("<text:p>"), "damaged at line"),
    ],
)
def test_what_is_no_opendocument_text_is_told(data, words):
    with pytest.raises(FormatError, match=words):
        READER.read(data, {})


TEXTS = st.text(st.sampled_from("ab .é一\u2028\U000f0002"), min_size=1, max_size=6)
SMALL = st.sampled_from(
    [
        *("<text:s/>", "<text:s text:c='2'/>", "<text:tab/>", "\n ", "&amp;"),
        *('<text:bookmark-start text:name="m"/>', '<text:bookmark-end text:name="m"/>'),
        *(NOTE.format(tp("note")), "<text:span/>"),
    ]
)


@pytest.mark.parametrize("name", ["text:span", "text:note", "text:ruby"])
def test_what_is_nested_deeply_is_read(name):
    nested = f"<{name}>" * 200 + "y" + f"</{name}>" * 200
    assert READER.read(odt(tp(f"x {nested}")), {}).units[0].text.startswith("x")


FLAT = st.lists(TEXTS | SMALL, max_size=4).map("".join)
WRAPPED = st.lists(
    FLAT | FLAT.map(LINK.format) | FLAT.map(lambda text: span(text, "T1")), max_size=3
).map("".join)
CONTENTS = st.lists(WRAPPED | WRAPPED.map(span), max_size=3).map("".join)


@settings(deadline=None)
@given(CONTENTS, st.data())
def test_any_edit_leaves_a_sound_document(contents, data):
    before, behind = tp("Before."), tp("Behind.")
    document = odt(before + tp("x" + contents) + behind)
    unit = READER.read(document, {}).units[1]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    characters = [code.character for code in unit.codes]
    new = "".join(data.draw(st.lists(st.sampled_from([*"ab&<", *characters]), max_size=8)))
    was = unit.text[start:end]
    assert write(document, Replacement(1, start, end, was, was, unit.codes)) == document
    changed = write(document, Replacement(1, start, end, was, new, unit.codes))
    etree.fromstring(part(changed, "content.xml").encode())
    assert body(changed).startswith(before)
    assert body(changed).endswith(behind)
    codes = {code.character for code in unit.codes if not code.shown.startswith("U+")}
    expected = unit.text[:start] + new + unit.text[end:]
    plain = "".join(c for c in expected if c not in codes)
    if plain.strip():
        again = READER.read(changed, {}).units[1]
        found = {code.character for code in again.codes if not code.shown.startswith("U+")}
        assert "".join("".join(c for c in again.text if c not in found).split()) == "".join(
            plain.split()
        )
