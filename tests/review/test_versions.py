"""A new version of a text: what was decided goes along, is proposed, or is listed; never lost."""

import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from events import event

from reviewer import store
from reviewer.errors import FormatError
from reviewer.model import SEGMENT_BREAK, Side, Verdict, WaiverScope
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.decisions import gestures
from reviewer.review.decisions.counterparts import counterparts
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.versions import ancestors, in_order, stands_for, taken_over
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.errands import export_pair
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.renewing import (
    VersionRequest,
    left_behind,
    read_version,
    take_proposals,
    take_version,
)
from reviewer.settings import Settings

ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")
OTHER = Settings(reviewer_id="22" * 16, reviewer_name="Béa")
SOURCE = [
    "The river rose in the night.",
    "The bridge near the mill fell down at dawn.",
    "The mayor spoke to the people in the square.",
    "Forty families left their houses.",
    "The school opened its doors to them.",
    "Nobody was hurt.",
]
TARGET = [
    "La rivière est montée dans la nuit.",
    "Le pont près du moulin est tombé à l’aube.",
    "Le maire a parlé aux gens sur la place.",
    "Quarante familles ont quitté leurs maisons.",
    "L’école leur a ouvert ses portes.",
    "Personne n’a été blessé.",
]


def written(folder, name, lines, encoding="utf-8"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding)
    return path


def new_project(folder, source=SOURCE, target=TARGET, encoding="utf-8"):
    request = ImportRequest(
        Reading(written(folder, "a.txt", source), lines="breaks", language="en"),
        Reading(written(folder, "b.txt", target, encoding), encoding, "breaks", "fr"),
        folder / "p.bitext",
        bytes.fromhex(ME.reviewer_id),
        "Ayu",
    )
    import_files(request, Watch())
    return request.project


def renewed(review, lines, side=Side.TARGET, name="b2.txt"):
    """Take a new version with these lines."""
    return take_version(review, brought(review, lines, side, name))


def brought(review, lines, side=Side.TARGET, name="b2.txt", *, prepare=False):
    """Bring a new version with these lines into the project."""
    file = Reading(written(review.path.parent, name, lines), lines="breaks")
    align_id = review.pair_of_documents.align_id
    me = bytes.fromhex(ME.reviewer_id)
    assert review.saving.flush()
    request = VersionRequest(review.path, align_id, side, file, me, review.saving.on_its_way)
    return read_version(request, Watch(), prepare=prepare)


@pytest.mark.parametrize("late", [False, True])
def test_what_the_worker_prepared_is_what_the_window_would_work_out(tmp_path, late):
    told = []
    for prepare in (False, True):
        folder = tmp_path / str(prepare)
        folder.mkdir()
        with closing(open_review(new_project(folder), ME)) as review:
            review.confirm(0)
            review.confirm(3)
            review.edit(1, "Tout autre chose.")
            review.edit(2, f"{review.pair(2).target_text} Encore.")
            review.comment(4, "Vraiment ?")
            lines = [*TARGET[:2], "Une ligne de plus.", f"{TARGET[2]} Bien.", *TARGET[4:]]
            version = brought(review, lines, prepare=prepare)
            assert (version.prepared is not None) is prepare
            if late:
                # Said while the worker was at it: all is worked out again.
                review.comment(5, "Trop tard ?")
            carried = take_version(review, version)
            texts = [review.pair(n).target_text for n in range(review.count)]
            confirmed = [review.is_confirmed(n) for n in range(review.count)]
            comments = [len(review.comments(n)) for n in range(review.count)]
            kinds = [
                [event.kind for event in each]
                for each in (carried.kept, carried.taken_over, carried.gone)
            ]
            proposed = [(each.number, each.then, each.now) for each in carried.proposals]
            told.append((texts, confirmed, comments, kinds, proposed))
    assert told[0] == told[1]
    assert sum(told[0][2]) == 1 + late
    assert sum(map(len, told[0][3])) + len(told[0][4]) > 4


@pytest.fixture
def review(tmp_path):
    with closing(open_review(new_project(tmp_path), ME)) as opened:
        yield opened


def texts(review):
    return [review.pair(number).target_text for number in range(review.count)]


def without(lines, number, *put):
    return [*lines[:number], *put, *lines[number + 1 :]]


