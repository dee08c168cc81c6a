"""Look through pairs for what was left untranslated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.emissions import SCRIPT, SOURCE, THIRD, emissions
from reviewer.checks.leftovers.evidence import gather
from reviewer.checks.leftovers.fragments import WHOLE_LEAST, find_fragments
from reviewer.checks.leftovers.frequencies import language_name, language_of_script
from reviewer.checks.leftovers.han import SIMPLIFIED, TRADITIONAL, find_han
from reviewer.checks.leftovers.identical import first_word, left_whole, words_only
from reviewer.checks.leftovers.opaque import Phrases, latin_phrases, phrases
from reviewer.checks.leftovers.paths import best_states
from reviewer.checks.leftovers.source import source_words
from reviewer.checks.leftovers.suspects import suspects
from reviewer.checks.leftovers.tokens import Line, Reader, Tokens
from reviewer.checks.leftovers.vocabulary import vocabulary
from reviewer.checks.leftovers.weights import WEIGHTS
from reviewer.text.scripts import scripts
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.checks.base import Context
    from reviewer.checks.leftovers.evidence import Evidence
    from reviewer.checks.leftovers.fragments import Fragment
    from reviewer.model import Pair
    from reviewer.text.languages import Language

_AT_ONCE = 256
_SHARE = 0.2
_PHRASE = 2
"""Words from which on a copied fragment tells another language than the source's."""
_UNKNOWN, _BETTER = -20.0, 2.0
"""ln P of a word outside a list; by how much another language has to know each word better."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A stretch of a target segment that was left untranslated.

    Attributes:
        pair: index of the pair among those looked at.
        segment: index of the target segment in its pair.
        start, end: its range in the segment's text.
        variant: "source", "third" (another language), "script" or "segment" (all of it).
        language: English name of the language it is in.
        score: how much better it fits there than in the target, in natural logarithms.
    """

    pair: int
    segment: int
    start: int
    end: int
    variant: str
    language: str
    score: float


def find_leftovers(pairs: Sequence[Pair], context: Context) -> Iterator[Leftover]:
    """Yield what was left untranslated, in the order of the pairs."""
    reader = _reader(pairs, context)
    for first in range(0, len(pairs), _AT_ONCE):
        yield from _search(pairs[first : first + _AT_ONCE], first, reader, context)


def find_other_writing(pairs: Sequence[Pair], context: Context) -> Iterator[Leftover]:
    """Yield what was left in the source's way of writing the same language, in order."""
    reader = _reader(pairs, context)
    for first in range(0, len(pairs), _AT_ONCE):
        tokens, segments = _read(pairs[first : first + _AT_ONCE], first, reader)
        if tokens.form:
            for fragment, code in find_han(tokens, context):
                yield _leftover(fragment, segments[fragment.segment], code, context)


def _reader(pairs: Sequence[Pair], context: Context) -> Reader:
    written = (
        _scripts(context.source, (pair.source_text for pair in pairs)),
        _scripts(context.target, (pair.target_text for pair in pairs)),
    )
    return Reader(vocabulary(context, written), *_accepted(context.accepted))


@lru_cache(maxsize=8)
def _accepted(accepted: frozenset[str]) -> tuple[frozenset[str], Phrases]:
    """Return the accepted single words and, with the Latin phrases, the accepted sequences."""
    sequences = frozenset(text for text in accepted if not text.isalpha())
    return accepted - sequences, phrases(latin_phrases() | sequences)


