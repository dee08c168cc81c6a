"""Word documents: what is read, and what an edit changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reviewer.errors import ExportError, FormatError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.docx import READER, WRITER
from reviewer.model import CodeKind
from tests.formats.office_files import W, archive, field, p, part, parts, r, word
from tests.growth import assert_linear

B = "<w:b/>"
LINK = '<w:hyperlink r:id="rId1">{}</w:hyperlink>'
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def marked(unit):
    """Return a unit's text with its codes in a form that can be read."""
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


def body(data, name="word/document.xml"):
    return part(data, name).partition("<w:body>")[2].removesuffix("</w:body></w:document>")


@pytest.mark.parametrize(
    ("paragraph", "unit"),
    [
        (p(r("One. "), r("Two.")), "One. Two."),
        (p(r("Spl"), "<w:proofErr w:type='spellStart'/>", r("it")), "Split"),
        (p(r("plain "), r("bold", B), r(" c")), "plain <b>bold</b> c"),
        (p(r("all", B), r(" bold", B)), "all bold"),
        (p(r("nearly all of it bold ", B), r("not")), "nearly all of it bold <plain>not</plain>"),
        (p(r("fr", "<w:lang w:val='fr'/>"), r("en", "<w:noProof/>")), "fren"),
        (p(r("a", B), r(" "), r("b", B)), "a b"),
        (p(r("off "), r("x", "<w:b w:val='0'/>")), "off <not b>x</not b>"),
        (p(r("H"), r("2", "<w:vertAlign w:val='subscript'/>"), r("O")), "H<sub>2</sub>O"),
        (p(r("see "), LINK.format(r("this ") + r("link")), r(".")), "see <link>this link</link>."),
        (
            p(r("see "), LINK.format(r("a ", "<w:u w:val='single'/>") + r("bc", B))),
            "see <link><u>a </u>bc</link>",
        ),
        (p(r("a"), "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a[⇥]b[↵]c"),
        (p("<w:r><w:tab/></w:r>", r("b")), "[⇥]b"),
        (p(r("re"), "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"), "rea\u2011b"),
        (p(r("page "), field(" PAGE ", "17"), r(" of it")), "page [17] of it"),
        (p(r("to "), field(' HYPERLINK "http://x" ', "x")), "to <link>x</link>"),
        (p(r("nested "), field(" IF " + field("PAGE", "1"), "2")), "nested [2]"),
        (p('<w:fldSimple w:instr="DATE">' + r("May") + "</w:fldSimple>", r(" a")), "[May] a"),
        (
            p(
                r("kept "),
                f"<w:ins w:id='1'>{r('new')}</w:ins>",
                "<w:del w:id='2'><w:r><w:delText>old</w:delText></w:r></w:del>",
            ),
            "kept <inserted>new</inserted>[del]",
        ),
        (p("<w:bookmarkStart w:id='1'/>", r("a"), "<w:bookmarkEnd w:id='1'/>"), "a"),
        (
            p("<w:commentRangeStart/>", r("a"), "<w:r><w:commentReference w:id='1'/></w:r>"),
            "a",
        ),
        (p(r("a &amp; b &lt; c&#233;\r\nd\u2028e")), "a & b < cé d e"),
        (p("<w:r><w:t><![CDATA[a < b]]> c</w:t></w:r>"), "a < b c"),
        (p(r("own \U000f0001 x"), r("y", B)), "own [U+F0001] x<b>y</b>"),
        (
            p("<w:sdt><w:sdtPr/><w:sdtContent>" + r("name") + "</w:sdtContent></w:sdt>", r("!")),
            "<control>name</control>!",
        ),
        (p(r("see"), "<w:r><w:footnoteReference w:id='2'/></w:r>", r(".")), "see[note]."),
    ],
)
def test_a_paragraph_is_text_with_codes(paragraph, unit):
    assert texts(word(paragraph)) == [unit]


def test_cells_boxes_notes_and_headers_are_units():
    row = f"<w:tr><w:tc>{p(r('Cell A'))}</w:tc><w:tc>{p(r('Cell B'))}{p()}</w:tc></w:tr>"
    data = word(
        p(r("Title"), properties="<w:pStyle w:val='Heading1'/>")
        + f"<w:tbl>{row}</w:tbl>"
        + p(r("Beside "), BOX.format(p(r("the box")))),
        footnotes=f"<w:footnote>{p(r('A note.'))}</w:footnote>",
        header1=p(r("A header")),
        footer1=p(r("– "), field("PAGE", "1"), r(" –")),
        comments=p(r("never read")),
    )
    units = READER.read(data, {}).units
    assert [marked(unit) for unit in units] == [
        *("Title", "Cell A", "Cell B", "Beside [drawing]", "the box"),
        *("A note.", "A header", "– [1] –"),
    ]
    assert [unit.translatable for unit in units] == [*[True] * 7, False]


def test_a_second_version_of_a_box_is_told_once_and_left_alone():
    content = READER.read(word(p(r("Mind "), BOX.format(p(r("the step.")))) * 2), {})
    assert [unit.text for unit in content.units if "step" in unit.text] == ["the step."] * 2
    (note,) = content.notes
    assert "twice" in note
    assert not READER.read(word(p(r("Mind "), BOX.format(p()))), {}).notes


def test_other_prefixes_are_the_same_names():
    run = "<x:p><x:r><x:t>One</x:t></x:r></x:p>"
    document = f'<x:document xmlns:x="{W}"><x:body>{run}</x:body></x:document>'
    some = parts(word(p(r("x"))))
    data = archive({**some, "word/document.xml": document})
    assert texts(data) == ["One"]
    assert "<x:r><x:t>Two</x:t></x:r>" in part(replacing(data, "One", "Two"), "word/document.xml")


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        (p(r("One &amp; two.")), "two", "t<o", p(r("One &amp; t&lt;o."))),
        (p(r("a "), r("old", B), r(" c")), "old", "new", p(r("a "), r("new", B), r(" c"))),
        (p(r("Spl"), "<w:proofErr/>", r("it up")), "Split", "Joined", p(r("Joined up"))),
        (
            p("<w:r><w:t>a b</w:t></w:r>", r("c", B)),
            "a b",
            "a ",
            p('<w:r><w:t xml:space="preserve">a </w:t></w:r>', r("c", B)),
        ),
        (p(r("a"), "<w:r><w:tab/><w:t>z</w:t></w:r>"), "z", "y", None),
        (
            p("<w:bookmarkStart/>", r("one"), "<w:bookmarkEnd/>", r(" two")),
            "one",
            "1",
            p("<w:bookmarkStart/>", r("1"), "<w:bookmarkEnd/>", r(" two")),
        ),
    ],
)
def test_an_edit_of_text_changes_that_text_alone(before, old, new, after):
    data = word(before + p(r("Rest")))
    changed = replacing(data, old, new)
    assert body(changed) == (after or before.replace(old, new)) + p(r("Rest"))
    assert {**parts(changed), "word/document.xml": b""} == {
        **parts(data),
        "word/document.xml": b"",
    }


