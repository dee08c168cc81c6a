"""Bytes to text and back, without a silent guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import EncodingError, ExportError
from reviewer.formats.encoding import ENCODINGS, candidates, decode, encode


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Héllo.".encode(), "utf-8"),
        (b"", "utf-8"),
        ("\ufeffHéllo.".encode(), "utf-8"),
        ("\ufeffHello.".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffHello.".encode("utf-16-be"), "utf-16-be"),
        ("\ufeffHello.".encode("utf-32-le"), "utf-32-le"),
        ("Hello.\n".encode("utf-16-be"), "utf-16-be"),
        ("Hello.\n".encode("utf-16-le"), "utf-16-le"),
        ("你好，世界。\n我来了 ok。\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_what_marks_itself_is_read(data, encoding):
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert decoded.text.encode(encoding) == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Où êtes-vous ? Ça va très bien, merci à l’été.", "windows-1252"),
        ("Привет, это обычный русский текст.", "windows-1251"),
        ("Привет, это обычный русский текст.", "koi8-r"),
        ("こんにちは、世界。これは日本語のテキストです。", "shift_jis"),
        ("안녕하세요. 이것은 한국어 텍스트입니다.", "euc_kr"),
        ("你好，世界。这是一个中文文本，没有别的。", "gb18030"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", "windows-1250"),
    ],
)
def test_other_encodings_are_asked_for_by_name(text, encoding):
    data = text.encode(encoding)
    with pytest.raises(EncodingError, match="Choose its encoding") as caught:
        decode(data)
    assert encoding in candidates(data)
    assert candidates(data)[0] in str(caught.value)
    assert decode(data, encoding).text == text


def test_two_encodings_in_one_file_name_the_line():
    data = "Café à la crème.\n".encode() + "Café à la crème.\n".encode("latin-1")
    with pytest.raises(EncodingError, match="Line 2 of the text is not UTF-8"):
        decode(data)


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "utf-7", "idna", "a\0b", "x" * 99])
def test_what_is_no_encoding_is_refused(name):
    with pytest.raises(EncodingError):
        decode(b"text", name)


@pytest.mark.parametrize("name", ["UTF8", "utf-8-sig", "Latin-1", "CP1252", "ascii", "utf-16"])
def test_other_spellings_of_a_name_are_understood(name):
    assert decode(b"ab", name).encoding in ENCODINGS


def test_bytes_that_do_not_fit_the_chosen_encoding_are_refused():
    with pytest.raises(EncodingError, match="Line 2"):
        decode(b"a\n\xff", "utf-8")


def test_a_character_that_the_encoding_lacks_is_named():
    with pytest.raises(ExportError, match=r"“→” \(U\+2192\) cannot be written in windows-1252"):
        encode("a → b", "windows-1252", b"a b", "a b")


def test_unchanged_stretches_keep_their_spelling_of_a_character():
    original = b"\x87\x90 a \x81\xe0"
    before = original.decode("cp932")
    assert before[0] == before[-1]
    assert encode(before.replace("a", "b"), "cp932", original, before) == b"\x87\x90 b \x81\xe0"


@given(st.binary(max_size=60), st.sampled_from(["", *ENCODINGS]))
def test_bytes_that_are_read_are_given_back(data, encoding):
    try:
        decoded = decode(data, encoding)
    except EncodingError:
        return
    assert encode(decoded.text, decoded.encoding, data, decoded.text) == data
