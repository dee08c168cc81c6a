"""Web pages: what is read, and what an edit changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import EncodingError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.html import READER, WRITER
from tests.growth import assert_linear

PAGE = """\
<!DOCTYPE html>
<html lang=en><head><title>T &amp; x</title><meta charset=utf-8>
<meta name="description" content="About 'it'"><style>p { color: red }</style></head>
<body><p class=a>This is <b>bold</b> and <a href="x?a=1&b=2">a link</a>.<br>Second   line
<p>Unclosed <!-- c --><script>if(a<b){}</script><img alt="Alt text" src=x>
<ul><li>One<li>Two <code>x</code> here</ul>
<pre>a  b
c</pre></body></html>
"""


def read(text, **options):
    return READER.read(text.encode("utf-8"), options)


def marked(unit):
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


def test_blocks_and_attributes_are_units():
    assert texts(PAGE) == [
        "T & x",
        "About 'it'",
        'This is {<b>}bold{</b>} and {<a href="x?a=1&b=2">}a link{</a>}.{<br>}Second line',
        "Unclosed",
        "Alt text",
        "One",
        "Two {<code>}x{</code>} here",
        "a  b",
        "c",
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("plain text", ["plain text"]),
        ("<p><b>All bold</b></p>", ["All bold"]),
        ("<p><a id=x></a><img src=y> T <b>b</b><br></p>", ["T {<b>}b{</b>}"]),
        ("<p>a <i>b <b>c</i> d</b>", ["a {<i>}b {<b>}c{</i>} d{</b>}"]),
        ("<p>a <i>b", ["a {<i>}b"]),
        (
            "<p>&eacute;&#233;&#xE9; &nbsp;x &foo; &notit; &#0; A&B",
            ["ééé \u00a0x &foo; {&notit;} {&#0;} A&B"],
        ),
        ("<p>1 < 2 <3 <4", ["1 < 2 <3 <4"]),
        ("<p title='a > b'>x <a title=it's>y</a> z", ["a > b", "x {<a title=it's>}y{</a>} z"]),
        ("<P>Upper <B>case</B></P><SCRIPT>x</script >y", ["Upper {<B>}case{</B>}", "y"]),
        (
            "<p>a<p translate=no>b</p><p>c <span translate='no'>d <b>e</b></span> f",
            ["a", "c {<span translate='no'>d <b>e</b></span>} f"],
        ),
        ("<p translate=no>never closed<p>b", ["never closed", "b"]),
        ("<table><tr><td>a<td>b <p>c</table>", ["a", "b", "c"]),
        ("<p>a<!-- b -->c<!-- d", ["a{<!-- b -->}c"]),
        ("<p>a<script>b", ["a"]),
        ("<p>a<b title='x'", ["a"]),
        ("<input type=submit value='Send'><input value='no'><img alt=\"\">", ["Send"]),
        ("<p>own \U000f0001 x", ["own {\U000f0001} x"]),
        ("<template><p>a</template><svg><text>b</text></svg>c", ["c"]),
        ("<p>—</p>", ["—"]),
    ],
)
def test_what_is_read(text, units):
    assert texts(text) == units


def test_units_know_their_line():
    assert [unit.location for unit in read("<p>a\n<p>b\n\n<p>c <i>\nd").units] == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("Second line", "2 < 3 & 4", "Second   line", "2 &lt; 3 &amp; 4"),
        ("line", "row", "Second   line", "Second   row"),
        ("This is", "Here’s", "This is", "Here’s"),
        ("About 'it'", '“"It\'s"”', "About 'it'", "“&quot;It's&quot;”"),
        ("Alt", "The", "Alt text", "The text"),
        ("Two", "2", "Two <code>", "2 <code>"),
        ("T & x", "U & x", "T &amp; x", "U &amp; x"),
    ],
)
def test_an_edit_changes_its_place_alone(old, new, was, now):
    assert replacing(PAGE, old, new) == PAGE.replace(was, now)


def test_codes_may_be_moved_and_left_out():
    text = "<p>An <b>old</b> <a href=x>house</a>."
    unit = read(text).units[0]
    bold, end, link, close = (code.character for code in unit.codes)
    new = f"A {link}house{close} that is {bold}<new>{end}."
    whole = Replacement(0, 0, len(unit.text), unit.text, new, unit.codes)
    assert write(text, whole) == "<p>A <a href=x>house</a> that is <b>&lt;new&gt;</b>."


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{0}a{2}b{1}c{3}", "<b>a<i>b</i></b><i>c</i>"),
        ("{2}{0}a{3}b{1}", "<i><b>a</b></i><b>b</b>"),
        ("{0}a", "a"),
        ("a{1}b", "ab"),
        ("{0}a{0}b{1}{1}", "<b>ab</b>"),
        ("{2}x{3}y{0}z", "<i>x</i>yz"),
    ],
)
def test_codes_of_an_edit_never_cross(new, expected):
    text = "<p>Start. An <b>old</b> <i>house</i> stands."
    unit = read(text).units[0]
    end = len(unit.text) - len(" stands.")
    new = new.format(*(code.character for code in unit.codes))
    edit = Replacement(0, 7, end, unit.text[7:end], new, unit.codes)
    assert write(text, edit) == f"<p>Start. {expected} stands."


@pytest.mark.parametrize(
    ("text", "insertion", "expected"),
    [
        (
            "<p>One.</p><p>Two.",
            Insertion(0, 4, "New.", paragraph=True),
            "<p>One.</p>\n<p>New.</p><p>Two.",
        ),
        ("<li>a\n<li>b", Insertion(0, 1, "<", paragraph=True), "<li>a\n\n<li>&lt;</li><li>b"),
        ("<h1>a</h1>", Insertion(-1, 0, "New.", paragraph=True), "<p>New.</p>\n<h1>a</h1>"),
        ("<td>a</td>", Insertion(0, 1, "b", paragraph=True), "<td>a b</td>"),
        ("<p>One. <b>Two.</b>", Insertion(0, 4, "X.", paragraph=False), "<p>One. X. <b>Two.</b>"),
    ],
)
def test_a_missing_translation_is_written_behind_its_segment(text, insertion, expected):
    assert write(text, insertion) == expected


def test_the_page_names_its_encoding():
    data = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>Où</p>'
    content = READER.read(data.encode("latin-1"), {})
    assert content.recipe["encoding"] == "windows-1252"
    assert content.units[0].text == "Où"
    edit = Replacement(0, 0, 2, "Où", "Où → là")
    written = WRITER.write(data.encode("latin-1"), content.recipe, [edit], [])
    assert written == data.replace("Où", "Où &#8594; là").encode("latin-1")


@pytest.mark.parametrize("declared", ["klingon", "utf-8"])
def test_an_encoding_that_does_not_fit_is_asked_for(declared):
    data = f"<meta charset={declared}><p>Où ça ?".encode("latin-1")
    with pytest.raises(EncodingError):
        READER.read(data, {})
    assert READER.read(data, {"encoding": "latin-1"}).units[0].text == "Où ça ?"


TAGS = """
<p> </p> <b> </b> <br> <a|title="x"> </a> <!-- --> <script> </script> <td> <pre> </pre> <svg>
</svg> <! </ <i|translate=no> </i> <img|alt='a'> < > " ' & &amp; &#0; &eacute a b 一
"""
PIECES = st.lists(
    st.sampled_from(
        [*TAGS.replace("|", "\0").split(), " ", "\n", "\r\n", "\x0c", "\u2028", "\U000f0003"]
    ).map(lambda piece: piece.replace("\0", " ")),
    max_size=30,
).map("".join)


@given(PIECES, st.data())
def test_one_edit_changes_one_place(text, data):
    units = read(text).units
    for number, unit in enumerate(units):
        same = Replacement(number, 0, len(unit.text), unit.text, unit.text, unit.codes)
        assert write(text, same) == text
        assert unit.text.splitlines() == [unit.text]
    if not units:
        return
    number = data.draw(st.integers(0, len(units) - 1))
    unit = units[number]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    edited = write(text, Replacement(number, start, end, unit.text[start:end], "NEW", unit.codes))
    if any(code.character in unit.text[start:end] for code in unit.codes):
        # Tags that go take their attributes along, and what crosses is nested well.
        assert "NEW" in edited
        return
    gone = len(text) + 3 - len(edited)
    place = edited.find("NEW")
    while place >= 0 and edited[:place] + text[place : place + gone] + edited[place + 3 :] != text:
        place = edited.find("NEW", place + 1)
    assert place >= 0
    # Behind what only looks like the start of a tag new text may complete it.
    if edited[place - 1 : place] not in {"<", "!", "/"}:
        assert len(read(edited).units) == len(units)


@pytest.mark.parametrize("run", ["9", "a=", "a='", "a=b' ", '"', "'", "= ", "a = ' "])
def test_a_long_tag_takes_linear_time(run):
    assert_linear(read, lambda count: f"<p>x <a href=y {run * count}> z</p>", 40_000)


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("<a title = 'At  sea' b>", "At sea"),
        ("<a hidden title='At sea'>", "At sea"),
        ("<a a=1 TITLE=\"At 'sea'\" title='no'>", "At 'sea'"),
        ("<a title=At>", None),
        ("<a title>", None),
        ("<a x title=''>", None),
    ],
)
def test_attributes_are_read(tag, title):
    found = [unit.text for unit in read(f"<p>x {tag}y</a>").units[1:]]
    assert found == ([title] if title else [])


@pytest.mark.parametrize(
    "piece",
    [
        *("<div>", "<p>a", "<a ", '<a "', "<a b=' ", "<!--", "<svg>", "<svg ", "<b>", "</b>", "&"),
        *("<script>", "<b translate=no>", "<p title='a'>", "<", "<!", "<pre>a\n", "<i>a</i>"),
        "<script></script>",
    ],
)
def test_time_is_linear(piece):
    assert_linear(read, lambda count: "<p>x <svg></svg>" + piece * count, 8_000)
