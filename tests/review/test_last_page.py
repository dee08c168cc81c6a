"""The page where a person left a large project is shown again only as it was verified."""

import os
import sqlite3
from contextlib import closing

import pytest

from reviewer import store
from reviewer.model import Bead, Code, CodeKind, Document, Draft, Segment
from reviewer.review import opening
from reviewer.review.last_page import _file_of, keep, last_page, noted
from reviewer.review.opening import open_review
from reviewer.settings import Settings

SETTINGS = Settings("ab" * 16, "Ann")
COUNT, HERE = 300, 150
BOLD = Code("\U000f0000", "1", CodeKind.PAIR, "<b>", "b")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(opening, "LARGE", 0)


def side(name, language, word):
    texts = [f"{word} number {n} lies in the harbour." for n in range(COUNT)]
    listed = [Segment(n, n // 5, 0, len(text), text) for n, text in enumerate(texts)]
    at = HERE + 5
    text = f"{BOLD.character}{texts[at]}"
    listed[at] = Segment(at, at // 5, 0, len(text), text, (BOLD,))
    return Document(name, "text", language, (), "\n".join(texts).encode()), listed


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "large.bitext"
    beads = [Bead(n, n + 1, n, n + 1, 0.9 if n % 7 else 0.2) for n in range(COUNT)]
    sides = *side("a.en.txt", "en", "Boat"), *side("a.fr.txt", "fr", "Bateau")
    pair = store.ImportedPair(*sides, beads)
    store.create_project(path, [pair], reviewer=b"a" * 16, reviewer_name="Ann")
    return path


def left(path, act=lambda review: None, here=HERE):
    """Open, do something, leave; return the pairs around and their rows as they stood."""
    with closing(open_review(path, SETTINGS)) as review:
        act(review)
        assert review.flush()
        page = noted(review, here)
        numbers = range(max(0, here - 10), min(review.count, here + 10))
        seen = {n: (review.pair(n), review.row(n)) for n in numbers}
    assert page is not None
    keep(path, page)
    return seen


def edited_twice(review):
    review.edit(HERE, "Un bateau.")
    review.edit(HERE, "Deux bateaux.")
    review.edit(HERE + 1, "Rien.")
    review.undo()


def judged(review):
    review.confirm(HERE)
    review.reject(HERE + 1)
    review.confirm(HERE + 2)
    review.edit(HERE + 2, "Un autre.")
    review.confirm(HERE + 3)
    review.undo()
    review.reopen(HERE + 3)


def realigned(review):
    assert review.alignment.merge_with_next(HERE)
    assert review.alignment.merge_with_next(HERE)
    assert review.alignment.unlink(HERE + 3)
    review.edit(HERE, "Tout ensemble.")
    review.confirm(HERE)


def divided(review):
    assert review.alignment.split(HERE, 10, 12)
    review.edit(HERE + 1, "Le reste.")


def added(review):
    assert review.alignment.unlink(HERE)
    empty = next(n for n in range(HERE, HERE + 2) if not review.pair(n).target)
    review.edit(empty, "Ce qui manquait.")


def with_codes(review):
    review.edit(HERE + 5, f"Un {BOLD.character}gras.")


@pytest.mark.parametrize(
    "act",
    [lambda _review: None, edited_twice, judged, realigned, divided, added, with_codes],
)
@pytest.mark.parametrize("here", [0, HERE, COUNT - 10])
def test_the_page_shows_what_stood_there(path, act, here):
    seen = left(path, act, here)
    page = last_page(path)
    assert page.current == here
    shown = {pair.number: (pair, row) for pair, row in zip(page.pairs, page.rows, strict=True)}
    assert shown.keys() >= seen.keys()
    for number, (pair, row) in seen.items():
        ours, told = shown[number]
        assert ours == pair
        for fact in ("number", "verdict", "changed", "edited", "doubt", "locked"):
            assert getattr(told, fact) == getattr(row, fact)
    assert "harbour" not in _file_of(path).read_text()


def altered_unseen(path):
    """Alter a text of the page, and let the file look as it did before."""
    was = path.stat()
    data = path.read_bytes()
    assert data.count(b"Bateau number 151 ") >= 1
    with path.open("r+b") as file:
        file.write(data.replace(b"Bateau number 151 ", b"Radeau number 151 "))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def written_by_another(path):
    store.add_events(path, [Draft("comment", b"s" * 16, {"text": "Hm."})], reviewer=b"b" * 16)


def replaced(path):
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


def with_a_journal(path):
    path.with_name(f"{path.name}-journal").write_bytes(b"left by a crash")


def with_another_note(path):
    _file_of(path).write_text('{"mark": [1, 2]}')


def with_a_torn_note(path):
    _file_of(path).write_bytes(_file_of(path).read_bytes()[:-40])


@pytest.mark.parametrize(
    "change",
    [
        altered_unseen,
        written_by_another,
        replaced,
        with_a_journal,
        with_another_note,
        with_a_torn_note,
        os.unlink,
        lambda path: _file_of(path).unlink(),
    ],
)
def test_what_is_not_as_it_was_is_not_shown(path, change):
    left(path, judged)
    assert last_page(path) is not None
    change(path)
    assert last_page(path) is None


def test_a_decision_that_nobody_checked_keeps_the_page_away(path):
    with closing(open_review(path, SETTINGS)) as review:
        page = noted(review, HERE)
        written_by_another(path)
    keep(path, page)
    assert last_page(path) is None


def test_the_page_is_read_although_another_reads(path):
    left(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM event").fetchone()
        assert last_page(path) is not None


def test_a_small_project_is_not_noted(path, monkeypatch):
    monkeypatch.setattr(opening, "LARGE", 1 << 30)
    with closing(open_review(path, SETTINGS)) as review:
        assert noted(review, HERE) is None


def test_the_notes_of_a_few_projects_are_kept(path, monkeypatch):
    monkeypatch.setattr("reviewer.review.last_page._MOST_KEPT", 2)
    for number in range(3):
        other = path.with_name(f"{number}.bitext")
        other.write_bytes(path.read_bytes())
        left(other)
    assert len(list(_file_of(path).parent.glob("*.json"))) == 2
