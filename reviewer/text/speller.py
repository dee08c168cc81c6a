"""Asks a process of its own whether words are in the person's dictionaries, and what is meant."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from contextlib import suppress
from importlib.util import find_spec
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, Any

from reviewer.text.dictionaries import dictionaries_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reviewer.text.dictionaries import Dictionary

    _Stamped = tuple[Dictionary, tuple[tuple[int, int], ...]]

_AT_ONCE = 2_000
"""Words of one request: a few tens of milliseconds of Hunspell's time."""
_ENDED = 1.0
"""Seconds that a process has to end by itself."""


def is_available() -> bool:
    """Return whether the package that reads dictionaries is installed."""
    return find_spec("hunspell") is not None


class Speller:
    """Knows which words are in the dictionaries of a language.

    The process starts with it and loads the dictionaries meanwhile. What was asked once is
    remembered. Every method may be called from any thread.

    Attributes:
        dictionaries: one, or several of which any may know a word.
        trouble: why nothing can be told, one sentence; empty while all is well.
    """

    def __init__(self, dictionaries: Sequence[Dictionary]) -> None:
        self.dictionaries = tuple(dictionaries)
        self.trouble = ""
        self._loaded = False
        self._known: set[str] = set()
        self._unknown: set[str] = set()
        self._suggestions: dict[str, tuple[str, ...]] = {}
        self._asked: dict[int, Sequence[str]] = {}
        self._number = 0
        self._sending = Lock()
        self._answered = Condition()
        self._process = _started()
        self._end = weakref.finalize(self, _ended, self._process)
        places = [[str(each.folder), each.name] for each in self.dictionaries]
        self._send({"open": places})
        reader = Thread(target=_read, args=(self._process, weakref.ref(self)), daemon=True)
        reader.start()

    def unknown(self, words: Iterable[str], wait: float | None = None) -> frozenset[str]:
        """Return those of the words that are in no dictionary.

        None of a word is said that is not known within `wait` seconds, nor of any where there is
        trouble; None waits for all, which the process itself limits.
        """
        asked = frozenset(words)
        new = sorted(asked - self._known - self._unknown)
        for start in range(0, len(new), _AT_ONCE):
            batch = new[start : start + _AT_ONCE]
            self._send({"words": batch}, batch)
        with self._answered:
            self._answered.wait_for(lambda: self.trouble or self._has_told_of(new), wait)
            return frozenset() if self.trouble else asked & self._unknown

    def _has_told_of(self, words: Iterable[str]) -> bool:
        return all(word in self._known or word in self._unknown for word in words)

    def is_ready(self, wait: float = 0.0) -> bool:
        """Return whether the dictionaries are loaded, or never will be, within `wait` seconds."""
        with self._answered:
            return bool(self._answered.wait_for(lambda: self._loaded or self.trouble, wait))

    def suggestions(self, word: str) -> tuple[str, ...] | None:
        """Return what may be meant by a word, best first; None while that is being looked for.

        The first call asks, later ones tell. It may take a second or two.
        """
        if self.trouble:
            return ()
        with self._answered:
            known = self._suggestions.get(word)
            waiting = [word] in self._asked.values()
        if known is None and not waiting:
            self._send({"suggest": word}, [word])
        return known

    def close(self) -> None:
        """End the process."""
        self._fail("Spelling is not checked any more.")
        self._end()

    def _send(self, request: dict[str, Any], about: Sequence[str] = ()) -> None:  # Any: JSON
        with self._sending:
            self._number += 1
            with self._answered:
                self._asked[self._number] = about
            line = json.dumps(request | {"id": self._number}).encode("ascii") + b"\n"
            try:
                assert self._process.stdin is not None
                self._process.stdin.write(line)
                self._process.stdin.flush()
            except (OSError, ValueError):
                self._fail(self._broken())

    def _take(self, answer: dict[str, Any]) -> None:  # Any: what JSON holds
        """Remember an answer."""
        if "opened" in answer:
            with self._answered:
                self._loaded = True
                self._answered.notify_all()
        if "trouble" in answer:
            self._fail(f"{answer['trouble']} Spelling is not checked.")
            return
        with self._answered:
            about = self._asked.pop(answer.get("id", 0), ())
            if "unknown" in answer:
                self._unknown |= set(answer["unknown"])
                self._known |= set(about) - self._unknown
            elif "suggestions" in answer:
                self._suggestions[about[0]] = tuple(answer["suggestions"])
            self._answered.notify_all()

    def _fail(self, sentence: str) -> None:
        with self._answered:
            self.trouble = self.trouble or sentence
            self._answered.notify_all()

    def _broken(self) -> str:
        names = "”, “".join(str(each.dic) for each in self.dictionaries)
        return f"The dictionary “{names}” cannot be used; it is damaged. Spelling is not checked."


def _started() -> subprocess.Popen[bytes]:
    """Start the process; it imports from where the program does, never from the folder of now."""
    itself = [] if getattr(sys, "frozen", False) else ["-P", "-m", "reviewer"]
    return subprocess.Popen(  # noqa: S603 - the program itself, without a word from outside
        [sys.executable, *itself, "--speller"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # No console on Windows; Ctrl+C in a terminal is not meant for it.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        start_new_session=True,
    )


def _read(process: subprocess.Popen[bytes], speller: weakref.ref[Speller]) -> None:
    """Hand the answers on until there are no more; keeps no speller alive."""
    assert process.stdout is not None
    with suppress(OSError, ValueError):
        for line in iter(process.stdout.readline, b""):
            asking = speller()
            if asking is None:
                return
            asking._take(json.loads(line))  # noqa: SLF001 - outside, to hold no reference
            del asking
    asking = speller()
    if asking is not None:
        asking._fail(asking._broken())  # noqa: SLF001 - as above


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Let the process end, and see to it that it does."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(_ENDED)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


_spellers: dict[tuple[_Stamped, ...], Speller] = {}
_MOST_SPELLERS = 3
_choosing = Lock()


def speller_for(tag: str, folder: Path | None = None) -> Speller | None:
    """Return the speller of a language, the same for everybody in this process.

    None where there is no dictionary, or the package that reads them is not installed. `folder`
    is looked into first. Files that changed since are loaded anew.
    """
    dictionaries = dictionaries_for(tag, folder) if is_available() else ()
    if not dictionaries:
        return None
    key = tuple(map(_stamped, dictionaries))
    with _choosing:
        speller = _spellers.pop(key, None) or Speller(dictionaries)
        _spellers[key] = speller
        while len(_spellers) > _MOST_SPELLERS:
            _spellers.pop(next(iter(_spellers))).close()
        return speller


def _stamped(dictionary: Dictionary) -> _Stamped:
    """Return a dictionary with what changes when its files do."""
    stamps = []
    for path in (dictionary.aff, dictionary.dic):
        with suppress(OSError):
            found = path.stat()
            stamps.append((found.st_size, found.st_mtime_ns))
    return dictionary, tuple(stamps)


def close_spellers() -> None:
    """End the processes of all spellers."""
    with _choosing:
        while _spellers:
            _spellers.popitem()[1].close()
