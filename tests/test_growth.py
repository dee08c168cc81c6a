"""The measure of time that other tests rely on."""

import pytest

from tests.growth import assert_linear


def quadratic(text):
    return sum(len(text[place:]) for place in range(len(text)))


def once(text):
    return sum(character == "b" for character in text)


def test_linear_work_passes():
    assert_linear(once, lambda size: "a" * size, 80_000)


def test_quadratic_work_is_seen():
    with pytest.raises(AssertionError, match=r"80000: "):
        assert_linear(quadratic, lambda size: "a" * size, 80_000)
