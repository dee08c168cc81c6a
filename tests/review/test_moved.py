"""Sentences that were translated elsewhere are offered for linking."""

import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from desk import Desk
from review_sample import SETTINGS, TEXTS, make_project

from reviewer import align
from reviewer.cli import run
from reviewer.errors import Cancelled
from reviewer.model import Bead, Side, Span, WaiverScope
from reviewer.review.alignment import realign
from reviewer.review.checking.moved import MOVED, find, moved_findings, orderly_beads, ranges_of
from reviewer.review.checking.pipeline import Analysis, Watch
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.requests import CheckRequest
from reviewer.review.tasks.whole_check import check
from tests.align.texts import book


def Move(*places):  # noqa: N802 - the aligner's own, with a confidence
    return align.Move(*places, confidence=0.9)


BEADS = [Bead(0, 1, 0, 1, 0.99), Bead(1, 2, 1, 1, 0.5), Bead(2, 3, 1, 1, 0.5)]
BEADS += [Bead(3, 4, 1, 2, 0.99), Bead(4, 4, 2, 3, 0.5), Bead(4, 4, 3, 4, 0.5)]
BEADS += [Bead(4, 5, 4, 5, 0.99)]
SOURCE = ["Satu.", "Dua.", "Tiga.", "Empat.", "Lima."]
TARGET = ["Un.", "Quatre.", "Deux.", "Trois.", "Cinq."]


def desk():
    return Desk(SOURCE, TARGET, BEADS)


@pytest.fixture
def review(tmp_path):
    """A review in which the second sentence is translated behind the fifth."""
    count = len(TEXTS)
    beads = [Bead(0, 1, 0, 1, 0.99), Bead(1, 2, 1, 1, 0.5)]
    beads += [Bead(n, n + 1, n - 1, n, 0.99) for n in range(2, 6)]
    beads += [Bead(6, 6, 5, 6, 0.5)]
    beads += [Bead(n, n + 1, n, n + 1, 0.99) for n in range(6, count)]
    with closing(open_review(make_project(tmp_path, TEXTS, beads=beads), SETTINGS)) as opened:
        found = tuple(moved_findings(opened.columns, [Move(1, 2, 5, 6)]))
        opened.take(Analysis(found), opened.revision)
        yield opened


def offers(review):
    return [finding for finding in review.findings() if finding.check == MOVED.id]


def test_an_offer_says_where_the_translation_stands(review):
    (offer,) = offers(review)
    template, words = review.message(offer)
    assert template.format(*words).startswith("This sentence seems to be translated in pair 7: “")
    assert review.pair(6).target_text[:20] in words[1]
    assert offer.spans == (Span(Side.SOURCE, 0, len(TEXTS[1][0])),)
    assert review.check(offer) is MOVED


def test_taking_an_offer_links_and_is_one_step(review):
    before = [review.pair(n).target_text for n in range(review.count)]
    (offer,) = offers(review)
    moved = review.pair(6).target_text
    review.apply(offer, offer.suggestions[0])
    assert review.pair(1).target_text == moved
    assert review.row(1).crossed
    assert offers(review) == []
    review.undo()
    assert [review.pair(n).target_text for n in range(review.count)] == before


def test_an_offer_names_the_pair_as_it_is_numbered_now(review):
    review.alignment.merge_with_next(3)
    (offer,) = offers(review)
    assert review.message(offer)[1][0] == "6"


def test_an_offer_is_waived_for_good(review):
    review.waive(offers(review)[0], WaiverScope.HERE, "voulu")
    assert offers(review) == []
    found = tuple(moved_findings(review.columns, [Move(1, 2, 5, 6)]))
    review.take(Analysis(found), review.revision)
    assert offers(review) == []


def test_a_confirmed_pair_gets_no_offer(review):
    review.confirm(1)
    assert offers(review) == []
    assert not list(moved_findings(review.columns, [Move(1, 2, 5, 6)]))


def test_a_paragraph_is_one_offer():
    at_work = desk()
    (offer,) = moved_findings(at_work.columns, [Move(1, 3, 2, 4)])
    assert (offer.pair, offer.variant) == (1, "several")
    assert offer.suggestions == ("Deux. Trois.",)


@pytest.mark.parametrize("move", [Move(0, 1, 2, 3), Move(1, 2, 4, 5), Move(1, 4, 2, 3)])
def test_sure_pairs_are_left_alone(move):
    assert not list(moved_findings(desk().columns, [move]))


def test_doubtful_pairs_may_be_offered_too():
    doubtful = [replace(bead, confidence=0.3) for bead in BEADS]
    assert list(moved_findings(Desk(SOURCE, TARGET, doubtful).columns, [Move(0, 1, 2, 3)]))


