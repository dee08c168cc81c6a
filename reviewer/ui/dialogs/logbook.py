"""The log of a run: what the program did and when, never what a document says."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from reviewer import __version__, paths

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 500_000
_log = logging.getLogger("reviewer")


def log_file(folder: Path | None = None) -> Path:
    """Return where the log is kept; it may not exist yet."""
    return (folder or paths.log_folder()) / "reviewer.log"


def keep_log(folder: Path | None = None) -> None:
    """Write what the program does to `reviewer.log`; a folder that cannot be written is no error.

    One file is kept beside the current one when that has grown to half a megabyte.
    """
    file = log_file(folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.info("Bitext Reviewer %s starts", __version__)
