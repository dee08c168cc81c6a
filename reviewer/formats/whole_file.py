"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reviewer.errors import ExportError, system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(out: Path, data: bytes, *, force: bool) -> None:
    """Write a file in one step, so that a full disk or a crash leaves the old one as it was."""
    if out.exists() and not force:
        message = f"“{out}” exists already and was not touched; choose another name."
        raise ExportError(message)
    with replacing(out) as file:
        file.write(data)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `out` when the block ends well; raises ExportError.

    What is no ordinary file (a device, a pipe) is written to as it is.
    """
    if out.exists() and not out.is_file():
        try:
            with out.open("wb") as device:
                yield device
        except OSError as error:
            raise ExportError(_refusal(out, error)) from None
        return
    out = out.resolve()  # a link stays one
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name[:100]}.", dir=out.parent)
    except OSError as error:
        raise ExportError(_refusal(out, error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_mode(out, Path(name))
        Path(name).replace(out)
    except OSError as error:
        raise ExportError(_refusal(out, error)) from None
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _take_mode(out: Path, draft: Path) -> None:
    """Give the new file the rights of the one it replaces, else those of any new file."""
    if out.exists():
        draft.chmod(out.stat().st_mode & 0o777)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask)


def _refusal(out: Path, error: OSError) -> str:
    return f"“{out}” could not be written: {system_reason(error)}."