@pytest.mark.parametrize(
    ("new", "after"),
    [
        ("{0}New{1} text {2}there{3}.", "<b>New</b> text <link>there</link>."),
        ("No codes.", "No codes."),
        (
            "x {2}at the {0}b{3} c{1}",
            "x <link>at the <b>b</b></link><b> c</b>",
        ),
        ("{1}half {0}open", "half <b>open</b>"),
        ("{3}{2}link", "<link>link</link>"),
        ("{0}{1}{2}{3}nothing", "nothing"),
        ("{2}{0}a{0}{2}b{1}{3}{3}", "<link>ab</link>"),
    ],
)
def test_codes_may_be_moved_crossed_and_left_out(new, after):
    data = word(p(r("Start. A "), r("bold", B), r(" and "), LINK.format(r("link")), r("!")))
    unit = READER.read(data, {}).units[0]
    new = new.format(*(code.character for code in unit.codes))
    start = len("Start. ")
    changed = write(
        data, Replacement(0, start, len(unit.text), unit.text[start:], new, unit.codes)
    )
    etree.fromstring(part(changed, "word/document.xml").encode())
    assert texts(changed) == ["Start. " + after]


def test_an_edit_keeps_what_nobody_sees():
    data = word(
        p(
            r("a "),
            "<w:bookmarkStart w:id='7'/>",
            r("b", B),
            "<w:bookmarkEnd w:id='7'/>",
            "<w:commentRangeEnd w:id='8'/>",
            "<w:r><w:commentReference w:id='8'/></w:r>",
            r(" c"),
        )
    )
    unit = READER.read(data, {}).units[0]
    changed = body(write(data, Replacement(0, 0, len(unit.text), unit.text, "new")))
    assert changed == p(
        "<w:bookmarkStart w:id='7'/>",
        '<w:r><w:t xml:space="preserve">new</w:t></w:r>',
        "<w:bookmarkEnd w:id='7'/>",
        "<w:commentRangeEnd w:id='8'/>",
        "<w:r><w:commentReference w:id='8'/></w:r>",
    )


