"""What was left over is translated as the document does elsewhere."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.terms import read_bitext, renderings

PAIRS = bitexts.pairs(
    ("Petugas menara melihat kapal merah.", "Le gardien du phare a vu un navire rouge."),
    ("Kapal merah itu berlabuh.", "Le navire rouge a jeté l’ancre."),
    ("Petugas menara menyalakan lampu.", "Le gardien du phare a allumé la lampe."),
    ("Lampu besar menyala.", "La grande lampe brille."),
    ("Nelayan memperbaiki jala.", "Les pêcheurs réparent les filets."),
    ("Kapal besar datang.", "Un grand navire est arrivé."),
    ("petugas menara", "petugas menara"),
    ("Nelayan melihat petugas menara.", "Les pêcheurs voient petugas menara."),
)


def found_in(pairs, phrases):
    return renderings(phrases, read_bitext(pairs, "id", "fr"))


def test_a_phrase_is_rendered_as_elsewhere():
    found = found_in(PAIRS, ["Petugas menara", "kapal"])
    assert found["petugas menara"][0] == "gardien du phare"
    assert found["kapal"][0] == "navire"


def test_a_phrase_is_composed_where_the_wording_stands():
    pairs = [*PAIRS, bitexts.pair(8, "Cahaya putih.", "Une grande lampe blanche.")]
    assert found_in(pairs, ["lampu besar"])["lampu besar"] == ("grande lampe",)


def test_nothing_is_said_where_nothing_is_sure():
    found = found_in(PAIRS, ["Gunung berapi", "jala biru", "", "42"])
    assert set(found.values()) == {()}


def test_no_phrases_no_answers():
    assert found_in(PAIRS, []) == {}
