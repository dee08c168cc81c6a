"""Archives and XML from anywhere: what is let in, and what is refused in one sentence."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import FormatError
from reviewer.formats import zip_guard
from reviewer.formats.xml_guard import DEEPEST, check_xml, parse_xml, xml_text
from reviewer.formats.zip_guard import open_archive


def archive(*members, method=zipfile.ZIP_DEFLATED, comment=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.comment = comment
        for name, data in members:
            file.writestr(name, data)
    return buffer.getvalue()


GOOD = archive(("a.xml", "<a/>"), ("b/c.txt", "text " * 1000), ("b/é.bin", b"\0\1"))


def with_directory(data, place, new):
    """Return an archive with other bytes in the first entry of its directory."""
    start = data.find(b"PK\1\2") + place
    return data[:start] + new + data[start + len(new) :]


def link():
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    return archive((info, "/etc/passwd"))


def twice(name):
    with pytest.warns(UserWarning, match="Duplicate"):
        return archive((name, "1"), (name, "2"))


def overlapping():
    """Return an archive of two entries for one stretch of the file."""
    data = archive(("a", "x" * 99))
    start, end = data.find(b"PK\1\2"), data.find(b"PK\5\6")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHL", tail, 8, 2, 2, 2 * len(entry))
    return data[:start] + entry + entry.replace(b"a", b"a") + bytes(tail)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged"),
        (b"hello", "damaged"),
        (GOOD[:-30], "damaged"),
        (GOOD[:40] + b"\0\0\0\0" + GOOD[44:], "damaged"),
        (GOOD.replace(b"b/c.txt", b"b/d.txt", 1), "damaged"),
        (with_directory(GOOD, 24, struct.pack("<L", 2)), "damaged"),
        (with_directory(GOOD, 24, struct.pack("<L", 2_000_000)), "large"),
        (with_directory(GOOD, 24, struct.pack("<L", 2**32 - 2)), "large"),
        (with_directory(GOOD, 8, b"\1"), "password"),
        (archive(("a", "x"), method=zipfile.ZIP_LZMA), "packed in a way"),
        (archive(("../a", "x")), "outside"),
        (archive(("a/../../b", "x")), "outside"),
        (archive(("/a", "x")), "outside"),
        (archive(("C:a", "x")), "outside"),
        (archive(("a\\b", "x")), "outside"),
        (link(), "outside"),
        (overlapping(), "one name"),
        (archive(("a", bytes(3_000_000))), "large"),
        (archive(*[(f"{n}", "") for n in range(10_001)]), "10001 parts"),
    ],
)
def test_what_is_no_safe_archive_is_refused(data, words):
    with pytest.raises(FormatError, match=words) as caught:
        open_archive(data)
    assert "\n" not in str(caught.value)


def test_two_parts_of_one_name_are_refused():
    with pytest.raises(FormatError, match="one name"):
        open_archive(twice("a"))


def test_parts_that_are_too_large_together_are_refused(monkeypatch):
    data = archive(*[(f"{n}.xml", b"A" * (1 << 20)) for n in range(4)])
    monkeypatch.setattr(zip_guard, "LARGEST_SUM", 3 << 20)
    with pytest.raises(FormatError, match="large"):
        open_archive(data)


def test_parts_are_read_by_name():
    package = open_archive(GOOD)
    assert package.read("a.xml") == b"<a/>"
    assert package.read("b/é.bin") == b"\0\1"
    assert "b/c.txt" in package
    with pytest.raises(FormatError, match="missing"):
        package.read("b/d.txt")


def test_an_unchanged_archive_is_the_same_bytes():
    assert open_archive(GOOD).with_parts({}) is GOOD


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {info.filename: file.read(info) for info in file.infolist()}


PARTS = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="\\/\0:"), min_size=1, max_size=9).map(
        lambda name: "d/" + name + ".x"
    ),
    st.binary(max_size=200),
    min_size=1,
    max_size=5,
)


COMMENTS = st.binary(max_size=99).filter(lambda comment: b"PK" not in comment)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])


@given(PARTS, METHODS, COMMENTS, st.data())
def test_one_part_changes_and_the_rest_is_copied(parts, method, comment, data):
    before = archive(*parts.items(), method=method, comment=comment)
    name = data.draw(st.sampled_from(sorted(parts)))
    new = data.draw(st.binary(max_size=300))
    after = open_archive(before).with_parts({name: new})
    assert contents(after) == {**parts, name: new}
    for part, info in open_archive(after).parts.items():
        if part != name:
            old = open_archive(before).parts[part]
            size = 30 + len(part.encode()) + info.compress_size
            assert after[info.header_offset :][:size] == before[old.header_offset :][:size]
    assert open_archive(after).with_parts({}) == after


def test_a_part_with_its_sizes_behind_it_can_be_changed():
    class Pipe(io.RawIOBase):
        """What cannot be gone back in: sizes are written behind the parts."""

        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("a", "b", "c"):
            file.writestr(name, name * 50)
    after = open_archive(pipe.data).with_parts({"b": b"new"})
    assert contents(after) == {"a": b"a" * 50, "b": b"new", "c": b"c" * 50}


ENTITY = '<!DOCTYPE x [<!ENTITY a "lol">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>{}]>".format(
    "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ENTITY + "<x/>", "declares entities"),
        (ENTITY + "<x>&a;</x>", "declares entities"),
        (LAUGHS + "<x y='&i;'>&i;</x>", "declares entities"),
        (OUTSIDE + "<x/>", "declares entities"),
        ('<!DOCTYPE x SYSTEM "x.dtd"><x>&a;</x>', "names an entity"),
        ("<x>&a;</x>", "line 1"),
        ("<x>\n<y></x>", "line 2"),
        ("<x/><x/>", "line 1"),
        ("text", "line 1"),
        ("", "line 1"),
        ("<x>\x00</x>", "line 1"),
        ("<x>" * (DEEPEST + 1) + "</x>" * (DEEPEST + 1), "deep"),
        ("<x>" * 300_000, "deep"),
        ("<?xml version='1.0' encoding='klingon'?><x/>", "line 1|not known"),
        ("<?xml version='1.0' encoding='utf-16'?><x/>", "line 1"),
    ],
)
def test_unsafe_xml_is_refused(data, words):
    started = time.perf_counter()
    for run in (check_xml, parse_xml, xml_text):
        with pytest.raises(FormatError, match=words) as caught:
            run(data.encode("utf-8"))
        assert "\n" not in str(caught.value)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        "<x/>",
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        '<!DOCTYPE x PUBLIC "-//X" "x.dtd" [<!ELEMENT x ANY>]><x>&amp;&#233;</x>',
        "<x>" * DEEPEST + "</x>" * DEEPEST,
        "<x " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>",
    ],
)
def test_ordinary_xml_is_let_through(data):
    check_xml(data.encode("utf-8"))
    assert parse_xml(data.encode("utf-8")).tag == "x"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("iso-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_the_text_of_xml_is_as_in_the_file(declared, encoding):
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    data = f"{head}\r\n<x>é\r\n</x>".encode(encoding)
    decoded = xml_text(data)
    assert decoded.text.removeprefix("\ufeff") == f"{head}\r\n<x>é\r\n</x>"
    assert decoded.text.encode(decoded.encoding) == data
