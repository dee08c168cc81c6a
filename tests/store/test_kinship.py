"""Copies that sync programs make are told from other files."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, make, pair

from reviewer import store
from reviewer.store.kinship import is_conflict_name


@pytest.mark.parametrize(
    ("name", "other", "made"),
    [
        ("review", "review (Ann's conflicted copy 2026-11-27)", True),
        ("review", "review (In Konflikt stehende Kopie von Ann 2026-11-27)", True),
        ("review", "review (Copie en conflit de Ann 2026-11-27)", True),
        ("review", "review (conflicted copy 2026-11-27 101500)", True),
        ("review", "review_conflict-20261127-101500", True),
        ("review", "review.sync-conflict-20261127-101500-ABCDEFG", True),
        ("review", "review (SFConflict ann@example.org 2026-11-27-10-15-00)", True),
        ("review", "review.Conflict", True),
        ("review", "review-DESKTOP-7A", True),
        ("review", "review (1)", True),
        ("review", "review 2", True),
        ("review (1)", "review", True),
        ("review", "review copy", False),
        ("review", "review Ben", False),
        ("review", "reviewer", False),
        ("review", "other (conflicted copy)", False),
    ],
)
def test_names_that_sync_programs_give(name, other, made):
    assert is_conflict_name(name, other) == made


def test_a_copy_with_more_in_it_is_found_until_it_is_loaded(tmp_path):
    path, _ = make(tmp_path)
    copy = Path(shutil.copyfile(path, tmp_path / "review (conflicted copy 2026-11-27).bitext"))
    shutil.copyfile(path, tmp_path / "review copy.bitext")
    assert store.conflicted_copies(path) == ()
    decide(copy, 2, BEN)
    decide(path, 3)
    assert store.conflicted_copies(path) == (copy,)
    assert store.conflicted_copies(copy) == (path,)
    store.merge(path, [copy], reviewer=ANN)
    assert store.conflicted_copies(path) == ()


def test_another_project_of_that_name_is_none(tmp_path):
    path, _ = make(tmp_path)
    other = tmp_path / "review (1).bitext"
    store.create_project(other, [pair(9, "y")], reviewer=BEN, reviewer_name="Ben")
    (tmp_path / "review (2).bitext").write_bytes(b"no project")
    assert store.conflicted_copies(path) == ()
    assert not store.are_akin(path, other)
    assert not store.are_akin(path, tmp_path / "review (2).bitext")
    assert not store.are_akin(path, path)
    assert not store.are_akin(path, tmp_path / "gone.bitext")
