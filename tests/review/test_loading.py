"""A colleague's review comes into a project, and what both disagree about is decided."""

import os
import shutil
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer import store
from reviewer.model import Bead, Document, Draft, Segment, Side, Unit, Verdict
from reviewer.review.alignment.subjects import Piece, pair_subject, segment_subject
from reviewer.review.decisions import arriving
from reviewer.review.tasks import loading
from reviewer.review.tasks.loading import Loader, LoadRequest, load
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from reviewer.store.sealing import Clock, Sealer, to_line

ANN = Settings(reviewer_id="11" * 16, reviewer_name="Ann")
BEN = Settings(reviewer_id="22" * 16, reviewer_name="Ben")
SOURCE = ["Satu rumah.", "Dua rumah.", "Tiga rumah.", "Empat rumah."]
TARGET = ["Une maison.", "Deux maisons.", "Trois maisons.", "Quatre maisons."]


def pair(name, extra=""):
    def side(tag, texts):
        texts = [text + extra for text in texts]
        document = Document(
            f"{name}.{tag}.txt", "text", tag, tuple(map(Unit, texts)), "\n".join(texts).encode()
        )
        segments = (Segment(n, n, 0, len(text), text) for n, text in enumerate(texts))
        return document, tuple(segments)

    beads = [Bead(n, n + 1, n, n + 1, 0.99) for n in range(4)]
    return store.ImportedPair(*side("id", SOURCE), *side("fr", TARGET), beads)


@pytest.fixture
def project(tmp_path):
    """Return a project of two document pairs."""
    path = tmp_path / "rumah.bitext"
    me = bytes.fromhex(ANN.reviewer_id)
    store.create_project(path, [pair("a"), pair("b", " Ya.")], reviewer=me, reviewer_name="Ann")
    return path


@pytest.fixture(autouse=True)
def computers(monkeypatch):
    """Have the variable that `opened` sets put back."""
    monkeypatch.setenv("XDG_DATA_HOME", os.environ["XDG_DATA_HOME"])


def opened(path, settings):
    """Open a project on the computer of a reviewer, which has an outbox of its own."""
    os.environ["XDG_DATA_HOME"] = str(path.parent / settings.reviewer_name)
    return open_review(path, settings)


def decided(path, settings, document, *gestures):
    """Open a project, make gestures on a document pair of it, and close it."""
    review = opened(path, settings)
    review.open_document(document)
    for gesture in gestures:
        gesture(review)
    assert review.saving.flush()
    review.close()


def wait_until(reached):
    """Ask again until something is true; the test ends after a minute."""
    last = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < last


@pytest.fixture
def copy(project):
    """Return a copy in which Ben disagrees with Ann about three places of both documents."""
    other = shutil.copyfile(project, project.with_name("ben.bitext"))
    ours = lambda r: r.edit(1, "Deux demeures."), lambda r: r.confirm(2)
    theirs = lambda r: r.edit(1, "Deux villas."), lambda r: r.reject(2)
    decided(project, ANN, 0, *ours, lambda r: r.confirm(0))
    decided(project, ANN, 1, lambda r: r.edit(3, "Quatre foyers. Ya."))
    decided(other, BEN, 0, *theirs, lambda r: r.confirm(0), lambda r: r.comment(3, "Ah ?"))
    decided(other, BEN, 1, lambda r: r.edit(3, "Quatre chalets. Ya."))
    return other


def request(project, *others, only_look=True):
    return LoadRequest(project, others, bytes.fromhex(ANN.reviewer_id), only_look)


@pytest.fixture
def merged(project, copy):
    """Return Ann's review after Ben's was loaded."""
    load(request(project, copy, only_look=False))
    review = opened(project, ANN)
    yield review
    review.close()


def test_what_a_review_would_bring_is_told_and_nothing_is_written(project, copy):
    before = project.read_bytes()
    would = load(request(project, copy))
    assert project.read_bytes() == before
    assert (would.new, would.disagreements, would.displaced, would.documents) == (5, 3, 0, 0)
    assert [(who.name, who.new) for who in would.reviewers] == [("Ben", 5)]
    assert would.strangers == ()


