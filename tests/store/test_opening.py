"""Opening: writes nothing, and uses no row of a file that is not what its hashes say."""

import os
import random
import re
import shutil
import sqlite3
import sys
import threading
import zlib
from contextlib import closing, suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, alter, decide, make

from reviewer import store
from reviewer.errors import (
    Cancelled,
    DamagedProjectError,
    NewerProjectError,
    ProjectFileError,
    ReviewerError,
)
from reviewer.model import Draft
from reviewer.store import hardened
from reviewer.store.hardened import open_hardened
from reviewer.store.sealing import Clock, Sealer, to_line

PAGE = 4096


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A project with decisions; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        path, _ = make(folder, count=120)
        decide(path, 60)
    return path


@pytest.fixture
def copy(good, tmp_path):
    return Path(shutil.copyfile(good, tmp_path / "copy.bitext"))


def everything(path, check="full"):
    """Return all that a project file holds."""
    with closing(store.open_project(path, check=check)) as project:
        texts = [list(project.texts(d.doc_id)) for d in project.documents]
        originals = [project.original(d.doc_id) for d in project.documents]
        beads = [list(project.beads(a.align_id)) for a in project.alignments]
        return project.events(), project.documents, texts, originals, beads, project.project_id


def test_opening_and_reading_change_no_byte(copy):
    before, time, beside = (
        copy.read_bytes(),
        copy.stat().st_mtime_ns,
        sorted(copy.parent.iterdir()),
    )
    everything(copy)
    store.verify(copy)
    store.recover(copy)
    assert copy.read_bytes() == before
    assert copy.stat().st_mtime_ns == time
    assert sorted(copy.parent.iterdir()) == beside


