"""Where the Hunspell dictionaries of this computer lie, and which of them fits a language.

A dictionary is a pair of files, NAME.aff and NAME.dic, named after a language: fr, fr_FR,
de_DE_frami, sr-Latn. Nothing is ever downloaded.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

INSTEAD = "REVIEWER_DICTIONARIES"
"""Names folders that are looked into instead of the usual ones."""

_MOST_FILES = 5_000
"""Entries of a folder that are looked at: a folder of dictionaries has a few hundred."""
_UNSPACED = frozenset({"bo", "dz", "km", "lo", "my", "wuu", "yue"})
"""Languages without data of ours that do not separate words."""
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "tl": "fil", "ji": "yi"}
_SCRIPTS = {"sr": "Cyrl", "uz": "Latn", "az": "Latn", "bs": "Latn", "mn": "Cyrl"}
"""The script that is meant where a name says none."""
_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2
_HOME = {
    "ca": "ES", "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "et": "EE", "fa": "IR", "he": "IL",
    "hi": "IN", "ko": "KR", "nb": "NO", "sl": "SI", "sv": "SE", "uk": "UA", "vi": "VN",
}  # fmt: skip
"""The region whose dictionary stands for a language that is written alike everywhere."""
_BOTH = {"en": ("US", "GB"), "pt": ("PT", "BR")}
"""Regions that spell differently: without a region, a word of either is right."""
_APART = frozenset({"pt"})
"""Languages in which the dictionary of one region finds fault with another's spelling."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A pair of files on this computer.

    Attributes:
        name: of the files without their endings.
        folder: in which both lie.
    """

    name: str
    folder: Path

    @property
    def aff(self) -> Path:
        """The file of the affixes."""
        return self.folder / f"{self.name}.aff"

    @property
    def dic(self) -> Path:
        """The file of the words."""
        return self.folder / f"{self.name}.dic"


@dataclass(frozen=True, slots=True)
class _Name:
    """What the name of a dictionary, or a tag, says; "" where it says nothing."""

    code: str
    script: str
    region: str
    more: str


def own_folder() -> Path:
    """Return the folder for dictionaries that is the program's own; it may not exist yet."""
    return paths.config_folder() / "dictionaries"


def dictionaries_for(tag: str, folder: Path | None = None) -> tuple[Dictionary, ...]:
    """Return the dictionaries whose words are right in a language; empty where there are none.

    It is one, or two where the tag leaves open which of two ways of spelling is meant ("pt").
    Languages that do not separate words have none. `folder` is looked into first.
    """
    wanted = _read(tag)
    if wanted.code in _UNSPACED or not language(tag).spaced:
        return ()
    ranked = sorted(
        (rank, order, found)
        for order, found in enumerate(_installed(folder))
        if (rank := _rank(_read(found.name), wanted)) is not None
    )
    if wanted.region or wanted.code not in _BOTH:
        return tuple(found for _, _, found in ranked[:1])
    return _both(wanted.code, [found for _, _, found in ranked])


def dictionaries_below(folder: Path) -> tuple[Dictionary, ...]:
    """Return the dictionaries of a folder and of those in it, of whatever language."""
    places = [folder, *_below(folder, _DEEP)]
    return tuple(found for place in places for found in _in_folder(place))


def _both(code: str, ranked: Sequence[Dictionary]) -> tuple[Dictionary, ...]:
    """Return the best dictionary of each way of spelling, else the best of all."""
    chosen = []
    for region in _BOTH[code]:
        chosen += [found for found in ranked if _read(found.name).region == region][:1]
    return tuple(chosen or ranked[:1])


def _rank(name: _Name, wanted: _Name) -> tuple[int, int, int] | None:
    """Return how well a dictionary fits, best lowest; None where it does not."""
    if name.code != wanted.code or name.script != wanted.script:
        return None
    strange = wanted.region and name.region not in {wanted.region, ""}
    if strange and wanted.code in _APART:
        return None
    home = _HOME.get(name.code, name.code.upper())
    places = [wanted.region, "", home] if wanted.region else ["", home]
    place = places.index(name.region) if name.region in places else len(places)
    return place, bool(name.more), len(name.more)


def _read(name: str) -> _Name:
    """Return what a tag or a file's name says: "de_DE_frami" is German as of Germany."""
    code, *rest = name.replace("_", "-").split("-")
    script = region = ""
    more: list[str] = []
    for part in rest:
        if not more and not script and len(part) == _SCRIPT_LETTERS and part.isalpha():
            script = part.title()
        elif not more and not region and len(part) == _REGION_LETTERS and part.isalpha():
            region = part.upper()
        elif part.upper() != "ANY":
            more.append(part)
    code = _ALIASES.get(code.lower(), code.lower())
    return _Name(code, _script(code, script), region, "-".join(more))


