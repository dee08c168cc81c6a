"""What is still provably whole in a damaged file comes back."""

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from projects import alter, decide, edit, events_of, hashes, make

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.model import Draft
from reviewer.store import carving
from reviewer.store.sealing import Clock, Sealer, to_line

PAGE = 4096
EVENTS = 3000


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A project with 3,000 decisions."""
    folder = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        path, _ = make(folder, count=200)
        decide_many(path)
    return path


def decide_many(path):
    sealer = Sealer(b"c" * 16, Clock())
    long = Draft("comment", None, {"text": "long " * 3000})
    drafts = [edit(n, "words that somebody thought about") for n in range(EVENTS - 1)]
    store.import_log(path, [to_line(event) for event in sealer.seal([*drafts, long])])


def salvaged(good, tmp_path, damage):
    """Return the share of events that come back from a damaged copy, and the new project."""
    bad, new = tmp_path / "bad.bitext", tmp_path / "new.bitext"
    bad.write_bytes(damage(bytearray(good.read_bytes())))
    before = bad.read_bytes()
    report = store.salvage(bad, new, outbox_folder=tmp_path / "no outbox")
    assert bad.read_bytes() == before
    assert store.verify(new).status in (0, 1)
    known = hashes(good)
    found = {event.hash for event in events_of(new) if event.kind != "salvage.done"}
    assert found <= known
    assert len(found) == report.events
    return len(found) / len(known), new


def test_an_undamaged_file_comes_back_whole(good, tmp_path):
    share, new = salvaged(good, tmp_path, bytes)
    assert share == 1
    with closing(store.open_project(good)) as old, closing(store.open_project(new)) as project:
        assert project.project_id == old.project_id
        assert project.documents == old.documents
        assert project.alignments == old.alignments
        assert project.original(old.documents[0].doc_id) == old.original(old.documents[0].doc_id)


def zeroed(data, first, count):
    data[first * PAGE : (first + count) * PAGE] = bytes(count * PAGE)
    return data


def flipped(data, count, seed=3):
    rng = random.Random(seed)
    for _ in range(count):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def page_of_events(data):
    """Return the number of a page in the middle of the events."""
    place = data.index(b"about 1500")
    return place // PAGE


def noised(data, page):
    data[page * PAGE : (page + 1) * PAGE] = random.Random(1).randbytes(PAGE)
    return data


DAMAGE = {
    "first page": (lambda data: zeroed(data, 0, 1), 1.0),
    "all roots": (lambda data: zeroed(data, 0, 12), 0.99),
    "a page lost": (lambda data: zeroed(data, page_of_events(data), 1), 0.99),
    "a page of noise": (lambda data: noised(data, page_of_events(data)), 0.99),
    "16 flips": (lambda data: flipped(data, 16), 0.99),
    "64 flips": (lambda data: flipped(data, 64), 0.97),
    "cut in half": (lambda data: data[: len(data) // 2], 0.3),
}


@pytest.mark.parametrize(("damage", "least"), DAMAGE.values(), ids=DAMAGE)
def test_most_decisions_come_back(good, tmp_path, damage, least):
    share, new = salvaged(good, tmp_path, damage)
    assert share >= least
    with closing(store.open_project(good)) as old, closing(store.open_project(new)) as project:
        assert project.project_id == old.project_id


def test_a_false_event_never_comes_back(good, tmp_path):
    bad = Path(shutil.copyfile(good, tmp_path / "bad.bitext"))
    alter(bad, "UPDATE event SET body='{}' WHERE seq % 2 = 0")
    report = store.salvage(bad, tmp_path / "new.bitext", outbox_folder=tmp_path / "none")
    assert EVENTS / 2 <= report.events < EVENTS / 2 + 10
    assert hashes(tmp_path / "new.bitext") - hashes(good)  # the note that it was salvaged
    with closing(store.open_project(tmp_path / "new.bitext")) as project:
        assert project.gaps


def test_a_text_with_a_changed_word_does_not_come_back(good, tmp_path):
    bad = Path(shutil.copyfile(good, tmp_path / "bad.bitext"))
    alter(bad, "UPDATE segment SET text='y' WHERE doc=1 AND ord=3")
    report = store.salvage(bad, tmp_path / "new.bitext", outbox_folder=tmp_path / "none")
    assert (report.documents, report.alignments) == (1, 0)
    assert any("merge this one" in sentence for sentence in report.sentences)


def test_own_decisions_come_from_the_outbox(tmp_path):
    path, _ = make(tmp_path)
    old = path.read_bytes()
    decided = decide(path, 5)
    path.write_bytes(old[: PAGE * 2] + bytes(PAGE) + old[PAGE * 3 :])
    report = store.salvage(path, tmp_path / "new.bitext")
    assert report.from_outbox == 5
    assert {event.hash for event in decided} <= hashes(tmp_path / "new.bitext")


def test_salvaged_decisions_find_their_places_in_a_new_project(good, tmp_path):
    bad = Path(shutil.copyfile(good, tmp_path / "bad.bitext"))
    alter(bad, "UPDATE segment SET text='y' WHERE doc=1 AND ord=3")
    store.salvage(bad, tmp_path / "saved.bitext", outbox_folder=tmp_path / "none")
    again, _ = make(tmp_path, "again.bitext", count=200)
    store.merge(again, [tmp_path / "saved.bitext"], reviewer=b"a" * 16)
    assert hashes(good) <= hashes(again)


@pytest.mark.parametrize("data", [b"", b"x", bytes(100_000), b"SQLite format 3\0" + bytes(9000)])
def test_nothing_to_bring_back_is_told_and_nothing_is_made(tmp_path, data):
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(ProjectFileError, match="nothing was made"):
        store.salvage(tmp_path / "bad", tmp_path / "new.bitext")
    assert not (tmp_path / "new.bitext").exists()


def test_an_existing_file_is_not_replaced(good, tmp_path):
    (tmp_path / "new.bitext").write_text("x")
    with pytest.raises(ProjectFileError, match="there already"):
        store.salvage(good, tmp_path / "new.bitext")


def test_carving_ends_on_pages_that_link_in_a_circle(tmp_path):
    # An index leaf whose 900 cells each claim a long payload on overflow pages that never end.
    cell = b"\x83\xff\x7f" + bytes(489) + b"\0\0\0\2"
    page = bytearray(PAGE)
    page[0] = 0x0A
    page[3:5] = (900).to_bytes(2, "big")
    for number in range(900):
        page[8 + 2 * number : 10 + 2 * number] = (3000).to_bytes(2, "big")
    page[3000 : 3000 + len(cell)] = cell
    circle = b"\0\0\0\2" + bytes(PAGE - 4)
    (tmp_path / "bad").write_bytes(bytes(page) + circle)
    assert not carving.carve(tmp_path / "bad").events


@pytest.mark.parametrize("pages", [2, 6, 12])
def test_a_file_cut_off_is_not_told_as_an_empty_project(tmp_path, pages):
    path, _ = make(tmp_path, count=200)
    decide(path, 5)
    path.write_bytes(path.read_bytes()[: pages * PAGE])
    report = store.salvage(path, tmp_path / "new.bitext")
    told = " ".join(report.sentences)
    assert report.sentences[0].startswith(f"Its end is missing: {pages * 4} of ")
    assert "0 of 0" not in told
    assert "0 documents" not in told
    assert "imported again" in told


def test_what_is_left_is_told_where_nothing_can_be_made(good, tmp_path):
    (tmp_path / "bad").write_bytes(good.read_bytes()[:PAGE])
    with pytest.raises(ProjectFileError, match=r"nothing was made. Its end is missing: 4 of"):
        store.salvage(tmp_path / "bad", tmp_path / "new.bitext", outbox_folder=tmp_path / "none")
