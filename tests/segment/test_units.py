"""Units cut into segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import Cancelled
from reviewer.model import Code, CodeKind, Unit
from reviewer.segment import segment_units

BOLD = Code("\U000f0000", "1", CodeKind.OPEN, "**")
PLAIN = Code("\U000f0001", "1", CodeKind.CLOSE, "**")


def test_ranges_leave_out_the_white_space():
    first, second = segment_units([Unit("  He came.  She left. ")], "en")
    assert (first.start, first.end, first.text) == (2, 10, "He came.")
    assert (second.start, second.end, second.text) == (12, 21, "She left.")


def test_segments_are_numbered_over_all_units():
    units = [Unit("One. Two."), Unit("   "), Unit("code", translatable=False), Unit("Three.")]
    found = [(s.ord, s.unit, s.text) for s in segment_units(units, "en")]
    assert found == [(0, 0, "One."), (1, 0, "Two."), (2, 3, "Three.")]


def test_a_segment_has_the_codes_of_its_text():
    unit = Unit("\U000f0000He came.\U000f0001 She left.", (BOLD, PLAIN))
    first, second = segment_units([unit], "en")
    assert first.codes == (BOLD, PLAIN)
    assert second.codes == ()


def test_progress_ends_with_all_units():
    told = []
    segment_units([Unit("One. " * 9_000)] * 3, "en", progress=lambda *step: told.append(step))
    assert told[-1] == (3, 3)
    assert len(told) > 3


def test_cancelling_stops_inside_a_unit():
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        segment_units([Unit("One. " * 20_000)], "en", cancelled=lambda: next(answers))


@given(st.lists(st.text(alphabet="ab.!? \u2028\u00a0\nD。", max_size=30), max_size=5))
def test_segments_hold_all_but_white_space(texts):
    segments = segment_units([Unit(text) for text in texts], "en")
    assert [segment.ord for segment in segments] == list(range(len(segments)))
    for segment in segments:
        assert segment.text == texts[segment.unit][segment.start : segment.end]
        assert segment.text == segment.text.strip() != ""
    for number, text in enumerate(texts):
        held = "".join(s.text for s in segments if s.unit == number)
        assert "".join(held.split()) == "".join(text.split())