def _scripts(language: Language, texts: Iterable[str]) -> frozenset[str]:
    """Return the scripts of a language; where nothing is known of it, those of its texts."""
    if language.table:
        return language.scripts
    counts = scripts("".join(texts))
    main = max(counts, key=counts.__getitem__, default="Latn")
    many = {code for code in counts if counts[code] >= _SHARE * counts.total()}
    # Latin words stand in texts of every script; they are what is looked for.
    return frozenset({main} | (many - {"Latn"}))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A target segment: the index of its pair, its own in the pair, whether it is a copy."""

    pair: int
    place: int
    text: str
    copied: bool
    line: Line


def _read(pairs: Sequence[Pair], first: int, reader: Reader) -> tuple[Tokens, list[_Segment]]:
    """Return the words of the target segments without what their places say."""
    reader.vocabulary.begin()
    tokens = Tokens(forms=reader.vocabulary.forms)
    segments: list[_Segment] = []
    for index, pair in enumerate(pairs, first):
        source = {word[2].lower() for word in words(pair.source_text)}
        originals = {first_word(segment.text) for segment in pair.source}
        for place, segment in enumerate(pair.target):
            line = reader.read(tokens, len(segments), segment.text, source)
            copied = first_word(segment.text) in originals and words_only(segment.text) in {
                words_only(original.text) for original in pair.source
            }
            segments.append(_Segment(index, place, segment.text, copied, line))
    return tokens, segments


def _search(
    pairs: Sequence[Pair], first: int, reader: Reader, context: Context
) -> Iterator[Leftover]:
    tokens, segments = _read(pairs, first, reader)
    if not tokens.form:
        return
    known, at_best = reader.vocabulary.frequencies(context)
    looked_at = suspects(tokens, len(segments), (known, at_best), WEIGHTS)
    looked_at |= [part.copied for part in segments]
    for number in np.flatnonzero(looked_at).tolist():
        part = segments[number]
        source = source_words(pairs[part.pair - first].source_text)
        reader.place(tokens, part.line, source)
    said = (np.array(tokens.flags, np.intp) & flag.NEUTRAL) == 0
    rows = np.flatnonzero(said & looked_at[np.array(tokens.segment, np.intp)])
    evidence = gather(tokens, rows, known)
    weighed = emissions(evidence, len(segments), WEIGHTS)
    labels = best_states(weighed.states, evidence.segment, WEIGHTS)
    found: dict[int, list[Leftover]] = {}
    for fragment in find_fragments(tokens, rows, weighed, labels, WEIGHTS):
        column = weighed.kept[fragment.segment, max(fragment.state - THIRD, 0)]
        code = known.codes[column] if fragment.state >= THIRD else ""
        if fragment.state == SOURCE:
            code = _other_language(fragment, tokens, rows, evidence, known.codes)
        leftover = _leftover(fragment, segments[fragment.segment], code, context)
        found.setdefault(fragment.segment, []).append(leftover)
    for fragment, code in find_han(tokens, context):
        part = segments[fragment.segment]
        leftover = _leftover(fragment, part, code, context)
        found.setdefault(fragment.segment, []).append(leftover)
    for number, part in enumerate(segments):
        copy = left_whole(evidence, number, known.codes) if part.copied else None
        fragments = sorted(found.get(number, ()), key=lambda leftover: leftover.start)
        yield from fragments if copy is None else [_copy(part, *copy, context)]


def _other_language(
    fragment: Fragment,
    tokens: Tokens,
    rows: NDArray[np.intp],
    evidence: Evidence,
    codes: Sequence[str],
) -> str:
    """Return the code of a language that a copied fragment is in rather than in the source's.

    It stands untranslated in the source already; "" where it is in the source's language.
    """
    first, end = np.searchsorted(evidence.segment, [fragment.segment, fragment.segment + 1])
    inside = [
        place
        for place in range(first, end)
        if fragment.start <= tokens.start[rows[place]] < fragment.end
    ]
    if not len(codes) or len(inside) < _PHRASE or not evidence.source_listed:
        return ""
    source = np.nan_to_num(evidence.source[inside], nan=_UNKNOWN).sum()
    third = np.nan_to_num(evidence.third[inside], nan=_UNKNOWN).sum(axis=0)
    best = int(third.argmax())
    return codes[best] if third[best] > source + _BETTER * len(inside) else ""


def _is_other(code: str) -> bool:
    """Whether a code is of another language, not of a way of writing the source's."""
    return bool(code) and code not in {TRADITIONAL, SIMPLIFIED, "zh"}


def _leftover(fragment: Fragment, part: _Segment, code: str, context: Context) -> Leftover:
    """Return what is told of a fragment; `code` is its third language."""
    found = part.text[fragment.start : fragment.end]
    if fragment.state == SOURCE and not _is_other(code):
        variant, language = "source", language_name(code) if code else context.source.name
    elif fragment.state == SCRIPT:
        variant, language = "script", language_of_script(found)
    else:
        variant, language = "third", language_name(code)
    if fragment.whole:
        variant = "segment"
    place = (part.pair, part.place, fragment.start, fragment.end)
    return Leftover(*place, variant, language, fragment.score)


def _copy(part: _Segment, code: str, score: float, context: Context) -> Leftover:
    """Return a whole segment that equals its source."""
    start = len(part.text) - len(part.text.lstrip())
    language = language_name(code) if code else context.source.name
    variant = "third" if code else "source"
    if len(words_only(part.text).split()) >= WHOLE_LEAST:
        variant = "segment"
    place = (part.pair, part.place, start, len(part.text.rstrip()))
    return Leftover(*place, variant, language, score)
