"""Folders of texts and translations: which files belong together, by their names.

Names are only compared. Nothing in a folder is changed, and no link in it is followed.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import FormatError
from reviewer.review.checking.naming import SOURCE, TARGET, told_by
from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MOST = 5_000
"""Files that are looked at; a folder with more is hardly one of pairs."""
_ALONE = frozenset({"xliff", "po"})
"""Formats that hold both texts and are reviewed where they lie; tables and memories may help."""


class FilePair(NamedTuple):
    """A text and its translation; both are one file where it holds both."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Matched:
    """What lies in a folder, or in two.

    Attributes:
        folders: the one, or that of the sources and that of the translations.
        pairs: in the order of their names.
        left: files that can be read and have no counterpart.
        roles: languages, or "source" and "target", that the names tell, the more frequent first;
            "" for names that tell none. Those of another habit of naming than most names have
            are not among them.
        source, target: the roles of the pairs; both "" where two folders tell them.
    """

    folders: tuple[Path, ...]
    pairs: tuple[FilePair, ...]
    left: tuple[Path, ...]
    roles: tuple[str, ...] = ()
    source: str = ""
    target: str = ""

    @property
    def languages(self) -> tuple[str | None, str | None]:
        """BCP 47 tags that the names tell of source and target; None where they tell none."""
        source, target = (_language(role) for role in (self.source, self.target))
        return source, target


def _language(role: str) -> str | None:
    return role if role not in {"", SOURCE, TARGET} and is_language_tag(role) else None


def match(folders: Sequence[Path], source: str = "", target: str = "") -> Matched:
    """Return which files of a folder, or of two, belong together; raises FormatError.

    `source` and `target` are the languages that are wanted, where names tell more than two.
    """
    if len(folders) == 2:
        return _of_two(folders[0], folders[1])
    (folder,) = folders
    files = list(_files(folder))
    alone = [path for path in files if _is_bilingual(path)]
    groups = _grouped(folder, (path for path in files if not _is_bilingual(path)))
    counts = Counter(role for group in groups if len(group) > 1 for role in group)
    roles = {role: counts[role] for role in sorted(counts, key=lambda role: (-counts[role], role))}
    ours, theirs = _chosen(roles, source, target)
    pairs = [FilePair(path, path) for path in alone]
    told = {ours, theirs}
    for group in groups if ours != theirs else ():
        sides = _sides(group, ours, theirs)
        if sides is not None:
            pairs.append(FilePair(group[sides[0]], group[sides[1]]))
        if sides is None or sides == (ours, theirs):
            told |= set(group)
    asked = tuple(role for role in roles if role in told)
    return _matched(folders, pairs, files, asked, ours, theirs)


def _sides(group: Mapping[str, Path], ours: str, theirs: str) -> tuple[str, str] | None:
    """Return the roles of source and translation in a group; None where others are meant.

    A folder may have several habits of naming: beside `a.en` and `a.fr`, `b_source` and
    `b_target` are a pair too, but `c.de` and `c.fr` are none.
    """
    if ours in group and theirs in group:
        return ours, theirs
    if len(group) != len((ours, theirs)):
        return None
    likely = _chosen(dict.fromkeys(sorted(group), 1), "", "")
    for source, target in (likely, likely[::-1]):
        if _serves(source, ours, SOURCE) and _serves(target, theirs, TARGET):
            return source, target
    return None


def _serves(role: str, wanted: str, word: str) -> bool:
    """Return whether a role can be that of a side: it is no other language and not the other."""
    other = TARGET if word == SOURCE else SOURCE
    return role in {wanted, word, ""} or (_language(wanted) is None and role != other)


def _matched(
    folders: Sequence[Path],
    pairs: Iterable[FilePair],
    files: Sequence[Path],
    roles: tuple[str, ...] = (),
    source: str = "",
    target: str = "",
) -> Matched:
    ordered = sorted(pairs, key=lambda pair: (str(pair.source).lower(), str(pair.target)))
    used = {path for pair in ordered for path in pair}
    left = tuple(sorted(path for path in files if path not in used))
    return Matched(tuple(folders), tuple(ordered), left, roles, source, target)


