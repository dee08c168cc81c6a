"""Where a long text can be cut before anything is known of it: rare words both sides share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.bands import Piece, banded_piece, full_piece
from reviewer.align.decode import heaviest_chain
from reviewer.align.lexicon import WeightedBeads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewer.align.cognates import WordPairs
    from reviewer.align.evidence import Landmarks
    from reviewer.align.tokens import TokenTable

    Ranges = tuple[int, int, int, int]

FULL_CELLS = 60_000
"""A rectangle of so many nodes is searched whole."""
LEAST_PIECE = 80
"""Sentences between two cuts, at least."""
RARE = 6
PER_RARE = 3000
"""A word counts as rare up to RARE times, in long texts up to once in so many sentences."""
MOST_ROWS = 8000
"""Sentences of the longest piece; bounds the memory where a long text has no anchors."""
AGREEING = 5
NEAR = 3
LANDMARK = 3.0
_MOST_CELLS = 4_000_000


def shared_rare_words(
    source: TokenTable,
    target: TokenTable,
    cognates: WordPairs,
    ranges: Ranges,
    landmarks: Sequence[Landmarks] = (),
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the sentence pairs of the heaviest chain of rare words that look alike.

    A word counts when both sides have it equally often and seldom; its k-th place on
    one side is paired with its k-th on the other. Landmarks weigh as much as LANDMARK words.
    """
    s0, s1, t0, t1 = ranges
    ours, our_sentence = _tokens(source, s0, s1)
    theirs, their_sentence = _tokens(target, t0, t1)
    frequency = np.bincount(ours, minlength=len(source.words))
    their_frequency = np.bincount(theirs, minlength=len(target.words))
    f, g = frequency[cognates.source], their_frequency[cognates.target]
    most = max(RARE, min(s1 - s0, t1 - t0) // PER_RARE)
    rare = (cognates.weight >= 0.5) & (f == g) & (f > 0) & (f <= most)
    votes: dict[tuple[int, int], float] = {}
    our_places = _places(ours, our_sentence, cognates.source[rare])
    their_places = _places(theirs, their_sentence, cognates.target[rare])
    triples = zip(
        cognates.source[rare].tolist(),
        cognates.target[rare].tolist(),
        cognates.weight[rare].tolist(),
        strict=True,
    )
    for one, other, weight in triples:
        if len(source.words[one]) < 2 or not source.words[one][0].isalnum():
            continue
        worth = weight if len(our_places[one]) == 1 else 0.7 * weight
        for pair in zip(our_places[one], their_places[other], strict=True):
            votes[pair] = votes.get(pair, 0.0) + worth
    for marked in landmarks:
        for i, j in zip(*(side.tolist() for side in marked), strict=True):
            if s0 <= i < s1 and t0 <= j < t1:
                votes[i, j] = votes.get((i, j), 0.0) + LANDMARK
    pairs = np.array(list(votes), np.int64).reshape(-1, 2)
    weights = np.array(list(votes.values()), np.float64)
    one = np.ones(len(pairs), np.int64)
    beads = WeightedBeads(pairs[:, 0], one, pairs[:, 1], one, weights)
    chain = heaviest_chain(beads, weights)
    return pairs[chain, 0], pairs[chain, 1]


def _tokens(
    table: TokenTable, start: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the tokens of some sentences and the sentence of each."""
    tokens = table.tokens[table.starts[start] : table.starts[end]]
    return tokens, np.repeat(np.arange(start, end), table.counts[start:end])


def _places(
    tokens: NDArray[np.int32], sentences: NDArray[np.int64], wanted: NDArray[np.int64]
) -> dict[int, list[int]]:
    """Return the sentences where each wanted word stands, in order."""
    there = np.isin(tokens, wanted)
    places: dict[int, list[int]] = {}
    for word, sentence in zip(tokens[there].tolist(), sentences[there].tolist(), strict=True):
        places.setdefault(word, []).append(sentence)
    return places


def trusted(ours: NDArray[np.int64], theirs: NDArray[np.int64], slope: float) -> NDArray[np.bool_]:
    """Return which pairs of a chain agree with most of their AGREEING neighbours."""
    offset = theirs - slope * ours
    agreeing = np.zeros(len(ours))
    seen = np.zeros(len(ours))
    for distance in range(1, AGREEING // 2 + 1):
        apart = np.abs(offset[distance:] - offset[:-distance])
        near = apart <= NEAR + 0.1 * np.abs(ours[distance:] - ours[:-distance])
        agreeing[distance:] += near
        agreeing[:-distance] += near
        seen[distance:] += 1
        seen[:-distance] += 1
    return (agreeing >= 0.75 * seen) & (seen >= AGREEING // 2)


def first_pieces(
    source: TokenTable,
    target: TokenTable,
    cognates: WordPairs,
    ranges: Ranges,
    landmarks: Sequence[Landmarks] = (),
) -> list[Piece]:
    """Cut a range of both texts into pieces with bands, before any pass."""
    s0, s1, t0, t1 = ranges
    if s0 == s1 or t0 == t1:
        return []
    if (s1 - s0 + 1) * (t1 - t0 + 1) <= FULL_CELLS:
        return [full_piece(*ranges)]
    ours, theirs = shared_rare_words(source, target, cognates, ranges, landmarks)
    kept = trusted(ours, theirs, (t1 - t0) / (s1 - s0))
    ours, theirs = ours[kept], theirs[kept]
    rising = np.concatenate(([True], np.diff(ours) > 0))[: len(ours)]
    ours, theirs = ours[rising], theirs[rising]
    if len(ours) < 2 * AGREEING:
        return _along(ranges, _diagonal(source, target, ranges), max(200, (t1 - t0) // 4))
    path_source = np.concatenate(([s0], ours, [s1]))
    path_target = np.concatenate(([t0], theirs, [t1]))
    cuts = [0]
    for k in range(1, len(path_source) - 1):
        if path_source[k] - path_source[cuts[-1]] >= LEAST_PIECE:
            cuts.append(k)
    cuts.append(len(path_source) - 1)
    return [
        piece
        for a, b in pairwise(cuts)
        if path_source[b] > path_source[a] and path_target[b] > path_target[a]
        for piece in _between(path_source[a : b + 1], path_target[a : b + 1])
    ]


def _between(ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> list[Piece]:
    """Return the pieces along some anchors."""
    ranges = int(ours[0]), int(ours[-1]), int(theirs[0]), int(theirs[-1])
    cells = (ranges[1] - ranges[0] + 1) * (ranges[3] - ranges[2] + 1)
    if cells <= FULL_CELLS // 4:
        return [full_piece(*ranges)]
    apart = int(max(np.diff(ours).max(), np.diff(theirs).max()))
    path = np.interp(np.arange(ranges[0], ranges[1] + 1), ours, theirs).astype(np.int64)
    return _along(ranges, path, max(25, apart // 2))


def _diagonal(source: TokenTable, target: TokenTable, ranges: Ranges) -> NDArray[np.int64]:
    """Return the line of equal shares of the characters."""
    s0, s1, t0, t1 = ranges
    ours = source.cumulative[s0 : s1 + 1] - source.cumulative[s0]
    theirs = target.cumulative[t0 : t1 + 1] - target.cumulative[t0]
    line = np.interp(ours / ours[-1], theirs / theirs[-1], np.arange(t0, t1 + 1))
    return np.asarray(line.astype(np.int64))


def _along(ranges: Ranges, path: NDArray[np.int64], reach: int) -> list[Piece]:
    """Return pieces along a path, none longer than MOST_ROWS, with as much reach as is affordable.

    `path` is a target node for each source node.
    """
    s0, s1, t0, t1 = ranges
    parts = -(-(s1 - s0) // MOST_ROWS)
    nodes = [s0 + (s1 - s0) * part // parts for part in range(parts + 1)]
    ends = [t0, *(int(path[node - s0]) for node in nodes[1:-1]), t1]
    pieces = []
    for (start, end), (first, last) in zip(pairwise(nodes), pairwise(ends), strict=True):
        if last > first:
            own = path[start - s0 : end - s0 + 1]
            own_ranges = start, end, first, last
            pieces.append(banded_piece(own_ranges, own, own, min(reach, _affordable(own_ranges))))
    return pieces


def _affordable(ranges: Ranges) -> int:
    """Return the reach that keeps a piece below _MOST_CELLS."""
    rows = ranges[1] - ranges[0] + 1
    return max(25, _MOST_CELLS // rows // 4)
