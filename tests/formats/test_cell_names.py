"""Cells of a workbook by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats.cell_names import column_of, letters_of


@pytest.mark.parametrize(
    ("name", "column"),
    [("A1", 0), ("Z9", 25), ("AA10", 26), ("XFD1048576", 16383), ("", 7), ("a1", 7), ("A", 7)],
)
def test_the_column_of_a_cell(name, column):
    assert column_of(name, 7) == column


@given(st.integers(0, 16383))
def test_letters_name_their_column(column):
    assert column_of(f"{letters_of(column)}1", -1) == column
