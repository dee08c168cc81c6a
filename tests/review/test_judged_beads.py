"""What is counted in arrays of the verdicts is what looking at each pair says."""

import random
import shutil
from contextlib import closing

import pytest

from reviewer import store
from reviewer.model import Bead, Document, Draft, Segment, Side
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.fold import State
from reviewer.review.tasks.opening import open_review, read_project
from reviewer.settings import Settings

ANN, BEN = Settings("ab" * 16, "Ann"), Settings("cd" * 16, "Ben")
COUNT = 24


def pair(name, beads):
    sides = []
    for tag, word in (("en", "Boat"), ("fr", "Bateau")):
        texts = [f"{word} {name} number {n} lies here." for n in range(COUNT)]
        listed = [Segment(n, n // 5, 0, len(text), text) for n, text in enumerate(texts)]
        document = Document(f"{name}.{tag}.txt", "text", tag, (), "\n".join(texts).encode())
        sides += [document, listed]
    return store.ImportedPair(*sides, beads)


def beads(rng):
    """Return beads of one or two segments a side, some of which nobody is sure of."""
    found, at = [], [0, 0]
    while at[0] < COUNT - 2 and at[1] < COUNT - 2:
        sizes = rng.choice([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (1, 0), (0, 1)])
        end = [at[0] + sizes[0], at[1] + sizes[1]]
        found.append(Bead(at[0], end[0], at[1], end[1], rng.choice([0.2, 0.95])))
        at = end
    return [*found, Bead(at[0], COUNT, at[1], COUNT, 0.9)]


def act(review, rng):
    """Do something to a pair, as people do."""
    number = rng.randrange(review.count)
    kind = rng.choice(
        ["confirm"] * 4 + ["edit"] * 2 + ["reject", "reopen", "undo", "align", "comment"]
    )
    if kind == "edit":
        review.edit(number, rng.choice(["Un.", "Deux.", review.delivered(number)]))
    elif kind == "undo":
        review.undo()
    elif kind == "comment":
        review.comment(number, "A remark.")
    elif kind == "align":
        repair, how = review.alignment, rng.randrange(4)
        if how == 0:
            repair.merge_with_next(number)
        elif how == 1:
            repair.unlink(number)
        elif how == 2:
            repair.move(number, Side.TARGET, 1)
        else:
            repair.split(number, 3, 4)
    else:
        getattr(review, kind)(number)


def work(path, settings, rng, count):
    with closing(open_review(path, settings)) as review:
        for _ in range(count):
            if rng.random() < 0.1:
                review.open_document(rng.randrange(len(review.documents)))
            act(review, rng)
        assert review.saving.flush()


def looked_at(review):
    """Return the confirmed pairs by looking at each of them."""
    return {number for number in range(review.count) if review.is_confirmed(number)}


def listed(review):
    """Return the pairs that the filters of the window show."""
    found = review.unconfirmed(), review.edited(), review.commented(), review.odd()
    return [numbers.tolist() for numbers in found]


def listed_by_looking(review):
    """Return the same by looking at each pair."""
    shows = (
        lambda number: not review.is_confirmed(number),
        lambda number: review.pair(number).target_text != review.delivered(number),
        review.comments,
        lambda number: any(len(review.columns.pieces(side, number)) != 1 for side in Side),
    )
    return [[n for n in range(review.count) if show(n)] for show in shows]


def read_singly(path, review):
    """Return what is kept of verdicts on pairs that stand no more, by the events alone."""
    with closing(store.open_project(path)) as project:
        state = State(project.events())
    kept = Decisions(state, review.columns)
    return kept._known, kept._places, kept._by_ord, {s: e.hash for s, e in kept._stray.items()}


@pytest.mark.parametrize("seed", range(30))
def test_counting_says_what_looking_says(tmp_path, seed):
    rng = random.Random(seed)
    path, other = tmp_path / "ann.bitext", tmp_path / "ben.bitext"
    pairs = [pair(name, beads(rng)) for name in ("a", "b")[: 1 + seed % 2]]
    store.create_project(path, pairs, reviewer=b"a" * 16, reviewer_name="Ann")
    work(path, ANN, rng, 40)
    if seed % 3 == 0:
        shutil.copyfile(path, other)
        work(path, ANN, rng, 15)
        work(other, BEN, rng, 15)
        store.merge(path, [other], reviewer=b"a" * 16)
    judged = read_project(path).log.judged
    assert len(judged) == len(pairs)
    with closing(open_review(path, ANN)) as review:
        for index in range(len(review.documents)):
            review.open_document(index)
            assert review.confirmed() == looked_at(review)
            assert review.confirmed_count == len(looked_at(review))
            assert listed(review) == listed_by_looking(review)
            kept = review.decisions
            strays = {subject: event.hash for subject, event in kept._stray.items()}
            known, places, by_ord, singly = read_singly(path, review)
            assert (kept._known, kept._places) == (known, places)
            assert {k: v for k, v in kept._by_ord.items() if v} == by_ord
            judged = review.state.judged(review.columns.delivered.align_id)
            elsewhere = [*review.state.numbered(judged.elsewhere)]
            assert strays.keys() | {e.subject for e in elsewhere} == singly.keys()
            told = review.past.without_row()
            kept._stray |= {e.subject: e for e in elsewhere}
            assert review.past.without_row() == told
            for event in elsewhere:
                del kept._stray[event.subject]
        for _ in range(10):
            act(review, rng)
            assert review.confirmed() == looked_at(review)
            assert listed(review) == listed_by_looking(review)


def test_decisions_that_do_not_say_where_they_are_count(tmp_path):
    path = tmp_path / "ann.bitext"
    even = [Bead(n, n + 1, n, n + 1, 0.9) for n in range(COUNT)]
    store.create_project(path, [pair("a", even)], reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ANN)) as review:
        review.edit(1, "Un.")
        for number in range(3):
            review.confirm(number)
        assert review.saving.flush()
        subject = review.columns.subject(0)
        part = review.columns.delivered.subject_of_part(
            Side.TARGET, *review.columns.pieces(Side.TARGET, 1)
        )
        heads = review.state.parents("verdict", subject.hex())
        edits = review.state.parents("edit", part.hex())
    rejected = Draft("verdict", subject, {"v": "rejected", "parents": heads})
    edited = Draft("edit", part, {"text": "Deux.", "codes": "", "parents": edits})
    store.add_events(path, [rejected, edited], reviewer=b"b" * 16)
    with closing(open_review(path, ANN)) as review:
        assert review.confirmed() == looked_at(review) == {2}


def test_what_came_before_anybody_counted_counts(tmp_path):
    path = tmp_path / "ann.bitext"
    even = [Bead(n, n + 1, n, n + 1, 0.9) for n in range(COUNT)]
    store.create_project(path, [pair("a", even)], reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ANN)) as review:
        for number in range(9):
            review.confirm(number)
        assert review.saving.flush()
    with closing(open_review(path, ANN)) as review:
        judged = review.state.judged(review.columns.delivered.align_id)
        assert judged.settled.tolist() == [True] * 9
        review.edit(0, "Un autre.")
        review.reject(1)
        review.undo()
        review.undo()
        review.reopen(2)
        review.alignment.merge_with_next(5)
        assert review.confirmed_count == 6
        assert review.confirmed() == looked_at(review) == {0, 1, 3, 4, 6, 7}


