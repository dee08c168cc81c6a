"""Files that other programs wrote, read and given back.

    python -m tests.bench.clients FILE... --out FOLDER

Of each file is told how many units it has, whether it is given back byte for byte where nothing
was edited, and whether, with " (rev)" behind every second text and a translation in each empty
target, reading it again finds those changes and no other. The edited files go to FOLDER, for the
programs that wrote the originals to open. Exit status 1 where one is not so.
"""

import argparse
import sys
from pathlib import Path

from reviewer.errors import ReviewerError
from reviewer.formats import WRITERS, bilingual_reader_of, read_bilingual, read_file
from reviewer.formats.base import Insertion, Replacement

MARK = " (rev)"


def units_of(path):
    """Return bytes, reader, recipe, the units that are corrected, and their sources if any."""
    if bilingual_reader_of(path.name):
        data, reader, content = read_bilingual(path, {})
        return data, reader, content.recipe, content.target, content.source
    data, reader, content = read_file(path, {})
    return data, reader, content.recipe, content.units, None


def edits(units, sources):
    """Return replacements, insertions, and the texts that are to be found afterwards."""
    changed, added, texts = [], [], []
    for number, unit in enumerate(units):
        text = unit.text
        if sources and not text.strip():
            text = f"New {number}."
            added.append(Insertion(number, 0, text, paragraph=False))
        elif number % 2 and unit.translatable and text.strip():
            end = len(text.rstrip())
            # Behind the last word, whatever codes stand behind it.
            while end and any(code.character == text[end - 1] for code in unit.codes):
                end -= 1
            changed.append(Replacement(number, end, end, "", MARK, unit.codes))
            text = text[:end] + MARK + text[end:]
        texts.append(text)
    return changed, added, texts


def differences(path, out):
    """Yield what is not as it is to be of one file."""
    data, reader, recipe, units, sources = units_of(path)
    writer = next(writer for writer in WRITERS if writer.name == reader.name)
    codes = sum(len(unit.codes) for unit in units)
    print(f"{path.name:28} {reader.name:9} {len(units):5} units {codes:5} codes", end="")
    if writer.write(data, recipe, [], []) != data and not writer.suffix:
        yield "the untouched file is given back otherwise"
    changed, added, texts = edits(units, sources)
    new = out / (path.name if not writer.suffix else path.stem + writer.suffix)
    new.write_bytes(writer.write(data, recipe, changed, added))
    print(f" {len(changed):5} edits {len(added):4} new")
    if writer.suffix:
        return
    _, _, _, again, again_sources = units_of(new)
    if [unit.text for unit in again] != texts:
        pairs = zip((unit.text for unit in again), texts, strict=False)
        yield next((f"{a!r} is not {b!r}" for a, b in pairs if a != b), "units are missing")
    if sources and [unit.text for unit in sources] != [unit.text for unit in again_sources]:
        yield "a source has changed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for path in arguments.files:
        try:
            for difference in differences(path, arguments.out):
                print(f"    {difference}")
                wrong += 1
        except ReviewerError as error:
            print(f"{path.name:28} {error}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
