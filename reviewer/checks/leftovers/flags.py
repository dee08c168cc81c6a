"""What is known of a word beside its frequencies, as bits of one integer."""

from __future__ import annotations

CAP = 1 << 0
"""Capitalised, and case says something."""
UPPER = 1 << 1
"""In capitals throughout, two letters or more."""
STARTS = 1 << 2
"""Where a sentence may begin."""
COPY = 1 << 3
"""Stands in the source too."""
SOURCE_LOWER = 1 << 4
"""In lower case there."""
SOURCE_STARTS = 1 << 5
"""Capitalised there where a sentence may begin."""
SOURCE_CAP = 1 << 6
"""Capitalised there elsewhere."""
BLOCK = 1 << 7
"""Part of a name that stands in the source in the same case."""
QUOTED = 1 << 8
"""In quotes that stand in the source, and short or written like a title."""
IN_COPIED_QUOTE = 1 << 9
PARENTHESIS = 1 << 10
OWN_SCRIPT = 1 << 11
"""In a script of the target language."""
SOURCE_SCRIPT = 1 << 12
LATIN = 1 << 13
SHORT = 1 << 14
"""Of two letters."""
NEUTRAL = 1 << 15
"""Says nothing of its language: single letters, units, type numbers, accepted words."""
FIXED = 1 << 16
"""Certainly target: a run of the target's own ideographs."""
BREAK = 1 << 17
"""The end of a sentence or clause stands before it."""
PARTICLE = 1 << 18
"""Stands before a capitalised word as names have them: "von", "da"."""
SINGLE = 1 << 19
"""Of one letter."""
IDEOGRAPH = 1 << 20
"""A run of Chinese or Japanese characters."""
