"""The different words of a language pair's texts, with what holds wherever they stand."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from threading import get_ident
from typing import TYPE_CHECKING

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.frequencies import frequencies
from reviewer.checks.leftovers.source import is_capitalised

if TYPE_CHECKING:
    from reviewer.checks.base import Context
    from reviewer.checks.leftovers.frequencies import Frequencies
    from reviewer.text.lexicon import Lexicon
    from reviewer.text.words import Word

_MOST = 1 << 13
"""Words that are kept, with some 300 bytes each: the common ones come again at once."""
_PAIRS = 4
IDEOGRAPHS = frozenset({"Hani", "Hira", "Kana"})

Scripts = frozenset[str]
"""ISO 15924 codes."""
Shape = tuple[str, int, int]
"""A word in lower case, the flags that it has wherever it stands, and its row."""


class Vocabulary:
    """The words that were met, kept from batch to batch: most of them come again.

    Attributes:
        forms: word as written -> its row in the frequencies.
        shapes: word as written -> its shape.
    """

    def __init__(self, source: Scripts, target: Scripts) -> None:
        """Take the scripts of the two languages."""
        self._source, self._target = source, target
        self._known: tuple[Frequencies, Frequencies] | None = None
        self.forms: dict[str, int] = {}
        self.shapes: dict[str, Shape] = {}

    def begin(self) -> None:
        """Forget everything where it became too much; rows are good until this is called."""
        if len(self.forms) > _MOST:
            self._known = None
            self.forms.clear()
            self.shapes.clear()

    def shape(self, word: Word) -> Shape:
        """Return the shape of a word."""
        return self.shapes.get(word.text) or self._found(word)

    def _found(self, word: Word) -> Shape:
        form, flags = word.text, 0
        if is_capitalised(form):
            flags = flag.CAP
            if len(form) > 1 and form.isupper():
                flags |= flag.UPPER
        if len(form) == 1:
            flags |= flag.SINGLE
        if len(form) == 2:
            flags |= flag.SHORT
        if word.script == "Latn":
            flags |= flag.LATIN
        if word.script in IDEOGRAPHS:
            flags |= flag.IDEOGRAPH
        if word.script in self._target:
            flags |= flag.OWN_SCRIPT | (flag.FIXED if word.script in IDEOGRAPHS else 0)
        if word.script in self._source:
            flags |= flag.SOURCE_SCRIPT
        row = self.forms.setdefault(form, len(self.forms))
        self.shapes[form] = shape = form.lower(), flags, row
        return shape

    def frequencies(self, context: Context) -> tuple[Frequencies, Frequencies]:
        """Return the frequencies of all words, also at best (`Frequencies.at_best`).

        Those alone are looked up that are new.
        """
        count = len(self._known[0].length) if self._known else 0
        if self._known is None or count < len(self.forms):
            new = frequencies(list(islice(self.forms, count, None)), context)
            both = new, new.at_best()
            if self._known is not None:
                both = self._known[0].with_rows(both[0]), self._known[1].with_rows(both[1])
            self._known = both
        return self._known


def vocabulary(context: Context, scripts: tuple[Scripts, Scripts]) -> Vocabulary:
    """Return what is known of the words of source and target, given the scripts of both.

    Each thread has its own: rows that two of them add would be mixed up.
    """
    tags = context.source.tag, context.target.tag
    lists = context.lexicon(tags[0]), context.lexicon(tags[1])
    return _vocabulary(tags, lists, scripts, get_ident())


@lru_cache(maxsize=_PAIRS)
def _vocabulary(
    tags: tuple[str, str],
    lists: tuple[Lexicon, Lexicon],
    scripts: tuple[Scripts, Scripts],
    thread: int,
) -> Vocabulary:
    # What a word is worth depends on the languages and their lists too.
    del tags, lists, thread
    return Vocabulary(*scripts)
