"""Projects in a git repository, as the user guide has it set up."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer import store
from reviewer.review.tasks.errands import disagreements
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from tests.store.projects import hashes, make

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None, reason="GIT IS MISSING: sharing through git was not tested"
)

ROOT = Path(__file__).parent.parent
ANN, BEN = (Settings(reviewer_id=letter * 32, reviewer_name=letter) for letter in "ab")


def set_up():
    """Return the lines that the guide gives, .gitattributes first, then the commands."""
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    block = guide[guide.index("## Git") :]
    attributes = re.search(r"^    (\*\.bitext .*)$", block, re.MULTILINE).group(1)
    commands = re.findall(r"^    (git config .*)$", block, re.MULTILINE)
    return attributes, commands


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository with a project in it, set up by the guide's own lines."""
    tools = tmp_path / "bin"
    tools.mkdir()
    command = tools / "reviewer"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reviewer "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "work"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    attributes, commands = set_up()
    (folder / ".gitattributes").write_text(attributes + "\n")
    for line in commands:
        subprocess.run(line, shell=True, check=True, cwd=folder)
    make(folder)
    commit(folder, "Begin")
    return folder


def git(folder, *arguments, check=True):
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert not check or done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def commit(folder, message):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def decide(folder, settings, monkeypatch, number, text):
    """Edit a pair on a computer of one's own, and commit."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder.parent / settings.reviewer_name))
    review = open_review(folder / "review.bitext", settings)
    review.edit(number, text)
    assert review.saving.flush()
    review.close()
    commit(folder, text)


def test_branches_are_merged_without_a_conflict(repository, monkeypatch):
    project = repository / "review.bitext"
    git(repository, "checkout", "--quiet", "-b", "ben")
    decide(repository, BEN, monkeypatch, 1, "Bens Haus")
    decide(repository, BEN, monkeypatch, 2, "Bens Garten")
    theirs = hashes(project)
    git(repository, "checkout", "--quiet", "main")
    decide(repository, ANN, monkeypatch, 1, "Anns Haus")
    ours = hashes(project)
    git(repository, "merge", "--quiet", "--no-edit", "ben")
    assert git(repository, "status", "--porcelain") == ""
    assert ours | theirs <= hashes(project)
    assert store.verify(project).status == 0
    (apart,) = disagreements(project)
    assert sorted(version.words for version in apart.versions) == [("Anns Haus",), ("Bens Haus",)]


def test_a_difference_is_shown_as_decisions(repository, monkeypatch):
    decide(repository, ANN, monkeypatch, 1, "Anns Haus")
    shown = git(repository, "show", "--format=")
    added = [line for line in shown.splitlines() if line.startswith("+{")]
    assert any('"kind":"edit"' in line and "Anns Haus" in line for line in added)
    assert not [line for line in shown.splitlines() if line.startswith("-{")]
    assert "Binary files" not in shown