def test_a_second_time_it_brings_nothing(project, copy):
    load(request(project, copy, only_look=False))
    again = load(request(project, copy))
    assert again.brings_nothing
    assert (again.new, again.already, again.disagreements) == (0, 5, 0)


def test_independent_reviewers_disagree_when_they_are_independent_no_more(project, copy):
    shared = [(project, ANN), (copy, BEN)]
    for path, who in shared:
        decided(path, who, 0, lambda r: r.settings.set_independent(on=True))
    assert load(request(project, copy)).disagreements == 0
    load(request(project, copy, only_look=False))
    decided(copy, BEN, 0, lambda r: r.settings.set_independent(on=False))
    load(request(copy, project, only_look=False))
    decided(copy, BEN, 0, lambda r: r.settings.set_independent(on=False))
    assert load(request(project, copy)).disagreements >= 3


def test_what_was_looked_at_is_added_as_it_was_told(project, copy):
    loader = Loader()
    would = loader.load(request(project, copy))
    told = loader.load(replace(would.request, only_look=False))
    assert told == replace(would, request=told.request)
    review = opened(project, ANN)
    assert len(review.disagreements()) == told.disagreements == 3
    review.close()


def test_what_came_after_the_look_is_added_too(project, copy):
    loader = Loader()
    would = loader.load(request(project, copy))
    decided(copy, BEN, 0, lambda r: r.edit(2, "Trois cabanes."))
    assert loader.load(replace(would.request, only_look=False)).new == would.new + 1


def test_decisions_on_pairs_that_stand_no_more_are_counted(project, copy):
    decided(project, ANN, 0, lambda r: r.alignment.merge_with_next(2))
    # Ben's verdict and his remark; Ann's own verdict was displaced before.
    assert load(request(project, copy)).displaced == 1


def test_a_review_that_moves_pairs_displaces_ours(project, copy):
    decided(copy, BEN, 0, lambda r: r.alignment.merge_with_next(0))
    assert load(request(project, copy)).displaced == 1


def test_what_is_apart_is_listed_in_the_order_of_the_texts(merged):
    found = merged.disagreements()
    places = [(each.kind, each.document, each.number) for each in found]
    assert places == [("edit", 0, 1), ("verdict", 0, 2), ("edit", 1, None)]
    assert merged.disputed() == {1, 2}
    assert merged.row(1).disputed
    assert not merged.row(0).disputed
    texts = {version.words[0]: version.authors[0][0] for version in found[0].versions}
    assert texts == {"Deux villas.": "Ben", "Deux demeures.": "Ann"}
    # The one that is shown comes first.
    assert found[0].versions[0].words == (merged.pair(1).target_text,)


def test_the_other_document_knows_its_own(merged):
    merged.open_document(1)
    places = [(each.kind, each.document, each.number) for each in merged.disagreements()]
    assert places == [("edit", 0, None), ("verdict", 0, None), ("edit", 1, 3)]


def test_taking_a_version_settles_it_for_everybody(merged, project, copy):
    for disagreement in merged.disagreements():
        ann = next(v for v in disagreement.versions if v.authors[0][0] == "Ann")
        merged.take_version(disagreement, ann)
    assert merged.disagreements() == ()
    assert merged.pair(1).target_text == "Deux demeures."
    assert merged.row(2).verdict is Verdict.CONFIRMED
    assert merged.saving.flush()
    load(request(copy, project, only_look=False))
    other = opened(copy, BEN)
    assert other.disagreements() == ()
    assert other.pair(1).target_text == "Deux demeures."
    other.close()


def test_a_third_version_settles_it_too_and_undo_brings_it_back(merged):
    merged.edit(1, "Deux pavillons.")
    assert merged.disputed() == {2}
    merged.undo()
    assert merged.disputed() == {1, 2}


def test_equal_decisions_are_no_disagreement(project, copy):
    decided(project, ANN, 0, lambda r: r.edit(1, "Deux villas."))
    would = load(request(project, copy))
    assert would.disagreements == 2


