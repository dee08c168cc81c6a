"""What we know of each language, read from `resources/languages/<tag>.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from reviewer import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_LONGEST_TAG = 35
"""Characters that RFC 5646 asks everybody to make room for (4.4.1)."""


@dataclass(frozen=True)
class Language:
    """The data of one language; what its file leaves out has a neutral default.

    Attributes:
        tag: the BCP 47 tag asked for ("fr-CA"); `code` is its primary subtag.
        table: the file's contents; a room reads its own section (`[segment]`, `[typography]`,
            `[numbers]`, `[terms]`, `[spelling]`) through a typed property or function of its own.
    """

    tag: str
    table: Mapping[str, Any]

    @cached_property
    def code(self) -> str:
        """The primary subtag, lower-cased ("fr")."""
        return self.tag.replace("_", "-").split("-")[0].lower()

    @cached_property
    def name(self) -> str:
        """The English name; the tag itself where there is no data."""
        return str(self.table.get("name", self.tag))

    @cached_property
    def right_to_left(self) -> bool:
        """Whether the script runs from right to left."""
        return self.table.get("direction") == "rtl"

    @cached_property
    def scripts(self) -> frozenset[str]:
        """ISO 15924 codes of the scripts it is written in; Latn where nothing is known."""
        return frozenset(self.table.get("scripts", ("Latn",)))

    @cached_property
    def spaced(self) -> bool:
        """Whether words are separated by spaces."""
        return bool(self.table.get("spaced", True))

    @cached_property
    def density(self) -> float:
        """Characters, spaces included, per character of the same text in English.

        Measured over human translations for the large languages, else 1.
        """
        return float(self.table.get("typography", {}).get("density", 1.0))

    def words(self, section: str, key: str) -> frozenset[str]:
        """Return a list of words, given in the file as one string or an array; else none."""
        value = self.table.get(section, {}).get(key, ())
        return frozenset(value.split() if isinstance(value, str) else value)


@cache
def language(tag: str) -> Language:
    """Return the data of a language; its file is found by the primary subtag."""
    code = tag.replace("_", "-").split("-")[0].lower()
    if code not in known_languages():
        return Language(tag, {})
    file = paths.resource("languages", f"{code}.toml")
    return Language(tag, tomllib.loads(file.read_text("utf-8")))


def is_language_tag(text: str) -> bool:
    """Return whether a text has the form of a BCP 47 tag; "_" passes for "-"."""
    return len(text) <= _LONGEST_TAG and bool(_TAG.fullmatch(text))


@cache
def known_languages() -> tuple[str, ...]:
    """Return the codes of all languages with a data file, sorted."""
    return tuple(sorted(file.stem for file in paths.resource("languages").glob("*.toml")))
