"""Chinese left in Japanese: one script for both, but not the same characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.emissions import SOURCE, THIRD
from reviewer.checks.leftovers.fragments import Fragment
from reviewer.text.lexicon import list_code
from reviewer.text.scripts import script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.checks.base import Context
    from reviewer.checks.leftovers.tokens import Tokens

_FOREIGN = -15.5
"""ln P below which a character is none of Japanese, though lists of the web have it."""

_BETTER = 6.0
_UNKNOWN = -20.0


def find_chinese(tokens: Tokens, context: Context) -> Iterator[Fragment]:
    """Yield the runs of ideographs in Japanese segments that hold a simplified character.

    Traditional Chinese is not told from Japanese, nor Japanese in Chinese: the Chinese list has
    folded all characters to the simplified ones.
    """
    if list_code(context.target.tag) != "ja":
        return
    runs = {form for form in tokens.forms if script(form[0]) == "Hani"}
    characters = sorted(set("".join(runs)))
    own = np.nan_to_num(context.lexicon("ja").log_probabilities(characters), nan=_UNKNOWN)
    other = np.nan_to_num(context.lexicon("zh").log_probabilities(characters), nan=_UNKNOWN)
    gains = dict(zip(characters, (other - own).tolist(), strict=True))
    foreign = (own < _FOREIGN) & (other - own > _BETTER)
    chinese = {character for character, is_so in zip(characters, foreign, strict=True) if is_so}
    state = SOURCE if list_code(context.source.tag) == "zh" else THIRD
    forms = list(tokens.forms)
    for row, index in enumerate(tokens.form):
        form = forms[index]
        if tokens.flags[row] & flag.FIXED and form in runs and not chinese.isdisjoint(form):
            score = sum(max(0.0, gains[character]) for character in form)
            place = (tokens.segment[row], tokens.start[row], tokens.end[row])
            yield Fragment(*place, score, state, whole=False)