def test_decisions_on_texts_that_stand_go_along(review):
    review.edit(2, "Le maire s’est adressé aux gens sur la place.")
    review.confirm(3)
    review.comment(4, "À voir.")
    review.confirm(5, "Il n’y a pas de blessés.")
    carried = renewed(review, ["Une phrase de plus, tout au début.", *TARGET])
    assert (len(carried.kept), carried.left, carried.taken_over) == (5, [], [])
    assert [pair.title for pair in review.documents] == ["b2.txt"]
    at = texts(review).index
    assert at("Le maire s’est adressé aux gens sur la place.") >= 0
    assert review.is_confirmed(at(TARGET[3]))
    assert review.is_confirmed(at("Il n’y a pas de blessés."))
    assert [c.text for c in review.comments(at(TARGET[4]))] == ["À voir."]
    assert not review.past.without_row()


def test_what_the_new_version_has_followed_is_told(review):
    review.confirm(2, "Le maire s’est adressé aux gens sur la place.")
    carried = renewed(review, without(TARGET, 2, "Le maire s’est adressé aux gens sur la place."))
    assert len(carried.taken_over) == 1
    assert review.is_confirmed(2)
    assert not carried.left
    assert review.delivered(2) == review.pair(2).target_text


def test_a_correction_that_became_two_sentences_is_taken_over_too(review):
    review.edit(2, "Le maire est venu. Il a parlé aux gens sur la place.")
    new = without(TARGET, 2, "Le maire est venu. Il a parlé aux gens sur la place.")
    assert len(renewed(review, new).taken_over) == 1


def test_what_is_close_is_proposed_and_can_be_taken(review):
    corrected = "Le maire s’est adressé aux gens sur la place."
    review.confirm(2, corrected)
    review.comment(2, "Mieux ainsi.")
    new = "Monsieur le maire a parlé aux gens sur la place."
    carried = renewed(review, without(TARGET, 2, new))
    assert texts(review)[2] == new
    assert not review.is_confirmed(2)
    kinds = sorted(each.event.kind for each in carried.proposals)
    assert kinds == ["comment", "edit", "verdict"]
    assert [each.number for each in carried.proposals] == [2, 2, 2]
    assert len(review.past.without_row()) == 3
    take_proposals(review, carried.proposals)
    assert texts(review)[2] == corrected
    assert review.is_confirmed(2)
    assert [c.text for c in review.comments(2)] == ["Mieux ainsi."]
    assert not review.past.without_row()
    review.undo()
    assert texts(review)[2] == new
    assert len(review.past.without_row()) == 3


def test_what_is_gone_is_listed(review):
    review.edit(2, "Le maire s’est adressé aux gens sur la place.")
    review.confirm(3)
    review.comment(2, "Qui est-ce ?")
    carried = renewed(review, without(TARGET, 2))
    assert sorted(event.kind for event in carried.gone) == ["comment", "edit"]
    listed = {(line.what, line.words) for line in review.past.without_row()}
    assert ("Comment: {0}", ("Qui est-ce ?",)) in listed
    assert len(listed) == 2


def test_one_undo_takes_it_all_back_and_redo_brings_it_again(review):
    review.confirm(2, "Le maire s’est adressé aux gens sur la place.")
    before = texts(review)
    renewed(review, ["Une phrase de plus.", *without(TARGET, 4)])
    after = texts(review)
    assert review.undo_label == "new version"
    review.undo()
    assert (review.title, texts(review)) == ("b.txt", before)
    assert review.is_confirmed(2)
    assert len(review.documents) == 1
    review.redo()
    assert (review.title, texts(review)) == ("b2.txt", after)
    assert len(review.documents) == 1


def test_it_stays_taken_when_the_project_is_opened_again(tmp_path):
    path = new_project(tmp_path)
    with closing(open_review(path, ME)) as review:
        review.edit(2, "Gone.")
        renewed(review, without(TARGET, 2))
    with closing(open_review(path, OTHER)) as review:
        assert review.title == "b2.txt"
        assert len(review.past.without_row()) == 1
        assert len(review.documents) == 1


def test_who_decided_first_is_told(tmp_path):
    path = new_project(tmp_path)
    with closing(open_review(path, OTHER)) as review:
        review.comment(4, "À voir.")
    with closing(open_review(path, ME)) as review:
        renewed(review, without(TARGET, 0, "La crue est venue la nuit."))
        assert [comment.reviewer for comment in review.comments(4)] == ["Béa"]


