"""What the commands take: their parser, and the options that several have."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from reviewer.errors import ReviewerError

if TYPE_CHECKING:
    from collections.abc import Callable


class UsageError(ReviewerError):
    """The command line asks for something that is not there."""


class AddCommand(Protocol):
    """Adds a command to the program: its name, what runs it, and what it says of itself."""

    def __call__(
        self, name: str, run: Callable[[Any], int], text: str, /
    ) -> argparse.ArgumentParser:
        """Return the command, for its options."""


class Parser(argparse.ArgumentParser):
    """Raises UsageError for what it does not understand."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        sentence = f"{self.prog}: {message}"
        raise UsageError(sentence)


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add a text and its translation, one file that holds both columns, or folders of pairs."""
    what = "a text, a file that holds both columns, or a folder of pairs"
    parser.add_argument("source", type=Path, help=what)
    parser.add_argument(
        "target", type=Path, nargs="?", help="its translation, or the folder of the translations"
    )
    add_reading(parser, segmented=False)


def add_texts(parser: argparse.ArgumentParser, *, segmented: bool = False) -> None:
    """Add a text and its translation."""
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    add_reading(parser, segmented=segmented)


def add_reading(parser: argparse.ArgumentParser, *, segmented: bool) -> None:
    """Add how texts are to be read."""
    add_languages(parser)
    parser.add_argument(
        "--columns",
        type=_columns_of,
        metavar="S,T",
        help="of a bilingual table: the numbers of source and target, from 1",
    )
    if segmented:
        parser.add_argument("--segmented", action="store_true", help="a line is a segment")


def add_languages(parser: argparse.ArgumentParser) -> None:
    """Add what a person knows of the texts: languages, encoding, line breaks."""
    parser.add_argument("--from", dest="source_language", metavar="TAG", help="source language")
    parser.add_argument("--to", dest="target_language", metavar="TAG", help="target language")
    parser.add_argument("--encoding", help="of texts that are not UTF-8 or marked otherwise")
    parser.add_argument("--lines", choices=("breaks", "wrapped"), help="what a line break means")


def _columns_of(text: str) -> tuple[int, int]:
    """Return two numbers of columns, from 0."""
    numbers = [int(number) for number in text.split(",") if number.isdigit()]
    if len(numbers) != 2 or min(numbers) < 1 or numbers[0] == numbers[1]:
        message = f"{text[:40]!r} names no two columns; “1,2” does."
        raise argparse.ArgumentTypeError(message)
    return numbers[0] - 1, numbers[1] - 1


def add_memories(parser: argparse.ArgumentParser) -> None:
    """Add translation memories."""
    add_several(parser, "--memory", "memories", "a translation memory (TMX) to learn from")


def add_termbases(parser: argparse.ArgumentParser) -> None:
    """Add termbases."""
    what = "a termbase (TBX, CSV, TSV, XLSX, a list with tabs)"
    add_several(parser, "--termbase", "termbases", what)


def add_several(parser: argparse.ArgumentParser, option: str, dest: str, what: str) -> None:
    """Add an option that names a file each time that it is given."""
    text = f"{what}; may be given several times"
    parser.add_argument(option, dest=dest, action="append", type=Path, metavar="FILE", help=text)


def add_encoder(parser: argparse.ArgumentParser) -> None:
    """Add a sentence encoder."""
    parser.add_argument(
        "--encoder", type=Path, metavar="FOLDER", help="a sentence encoder in ONNX to align with"
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """Add a file in place of standard output."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