def _script(code: str, said: str) -> str:
    scripts = sorted(language(code).scripts)
    return said or _SCRIPTS.get(code) or (scripts[0] if len(scripts) == 1 else "")


def _installed(folder: Path | None) -> Iterator[Dictionary]:
    """Yield every dictionary of this computer once, in the order of the folders."""
    seen = set()
    for place in folders(folder):
        for found in _in_folder(place):
            if found.name not in seen:
                seen.add(found.name)
                yield found


def _in_folder(folder: Path) -> list[Dictionary]:
    try:
        with os.scandir(folder) as entries:
            names = {entry.name for entry in islice(entries, _MOST_FILES)}
    except OSError:
        return []
    stems = sorted(name.removesuffix(".aff") for name in names if name.endswith(".aff"))
    return [Dictionary(stem, folder) for stem in stems if f"{stem}.dic" in names]


def folders(folder: Path | None = None) -> list[Path]:
    """Return the folders in which dictionaries are looked for, in order; many do not exist."""
    first = [folder, *_below(folder, _DEEP)] if folder is not None else []
    instead = os.environ.get(INSTEAD)
    if instead is not None:
        usual: Iterable[Path] = map(Path, filter(None, instead.split(os.pathsep)))
    else:
        usual = _usual()
    own = [own_folder(), *_below(own_folder(), _DEEP)]
    return list(dict.fromkeys([*first, *own, *usual]))


def _usual() -> Iterator[Path]:
    """Yield the folders of Hunspell, LibreOffice and OmegaT on this system."""
    yield from map(Path, filter(None, os.environ.get("DICPATH", "").split(os.pathsep)))
    if sys.platform == "win32":
        yield from _of_windows()
    elif sys.platform == "darwin":
        yield from _of_macos(Path.home())
    else:
        yield from _of_unix(Path.home())


_DEEP = ("*", "*/*")
"""How far below a folder of the person's own is looked: an unpacked extension has folders."""
_OXT = ("*/*.oxt", "*/*.oxt/*")
"""Where extensions of LibreOffice are unpacked below the person's cache of packages."""
_PACKAGES = "4/user/uno_packages/cache/uno_packages"
_DICT = ("dict-*", "dict-*/*")


def _of_windows() -> Iterator[Path]:
    roaming = Path(os.environ.get("APPDATA", ""))
    yield roaming / "hunspell"
    yield roaming / "OmegaT" / "spelling"
    yield from _below(roaming / "LibreOffice" / _PACKAGES, _OXT)
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        programs = os.environ.get(variable)
        for office in _below(Path(programs), ("LibreOffice*",)) if programs else ():
            yield from _below(office / "share" / "extensions", _DICT)


def _of_macos(home: Path) -> Iterator[Path]:
    yield home / "Library" / "Spelling"
    yield Path("/Library/Spelling")
    yield home / "Library" / "Preferences" / "OmegaT" / "spelling"
    for root in ("/opt/homebrew", "/usr/local"):
        yield Path(root) / "share" / "hunspell"
    support = home / "Library" / "Application Support"
    yield from _below(support / "LibreOffice" / _PACKAGES, _OXT)
    office = Path("/Applications/LibreOffice.app/Contents/Resources/extensions")
    yield from _below(office, _DICT)


def _of_unix(home: Path) -> Iterator[Path]:
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "").split(":")
    for root in dict.fromkeys([own, *map(Path, filter(None, shared)), *_SHARES]):
        yield from (root / "hunspell", root / "myspell", root / "myspell" / "dicts")
    yield home / ".omegat" / "spelling"
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    flatpak = home / ".var" / "app" / "org.libreoffice.LibreOffice" / "config"
    for place in (config, flatpak):
        yield from _below(place / "libreoffice" / _PACKAGES, _OXT)
    for library in ("/usr/lib", "/usr/lib64"):
        yield from _below(Path(library) / "libreoffice" / "share" / "extensions", _DICT)
    for office in _below(Path("/opt"), ("libreoffice*",)):
        yield from _below(office / "share" / "extensions", _DICT)


_SHARES = (Path("/usr/local/share"), Path("/usr/share"))


def _below(folder: Path, patterns: Sequence[str]) -> list[Path]:
    """Return the folders below one that fit patterns, in order; none where it cannot be read."""
    found: list[Path] = []
    for pattern in patterns:
        try:
            places = sorted(islice(folder.glob(pattern), _MOST_FILES))
            found += [place for place in places if place.is_dir()]
        except OSError:
            continue
    return found