def test_a_new_version_of_the_source_keeps_the_corrections(review):
    review.edit(2, "Le maire s’est adressé aux gens sur la place.")
    review.confirm(3)
    review.confirm(0)
    new = without(SOURCE, 0, "Snow fell on the hills all day long.")
    carried = renewed(review, new, Side.SOURCE, "a2.txt")
    assert texts(review)[2] == "Le maire s’est adressé aux gens sur la place."
    assert review.is_confirmed(3)
    assert not review.is_confirmed(0)
    assert [event.kind for event in carried.left] == ["verdict"]
    assert review.pair(0).source_text == new[0]


def test_an_added_translation_gives_way_to_one_that_was_delivered(tmp_path):
    path = new_project(tmp_path, target=without(TARGET, 3))
    with closing(open_review(path, ME)) as review:
        rows = range(review.count)
        number = next(n for n in rows if review.pair(n).source_text == SOURCE[3])
        assert not review.pair(number).target_text
        review.edit(number, "Quarante familles sont parties.")
        carried = renewed(review, TARGET)
        assert texts(review)[number] == TARGET[3]
        assert [event.kind for event in carried.left] == ["insert"]
        assert len(review.past.without_row()) == 1
        review.undo()
        assert texts(review)[number] == "Quarante familles sont parties."


def test_an_added_translation_goes_along_where_none_was_delivered(tmp_path):
    path = new_project(tmp_path, target=without(TARGET, 3))
    with closing(open_review(path, ME)) as review:
        rows = range(review.count)
        number = next(n for n in rows if review.pair(n).source_text == SOURCE[3])
        review.edit(number, "Quarante familles sont parties.")
        new = ["Titre.", *without(TARGET, 3)]
        renewed(review, new)
        assert "Quarante familles sont parties." in texts(review)
        assert review.saving.flush()
        out = tmp_path / "out.txt"
        export_pair(path, review.pair_of_documents.align_id, None, out, force=False)
        lines = out.read_text("utf-8").splitlines()
        assert [line for line in lines if line] == [
            *new[:4], "Quarante familles sont parties.", *new[4:],
        ]  # fmt: skip


def test_a_waiver_holds_where_its_source_stands(review):
    from reviewer.model import Finding, Span

    finding = Finding("numbers", 3, (Span(Side.TARGET, 0, 1),), ("40",), fingerprint="ab" * 16)
    review.waive(finding, WaiverScope.HERE, "It is fine.")
    kept = renewed(review, without(TARGET, 3, "Quarante foyers ont quitté leurs maisons."))
    assert [event.kind for event in kept.kept] == ["waive"]
    gone = renewed(review, without(SOURCE, 3, "It snowed."), Side.SOURCE, "a2.txt")
    assert "waive" in {event.kind for event in gone.gone}


def test_the_same_file_is_no_new_version(review):
    with pytest.raises(FormatError, match="already"):
        renewed(review, TARGET)
    with pytest.raises(FormatError, match="other side"):
        renewed(review, SOURCE)
    assert review.title == "b.txt"


def test_a_new_version_is_read_as_the_old_one_was(tmp_path):
    path = new_project(tmp_path, encoding="cp1252")
    with closing(open_review(path, ME)) as review:
        file = tmp_path / "b2.txt"
        file.write_bytes("\n".join([*TARGET, "Fin."]).encode("cp1252"))
        me = bytes.fromhex(ME.reviewer_id)
        align_id = review.pair_of_documents.align_id
        request = VersionRequest(path, align_id, Side.TARGET, Reading(file), me)
        version = read_version(request, Watch())
        assert not any("paragraph" in note for note in version.notes)
        take_version(review, version)
        assert review.count == 7


