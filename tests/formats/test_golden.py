"""Files read as expected, and given back byte for byte.

`python tests/formats/test_golden.py` writes the expectations anew; look at the difference.
"""

from pathlib import Path

import pytest

from reviewer.formats import WRITERS, bilingual_reader_of, read_file
from reviewer.formats.base import Insertion, Replacement

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(
    path
    for path in GOLDEN.glob("[!.]*")
    if path.suffix != ".units" and not bilingual_reader_of(path.name)
)


def described(path):
    """Return the units of a file, one a line, with the markup of their codes in braces."""
    _, reader, content = read_file(path, {})
    lines = [f"{reader.name} {dict(content.recipe)}"]
    for unit in content.units:
        text = unit.text
        for code in unit.codes:
            text = text.replace(code.character, f"{{{code.data}}}")
        lines.append(f"{unit.location}: {text!r}{'' if unit.translatable else ' (left alone)'}")
    return "\n".join(lines) + "\n"


def expectation(path):
    return path.with_name(path.name + ".units")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_units_are_the_expected_ones(path):
    assert described(path) == expectation(path).read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_untouched_file_is_given_back(path):
    data, reader, content = read_file(path, {})
    writer = next(writer for writer in WRITERS if writer.name == reader.name)
    assert writer.write(data, content.recipe, [], []) == data
    same = [
        Replacement(number, 0, len(unit.text), unit.text, unit.text, unit.codes)
        for number, unit in enumerate(content.units)
    ]
    assert writer.write(data, content.recipe, same, []) == data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_read_back_export_has_the_corrected_units(path, tmp_path):
    data, reader, content = read_file(path, {})
    writer = next(writer for writer in WRITERS if writer.name == reader.name)
    changes, expected = [], []
    for number, unit in enumerate(content.units):
        last = len(unit.text.rstrip("."))
        changes.append(Replacement(number, 0, last, unit.text[:last], unit.text[:last] + " x"))
        expected.append(unit.text[:last] + " x" + unit.text[last:])
    added = [Insertion(len(content.units) - 1, 10_000, "Quite new.", paragraph=True)]
    out = tmp_path / path.name
    out.write_bytes(writer.write(data, content.recipe, changes, added))
    again = read_file(out, content.recipe)[2]
    found = [unit.text for unit in again.units]
    # A cue or an attribute has no room for a paragraph behind it.
    apart, inside = [*expected, "Quite new."], [*expected[:-1], f"{expected[-1]} Quite new."]
    assert found in (apart, inside)
    assert inside != found or reader.name in {"html", "srt", "vtt"}


if __name__ == "__main__":
    for file in FILES:
        expectation(file).write_text(described(file), "utf-8", newline="\n")
