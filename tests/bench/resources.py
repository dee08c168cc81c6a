"""How fast resources of programs are read by their keys, and given back.

    python -m tests.bench.resources [KEYS]

makes a source and a target of so many keys (50,000 unless said) in each format and prints texts
per second of the processor, both files counted, and the same for a corrected text in every tenth.
"""

import gc
import sys
import time

from reviewer.formats import KEYED
from reviewer.formats.base import Replacement

HEAD = {"json": "{\n", "yaml": "en:\n", "android": "<resources>\n", "resx": "<root>\n"}
FOOT = {"json": "\n}", "android": "</resources>\n", "resx": "</root>\n"}
LINE = {
    "json": '  "key{n}": "{text}"',
    "yaml": "  key{n}: {text}\n",
    "android": '    <string name="key{n}">{text}</string>\n',
    "strings": '"key{n}" = "{text}";\n',
    "properties": "key{n} = {text}\n",
    "resx": '  <data name="key{n}" xml:space="preserve">\n    <value>{text}</value>\n  </data>\n',
}


def made(name, keys, text):
    """Return a file of a format as bytes."""
    lines = [LINE[name].format(n=n, text=f"{text} {n} for %1$s") for n in range(keys)]
    body = (",\n" if name == "json" else "").join(lines)
    return f"{HEAD.get(name, '')}{body}{FOOT.get(name, '')}".encode()


def main():
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    gc.disable()
    for format_ in KEYED:
        if format_.name not in LINE:
            continue
        files = tuple(made(format_.name, keys, text) for text in ("Some text", "Un texte"))
        began = time.process_time()
        laid_out = tuple(format_.lay_out(data, {}) for data in files)
        content = format_.paired(files, laid_out)
        read = time.process_time() - began
        edits = [
            Replacement(n, 0, len(unit.text), unit.text, f"{unit.text}!")
            for n, unit in enumerate(content.target)
            if n % 10 == 0
        ]
        began = time.process_time()
        format_.write_pair(files, content.recipes, edits, [])
        written = time.process_time() - began
        rates = (f"{2 * keys / seconds:10,.0f}" for seconds in (read, written))
        print(f"{format_.name:12} {' read, '.join(rates)} given back a second")


if __name__ == "__main__":
    main()
