"""Made-up books in two made-up tongues, with a one-to-one dictionary between them."""

import random

_SOUNDS = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve", "zo")


def word(number, shift):
    """Return the word for a thing; `shift` picks the tongue."""
    out = ""
    number += 1
    while number:
        number, digit = divmod(number, 12)
        out += _SOUNDS[(digit * (5 if shift else 7) + shift) % 12]
    return out


def book(size, seed, things=300):
    """Return `size` sentences in one tongue and their translations in another."""
    dice = random.Random(seed)
    source, target = [], []
    for _ in range(size):
        chosen = [int(things * dice.random() ** 3) for _ in range(dice.randint(3, 18))]
        source.append(" ".join(word(n, 0) for n in chosen).capitalize() + ".")
        dice.shuffle(chosen)
        target.append(" ".join(word(n, 1) for n in chosen).capitalize() + ".")
    return source, target


def pairs_of(alignment):
    """Return the beads as pairs of index tuples."""
    return [
        (
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
        )
        for bead in alignment.beads
    ]
