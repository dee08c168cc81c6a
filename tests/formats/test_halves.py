"""A deleted half of a pair of codes takes the other half along, in every format that has pairs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import WRITERS, bilingual_reader_of, read_bytes
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.halves import other_halves
from reviewer.model import CodeKind

GOLDEN = Path(__file__).parent.parent / "golden"
NAMES = (
    "codes.xlf segments.xliff studio.sdlxliff memoq.mqxliff phrase.mxliff memory.tmx film.srt "
    "film.vtt harbour.html harbour.pptx lighthouse.docx phare.odt manual.md"
)
TEXT = "Moor <b>the <i>old</i> boat</b> and <b>the new</b> one."
XML = TEXT.replace("<i>old</i>", "<i>old &amp; tired</i>")
STRINGS_XML = f'<resources><string name="a">{XML}</string>%s</resources>'
FILES = {
    **{name: (GOLDEN / name).read_bytes() for name in NAMES.split()},
    "a.json": f'{{"a": "{TEXT}"}}'.encode(),
    "a.yml": f"a: {TEXT}\n".encode(),
    "a.properties": f"a = {TEXT}\n".encode(),
    "a.strings": f'"a" = "{TEXT}";\n'.encode(),
    "a.resx": f'<root><data name="a"><value>{XML}</value></data></root>'.encode(),
    "a.stringsdict": (
        f"<plist><dict><key>other</key><string>{XML}</string></dict></plist>".encode()
    ),
    "strings.xml": (
        STRINGS_XML % f'<string name="b"><![CDATA[{TEXT}]]></string><string name="c"/>'
    ).encode(),
    "a.html": f"<p>{XML}</p>".encode(),
}


def read(name, data):
    """Return the reader, its recipe and the units that are given back."""
    reader = bilingual_reader_of(name)
    if reader is None:
        reader, content = read_bytes(name, data, {})
        return reader, content.recipe, content.units
    content = reader.read(data, {})
    return reader, content.recipe, content.target


def written(name, data, *edits):
    reader, recipe, _ = read(name, data)
    writer = next(writer for writer in WRITERS if writer.name == reader.name)
    replacements = [edit for edit in edits if isinstance(edit, Replacement)]
    added = [edit for edit in edits if isinstance(edit, Insertion)]
    return writer.write(data, recipe, replacements, added)


def paired(unit):
    """Return the halves that stand in a unit's text, each with its other half."""
    found = other_halves(unit.codes)
    return {a: b for a, b in found.items() if a in unit.text and b in unit.text}


def marked(text, codes):
    """Return a text with the kinds of its codes in place of their placeholders.

    A web page's reader leaves out white space, and pictures at the ends of a text.
    """
    kinds = {code.character: f"[{code.kind.name}]" for code in codes}
    told = " ".join("".join(kinds.get(c, c) for c in text).split())
    return told.removeprefix("[PLACEHOLDER]").removesuffix("[PLACEHOLDER]").strip()


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_a_deleted_half_takes_its_other_half_along(name, data):
    units = read(name, FILES[name])[2]
    number = data.draw(st.sampled_from([n for n, unit in enumerate(units) if paired(unit)]))
    unit = units[number]
    half = data.draw(st.sampled_from(sorted(paired(unit))))
    other = paired(unit)[half]
    at = unit.text.index(half)
    codes = {code.character for code in unit.codes}
    # What goes, and whether the whole segment is told as changed, as the window does.
    end = at + 1 + data.draw(st.integers(0, 3))
    end = at + 1 if codes & set(unit.text[at + 1 : end]) else min(end, len(unit.text))
    new = data.draw(st.sampled_from(["", "x & y"]))
    edit = Replacement(number, at, end, unit.text[at:end], new, unit.codes)
    if data.draw(st.booleans()):
        whole = unit.text[:at] + new + unit.text[end:]
        edit = Replacement(number, 0, len(unit.text), unit.text, whole, unit.codes)
    again = read(name, written(name, FILES[name], edit))[2][number]
    expected = (unit.text[:at] + new + unit.text[end:]).replace(other, "")
    assert marked(again.text, again.codes) == marked(expected, unit.codes)


MOVES = [(0, 2, 1, 3), (3, 2, 1, 0), (1, 0), (0,), (3, 1), (2, 0, 0, 3, 1), (1, 2, 3)]


@pytest.mark.parametrize("name", ["a.resx", "a.stringsdict", "strings.xml"])
@pytest.mark.parametrize("order", MOVES)
def test_moved_tags_of_a_resource_leave_well_formed_xml(name, order):
    unit = read(name, FILES[name])[2][0]
    tags = [code.character for code in unit.codes]
    new = " ".join(f"{tags[n]} x" for n in order)
    data = written(name, FILES[name], Replacement(0, 0, len(unit.text), unit.text, new))
    again = read(name, data)[2][0]
    halves = {c.character for c in again.codes if c.kind is not CodeKind.PLACEHOLDER}
    assert other_halves(again.codes).keys() == halves


def test_a_pair_over_two_segments_goes_whole_and_what_stood_alone_stays():
    data = b"<p>One <b>two. Three</b> four.</p>\n"
    (unit,) = read("a.html", data)[2]
    first = unit.text.index(".") + 1
    edit = Replacement(0, 0, first, unit.text[:first], "One two.", unit.codes)
    assert written("a.html", data, edit) == b"<p>One two. Three four.</p>\n"
    data = b'{"a": "One </i>two <b>three"}'
    (unit,) = read("a.json", data)[2]
    edit = Replacement(0, 0, 3, "One", "1")
    assert written("a.json", data, edit) == data.replace(b"One", b"1")


def test_a_half_that_comes_in_alone_is_left_out():
    data = (
        b'<xliff version="1.2"><file source-language="en" target-language="fr"><body>'
        b'<trans-unit id="1"><source>A <bpt id="1">[b]</bpt>b<ept id="1">[/b]</ept></source>'
        b"<target></target></trans-unit></body></file></xliff>"
    )
    source = bilingual_reader_of("a.xlf").read(data, {}).source[0]
    opening = source.codes[0].character
    added = Insertion(0, 0, f"Un {opening}b", paragraph=False, codes=source.codes)
    assert b"<target>Un b</target>" in written("a.xlf", data, added)
