"""What files are that the person chose, before anything of them is imported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.errors import Cancelled, EncodingError, ReviewerError
from reviewer.review.checking.pipeline import Reading, Watch, read_column
from reviewer.review.documents.bilingual import is_one_file, read_both, remembered
from reviewer.review.documents.importing import import_columns
from reviewer.review.tasks.requests import ImportIfSure, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Unit
    from reviewer.review.checking.pipeline import Column
    from reviewer.review.documents.importing import Imported


def look_at(readings: Sequence[Reading], watch: Watch) -> tuple[Look, ...]:
    """Say what files are, or the two columns of one; their troubles are part of the answer."""
    source, target = readings[0], readings[-1]
    if len(readings) == 2 and is_one_file(source, target):
        try:
            columns = read_both(source, target, watch)
        except Cancelled:
            raise
        except ReviewerError as error:
            return tuple(_trouble(reading, error) for reading in readings)
        return tuple(_seen(*each) for each in zip(readings, columns, strict=True))
    return tuple(look(reading) for reading in readings)


def import_if_sure(asked: ImportIfSure, watch: Watch) -> Imported | tuple[Look, ...]:
    """Import a bilingual file that tells its languages; else say what it is."""
    request = asked.request
    readings = request.source, request.target
    try:
        columns = read_both(*readings, watch)
        chosen = remembered(columns, asked.tables)
        if chosen is not None:
            readings = (
                replace(readings[0], column=chosen[0]),
                replace(readings[1], column=chosen[1]),
            )
            columns = read_both(*readings, watch)
    except EncodingError as error:
        return tuple(_trouble(reading, error) for reading in readings)
    tags = {column.document.language for column in columns}
    if all(column.sure for column in columns) and len(tags) == 2:
        return import_columns(request, *columns, watch)
    return tuple(_seen(*each) for each in zip(readings, columns, strict=True))


def look(reading: Reading) -> Look:
    """Say what a file is; its troubles are part of the answer."""
    try:
        column = read_column(reading)
    except ReviewerError as error:
        return _trouble(reading, error)
    return _seen(reading, column)


def _trouble(reading: Reading, error: ReviewerError) -> Look:
    return Look(reading, error=str(error), ask_encoding=isinstance(error, EncodingError))


def _seen(reading: Reading, column: Column) -> Look:
    document = column.document
    return Look(
        reading,
        document.format,
        document.recipe.get("encoding"),
        document.recipe.get("lines"),
        document.language,
        column.sure,
        len(column.segments),
        tuple(
            _readable(unit)[:300]
            for unit in document.units[:12]
            if unit.translatable and unit.text
        ),
        column.notes,
        columns=column.choices,
        column=column.chosen,
    )


def _readable(unit: Unit) -> str:
    """Return a unit's text without its codes."""
    codes = {ord(code.character): " " if code.data == "tab" else "" for code in unit.codes}
    return unit.text.translate(codes)
