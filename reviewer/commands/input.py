"""What the commands read: texts, tables, projects, and the settings of the person."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from reviewer.commands.arguments import UsageError
from reviewer.commands.output import tell, tell_languages
from reviewer.errors import system_reason

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reviewer.model import Pair
    from reviewer.review.checking.pipeline import Column, Reading, Watch
    from reviewer.review.tasks.opened_pairs import OpenedPairs
    from reviewer.settings import Settings


def readings(
    parsed: argparse.Namespace, source: Path, target: Path | None
) -> tuple[Reading, Reading]:
    """Return what is to be read; without a target, both columns of one file."""
    from reviewer.review.checking.pipeline import Reading

    if target is None:
        _refuse_lone(source)
        target = source
    more, columns = (parsed.encoding, parsed.lines), parsed.columns or (None, None)
    return (
        Reading(source, *more, parsed.source_language, column=columns[0]),
        Reading(target, *more, parsed.target_language, column=columns[1]),
    )


def _refuse_lone(file: Path) -> None:
    """Refuse a text without its translation."""
    if file.is_file() and not is_bilingual(file):
        message = f"“{file}” holds one text; give its translation too."
        raise UsageError(message)


def read_columns(parsed: argparse.Namespace, source: Path, target: Path) -> tuple[Column, Column]:
    """Read a text and its translation, sentence by sentence; resources by their keys."""
    from reviewer.review.checking.pipeline import Watch, read_column
    from reviewer.review.documents.bilingual import is_by_key, read_by_key
    from reviewer.review.tasks.reading import read_segmented

    both = readings(parsed, source, target)
    if is_by_key(*both) and not parsed.segmented:
        first, second = read_by_key(*both, Watch())
    else:
        read = read_segmented if parsed.segmented else read_column
        first, second = (read(reading) for reading in both)
    tell_languages(parsed, first.document.language, second.document.language)
    return first, second


def read_pairs(
    parsed: argparse.Namespace, watch: Watch
) -> list[tuple[Sequence[Pair], tuple[str, str], OpenedPairs | None]]:
    """Return the pairs and languages of each document of a project, or of two texts."""
    from reviewer.review.documents.knowledge import known_before
    from reviewer.review.tasks.opened_pairs import read_all_pairs
    from reviewer.review.tasks.reading import paired

    if len(parsed.files) == 1 and is_bilingual(parsed.files[0]):
        return [_pairs_of_one(parsed, watch)]
    if len(parsed.files) == 1:
        held = read_all_pairs(parsed.files[0], reviewer_id())
        if len(held) > 1:
            names = (f"{number} {each.documents.title}" for number, each in enumerate(held))
            tell(f"Documents: {', '.join(names)}")
        return [(opened.pairs, opened.languages, opened) for opened in held]
    if len(parsed.files) != 2:
        raise UsageError("Give one project or bilingual file, or a text and its translation.")
    columns = read_columns(parsed, *parsed.files)
    beads = None
    if getattr(parsed, "beads", None):
        with reading_lines(parsed.beads) as lines:
            beads = [line for line in lines if line.strip()]
    languages = (columns[0].document.language, columns[1].document.language)
    memories = tuple(getattr(parsed, "memories", None) or ())
    knowledge = known_before(memories, *columns, watch)
    for note in knowledge.notes:
        tell(note)
    return [(paired(*columns, beads, watch, knowledge), languages, None)]


def is_bilingual(path: Path) -> bool:
    """Return whether a file that is named alone holds both columns."""
    from reviewer.formats import holds_both

    return holds_both(path)


def _pairs_of_one(
    parsed: argparse.Namespace, watch: Watch
) -> tuple[Sequence[Pair], tuple[str, str], OpenedPairs | None]:
    """Return the pairs of a file that holds both columns."""
    from reviewer.review.documents.bilingual import read_both, unit_beads
    from reviewer.review.tasks.reading import as_pairs

    columns = read_both(*readings(parsed, parsed.files[0], None), watch)
    languages = (columns[0].document.language, columns[1].document.language)
    if not (columns[0].sure and columns[1].sure):
        tell_languages(parsed, *languages)
    for note in columns[0].notes:
        tell(note)
    beads = unit_beads(*columns, watch)
    return as_pairs(*columns, beads, shares_codes=True), languages, None


def records(lines: Iterable[str], path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON Lines; raises UsageError."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            message = f"Line {number} of “{path}” is no JSON object."
            raise UsageError(message)
        yield record


@contextmanager
def reading_lines(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 file to be read line by line; raises UsageError."""
    try:
        with path.open(encoding="utf-8") as file:
            yield file
    except OSError as error:
        message = f"“{path}” cannot be read: {system_reason(error)}."
        raise UsageError(message) from None
    except UnicodeDecodeError:
        message = f"“{path}” is not UTF-8."
        raise UsageError(message) from None


def memories(parsed: argparse.Namespace) -> tuple[Path, ...]:
    """Return the memories that were named, with paths that hold from any folder."""
    return tuple(path.absolute() for path in parsed.memories or ())


def own_settings() -> Settings:
    """Return the settings of the person, written down where there were none."""
    from reviewer.settings import load_settings, save_settings, settings_file

    settings = load_settings()
    if not settings_file().exists():
        save_settings(settings)
    return settings


def reviewer_id() -> bytes:
    """Return by what the person is known in projects."""
    return bytes.fromhex(own_settings().reviewer_id)