def test_a_filter_looks_at_no_pair_that_is_counted(tmp_path):
    path = tmp_path / "ann.bitext"
    even = [Bead(n, n + 1, n, n + 1, 0.9) for n in range(COUNT)]
    store.create_project(path, [pair("a", even)], reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ANN)) as review:
        for number in range(0, COUNT, 2):
            review.confirm(number, "Un.")
        assert review.saving.flush()
    with closing(open_review(path, ANN)) as review:
        review.edit(1, "Deux.")
        looked = review.columns.made
        assert review.edited().tolist() == [0, 1, *range(2, COUNT, 2)]
        assert review.unconfirmed().tolist() == list(range(1, COUNT, 2))
        assert review.odd().tolist() == review.commented().tolist() == []
        assert review.columns.made - looked <= 2


def test_verdicts_on_other_documents_are_not_read(tmp_path):
    path = tmp_path / "ann.bitext"
    even = [Bead(n, n + 1, n, n + 1, 0.9) for n in range(COUNT)]
    pairs = [pair("a", even), pair("b", even)]
    store.create_project(path, pairs, reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ANN)) as review:
        for number in range(COUNT):
            review.confirm(number)
        assert review.saving.flush()
    with closing(open_review(path, ANN)) as review:
        log, read = review.state._log, []
        find = log.event
        log.event = lambda number: read.append(number) or find(number)
        review.open_document(1)
        assert review.past.without_row() == ()
        assert review.confirmed() == frozenset()
        assert read == []
        review.open_document(0)
        assert review.confirmed_count == COUNT
        assert read == []
