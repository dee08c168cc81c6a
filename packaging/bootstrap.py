"""Set up and start Bitext Reviewer from a checkout, with nothing but Python 3.11 or newer.

    python3 packaging/bootstrap.py run [ARGUMENTS]   start the program
    python3 packaging/bootstrap.py test [ARGUMENTS]  run its tests (arguments go to pytest)
    python3 packaging/bootstrap.py install           the set-up alone

Makes .venv, installs the pinned versions, and sees to the system libraries that the window needs
before the window would fail on them. Standard library only.
"""

# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import system_libraries as system  # noqa: E402 - found beside this file

VENV = ROOT / ".venv"
STAMP = VENV / "bitext-reviewer.stamp"
NEWEST_TOO_OLD = (3, 10)
WORKERS = 4
"""Processes that all tests are spread over, at most: those in a real window start more."""
WITHOUT_WINDOW = "check, align, terms, new, export and the other commands need none"
COMMANDS = (
    *("new", "add", "align", "check", "check-pairs", "terms", "merge", "export", "export-log"),
    *(
        "import-log",
        "import-table",
        "agreement",
        "copy",
        "share",
        "verify",
        "salvage",
        "--help",
        "-h",
        "--version",
    ),
)
"""What needs no window; the program's own list is the authority, this one only saves a wait."""


class SetupError(Exception):
    """The set-up cannot go on; the sentence says what the person can do."""


