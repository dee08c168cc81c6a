"""The person's settings: a typed value, kept as TOML in the config folder."""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_RECENT = 12
_MOST_KNOWN = 100
_PLACE = re.compile(r"(\S+) ([0-9]{1,9}) ([0-9]{1,9})")
_REVIEWER_ID = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose once for every project.

    Attributes:
        reviewer_id: 32 hex digits, made at first start; identifies the person's events.
        reviewer_name: as shown to colleagues; the login name until the person gives another.
        theme: "system", "light" or "dark".
        zoom: size of the texts in per cent, 50-300.
        density: "compact" or "normal".
        recent: paths of projects, newest first, at most 12.
        interface_language: BCP 47 tag, or empty for the system's.
        memories: paths of the translation memories that new projects begin with, in order.
        known_memories: all that the person ever chose on this computer, newest first, at most
            100; a path that a project names is opened only if it is one of them.
        own_checks: names of the person's own check files that are switched on.
        encoder: folder of a sentence encoder that helps to align; empty for none.
        dictionaries: folder of dictionaries to look into first; empty for none.
        term_dictionaries: whether those of dictd on this computer are evidence for terms.
        export_states: whether an export says in a bilingual file's own states what is confirmed
            and what rejected.
        tables: which columns of bilingual tables were chosen, newest first, at most 100: names of
            layouts (`review.bilingual.layout_name`) with the numbers of source and target.
        places: where the person left projects, newest first, at most 100: ids of projects with
            the numbers of a document and a pair.
        warned: ids of projects of which the person was told that a network drive is no safe
            place for two programs at once, newest first, at most 100.
    """

    reviewer_id: str = ""
    reviewer_name: str = ""
    theme: str = "system"
    zoom: int = 100
    density: str = "normal"
    recent: tuple[str, ...] = ()
    interface_language: str = ""
    memories: tuple[str, ...] = ()
    known_memories: tuple[str, ...] = ()
    own_checks: tuple[str, ...] = ()
    encoder: str = ""
    tables: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    dictionaries: str = ""
    term_dictionaries: bool = False
    export_states: bool = False

    @property
    def dictionaries_folder(self) -> Path | None:
        """The folder of dictionaries as a path; None for none."""
        return Path(self.dictionaries) if self.dictionaries else None

    def with_recent(self, path: Path) -> Settings:
        """Return the settings with `path` as the newest recent project."""
        name = str(path)
        others = tuple(other for other in self.recent if other != name)
        return replace(self, recent=(name, *others)[:_MOST_RECENT])

    def with_memories(self, paths: Sequence[str]) -> Settings:
        """Return the settings with these memories for new projects."""
        return replace(self.knowing(paths), memories=tuple(paths))

    def with_table(self, layout: str, source: int, target: int) -> Settings:
        """Return the settings with these columns for tables of a layout."""
        others = (entry for entry in self.tables if not entry.startswith(f"{layout} "))
        entries = (f"{layout} {source} {target}", *others)
        return replace(self, tables=entries[:_MOST_KNOWN])

    def with_place(self, project: str, document: int, pair: int) -> Settings:
        """Return the settings with this as the place where a project was left."""
        others = (entry for entry in self.places if not entry.startswith(f"{project} "))
        entries = (f"{project} {document} {pair}", *others)
        return replace(self, places=entries[:_MOST_KNOWN])

    def place_in(self, project: str) -> tuple[int, int]:
        """Return the document and pair where a project was left; 0 and 0 for an unknown one."""
        for entry in self.places:
            found = _PLACE.fullmatch(entry)
            if found is not None and found[1] == project:
                return int(found[2]), int(found[3])
        return 0, 0

    def knowing(self, paths: Sequence[str]) -> Settings:
        """Return the settings with these as memories that the person chose."""
        known = tuple(dict.fromkeys((*paths, *self.known_memories)))
        return replace(self, known_memories=known[:_MOST_KNOWN])


def settings_file() -> Path:
    """Return the path of the settings file."""
    return paths.config_folder() / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; what is missing, unknown or of another type keeps its default."""
    path = path or settings_file()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        table = {}
    known: dict[str, Any] = {}  # Any: each field has a type of its own, compared below
    for field in fields(Settings):
        value = table.get(field.name)
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            value = tuple(value)
        if type(value) is type(field.default):
            known[field.name] = value
    settings = Settings(**known)
    if not _REVIEWER_ID.fullmatch(settings.reviewer_id):
        settings = replace(settings, reviewer_id=os.urandom(16).hex())
    if not settings.reviewer_name:
        settings = replace(settings, reviewer_name=_login_name())
    return settings


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings in one step; a folder that cannot be written is no error.

    Paths that are not Unicode are left out: TOML cannot hold them.
    """
    import tomli_w

    path = path or settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        table = asdict(settings)
        for field in ("recent", "memories", "known_memories", "own_checks", "tables"):
            table[field] = [name for name in table[field] if _is_unicode(name)]
        draft.write_bytes(tomli_w.dumps(table).encode("utf-8", "replace"))
        draft.replace(path)
    except OSError:
        return


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
