"""An alignment as a line: the same again, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model import Bead
from reviewer.store import packing
from reviewer.store.rows import new_alignment

NUMBERS = st.integers(0, 2_000_000)
BEADS = st.lists(st.builds(Bead, *[NUMBERS] * 4, st.floats(0, 1)), max_size=30)


@given(BEADS, st.dictionaries(st.text("abc é", min_size=1), st.integers()))
def test_an_alignment_comes_back(beads, recipe):
    new = new_alignment(b"\1" * 32, b"\2" * 32, beads, recipe)
    line = packing.to_line(new)
    assert "\n" not in line
    assert packing.is_alignment(line.encode())
    assert packing.from_line(line.encode() + b"\n") == new


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda line: line[:-9],
        lambda line: line.replace('"beads":"', '"beads":"AAAA'),
        lambda line: line.replace('"source_doc":"01', '"source_doc":"02'),
        lambda line: line.replace('"recipe":', '"Recipe":'),
        lambda line: line.replace("}", "", 1),
        lambda line: '{"align_id":"' + "[" * 5000,
        lambda line: '{"align_id":"\ud800"}',
    ],
)
def test_what_is_not_whole_is_passed_over(spoilt):
    line = packing.to_line(new_alignment(b"\1" * 32, b"\2" * 32, [Bead(0, 1, 0, 2, 0.5)], {}))
    assert packing.from_line(spoilt(line).encode("utf-8", "surrogatepass")) is None


def test_it_is_packed():
    beads = [Bead(n, n + 1, n, n + 1, 0.99) for n in range(100_000)]
    assert len(packing.to_line(new_alignment(b"\1" * 32, b"\2" * 32, beads, {}))) < 1_000_000
