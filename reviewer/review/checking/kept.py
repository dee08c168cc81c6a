"""Words that a document keeps on purpose: commands, products, names of things."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reviewer.model import Side
from reviewer.review.checking.learned import runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reviewer.checks.base import Context
    from reviewer.model import Finding, Pair
    from reviewer.review.checking.learned import Learned

LONGEST = 6
"""Words up to which something left untranslated is judged word by word."""
_DOCUMENT = 20
"""Pairs from which on a text tells what is usual in it."""
_STRAY, _MANY = 2, 10
_OFTEN, _MOSTLY, _PARTLY = 3, 0.7, 0.5
_PLAIN, _RARE, _UNKNOWN = -11.0, -13.0, -14.5
"""Logarithms of the frequency in the source's language below which a word that is part of a code
is a term, below which one is that is kept often, and below which a word is one by itself."""
_CODE = r"(?:(?<=\w[/_+~.])|(?<=[ (]/)){0}(?!\w)|(?<!\w){0}(?=[/_+~]\w|\.[a-z]|[0-9])"
_COMPOUND = r"(?<=[a-z0-9]-){0}(?!\w)|(?<!\w){0}(?=-[a-z0-9])"
"""Where a word is part of a path or of a name with a suffix or number; of a hyphenated name."""
_BETWEEN = re.compile(
    r"\s*[,،、]\s*(?:\w\s)?|\s+(?:[^\W\da-zA-Z]{1,3}|and|or|et|ou|und|oder|dan|atau|y|o)\s+"
)
"""What stands between the words of a list."""
_LATIN = r"[ \u00a0]*[(“\"«「]?[A-Za-z/]"
_ENDING = 2
_CALLED, _SEEN = 0.3, 5
"""Share of its places, and how many at least, where a word stands beside Latin letters that says
what they name: "command", "disk"."""


class Use(NamedTuple):
    """In which pairs a word stands, by their places: in the source, and in the target."""

    source: frozenset[int] = frozenset()
    target: frozenset[int] = frozenset()

    def is_kept(self, least: int, share: float = _MOSTLY) -> bool:
        """Whether a share of the pairs with the word in the source keep it, and how many."""
        kept = len(self.source & self.target)
        return kept >= least and kept >= share * len(self.source)


def uses(asked: Collection[str], pairs: Sequence[Pair]) -> Mapping[str, Use]:
    """Return where words stand that are case-folded."""
    known = frozenset(asked)
    source: dict[str, set[int]] = defaultdict(set)
    target: dict[str, set[int]] = defaultdict(set)
    for place, pair in enumerate(pairs if known else ()):
        for there, text in ((source, pair.source_text), (target, pair.target_text)):
            for word in known.intersection(runs(text)):
                there[word].add(place)
    return {word: Use(frozenset(source[word]), frozenset(target[word])) for word in known}


class KeptWords:
    """Tells which words a document keeps on purpose.

    Args:
        pairs: all of the document.
        known: where each word asked for stands; see `uses`.
        learned: what the document teaches of the words' translations.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        known: Mapping[str, Use],
        context: Context,
        learned: Learned,
    ) -> None:
        self._pairs = pairs
        self._known = known
        self._context = context
        self._learned = learned
        self._called: dict[str, bool] = {}
        self._codes: dict[str, bool] = {}

    def on_purpose(self, numbered: Sequence[tuple[int, Finding]]) -> Iterator[int]:
        """Yield the numbers of findings of untranslated words that are no leftovers.

        What is kept throughout, but is a common word, is told once.
        """
        found = set(self._each_on_purpose(numbered))
        single = {number for number, finding in numbered if self._is_single(finding)}
        yield from found
        # Where most such words are commands, those that nothing is known of are some too.
        if len(single & found) >= max(_MANY, _MOSTLY * len(single)):
            yield from single - found

    def _is_single(self, finding: Finding) -> bool:
        """Whether one word of another script, or one of each item of a list, was left."""
        return (
            finding.variant == "source"
            and "Latn" not in self._context.target.scripts
            and not any(" " in item for item in _BETWEEN.split(finding.words[0]))
        )

    def _each_on_purpose(self, numbered: Sequence[tuple[int, Finding]]) -> Iterator[int]:
        """Yield the numbers of those that something is known of that says so."""
        places = {pair.number: place for place, pair in enumerate(self._pairs)}
        told: set[tuple[str, ...]] = set()
        for number, finding in numbered:
            words = runs(finding.words[0]) if finding.words else []
            here = places.get(finding.pair)
            if not 0 < len(words) <= LONGEST or here is None:
                continue
            copied = tuple(word for word in words if here in self._known[word].source)
            if not copied:
                if self._is_own(words, finding):
                    yield number
            elif (
                all(map(self._is_term, copied))
                or self._is_called(finding, here)
                or self._is_list(finding)
                or self._is_command(finding, here)
                or self._is_gloss(finding, here)
            ):
                yield number
            elif all(self._known[word].is_kept(_OFTEN) for word in copied):
                if copied in told:
                    yield number
                told.add(copied)

    def _is_own(self, words: Sequence[str], finding: Finding) -> bool:
        """Whether words that are not copied are the target's own: that it has again and again.

        A word or two of a language that is no English hardly come into a text by mistake.
        """
        if all(len(self._known[word].target) >= _OFTEN for word in words):
            return True
        few = len(words) <= _STRAY and len(self._pairs) >= _DOCUMENT
        return few and finding.variant == "third" and finding.words[1:2] != ("English",)

    def _is_term(self, word: str) -> bool:
        """Whether a word is a command or a product: rare, and kept as often as it is met."""
        use = self._known[word]
        lexicon = self._context.lexicon(self._context.source.tag)
        frequency = lexicon.log_probability(word) if lexicon.known else 0.0
        if frequency is None or frequency < _UNKNOWN:
            return use.is_kept(1 if len(self._pairs) >= _DOCUMENT else _OFTEN)
        if frequency < _RARE and use.is_kept(_OFTEN):
            return True
        return frequency < _PLAIN and use.is_kept(1, _PARTLY) and self._is_code(word)

    def _is_gloss(self, finding: Finding, place: int) -> bool:
        """Whether the target has the translation too, and the original beside it."""
        pair = self._pairs[place]
        return finding.variant == "source" and self._learned.translates(finding.words[0], pair)

    def _is_command(self, finding: Finding, place: int) -> bool:
        """Whether two or three words are copied in a row of which one is a command.

        In another script, among words of the target's own: there a command stays as it is typed.
        """
        pair, text = self._pairs[place], finding.words[0]
        items = text.split()
        if "Latn" in self._context.target.scripts or not 1 < len(items) <= _OFTEN:
            return False
        own = [word for word in runs(pair.target_text) if not word.isascii()]
        return (
            len(own) >= _OFTEN
            and text in pair.source_text
            and any(self._is_term(word) for word in runs(text) if self._known[word].source)
        )

    def _is_list(self, finding: Finding) -> bool:
        """Whether single words are listed of which one is a command or product."""
        items = _BETWEEN.split(finding.words[0])
        words = {word for item in items for word in runs(item)}
        return (
            len(items) > 1
            and not any(" " in item for item in items)
            and any(self._is_term(word) for word in words if self._known[word].source)
        )

    def _is_code(self, word: str) -> bool:
        """Whether the source has the word as a part of a path, a file name or a command."""
        if word not in self._codes:
            patterns = _CODE.format(re.escape(word)), _COMPOUND.format(re.escape(word))
            parts = re.compile("|".join(patterns))
            texts = (self._pairs[place].source_text for place in self._known[word].source)
            self._codes[word] = any(parts.search(text) for text in texts)
        return self._codes[word]

    def _is_called(self, finding: Finding, place: int) -> bool:
        """Whether the word beside a copied one says that it names something, as in "диск sda"."""
        target, first = self._context.target, finding.spans[0]
        if "Latn" in target.scripts or first.side is not Side.TARGET:
            return False
        text = self._pairs[place].target_text
        if target.spaced and target.code != "ko":
            before = re.search(r"([^\W\d_]{2,})[ \u00a0][(“\"«]?$", text[: first.start])
            pattern = rf"(?<!\w){{0}}\w{{{{0,4}}}}(?={_LATIN})"
        else:
            before = re.match(r"[ ]?([^\W\d_A-Za-z]{1,2})", text[first.end :])
            pattern = r"[A-Za-z][ ]?{0}"
        word = before.group(1) if before else ""
        word = word[: max(len(word) - _ENDING, _ENDING)] if target.spaced else word
        if word and word not in self._called:
            there = [pair.target_text for pair in self._pairs if word in pair.target_text]
            beside = re.compile(pattern.format(re.escape(word)))
            count = sum(beside.search(text) is not None for text in there)
            self._called[word] = count >= max(_SEEN, _CALLED * len(there))
        return bool(word) and self._called[word]
