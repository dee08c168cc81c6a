"""Merging is the union of sets of events."""

import random
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, BEN, decide, edit, events_of, hashes, make, pair

from reviewer import paths, store
from reviewer.errors import DamagedProjectError, ProjectFileError
from reviewer.store.sealing import Clock, Sealer, to_line


@pytest.fixture
def two(tmp_path):
    """Return a project and a copy of it, each with decisions of its own."""
    path, _ = make(tmp_path)
    decide(path, 2)
    other = Path(shutil.copyfile(path, tmp_path / "other.bitext"))
    return path, other, decide(path, 4), decide(other, 3, BEN)


def decisions(path):
    return {event.hash for event in events_of(path) if event.kind != "merge.done"}


def test_what_is_new_is_added_and_counted(two):
    path, other, ours, theirs = two
    result = store.merge(path, [other], reviewer=ANN)
    assert (result.new, result.already, result.documents) == (3, 2, 0)
    assert result.events == tuple(theirs)
    counts = {count.reviewer: (count.name, count.new, count.already) for count in result.reviewers}
    assert counts == {ANN: ("Ann", 0, 2), BEN: ("", 3, 0)}
    assert {event.hash for event in [*ours, *theirs]} <= hashes(path)


def test_a_second_time_adds_nothing(two):
    path, other, *_ = two
    store.merge(path, [other], reviewer=ANN)
    before = path.read_bytes()
    assert store.merge(path, [other], reviewer=ANN).new == 0
    assert path.read_bytes() == before


def test_both_ways_give_the_same_decisions(two):
    path, other, *_ = two
    first = Path(shutil.copyfile(path, path.with_name("first.bitext")))
    store.merge(first, [other], reviewer=ANN)
    store.merge(other, [path], reviewer=ANN)
    assert decisions(first) == decisions(other)


def test_looking_first_says_the_same_and_writes_nothing(two):
    path, other, *_ = two
    before = path.read_bytes()
    preview = store.preview_merge(path, [other])
    assert path.read_bytes() == before
    assert preview == store.merge(path, [other], reviewer=ANN)


def test_the_log_tells_of_the_merge(two):
    path, other, *_ = two
    store.merge(path, [other], reviewer=BEN)
    (done,) = (event for event in events_of(path) if event.kind == "merge.done")
    assert done.body == '{"files":["other.bitext"],"new":3}'
    assert done.reviewer == BEN


def test_a_backup_is_made_before_and_ten_are_kept(two):
    path, other, *_ = two
    before = hashes(path)
    store.merge(path, [other], reviewer=ANN)
    (folder,) = (paths.data_folder() / "backups").iterdir()
    (backup,) = folder.iterdir()
    assert hashes(backup) == before
    for _ in range(12):
        store.back_up(path, folder.name)
    assert len(list(folder.iterdir())) == 10
    assert not backup.exists()


def test_documents_that_only_the_other_holds_come_along(two):
    path, other, *_ = two
    align_id = store.add_pair(other, pair(7, "more"), reviewer=BEN)
    assert store.merge(path, [other], reviewer=ANN).documents == 2
    with closing(store.open_project(path)) as merged, closing(store.open_project(other)) as given:
        assert list(merged.beads(align_id)) == list(given.beads(align_id))
        assert merged.documents == given.documents
        last = merged.documents[-1].doc_id
        assert merged.segments(last) == given.segments(last)
        assert merged.original(last) == given.original(last)


def test_a_review_without_texts_is_enough(two, tmp_path):
    path, other, _ours, theirs = two
    store.save_review(other, tmp_path / "mail.bitext")
    assert store.merge(path, [tmp_path / "mail.bitext"], reviewer=ANN).events == tuple(theirs)