def test_languages_set_apart_have_no_pair(project, copy):
    decided(project, ANN, 0, lambda r: r.settings.set_language(Side.TARGET, "fr-CA"))
    decided(copy, BEN, 0, lambda r: r.settings.set_language(Side.TARGET, "fr-BE"))
    load(request(project, copy, only_look=False))
    review = opened(project, ANN)
    last = review.disagreements()[-1]
    assert (last.kind, last.document, last.number) == ("setting", None, None)
    assert {version.words for version in last.versions} == {("fr-CA",), ("fr-BE",)}
    review.take_version(last, last.versions[1])
    assert review.target_language == last.versions[1].words[0]
    review.close()


def test_a_project_of_the_same_documents_says_so(project, tmp_path):
    stranger = tmp_path / "other.bitext"
    store.create_project(stranger, [pair("a")], reviewer=b"b" * 16, reviewer_name="Ben")
    decided(stranger, BEN, 0, lambda r: r.confirm(0))
    would = load(request(project, stranger))
    assert would.strangers == ("other.bitext",)
    assert would.new == 1
    load(replace(would.request, only_look=False))
    review = opened(project, ANN)
    assert review.is_confirmed(0)
    assert [pair.title for pair in review.documents] == ["a.fr.txt", "b.fr.txt"]
    review.close()


def test_a_review_that_comes_while_the_project_is_open_is_followed(project, copy):
    store.add_pair(copy, pair("c", " Oui."), reviewer=b"b" * 16)
    review = opened(project, ANN)
    changes = []
    review.listen(changes.append)
    assert review.disagreements() == ()
    loaded = load(request(project, copy, only_look=False))
    while loaded.last not in review.state:
        review.saving.look()
        review.saving.poll()
    assert review.disputed() == {1, 2}
    assert [pair.title for pair in review.documents] == ["a.fr.txt", "b.fr.txt", "c.fr.txt"]
    assert any(change.documents for change in changes)
    review.close()


def test_a_verdict_on_pairs_that_were_merged_since_waits_on_the_one_that_holds_them(project, copy):
    decided(project, ANN, 0, lambda r: r.alignment.merge_with_next(2))
    load(request(project, copy, only_look=False))
    review = opened(project, ANN)
    assert review.row(2).unsettled
    assert not review.is_confirmed(2)
    said = {(each.kind, each.said, each.reviewer) for each in review.row(2).earlier}
    assert ("verdict", "rejected", "Ben") in said
    assert ("comment", "Ah ?", "Ben") in said
    review.confirm(2)
    assert not review.row(2).unsettled
    review.close()


def test_very_many_decisions_are_followed_at_once(project, copy, monkeypatch):
    monkeypatch.setattr(arriving, "MANY", 2)
    review = opened(project, ANN)
    changes = []
    review.listen(changes.append)
    loaded = load(request(project, copy, only_look=False))
    while loaded.last not in review.state or review.saving.is_catching_up:
        review.saving.look()
        review.saving.poll()
    assert any(change.renewed for change in changes)
    assert review.disputed() == {1, 2}
    assert review.comments(3)[0].text == "Ah ?"
    review.close()


def test_what_is_decided_between_two_parts_supersedes_nothing_that_was_not_seen(
    project, copy, monkeypatch
):
    theirs = opened(copy, BEN)
    came = tuple(theirs.state.events())
    theirs.close()
    monkeypatch.setattr(arriving, "MANY", 2)
    monkeypatch.setattr(arriving, "parts", partial(arriving.parts, at_once=1))
    review = opened(project, ANN)
    load(request(project, copy, only_look=False))
    review.saving.look()
    wait_until(lambda: review.saving.poll() and review.saving.is_catching_up)
    assert not review.disputed()
    review.edit(1, "Deux bâtisses.")
    review.confirm(3)
    wait_until(lambda: review.saving.poll() == 0 and not review.saving.is_catching_up)
    assert all(event.hash in review.state for event in came)
    assert review.disputed() == {1, 2}
    said = {v.words[0] for d in review.disagreements() if d.number == 1 for v in d.versions}
    assert said == {"Deux bâtisses.", "Deux villas."}
    assert review.is_confirmed(3)
    review.close()


