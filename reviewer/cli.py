"""The commands; a stage is imported only when its command runs.

Offsets are code points, numbers of segments and pairs start at 0, files are UTF-8. Exit status:
0 done, 1 findings at or above --fail-on, 2 bad input or usage, told in one line.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer import __version__
from reviewer.commands.arguments import Parser, UsageError, add_languages
from reviewer.commands.output import tell
from reviewer.errors import EncodingError, LanguageError, ReviewerError, system_reason

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


_COMMANDS = (
    *("new", "add", "align", "check", "check-pairs", "terms", "merge", "export", "export-log"),
    "agreement",
    "import-table",
    *("import-log", "copy", "share", "verify", "salvage"),
)
_RUN_CHECK = "run-check"
"""A command for this program alone: it runs a check file of the person in another process."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; return 0, 1 or 2. Errors of the world are one line on standard error."""
    try:
        if arguments[:1] == [_RUN_CHECK]:
            return _run_check(arguments[1:])
        if arguments and arguments[0] in _COMMANDS:
            parsed = _parser().parse_args(arguments)
            _refuse_odd_tags(parsed)
            _refuse_out(parsed)
            _refuse_missing(parsed)
            return int(parsed.run(parsed))
        parsed = _window_parser().parse_args(arguments)
        _refuse_odd_tags(parsed)
        return _window(parsed)
    except EncodingError as error:
        tell(f"{error} (--encoding NAME)")
        return 2
    except ReviewerError as error:
        tell(str(error))
        return 2
    except BrokenPipeError:
        _give_up_output()
        return 0
    except OSError as error:
        _give_up_output()
        tell(f"The output cannot be written: {system_reason(error)}.")
        return 2
    except KeyboardInterrupt:
        return 130


def _give_up_output() -> None:
    """Let what standard output still holds go nowhere: the flush at exit would complain again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_odd_tags(parsed: argparse.Namespace) -> None:
    from reviewer.text.languages import is_language_tag

    for name in ("source_language", "target_language"):
        tag = getattr(parsed, name, None)
        if tag is not None and not is_language_tag(tag):
            message = f"{tag[:40]!r} is no language tag; one looks like “fr” or “pt-BR”."
            raise LanguageError(message)


def _refuse_out(parsed: argparse.Namespace) -> None:
    """Refuse to write over what is read, and over a project."""
    out = getattr(parsed, "out", None)
    if out is None:
        return
    if out.suffix.lower() == ".bitext" and out.exists():
        message = f"“{out}” is a project; it is not written over."
        raise UsageError(message)
    given = [value for name, value in vars(parsed).items() if name != "out"]
    for value in given:
        for path in value if isinstance(value, list) else [value]:
            if isinstance(path, Path) and _is_same_file(path, out):
                message = f"“{out}” is what is read; it is not written over."
                raise UsageError(message)


def _refuse_missing(parsed: argparse.Namespace) -> None:
    """Refuse files and folders that are named and not there: who names them wants them."""
    names = ("memories", "termbases", "check_files")
    for path in chain.from_iterable(getattr(parsed, name, None) or () for name in names):
        if not path.is_file():
            message = f"“{path}” was not found."
            raise UsageError(message)
    if getattr(parsed, "encoder", None) is not None:
        from reviewer.align.encoder import encoder_files

        encoder_files(parsed.encoder)
    if getattr(parsed, "dictionaries", None) is not None:
        from reviewer.review.checking.spelling import require_dictionaries

        require_dictionaries(parsed.dictionaries)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


# The parsers


def _window_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="reviewer",
        description="Review a translation beside its source.",
        epilog=f"Commands that need no window: {', '.join(_COMMANDS)}. "
        "Each explains itself with --help.",
    )
    parser.add_argument("--version", action="version", version=f"reviewer {__version__}")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a project, a bilingual file, a folder of pairs, or two texts",
    )
    add_languages(parser)
    return parser


def _parser() -> argparse.ArgumentParser:
    from reviewer.commands import printing, projects, sharing

    parser = Parser(prog="reviewer")
    commands = parser.add_subparsers(required=True, parser_class=Parser)

    def add(name: str, run: Callable[[Any], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    for group in (projects, printing, sharing):
        group.add_commands(add)
    return parser


# The window


def _window(parsed: argparse.Namespace) -> int:
    if len(parsed.files) > 2:
        raise UsageError("reviewer takes a project, a bilingual file, a folder, or two texts.")
    for name in parsed.files:
        if not Path(name).exists():
            message = f"“{name}” was not found; it is neither a file nor a command."
            raise UsageError(message)
    try:
        from reviewer.ui import app
    except ImportError as error:
        message = f"The window cannot be opened: {error}. The commands work without it."
        raise UsageError(message) from None
    return app.main(
        [Path(name) for name in parsed.files],
        source_language=parsed.source_language,
        target_language=parsed.target_language,
        encoding=parsed.encoding,
        lines=parsed.lines,
    )


def _run_check(arguments: Sequence[str]) -> int:
    from reviewer.review.checking.check_file import run_check_file

    for path in arguments[:1]:
        run_check_file(Path(path))
    return 0