def test_what_must_stay_stays():
    mark = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    data = word(p(mark, r("One"), r(" two", B), note))
    unit = READER.read(data, {}).units[0]
    assert marked(unit) == "[field]One<b> two</b>[note]"
    changed = write(data, Replacement(0, 0, len(unit.text), unit.text, "new"))
    assert body(changed) == p('<w:r><w:t xml:space="preserve">new</w:t></w:r>', mark, note)


def test_a_box_and_its_paragraph_may_both_be_edited():
    data = word(p(r("Beside "), BOX.format(p(r("the box"))), r(" here", B)))
    first, second = READER.read(data, {}).units
    drawing = next(code.character for code in first.codes if code.shown == "drawing")
    new = f"{drawing}Now first"
    changed = write(
        data,
        Replacement(0, 0, len(first.text), first.text, new, first.codes),
        Replacement(1, 0, 7, second.text, "inside"),
    )
    assert texts(changed) == ["[drawing]Now first", "inside"]
    assert "the box" in body(changed)  # what old programs show


@pytest.mark.parametrize(
    ("insertion", "expected"),
    [
        (
            Insertion(0, 4, "New.", paragraph=False),
            ["One. New. Two.", "<b>Three</b> four is more."],
        ),
        (
            Insertion(0, 5, "New.", paragraph=False, before=True),
            ["One. New. Two.", "<b>Three</b> four is more."],
        ),
        (
            Insertion(0, 9, "New.", paragraph=True),
            ["One. Two.", "New.", "<b>Three</b> four is more."],
        ),
        (
            Insertion(-1, 0, "New.", paragraph=True),
            ["New.", "One. Two.", "<b>Three</b> four is more."],
        ),
        (
            Insertion(1, 99, "New.", paragraph=True),
            ["One. Two.", "<b>Three</b> four is more.", "New."],
        ),
        (
            Insertion(1, 0, "New.", paragraph=False, before=True),
            ["One. Two.", "New. <b>Three</b> four is more."],
        ),
    ],
)
def test_a_missing_translation_is_written_behind_its_segment(insertion, expected):
    properties = "<w:jc w:val='both'/><w:sectPr><w:pgSz/></w:sectPr>"
    data = word(p(r("One. Two."), properties=properties) + p(r("Three", B), r(" four is more.")))
    changed = write(data, insertion)
    assert texts(changed) == expected
    assert body(changed).count("w:sectPr>") == 2
    if insertion.paragraph and insertion.unit < 1:
        assert body(changed).count("<w:jc w:val='both'/>") == 2


def test_edits_of_one_paragraph_stand_side_by_side():
    data = word(p(r("One. "), r("Two.", B), r(" Three.")))
    unit = READER.read(data, {}).units[0]
    start = unit.text.index("Two.")
    bold = unit.codes[0].character, unit.codes[1].character
    changed = write(
        data,
        Replacement(0, 0, 4, "One.", "1."),
        Replacement(0, start - 1, start + 5, unit.text[start - 1 : start + 5], "2.", unit.codes),
        Insertion(0, start + 5, "2b.", paragraph=False),
        Replacement(0, len(unit.text) - 6, len(unit.text), "Three.", f"{bold[0]}3.{bold[1]}"),
    )
    assert texts(changed) == ["1. 2. 2b. <b>3.</b>"]


@pytest.mark.parametrize(
    "edit",
    [
        Replacement(0, 0, 4, "Uno.", "Eins."),
        Replacement(7, 0, 4, "One.", "Eins."),
        Replacement(0, 0, 4, "One.", "Eins\U000f0001."),
        Insertion(3, 0, "Neu.", paragraph=False),
    ],
)
def test_edits_of_another_document_are_refused(edit):
    with pytest.raises(ExportError):
        write(word(p(r("One. Two."))), edit)


