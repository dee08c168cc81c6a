"""How fast large bilingual files are read, stored and given back.

    python tests/bench/bilingual.py [SEGMENTS]

makes an XLIFF 1.2 with notes and alternative translations and a TMX of so many segments (100,000
unless said) in a temporary folder, and prints seconds of the processor for each step.
"""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from reviewer import store
from reviewer.formats import WRITERS, read_bilingual
from reviewer.formats.base import Replacement
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.bilingual import RECIPE, read_both, unit_beads
from reviewer.review.documents.importing import uncollected

SOURCE = "the river rose over night and the old stone bridge near the village fell"
TARGET = "la rivière est montée pendant la nuit et le vieux pont de pierre est tombé"


def sentence(words, count, number):
    return " ".join(random.choices(words.split(), k=count)).capitalize() + f" {number}."


def xliff(segments):
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2">\n'
    yield '<file original="a" source-language="en" target-language="fr" datatype="x"><body>\n'
    for n in range(segments):
        count = random.randint(4, 15)
        a, b = ('<g id="1">', "</g>") if n % 5 == 0 else ("", "")
        source, target = sentence(SOURCE, count, n), sentence(TARGET, count, n)
        yield (
            f'<trans-unit id="{n}" xml:space="preserve">\n<source>{a}{source}{b}</source>\n'
            f'<target state="translated">{a}{target}{b}</target>\n<note>Note number {n}</note>\n'
            f'<alt-trans match-quality="75"><source>{source}</source><target>{target}</target>'
            "</alt-trans></trans-unit>\n"
        )
    yield "</body></file></xliff>\n"


def tmx(segments):
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en"/><body>'
    for n in range(segments):
        count = random.randint(4, 15)
        yield (
            f'<tu><tuv xml:lang="en"><seg>{sentence(SOURCE, count, n)}</seg></tuv>'
            f'<tuv xml:lang="fr"><seg>{sentence(TARGET, count, n)}</seg></tuv></tu>\n'
        )
    yield "</body></tmx>\n"


def measured(path, segments):
    print(f"{path.name}, {segments:,} segments, {path.stat().st_size / 1e6:.0f} MB")
    with uncollected():
        start = time.process_time()
        data, reader, content = read_bilingual(path, {})
        took = time.process_time() - start
        print(f"  reader   {took:6.2f} s   {segments / took:,.0f} segments/s")
        start = time.process_time()
        source, target = read_both(Reading(path), Reading(path), Watch())
        beads = unit_beads(source, target, Watch())
        print(f"  sentences and pairs, reading again {time.process_time() - start:6.2f} s")
        start = time.process_time()
        pair = store.ImportedPair(
            source.document,
            source.segments,
            target.document,
            target.segments,
            beads,
            RECIPE,
            bilingual=True,
        )
        project = path.with_name(f"{path.name}.bitext")
        store.create_project(project, [pair], reviewer=bytes(16), reviewer_name="")
        print(f"  project  {time.process_time() - start:6.2f} s")
    write = next(writer.write for writer in WRITERS if writer.name == reader.name)
    changes = [
        Replacement(n, 0, len(unit.text), unit.text, unit.text + "!")
        for n, unit in enumerate(content.target)
        if n % 100 == 0
    ]
    start = time.process_time()
    write(data, content.recipe, changes, [])
    print(f"  export   {time.process_time() - start:6.2f} s   {len(changes):,} edits")


def main():
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, made in (("a.xlf", xliff), ("a.tmx", tmx)):
            path = Path(folder) / name
            path.write_text("".join(made(segments)), "utf-8")
            measured(path, segments)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
