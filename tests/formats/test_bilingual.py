"""Bilingual files: read as expected, and given back with nothing but the edits changed.

`python tests/formats/test_bilingual.py` writes the expectations anew; look at the difference.
"""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import FormatError
from reviewer.formats import (
    BILINGUAL_READERS,
    WRITERS,
    bilingual_reader_of,
    read_bilingual,
    tmx_document,
)
from reviewer.formats.base import Insertion, Replacement

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(path for path in GOLDEN.glob("*.*") if bilingual_reader_of(path.name))


def shown(unit):
    text = unit.text
    for code in unit.codes:
        text = text.replace(code.character, f"{{{code.kind.value} {code.id}: {code.data}}}")
    return repr(text)


def described(path):
    """Return the units of a file, both sides, with their codes in braces."""
    _, reader, content = read_bilingual(path, {})
    lines = [f"{reader.name} {content.languages} {dict(content.recipe)}", *content.notes]
    for source, target in zip(content.source, content.target, strict=True):
        lines += [f"{source.location}:", f"  {shown(source)}", f"  {shown(target)}"]
        state = source.state or target.state
        if state:
            lines.append(f"  {state.state!r}{' locked' * state.locked} {list(state.notes)}")
    return "\n".join(lines) + "\n"


def expectation(path):
    return path.with_name(path.name + ".units")


def writer_of(reader):
    return next(writer for writer in WRITERS if writer.name == reader.name)


def edited(path, changes, added=()):
    """Return a file with the targets of some units replaced as a whole, and others filled."""
    data, reader, content = read_bilingual(path, {})
    replacements = []
    for number, text in changes.items():
        was = content.target[number].text
        replacements.append(Replacement(number, 0, len(was), was, text))
    insertions = [Insertion(n, 0, text, paragraph=False) for n, text in dict(added).items()]
    return data, writer_of(reader).write(data, content.recipe, replacements, insertions)


def read_again(path, data, tmp_path):
    again = tmp_path / path.name
    again.write_bytes(data)
    return read_bilingual(again, {})[2]