def main(arguments: list[str]) -> int:
    """Run one of the three commands and return its exit status."""
    known = {"run": run, "test": test, "install": install}
    if not arguments or arguments[0] not in known:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return known[arguments[0]](arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Set up what is missing and start the program."""
    prepare("requirements.lock")
    if not (arguments and arguments[0] in COMMANDS):
        see_to_window()
    command = [str(python_of(VENV)), "-m", "reviewer", *arguments]
    environment = os.environ | {"PYTHONSAFEPATH": "1"}
    if os.name == "posix":
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def install(_arguments: list[str]) -> int:
    """Set everything up without starting anything."""
    prepare("requirements.lock")
    if sys.platform.startswith("linux"):
        see_to_libraries(system.for_platform("xcb"))
        see_to_fonts(system.FONTS)
    build_translations()
    print("Ready: python3 packaging/bootstrap.py run")
    return 0


def test(arguments: list[str]) -> int:
    """Run the linters, the type checker and all tests; arguments select tests for pytest."""
    prepare("requirements-dev.lock")
    left_out = see_to_test_tools() if sys.platform.startswith("linux") else "not on this system"
    build_translations()
    python = str(python_of(VENV))
    checks = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [str(VENV / "bin" / "lint-imports") if os.name == "posix" else "lint-imports"],
    ]
    for check in [] if arguments else checks:
        done = subprocess.run(check, cwd=ROOT, check=False)
        if done.returncode:
            print(f"Failed: {' '.join(check[2:] or check)}", file=sys.stderr)
            return 1
    chosen = arguments or (["-m", "not window"] if left_out else [])
    # A selection runs in one process, where it is easier to look into; "-n" may be among it.
    spread = [] if arguments else ["-n", str(min(os.cpu_count() or 1, WORKERS))]
    status = subprocess.run(
        [python, "-m", "pytest", "-q", *spread, *chosen], cwd=ROOT, check=False
    ).returncode
    if left_out:
        print(f"LEFT OUT: the tests in a real window ({left_out}).", file=sys.stderr)
        if os.environ.get("CI") == "true":
            return status or 1
    return status


# Python's own part


def prepare(lock: str) -> None:
    """Make .venv what the lock file says; a matching stamp means that there is nothing to do."""
    if sys.version_info[:2] <= NEWEST_TOO_OLD:
        found = ".".join(map(str, sys.version_info[:3]))
        message = f"Bitext Reviewer needs Python 3.11 or newer; this is {found}."
        raise SetupError(message)
    wanted = fingerprint(lock)
    if stamped(wanted):
        return
    if not python_of(VENV).exists() or not same_python():
        make_venv()
    print("Installing what the program needs (once)...", file=sys.stderr)
    pip("install", "--require-hashes", "-r", str(ROOT / lock))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(wanted, "utf-8")


def fingerprint(lock: str) -> str:
    """Return lines that change with whatever the installed packages depend on.

    The set-up for tests holds all that running needs, so its stamp serves both.
    """
    files = [
        ROOT / name for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock")
    ]
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    version = f"python {sys.version_info[0]}.{sys.version_info[1]}"
    return "\n".join([version, str(ROOT), lock, *hashes])


def stamped(wanted: str) -> bool:
    """Return whether .venv was set up for this, or for the tests, which include it."""
    try:
        found = STAMP.read_text("utf-8")
    except OSError:
        return False
    return found in {wanted, wanted.replace("\nrequirements.lock\n", "\nrequirements-dev.lock\n")}


def same_python() -> bool:
    """Return whether .venv was made by this Python's version and its Python still starts."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run(
            [str(python_of(VENV)), "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return done.stdout.split() == [str(n) for n in sys.version_info[:2]]


def make_venv() -> None:
    """Make .venv anew; Debian's Python needs a package for that."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        bring([f"python{version}-venv"], "Python's venv module is missing")
    if VENV.exists():
        shutil.rmtree(VENV)
    print("Making .venv ...", file=sys.stderr)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if done.returncode:
        message = f"The virtual environment {VENV} could not be made; see above."
        raise SetupError(message)


def pip(*arguments: str) -> None:
    """Run pip in .venv."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    command = [str(python_of(VENV)), "-m", "pip", *arguments[:1], *quiet, *arguments[1:]]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        message = "The packages could not be installed; see above. Is there a connection?"
        raise SetupError(message)


def python_of(venv: Path) -> Path:
    """Return the Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def build_translations() -> None:
    """Build the interface translations, which are not kept in the repository."""
    command = [str(python_of(VENV)), str(ROOT / "packaging" / "build_translations.py")]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        raise SetupError("The interface translations could not be built; see above.")


# The system's part


def see_to_window() -> None:
    """Find out before Qt does whether a window can be opened; Qt would abort the process."""
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not platform:
        wayland = os.environ.get("WAYLAND_DISPLAY") and not os.environ.get("DISPLAY")
        platform = "wayland" if wayland else "xcb"
    see_to_libraries(system.for_platform(platform))
    see_to_fonts(system.FONTS)
    trouble = system.display_trouble() if platform == "xcb" else None
    if trouble:
        message = f"No window can be opened: {trouble}; {WITHOUT_WINDOW}."
        raise SetupError(message)


def see_to_libraries(libraries: dict[str, str]) -> None:
    """Install the packages of missing libraries, or name the exact line to run."""
    missing = system.missing(libraries)
    if missing:
        bring(sorted(set(missing.values())), f"The window needs {', '.join(sorted(missing))}")


def see_to_fonts(packages: list[str]) -> None:
    """Make sure that there is at least one font; Qt would show boxes."""
    if not system.has_font():
        bring(packages, "There is no font on this machine")


def see_to_test_tools() -> str | None:
    """Bring what the real-window tests need; return why they must be left out, or None."""
    try:
        see_to_libraries(system.for_platform("xcb"))
        wanted = system.missing_test_packages()
        if wanted:
            bring(wanted, "The tests need a virtual screen and git")
    except SetupError as error:
        print(error, file=sys.stderr)
        return "the tools for them are missing"
    return None


def bring(packages: list[str], why: str) -> None:
    """Install Debian packages where that is possible without asking; else say how."""
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    may = system.may_install()
    if may is None:
        shown = (
            "sudo " + " ".join(line)
            if shutil.which("apt-get")
            else "install " + " ".join(packages)
        )
        message = f"{why}. Run: {shown}"
        raise SetupError(message)
    print(f"{why}: installing {' '.join(packages)} ...", file=sys.stderr)
    if not apt([*may, *line]):
        apt([*may, "apt-get", "update"])
        if not apt([*may, *line]):
            message = f"{why}, and apt-get could not install it. Run: sudo {' '.join(line)}"
            raise SetupError(message)


def apt(command: list[str]) -> bool:
    """Run apt-get without questions; return whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