STATEMENTS = {
    "trigger": "CREATE TRIGGER x AFTER INSERT ON event BEGIN SELECT 1; END",
    "view": "CREATE VIEW x AS SELECT * FROM event",
    "table": "CREATE TABLE x(a CHECK(a GLOB '*a*a*a*b'))",
    "expression index": "CREATE INDEX x ON event(lower(body))",
    "virtual table": "CREATE VIRTUAL TABLE x USING fts5(a)",
    "generated column": "ALTER TABLE event ADD COLUMN g TEXT AS (printf('%.*c', 900000000, 'x'))",
    "index": "CREATE INDEX x ON segment(text)",
    "missing table": "DROP TABLE bead",
    "altered type": "UPDATE sqlite_schema SET sql=replace(sql,') STRICT',')') WHERE name='blob'",
    "altered default": "UPDATE sqlite_schema SET sql=replace(sql,'''''','''x''')",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_any_other_schema_is_refused(copy, statement):
    alter(copy, statement)
    with pytest.raises(ProjectFileError, match=r"“copy.bitext” .*altered\.$"):
        store.open_project(copy, check="none")


def test_a_schema_that_differs_in_a_comment_is_the_same(copy):
    alter(copy, "UPDATE sqlite_schema SET sql=sql||char(10)||'-- x' WHERE name='event'")
    assert everything(copy)


def test_a_newer_major_version_asks_for_an_update(copy):
    alter(copy, "PRAGMA user_version=2001")
    with pytest.raises(NewerProjectError, match="update"):
        store.open_project(copy)


def test_a_newer_minor_version_is_opened(copy):
    alter(copy, "PRAGMA user_version=1007")
    assert everything(copy)


@pytest.mark.parametrize(
    "statement",
    ["PRAGMA application_id=1", "PRAGMA user_version=7", "PRAGMA journal_mode=WAL"],
)
def test_a_database_of_another_form_is_refused(copy, statement):
    alter(copy, statement)
    with pytest.raises(ProjectFileError, match=r"“copy\.bitext”"):
        store.open_project(copy)


@pytest.mark.parametrize(
    "data", [b"", b"hello\n" * 500, b"PK\3\4" + bytes(9000), bytes(100_000)], ids=len
)
def test_what_is_no_project_is_refused(tmp_path, data):
    path = tmp_path / "x.bitext"
    path.write_bytes(data)
    with pytest.raises(ProjectFileError, match="is not a project file"):
        store.open_project(path)


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.bitext")
    for name in ("pipe.bitext", "missing.bitext", "."):
        with pytest.raises(ProjectFileError):
            store.open_project(tmp_path / name)


def patched(path, place, data):
    whole = bytearray(path.read_bytes())
    whole[place : place + len(data)] = data
    path.write_bytes(whole)


HEADERS = {
    "page size": (16, b"\0\3"),
    "file format": (18, b"\11\11"),
    "page count": (28, b"\xff\xff\xff\xff"),
    "encoding": (56, b"\0\0\0\2"),
}


@pytest.mark.parametrize(("place", "data"), HEADERS.values(), ids=HEADERS)
def test_a_forged_header_is_refused(copy, place, data):
    patched(copy, place, data)
    with pytest.raises(ProjectFileError):
        store.open_project(copy)


CUTS = {
    "half": lambda data: data[: len(data) // 2],
    "tail": lambda data: data[:-512],
    "first page": lambda data: bytes(PAGE) + data[PAGE:],
    "page in the middle": lambda data: data[: 5 * PAGE] + bytes(PAGE) + data[6 * PAGE :],
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_file_of_ours_that_is_not_whole_is_told_as_damaged(copy, cut):
    copy.write_bytes(cut(copy.read_bytes()))
    with pytest.raises(DamagedProjectError, match=r"“copy\.bitext” is damaged"):
        store.open_project(copy)


def test_zeros_behind_the_end_do_no_harm(good, copy):
    copy.write_bytes(copy.read_bytes() + bytes(PAGE * 20))
    assert everything(copy) == everything(good)


CHANGES = {
    "text": "UPDATE segment SET text='y' WHERE ord=3",
    "order": "UPDATE segment SET ord=500 WHERE ord=119",
    "codes": "UPDATE segment SET codes='[1]' WHERE ord=0",
    "place": "UPDATE segment SET loc='x' WHERE ord=0",
    "segments away": "DELETE FROM segment WHERE ord>100",
    "stray segment": "INSERT INTO segment(doc,ord,para,text) VALUES(9,0,0,'x')",
    "bead": "UPDATE bead SET t1=t1+1 WHERE ord=119",
    "confidence": "UPDATE bead SET score=0.5 WHERE ord=1",
    "beads away": "DELETE FROM bead WHERE ord>100",
    "stray bead": "INSERT INTO bead VALUES(9,0,0,1,0,1,0.5)",
    "alignment": "UPDATE alignment SET src_doc=tgt_doc",
    "language": "UPDATE document SET lang='fr' WHERE doc=1",
    "name": "UPDATE document SET name='../../x' WHERE doc=1",
    "role": "UPDATE document SET role='bilingual' WHERE doc=1",
    "recipe": "UPDATE document SET recipe='{}' WHERE doc=1",
    "recipe no object": "UPDATE document SET recipe='7' WHERE doc=1",
    "document id": "UPDATE document SET doc_id=zeroblob(32) WHERE doc=1",
    "event": "UPDATE event SET body='{}' WHERE seq=4",
    "reviewer": "UPDATE event SET reviewer=zeroblob(16) WHERE seq=4",
    "clock": "UPDATE event SET hlc=hlc+1 WHERE seq=4",
    "project": "UPDATE meta SET value='00000000000000000000000000000000' WHERE key='project_id'",
    "original": "UPDATE blob SET data=zeroblob(10)",
    "size": "UPDATE blob SET size=size+1",
    "invalid UTF-8": "UPDATE segment SET text=CAST(x'ff' AS TEXT) WHERE ord=3",
    "null character": "UPDATE segment SET text='a'||char(0)||'b' WHERE ord=3",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_any_changed_row_is_told_as_damage(copy, statement):
    alter(copy, statement)
    with pytest.raises(DamagedProjectError, match=r"^“copy.bitext” is damaged: [^\n]*\.$"):
        store.open_project(copy)
    assert store.verify(copy).status == 1


ODD = {
    "event": ["seq=-seq", "hlc=-1", "reviewer=x'00'", "session=zeroblob(400)", "gesture=0"],
    "segment": ["ord=-1-ord"],
    "bead": ["s1=s0-1"],
    "document": ["role='both'", "n_seg=-1", "seg_hash=x'00'", "blob=x''"],
    "alignment": ["src_doc=x'00'", "bead_hash=x''"],
    "blob": ["codec='gzip'", "size=-1"],
}


@pytest.mark.parametrize(
    ("table", "change"), [(table, change) for table in ODD for change in ODD[table]]
)
def test_a_row_that_breaks_the_rules_of_its_table_is_told_as_damage(copy, table, change):
    alter(copy, "PRAGMA ignore_check_constraints=ON", f"UPDATE {table} SET {change}")
    for check in ("full", "quick"):
        with pytest.raises(DamagedProjectError, match="never writes"):
            store.open_project(copy, check=check)
    assert store.verify(copy).status > 0


def with_another_type(path, table, column, kind):
    """Store a value of another type in every row, past the rules of the table."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT sql FROM sqlite_schema WHERE name=?"
        (ours,) = connection.execute(query, (table,)).fetchone()
        loose = re.sub(rf"(\b{column}\s+)[A-Z]+", r"\1 BLOB", ours.replace("STRICT,", ""))
        loose = re.sub(r"CHECK\(.*?\)(?=,|$)", "", loose, flags=re.MULTILINE)
        for sql in (loose, ours):
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("UPDATE sqlite_schema SET sql=? WHERE name=?", (sql, table))
            connection.execute("PRAGMA writable_schema=RESET")
            if sql is loose:
                connection.execute(f"UPDATE {table} SET {column}=CAST({column} AS {kind})")
            connection.commit()


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("event", "prev", "TEXT"),
        ("event", "body", "BLOB"),
        ("event", "kind", "BLOB"),
        ("event", "gesture", "TEXT"),
        ("segment", "para", "TEXT"),
        ("segment", "codes", "BLOB"),
        ("bead", "s0", "TEXT"),
    ],
)
def test_a_value_of_another_type_is_told_as_damage(copy, table, column, kind):
    with_another_type(copy, table, column, kind)
    with pytest.raises(DamagedProjectError, match=r"pages do not hold together|never writes"):
        everything(copy)


def test_a_mistake_of_ours_is_not_told_as_damage(good):
    def mistaken(_row, _body):
        raise TypeError("of ours")

    with pytest.raises(TypeError, match="of ours"):
        store.open_project(good, note=mistaken)


def test_reading_ends_at_once_when_it_is_cancelled(good):
    def stop(_row, _body):
        raise Cancelled("Stopped.")

    before = threading.active_count()
    with pytest.raises(Cancelled):
        store.open_project(good, note=stop)
    assert threading.active_count() == before


def test_it_is_told_how_much_is_checked(good):
    told = []
    with closing(store.open_project(good, tell=lambda *share: told.append(share))):
        pass
    done, work = zip(*told, strict=True)
    assert len(set(work)) == 1
    assert list(done) == sorted(done)
    assert done[-1] == work[0]


@pytest.mark.parametrize("project_id", ["../../../etc", "x" * 32, ""])
def test_a_project_id_that_could_name_a_folder_is_refused(copy, project_id):
    (event,) = Sealer(b"x" * 16, Clock()).seal(
        [Draft("salvage.done", None, {"project": project_id})]
    )
    store.import_log(copy, [to_line(event)])
    alter(copy, f"UPDATE meta SET value='{project_id}' WHERE key='project_id'")
    for check in ("full", "none"):
        with pytest.raises(ProjectFileError, match="which project"):
            store.open_project(copy, check=check)


def test_an_original_that_unpacks_to_more_than_it_says_is_not_unpacked(copy):
    bomb = zlib.compress(bytes(300 << 20), 1)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE blob SET data=?, codec='zlib'", (bomb,))
        connection.commit()
    with pytest.raises(DamagedProjectError, match="original"):
        store.open_project(copy)


def test_decisions_that_are_missing_are_told_but_forbid_nothing(copy):
    alter(copy, "DELETE FROM event WHERE seq=20")
    with closing(store.open_project(copy)) as project:
        assert project.gaps == ("In “copy.bitext” 1 decision of somebody is missing.",)
    assert store.verify(copy).status == 1


def test_quick_and_no_check_still_compare_the_schema(copy):
    for check in ("quick", "none"):
        store.open_project(copy, check=check).close()
    alter(copy, STATEMENTS["view"])
    for check in ("quick", "none"):
        with pytest.raises(ProjectFileError):
            store.open_project(copy, check=check)


def test_random_damage_is_noticed_or_harmless(good, tmp_path):
    path, data, whole = tmp_path / "x.bitext", good.read_bytes(), everything(good)
    rng = random.Random(7)
    told = []
    for run in range(120):
        damaged = bytearray(data)
        for _ in range((1, 1, 1, 16)[run % 4]):
            damaged[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        if run % 4 == 2:
            page = rng.randrange(len(data) // PAGE) * PAGE
            damaged[page : page + PAGE] = rng.randbytes(PAGE)
        path.write_bytes(damaged)
        try:
            found = everything(path)
        except ReviewerError as error:
            told.append(str(error))
        else:
            assert found == whole
        for check in ("quick", "none"):
            with suppress(ReviewerError):
                everything(path, check)
    assert len(told) > 80
    assert not any("\n" in sentence for sentence in told)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM event", "UPDATE event SET body='{}'", "DROP TABLE event", "CREATE TABLE x(a)"],
)
def test_a_connection_for_writing_can_only_insert(copy, statement):
    with (
        closing(open_hardened(copy, write=True)) as connection,
        pytest.raises(sqlite3.DatabaseError, match="not authorized"),
    ):
        connection.execute(statement)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode there")
def test_a_path_that_is_no_unicode_is_no_damage(good, tmp_path):
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    path = Path(shutil.copyfile(good, folder / "p\udcff.bitext"))
    for check in ("none", "quick", "full"):
        with closing(store.open_project(path, check=check)) as project:
            assert project.documents
    assert decide(path, 1)
    assert store.verify(path).status == 0
    store.save_copy(path, folder / "copy.bitext")
    store.save_review(path, folder / "review.bitext")
    assert store.merge(folder / "copy.bitext", [folder / "review.bitext"], reviewer=ANN).new == 0


def test_rows_are_read_once_the_header_was_read_by_who_checks_the_pages(tmp_path, monkeypatch):
    """Closing a descriptor of the file drops the lock of who reads it."""
    path, _ = make(tmp_path)
    entered, opened = threading.Event(), []

    def open_late(path):
        entered.wait(0.2)
        opened.append(path)
        return open_hardened(path)

    with closing(open_hardened(path)) as connection:
        monkeypatch.setattr(hardened, "open_hardened", open_late)
        with hardened.integrity_aside(path, connection):
            entered.set()
            assert opened == [path]
