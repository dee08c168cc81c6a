"""The terminology of an open review: verdicts on term groups, and the project's termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Concept, GroupKind
from reviewer.review.decisions import gestures
from reviewer.review.decisions.grouping import group_key, words_in
from reviewer.review.decisions.replacing import TextSwap, replaced, still_there
from reviewer.review.terminology import termbase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.model import Draft, TermGroup
    from reviewer.review.session import Review
    from reviewer.review.terminology.concordance import Concordance
    from reviewer.terms.unify import Replacement


class Terminology:
    """What a reviewer says of the terms of a project; every change is a gesture of the review."""

    def __init__(self, review: Review) -> None:
        self._review = review

    # Groups

    def replacements(self, group: TermGroup, preferred: str) -> tuple[Replacement, ...]:
        """Return what unifying a group to `preferred` would change, place by place."""
        from reviewer.terms.unify import replacements

        numbers = {o.pair for r in group.renderings for o in r.occurrences}
        pairs = [self._review.pair(number) for number in sorted(numbers)]
        return tuple(replacements(group, preferred, pairs, self._review.target_language))

    def unify(
        self, group: TermGroup, preferred: str, chosen: Sequence[Replacement], reason: str = ""
    ) -> int:
        """Replace the chosen places and remember the preferred rendering, as one gesture.

        A place where another text stands by now is left alone; return how many were changed.
        """
        review = self._review
        swaps = [TextSwap(c.pair, c.start, c.end, c.old, c.new) for c in chosen]
        possible = still_there(review.columns, swaps)
        drafts = replaced(review.state, review.columns, possible)
        drafts += self._verdict(group, "unify", preferred, reason)
        review.record(drafts, {swap.number for swap in possible})
        return len(possible)

    def keep(self, group: TermGroup, reason: str = "") -> None:
        """Remember that the renderings of a group are all right; the termbase admits them."""
        self._review.record(self._verdict(group, "keep", None, reason), None)

    def different(self, group: TermGroup, reason: str = "") -> None:
        """Remember that the renderings belong to different concepts; the termbase has each."""
        self._review.record(self._verdict(group, "different", None, reason), None)

    def not_a_term(self, group: TermGroup, reason: str = "") -> None:
        """Remember that the source of a group is no term."""
        self._review.record(self._verdict(group, "not-a-term", None, reason), None)

    def _verdict(
        self, group: TermGroup, said: str, preferred: str | None, reason: str
    ) -> list[Draft]:
        """Return a verdict on a group and what it writes into the termbase."""
        languages = self._review.source_language, self._review.target_language
        concepts = termbase.concepts_of_verdict(group, said, preferred, reason, languages)
        state = self._review.state
        register = state.register(*group_key(group.source, group.kind))
        content = state.content(register.chosen) if register else {}
        drafts, ids = termbase.verdict_drafts(state, concepts, words_in(content, "concepts"))
        return [gestures.group(state, group, said, preferred, reason, ids), *drafts]

    def move_rendering(self, group: TermGroup, text: str, to: TermGroup) -> None:
        """Take a rendering out of a group and put it into another."""
        out = gestures.arrange(self._review.state, group.source, group.kind, taken=[text])
        into = gestures.arrange(self._review.state, to.source, to.kind, put=[text])
        self._review.record([out, into], None)

    def take_out(self, group: TermGroup, text: str) -> None:
        """Take a rendering out of a group: it renders something else."""
        draft = gestures.arrange(self._review.state, group.source, group.kind, taken=[text])
        self._review.record([draft], None)

    def make_group(self, source: str, rendering: str) -> str:
        """Put a rendering into the group of a source term, made where there is none; return it."""
        others = {
            view.group.source.lower(): view.group.source
            for view in self._review.groups()
            if view.group.kind is GroupKind.TERM
        }
        term = others.get(source.strip().lower(), source.strip())
        put = [rendering.strip()]
        draft = gestures.arrange(self._review.state, term, GroupKind.TERM, put=put)
        self._review.record([draft], None)
        return term

    def concordance(self) -> Concordance:
        """Return what looks words up in the open document as it stands now."""
        from reviewer.review.terminology.concordance import Concordance

        review = self._review
        languages = review.source_language, review.target_language
        groups = [view.group for view in review.groups()]
        return Concordance(review.columns.glimpse, review.count, languages, groups)

    # The termbase

    def entries(self) -> tuple[termbase.Entry, ...]:
        """Return the concepts of the project's own termbase, in the order of their changes."""
        return termbase.entries(self._review.state)

    def set_concept(self, concept: Concept) -> None:
        """Put a concept in, or change the one of its id."""
        self._review.record([termbase.concept_draft(self._review.state, concept)], set())

    def remove_concepts(self, concepts: Iterable[Concept]) -> None:
        """Take concepts out; the history keeps them."""
        gone = [termbase.concept_draft(self._review.state, Concept((), c.id)) for c in concepts]
        self._review.record(gone, set())

    def import_concepts(self, concepts: Iterable[Concept]) -> int:
        """Put concepts in that are not there yet, as one gesture; return how many."""
        drafts = termbase.imported(self._review.state, concepts)
        self._review.record(drafts, set())
        return len(drafts)

    @property
    def termbases(self) -> tuple[str, ...]:
        """The names of the project's termbase files, first the most trusted."""
        return termbase.chosen_of(self._review.state)

    def set_termbases(self, names: Sequence[str]) -> None:
        """Record which termbase files this project uses, first the most trusted."""
        if tuple(names) != self.termbases:
            named = [gestures.sound(name) for name in names]
            draft = gestures.setting(self._review.state, termbase.TERMBASES, named)
            self._review.record([draft], None)

    @property
    def stamp(self) -> str:
        """Another text whenever the project's own termbase, or a group by hand, is another."""
        return termbase.stamp(self._review.state)
