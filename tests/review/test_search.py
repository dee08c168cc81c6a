"""Find: what is found a little at a time is what is found at once, and little is kept of it."""

import pytest

from reviewer.model import Pair, Segment, Side, Span
from reviewer.review import search
from reviewer.review.decisions import gradual
from reviewer.review.search import Search, SearchError

TEXTS = [
    ("Kata satu.", "Un mot."),
    ("Lain.", "Autre mot, et mot."),
    ("Tak ada.", "Rien."),
    ("mot", "MOT"),
]


def pairs_of(texts):
    """Return what returns these texts as pairs, which may be changed."""

    def pair(number):
        sides = [
            (Segment(number, number, 0, len(text), text),) if text else ()
            for text in texts[number]
        ]
        return Pair(number, *sides)

    return pair


def made(texts, text, **options):
    return Search(pairs_of(texts), len(texts), text, **options)


def told(hits):
    return [(hit.number, hit.span.side, hit.span.start, hit.old) for hit in hits]


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("", {}, []),
        ("zzz", {}, []),
        (
            "mot",
            {},
            [
                (0, Side.TARGET, 3, "mot"),
                (1, Side.TARGET, 6, "mot"),
                (1, Side.TARGET, 14, "mot"),
                (3, Side.SOURCE, 0, "mot"),
                (3, Side.TARGET, 0, "MOT"),
            ],
        ),
        ("mot", {"case": True, "side": Side.SOURCE}, [(3, Side.SOURCE, 0, "mot")]),
        (r"\bm?o*t?\b", {"is_pattern": True, "side": Side.SOURCE}, [(3, Side.SOURCE, 0, "mot")]),
        (r"(?<=t )mot", {"is_pattern": True}, [(1, Side.TARGET, 14, "mot")]),
    ],
)
def test_what_is_found(text, options, found):
    done = made(TEXTS, text, **options)
    assert done.run()
    assert told(done) == told(done[:]) == found
    assert len(done) == len(found)
    for index, hit in enumerate(done):
        assert done.index_from(hit) == index


def test_groups_stand_in_the_replacement():
    done = made(TEXTS, "(m)(ot)", is_pattern=True, replacement=r"\2\1", case=True)
    assert done.run()
    assert {hit.replacement for hit in done} == {"otm"}
    with pytest.raises(SearchError):
        list(made_and_run(TEXTS, "(m)", is_pattern=True, replacement=r"\7"))


def made_and_run(texts, text, **options):
    done = made(texts, text, **options)
    assert done.run()
    return done


def test_a_search_goes_on_where_it_was_left(monkeypatch):
    monkeypatch.setattr(gradual.run, "__defaults__", (None, 2))
    texts = [("a", "b a")] * 50
    done, sizes = made(texts, "a"), []
    while not done.run(0):
        assert done.has_searched(len(sizes) * 2)
        assert not done.has_searched(len(sizes) * 2 + 2)
        sizes.append(len(done))
    assert sizes == sorted(sizes)
    assert len(sizes) > 20
    assert len(done) == 100
    assert done.before(10) == 20


def test_texts_that_changed_are_searched_again():
    texts = [*TEXTS]
    done = made(texts, "mot", side=Side.TARGET)
    assert done.run()
    last = done[1]
    texts[0], texts[1] = ("", "mot mot mot"), ("", "Autre, et mot.")
    done.again([0, 1])
    assert told(done)[:4] == [(0, Side.TARGET, n, "mot") for n in (0, 4, 8)] + [
        (1, Side.TARGET, 10, "mot")
    ]
    assert done.index_from(last) == 3


def test_a_letter_that_stands_a_million_times_in_a_pair_costs_no_hit():
    texts = [("e " * 1_000_000, "e"), ("", "e")]
    done = made(texts, "e")
    steps = sum(1 for _ in done._steps)
    assert steps == 1_000 + 2
    assert len(done) == 1_000_002
    assert sum(map(len, done._marks.values())) == 1_000
    assert told([done[654_321]]) == [(0, Side.SOURCE, 2 * 654_321, "e")]
    assert told(done[-2:]) == [(0, Side.TARGET, 0, "e"), (1, Side.TARGET, 0, "e")]
    assert len(done.in_pair(pairs_of(texts)(0))) == search.MOST_MARKED
    ends = {Side.SOURCE: 7, Side.TARGET: None}
    assert done.in_pair(pairs_of(texts)(0), ends)[-2:] == [
        Span(Side.SOURCE, 6, 7),
        Span(Side.TARGET, 0, 1),
    ]


@pytest.mark.parametrize("text", ["(", "(?P<a"])
def test_no_pattern_is_a_sentence(text):
    with pytest.raises(SearchError, match="no valid pattern"):
        made(TEXTS, text, is_pattern=True)


def test_a_pattern_that_takes_too_long_is_given_up():
    texts = [("a" * 5_000 + "b", "")]
    with pytest.raises(SearchError, match="takes too long"):
        made(texts, "(a|aa|aaa)*(a+)+c", is_pattern=True).run()


def test_a_place_that_takes_too_long_the_next_time_is_given_up(monkeypatch):
    done = made([("a" * 2_000 + "b", "")], "(a|aa|aaa)*b", is_pattern=True)
    monkeypatch.setattr(search, "_SECONDS", 60)
    assert done.run()
    hit = done[0]
    monkeypatch.setattr(search, "_SECONDS", 1e-9)
    for ask in (lambda: done[0], lambda: [*done], lambda: done.index_from(hit)):
        with pytest.raises(SearchError, match="takes too long"):
            ask()