@pytest.mark.parametrize("depth", [1, 3])
def test_what_is_taken_back_lets_an_old_disagreement_come_up(tmp_path, depth):
    project, other = tmp_path / "project.bitext", tmp_path / "other.bitext"
    store.create_project(project, [pair("a")], reviewer=b"a" * 16, reviewer_name="Ann")
    sealer = Sealer(b"b" * 16, Clock())
    one, two = (
        sealer.seal([Draft("edit", b"s" * 16, {"text": text, "at": 0, "parents": []})])[0]
        for text in ("Un.", "Deux.")
    )
    both = [one.hash.hex(), two.hash.hex()]
    events = [one, two, *sealer.seal([Draft("edit", b"s" * 16, {"text": "", "parents": both})])]
    for _ in range(depth):  # each takes back the one before, which took back ...
        events += sealer.seal([Draft("retract", None, {"of": [events[-1].hash.hex()]})])
    store.import_log(project, map(to_line, events[:-1]))
    shutil.copyfile(project, other)
    store.import_log(other, [to_line(events[-1])])
    assert load(request(project, other)).disagreements == 1


BOTH = {"said": st.integers(0, 1), "who": st.integers(0, 1), "at": st.integers(0, 3)}
LOG = st.lists(
    st.fixed_dictionaries(
        BOTH
        | {
            "kind": st.sampled_from(["edit", "verdict", "waive", "comment", "retract", "retract"]),
            "back": st.sets(st.integers(0, 9), max_size=2),
            "new": st.booleans(),
        }
    ),
    max_size=14,
)


def written(project, log):
    """Return the events of a log, each of which may name earlier ones."""
    with closing(store.open_project(project)) as opened:
        source, target = (document.doc_id for document in opened.documents[:2])
    sealers = [Sealer(bytes([n]) * 16, Clock()) for n in range(2)]
    events = []
    for said in log:
        at, named = said["at"], [events[n].hash.hex() for n in said["back"] if n < len(events)]
        place = [Piece(at, 0, len(SOURCE[at]))], target, [Piece(at, 0, len(TARGET[at]))]
        pair = pair_subject(source, *place)
        draft = {
            "edit": Draft(
                "edit",
                segment_subject(target, place[2][0]),
                {"text": f"Texte {said['said']}.", "at": at, "parents": named},
            ),
            "verdict": Draft(
                "verdict",
                pair,
                {
                    "v": ("confirmed", "rejected")[said["said"]],
                    "anchor": [at, at + 1, at, at + 1],
                    "parents": named,
                },
            ),
            "waive": Draft(
                "waive",
                None,
                {
                    "scope": "word",
                    "check": "",
                    "key": str(at),
                    "on": bool(said["said"]),
                    "parents": named,
                },
            ),
            "comment": Draft("comment", pair, {"text": "?", "anchor": [at, at + 1, at, at + 1]}),
            "retract": Draft("retract", None, {"of": named}),
        }[said["kind"]]
        events += sealers[said["who"]].seal([draft])
    return events


@settings(max_examples=30)
@given(log=LOG)
def test_what_is_told_rests_on_all_that_was_decided(tmp_path_factory, log):
    folder = tmp_path_factory.mktemp("told")
    project, other = folder / "project.bitext", folder / "other.bitext"
    me = bytes.fromhex(ANN.reviewer_id)
    store.create_project(project, [pair("a")], reviewer=me, reviewer_name="Ann")
    shutil.copyfile(project, other)
    events = written(project, log)
    for path, wanted in ((project, False), (other, True)):
        lines = [to_line(e) for e, s in zip(events, log, strict=True) if s["new"] is wanted]
        store.import_log(path, lines)
    told = load(request(project, other))
    with patch.object(loading, "_EVERYWHERE", {e.kind for e in events}):
        assert load(request(project, other)) == told