def test_the_aligner_is_given_whole_segments_as_they_stand():
    at_work = desk()
    at_work.split(0, 2, 2)
    at_work.realign(realign.merge(at_work.columns.beads, 2, 3))
    beads = orderly_beads(at_work.columns)
    ranges = [(b.source_start, b.source_end, b.target_start, b.target_end) for b in beads]
    assert ranges == [(1, 3, 1, 1), (3, 4, 1, 2), (4, 4, 2, 3), (4, 4, 3, 4), (4, 5, 4, 5)]


def test_what_was_linked_across_is_not_looked_for():
    at_work = Desk(SOURCE, TARGET)
    columns = at_work.columns
    at_work.realign(realign.link(columns.beads, columns.place(0).source, columns.place(4).target))
    ends = [(bead.source_start, bead.target_start) for bead in orderly_beads(columns)]
    assert ends == sorted(ends)
    assert (0, 4) not in ends


def test_a_moved_paragraph_is_found_and_linked():
    source, target = book(160, seed=4)
    block, rest = target[30:33], target[:30] + target[33:]
    texts = source, rest[:110] + block + rest[110:]
    beads = align.align(*map(align.Column, texts), "en", "fr").beads
    at_work = Desk(*texts, list(beads))
    (offer,) = moved_findings(at_work.columns, find(at_work.columns, ("en", "fr")))
    at_work.realign(realign.link(at_work.columns.beads, *ranges_of(offer)))
    number = at_work.columns.rows_of(at_work.columns.place(offer.pair))[0]
    assert at_work.columns.pair(number).source_text == "\n".join(source[30:33])
    assert at_work.columns.pair(number).target_text == "\n".join(block)


def test_a_sentence_that_a_pair_has_swallowed_may_be_offered():
    beads = [Bead(0, 2, 0, 1, 0.99), Bead(2, 2, 1, 2, 0.5), Bead(2, 5, 2, 5, 0.99)]
    at_work = Desk(SOURCE, TARGET, beads)
    (offer,) = moved_findings(at_work.columns, [Move(1, 2, 1, 2)])
    assert offer.spans == (Span(Side.SOURCE, 6, 10),)
    at_work.realign(realign.link(at_work.columns.beads, *ranges_of(offer)))
    assert at_work.places[:2] == [[0, 1, 0, 1], [1, 2, 1, 2]]


@pytest.fixture
def moved_project(tmp_path):
    """A project in which three sentences are translated far from their place."""
    source, target = book(160, seed=4)
    block, rest = target[30:33], target[:30] + target[33:]
    texts = list(zip(source, rest[:110] + block + rest[110:], strict=True))
    columns = (align.Column([text[side] for text in texts]) for side in (0, 1))
    beads = align.align(*columns, "en", "fr").beads
    return make_project(tmp_path, texts, beads=beads)


def test_the_whole_check_of_the_window_offers_what_was_moved(moved_project):
    with closing(open_review(moved_project, SETTINGS)) as review:
        align_id = review.pair_of_documents.align_id
        request = CheckRequest(moved_project, align_id, review.saving.on_its_way, review.revision)
        reports = SimpleNamespace(
            found=lambda _findings: None, compared=lambda _groups: None, revision=0
        )
        review.take(check(request, Watch(), reports).analysis, review.revision)
        (offer,) = offers(review)
        assert offer.variant == "several"
        review.apply(offer, offer.suggestions[0])
        assert offers(review) == []
        review.settings.set_check("moved", on=False)
        request = CheckRequest(moved_project, align_id, review.saving.on_its_way, review.revision)
        found = check(request, Watch(), reports).analysis.findings
        assert not [finding for finding in found if finding.check == MOVED.id]


def test_what_was_moved_inside_a_stretch_is_told_by_its_place_in_the_document(moved_project):
    with closing(open_review(moved_project, SETTINGS)) as review:
        columns = review.columns
        whole = find(columns, ("en", "fr"))
        part = find(columns, ("en", "fr"), None, range(8, len(columns)))
        ends = [(m.source_start, m.source_end, m.target_start, m.target_end) for m in whole]
        assert ends
        assert [(m.source_start, m.source_end, m.target_start, m.target_end) for m in part] == ends
        assert find(columns, ("en", "fr"), None, range(60)) == ()


def test_looking_for_moves_can_be_stopped_before_it_begins(moved_project):
    with closing(open_review(moved_project, SETTINGS)) as review, pytest.raises(Cancelled):
        orderly_beads(review.columns, None, lambda: True)


def test_the_command_line_tells_what_was_moved(moved_project, capsys):
    assert run(["check", str(moved_project), "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    (moved,) = [finding for finding in findings if finding["check"] == "moved"]
    assert moved["kind"] == "omission"
    assert "translated from pair" in moved["message"]
    assert ":" not in moved["message"].split("“")[0].removesuffix(": ")
