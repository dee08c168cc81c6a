"""How freely a document is translated."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.terms.bitext import read_bitext

NAMES = ["lantern", "kettle", "ladder", "barrel", "hammer", "saddle"]
LITERAL = ["lanterne", "bouilloire", "échelle", "tonneau", "marteau", "selle"]


def freedom(target):
    """Return the freedom of a document that names each thing three times."""
    texts = [
        (f"The {name} stands here.", target(number, turn))
        for turn in range(3)
        for number, name in enumerate(NAMES)
    ]
    return read_bitext(bitexts.pairs(*texts), "en", "fr").freedom


def test_a_translation_that_names_things_alike_is_less_free_than_one_that_never_does():
    def literal(number, turn):
        return f"Voici la {LITERAL[number]} posée ici."

    def free(number, turn):
        return f"Voici {LITERAL[(number * 5 + turn * turn) % 6]} {LITERAL[(number + turn) % 6]}."

    assert freedom(literal) < 0.2 < freedom(free)


def test_a_document_without_words_is_not_free():
    assert read_bitext(bitexts.pairs(("12", "12"), ("", "")), "en", "fr").freedom == 0
