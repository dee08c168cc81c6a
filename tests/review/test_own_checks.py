"""Checks that a person wrote: found, or one clear sentence, and the others go on."""

import re
import time
from pathlib import Path

import pytest

from reviewer.errors import Cancelled
from reviewer.review.checking import own_checks
from reviewer.review.checking.own_checks import find_with_own_checks, run_file
from reviewer.review.checking.pipeline import Watch
from reviewer.settings import Settings, load_settings, save_settings
from tests.checks.pairs import context, pair

GUIDE = Path(__file__).parents[2] / "docs" / "checks.md"
PAIRS = [pair("He left.", "Il est parti !"), pair("Go!", "Va !", 1)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(own_checks.paths, "config_folder", lambda: tmp_path)
    (tmp_path / "checks").mkdir()
    (example,) = re.findall(
        r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    (tmp_path / "checks" / "shouting.py").write_text(example, "utf-8")
    return tmp_path / "checks"


def _broken(folder, name, text):
    (folder / name).write_text(text, "utf-8")
    return find_with_own_checks((name, "shouting.py"), PAIRS, context(), Watch())


def test_the_guides_example_works(folder):
    (finding,) = run_file(folder / "shouting.py", PAIRS, context(), Watch()).findings
    assert (finding.check, finding.pair) == ("own", 0)
    assert finding.words == ("Shouting", "!", "“!” stands here, and the source ends quietly.")
    assert finding.suggestions == (".",)
    assert len(finding.fingerprint) == 32


GOOD = (
    "from reviewer.checks.base import *\nfrom reviewer.model import *\n"
    "def find(pairs, context):\n    {}\n    yield\n"
    "CHECK = Check('{}', Kind.FORM, IssueType.PUNCTUATION, Severity.MINOR, Scope.BEAD, 'T',"
    " {{'': 'x'}}, find, ())\n"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.format("raise ValueError('secret')", "mine"), "failed at line 4 (ValueError)"),
        (GOOD.format("import os; os._exit(3)", "mine"), "ended before it said what it found"),
        (GOOD.format("raise SystemExit", "mine"), "failed at line 4 (SystemExit)"),
        (GOOD.format("pass", "numbers"), "has the id of a built-in check (“numbers”)"),
        ("1 +", "failed at line 1 (SyntaxError)"),
        ("x = 1\n\nraise RuntimeError", "failed at line 3 (RuntimeError)"),
        ("CHECK = 5", "does not end with CHECK = Check(...)"),
        (
            GOOD.format(
                "yield Finding('m', 0, (Span(Side.TARGET, 5, 5000),)); print('noise')", "mine"
            ).replace("    yield\n", ""),
            "found something outside of the texts",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_the_others_go_on(folder, text, told):
    found = _broken(folder, "broken.py", text)
    assert [finding.words[0] for finding in found.findings] == ["Shouting"]
    (note,) = found.notes
    assert note.startswith(f"“broken.py” {told}")
    assert "secret" not in note


def test_a_file_that_hangs_is_stopped(folder):
    (folder / "slow.py").write_text(GOOD.format("while True: pass", "slow"), "utf-8")
    found = run_file(folder / "slow.py", PAIRS, context(), Watch(), limit=2.0)
    assert found.notes == ("“slow.py” took longer than 2 seconds and was stopped.",)


def test_cancel_stops_a_file(folder):
    (folder / "slow.py").write_text(GOOD.format("while True: pass", "slow"), "utf-8")
    began = time.monotonic()
    with pytest.raises(Cancelled):
        run_file(
            folder / "slow.py",
            PAIRS,
            context(),
            Watch(cancelled=lambda: time.monotonic() - began > 0.5),
        )
    assert time.monotonic() - began < 5


def test_a_name_without_a_file_is_told(folder):
    found = find_with_own_checks(("gone.py", "../outside.py"), PAIRS, context(), Watch())
    assert not found.findings
    assert len(found.notes) == 2
    assert "gone.py" in found.notes[0]


def test_none_is_on_until_the_person_says_so(tmp_path):
    assert Settings().own_checks == ()
    save_settings(Settings(own_checks=("shouting.py",)), tmp_path / "settings.toml")
    assert load_settings(tmp_path / "settings.toml").own_checks == ("shouting.py",)
