"""The same facts give the same bytes everywhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import ReviewerError
from reviewer.store.canonical import MAX_BODY, MAX_DEPTH, canonical, parsed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(st.text(), JSON, max_size=5)


@given(BODIES)
def test_canonical_json_comes_back_and_stays_as_it_is(body):
    text = canonical(body)
    assert parsed(text) == body
    assert canonical(parsed(text)) == text


def test_keys_are_sorted_without_spaces_and_without_escapes():
    assert canonical({"é": [1, None, True], "a": "“x”\n"}) == '{"a":"“x”\\n","é":[1,null,true]}'


def nested(depth):
    body = {}
    for _ in range(depth):
        body = {"a": body}
    return body


@pytest.mark.parametrize(
    "body",
    [
        {"a": 0.5},
        {"a": [{"b": float("nan")}]},
        {"a": "\ud800"},
        {1: "a"},
        {"a": {1, 2}},
        {"a": b"bytes"},
        {"a": 2**63},
        nested(MAX_DEPTH + 1),
    ],
    ids=str,
)
def test_what_two_programs_could_write_differently_is_refused(body):
    with pytest.raises(ValueError, match=r"."):
        canonical(body)


def test_deepest_body_can_be_read_again():
    body = nested(MAX_DEPTH)
    assert parsed(canonical(body)) == body


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 40 + "]" * 40])
def test_deep_nesting_from_a_file_is_a_plain_error(text):
    with pytest.raises(ValueError, match="deep"):
        parsed(text)


def test_brackets_in_a_text_are_not_nesting():
    text = json.dumps({"a": "[{" * 1000 + '"\\'})
    assert parsed(text) == {"a": "[{" * 1000 + '"\\'}


def test_a_body_over_the_limit_is_told_in_one_sentence():
    with pytest.raises(ReviewerError, match="one megabyte"):
        canonical({"text": "ä" * (MAX_BODY // 2 + 1)})