def test_a_bilingual_file_is_renewed_on_both_sides(tmp_path):
    table = tmp_path / "a.csv"
    rows = list(zip(SOURCE, TARGET, strict=True))
    table.write_text("en,fr\n" + "".join(f'"{s}","{t}"\n' for s, t in rows), "utf-8")
    sides = [Reading(table, language=tag, column=n) for n, tag in enumerate(("en", "fr"))]
    request = ImportRequest(*sides, tmp_path / "p.bitext", bytes.fromhex(ME.reviewer_id))
    import_files(request, Watch())
    with closing(open_review(request.project, ME)) as review:
        review.confirm(1)
        review.edit(2, "Gone.")
        rows[2:3] = [("A new row.", "Une ligne de plus.")]
        new = tmp_path / "b.csv"
        new.write_text("en,fr\n" + "".join(f'"{s}","{t}"\n' for s, t in rows), "utf-8")
        me = bytes.fromhex(ME.reviewer_id)
        asked = VersionRequest(
            request.project, review.pair_of_documents.align_id, Side.TARGET, Reading(new), me
        )
        carried = take_version(review, read_version(asked, Watch()))
        assert review.is_confirmed(1)
        assert [event.kind for event in carried.gone] == ["edit"]
        assert review.pair(2).source_text == "A new row."


def test_a_large_new_version_is_taken_back_in_one_step(tmp_path):
    made = [event("edit", {"text": str(n)}, seq=n, subject=b"t" * 16) for n in range(1, 25_001)]
    drafts = gestures.retracts(made)
    named = [each for draft in drafts for each in draft.body["of"]]
    assert sorted(named) == sorted(one.hash.hex() for one in made)
    assert all(store.canonical(draft.body) for draft in drafts)


def version(was, now, seq):
    body = {"was": [each.hex() for each in was], "now": [each.hex() for each in now]}
    return event("doc.version", body, seq=seq)


PAIRS = [(b"s", bytes([n])) for n in range(4)]


def test_a_version_whose_documents_are_not_here_hides_nothing():
    state = State([version(PAIRS[0], PAIRS[1], 1)])
    assert in_order(state, PAIRS[:1]) == PAIRS[:1]
    assert in_order(state, PAIRS[:2]) == PAIRS[1:2]


@given(st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(PAIRS)), max_size=8))
def test_whatever_versions_say_something_stands(steps):
    state = State(version(was, now, seq) for seq, (was, now) in enumerate(steps, 1))
    standing = in_order(state, PAIRS)
    assert standing
    assert not steps or steps[-1][1] in standing
    assert all(pair in standing for pair in PAIRS if pair not in {was for was, _ in steps})
    for pair in PAIRS:
        assert pair not in ancestors(state, pair)
        assert 0 <= stands_for(state, pair, standing) < len(standing)


@pytest.mark.parametrize("body", [{}, {"was": 7, "now": None}, {"was": ["x", "y"], "now": [1, 2]}])
def test_what_cannot_be_read_hides_nothing(body):
    state = State([event("doc.version", body | {"taken_over": [{}, 3]})])
    assert in_order(state, PAIRS) == PAIRS
    assert not taken_over(state)


def test_a_late_decision_on_the_old_version_is_proposed(tmp_path):
    path = new_project(tmp_path)
    other = tmp_path / "other.bitext"
    store.save_copy(path, other)
    with closing(open_review(path, ME)) as review:
        renewed(review, [*TARGET, "Fin."])
    with closing(open_review(other, OTHER)) as review:
        review.edit(2, "Le maire est venu sur la place.")
        review.comment(4, "Vraiment ?")
    store.merge(path, [other], reviewer=bytes(16))
    with closing(open_review(path, ME)) as review:
        assert len(review.past.without_row()) == 2
        proposals = left_behind(review).proposals
        assert sorted(each.event.kind for each in proposals) == ["comment", "edit"]
        take_proposals(review, proposals)
        assert texts(review)[2] == "Le maire est venu sur la place."
        assert not review.past.without_row()


def test_a_review_without_the_new_documents_leaves_the_old_ones(tmp_path):
    path = new_project(tmp_path)
    other = tmp_path / "other.bitext"
    store.save_copy(path, other)
    with closing(open_review(path, ME)) as review:
        review.confirm(2)
        renewed(review, [*TARGET, "Fin."])
    store.save_review(path, tmp_path / "review.bitext")
    store.merge(other, [tmp_path / "review.bitext"], reviewer=bytes(16))
    with closing(open_review(other, OTHER)) as review:
        assert review.title == "b.txt"
        assert review.is_confirmed(2)
        assert not review.past.without_row()


