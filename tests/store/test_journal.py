"""A journal beside a project file: in use, left by a crash, or put there by somebody."""

import random
import shutil
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import decide, edit, events_of, log_of, make, pair

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.store.hardened import check_header, open_hardened, transaction

MAGIC = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def project(tmp_path):
    path, _ = make(tmp_path)
    decide(path, 3)
    return path


def journal(path):
    return path.with_name(path.name + "-journal")


def crash(path, folder):
    """Return a copy of a project as a crash in the middle of a commit leaves it."""
    folder.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        rows = ((f"k{n}", "x" * 500) for n in range(200))
        connection.executemany("INSERT INTO meta VALUES(?,?)", rows)
        connection.execute("UPDATE segment SET text='torn'")
        left = Path(shutil.copyfile(path, folder / path.name))
        shutil.copyfile(journal(path), journal(left))
        connection.execute("ROLLBACK")
    return left


def test_after_a_crash_our_own_file_opens_as_it_was(project, tmp_path):
    before = events_of(project)
    left = crash(project, tmp_path / "crashed")
    assert left.read_bytes() != project.read_bytes()
    assert events_of(left) == before
    assert not journal(left).exists()
    assert store.verify(left).status == 0


def test_after_a_crash_decisions_go_on(project, tmp_path):
    left = crash(project, tmp_path / "crashed")
    store.open_project(left).close()
    shutil.copyfile(project, left)  # and once more while the log is open
    with log_of(left) as log:
        (event,) = log.append([edit(7)])
        assert log.flush(10)
    assert event in events_of(left)


def test_a_journal_beside_a_file_we_do_not_know_is_refused(project, tmp_path):
    left = crash(project, tmp_path / "crashed")
    before = left.read_bytes(), journal(left).read_bytes()
    with pytest.raises(ProjectFileError, match="left by an interrupted program"):
        store.open_project(left, outbox_folder=tmp_path / "another computer")
    assert (left.read_bytes(), journal(left).read_bytes()) == before
    assert events_of(project)
    with closing(
        store.open_project(left, foreign=False, outbox_folder=tmp_path / "none")
    ) as opened:
        assert opened.events() == events_of(project)


def test_a_forged_journal_changes_nothing(project):
    before, events = project.read_bytes(), events_of(project)
    journal(project).write_bytes(MAGIC + b"\xff" * 4 + random.Random(1).randbytes(8192))
    try:
        assert events_of(project) == events
    except ProjectFileError:
        assert project.read_bytes() == before


def test_a_journal_that_would_remove_another_file_is_refused(project, tmp_path):
    left = crash(project, tmp_path / "crashed")
    victim = tmp_path / "victim"
    victim.write_text("precious")
    name = str(victim).encode()
    # The trailer of SQLite's pager: page, name, length, checksum, magic.
    lock_page = (0x40000000 // 4096 + 1).to_bytes(4, "big")
    trailer = lock_page + name + len(name).to_bytes(4, "big")
    trailer += sum(name).to_bytes(4, "big") + MAGIC
    with journal(left).open("ab") as file:
        file.write(trailer)
    for open_it in (
        store.open_project,
        lambda path: store.merge(path, [project], reviewer=b"a" * 16),
        lambda path: store.add_pair(path, pair(2, "more"), reviewer=b"a" * 16),
        lambda path: open_hardened(path, write=True),
        store.recover,
        lambda path: store.save_copy(path, tmp_path / "copy.bitext"),
    ):
        with pytest.raises(ProjectFileError, match="interrupted"):
            open_it(left)
    assert victim.read_text() == "precious"


def test_a_log_of_another_mode_beside_the_file_is_refused(project):
    project.with_name(project.name + "-wal").write_bytes(b"x" * 100)
    with pytest.raises(ProjectFileError, match="-wal"):
        store.open_project(project)


def test_a_file_that_is_being_written_is_opened_all_the_same(project):
    with closing(open_hardened(project, write=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO meta VALUES('a', 'b')")
        assert journal(project).exists()
        store.open_project(project, check="none").close()
        connection.execute("ROLLBACK")


def test_no_lock_is_dropped_while_a_commit_is_under_way(project):
    with closing(open_hardened(project, write=True)) as connection:
        looking = threading.Thread(target=check_header, args=(project,))
        with transaction(connection):
            looking.start()
            looking.join(0.05)
            assert looking.is_alive()
        looking.join(5)
        assert not looking.is_alive()
