"""Every check there is: those of the checks room and those that the review itself makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks import CHECKS
from reviewer.checks.failed import CHECK as FAILED
from reviewer.review.checking.drift import DRIFT
from reviewer.review.checking.moved import MOVED
from reviewer.review.checking.own_checks import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.checks.base import Check
    from reviewer.model import Finding

ALL_CHECKS: tuple[Check, ...] = (*CHECKS, DRIFT, MOVED, OWN)
CHECK_BY_ID: Mapping[str, Check] = {check.id: check for check in ALL_CHECKS}


def check_of(finding: Finding) -> Check:
    """Return the check that made a finding; an unknown one is the check that failed."""
    return CHECK_BY_ID.get(finding.check, FAILED)