def test_going_back_to_the_old_version_brings_its_decisions(review):
    review.confirm(2, "Le maire s’est adressé aux gens sur la place.")
    renewed(review, without(TARGET, 0, "La crue est venue la nuit."))
    renewed(review, TARGET, name="b.txt")
    assert (review.title, len(review.documents)) == ("b.txt", 1)
    assert texts(review)[2] == "Le maire s’est adressé aux gens sur la place."
    assert review.is_confirmed(2)
    assert not review.disagreements()


WORDS = st.sampled_from(["eau", "pont", "nuit", "maire", "école", "rue", "le", "la"])
SENTENCE = st.lists(WORDS, min_size=2, max_size=6).map(lambda words: " ".join(words).title() + ".")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SENTENCE, max_size=12), st.lists(SENTENCE, max_size=12))
def test_counterparts_are_equal_texts_and_nothing_twice(old, new):
    found = counterparts(old, new)
    assert all(old[a] == new[b] for a, b in found.equal.items())
    assert len(set(found.equal.values())) == len(found.equal)
    assert found.equal.keys() | found.gaps.keys() == set(range(len(old)))
    assert not found.equal.keys() & found.gaps.keys()


@st.composite
def revisions(draw):
    """Return what a person does to the old version, and the lines of the new one."""
    acts = st.sampled_from(["edit", "confirm", "reject", "comment", "both"])
    decided = draw(st.lists(st.tuples(st.integers(0, 5), acts, SENTENCE), min_size=1, max_size=6))
    lines = list(TARGET)
    for kind in draw(
        st.lists(st.sampled_from(["drop", "put", "change", "swap", "follow"]), max_size=5)
    ):
        at = draw(st.integers(0, len(lines) - 1))
        if kind == "drop" and len(lines) > 2:
            del lines[at]
        elif kind == "put":
            lines.insert(at, draw(SENTENCE))
        elif kind == "change":
            lines[at] = draw(st.sampled_from(["Hier, ", "Enfin, "])) + lines[at]
        elif kind == "swap":
            lines[at], lines[0] = lines[0], lines[at]
        else:
            lines[at] = draw(st.sampled_from(decided))[2]
    return decided, [*lines, "Fin du texte."]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(revisions())
def test_no_decision_is_lost_or_moves_to_another_text(tmp_path_factory, revision):
    decided, lines = revision
    folder = Path(tmp_path_factory.mktemp("versions"))
    with closing(open_review(new_project(folder), ME)) as review:
        for number, act, text in decided:
            if act in {"edit", "both"}:
                review.edit(number, text)
            if act in {"confirm", "both"}:
                review.confirm(number)
            if act == "reject":
                review.reject(number)
            if act == "comment":
                review.comment(number, text)
        before = snapshot(review)
        said = standing(review)
        carried = renewed(review, lines)
        told = [*carried.kept, *carried.taken_over, *carried.left]
        assert sorted(event.hash for event in told) == sorted(said)
        waiting = {line.event.hash for line in review.past.without_row()}
        assert waiting == {event.hash for event in carried.left}
        confirmed = {pair for pair, is_confirmed in before[1] if is_confirmed}
        for pair, is_confirmed in snapshot(review)[1]:
            assert not is_confirmed or pair in confirmed
        corrections = {pair[1] for pair, _ in before[1]}
        delivered = {review.delivered(number) for number in range(review.count)}
        for text in texts(review):
            assert text in delivered or set(text.split(SEGMENT_BREAK)) & corrections
        assert [each.event for each in left_behind(review).proposals] == [
            each.event for each in carried.proposals
        ]
        review.undo()
        assert snapshot(review) == before
        review.redo()
        assert {line.event.hash for line in review.past.without_row()} == waiting


def snapshot(review):
    rows = [review.pair(number) for number in range(review.count)]
    pairs = [(pair.source_text, pair.target_text) for pair in rows]
    return review.title, [(pair, review.is_confirmed(n)) for n, pair in enumerate(pairs)]


def standing(review):
    """Return the hashes of the decisions that count."""
    state = review.state
    heads = [e for kind in ("edit", "verdict") for _, r in state.registers(kind) for e in r.heads]
    return [event.hash for event in (*heads, *state.listed("comment"))]


def test_verdicts_are_carried_as_they_were(review):
    review.reject(1)
    renewed(review, without(TARGET, 0, "La crue est venue la nuit."))
    assert review.row(1).verdict is Verdict.REJECTED
