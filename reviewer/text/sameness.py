"""Whether two segments are the same text, form aside."""

from __future__ import annotations

import re
import unicodedata

_QUOTE = re.compile("[\"'“”„«»‹›‘’‚「」『』]")
_NUMBERS = re.compile(r"[0-9]+(?:[.,\u00a0\u202f ][0-9]+)*")
_EDGES = " .,;:!?…。，；：！？、·*-–—()[]（）।؟،؛។៕။։።"


def bare(text: str) -> str:
    """Return what makes a text the same: folded, without quotes, final marks and extra spaces."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(_QUOTE.sub("", folded.casefold()).split()).strip(_EDGES)


def bare_words(text: str) -> str:
    """Return `bare` with each number as "#"."""
    return _NUMBERS.sub("#", bare(text))
