"""Take the README's pictures of the window, with the sample in it, into docs/pictures."""

# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from reviewer.ui.main_window import MainWindow

OUT = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = 1200, 720
REVIEWER = "ab" * 16
_STEPS = 1200
"""Turns of the event loop of 50 ms each in which the sample must have been checked."""


def main() -> int:
    """Take a picture in each theme and return the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        # The sample becomes a project of its own, away from those of whoever takes the picture.
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = folder
        os.environ["HOME"] = folder
        return _take_all()


def _take_all() -> int:
    from reviewer.settings import Settings
    from reviewer.ui.app import Application
    from reviewer.ui.look import theme
    from reviewer.ui.main_window import MainWindow

    OUT.mkdir(parents=True, exist_ok=True)
    app = Application(sys.argv[:1])
    for name in ("light", "dark"):
        theme.apply(app, name)
        window = MainWindow(Settings(REVIEWER, "Ana", theme=name))
        window.resize(*SIZE)
        window.show()
        if not _open_sample(app, window):
            print("The sample was not checked in time.", file=sys.stderr)
            return 1
        window.grab().save(str(OUT / f"window-{name}.png"))
        window.close()
    return 0


def _open_sample(app: QApplication, window: MainWindow) -> bool:
    from PySide6.QtTest import QTest

    checked: list[bool] = []
    window.checking.checked.connect(lambda: checked.append(True))
    window.opening.open_sample()
    for _ in range(_STEPS):
        QTest.qWait(50)
        if checked:
            window.messages.clear()
            window.commands["next_finding"].trigger()
            QTest.qWait(500)
            app.processEvents()
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
