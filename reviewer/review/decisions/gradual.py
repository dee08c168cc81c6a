"""Work in the window that is done a little at a time, between what else it has to do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 30
"""Steps that are made at once whatever the time: what is small is done at once."""


def run(steps: Iterator[None], seconds: float | None = None, least: int = LEAST) -> bool:
    """Make steps for about so long, all with None; return whether the last one was made."""
    until = None if seconds is None else time.perf_counter() + seconds
    for count, _ in enumerate(steps, 1):
        if until is not None and count >= least and time.perf_counter() > until:
            return False
    return True
