"""How the texts were at an earlier moment, and taking them back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.review.opening import open_review
from tests.ui.review_sample import SETTINGS, TEXTS, open_sample

DELIVERED = [target for _, target in TEXTS]


@pytest.fixture
def review(tmp_path):
    review = open_sample(tmp_path, checked=False)
    yield review
    review.close()


def targets(review):
    return [review.pair(number).target_text for number in range(review.count)]


def last(review):
    return review.past.lines()[0].event


def test_the_texts_that_were_others_are_told_and_taken_back_as_one_step(review):
    review.edit(2, "Deux.")
    review.edit(5, "Cinq.")
    then, event = targets(review), last(review)
    review.edit(5, "Cinq encore.")
    review.edit(7, "Sept.")
    review.alignment.split(4, None, 10)
    found = review.past.earlier_texts(event)
    now = [(each.then, each.now) for each in found if each.number != 4]
    assert ("Cinq.", "Cinq encore.") in now
    assert (DELIVERED[7], "Sept.") in now
    review.undo()
    review.past.take_texts(review.past.earlier_texts(event))
    assert targets(review) == then
    assert review.past.earlier_texts(event) == ()
    review.undo()
    assert review.pair(7).target_text == "Sept."


def test_what_was_undone_since_is_there_to_be_taken_back(review):
    review.edit(2, "Deux.")
    event = last(review)
    review.undo()
    (text,) = review.past.earlier_texts(event)
    assert (text.number, text.then, text.now) == (2, "Deux.", DELIVERED[2])
    review.past.take_texts([text])
    assert review.pair(2).target_text == "Deux."


def test_one_text_is_said_again(review):
    review.edit(2, "Un.")
    event = last(review)
    assert not review.past.say_again(event)
    review.edit(2, "Deux.")
    assert review.past.say_again(event)
    assert review.pair(2).target_text == "Un."
    review.undo()
    assert review.pair(2).target_text == "Deux."


@given(data=st.data())
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_moment_can_be_taken_back(tmp_path_factory, data):
    review = open_sample(tmp_path_factory.mktemp("then"), checked=False)
    states = []
    for _ in range(data.draw(st.integers(1, 8))):
        number = data.draw(st.integers(0, 3))
        if data.draw(st.integers(0, 4)) == 0:
            review.undo()
        else:
            review.edit(number, data.draw(st.sampled_from(["Un.", "Deux.", "Trois."])))
        if len(review.state):
            states.append((list(review.state.events())[-1], targets(review)))
    if data.draw(st.booleans()):
        # What was read from the file is indexed.
        review.close()
        review = open_review(review.path, SETTINGS)
    for event, texts in states:
        review.past.take_texts(review.past.earlier_texts(event))
        assert targets(review) == texts
    review.close()
