"""Bilingual dictionaries of dictd (FreeDict) that are installed on this computer.

An index has a line per headword with the offset and the length of its article, both in base 64
(dictd's own digits, most significant first); the articles stand in a file that gzip reads. What
an article has below its headword are translations, numbered and parted by commas, and remarks.
"""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import Concept, Term, primary_subtag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDERS = (
    *("/usr/share/dictd", "/usr/local/share/dictd", "/opt/homebrew/share/dictd"),
    "~/.local/share/dictd",
)
_LARGEST = 256 * 1024 * 1024
_MOST_ENTRIES = 500_000
_STEP = 2000
_MOST_TRANSLATIONS = 40
_LONGEST = 60
_NAME = re.compile(r"(?:freedict-)?([a-z]{3})-([a-z]{3})")
_DIGITS = {
    digit: value
    for value, digit in enumerate(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    )
}
_CODES = {
    "afr": "af",
    "ara": "ar",
    "bre": "br",
    "bul": "bg",
    "cat": "ca",
    "ces": "cs",
    "cze": "cs",
    "cym": "cy",
    "dan": "da",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "epo": "eo",
    "fin": "fi",
    "fra": "fr",
    "gla": "gd",
    "gle": "ga",
    "hin": "hi",
    "hrv": "hr",
    "hun": "hu",
    "ind": "id",
    "isl": "is",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lat": "la",
    "lit": "lt",
    "nld": "nl",
    "nor": "nb",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "slv": "sl",
    "spa": "es",
    "srp": "sr",
    "swa": "sw",
    "swe": "sv",
    "swh": "sw",
    "tur": "tr",
    "ukr": "uk",
    "vie": "vi",
    "zho": "zh",
}
_NUMBER = re.compile(r"^\s*\d+\.\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|/[^/]*/")
_PARTS = re.compile(r"[,;،；、]")


def installed(folders: Iterable[str | Path] = FOLDERS) -> dict[tuple[str, str], Path]:
    """Return the indexes of the dictionaries by their languages, from and to."""
    found: dict[tuple[str, str], Path] = {}
    for folder in folders:
        place = Path(folder).expanduser()
        try:
            files = sorted(place.iterdir())
        except OSError:
            continue
        for path in files:
            match = _NAME.fullmatch(path.stem) if path.suffix == ".index" else None
            codes = tuple(_CODES.get(code, "") for code in match.groups()) if match else ()
            if len(codes) == 2 and all(codes):
                found.setdefault((codes[0], codes[1]), path)
    return found


def concepts(
    languages: tuple[str, str],
    folders: Iterable[str | Path] = FOLDERS,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Concept]:
    """Yield what the dictionaries of a language pair say, from either side.

    One that is damaged or too large gives nothing; `check` is called now and then and may raise.
    """
    source, target = (primary_subtag(tag) for tag in languages)
    known = installed(folders)
    for codes, tags in (
        ((source, target), languages),
        ((target, source), (languages[1], languages[0])),
    ):
        index = known.get(codes)
        if index is not None:
            for word, translations in _entries(index, check):
                terms = (Term(tags[1], text) for text in translations)
                yield Concept((Term(tags[0], word), *terms))


def _entries(index: Path, check: Callable[[], None]) -> Iterator[tuple[str, list[str]]]:
    articles = _articles(index)
    if not articles:
        return
    with index.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines):
            if number == _MOST_ENTRIES:
                return
            if number % _STEP == 0:
                check()
            word, _, place = line.rstrip("\n").partition("\t")
            offset, _, length = place.partition("\t")
            start, size = _number(offset), _number(length)
            word = word.strip()
            if not word or word.startswith("00database") or start < 0 or size < 0:
                continue
            article = articles[start : start + size].decode("utf-8", "replace")
            translations = _translations(article)
            if translations and len(word) <= _LONGEST:
                yield word, translations


def _articles(index: Path) -> bytes:
    """Return all articles of a dictionary; nothing where they cannot be read."""
    for name, opened in ((f"{index.stem}.dict.dz", gzip.open), (f"{index.stem}.dict", open)):
        path = index.with_name(name)
        try:
            with opened(path, "rb") as file:
                data = bytes(file.read(_LARGEST + 1))
        except (OSError, EOFError, zlib.error):
            continue
        return data if len(data) <= _LARGEST else b""
    return b""


def _number(digits: str) -> int:
    """Return a number in dictd's base 64; -1 for what is none."""
    number = 0
    for digit in digits:
        value = _DIGITS.get(digit)
        if value is None or number > _LARGEST:
            return -1
        number = number * 64 + value
    return number if digits else -1


def _translations(article: str) -> list[str]:
    found: dict[str, None] = {}
    for line in article.split("\n")[1:]:
        plain = _ASIDE.sub(" ", _NUMBER.sub("", line))
        for part in _PARTS.split(plain):
            text = " ".join(part.replace("\u2010", "-").split())
            if text and len(text) <= _LONGEST and any(map(str.isalpha, text)):
                found[text] = None
    return list(found)[:_MOST_TRANSLATIONS]
