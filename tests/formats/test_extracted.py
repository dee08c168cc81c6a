"""Rich Text and PDF: the text that is read, given back as plain text."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from reviewer.errors import FormatError
from reviewer.formats import pdf, read_bytes, rtf, suffixes_of
from reviewer.formats.base import Insertion, Replacement
from tests.growth import assert_linear

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"


def rtf_texts(body):
    return [unit.text for unit in rtf.READER.read((HEAD + body + "}").encode("latin-1"), {}).units]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (r"\pard One {\b bold} two.\par Three.\par", ["One bold two.", "Three."]),
        ("a\r\nb", ["ab"]),
        (r"caf\'e9 \u233?t\u233\'e9 \u-10179?\u-8704? x", ["café été 😀 x"]),
        (r"{\uc2\u8212--x}\u8212-y", ["—x—y"]),
        (r"\f1\'cf\'f0\'e8\'e2\'e5\'f2\f0  \'e9", ["Привет é"]),
        (r"\emdash\ldblquote a\rdblquote\~b\_c\-d\{e\}\\", ["—“a”\u00a0b\u2011cd{e}\\"]),
        (r"a{\*\generator x;}{\info{\title t}}{\pict\bin5 }}}}}x}b", ["ab"]),
        (r"a{\footnote{\super 1} The note.\par} b\par c", ["a b", "c", "1 The note."]),
        (r'{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt{the link}}}', ["the link"]),
        (r"\trowd one\cell two\cell\row\pard after", ["one", "two", "after"]),
        (r"shown{\v hidden}{\deleted gone} again", ["shown again"]),
        (r"{\header h\par}{\footer f\par}x", ["x"]),
        (r"a}b", ["a"]),
        (r"{{{{a", ["a"]),
        ("a\\", ["a}"]),
    ],
)
def test_the_text_of_rich_text(body, texts):
    assert rtf_texts(body) == texts


def test_rich_text_is_given_back_as_text_with_a_note():
    data = (HEAD + r"One.\par Two.}").encode("ascii")
    content = rtf.READER.read(data, {})
    assert "plain text" in content.notes[0]
    edits = [Replacement(0, 0, 4, "One.", "Été.")], [Insertion(1, 4, "New.", paragraph=True)]
    written = rtf.WRITER.write(data, content.recipe, *edits)
    assert written.decode("utf-8") == "Été.\nTwo.\nNew."
    assert suffixes_of("a.rtf", "rtf") == (".txt",)


def test_what_is_no_rich_text_is_told():
    with pytest.raises(FormatError, match="no Rich Text"):
        rtf.READER.read(b"{\\html}", {})


PIECES = st.lists(
    st.sampled_from(
        [
            *(r"\par ", r"\u8212?", r"\u-1", r"\uc0 ", r"\'e9", r"\'", "{", "}", r"\f1 ", r"\*"),
            *(r"\fonttbl", r"\bin3 ", r"\bin99999", r"\footnote ", r"\fcharset128 ", "a b", "\n"),
            *(r"\ansicpg9999 ", r"\ansicpg65001 ", r"\v ", r"\v0 ", r"\~", "\\", "\0", "é"),
        ]
    ),
    max_size=30,
).map("".join)


def test_blanks_alone_are_no_text_that_was_found():
    assert rtf_texts(r"\par \par ") == []


@given(PIECES)
def test_any_rich_text_is_read(body):
    for text in rtf_texts(body):
        assert text.splitlines() == [text]


@pytest.mark.parametrize(
    "piece", ["{", "}", r"\u1?", r"\'e9", r"{\footnote a}", r"{\field{", "\\"]
)
def test_time_is_linear(piece):
    assert_linear(rtf_texts, lambda count: piece * count, 16_000)


def pdf_of(*pages, password=None):
    """Return a PDF with these lines of text on its pages."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=400, height=400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 350 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_the_text_of_a_pdf():
    data = pdf_of(["One.", "Two."], ["Three."])
    reader, content = read_bytes("a.pdf", data, {})
    assert (reader.name, [unit.text for unit in content.units]) == (
        "pdf",
        ["One.", "Two.", "Three."],
    )
    assert "plain text" in content.notes[0]
    edit = Replacement(1, 0, 4, "Two.", "Zwei.")
    written = pdf.WRITER.write(data, content.recipe, [edit], [])
    assert written.decode("utf-8") == "One.\nZwei.\n\nThree."


def test_the_wrapped_lines_of_a_pdf_are_joined():
    lines = (
        "The committee met on the first Monday of the month, as it had done",
        "since its foundation, and went through the list of the applications",
        "that had come in. Most of them were refused.",
    )
    content = pdf.READER.read(pdf_of(lines), {})
    assert [unit.text for unit in content.units] == [" ".join(lines)]
    assert len(pdf.READER.read(pdf_of(lines), {"lines": "breaks"}).units) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf_of(["One."], password="x"), "password"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (pdf_of(["One."])[:300], "damaged"),
        (pdf_of([]), "holds no text"),
    ],
)
def test_what_is_no_readable_pdf_is_told(data, words):
    with pytest.raises(FormatError, match=words):
        read_bytes("a.pdf", data, {})


@given(st.integers(0, 600), st.binary(min_size=1, max_size=9))
def test_a_damaged_pdf_is_read_or_told(place, noise):
    data = pdf_of(["One."])
    damaged = data[:place] + noise + data[place + len(noise) :]
    with suppress(FormatError):
        pdf.READER.read(damaged, {})


def test_the_files_of_these_tests_are_real():
    assert PdfReader(io.BytesIO(pdf_of(["One."]))).pages[0].extract_text().strip() == "One."
