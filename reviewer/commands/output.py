"""What the commands print and tell: results on standard output, everything else beside it."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.documents.importing import Imported


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Open standard output, or a file that is there only when it is whole."""
    if path is None:
        if isinstance(sys.stdout, TextIO) or hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    from reviewer.formats.whole_file import replacing

    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


def counted(count: int, what: str) -> str:
    """Return a number and what it counts, in the singular or the plural."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def print_line(line: str, out: TextIO) -> None:
    """Write a line; what UTF-8 cannot hold becomes a question mark."""
    out.write(line.encode("utf-8", "replace").decode("utf-8") + "\n")


def tell(sentence: str) -> None:
    """Tell the person a sentence, on standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 - the contract of the command line


def tell_imported(parsed: argparse.Namespace, imported: Imported) -> None:
    """Name what was assumed and noticed; a file that names its languages is taken at its word."""
    if parsed.target is not None or not imported.sure:
        tell_languages(parsed, imported.source_language, imported.target_language)
    for note in imported.notes:
        tell(note)
    if imported.quality is not None:
        tell_quality(imported.quality)


def tell_quality(quality: float) -> None:
    """Say where the alignment of two texts is hardly to be trusted, as the window does."""
    from reviewer.review.tasks.realigning import BADLY_ALIGNED, UNRELATED

    if quality < UNRELATED:
        tell("These two texts hardly match; is one the translation of the other?")
    elif quality < BADLY_ALIGNED:
        tell("Much of the alignment is a guess.")


def tell_languages(parsed: argparse.Namespace, source: str, target: str) -> None:
    """Name what was assumed: a wrong guess must be seen."""
    for side, tag, given, option in (
        ("source", source, parsed.source_language, "--from"),
        ("target", target, parsed.target_language, "--to"),
    ):
        if given is None and tag == "und":
            tell(f"The language of the {side} could not be told; {option} names it.")
        elif given is None:
            tell(f"Assumed that the {side} is {tag}; {option} says otherwise.")


@contextmanager
def watching() -> Iterator[Watch]:
    """Show progress on a terminal; keep silent where standard error goes elsewhere."""
    from reviewer.review.checking.pipeline import Watch

    if not sys.stderr.isatty():
        yield Watch()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield Watch(
            lambda label, done, total: bars.update(
                task, description=label, completed=done, total=total
            )
        )
