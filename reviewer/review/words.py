"""Spelling in an open review: the dictionaries of its target, and the words accepted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.model import WaiverScope
from reviewer.review.checking.spelling import (
    Spelling,
    own_words,
    save_own_words,
    spelling_of,
    suggestions,
)
from reviewer.review.decisions import gestures
from reviewer.review.decisions.change import Change

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from reviewer.model import Finding
    from reviewer.review.checking.judged import Waived
    from reviewer.review.checking.pipeline import Unknown
    from reviewer.review.session import Review

_PATIENCE = 0.25
"""Seconds that an edit waits for the dictionaries: they answer in one or two thousandths."""


class Words:
    """The words of the target that are right: in dictionaries, in the project, for the person.

    Attributes:
        dictionaries: folder of the person to look into before those of the computer.
    """

    def __init__(self, review: Review) -> None:
        self.dictionaries: Path | None = None
        self._review = review
        self._spelling: Spelling | None = None
        self._known: frozenset[str] = frozenset()

    def take_language(self) -> None:
        """Take the words of the language of the document in the window; nothing is told."""
        self._spelling = None
        self._review.board.own_words = _folded(own_words(self._review.target_language))
        self._known = self.forms()

    @property
    def spelling(self) -> Spelling:
        """What is known of the spelling of the target on this computer; looked for only once.

        `find_dictionaries` looks anew.
        """
        return self._spelling or self.find_dictionaries()

    def find_dictionaries(self) -> Spelling:
        """Look for the dictionaries of the target language; may be called from any thread."""
        tag, folder = self._review.target_language, self.dictionaries
        found = spelling_of(tag, folder)
        if (tag, folder) == (self._review.target_language, self.dictionaries):
            self._spelling = found
        return found

    @property
    def unknown(self) -> Unknown | None:
        """Tells an edit which words are in no dictionary; None before these were looked for."""
        return self._unknown_among if self._spelling is not None else None

    def _unknown_among(self, words: Collection[str]) -> Collection[str]:
        """Return those of words that no dictionary knows, as far as that is told in a moment."""
        speller = self._spelling.speller if self._spelling is not None else None
        if speller is None or not speller.is_ready():
            return ()
        return speller.unknown(words, wait=_PATIENCE)

    def look_for_suggestions(self, finding: Finding) -> bool:
        """Put in what may be meant by a misspelt word; False while that is being looked for.

        It takes a second or two and stops nobody: call again until it is True.
        """
        speller = self.spelling.speller
        if finding.check != SPELLING.id or finding.suggestions or speller is None:
            return True
        text = self._review.pair(finding.pair).target_text
        found = suggestions(speller, self._review.target_language, finding.words[0], text)
        if found:
            self._review.board.suggest(finding, found)
            self._review.tell(Change(frozenset({finding.pair}), findings=True))
        return found is not None

    def accept(self, words: Iterable[str]) -> int:
        """Record that words are right for every check, as one gesture; return how many are new."""
        known = self._review.board.waivers.words()
        new = {key: word for word in words if (key := word.casefold()) and key not in known}
        places = [(WaiverScope.WORD, "", gestures.sound(key)) for key in new]
        self._say(places, on=True)
        return len(new)

    def drop(self, waived: Iterable[Waived]) -> None:
        """Take the acceptance of words back, as one gesture."""
        places = [waiver.place for waiver in waived if waiver.scope is WaiverScope.WORD]
        self._say(places, on=False)

    def _say(self, places: Iterable[tuple[WaiverScope, str, str]], *, on: bool) -> None:
        state = self._review.state
        self._review.record([gestures.waive(state, place, "", on=on) for place in places], None)

    def accepted(self) -> tuple[Waived, ...]:
        """Return the words accepted in this project, in order."""
        waivers = self._review.board.waivers
        found = (waiver for waiver in waivers if waiver.scope is WaiverScope.WORD)
        return tuple(sorted(found, key=lambda waiver: waiver.key))

    def keep_own(self, words: Iterable[str]) -> None:
        """Write the person's own words of the target language; raises ExportError."""
        save_own_words(self._review.target_language, words)
        board = self._review.board
        board.own_words = _folded(own_words(self._review.target_language))
        board.judge()
        self._known = self.forms()
        self._review.tell(Change(None, findings=True, texts=True))

    def forms(self) -> frozenset[str]:
        """Return how the words are written that the project and the person accept."""
        return self._review.board.waivers.words() | self._review.board.own_words

    def are_others(self) -> bool:
        """Return whether other words are accepted than when this was asked before."""
        before, self._known = self._known, self.forms()
        return self._known != before


def _folded(words: Iterable[str]) -> frozenset[str]:
    """Return words in lower case and case-folded: a "ß" makes a difference."""
    return frozenset(form for word in words for form in (word.lower(), word.casefold()))
