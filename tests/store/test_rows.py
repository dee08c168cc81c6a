"""Rows as values, and values as rows."""

import tracemalloc

import pytest

from reviewer.model import FIRST_CODE, Code, CodeKind, Segment
from reviewer.store.rows import segment_row, to_segment


def segment(number, codes):
    characters = [chr(FIRST_CODE + n) for n in range(codes)]
    made = (
        Code(c, str(n), CodeKind.PLACEHOLDER, f"<{number}{'x' * (200_000 // codes)}>")
        for n, c in enumerate(characters)
    )
    text = "".join(characters)
    return Segment(number, number, 0, len(text), text, tuple(made))


@pytest.mark.parametrize("codes", [1, 2_000])
def test_long_codes_come_back_and_are_not_kept(codes):
    tracemalloc.start()
    try:
        for number in range(20):
            whole = segment(number, codes)
            assert to_segment(segment_row(whole)) == whole
        del whole
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000
