"""The most probable sequence of states for each of many segments at once (Viterbi 1967)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers.emissions import KEPT, NAME, SCRIPT, SOURCE, TARGET, THIRD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.checks.leftovers.weights import Weights


_AT_MOST = 1000
"""Words after which a segment of unlikely length is taken for several, to keep to its time."""


def entering(weights: Weights) -> NDArray[np.float64]:
    """Return what it costs to enter each state."""
    costs = np.zeros(THIRD + KEPT)
    costs[SOURCE] = weights.enter_source
    costs[NAME] = weights.enter_name
    costs[SCRIPT:] = weights.enter_third
    return costs


def best_states(
    states: NDArray[np.float64], segment: NDArray[np.intp], weights: Weights
) -> NDArray[np.intp]:
    """Return the state of each row; rows of one segment follow each other.

    From target and name any state is entered; from any state the way leads through the cost of
    leaving. The longest segments come first, so that each step looks at those that go on.
    """
    if not len(segment):
        return np.empty(0, np.intp)
    firsts = np.flatnonzero(np.diff(segment, prepend=-1))
    lengths = np.diff(firsts, append=len(segment))
    within = np.arange(len(segment)) - np.repeat(firsts, lengths)
    firsts = np.flatnonzero(within % _AT_MOST == 0)
    lengths = np.diff(firsts, append=len(segment))
    order = np.argsort(-lengths, kind="stable")
    firsts, lengths = firsts[order], lengths[order]
    enter, stay = entering(weights), np.full(states.shape[1], weights.stay)
    stay[TARGET] = 0.0
    score = states[firsts] + enter
    came_from = np.zeros(states.shape, np.int8)
    for step in range(1, int(lengths[0])):
        going = int(np.searchsorted(-lengths, -step))
        score[:going], came = _step(score[:going], enter, stay, weights.leave)
        rows = firsts[:going] + step
        score[:going] += states[rows]
        came_from[rows] = came
    labels = np.zeros(len(segment), np.intp)
    state = score.argmax(axis=1)
    for step in range(int(lengths[0]) - 1, -1, -1):
        going = int(np.searchsorted(-lengths, -step))
        rows = firsts[:going] + step
        labels[rows] = state[:going]
        state[:going] = came_from[rows, state[:going]]
    return labels


def _step(
    score: NDArray[np.float64],
    enter: NDArray[np.float64],
    stay: NDArray[np.float64],
    leave: float,
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the best score of each state after one step, and the state it came from."""
    neutral = score[:, NAME] + leave
    from_neutral = np.where(score[:, TARGET] > neutral, TARGET, NAME)
    neutral = np.maximum(score[:, TARGET], neutral)
    anywhere = score.argmax(axis=1)
    other = np.take_along_axis(score, anywhere[:, None], axis=1)[:, 0] + leave
    origin = np.where(other > neutral, anywhere, from_neutral)
    arrived = np.maximum(neutral, other)[:, None] + enter
    stayed = score + stay
    moved = arrived > stayed
    same = np.broadcast_to(np.arange(score.shape[1]), score.shape)
    return np.where(moved, arrived, stayed), np.where(moved, origin[:, None], same)