def test_overlapping_edits_are_refused():
    edits = [Replacement(0, 0, 4, "One.", "A."), Replacement(0, 0, 9, "One. Two.", "B! C")]
    with pytest.raises(ExportError):
        write(word(p(r("One. Two."))), *edits)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"word/x.xml": "<x/>"}), "no Word document"),
        (word("<w:p>"), "damaged at line"),
        (archive({**parts(word(p(r("x")))), "word/document.xml": "text"}), "damaged at line"),
    ],
)
def test_what_is_no_word_document_is_told(data, words):
    with pytest.raises(FormatError, match=words):
        READER.read(data, {})


LETTERS = st.text(st.sampled_from("ab &<.é一\u2028\U000f0002"), min_size=1, max_size=6)
LOOKS = st.sampled_from(["", "", B, "<w:i/>", "<w:lang w:val='fr'/>"])


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


RUNS = st.builds(lambda text, look: r(escaped(text), look), LETTERS, LOOKS)
SMALL = st.sampled_from(
    [
        "<w:r><w:tab/></w:r>",
        "<w:bookmarkStart/>",
        "<w:bookmarkEnd/>",
        "<w:proofErr/>",
        "<w:r><w:t>a</w:t><w:tab/><w:softHyphen/><w:t>b</w:t></w:r>",
        field("PAGE", "1"),
        BOX.format(p(r("box"))),
        "<w:r/>",
    ]
)
FLAT = st.lists(RUNS | SMALL, max_size=4).map("".join)
WRAPPED = st.lists(
    FLAT | FLAT.map(LINK.format) | FLAT.map("<w:ins>{}</w:ins>".format), max_size=3
).map("".join)
CONTENTS = st.lists(WRAPPED | WRAPPED.map(LINK.format), max_size=3).map("".join)


@settings(deadline=None)
@given(CONTENTS, st.data())
def test_any_edit_leaves_a_sound_document(contents, data):
    before, behind = p(r("Before.")), p(r("Behind."))
    document = word(before + p(r("x"), contents) + behind)
    units = READER.read(document, {}).units
    unit = units[1]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    characters = [code.character for code in unit.codes]
    new = "".join(data.draw(st.lists(st.sampled_from([*"ab &<", *characters]), max_size=8)))
    was = unit.text[start:end]
    same = Replacement(1, start, end, was, was, unit.codes)
    assert write(document, same) == document
    changed = write(document, Replacement(1, start, end, was, new, unit.codes))
    etree.fromstring(part(changed, "word/document.xml").encode())
    assert body(changed).startswith(before)
    assert body(changed).endswith(behind)
    again = READER.read(changed, {}).units
    codes = {code.character for code in unit.codes if not code.shown.startswith("U+")}
    expected = unit.text[:start] + new + unit.text[end:]
    plain = "".join(c for c in expected if c not in codes)
    if plain.strip() and "box" not in {u.text for u in again[1:2]}:
        found = {code.character for code in again[1].codes if not code.shown.startswith("U+")}
        assert "".join(c for c in again[1].text if c not in found) == plain
    for anchor in ("<w:bookmarkStart/>", "<w:bookmarkEnd/>"):
        assert body(changed).count(anchor) == body(document).count(anchor)


def test_a_tag_that_strips_its_space_is_written_anew():
    document = word("<w:p><w:r><w:t xml:space='default'>Old rope.</w:t></w:r></w:p>")
    changed = replacing(document, "Old", " New")
    assert '<w:t xml:space="preserve"> New' in body(changed)
    assert READER.read(changed, {}).units[0].text == " New rope."
    etree.fromstring(part(changed, "word/document.xml").encode())


@pytest.mark.parametrize("depth", [200, 1_000])
def test_what_is_nested_deeply_is_read_or_told(depth):
    data = word(p(r("x"), "<w:ins>" * depth + r("y") + "</w:ins>" * depth))
    if depth > 256:
        with pytest.raises(FormatError, match="deep"):
            READER.read(data, {})
    else:
        assert "y" in READER.read(data, {}).units[0].text


@pytest.mark.parametrize(
    "piece",
    [
        r("a"),
        r("a", B) + r("b"),
        "<w:r><w:tab/></w:r>" + r("a"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:bookmarkStart/>",
        LINK.format(r("a")),
    ],
)
def test_time_is_linear(piece):
    assert_linear(
        lambda data: READER.read(data, {}),
        lambda count: word(p(r("x"), piece * count)),
        6_000,
    )
