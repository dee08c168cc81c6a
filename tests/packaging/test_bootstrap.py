"""The set-up finds what is missing and says what to do."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"


def system_libraries():
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import system_libraries as module
    finally:
        sys.path.pop(0)
    return module


def bootstrap():
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import bootstrap as module
    finally:
        sys.path.pop(0)
    return module


set_up = pytest.mark.skipif(
    not bootstrap().stamped(bootstrap().fingerprint("requirements.lock")),
    reason="this environment was not set up by the bootstrap, which would install now",
)


def run_bootstrap(*arguments, **environment):
    """Run the bootstrap as a person does, with a plain environment."""
    return subprocess.run(
        [sys.executable, str(BOOTSTRAP), *arguments],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home())} | environment,
        check=False,
        timeout=60,
    )


def test_a_library_that_no_loader_knows_is_missing():
    found = system_libraries().missing({"libno-such-thing.so.7": "libno-such-thing7"})
    assert found == {"libno-such-thing.so.7": "libno-such-thing7"}


def test_every_platform_needs_the_core():
    module = system_libraries()
    for platform in ("xcb", "wayland", "offscreen"):
        assert module.CORE.items() <= module.for_platform(platform).items()


def test_without_a_command_it_explains_itself():
    done = run_bootstrap()
    assert done.returncode == 2
    assert "bootstrap.py run" in done.stdout


@set_up
def test_without_a_display_one_line_says_so_and_names_what_works():
    if not sys.platform.startswith("linux"):
        return
    done = run_bootstrap("run")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no display" in done.stderr
    assert "check" in done.stderr


@set_up
def test_a_command_that_needs_no_window_needs_no_display():
    done = run_bootstrap("run", "check", "--help")
    assert done.returncode == 0
    assert "--fail-on" in done.stdout


def test_the_locks_pin_everything_and_name_no_index():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        pins = re.findall(r"^([a-z0-9][^ ;\\]*)", text, re.MULTILINE)
        assert pins
        assert all("==" in pin for pin in pins)


def test_qt_is_chosen_by_python_version():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    qt = [line for line in table["project"]["dependencies"] if line.startswith("PySide6")]
    assert sorted(line.split(";")[1].strip() for line in qt) == [
        'python_version < "3.12"',
        'python_version >= "3.12"',
    ]


def test_the_bootstrap_knows_every_command():
    from reviewer import cli

    assert set(cli._COMMANDS) <= set(bootstrap().COMMANDS)
