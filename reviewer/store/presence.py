"""Who else has a project open: a small file per opening, written by nobody else.

Advisory: a note that a crash left behind elsewhere fades by itself, and a forged one shows a wrong
name. What a crash on this computer left is recognised at once; see `holding`.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.store.canonical import parsed
from reviewer.store.holding import hold, is_held

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from io import FileIO
    from pathlib import Path

_SUFFIX = ".here"
_BEAT_SECONDS = 20.0
_FADES_SECONDS = 90.0
"""A note that was not renewed for so long is of somebody who left."""
_MOST_BYTES = 4096
_LONGEST = 60
"""Characters of a name or a computer's name."""
_MOST_PEOPLE = 50
_MOST_FILES = 2000


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Somebody who has the project open: a name and a computer's name, as they claim."""

    name: str
    host: str


class Presence:
    """The note of one opening in a folder, and what the others' notes say."""

    def __init__(
        self,
        folder: Path,
        session: bytes,
        name: str,
        *,
        own: bool = False,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Be present in a folder from the first `beat` on.

        Args:
            folder: made when it is missing.
            session: 16 bytes, of this opening.
            name: of the person.
            own: the folder is this computer's own, so that each note can be held by its program.
            wall: seconds since 1970.
        """
        self._folder = folder
        self._holds = own
        self._held: FileIO | None = None
        self.gone: set[str] = set()
        """Names of notes that programs of this computer left behind when they ended badly."""
        self._own = folder / f"{session.hex()}{_SUFFIX}"
        self._person = Person(name[:_LONGEST], socket.gethostname()[:_LONGEST])
        self._wall = wall
        self._beaten = 0.0
        self._notes: dict[str, tuple[str, float]] = {}  # what stood there, seen first when

    def beat(self) -> None:
        """Say that one is here, now and then; a folder that cannot be written is no trouble."""
        now = self._wall()
        if 0 <= now - self._beaten < _BEAT_SECONDS:
            return
        self._beaten = now
        said = {"name": self._person.name, "host": self._person.host, "beat": int(now)}
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._holds and not (self._held and self._own.exists()):
                self._let_go()
                self._held = hold(self._own)
            self._own.write_text(json.dumps(said), "utf-8")

    def others(self, gone: Collection[str] = ()) -> tuple[Person, ...]:
        """Return who else is here, by name; the notes named in `gone` are taken away.

        A clock elsewhere may be wrong: a note counts from when it was last seen to change, and at
        first sight by its time.
        """
        found, notes = set(), {}
        with suppress(OSError):
            for path in sorted(self._folder.glob(f"*{_SUFFIX}"))[:_MOST_FILES]:
                if path.name == self._own.name or self._is_left_behind(path, gone):
                    continue
                with suppress(OSError, ValueError, UnicodeError):
                    text = _read(path)
                    seen = self._seen(path.name, text)
                    notes[path.name] = text, seen
                    if self._wall() - seen < _FADES_SECONDS:
                        found.add(_person(text))
        self._notes = notes
        return tuple(sorted(found))[:_MOST_PEOPLE]

    def _is_left_behind(self, path: Path, gone: Collection[str]) -> bool:
        if self._holds:
            held = is_held(path)
            (self.gone.discard if held else self.gone.add)(path.name)
            return not held
        if path.name in gone:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return True
        return False

    def _seen(self, name: str, text: str) -> float:
        known = self._notes.get(name)
        if known is not None:
            return known[1] if known[0] == text else self._wall()
        beat = _said(text).get("beat")
        return float(beat) if isinstance(beat, int) else 0.0

    def leave(self) -> None:
        """Take the note away, and the folder when nobody is left."""
        self._let_go()
        with suppress(OSError):
            self._own.unlink(missing_ok=True)
            self._folder.rmdir()  # which fails where anything else is in it

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8")


def _said(text: str) -> Mapping[str, object]:
    said = parsed(text)
    return said if isinstance(said, dict) else {}


def _person(text: str) -> Person:
    said = _said(text)
    name, host = said.get("name"), said.get("host")
    if not isinstance(name, str) or not isinstance(host, str):
        raise ValueError("a note that names nobody")  # noqa: TRY004 - one kind for callers
    return Person(_plain(name), _plain(host))


def _plain(text: str) -> str:
    return "".join(character for character in text[:_LONGEST] if character.isprintable())
