"""The columns keep the texts of some pairs alone, and give those of all."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from desk import Desk

from reviewer.review.alignment import columns
from reviewer.review.decisions import gestures


def test_pairs_that_are_kept_no_more_are_made_anew(monkeypatch):
    monkeypatch.setattr(columns, "MOST_PAIRS", 4)
    texts = [f"Phrase {n}." for n in range(10)]
    desk = Desk(texts, texts)
    desk.record(*gestures.edit(desk.state, desk.columns, 0, "Autre."))
    for _ in range(2):
        found = [desk.columns.pair(number).target_text for number in range(10)]
        assert found == ["Autre.", *texts[1:]]
    assert desk.columns.known(0) is None
    assert desk.columns.known(9).target_text == "Phrase 9."
    assert desk.columns.made > 10
