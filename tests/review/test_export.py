"""What was missing in a translation goes where its paragraph is."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from reviewer import store
from reviewer.model import Bead
from reviewer.review.checking.pipeline import Reading, read_column
from reviewer.review.tasks.errands import export_pair
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings

ME = Settings(reviewer_id="ab" * 16, reviewer_name="Ann")


def exported(folder, source, target, beads, added, suffix=".md", merge=None, split=None):
    """Return the export of a project where the pairs in `added` were given these texts.

    `merge` is the number of a pair that is merged with the next one afterwards; `split` says
    where the second pair is split.
    """
    columns = [
        read_column(Reading(Path(f"{name}{suffix}"), language=tag, text=text))
        for name, tag, text in (("s", "en", source), ("t", "fr", target))
    ]
    path, out = folder / "p.bitext", folder / f"out{suffix}"
    pair = store.ImportedPair(
        columns[0].document,
        columns[0].segments,
        columns[1].document,
        columns[1].segments,
        [Bead(*bead) for bead in beads],
    )
    store.create_project(path, [pair], reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ME)) as review:
        for number, text in added.items():
            review.edit(number, text)
        if merge is not None:
            review.alignment.merge_with_next(merge)
        if split is not None:
            assert review.alignment.split(1, *split)
        assert review.saving.flush()
    done = export_pair(path, None, None, out, force=False)
    return out.read_text("utf-8"), done


CASES = {
    "the first sentence of a paragraph": (
        "# Title here\n\nFirst sentence here. Second sentence here.",
        "# Titre ici\n\nDeuxième phrase ici.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)],
        {1: "Première phrase ici."},
        "# Titre ici\n\nPremière phrase ici. Deuxième phrase ici.",
    ),
    "the last sentence of a paragraph": (
        "First sentence here. Second sentence here.\n\nThe end.",
        "Première phrase ici.\n\nLa fin.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)],
        {1: "Deuxième phrase ici."},
        "Première phrase ici. Deuxième phrase ici.\n\nLa fin.",
    ),
    "a paragraph of two sentences": (
        "# Title here\n\nFirst sentence here. Second sentence here.\n\nThe end.",
        "# Titre ici\n\nLa fin.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 1), (3, 4, 1, 2)],
        {1: "Première phrase ici.", 2: "Deuxième phrase ici."},
        "# Titre ici\n\nPremière phrase ici. Deuxième phrase ici.\n\nLa fin.",
    ),
    "two sentences at the start of a paragraph": (
        "# Title here\n\nFirst one here. Second one here. Third one here.",
        "# Titre ici\n\nTroisième ici.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 1), (3, 4, 1, 2)],
        {1: "Première ici.", 2: "Deuxième ici."},
        "# Titre ici\n\nPremière ici. Deuxième ici. Troisième ici.",
    ),
    "the first sentence of the document": (
        "First sentence here. Second sentence here.",
        "Deuxième phrase ici.",
        [(0, 1, 0, 0), (1, 2, 0, 1)],
        {0: "Première phrase ici."},
        "Première phrase ici. Deuxième phrase ici.",
    ),
    "a paragraph between sentences that became one paragraph": (
        "First sentence here.\n\nSecond sentence here.\n\nThird sentence here.",
        "Première phrase ici. Troisième phrase ici.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)],
        {1: "Deuxième phrase ici."},
        "Première phrase ici. Deuxième phrase ici. Troisième phrase ici.",
    ),
}


@pytest.mark.parametrize(
    ("source", "target", "beads", "added", "expected"), CASES.values(), ids=CASES
)
def test_a_missing_sentence_goes_into_its_paragraph(
    tmp_path, source, target, beads, added, expected
):
    text, done = exported(tmp_path, source, target, beads, added)
    assert text == expected
    assert (done.edits, done.insertions) == (0, len(added))


@pytest.mark.parametrize("blank", [" \n\n", "\ufeff \n\n"])
def test_translations_go_into_a_text_of_blanks(tmp_path, blank):
    source = "First sentence here. Second one.\nThe end.\n"
    beads = [(0, 1, 0, 0), (1, 2, 0, 0), (2, 3, 0, 0)]
    text, _ = exported(tmp_path, source, blank, beads, {0: "Un.", 2: "Fin."}, ".txt")
    assert text == blank.replace(" ", "Un.\nFin.\n ")


def test_every_missing_sentence_of_merged_pairs_is_written(tmp_path):
    text, done = exported(
        tmp_path,
        "One here.\nTwo here.\nThree here.\nFour here.",
        "Un ici.\nQuatre ici.",
        [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 1), (3, 4, 1, 2)],
        {1: "Deux ici.", 2: "Trois ici."},
        suffix=".txt",
        merge=1,
    )
    assert text == "Un ici.\nDeux ici.\nTrois ici.\nQuatre ici."
    assert done.insertions == 2


def test_a_missing_sentence_that_was_split_is_written_as_before(tmp_path):
    source = "# Title here\n\nFirst one here. Second one here.\n\nThe end."
    beads = [(0, 1, 0, 1), (1, 3, 1, 1), (3, 4, 1, 2)]
    texts = []
    for split in (None, (15, 13), (6, 9)):
        folder = tmp_path / str(split)
        folder.mkdir()
        whole = {1: "Première ici. Deuxième ici."}
        text, _ = exported(folder, source, "# Titre ici\n\nLa fin.", beads, whole, split=split)
        texts.append(text)
    assert set(texts) == {"# Titre ici\n\nPremière ici. Deuxième ici.\n\nLa fin."}


def repaired(folder, target, suffix, act):
    """Return the export of a project of one-to-one pairs after `act` on its open review."""
    source = "One here. Two here.\n\nThree here. Four here."
    path, out = folder / "p.bitext", folder / f"out{suffix}"
    columns = [
        read_column(Reading(folder / f"{name}{suffix}", language=tag, text=text))
        for name, tag, text in (("s", "en", source), ("t", "fr", target))
    ]
    beads = [Bead(n, n + 1, n, n + 1) for n in range(4)]
    pair = store.ImportedPair(
        columns[0].document, columns[0].segments, columns[1].document, columns[1].segments, beads
    )
    store.create_project(path, [pair], reviewer=b"a" * 16, reviewer_name="Ann")
    with closing(open_review(path, ME)) as review:
        act(review)
        assert review.saving.flush()
    export_pair(path, None, None, out, force=False)
    return out.read_text("utf-8")


FOUR = "Un **gros** mot ici. Deux ici.\n\nTrois ici. Quatre ici.\n"


def cut_and_link(review):
    assert review.alignment.split(0, None, 3)
    assert review.alignment.split(1, None, 4)
    assert review.alignment.link(review.columns.place(0).source, review.columns.place(2).target)
    assert review.alignment.merge_with_previous(3)
    assert review.alignment.unlink(0)


def edit_a_piece(review):
    assert review.alignment.split(0, 4, 3)
    review.edit(1, review.pair(1).target_text.replace("mot", "mot sale"))


def edit_then_cut(review):
    text = review.pair(0).target_text
    review.edit(0, text.replace("ici", "là"))
    assert review.alignment.split(0, 4, 3)
    review.edit(0, "Le")


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (cut_and_link, FOUR),
        (edit_a_piece, FOUR.replace("mot", "mot sale")),
        (edit_then_cut, FOUR.replace("Un", "Le").replace("ici", "là", 1)),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_pieces_go_back_where_they_stood(tmp_path, act, expected, suffix):
    assert repaired(tmp_path, FOUR, suffix, act) == expected
