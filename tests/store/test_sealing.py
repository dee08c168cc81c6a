"""Identity, chain and clock of events."""

import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from projects import ANN, edit

from reviewer.model import Draft, Event
from reviewer.store.sealing import Clock, Sealer, event_hash, from_line, is_true, to_line

DAY = 24 * 60 * 60.0


def sealed(body, kind="edit", subject=b"s" * 16):
    return Sealer(ANN, Clock()).seal([Draft(kind, subject, body)])[0]


def raw(body, **changes):
    """Return an event whose body another program wrote."""
    event = replace(sealed({"text": "x"}), body=body, **changes)
    return replace(event, hash=event_hash(event))


def test_every_field_counts_for_the_identity():
    event = sealed({"text": "x"})
    other = {
        "session": b"z" * 16,
        "seq": 2,
        "prev": b"p" * 32,
        "hlc": event.hlc + 1,
        "reviewer": b"z" * 16,
        "kind": "edits",
        "gesture": 2,
        "subject": None,
        "body": "{}",
    }
    assert {field.name for field in fields(Event)} == other.keys() | {"hash"}
    for name, value in other.items():
        assert event_hash(replace(event, **{name: value})) != event.hash, name
        assert not is_true(replace(event, **{name: value})), name


def test_neighbouring_fields_cannot_flow_into_each_other():
    one, other = sealed({}, kind="ab"), sealed({}, kind="a")
    assert event_hash(one) != event_hash(replace(one, kind="a", body="b" + one.body))
    assert one.hash != other.hash


@pytest.mark.parametrize(
    "body", ["", "[]", "1", "{", '{"a":1}x', "[" * 5000, '"text"', "null", '{"a":"\x01"}']
)
def test_a_body_that_is_no_object_is_not_true(body):
    assert not is_true(raw(body))


def test_one_gesture_is_sealed_as_a_chain():
    sealer = Sealer(ANN, Clock())
    first = sealer.seal([edit(1), edit(2)])
    second = sealer.seal([edit(3)])
    events = [*first, *second]
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.gesture for event in events] == [1, 1, 3]
    assert [event.prev for event in events] == [b"", first[0].hash, first[1].hash]
    assert len({event.hlc for event in events}) == 3
    assert all(map(is_true, events))


def test_a_draft_that_cannot_be_sealed_leaves_no_gap():
    sealer = Sealer(ANN, Clock())
    with pytest.raises(ValueError, match="float"):
        sealer.seal([edit(1), Draft("edit", None, {"weight": 0.5})])
    assert sealer.seal([edit(1)])[0].seq == 1


@given(st.dictionaries(st.text(), st.text() | st.integers(-9, 9), max_size=3), st.text(min_size=1))
def test_a_line_gives_the_event_back(body, kind):
    event = sealed(body, kind=kind.replace("\0", "x"))
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line.encode()) == event


def test_a_body_written_in_another_way_comes_back_byte_for_byte():
    event = raw('{ "b" : 1.50, "a":"\\u00e9" }')
    assert from_line(to_line(event).encode()) == event


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"session":"00","seq":Infinity}',
        to_line(sealed({"text": "x"})).encode()[:-2],
        to_line(sealed({"text": "x"})).replace('"x"', '"y"').encode(),
        to_line(sealed({"text": "x"})).replace('"edit"', '"\\ud800"').encode(),
    ],
)
def test_a_line_that_is_not_true_is_no_event(line):
    assert from_line(line) is None


def test_clock_goes_on_when_the_wall_clock_is_set_back():
    now = [1_000_000_000.0]
    clock = Clock(lambda: now[0])
    before = clock.now()
    now[0] -= DAY / 2
    assert before < clock.now() < clock.now()


def test_clock_follows_others_but_not_beyond_a_day():
    now = 1_000_000_000.0
    clock = Clock(lambda: now)
    ahead = int((now + 60) * 1000) << 16
    clock.observe(ahead)
    assert clock.now() == ahead + 1
    clock.observe(int((now + 365 * DAY) * 1000) << 16)
    assert clock.now() == ahead + 2


def test_clock_recovers_from_a_year_ahead():
    now = [1_000_000_000.0 + 365 * DAY]
    clock = Clock(lambda: now[0])
    clock.now()
    now[0] -= 365 * DAY
    assert clock.now() >> 16 <= int((now[0] + DAY) * 1000)
