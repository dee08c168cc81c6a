"""Subtitles: what is read, and what an edit changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import FormatError
from reviewer.formats import srt, vtt
from reviewer.formats.base import Insertion, Replacement
from tests.growth import assert_linear

SRT = """\
\ufeff1
00:00:01,000 --> 00:00:04,000
Hello there, my old
friend from <i>far</i> away.

2
00:00:05,000 --> 00:00:06,000 X1:1
{\\an8}<font color="red">- Who?</font>
- Me.
3
00:00:07,000 --> 00:00:08,000
2 < 3 &amp; 4

still shown

4
-1 --> 0

"""
VTT = """\
WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

NOTE
not --> read

intro
00:01.000 --> 00:04.000 line:0
<v Ann>Hello <i.loud>there</i>,
you &amp; I

00:05.000 --> 00:06.000
你好，
世界。
"""
FORMATS = {"srt": (srt, SRT), "vtt": (vtt, VTT)}


def read(format_, text):
    return format_.READER.read(text.encode("utf-8"), {})


def marked(unit):
    text = unit.text
    for code in unit.codes:
        text = text.replace(code.character, f"{{{code.data}}}")
    return text


def texts(format_, text):
    return [marked(unit) for unit in read(format_, text).units]


def write(format_, text, *edits):
    replacements = [edit for edit in edits if isinstance(edit, Replacement)]
    insertions = [edit for edit in edits if isinstance(edit, Insertion)]
    recipe = read(format_, text).recipe
    written = format_.WRITER.write(text.encode("utf-8"), recipe, replacements, insertions)
    return written.decode("utf-8")


def replacing(format_, text, old, new):
    for number, unit in enumerate(read(format_, text).units):
        start = unit.text.find(old)
        if start >= 0:
            edit = Replacement(number, start, start + len(old), old, new, unit.codes)
            return write(format_, text, edit)
    raise AssertionError(old)


def test_the_lines_of_a_cue_are_one_unit():
    assert texts(srt, SRT) == [
        "Hello there, my old friend from {<i>}far{</i>} away.",
        '{<font color="red">}- Who?{</font>} - Me.',
        "2 < 3 &amp; 4",
        "still shown",
    ]
    assert texts(vtt, VTT) == ["Hello {<i.loud>}there{</i>}, you & I", "你好，世界。"]
    assert [unit.location for unit in read(srt, SRT).units] == ["3", "8", "12", "14"]


@pytest.mark.parametrize(
    ("format_", "old", "new", "was", "now"),
    [
        ("srt", "Hello", "Hi", "Hello", "Hi"),
        (
            "srt",
            "there, my old friend from",
            "to you, whom I have known since",
            "there, my old\nfriend from",
            "to you, whom I have\nknown since",
        ),
        ("srt", "old friend", "pal", "old\nfriend", "pal"),
        ("vtt", "you & I", "<all> & --> us", "you &amp; I", "&lt;all> &amp; --&gt; us"),
        ("vtt", "你好，世界。", "大家好，世界。", "你好", "大家好"),
        ("vtt", "好，世", "们大家人", "好，\n世", "们大\n家人"),
    ],
)
def test_an_edit_changes_its_place_and_keeps_the_lines(format_, old, new, was, now):
    module, text = FORMATS[format_]
    assert replacing(module, text, old, new) == text.replace(was, now)


def test_a_missing_translation_goes_into_the_cue():
    text = SRT.replace("\n", "\r\n")
    added = Insertion(3, 11, "New.", paragraph=True)
    assert write(srt, text, added) == text.replace("still shown", "still shown New.")


@pytest.mark.parametrize("data", [b"1\n00:01.000 --> 00:02.000\nHi", b"text"])
def test_what_is_no_webvtt_is_told(data):
    with pytest.raises(FormatError, match="no WebVTT"):
        vtt.READER.read(data, {})


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "1",
                "\n",
                "\n\n",
                "\r\n",
                "\r",
                "00:01.000 --> 00:02.000\n",
                "WEBVTT\n\n",
                "NOTE x",
            ),
            *("<i>", "</i>", "<b", "{\\an8}", "&amp;", "&#0;", "<00:01.000>", "-->", " ", "a b"),
            *("世", "，", "\u2028", "\x0c", "\U000f0002", "- "),
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES, st.sampled_from([srt, vtt]), st.data())
def test_one_edit_changes_one_place(text, format_, data):
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\na\n\n" + text
    units = read(format_, text).units
    for number, unit in enumerate(units):
        same = Replacement(number, 0, len(unit.text), unit.text, unit.text, unit.codes)
        assert write(format_, text, same) == text
        assert unit.text.splitlines() == [unit.text]
    number = data.draw(st.integers(0, len(units) - 1))
    unit = units[number]
    start = data.draw(st.integers(0, len(unit.text)))
    end = data.draw(st.integers(start, len(unit.text)))
    was = unit.text[start:end]
    edited = write(format_, text, Replacement(number, start, end, was, "NEW", unit.codes))
    assert edited.count("-->") == text.count("-->")
    gone = len(text) + 3 - len(edited)
    place = edited.find("NEW")
    while place >= 0 and edited[:place] + text[place : place + gone] + edited[place + 3 :] != text:
        place = edited.find("NEW", place + 1)
    assert place >= 0 or len(unit.text[start:end]) > 1


@pytest.mark.parametrize(
    "piece", ["a\n", "<i>", "<i ", "{\\", "1\n--> \n", "\n\na", "&", "{\\an8}"]
)
@pytest.mark.parametrize("format_", [srt, vtt])
def test_time_is_linear(piece, format_):
    start = "WEBVTT\n\n00:01.000 --> 00:02.000\nx"
    assert_linear(lambda text: read(format_, text), lambda count: start + piece * count, 8_000)
