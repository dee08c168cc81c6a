"""Build resources/i18n/*.qm from the .ts files; unchanged ones are left alone."""

# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"


def main() -> int:
    """Build what is out of date and return the exit status of lrelease."""
    program = Path(sys.executable).parent / "pyside6-lrelease"
    for source in sorted(FOLDER.glob("*.ts")):
        built = source.with_suffix(".qm")
        if built.exists() and built.stat().st_mtime >= source.stat().st_mtime:
            continue
        done = subprocess.run(
            [str(program), "-silent", str(source), "-qm", str(built)], check=False
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
