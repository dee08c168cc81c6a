"""What the side-by-side view needs to know of the pairs, and an open review seen that way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reviewer.ui.look.wording import finding_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from reviewer.model import Finding, Kind, Pair
    from reviewer.review.decisions.rows import Comment, Row
    from reviewer.review.session import Review


class Rows(Protocol):
    """The rows of the view; numbers are those of the pairs, from 0."""

    @property
    def count(self) -> int:
        """Number of pairs."""

    @property
    def source_language(self) -> str:
        """BCP 47 tag of the left column."""

    @property
    def target_language(self) -> str:
        """BCP 47 tag of the right column."""

    def pair(self, number: int) -> Pair:
        """Return the texts of a pair as they stand now."""

    def row(self, number: int) -> Row:
        """Return what is shown of a pair beside its texts."""

    def comments(self, number: int) -> Sequence[Comment]:
        """Return the remarks on a pair, oldest first."""

    def findings(self) -> Sequence[Finding]:
        """Return the open findings of all pairs, for the overview."""

    def doubtful(self) -> Sequence[int] | NDArray[np.int64]:
        """Return the pairs of which the alignment is not sure, in order, for the overview."""

    def check_kind(self, finding: Finding) -> Kind:
        """Return the chip that a finding belongs to."""

    def message(self, finding: Finding) -> str:
        """Return the sentence of a finding, translated."""


class ReviewRows:
    """The open document pair of a review as rows."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self.pair = review.pair
        self.row = review.row
        self.comments = review.comments
        self.findings = review.findings
        self.doubtful = review.doubtful

    @property
    def count(self) -> int:
        """Number of pairs."""
        return self._review.count

    @property
    def source_language(self) -> str:
        """BCP 47 tag of the source."""
        return self._review.source_language

    @property
    def target_language(self) -> str:
        """BCP 47 tag of the target."""
        return self._review.target_language

    def check_kind(self, finding: Finding) -> Kind:
        """Return the chip that a finding belongs to."""
        return self._review.check(finding).kind

    def message(self, finding: Finding) -> str:
        """Return the sentence of a finding, translated."""
        return finding_message(self._review, finding)
