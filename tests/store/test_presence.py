"""Who else has a project open."""

import json

import pytest

from reviewer.store.presence import Presence


class Wall:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def wall():
    return Wall()


def here(folder, letter, name, wall):
    return Presence(folder, letter * 16, name, wall=wall)


def names(presence):
    return [person.name for person in presence.others()]


def test_two_see_each_other_and_not_themselves(tmp_path, wall):
    ann, ben = here(tmp_path / "p", b"a", "Ann", wall), here(tmp_path / "p", b"b", "Ben", wall)
    ann.beat()
    ben.beat()
    assert (names(ann), names(ben)) == (["Ben"], ["Ann"])
    ben.leave()
    assert names(ann) == []


def test_who_crashed_fades_and_who_stays_does_not(tmp_path, wall):
    ann, ben = here(tmp_path, b"a", "Ann", wall), here(tmp_path, b"b", "Ben", wall)
    ben.beat()
    assert names(ann) == ["Ben"]
    for _ in range(6):
        wall.now += 30
        ben.beat()
        assert names(ann) == ["Ben"]
    wall.now += 91
    assert names(ann) == []


def test_a_clock_that_is_wrong_elsewhere_does_not_hide_anybody_for_long(tmp_path, wall):
    slow = Wall()
    slow.now -= 3600
    ann, ben = here(tmp_path, b"a", "Ann", wall), here(tmp_path, b"b", "Ben", slow)
    ben.beat()
    assert names(ann) == []
    slow.now += 21
    wall.now += 21
    ben.beat()
    assert names(ann) == ["Ben"]


@pytest.mark.parametrize(
    "note",
    [b"", b"\xff", b"[]", b"{}", b'{"name":1,"host":"x","beat":1}', b"{" * 5000, b'{"beat":"x"}'],
)
def test_a_note_that_says_nothing_is_passed_over(tmp_path, wall, note):
    (tmp_path / "x.here").write_bytes(note)
    assert names(here(tmp_path, b"a", "Ann", wall)) == []


def test_names_are_short_and_plain(tmp_path, wall):
    said = {"name": "B\x07en" * 100, "host": "h", "beat": int(wall.now)}
    (tmp_path / "x.here").write_text(json.dumps(said))
    (name,) = names(here(tmp_path, b"a", "Ann", wall))
    assert len(name) <= 60
    assert name.isprintable()


def test_a_folder_that_is_no_folder_is_no_trouble(tmp_path, wall):
    (tmp_path / "p").write_text("a file")
    ann = here(tmp_path / "p", b"a", "Ann", wall)
    ann.beat()
    assert names(ann) == []
    ann.leave()
