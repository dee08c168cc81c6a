"""Files that are read, and files that are refused with a reason."""

import os
import zipfile

import pytest

from reviewer import formats
from reviewer.errors import EncodingError, FormatError
from reviewer.formats import (
    BILINGUAL_READERS,
    READERS,
    TABLE_READERS,
    WRITERS,
    read_bytes,
    read_file,
)


def test_a_file_is_read_by_its_suffix(tmp_path):
    (tmp_path / "a.TXT").write_text("# One.", "utf-8")
    (tmp_path / "a.md").write_text("# One.", "utf-8")
    (tmp_path / "README").write_text("One.", "utf-8")
    found = [read_file(tmp_path / name, {}) for name in ("a.TXT", "a.md", "README")]
    assert [reader.name for _, reader, _ in found] == ["text", "markdown", "text"]
    assert [content.units[0].text for _, _, content in found] == ["# One.", "One.", "One."]


def test_every_writer_has_its_reader():
    readers = (*READERS, *BILINGUAL_READERS, *TABLE_READERS)
    assert {writer.name for writer in WRITERS} <= {reader.name for reader in readers}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf", "holds no text"),
        ("a.md", b"```\ncode\n```\n", "holds no text"),
        ("a.txt", b"%PDF-1.7 ...", "is a PDF, but not named .pdf"),
        ("a.txt", b"\x89PNG\r\n\x1a\n...", "is a picture"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office document"),
        ("a.docx", b"hello, I am text", "is a Word document by its name"),
        ("a.txt", b"{\\rtf1 hello}", "is a Rich Text document"),
        ("a.xlf", b"<xliff/>", "holds a text and its translation; it is opened alone"),
        ("a.csv", b"a,b", "holds a text and its translation"),
        ("a.txt", b"SQLite format 3\0" + bytes(99), "review project"),
        ("a.txt", b"One.\0 Two.\n", "is not a text file"),
        ("a.txt", bytes(range(256)) * 9, "is not a text file"),
        ("a.txt", bytes([1, 2, 3, 4]) * 99, "is not a text file"),
    ],
)
def test_what_is_no_text_is_named(name, data, reason):
    with pytest.raises(FormatError, match=reason) as caught:
        read_bytes(name, data, {})
    assert str(caught.value).startswith(f"“{name}”")


def test_a_word_document_is_told_by_its_contents(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.txt", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(
        FormatError, match=r"is a Word document, but not named .docx; this version reads .txt"
    ):
        read_file(tmp_path / "a.txt", {})


def test_an_encoding_that_must_be_asked_for_names_the_file(tmp_path):
    (tmp_path / "a.txt").write_bytes("Où ça ?".encode("latin-1"))
    with pytest.raises(EncodingError, match=r"“a.txt”.*windows-1252"):
        read_file(tmp_path / "a.txt", {})
    _, _, content = read_file(tmp_path / "a.txt", {"encoding": "latin-1"})
    assert content.recipe["encoding"] == "iso-8859-1"


def test_what_is_no_file_is_named(tmp_path, monkeypatch):
    with pytest.raises(FormatError, match="was not found"):
        read_file(tmp_path / "no.txt", {})
    with pytest.raises(FormatError, match="is a folder"):
        read_file(tmp_path, {})
    with pytest.raises(FormatError, match="no name of a file"):
        read_file(tmp_path / "a\0b", {})
    (tmp_path / "large.txt").write_text("too large", "utf-8")
    monkeypatch.setattr(formats, "LARGEST", 5)
    with pytest.raises(FormatError, match="is too large"):
        read_file(tmp_path / "large.txt", {})
    with pytest.raises(FormatError, match="is too large"):
        read_bytes("pasted.txt", b"too large", {})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="is not an ordinary file"):
        read_file(tmp_path / "pipe.txt", {})


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("One.", "utf-8")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(FormatError, match="could not be read"):
        read_file(tmp_path / "a.txt", {})
