"""Term candidates, their renderings, drift; termbase."""

from __future__ import annotations

from reviewer.terms.drift import find_groups
from reviewer.terms.elsewhere import renderings
from reviewer.terms.priors import Priors
from reviewer.terms.unify import Replacement, matching_form, replacements

__all__ = [
    "Priors",
    "Replacement",
    "find_groups",
    "matching_form",
    "renderings",
    "replacements",
]
