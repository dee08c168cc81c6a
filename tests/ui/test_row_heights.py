import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reviewer.ui.rows.anchored_rows import AnchoredRows, Place
from reviewer.ui.rows.row_heights import RowHeights

HEIGHTS = st.lists(st.integers(1, 300), min_size=1, max_size=60)


@given(HEIGHTS, st.integers(1, 90))
def test_positions_are_those_of_the_plain_sum(heights, estimate):
    rows = RowHeights(len(heights), estimate)
    for index, height in enumerate(heights):
        rows[index] = height
    tops = [0, *np.cumsum(heights).tolist()]
    assert [rows.top_of(index) for index in range(len(heights) + 1)] == tops
    assert rows.total == tops[-1]
    assert rows.tops().tolist() == tops
    for index, height in enumerate(heights):
        assert rows.row_at(tops[index]) == index
        assert rows.row_at(tops[index] + height - 1) == index
    assert rows.row_at(-5) == 0
    assert rows.row_at(tops[-1] + 5) == len(heights) - 1


def test_many_blocks_keep_their_sums():
    rows = RowHeights(5000, 20)
    rows[0], rows[1023], rows[1024], rows[4999] = 30, 40, 50, 60
    assert rows.total == 5000 * 20 + 10 + 20 + 30 + 40
    assert rows.top_of(1024) == 1024 * 20 + 30
    assert rows.row_at(rows.top_of(3777)) == 3777
    assert rows.is_measured(1023)
    assert not rows.is_measured(3)
    rows.forget(1023)
    assert not rows.is_measured(1023)
    assert rows[1023] == 40


def test_no_rows_have_no_height():
    rows = RowHeights()
    assert (len(rows), rows.total, rows.row_at(10)) == (0, 0, 0)


def _anchored(heights, view, estimate=40):
    rows = AnchoredRows(heights.__getitem__)
    rows.reset(len(heights), estimate)
    rows.settle(view)
    return rows


@given(HEIGHTS, st.integers(1, 400), st.lists(st.integers(-500, 500), max_size=20))
def test_the_view_is_always_filled_and_in_order(heights, view, deltas):
    rows = _anchored(heights, view)
    for delta in deltas:
        rows.scroll_by(delta)
        assert rows.places[0].y <= 0 < rows.places[0].bottom
        for one, other in zip(rows.places, rows.places[1:], strict=False):
            assert (other.index, other.y) == (one.index + 1, one.bottom)
        last = rows.places[-1]
        assert last.bottom >= view or rows.places[0] == Place(0, 0, heights[0])
        assert last.y < view


@given(HEIGHTS, st.integers(50, 200), st.integers(-90, 90))
def test_content_moves_exactly_by_the_delta(heights, view, delta):
    rows = _anchored(heights, view)
    rows.put(len(heights) // 2, 0)
    before = {place.index: place.y for place in rows.places}
    rows.scroll_by(delta)
    top, end = rows.places[0], rows.places[-1]
    at_an_end = (top.index == 0 and top.y == 0) or (
        end.index == len(heights) - 1 and end.bottom <= view
    )
    if not at_an_end:
        for place in rows.places:
            if place.index in before:
                assert place.y == before[place.index] - delta


def test_scrolling_up_into_unmeasured_rows_does_not_jump():
    heights = [25 + 37 * (n % 5) for n in range(1000)]
    rows = _anchored(heights, 300)
    rows.put(500, 0)
    for step in range(1, 40):
        rows.scroll_by(-20)
        place = rows.place_of(500)
        if place is not None:
            assert place.y == 20 * step


def test_only_what_is_in_view_is_measured():
    asked = []
    rows = AnchoredRows(lambda index: asked.append(index) or 50)
    rows.reset(100_000, 40)
    rows.settle(500)
    assert len(asked) <= 11
    asked.clear()
    rows.scroll_to(2_000_000)
    assert len(asked) <= 12


def test_the_end_is_the_end():
    rows = _anchored([30, 50, 70, 20] * 10, 100)
    rows.scroll_to(10_000)
    assert rows.places[-1].index == 39
    assert rows.places[-1].bottom == 100


def test_few_rows_stay_at_the_top():
    rows = _anchored([30, 30], 500)
    rows.scroll_by(100)
    assert [place.y for place in rows.places] == [0, 30]
    assert rows.at(45).index == 1
    assert rows.at(100) is None
