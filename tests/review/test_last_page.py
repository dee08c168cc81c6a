"""The page where a person left a large project is shown again only as it was verified."""

import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace

import pytest

from reviewer import paths, store
from reviewer.errors import DamagedProjectError
from reviewer.model import Bead, Code, CodeKind, Document, Draft, Segment, Side, Verdict
from reviewer.review.tasks import large
from reviewer.review.tasks.last_page import keep, last_page, noted
from reviewer.review.tasks.opening import open_review, read_project
from reviewer.settings import Settings
from reviewer.store import rows
from reviewer.store.blocks import Blocks

SETTINGS = Settings("ab" * 16, "Ann")
COUNT, HERE = 300, 150
BOLD = Code("\U000f0000", "1", CodeKind.PAIR, "<b>", "b")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(large, "LARGE", 0)


def side(name, language, word, count):
    texts = [f"{word} number {n} lies in the harbour." for n in range(count)]
    listed = [Segment(n, n // 5, 0, len(text), text) for n, text in enumerate(texts)]
    at = HERE + 5
    text = f"{BOLD.character}{texts[at]}"
    listed[at] = Segment(at, at // 5, 0, len(text), text, (BOLD,))
    return Document(name, "text", language, (), "\n".join(texts).encode()), listed


def project(folder, count=COUNT, name="large"):
    path = folder / f"{name}.bitext"
    beads = [Bead(n, n + 1, n, n + 1, 0.9 if n % 7 else 0.2) for n in range(count)]
    sides = *side("a.en.txt", "en", "Boat", count), *side("a.fr.txt", "fr", "Bateau", count)
    pair = store.ImportedPair(*sides, beads)
    store.create_project(path, [pair], reviewer=b"a" * 16, reviewer_name="Ann")
    return path


@pytest.fixture
def path(tmp_path):
    return project(tmp_path)


def left(path, act=lambda review: None, here=HERE):
    """Open, do something, leave; return the pairs around and their rows as they stood."""
    with closing(open_review(path, SETTINGS)) as review:
        act(review)
        assert review.saving.flush()
        page = noted(review, here)
        numbers = range(max(0, here - 10), min(review.count, here + 10))
        seen = {n: (review.pair(n), review.row(n)) for n in numbers}
    assert page is not None
    keep(page)
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
    page = last_page(path, SETTINGS)
    assert page.current == here
    found = {pair.number: (pair, row) for pair, row in zip(page.pairs, page.rows, strict=True)}
    assert found.keys() >= seen.keys()
    for number, (pair, row) in seen.items():
        ours, told = found[number]
        assert ours == pair
        for fact in ("number", "verdict", "changed", "edited", "doubt", "locked"):
            assert getattr(told, fact) == getattr(row, fact)
    (note,) = notes()
    assert "harbour" not in note.read_text()


def notes():
    return [*(paths.cache_folder() / "last-pages").iterdir()]


def blocks():
    return sorted((paths.cache_folder() / "verified-blocks").iterdir())


def altered(path, old, new):
    """Alter a text in the file, past SQLite."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def shown(page):
    return {
        pair.number: (pair.target_text, row.verdict)
        for pair, row in zip(page.pairs, page.rows, strict=True)
    }


# What may have happened to the file


def by_a_colleague(path, act):
    """Let a colleague decide in the same file, and leave it."""
    with closing(open_review(path, Settings("cd" * 16, "Ben"))) as review:
        act(review)
        assert review.saving.flush()


def written_by_another(path):
    store.add_events(path, [Draft("comment", b"s" * 16, {"text": "Hm."})], reviewer=b"b" * 16)


def copied(path):
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


def touched(path):
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [written_by_another, copied, touched])
def test_a_file_that_is_another_one_or_grew_is_shown(path, change):
    left(path, judged)
    was = shown(last_page(path, SETTINGS))
    change(path)
    assert shown(last_page(path, SETTINGS)) == was


def test_what_a_colleague_decided_since_is_shown(path):
    left(path, judged)

    def decided(review):
        review.edit(HERE, "Tout autre chose.")
        review.confirm(HERE + 1)
        review.edit(HERE + 4, "Oublié.")
        review.undo()

    by_a_colleague(path, decided)
    seen = shown(last_page(path, SETTINGS))
    with closing(open_review(path, SETTINGS)) as review:
        for number, (text, verdict) in seen.items():
            assert text == review.pair(number).target_text
            assert verdict is review.row(number).verdict
    assert seen[HERE][0] == "Tout autre chose."
    assert seen[HERE + 1][1] is Verdict.CONFIRMED


def test_a_copy_that_a_colleague_sends_is_shown(path, tmp_path):
    copy = tmp_path / "sent" / "other name.bitext"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    left(path)
    by_a_colleague(copy, lambda review: review.edit(HERE, "De Ben."))
    assert shown(last_page(copy, SETTINGS))[HERE][0] == "De Ben."


@pytest.mark.parametrize(
    "act",
    [
        lambda review: review.alignment.merge_with_next(HERE + 2),
        lambda review: review.alignment.merge_with_next(2),
        lambda review: review.alignment.merge_with_next(HERE + 38),
        lambda review: review.settings.set_language(Side.TARGET, "fr-CA"),
        lambda review: review.settings.set_independent(on=True),
    ],
)
def test_what_may_move_the_rows_is_waited_for(path, act):
    left(path)
    assert last_page(path, SETTINGS) is not None
    by_a_colleague(path, act)
    assert last_page(path, SETTINGS) is None


def test_an_alignment_that_changed_behind_the_page_is_not_waited_for(path):
    left(path, judged)
    was = shown(last_page(path, SETTINGS))
    by_a_colleague(path, lambda review: review.alignment.merge_with_next(HERE + 45))
    by_a_colleague(path, lambda review: review.alignment.unlink(HERE + 80))
    assert shown(last_page(path, SETTINGS)) == was


def test_an_undo_of_what_is_not_known_is_waited_for(path):
    left(path, lambda review: review.edit(2, "Ailleurs."))
    (event,) = (e for e in events_of(path) if e.kind == "edit")
    undo = Draft("retract", None, {"of": [event.hash.hex()]})
    store.add_events(path, [undo], reviewer=b"b" * 16)
    assert last_page(path, SETTINGS) is None


def test_an_undo_of_an_alignment_on_the_page_is_waited_for(path):
    left(path, realigned)
    event = next(e for e in events_of(path) if e.kind == "align.edit")
    undo = Draft("retract", None, {"of": [event.hash.hex()]})
    store.add_events(path, [undo], reviewer=b"b" * 16)
    assert last_page(path, SETTINGS) is None


def alone(review):
    review.settings.set_independent(on=True)
    review.edit(HERE, "De Ann.")
    review.confirm(HERE + 1)


@pytest.mark.parametrize("forget", [list, lambda: without_the_note(None)])
def test_independent_reviewers_see_their_own_decisions_alone(path, forget):
    left(path, alone)

    def decided(review):
        review.edit(HERE, "De Ben.")
        review.reject(HERE + 1)
        review.confirm(HERE + 2)

    by_a_colleague(path, decided)
    forget()
    settings = SETTINGS.with_place(store.project_id_of(path), 0, HERE)
    seen = shown(last_page(path, settings))
    assert seen[HERE][0] == "De Ann."
    assert [seen[HERE + n][1] for n in (1, 2)] == [Verdict.CONFIRMED, Verdict.OPEN]
    ben = replace(settings, reviewer_id="cd" * 16)
    assert shown(last_page(path, ben))[HERE][0] == "De Ben."
    by_a_colleague(path, lambda review: review.settings.set_independent(on=False))
    page = last_page(path, settings)
    assert page is None or shown(page)[HERE + 2][1] is Verdict.CONFIRMED


def test_an_older_copy_put_back_is_waited_for(path):
    old = path.read_bytes()
    left(path, judged)
    path.write_bytes(old)
    assert last_page(path, SETTINGS) is None


def test_many_new_decisions_are_waited_for(path, monkeypatch):
    monkeypatch.setattr("reviewer.review.tasks.last_page._MOST_NEW", 3)
    left(path)
    drafts = [Draft("comment", b"s" * 16, {"text": str(n)}) for n in range(4)]
    store.add_events(path, drafts[:2], reviewer=b"b" * 16)
    assert last_page(path, SETTINGS) is not None
    store.add_events(path, drafts[2:], reviewer=b"b" * 16)
    assert last_page(path, SETTINGS) is None


def events_of(path):
    with closing(store.open_project(path, check="none")) as project:
        return project.events()


# Files and caches that are not to be trusted


def with_a_journal(path):
    path.with_name(f"{path.name}-journal").write_bytes(b"left by a crash")


def with_another_text(path):
    altered(path, b"Bateau number 151 ", b"Radeau number 151 ")


def with_another_text_of_the_block(path):
    altered(path, b"Boat number 299 ", b"Bout number 299 ")


def with_another_decision(path):
    altered(path, b'"Deux bateaux."', b'"Cinq bateaux."')


def with_a_number_for_a_text(path):
    """Store what has the same hash and is of another type, past the rules of the table."""
    with closing(sqlite3.connect(path)) as connection:
        (ours,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name='segment'"
        ).fetchone()
        loose = ours.replace("STRICT,", "").replace("para  INTEGER", "para  TEXT")
        for sql, change in ((loose, True), (ours, False)):
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("UPDATE sqlite_schema SET sql=? WHERE name='segment'", (sql,))
            connection.execute("PRAGMA writable_schema=RESET")
            if change:
                connection.execute("UPDATE segment SET para=CAST(para AS TEXT) WHERE ord=151")
            connection.commit()


def with_other_beads(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE bead SET score=0.5 WHERE ord=3")
        connection.commit()


def without_a_segment(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM segment WHERE ord=299")
        connection.commit()


def without_a_decision(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM event WHERE kind='edit'")
        connection.commit()


def with_another_view(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW more AS SELECT 1")


def with_a_forged_note(_path):
    (note,) = notes()
    note.write_bytes(note.read_bytes().replace(b'"number": 130', b'"number": 131'))


def with_a_torn_note(_path):
    (note,) = notes()
    note.write_bytes(note.read_bytes()[:-40])


def without_the_note(_path):
    notes()[0].unlink()


def without_blocks(_path):
    for each in blocks():
        each.unlink()


def with_torn_blocks(_path):
    for each in blocks():
        each.write_bytes(each.read_bytes()[:-1])


def with_swapped_blocks(_path):
    """Give each document the hashes of another."""
    found = [each.read_bytes() for each in blocks()]
    for each, data in zip(blocks(), [found[-1], *found], strict=False):
        each.write_bytes(data)


def with_wrong_blocks(path):
    """Keep hashes in the right form of what is not in the file."""
    with closing(store.open_project(path, check="none")) as project:
        ids = [document.doc_id for document in project.documents]
    for id_ in ids:
        forged = Blocks()
        forged.add(COUNT, b"something else")
        store.blocks.keep({id_: forged})


def with_huge_blocks(_path):
    for each in blocks():
        each.write_bytes(b"\0" * (1 << 20))


DAMAGE = [
    with_a_journal,
    with_another_text,
    with_another_text_of_the_block,
    with_another_decision,
    with_a_number_for_a_text,
    with_other_beads,
    without_a_segment,
    without_a_decision,
    with_another_view,
    os.unlink,
]
NOTES = [with_a_forged_note, with_a_torn_note, without_the_note]
CACHES = [
    without_blocks,
    with_torn_blocks,
    with_swapped_blocks,
    with_wrong_blocks,
    with_huge_blocks,
]


@pytest.mark.parametrize("change", [*DAMAGE, *CACHES])
def test_nothing_is_shown_that_cannot_be_verified(path, change):
    left(path, edited_twice)
    assert last_page(path, SETTINGS) is not None
    change(path)
    assert last_page(path, SETTINGS) is None


@pytest.mark.parametrize("change", NOTES)
@pytest.mark.parametrize("place", [(0, 0), (0, HERE), (0, COUNT + 5), (1, 0)])
def test_without_a_note_all_decisions_are_read(path, change, place):
    left(path, edited_twice)
    change(path)
    assert len(notes()) <= 1
    document, number = place
    project_id = store.project_id_of(path)
    page = last_page(path, SETTINGS.with_place(project_id, document, number))
    if document:
        assert page is None
        return
    assert page.current == min(number, COUNT - 1)
    with closing(open_review(path, SETTINGS)) as review:
        for number, (text, verdict) in shown(page).items():
            assert text == review.pair(number).target_text
            assert verdict is review.row(number).verdict


def test_another_project_of_known_documents_is_shown(path, tmp_path):
    left(path)
    other = project(tmp_path, name="another")
    assert shown(last_page(other, SETTINGS)).keys() == set(range(40))
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("UPDATE document SET lang='de' WHERE lang='fr'")
        connection.commit()
    assert last_page(other, SETTINGS) is None


@pytest.mark.parametrize("change", [with_another_text, with_other_beads, with_another_decision])
def test_the_whole_check_tells_what_was_not_shown(path, change):
    left(path, edited_twice)
    change(path)
    with pytest.raises(DamagedProjectError):
        read_project(path)


def test_of_random_damage_no_false_row_is_shown(path, tmp_path):
    left(path, edited_twice)
    true, data = last_page(path, SETTINGS), path.read_bytes()
    rng = random.Random(7)
    copy = tmp_path / "damaged.bitext"
    hidden = 0
    for _ in range(80):
        damaged = bytearray(data)
        for _ in range(rng.choice((1, 1, 16))):
            damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        start = rng.randrange(0, len(data), 4096)
        damaged[start : start + 4096] = rng.choice(
            (damaged[start : start + 4096], bytes(4096), data[-4096:])
        )
        copy.write_bytes(damaged)
        page = last_page(copy, SETTINGS)
        hidden += page is None
        assert page is None or (page.pairs, page.rows) == (true.pairs, true.rows)
    assert hidden > 20


@pytest.mark.parametrize("change", [without_blocks, with_torn_blocks, with_huge_blocks])
def test_hashes_in_doubt_are_made_anew_by_the_next_check(path, change):
    left(path)
    change(path)
    assert last_page(path, SETTINGS) is None
    left(path)
    assert last_page(path, SETTINGS) is not None


# Beside


def test_few_rows_are_read(tmp_path, monkeypatch):
    path = project(tmp_path, 12_000)
    left(path, judged, here=5_000)
    read = Counter()

    def counting(name, ask):
        def counted(*values):
            for row in ask(*values):
                read[name] += 1
                yield row

        monkeypatch.setattr(store.piecewise.queries, name, counted)

    for name in ("segment_rows", "bead_rows", "event_rows"):
        counting(name, getattr(store.piecewise.queries, name))
    monkeypatch.delattr(store.piecewise.queries, "segment_batches")
    assert last_page(path, SETTINGS).current == 5_000
    assert read["segment_rows"] <= 4 * rows.BLOCK
    assert read["bead_rows"] <= 2 * rows.BLOCK
    assert read["event_rows"] <= 10


def test_the_page_is_read_although_another_reads(path):
    left(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM event").fetchone()
        assert last_page(path, SETTINGS) is not None


def test_another_that_writes_is_not_waited_for(path):
    left(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert last_page(path, SETTINGS) is None
        assert time.monotonic() - began < 4


def test_a_small_project_is_not_noted(path, monkeypatch):
    monkeypatch.setattr(large, "LARGE", 1 << 30)
    with closing(open_review(path, SETTINGS)) as review:
        assert noted(review, HERE) is None
    assert not (paths.cache_folder() / "verified-blocks").exists()


def test_the_notes_of_a_few_projects_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("reviewer.review.tasks.last_page._MOST_KEPT", 2)
    monkeypatch.setattr("reviewer.store.blocks._MOST_KEPT", 4)
    for number in range(3):
        left(project(tmp_path, COUNT + number, f"{number}"))
    assert len(notes()) == 2
    assert len(blocks()) == 4


def test_of_independent_reviewers_each_sees_the_own_page_again(path):
    ben = Settings("cd" * 16, "Ben")
    left(path, lambda r: (r.settings.set_independent(on=True), r.confirm(HERE)))
    with closing(open_review(path, ben)) as review:
        review.reject(HERE)
        review.edit(HERE + 1, "Autre chose.")
        assert review.saving.flush()
    page = last_page(path, SETTINGS)
    shown = {
        row.number: (row.verdict, pair) for row, pair in zip(page.rows, page.pairs, strict=True)
    }
    assert shown[HERE][0] is Verdict.CONFIRMED
    assert shown[HERE + 1][1].target_text != "Autre chose."
    with closing(open_review(path, ben)) as review:
        review.settings.set_independent(on=False)
        assert review.saving.flush()
    assert last_page(path, SETTINGS) is None
