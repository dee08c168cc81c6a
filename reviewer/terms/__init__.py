"""Term candidates, their renderings, drift; termbase."""

from __future__ import annotations

from reviewer.terms.bitext import Bitext, LastRead, read_bitext
from reviewer.terms.drift import find_groups, groups_of
from reviewer.terms.elsewhere import renderings
from reviewer.terms.priors import Priors
from reviewer.terms.unify import Replacement, matching_form, replacements
from reviewer.terms.watch import Watch

__all__ = [
    "Bitext",
    "LastRead",
    "Priors",
    "Replacement",
    "Watch",
    "find_groups",
    "groups_of",
    "matching_form",
    "read_bitext",
    "renderings",
    "replacements",
]