def test_every_bilingual_format_has_a_golden_file_and_a_writer():
    named = {bilingual_reader_of(path.name).name for path in FILES}
    assert named == {reader.name for reader in BILINGUAL_READERS}
    assert named <= {writer.name for writer in WRITERS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_units_are_the_expected_ones(path):
    assert described(path) == expectation(path).read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_untouched_file_is_given_back(path):
    data, reader, content = read_bilingual(path, {})
    write = writer_of(reader).write
    assert write(data, content.recipe, [], []) == data
    same = [
        Replacement(number, 0, len(unit.text), unit.text, unit.text)
        for number, unit in enumerate(content.target)
        if unit.text
    ]
    assert write(data, content.recipe, same, []) == data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_edits_and_missing_translations_come_back(path, tmp_path):
    _, _, content = read_bilingual(path, {})
    units = list(enumerate(content.target))
    changes = {n: f"<&> {unit.text} ”x“" for n, unit in units if unit.text.strip()}
    added = {n: f"Neu & <neu> {n}." for n, unit in units if not unit.text.strip()}
    _, data = edited(path, changes, added)
    again = read_again(path, data, tmp_path)
    assert [u.text for u in again.source] == [u.text for u in content.source]
    wanted = changes | {n: text + content.target[n].text for n, text in added.items()}
    assert {n: u.text for n, u in enumerate(again.target)} == wanted
    for was, now in zip(content.target, again.target, strict=True):
        assert [code.data for code in now.codes] == [code.data for code in was.codes]


@pytest.mark.parametrize(
    ("cell", "filled"),
    [("", "New."), ('""', '"New."'), ('" "', '"New. "')],
)
def test_a_translation_goes_into_an_empty_cell(cell, filled, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(f'source,target\n"One",{cell}\n"Two","Deux"\n'.encode())
    _, data = edited(path, {}, {0: "New."})
    assert data.decode() == f'source,target\n"One",{filled}\n"Two","Deux"\n'


def test_the_name_of_a_segment_is_written_as_it_is_read(tmp_path):
    path = tmp_path / "a.xlf"
    unit = (
        '<trans-unit id="1"><source>One. Two.</source><seg-source>'
        '<mrk mtype="seg" mid="a">One.</mrk> '
        '<mrk mtype="seg" mid="&lt;b&quot;">Two.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="a">Un.</mrk></target></trans-unit>'
    )
    path.write_text(
        '<xliff version="1.2"><file original="a" source-language="en" target-language="fr">'
        f"<body>{unit}</body></file></xliff>"
    )
    _, data = edited(path, {}, {1: "Deux."})
    again = read_again(path, data, tmp_path)
    assert [unit.text for unit in again.target] == ["Un.", "Deux."]
    assert [unit.location for unit in again.target] == ["1.a", '1.<b"']


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_codes_of_the_source_can_be_given_to_the_target(path, tmp_path):
    _, _, content = read_bilingual(path, {})
    changes, added = {}, {}
    for number, (source, target) in enumerate(zip(content.source, content.target, strict=True)):
        if source.codes:
            (changes if target.text.strip() else added)[number] = source.text
    _, data = edited(path, changes, added)
    again = read_again(path, data, tmp_path)
    for number in (*changes, *added):
        assert again.target[number].text.strip() == content.source[number].text.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@given(data=st.data())
def test_random_edits_leave_the_rest_byte_for_byte(path, data):
    _, _, content = read_bilingual(path, {})
    texts = st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co"])
    )
    numbers = [n for n, unit in enumerate(content.target) if unit.text]
    number = data.draw(st.sampled_from(numbers))
    was = content.target[number].text
    start = data.draw(st.integers(0, len(was)))
    end = data.draw(st.integers(start, len(was)))
    # In Phrase's files a typed "{1}" is a code: nothing tells it from text.
    odd = "{}" if path.suffix == ".mxliff" else ""
    new = data.draw(texts.filter(lambda text: not any(ord(c) >= 0xFFFE or c in odd for c in text)))
    replacement = Replacement(number, start, end, was[start:end], new)
    original, reader, _ = read_bilingual(path, {})
    written = writer_of(reader).write(original, content.recipe, [replacement], [])
    again = reader.read(written, content.recipe)
    expected = [codeless(unit.text) for unit in content.target]
    expected[number] = codeless(was[:start] + new + was[end:])
    assert [codeless(unit.text) for unit in again.target] == expected
    if reader.name == "workbook":
        assert unpacked(written, "sheet1") == unpacked(original, "sheet1")
        return
    head, tail = common_ends(original, written)
    codes = sum(len(code.data.encode()) for code in content.target[number].codes)
    # Half a pair takes its other half along, CDATA and the quotes of a cell are written anew.
    allowed = 12 * (end - start) + (codes + len(was) if codes else 0)
    allowed += 60 * ("CDATA" in str(original))
    allowed += (len(was.encode()) + 4) * (reader.name == "table")
    assert len(original) - head - tail <= allowed


ENCODINGS = ("utf-16", "utf-8-sig", "iso-8859-1", "windows-1252", "gb18030")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_stay_what_they_are(encoding, tmp_path):
    text = (GOLDEN / "codes.xlf").read_text("utf-8")
    name = encoding.removesuffix("-sig").upper()
    text = text.replace('encoding="UTF-8"', f'encoding="{name}"')
    path = tmp_path / "codes.xlf"
    path.write_bytes(text.encode(encoding))
    data, written = edited(path, {0: "Crue → 大水 é"})
    content = read_again(path, written, tmp_path)
    assert content.target[0].text == "Crue → 大水 é"
    head, tail = common_ends(data, written)
    assert head > 100
    assert len(data) - head - tail < 2 * 120


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("name", ["app.po", "codes.xlf", "segments.xliff", "tabs.tsv"])
def test_other_line_ends_stay_what_they_are(name, ends, tmp_path):
    path = tmp_path / name
    path.write_bytes((GOLDEN / name).read_bytes().replace(b"\n", ends.encode()))
    before = read_bilingual(GOLDEN / name, {})[2]
    content = read_bilingual(path, {})[2]
    assert [codeless(unit.text) for unit in content.target] == [
        codeless(unit.text) for unit in before.target
    ]
    data, written = edited(path, {0: "x"})
    assert written.count(ends.encode()) == data.count(ends.encode())
    assert read_again(path, written, tmp_path).target[0].text == "x"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(path, data):
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 40))
        raw[place : place + length] = data.draw(st.binary(max_size=8))
    reader = bilingual_reader_of(path.name)
    try:
        content = reader.read(bytes(raw), {})
    except FormatError as error:
        said = str(error)
    else:
        said = "Read."
        read_damaged(bytes(raw), reader, content)
    assert said.endswith(".")


def read_damaged(raw, reader, content):
    assert len(content.source) == len(content.target)
    write = writer_of(reader).write
    assert write(raw, content.recipe, [], []) == raw
    for number, unit in enumerate(content.target):
        write(raw, content.recipe, [Replacement(number, 0, 0, "", f"{unit.text}x")], [])


def unpacked(data, without):
    """Return the parts of an archive, all but some."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if without not in name}


def codeless(text):
    """Return a text without its codes."""
    return "".join(c for c in text if not 0xF0000 <= ord(c) <= 0xFFFFD)


def common_ends(one, other):
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    most = min(len(one), len(other)) - head
    while tail < most and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


if __name__ == "__main__":
    for file in FILES:
        expectation(file).write_text(described(file), "utf-8", newline="\n")


def test_brackets_in_an_attribute_do_not_end_its_tag():
    unit = '<tu><tuv xml:lang="en" creationid="&lt;https://a.org/>"><seg>Two.</seg></tuv></tu>'
    data = f'<tmx version="1.4"><header srclang="en"/><body>{unit}<tu><tuv xml:lang="en"><seg>'
    data += 'One.</seg></tuv><tuv xml:lang="fr"><seg>Un.</seg></tuv></tu></body></tmx>'
    content = tmx_document.read_tmx(data.encode(), {})
    added = Insertion(0, 0, "Deux.", paragraph=False)
    written = tmx_document.write_tmx(data.encode(), content.recipe, [], [added]).decode()
    new = '<tuv xml:lang="fr"><seg>Deux.</seg></tuv></tu>'
    assert written == data.replace("</tuv></tu>", f"</tuv>{new}", 1)
