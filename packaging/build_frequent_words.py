"""Write resources/frequent-words.txt: the most frequent words of each language, from wordfreq.

Run by hand when wordfreq has new data; the file is committed.
"""

# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import regex
import wordfreq

if TYPE_CHECKING:
    from collections.abc import Mapping

OUT = Path(__file__).resolve().parent.parent / "resources" / "frequent-words.txt"
LANGUAGES = (
    "ar bg ca cs da de en es fa fi fil fr hi hr hu id is it lt lv mk ms nb nl pl pt ro ru sk "
    "sl sr sv tr uk ur vi"
)
WORDS = 600
SAMPLE = 5_000
RARE = 0.0004
"""Share of the words that must hold a letter for it to belong to the language."""

SOURCES = {"hr": "sh", "sr": "sh"}
FOLDED = {"de": "ß"}
"""Letters that wordfreq folds away."""

_PIECE = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_SERBIAN = {"lj": "љ", "nj": "њ", "dž": "џ"} | dict(
    zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)
)
_LATIN = re.compile("lj|nj|dž|.")
HEADER = """\
# The most frequent words of each language, most frequent first, behind the letters beyond
# a-z that it uses. From the data of wordfreq 3.1.1, CC BY-SA 4.0: see notices/wordfreq.txt.
"""


def pieces(code: str) -> Mapping[str, float]:
    """Return the frequencies of the words of a language, divided at apostrophes."""
    counts: defaultdict[str, float] = defaultdict(float)
    source = SOURCES.get(code, code)
    for word in wordfreq.top_n_list(source, SAMPLE):
        frequency = wordfreq.word_frequency(word, source)
        for piece in _PIECE.findall(word.replace("\u0307", "")):
            counts[_in_cyrillic(piece) if code == "sr" else piece] += frequency
    return counts


def letters(code: str, counts: Mapping[str, float]) -> str:
    """Return the letters beyond a-z that a language uses, sorted."""
    shares: defaultdict[str, float] = defaultdict(float)
    for word, frequency in counts.items():
        for letter in set(word):
            shares[letter] += frequency
    least = RARE * sum(counts.values())
    used = {c for c, n in shares.items() if c.isalpha() and not c.isascii() and n >= least}
    return "".join(sorted(used | set(FOLDED.get(code, ""))))


def _in_cyrillic(word: str) -> str:
    return _LATIN.sub(lambda found: _SERBIAN.get(found.group(), found.group()), word)


def main() -> int:
    """Write the file and return 0."""
    lines = []
    for code in LANGUAGES.split():
        counts = pieces(code)
        words = " ".join(word for word in sorted(counts, key=lambda word: -counts[word])[:WORDS])
        lines.append(f"{code}|{letters(code, counts)}|{words}\n")
    OUT.write_text(HEADER + "".join(lines), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
