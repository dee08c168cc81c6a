"""Who else has a project open."""

import json
import subprocess
import sys

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


# On this computer

STAYS = """
import sys
from pathlib import Path
from reviewer.store.presence import Presence

own = Presence(Path(sys.argv[1]), b"b" * 16, "Ben", own=True)
shared = Presence(Path(sys.argv[2]), b"b" * 16, "Ben")
own.beat()
shared.beat()
print("here", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def ben(tmp_path):
    """Ben's program, in a process of its own, at a project that is shared through a folder."""
    command = [sys.executable, "-c", STAYS, str(tmp_path / "own"), str(tmp_path / "shared")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"here\n"
        yield program
        program.kill()


def test_a_program_that_was_killed_on_this_computer_is_gone_at_once(tmp_path, ben):
    own = Presence(tmp_path / "own", b"a" * 16, "Ann", own=True)
    shared = Presence(tmp_path / "shared", b"a" * 16, "Ann")
    own.beat()
    shared.beat()
    assert names(own) == ["Ben"]
    assert [person.name for person in shared.others(own.gone)] == ["Ben"]
    ben.kill()
    ben.wait()
    assert names(own) == []
    assert shared.others(own.gone) == ()
    left = {path.name for place in ("own", "shared") for path in (tmp_path / place).iterdir()}
    assert left == {f"{(b'a' * 16).hex()}.here"}
    own.leave()
    shared.leave()


def test_a_note_that_was_taken_away_comes_again_and_is_held(tmp_path, wall):
    ann = Presence(tmp_path, b"a" * 16, "Ann", own=True, wall=wall)
    ben = Presence(tmp_path, b"b" * 16, "Ben", own=True, wall=wall)
    ann.beat()
    for note in tmp_path.iterdir():
        note.unlink()
    wall.now += 30
    ann.beat()
    assert names(ben) == ["Ann"]
    # Taken for dead for a moment, it is not for ever.
    ben.gone.add(f"{(b'a' * 16).hex()}.here")
    assert names(ben) == ["Ann"]
    assert not ben.gone
    ann.leave()
    assert names(ben) == []


def test_many_notes_of_who_left_hide_nobody(tmp_path, wall):
    for number in range(60):
        said = {"name": "Old", "host": "h", "beat": int(wall.now) - 10_000}
        (tmp_path / f"{number:032x}.here").write_text(json.dumps(said))
    ben = here(tmp_path, b"b", "Ben", wall)
    ben.beat()
    assert names(here(tmp_path, b"a", "Ann", wall)) == ["Ben"]
