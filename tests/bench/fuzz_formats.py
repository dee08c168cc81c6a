"""Damaged files of every format, read, edited and read again in child processes.

    python -m tests.bench.fuzz_formats --minutes 60 [--only docx] [--seed 7] [--keep FOLDER]

makes files out of the golden ones (tests/golden) by damage that knows what it damages: bytes, runs
of bytes, numbers, tags that are nested, doubled or left open, and the parts inside an archive.
Each is read; what is read is given back untouched and with one edit, and the edited file is read
again. Told are a traceback, more than 10 seconds of the processor, more than 1.5 GB, a message of
several lines, an untouched file that is given back otherwise, and an edited one that is refused.
What was found is kept in FOLDER with its traceback; exit status 1.
"""

import argparse
import io
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from copy import deepcopy
from pathlib import Path

from lxml import etree

GOLDEN = Path(__file__).parent.parent / "golden"
SECONDS = 10
MEMORY = 1_500_000_000
BATCH = 200
"""Files that one child reads before another takes its place."""
MORE = {
    "terms.tbx": b"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/>
<text><body><conceptEntry id="c1"><descrip type="subjectField">ships</descrip>
<langSec xml:lang="en"><termSec><term>keel</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>quille</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>""",
    "terms.csv": "en,fr,status\nkeel,quille,preferred\nmast,mât,admitted\n".encode(),
    "terms.tsv": "keel\tquille\nmast\tmât\n".encode(),
    "app.json": rb'{"menu": {"open": "Open {0}", "n": 3, "many": ["a", "t\u00e9l\n"]}, "x": null}',
    "app.arb": b'{"@@locale": "fr", "hello": "Bonjour {name}", "@hello": {"description": "x"}}',
    "app.yml": b"""fr:
  menu: &m
    open: 'Ouvrir l''eau'
    note: >-
      one
      two
  n: 3
""",
    "strings.xml": rb"""<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2"><string name="a">It\'s %1$s</string>
<plurals name="p"><item quantity="one">%d ship</item><item quantity="other">%d of us</item>
</plurals><string-array name="l"><item>One</item><item><b>Two</b></item></string-array>
</resources>""",
    "Localizable.strings": rb"""/* Title */
"open" = "Open \"it\"\n";
"n" = "%d ships";
""",
    "app.properties": rb"""# Title
open = Open \
   it
n:\u00e9t\u00e9 {0}
empty=
""",
    "app.resx": b"""<?xml version="1.0" encoding="utf-8"?>
<root><resheader name="version"><value>2.0</value></resheader><data name="a" xml:space="preserve">
<value>Open {0}</value><comment>Short</comment></data></root>""",
    "letter.rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\f0\pard The \b keel\b0  "
    rb"broke.\par It was caf\'e9 time \u8212?{\field{\*\fldinst HYPERLINK}{\fldrslt here}}.\par}",
}
PIECES = [
    *(b"<", b">", b"&", b"&amp;", b"&#0;", b"&#xF0000;", b"&lol;", b"]]>", b"<![CDATA[", b"<!--"),
    *(b'<g id="1">', b"</g>", b"<x/>", b"<mrk>", b"<p>", b"</p>", b"<div>", b"\r", b"\n\n", b"\0"),
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xf3\xb0\x80\x80",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
        b"\xed\xa0\x80",
    ),
    *(
        b"-1",
        b"0",
        b"1",
        b"65536",
        b"99999999999999999999",
        b"1e999",
        b'"',
        b"'",
        b"\\",
        b"{",
        b"}",
    ),
    *(b"{1}", b"{b>", b"<b}", b"=1+1", b"\t", b";", b"|", b"* ", b"> ", b"```", b"[a](b)", b"-->"),
    *(b'msgid ""\n', b"#, fuzzy\n", b"#~ ", b"msgstr[9] ", b"\\u-4 ", b"\\bin9 ", b"\\'", b"{\\*"),
]

VALUES = [
    *("", " ", "0", "1", "-1", "2000000000", "yes", "no", "id1", "d1", "a.b", "en", "fr-CA", "x-"),
    *("\n", "\r", "\u2028", "\U000f0000", "a\u0301" * 40, "<g>", "{1}", "{b>x<b}", "word " * 3000),
    *(
        "../../x",
        "http://127.0.0.1:9/",
        "preserve",
        "seg",
        "x-sdl-deleted",
        "ABCDEFG1",
        "XFD1048576",
    ),
]
ENCODINGS = ["UTF-8", "UTF-8", "UTF-8", "UTF-16", "ISO-8859-1"]


def seeds():
    """Return (name, bytes) of the files that are damaged."""
    files = sorted(p for p in GOLDEN.glob("[!.]*") if p.suffix != ".units")
    return [*((p.name, p.read_bytes()) for p in files), *MORE.items()]


def damaged(data, rng, others=()):
    """Return bytes with one to eight damages; of an archive, those of one or two of its parts."""
    if data.startswith(b"PK") and rng.random() < 0.85:
        return damaged_archive(data, rng)
    if b"<?xml" in data[:60] and rng.random() < 0.7:
        return damaged_tree(data, rng)
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 4, 8])):
        damage(out, rng, others)
    return bytes(out)


def damaged_tree(data, rng):
    """Return XML that is well-formed and says something else."""
    root = etree.fromstring(data)
    for _ in range(rng.choice([1, 2, 4, 8])):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        one, other = rng.choice(elements), rng.choice(elements)
        kind = rng.randrange(8)
        if kind == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif kind == 1 and one is not root and other not in one.iter():
            other.insert(rng.randrange(len(other) + 1), deepcopy(one))
        elif kind == 2 and one.attrib:
            one.set(rng.choice(sorted(one.attrib)), rng.choice(VALUES))
        elif kind == 3 and one.attrib:
            del one.attrib[rng.choice(sorted(one.attrib))]
        elif kind == 4:
            one.text, one.tail = rng.choice(VALUES), one.tail and rng.choice(VALUES)
        elif kind == 5:
            one.tag = other.tag
        elif kind == 6:
            for _ in range(rng.choice([1, 3, 300])):
                one = etree.SubElement(one, other.tag, dict(other.attrib))
            one.text = "deep"
        elif one.getparent() is not None and one is not root:
            parent = one.getparent()
            for child in list(one):
                parent.append(child)
    return etree.tostring(root, xml_declaration=True, encoding=rng.choice(ENCODINGS))


def damaged_archive(data, rng):
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {info.filename: file.read(info) for info in file.infolist()}
    for name in rng.sample(sorted(parts), min(len(parts), rng.choice([1, 1, 2]))):
        parts[name] = damaged(parts[name], rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            if rng.random() > 0.01:
                kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                file.writestr(name, content, kind)
    return buffer.getvalue()


def damage(out, rng, others):
    """Damage bytes once, in place."""
    at = rng.randrange(len(out) + 1)
    end = min(len(out), at + int(rng.expovariate(1 / 40)) + 1)
    kind = rng.randrange(11)
    if kind == 0 and at < len(out):
        out[at] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del out[at:end]
    elif kind == 2:
        out[at:at] = out[at:end] * rng.choice([1, 2, 30, 300])
    elif kind == 3:
        out[at:at] = rng.choice(PIECES) * rng.choice([1, 1, 1, 3, 300, 3000])
    elif kind == 4:
        out[at:end] = rng.choice(PIECES)
    elif kind == 5:
        del out[at:]
    elif kind == 6 and others:
        other = rng.choice(others)
        start = rng.randrange(len(other) + 1)
        out[at:at] = other[start : start + rng.randrange(1, 400)]
    elif kind == 7:
        change_number(out, rng)
    elif kind == 8:
        change_tag(out, rng)
    elif kind == 9:
        out[at:end] = rng.randbytes(rng.randrange(1, 9))
    else:
        other = rng.randrange(len(out) + 1)
        out[at:at] = out[other : other + int(rng.expovariate(1 / 80)) + 1]


def change_number(out, rng):
    found = list(re.finditer(rb"\d+", out[:200_000]))
    if found:
        number = rng.choice(found)
        out[number.start() : number.end()] = rng.choice([b"0", b"-1", b"4294967296", b"9" * 30])


def change_tag(out, rng):
    """Double, move or drop a tag, or the whole stretch up to another one."""
    found = list(re.finditer(rb"<[^<>]{1,300}>", out[:200_000]))
    if not found:
        return
    one, other = sorted(rng.choices(found, k=2), key=lambda tag: tag.start())
    tag = bytes(out[one.start() : one.end()])
    if rng.random() < 0.3:
        del out[one.start() : other.start()]
    elif rng.random() < 0.4:
        out[other.start() : other.start()] = bytes(out[one.start() : other.start()])
    else:
        out[other.end() : other.end()] = tag * rng.choice([1, 1, 40, 400])


class WrongError(Exception):
    """What was read or written is not what it was to be."""


def tried(name, data, rng):
    """Read a file, give it back and read it again; return in a word how it went."""
    from reviewer.errors import FormatError

    try:
        return read_and_given_back(name, data, rng)
    except FormatError as error:
        told = str(error)
        if "\n" in told or len(told) > 600 or not told.endswith("."):
            told = f"no sentence: {told!r}"
            raise WrongError(told) from None
        return "refused"


def read_and_given_back(name, data, rng):
    from reviewer.formats import WRITERS, bilingual_reader_of, read_bytes

    if name.startswith("terms."):
        return read_terms(name, data)
    reader = bilingual_reader_of(name)
    if reader is None:
        reader, content = read_bytes(name, data, {})
        units = content.units
    else:
        content = reader.read(data, {})
        units = content.target
        if len(content.source) != len(units):
            raise WrongError("sides of different length")
    writer = next(writer for writer in WRITERS if writer.name == reader.name)
    if not writer.suffix and writer.write(data, content.recipe, [], []) != data:
        raise WrongError("an untouched file is given back otherwise")
    return edited(name, data, rng, reader, writer, content, units) if units else "read"


def edited(name, data, rng, reader, writer, content, units):
    from reviewer.errors import ExportError, FormatError
    from reviewer.formats.base import Insertion, Replacement

    number = rng.randrange(len(units))
    text = units[number].text
    start, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
    codes = [code.character for code in units[number].codes]
    new = f"new {''.join(rng.sample(codes, rng.randrange(len(codes) + 1)))} & <text>"
    changed = [Replacement(number, start, end, text[start:end], new, units[number].codes)]
    added = [Insertion(rng.randrange(len(units)), rng.randrange(9), "Added.", paragraph=False)]
    try:
        out = writer.write(data, content.recipe, changed, added if added[0].unit != number else [])
    except ExportError:
        return "read, edit refused"
    try:
        reader.read(out, content.recipe) if not writer.suffix else None
    except FormatError as error:
        told = f"the edited file is refused: {error}"
        raise WrongError(told) from None
    return "read and edited"


def read_terms(name, data):
    from reviewer.formats.termbases import read_termbase

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read_termbase(path)
    return "read"


def child(case):
    """Read damaged files as told on standard input; the one at hand stands in `case`."""
    import resource
    import warnings

    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    wanted = json.loads(sys.stdin.readline())
    files = [seed for seed in seeds() if wanted["only"] in seed[0]]
    others = [data for _name, data in files if not data.startswith(b"PK")]
    for number in range(wanted["first"], wanted["first"] + BATCH):
        rng = random.Random(number)
        name, good = rng.choice(files)
        data = damaged(good, rng, others)
        case.write_bytes(data)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        start = time.process_time()
        try:
            told, trace = tried(name, data, rng), ""
        except BaseException:  # noqa: BLE001 - every kind is what is looked for
            told, trace = "WRONG", traceback.format_exc()
        signal.setitimer(signal.ITIMER_PROF, 0)
        took = round(time.process_time() - start, 2)
        print(json.dumps([number, name, told, took, trace]), flush=True)


def batch(first, only, case):
    """Return what a child told of each file; the last one is what it died of, if it did."""
    command = [sys.executable, "-m", "tests.bench.fuzz_formats", "--child", str(case)]
    order = json.dumps({"first": first, "only": only}) + "\n"
    done = subprocess.run(command, input=order, capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        rng = random.Random(first + len(told))
        name = rng.choice([seed for seed in seeds() if only in seed[0]])[0]
        hung = done.returncode == -signal.SIGPROF
        why = f"more than {SECONDS} s" if hung else f"ended with {done.returncode}\n{done.stderr}"
        told.append([first + len(told), name, "WRONG", SECONDS, why])
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--only", default="", help="a part of the file's name")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child)
        return 0
    keep = arguments.keep or Path(tempfile.mkdtemp(prefix="fuzz-formats-"))
    keep.mkdir(parents=True, exist_ok=True)
    end, number = time.monotonic() + 60 * arguments.minutes, arguments.seed * 1_000_000
    counts, slowest, wrong = Counter(), (0.0, ""), 0
    while time.monotonic() < end:
        told = batch(number, arguments.only, keep / "case")
        for each, name, how, took, trace in told:
            counts[f"{Path(name).suffix} {how}"] += 1
            slowest = max(slowest, (took, f"{name} {each}"))
            if how == "WRONG":
                wrong += 1
                (keep / f"{each}-{name}.txt").write_text(trace)
                if each == told[-1][0]:
                    (keep / "case").replace(keep / f"{each}-{name}")
                print(f"{name} {each}: {trace.strip().splitlines()[-1][:200]}", flush=True)
        number += len(told)
    for how, count in sorted(counts.items()):
        print(f"{how:40} {count:7,}")
    print(
        f"{counts.total():,} files, {wrong} wrong, slowest {slowest[0]} s ({slowest[1]}); {keep}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
