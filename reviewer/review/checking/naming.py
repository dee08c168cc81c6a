"""What the names of files say: their language, and which of two folders belong together.

A name is a label: it says what may belong together and is never used as a place to write to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.text.languages import is_language_tag, known_languages

if TYPE_CHECKING:
    from pathlib import PurePath

SOURCE, TARGET = "source", "target"
"""Roles that names tell where they tell no language."""
_PARTS = re.compile(r"[._\-\s]+")
_ANDROID = re.compile(r"values-([a-z]{2,3})(?:-r([A-Z]{2}))?|values-b\+([A-Za-z0-9+]+)")
_TWO_LETTERS = (
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro"
    " ru sk sl sr sv sw ta th tr uk ur vi zh"
)
_LANGUAGES = frozenset(known_languages()) | frozenset(_TWO_LETTERS.split())
"""What names tell; other two letters may be a country or a word."""


def language_in_name(path: PurePath) -> str:
    """Return the language that a file's name or its folder's tells; "" for none."""
    for name in (_stem(path.name), path.parent.name):
        found = language_of(name)
        if found:
            return found
    return ""


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def language_of(name: str) -> str:
    """Return the language that a name without a suffix tells: "fr", "app_fr-CA", "values-pt-rBR".

    A tag stands alone or at the end, parted from the rest; English words are not taken for tags.
    """
    android = _ANDROID.fullmatch(name)
    if android:
        if android[3]:
            return android[3].replace("+", "-")
        return f"{android[1]}-{android[2]}" if android[2] else android[1]
    name = name.removesuffix(".lproj")
    parts = _PARTS.split(name)
    for count in (2, 1):
        tag = "-".join(parts[-count:])
        if len(parts) >= count and _is_tag(parts[-count:]) and is_language_tag(tag):
            return tag
    return ""


def _is_tag(parts: list[str]) -> bool:
    """Return whether parts of a name are a language that is known, perhaps with a region."""
    if parts[0].lower() not in _LANGUAGES:
        return False
    if len(parts) == 1:
        return True
    return bool(re.fullmatch(r"[A-Z]{2}|[A-Z][a-z]{3}|\d{3}", parts[1]))


_ROLES = {
    **dict.fromkeys(("source", "src", "original", "originals", "sources", "quelle"), SOURCE),
    **dict.fromkeys(("target", "tgt", "translation", "translated", "targets", "ziel"), TARGET),
    **dict.fromkeys(("translations", "traduction", "terjemahan"), TARGET),
}
_SPACED = re.compile(r"(.*?)[._\-\s]*[(\[]([^()\[\]]+)[)\]]")
_EDGE = re.compile(r"[._\-\s]+")


class Told(NamedTuple):
    """What a file's place in a folder tells.

    Attributes:
        key: the place without what tells the language; alike for files that belong together.
        role: a language tag, SOURCE, TARGET, or "" where nothing is told.
    """

    key: str
    role: str


def told_by(relative: PurePath) -> Told:
    """Return what a path inside a folder tells: "fr/help.html", "help_source.docx"."""
    role, kept = "", []
    for name in relative.parts[:-1]:
        found, rest = _of_folder(name)
        role = found or role
        if rest:
            kept.append(rest)
    stem, dot, _ = relative.name.rpartition(".")
    found, rest = _of_stem(stem if dot else relative.name)
    return Told("/".join((*kept, rest)).lower(), found or role)


def _of_folder(name: str) -> tuple[str, str]:
    """Return the role that a folder's name tells, and what the name is without it."""
    android = _ANDROID.fullmatch(name)
    if android:
        return language_of(name), "values"
    if name.endswith(".lproj"):
        return language_of(name), ".lproj"
    role = _role(name)
    return (role, "") if role else ("", name)


def _of_stem(stem: str) -> tuple[str, str]:
    """Return the role that a file's name tells at its end or its start, and the rest."""
    role = _role(stem)
    if role:
        return role, ""
    bracketed = _SPACED.fullmatch(stem)
    if bracketed and _role(bracketed[2]):
        return _role(bracketed[2]), bracketed[1]
    cuts = [found.span() for found in _EDGE.finditer(stem)]
    for start, end in (*cuts[-2:-1], *cuts[-1:]):
        role = _role(stem[end:])
        if role:
            return role, stem[:start]
    for start, end in cuts[:1]:
        role = _role(stem[:start])
        if role:
            return role, stem[end:]
    return "", stem


def _role(name: str) -> str:
    """Return the role that a whole name is; "" for a name that is none."""
    lowered = name.lower()
    if lowered in _ROLES:
        return _ROLES[lowered]
    first, *more = re.split("[-_]", name)
    parts = [first.lower(), *(part.upper() if len(part) == 2 else part for part in more)]
    return "-".join(parts) if len(parts) <= 2 and _is_tag(parts) else ""
