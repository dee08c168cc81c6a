"""Wordings that are no renderings of their own: forms, copies, parts of longer terms."""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING

from reviewer.terms.literals import is_literal
from reviewer.terms.variants import is_inflected_compound, is_misspelt, is_variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.reading import Reader
    from reviewer.terms.wording import Match, Wording

_LEAST_WAYS = 15
_MOST_MIXED = 0.5


def distinct(bitext: Bitext, reader: Reader, wordings: Sequence[Wording]) -> list[Wording]:
    """Return the wordings that a reader takes for different renderings, most frequent first.

    Left out is what is a form, a compound or a part of a more frequent one; what mostly stands in
    commands and quotations as in the source; a stray copy of the source phrase, and a stray where
    all else is a copy; what always goes with a neighbour of the source phrase that the others
    never have, for that renders a longer term; and what stands beside the more frequent one, for
    both are parts of one rendering.
    """
    ranked = sorted(wordings, key=lambda w: (-len(w.matches), w.matches))
    kept: list[Wording] = []
    for wording in ranked:
        if not wording.matches or (wording.read and _is_copy(bitext, reader, wording)):
            continue
        if is_literal(bitext, reader, wording):
            continue
        if not any(_belongs(bitext, reader, wording, other) for other in kept):
            kept.append(wording)
    return [w for w in kept if not is_bound(bitext, reader, w, kept)]


def _belongs(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> bool:
    """Tell whether a wording is no rendering beside a more frequent one."""
    if is_variant(bitext, wording, main) or _are_mixed(bitext, reader, wording, main):
        return True
    if _differ_aside(bitext, reader, wording, main):
        return True
    if wording.read and _is_copy(bitext, reader, main):
        return not is_misspelt(bitext, wording, main)
    return bitext.target.words.rules.compounds and _is_bound_compound(
        bitext, reader, wording, main
    )


def _differ_aside(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> bool:
    """Tell whether each word of a longer term is rendered alike, and only other words differ."""
    contents = len(bitext.source_contents(bitext.source.keys(reader.source)))
    core = _core(bitext, reader, wording)
    return contents > 1 and len(core) >= contents and core == _core(bitext, reader, main)


def differ_aside(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> bool:
    """Tell whether two wordings have the same words of the term, and others beside them."""
    core = _core(bitext, reader, wording)
    return bool(core) and core == _core(bitext, reader, main)


def _core(bitext: Bitext, reader: Reader, wording: Wording) -> set[int]:
    """Return the keys that are linked to the source phrase at most places of a wording."""
    links, key = bitext.links, bitext.target.words.key
    counts = Counter(
        int(key[spot])
        for match in wording.matches
        for spot in match.place.tokens()
        if match.source <= int(links.source[spot]) < match.source + reader.length
    )
    return {k for k, count in counts.items() if 2 * count > len(wording.matches)}


def _are_mixed(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> bool:
    """Tell whether the words of one wording mostly stand in the pairs of the other as well."""
    words = bitext.target.words
    for one, other in ((wording, main), (main, wording)):
        keys = set(bitext.target_contents(one.keys)) - set(bitext.target_contents(other.keys))
        pairs = [p for p in other.pairs(words) if len(reader.places[p]) == 1]
        if not keys or len(pairs) < 2:
            continue
        mixed = sum(all(p in bitext.target_words.pairs(key) for key in keys) for p in pairs)
        if mixed > max(1, _MOST_MIXED * len(pairs)):
            return True
    return False


def _is_copy(bitext: Bitext, reader: Reader, wording: Wording) -> bool:
    """Tell whether every place has the source phrase's own letters."""
    source, target = bitext.source.words, bitext.target.words
    return all(
        source.text(match.source, reader.length).lower()
        == target.text(match.place.token, match.place.length).lower()
        for match in wording.matches
    )


def _is_bound_compound(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> bool:
    """Tell whether a compound takes its other part from a neighbour of the source phrase."""
    words = bitext.target.words
    ours, theirs = (words.text(w.places[0].token, w.places[0].length) for w in (wording, main))
    if not is_inflected_compound(ours, theirs):
        return False
    taken = sum(
        any(_is_taken(bitext, match, reader.length, side) for side in (-1, 1))
        for match in wording.matches
    )
    return 2 * taken > len(wording.matches)


def _is_taken(bitext: Bitext, match: Match, length: int, side: int) -> bool:
    """Tell whether the content word on one side of an occurrence has no rendering of its own."""
    words = bitext.source.words
    spot = match.source - 1 if side < 0 else match.source + length
    if not 0 <= spot < len(words.key) or not words.joined[max(spot, spot - side)]:
        return False
    linked = int(bitext.links.target[spot])
    return bool(words.content[spot]) and (linked < 0 or linked in match.place.tokens())


def is_bound(bitext: Bitext, reader: Reader, wording: Wording, others: Sequence[Wording]) -> bool:
    """Tell whether a neighbouring source word decides that it is this wording.

    All its occurrences have the neighbour, none of the others has it, and chance would hardly
    deal them out so: one way in 15 or more.
    """
    rest = [match for other in others if other is not wording for match in other.matches]
    chance = comb(len(rest) + len(wording.matches), len(wording.matches))
    if len(wording.matches) < 2 or chance < _LEAST_WAYS:
        return False
    for side in (-1, 1):
        own = {_neighbour(bitext, match.source, reader.length, side) for match in wording.matches}
        if len(own) == 1 and None not in own:
            theirs = {_neighbour(bitext, match.source, reader.length, side) for match in rest}
            if not own & theirs:
                return True
    return False


def boundness(bitext: Bitext, reader: Reader, wording: Wording, main: Wording) -> float:
    """Return how far something of the source goes with a wording and not with the other.

    It may be the word before or after the source phrase, its capitals or its form. Counted is
    the difference of the shares of the two wordings that have it, each with one more occurrence
    that may or may not; -1 to 1.
    """
    best = 0.0
    signs = [_signs(bitext, reader, match.source) for w in (wording, main) for match in w.matches]
    for column in zip(*signs, strict=True):
        own = Counter(column[: len(wording.matches)])
        other = Counter(column[len(wording.matches) :])
        for sign, count in own.items():
            if sign is not None:
                share = (count + 0.5) / (len(wording.matches) + 1)
                best = max(best, share - (other[sign] + 0.5) / (len(main.matches) + 1))
    return best


def _signs(bitext: Bitext, reader: Reader, token: int) -> tuple[str | int | None, ...]:
    """Return what may decide the wording: the words beside, the capitals, the form."""
    words = bitext.source.words
    text = words.text(token, reader.length)
    capitals = None if words.opens_sentence(token) else "".join("Cc"[c.islower()] for c in text)
    return (
        _neighbour(bitext, token, reader.length, -1),
        _neighbour(bitext, token, reader.length, 1),
        capitals and capitals[:2],
        text.lower(),
    )


def _neighbour(bitext: Bitext, token: int, length: int, side: int) -> int | None:
    """Return the key of the content word or "of" right beside an occurrence, or None."""
    words = bitext.source.words
    spot = token - 1 if side < 0 else token + length
    if not 0 <= spot < len(words.key) or not words.joined[max(spot, spot - side)]:
        return None
    key = int(words.key[spot])
    if words.content[spot] or words.vocabulary[key] in words.rules.after_nouns:
        return key
    return None