def _of_two(first: Path, second: Path) -> Matched:
    """Return the pairs of a folder of sources and one of translations, by their places in them."""
    ours, theirs = list(_files(first)), list(_files(second))
    found: list[FilePair] = []
    for with_suffix in (True, False):
        used = {path for pair in found for path in pair}
        keys = [
            _by_key(folder, (path for path in files if path not in used), with_suffix=with_suffix)
            for folder, files in ((first, ours), (second, theirs))
        ]
        found += [FilePair(path, keys[1][key]) for key, path in keys[0].items() if key in keys[1]]
    return _matched((first, second), found, [*ours, *theirs])


def _by_key(folder: Path, files: Iterable[Path], *, with_suffix: bool) -> dict[str, Path]:
    """Return the files by their places; a place that two of them share tells nothing."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in files:
        key = told_by(path.relative_to(folder)).key
        found[key + path.suffix.lower() * with_suffix].append(path)
    return {key: paths[0] for key, paths in found.items() if len(paths) == 1}


def _grouped(folder: Path, files: Iterable[Path]) -> list[dict[str, Path]]:
    """Return the files that differ in nothing but what tells their role, by role.

    Files of one format come together first, then what is left of different formats.
    """
    waiting, found = list(files), []
    for with_suffix in (True, False):
        groups: defaultdict[str, dict[str, Path]] = defaultdict(dict)
        for path in waiting:
            told = told_by(path.relative_to(folder))
            groups[told.key + path.suffix.lower() * with_suffix].setdefault(told.role, path)
        several = [group for group in groups.values() if len(group) > 1]
        used = {path for group in several for path in group.values()}
        waiting = [path for path in waiting if path not in used]
        found += several
    return found


def _chosen(roles: Mapping[str, int], source: str, target: str) -> tuple[str, str]:
    """Return the roles of the two sides: as wanted, as the names say, else English first.

    `roles` says how many files have each, the more frequent first; what tells no language is
    the source's only where no other is more frequent.
    """
    ours = _wanted(roles, source)
    theirs = _wanted(roles, target)
    if ours is None:
        rest = [role for role in roles if role != theirs]
        most = max(roles.values(), default=0)
        frequent = [role for role in rest if role == "en" or roles[role] == most]
        likely = (role for role in (SOURCE, "", "en") if role in frequent)
        english = (role for role in rest if role.startswith("en-"))
        ours = next(likely, None) or next(english, None) or ("" if "" in frequent else None)
        ours = ours if ours is not None else min(frequent or rest, default="")
    if theirs is None:
        rest = [role for role in roles if role != ours]
        theirs = TARGET if ours == SOURCE and TARGET in rest else next(iter(rest), ours)
    return ours, theirs


def _wanted(roles: Iterable[str], tag: str) -> str | None:
    """Return the role that a language tag names, with or without a region."""
    if not tag:
        return None
    exact = (role for role in roles if role.lower() == tag.lower())
    near = (role for role in roles if role.partition("-")[0] == tag.partition("-")[0].lower())
    return next(exact, None) or next(near, None)


def _files(folder: Path) -> Iterator[Path]:
    """Yield what can be read below a folder, in order; raises FormatError."""
    from reviewer.formats import BILINGUAL_READERS, READERS

    known = [reader.suffixes for reader in READERS]
    known += [reader.suffixes for reader in BILINGUAL_READERS]
    suffixes = tuple(suffix for some in known for suffix in some)
    if not folder.is_dir():
        message = f"“{folder}” is no folder."
        raise FormatError(message)
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            seen += 1
            if seen > _MOST:
                message = f"“{folder.name}” holds more than {_MOST:,} files."
                raise FormatError(message)
            path = Path(place) / name
            wanted = not name.startswith(".") and name.lower().endswith(suffixes)
            if wanted and not path.is_symlink():
                yield path


def _is_bilingual(path: Path) -> bool:
    from reviewer.formats import bilingual_reader_of

    reader = bilingual_reader_of(path.name)
    return reader is not None and reader.name in _ALONE


def shown(matched: Matched, path: Path) -> str:
    """Return a file's place inside its folder, for people."""
    folder = next((each for each in matched.folders if path.is_relative_to(each)), None)
    return str(path.relative_to(folder)) if folder else path.name
