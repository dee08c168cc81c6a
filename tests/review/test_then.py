"""How the texts were at an earlier moment, and taking them back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.review.decisions import gradual
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.then import LookingBack
from reviewer.review.tasks.opening import open_review
from tests.ui.review_sample import SETTINGS, TEXTS, open_sample

DELIVERED = [target for _, target in TEXTS]


@pytest.fixture
def review(tmp_path):
    review = open_sample(tmp_path, checked=False)
    yield review
    review.close()


def targets(review):
    return [review.pair(number).target_text for number in range(review.count)]


def earlier_texts(review, event):
    looking = review.past.look_back(event)
    assert looking.run()
    return list(looking)


def last(review):
    return review.past.lines()[0].event


def test_the_texts_that_were_others_are_told_and_taken_back_as_one_step(review):
    review.edit(2, "Deux.")
    review.edit(5, "Cinq.")
    then, event = targets(review), last(review)
    review.edit(5, "Cinq encore.")
    review.edit(7, "Sept.")
    review.alignment.split(4, None, 10)
    found = earlier_texts(review, event)
    now = [(each.then, each.now) for each in found if each.number != 4]
    assert ("Cinq.", "Cinq encore.") in now
    assert (DELIVERED[7], "Sept.") in now
    review.undo()
    review.past.take_texts(earlier_texts(review, event))
    assert targets(review) == then
    assert earlier_texts(review, event) == []
    review.undo()
    assert review.pair(7).target_text == "Sept."


def test_what_was_undone_since_is_there_to_be_taken_back(review):
    review.edit(2, "Deux.")
    event = last(review)
    review.undo()
    (text,) = earlier_texts(review, event)
    assert (text.number, text.then, text.now) == (2, "Deux.", DELIVERED[2])
    review.past.take_texts([text])
    assert review.pair(2).target_text == "Deux."


def test_what_comes_while_one_looks_back_disturbs_nothing(review):
    event = None
    for number in range(40):
        review.edit(number % 8, f"{number}.")
        event = event or last(review)
        if number % 3 == 0:
            review.undo()
    looking = review.past.look_back(event)
    while not gradual.run(looking._steps, 0, 1):
        review.edit(9, f"{len(review.state)} neuf.")
        review.undo()
    numbers = [each.number for each in looking if each.number != 9]
    assert numbers == [each.number for each in earlier_texts(review, event) if each.number != 9]


def test_one_text_is_said_again(review):
    review.edit(2, "Un.")
    event = last(review)
    assert not review.past.say_again(event)
    review.edit(2, "Deux.")
    assert review.past.say_again(event)
    assert review.pair(2).target_text == "Un."
    review.undo()
    assert review.pair(2).target_text == "Deux."


def told(looking):
    """Return what is told of earlier texts, in no order among those of one pair."""
    assert looking.run()
    assert [e.number for e in looking] == sorted(
        (e.number for e in looking), key=lambda n: (n is None, n)
    )
    return sorted(map(repr, looking))


@given(data=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_the_index_tells_is_what_looking_tells(tmp_path_factory, data):
    review = open_sample(tmp_path_factory.mktemp("then"), checked=False)
    for _ in range(data.draw(st.integers(1, 14))):
        number = data.draw(st.integers(0, 4))
        act = data.draw(
            st.sampled_from(["edit", "edit", "edit", "confirm", "undo", "join", "open"])
        )
        if act == "edit":
            texts = ["Un.", "Deux.", review.delivered(number)]
            review.edit(number, data.draw(st.sampled_from(texts)))
        elif act == "join":
            review.alignment.merge_with_next(number)
        elif act == "open":
            review.close()
            review = open_review(review.path, SETTINGS)
        else:
            review.undo() if act == "undo" else review.confirm(number)
    plain = State(review.state.events())
    for event in review.state.events():
        looked = LookingBack(plain, review.columns, event)
        assert told(review.past.look_back(event)) == told(looked)
    review.close()


def test_looking_back_over_many_decisions_reads_none_of_them(tmp_path):
    review = open_sample(tmp_path, checked=False)
    for number in range(12):
        review.edit(number, "Un.")
    event = last(review)
    for text in ("Deux.", "Trois.", "Quatre."):
        for number in range(12):
            review.edit(number, text)
    review.edit(3, "Un.")
    review.close()
    review = open_review(review.path, SETTINGS)
    read = []
    log = review.state._log
    review.state._log.event = lambda number: read.append(number) or type(log).event(log, number)
    looking = review.past.look_back(event)
    assert looking.run()
    assert len(looking) == 11
    assert read == []
    assert [(each.number, each.then, each.now) for each in looking[2:4]] == [
        (2, "Un.", "Quatre."),
        (4, "Un.", "Quatre."),
    ]
    assert len(read) == 4
    review.close()


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
        review.past.take_texts(earlier_texts(review, event))
        assert targets(review) == texts
    review.close()
