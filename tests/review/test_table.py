import pytest

from reviewer.checks import check_by_id
from reviewer.errors import FormatError
from reviewer.model import Finding, Pair, Segment, Side, Span
from reviewer.review.tasks.table import check_table, finding_record

UNTRANSLATED = (check_by_id("untranslated"),)


def line(source, target, source_language="id", target_language="fr", **more):
    record = {"id": 1, "src_lang": source_language, "tgt_lang": target_language}
    return record | {"source": source, "target": target} | more


def segments(*texts):
    return tuple(Segment(n, 0, 0, len(text), text) for n, text in enumerate(texts))


def test_lines_are_answered_in_their_order_whatever_their_languages():
    lines = [
        line("Pasukan Rusia tiba.", "Les pasukan rusia sont là.", id="a"),
        line("The bridge fell.", "Die bridge ist eingestürzt.", "en", "de", id="b"),
        line("Ya.", "Oui.", id="c"),
    ] * 250
    records = list(check_table(iter(lines), UNTRANSLATED))
    assert [record["id"] for record in records] == ["a", "b", "c"] * 250
    assert records[-3]["spans"] == [[4, 17, "source"]]
    assert records[-1] == {"id": "c", "findings": [], "spans": []}


def test_a_finding_is_told_in_full():
    (record,) = check_table([line("Pasukan Rusia tiba.", "Les pasukan rusia.")], UNTRANSLATED)
    (finding,) = record["findings"]
    assert finding["fingerprint"]
    assert finding["confidence"] > 0.5
    assert finding | {"fingerprint": "", "confidence": 1} == {
        "check": "untranslated",
        "kind": "untranslated",
        "severity": "major",
        "segment": 0,
        "source_segments": [0],
        "side": "target",
        "start": 4,
        "end": 17,
        "text": "pasukan rusia",
        "message": "“pasukan rusia” was left untranslated (Indonesian).",
        "suggestions": [],
        "confidence": 1,
        "fingerprint": "",
        "doubtful": False,
    }


def test_every_check_runs_on_a_line():
    (record,) = check_table([line("It costs 1,250 euros.", "Cela coûte 1 520 euros.", "en")])
    assert "numbers" in {finding["check"] for finding in record["findings"]}
    assert record["spans"] == []


def test_an_empty_target_is_no_mistake_of_the_table():
    (record,) = check_table([line("Satu.", "")])
    assert "failed-check" not in {finding["check"] for finding in record["findings"]}
    assert all(finding["segment"] == -1 for finding in record["findings"])


def test_a_line_without_a_target_is_refused():
    with pytest.raises(FormatError, match="Line 2"):
        list(check_table([line("a", "b"), {"id": 2, "src_lang": "en", "tgt_lang": "fr"}]))


def test_places_are_those_of_the_segment():
    pair = Pair(0, segments("One.", "Two."), segments("Un.", "Deux."))
    target = Finding("untranslated", 0, (Span(Side.TARGET, 4, 8),), ("Deux", "French"))
    record = finding_record(target, pair)
    assert (record["segment"], record["start"], record["end"], record["text"]) == (1, 0, 4, "Deux")
    assert record["source_segments"] == [0, 1]
    source = Finding("untranslated", 0, (Span(Side.SOURCE, 5, 8),), ("Two", "English"))
    record = finding_record(source, pair)
    assert (record["side"], record["segment"], record["source_segments"]) == ("source", 0, [1])
    assert (record["start"], record["end"], record["text"]) == (0, 3, "Two")


def test_a_finding_about_the_whole_pair_has_no_place():
    pair = Pair(0, segments("One."), segments("Un."))
    record = finding_record(Finding("failed-check", 0, (), ("numbers", "KeyError")), pair)
    assert (record["start"], record["end"], record["text"]) == (-1, -1, "")
    assert (record["segment"], record["severity"]) == (0, "minor")
