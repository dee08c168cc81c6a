"""The process that holds the dictionaries, away from everything else.

Hunspell is native code that reads files from anywhere. What it does with a broken or hostile one
(crash, loop, fill the memory) happens here: the process ends, and the `Speller` that asked says
so in one sentence. Requests and answers are lines of JSON on standard input and output:

    {"open": [[folder, name], ...]}          ->  {"opened": true} or {"trouble": sentence}
    {"id": 1, "words": [word, ...]}          ->  {"id": 1, "unknown": [word, ...]}
    {"id": 2, "suggest": word}               ->  {"id": 2, "suggestions": [word, ...]}
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reviewer.errors import system_reason
from reviewer.text.dictionaries import Dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_MEMORY = 1 << 30
"""Bytes of address space, where the system can limit it."""
_LARGEST_AFF, _LARGEST_DIC = 32 << 20, 128 << 20
_LONGEST_LINE = 1 << 16
_LOADING, _CHECKING, _SUGGESTING = 60.0, 15.0, 20.0
"""Seconds after which the process ends itself, twenty times of what is usual: the computer may be
busy. Hunspell's own limits are of suggestions alone."""
_SAMPLE, _FEWEST_KNOWN = 400, 0.2
"""Of its own first words a dictionary knows nearly all; some only stand inside of compounds."""
_MOST_SUGGESTIONS = 5
_LONGEST_WORD = 80
"""Code points; Hunspell gives up at a hundred letters, and longer ones take it long."""


def main() -> int:
    """Answer requests until the input ends; return the exit status."""
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    opened: list[Any] = []  # Any: Hunspell's objects have no types
    for line in iter(requests.readline, b""):
        request = json.loads(line)
        if "open" in request:
            dictionaries = [Dictionary(name, Path(folder)) for folder, name in request["open"]]
            with _ending_after(_LOADING):
                opened, trouble = _opened(dictionaries)
            _answer(answers, {"trouble": trouble} if trouble else {"opened": True})
        elif "words" in request:
            with _ending_after(_CHECKING):
                unknown = [word for word in request["words"] if not _is_known(word, opened)]
            _answer(answers, {"id": request["id"], "unknown": unknown})
        else:
            with _ending_after(_SUGGESTING):
                found = _suggested(request["suggest"], opened)
            _answer(answers, {"id": request["id"], "suggestions": found})
    return 0


def _answer(answers: BinaryIO, answer: dict[str, Any]) -> None:  # Any: what JSON holds
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """End the process if the work takes longer: a watchdog that needs no lock of Python's."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _opened(dictionaries: Iterable[Dictionary]) -> tuple[list[Any], str]:
    """Return Hunspell's objects, and why there are none."""
    try:
        from hunspell import Hunspell
    except ImportError:  # of another package that bears the name
        return [], "The package that reads dictionaries (chunspell-next) cannot be loaded."
    opened = []
    for dictionary in dictionaries:
        trouble = _trouble_with(dictionary)
        if trouble:
            return [], trouble
        try:
            # Paths in UTF-8 are what Hunspell takes on every system.
            speller = Hunspell(dictionary.name, str(dictionary.folder), system_encoding="UTF-8")
        except (OSError, MemoryError, UnicodeError):
            return [], f"“{dictionary.aff}” and its .dic cannot be read."
        if not _knows_itself(dictionary, speller):
            return [], f"“{dictionary.dic}” does not know its own words; it is damaged."
        opened.append(speller)
    return opened, ""


def _trouble_with(dictionary: Dictionary) -> str:
    """Return why files are not given to Hunspell; empty where they may be."""
    try:
        for path, most in ((dictionary.aff, _LARGEST_AFF), (dictionary.dic, _LARGEST_DIC)):
            if not path.is_file():
                return f"“{path}” is no file."
            if path.stat().st_size > most:
                return f"“{path}” is larger than any dictionary ({most >> 20} MB)."
        with dictionary.dic.open("rb") as file:
            first = file.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf").split()[:1]
    except OSError as error:
        return f"“{dictionary.dic}” cannot be read: {system_reason(error)}."
    # Hunspell makes room for as many words as this line promises.
    count = int(first[0]) if first and first[0].isdigit() and len(first[0]) < 12 else -1
    if not 0 <= count <= dictionary.dic.stat().st_size:
        return f"“{dictionary.dic}” is no dictionary: its first line is not the number of words."
    return ""


def _knows_itself(dictionary: Dictionary, speller: Any) -> bool:  # Any: as above
    """Return whether a dictionary knows words of its own; one that was misread knows none."""
    with dictionary.dic.open("rb") as file:
        lines = islice(iter(lambda: file.readline(_LONGEST_LINE), b""), 1, _SAMPLE + 1)
        encoding = speller._dic_encoding  # noqa: SLF001 - there is no other way to learn it
        words = [line.decode(encoding, "replace").split("/")[0].split("\t")[0] for line in lines]
    words = [word.strip() for word in words if word.strip()]
    known = sum(_is_known(word, [speller]) for word in words)
    return not words or known >= _FEWEST_KNOWN * len(words)


def _is_known(word: str, opened: Sequence[Any]) -> bool:  # Any: as above
    """Return whether a dictionary knows a word; what it could not even write counts as known."""
    if len(word) > _LONGEST_WORD:
        return True
    for speller in opened:
        try:
            if speller.spell(word):
                return True
        except UnicodeEncodeError:
            return True
    return False


def _suggested(word: str, opened: Sequence[Any]) -> list[str]:  # Any: as above
    if len(word) > _LONGEST_WORD:
        return []
    found: dict[str, None] = {}
    for speller in opened:
        with suppress(UnicodeEncodeError):
            found |= dict.fromkeys(filter(None, speller.suggest(word)))
    return list(found)[:_MOST_SUGGESTIONS]


if __name__ == "__main__":
    sys.exit(main())