def test_another_project_of_the_same_documents_is_merged_and_told(two, tmp_path):
    path, *_ = two
    stranger, _ = make(tmp_path, "stranger.bitext", reviewer=BEN)
    result = store.merge(path, [stranger], reviewer=ANN)
    assert result.notes == ("“stranger.bitext” is another project of the same documents.",)
    assert hashes(stranger) <= hashes(path)


def test_other_documents_are_refused_and_nothing_changes(two, tmp_path):
    path, other, *_ = two
    stranger = tmp_path / "stranger.bitext"
    store.create_project(stranger, [pair(9, "y")], reviewer=BEN, reviewer_name="Ben")
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="other documents") as told:
        store.merge(path, [other, stranger], reviewer=ANN)
    assert "“y.en.txt”, “y.de.txt” there, “x.en.txt”, “x.de.txt” here" in str(told.value)
    assert path.read_bytes() == before


def test_from_a_damaged_file_comes_what_is_whole(two):
    path, other, _ours, theirs = two
    damaged = bytearray(other.read_bytes())
    damaged[:4096] = bytes(4096)
    other.write_bytes(damaged)
    result = store.merge(path, [other], reviewer=ANN)
    assert {event.hash for event in theirs} <= hashes(path)
    assert result.notes == ("“other.bitext” is damaged: 10 of 10 decisions could be read.",)


def test_a_damaged_file_without_decisions_is_refused(two):
    path, other, *_ = two
    other.write_bytes(other.read_bytes()[:4096])
    with pytest.raises(DamagedProjectError):
        store.merge(path, [other], reviewer=ANN)


def test_a_log_goes_out_and_comes_in(two):
    path, other, *_ = two
    with closing(store.open_project(other)) as project:
        lines = list(store.export_log(project))
    result = store.import_log(path, [*lines, "", "not a line"])
    assert (result.new, result.already) == (3, 2)
    assert result.notes == ("1 line of the log is not as written.",)
    assert hashes(other) <= hashes(path)
    assert store.import_log(path, lines).new == 0


def test_an_exported_log_is_in_the_order_of_time(two):
    with closing(store.open_project(two[0])) as project:
        lines = list(store.export_log(project))
        events = sorted(project.events(), key=lambda event: (event.hlc, event.hash))
    assert lines == [to_line(event) for event in events]


def test_a_log_of_other_documents_is_refused(two, tmp_path):
    stranger, _ = make(tmp_path, "stranger.bitext", count=9)
    with (
        closing(store.open_project(stranger)) as project,
        pytest.raises(ProjectFileError, match="other documents"),
    ):
        store.import_log(two[0], store.export_log(project))


def test_a_number_used_twice_keeps_both_events(two):
    path, *_ = two
    sealer = Sealer(BEN, Clock())
    (first,) = sealer.seal([edit(1)])
    (second,) = Sealer(BEN, Clock()).seal([edit(2)])
    twin = replace(second, session=first.session)
    twin = replace(twin, hash=store.event_hash(twin))
    assert store.import_log(path, [to_line(first), to_line(twin)]).new == 2
    assert {first.hash, twin.hash} <= hashes(path)


@given(data=st.data())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_any_parts_gives_the_same_set(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("merge")
    base, _ = make(folder, count=2)
    sealers = [Sealer(bytes([n]) * 16, Clock()) for n in range(3)]
    count = data.draw(st.integers(0, 12))
    events = [
        sealers[data.draw(st.integers(0, 2))].seal([edit(number)])[0] for number in range(count)
    ]
    parts = data.draw(st.lists(st.sets(st.sampled_from(range(max(1, count)))), max_size=4))
    results = []
    for order in (parts, parts[::-1], random.Random(count).sample(parts, len(parts)) + parts[:1]):
        path = Path(shutil.copyfile(base, folder / f"{len(results)}.bitext"))
        for part in order:
            store.import_log(path, [to_line(events[n]) for n in part if n < count])
        results.append(hashes(path) - hashes(base))
    expected = {events[n].hash for part in parts for n in part if n < count}
    assert results == [expected] * 3
