"""The person's checklists: files in a folder of their own, chosen for a project by name.

A project comes from anywhere. It names lists, never places: only a file that the person has in
that folder is opened.
"""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.errors import FormatError, system_reason
from reviewer.review.checking.rule_files import Checklist, read_checklist, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reviewer.checks.rule import Rule
    from reviewer.model import Finding, Pair
    from reviewer.review.decisions.fold import State

CHECKLISTS = "checklists"
"""Key of the setting that names the checklists of a project."""
_SUFFIXES = frozenset({".toml", ".csv", ".tsv"})
_MOST_LISTS = 50
_LONGEST_NAME = 200
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that Windows keeps for devices."""


def folder() -> Path:
    """Return the folder of the checklists; it may not exist yet."""
    return paths.config_folder() / "checklists"


def available() -> dict[str, Path]:
    """Return the checklists of the person by the names of their files, in order."""
    try:
        files = sorted(folder().iterdir(), key=lambda path: path.name.lower())
    except OSError:
        return {}
    return {path.name: path for path in files if path.suffix.lower() in _SUFFIXES}


def chosen_of(state: State) -> tuple[str, ...]:
    """Return the names of a project's checklists, as somebody wrote them."""
    register = state.register("setting", CHECKLISTS)
    value = state.content(register.chosen).get("value") if register else None
    names = value[:_MOST_LISTS] if isinstance(value, list) else []
    return tuple(n for n in names if isinstance(n, str) and 0 < len(n) <= _LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rules of several checklists.

    Attributes:
        notes: lists and rules that were left out and why, one sentence each.
    """

    rules: tuple[Rule, ...] = ()
    notes: tuple[str, ...] = ()


def project_rules(state: State) -> Gathered:
    """Return the rules of a project's checklists that the person has on this computer."""
    named = chosen_of(state)
    known = available() if named else {}
    here = [known[name] for name in named if name in known]
    told = "is a checklist of this project that is not on this computer; it was not used."
    missing = [f"“{_shown(name)}” {told}" for name in named if name not in known]
    gathered = gather(here)
    return Gathered(gathered.rules, (*missing, *gathered.notes))


def gather(files: Iterable[Path]) -> Gathered:
    """Return the rules of checklists; one that cannot be read becomes a note."""
    rules: dict[Rule, None] = {}
    notes: list[str] = []
    for path in files:
        try:
            checklist = read_checklist(path)
        except FormatError as error:
            notes.append(f"{error} It was not used.")
            continue
        rules |= dict.fromkeys(checklist.rules)
        notes += checklist.notes
    return Gathered(tuple(rules), tuple(notes))


def _shown(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:80]


def save(checklist: Checklist, path: Path | None = None) -> Path:
    """Write a checklist to its file, or to a new one named after it; raises ExportError.

    What the file was before is kept beside it, with ".bak" behind its name.
    """
    from reviewer.errors import ExportError
    from reviewer.formats.whole_file import replacing

    try:
        folder().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"“{folder()}” cannot be made: {system_reason(error)}."
        raise ExportError(message) from None
    path = path or _free(_file_name(checklist.name))
    _keep_before(path)
    with replacing(path) as file:
        file.write(written(checklist, path.suffix.lower()))
    return path


def _keep_before(path: Path) -> None:
    """Keep what a list was: a person may have written remarks into it, or rules we cannot read."""
    if path.is_file():
        with suppress(OSError):
            shutil.copyfile(path, path.with_name(f"{path.name}.bak"))


def _file_name(name: str) -> str:
    """Return a name for a file that holds on every system, made of a list's own name."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in name)
    short = " ".join(kept.split())[:60].encode("utf-8")[:150].decode("utf-8", "ignore").strip()
    return f"{short}-list" if not short or short.lower() in _RESERVED else short


def _free(stem: str) -> Path:
    taken = {name.lower() for name in available()}
    number = 1
    while True:
        name = f"{stem}.toml" if number == 1 else f"{stem} {number}.toml"
        if name.lower() not in taken and not (folder() / name).exists():
            return folder() / name
        number += 1


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule sees in a document while it is being written.

    Attributes:
        findings: the first of them.
        looked_at: how many pairs were looked at; fewer than all where time or room ran out.
        slow: the pattern takes too long.
    """

    findings: tuple[Finding, ...] = ()
    looked_at: int = 0
    slow: bool = False


def tried(rule: Rule, pairs: Sequence[Pair], *, most: int = 200, seconds: float = 0.4) -> Trial:
    """Return what a rule sees in pairs, whatever languages it is for, within a moment."""
    from reviewer.checks.checklist import found_by
    from reviewer.checks.matching import Matcher, TooSlow

    matcher = Matcher(rule, timeout=seconds / 4)
    found: list[Finding] = []
    end = time.monotonic() + seconds
    for number, pair in enumerate(pairs):
        if len(found) >= most or time.monotonic() > end:
            return Trial(tuple(found[:most]), number)
        try:
            found += found_by(matcher, pair)
        except TooSlow:
            return Trial(tuple(found), number, slow=True)
    return Trial(tuple(found[:most]), len(pairs))
