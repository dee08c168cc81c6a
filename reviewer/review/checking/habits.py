"""What a document does throughout is its own way: findings about it are less sure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.review.checking.kept import LONGEST, KeptWords, uses
from reviewer.review.checking.learned import Learned, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.checks.base import Context
    from reviewer.model import Finding, Pair
    from reviewer.review.checking.kept import Use
    from reviewer.review.checking.learned import Cover

_LESS = 0.6
"""Confidence of what the whole document has: below what the normal level shows."""
_DOCUMENT = 20
"""Pairs from which on a text tells what is usual in it."""

_STEM = 4
_KEPT, _TRANSLATED = 0.5, 0.25
"""Shares of the other pairs with a name that keep it."""

_KNOWN = 4
"""Words with known translations from which on a pair's contents can be told by them."""
_RELATED, _UNRELATED, _WHOLE = 0.25, 0.05, 0.5
"""Shares of them that have theirs in the pair: from which on it is one, below which it is none,
from which on nothing is left out or added."""
_MANY, _PROBABLE = 7, 0.8
"""Words, and confidence, from which on little that is found means that something is missing."""
_TAIL, _HEAD, _POSSIBLE = 3, 0.7, 0.72
"""Words at the end of a source of which none has its translation, share of those before that do,
and confidence from which on a target breaks off."""
_CERTAIN = 0.9
"""Confidence of what the rest of the document bears out."""

_CONVENTION, _SHARE = 5, 0.1
"""Pairs, and their share of all, from which on a matter of form is the document's convention."""
_FEW, _FREE_SHARE = 3, 0.001
_ABOUT_CONTENTS = frozenset({"addition", "omission", "unrelated-target"})
_CLOSING = " \u00a0\u202f\"'”’»)]}"
_FORM = frozenset({
    "capitals", "end-punctuation", "punctuation-form", "punctuation-spaces", "quotation-style",
    "quotes", "spacing", "stray-punctuation",
})  # fmt: skip
_BY_MARK = frozenset({"punctuation-form", "spacing"})
"""Checks of which each mark is a matter of its own."""
_FREE = frozenset({("end-punctuation", ""), ("stray-punctuation", "")})
"""Checks and variants that fire in freely translated texts."""


def without_habits(
    findings: Iterable[Finding], pairs: Sequence[Pair], context: Context
) -> list[Finding]:
    """Return the findings, those less sure that tell of what the document does throughout.

    Words that are kept wherever the source has them are commands and products if they are rare,
    else a choice that is told once. Names are lost where other pairs keep them, translated where
    none does. A number that a neighbouring pair has was moved there. What is written alike in a
    tenth of the pairs is a convention, told once. What the document's own translations of words
    bear out is surer; targets that they show to be related are no findings at all.
    """
    found = list(findings)
    if not found:
        return found
    known = uses(_asked(found), pairs)
    left = [(number, one) for number, one in enumerate(found) if one.check == "untranslated"]
    learned = Learned(
        pairs if (_ABOUT_CONTENTS | {"untranslated"}) & {one.check for one in found} else ()
    )
    judged = _names(found, pairs, known) | _contents(found, pairs, learned)
    less = {
        *KeptWords(pairs, known, context, learned).on_purpose(left),
        *(number for number, is_right in judged.items() if not is_right),
        *_moved_numbers(found, pairs),
        *_conventions(found, pairs),
        *_going_on(found, pairs),
        *_inside_leftovers(found),
    }
    sure = {number for number, is_right in judged.items() if is_right}
    return [
        replace(one, confidence=min(one.confidence, _LESS))
        if number in less
        else replace(one, confidence=max(one.confidence, _CERTAIN))
        if number in sure and not one.doubtful
        else one
        for number, one in enumerate(found)
        if number not in less or one.check != "unrelated-target"
    ]


def _asked(findings: Iterable[Finding]) -> set[str]:
    """Return the words that findings are about, if these are few."""
    asked: set[str] = set()
    for finding in findings:
        if finding.check in {"names", "untranslated"} and finding.words:
            words = runs(finding.words[0])
            asked.update(words if len(words) <= LONGEST else ())
    return asked


def _names(
    findings: Sequence[Finding], pairs: Sequence[Pair], known: Mapping[str, Use]
) -> dict[int, bool]:
    """Return by the number of a finding whether its name is lost: most other pairs keep it.

    False where none does, or where a longer text has the name nowhere else. What is between, and
    short texts that have it once, are left out.
    """
    places = {pair.number: place for place, pair in enumerate(pairs)}
    lost: dict[int, bool] = {}
    for number, finding in enumerate(findings):
        words = runs(finding.words[0]) if finding.check == "names" and finding.words else []
        words = [word for word in words if word in known and len(word) >= _STEM]
        if not words:
            continue
        others = frozenset.intersection(*(known[word].source for word in words))
        others -= {places.get(finding.pair, -1)}
        stem = max(words, key=len)
        stem = stem[: max(len(stem) - 2, _STEM)].capitalize()
        kept = sum(stem in pairs[place].target_text for place in others)
        if others and kept >= _KEPT * len(others):
            lost[number] = True
        elif (others or len(pairs) >= _DOCUMENT) and kept <= _TRANSLATED * len(others):
            lost[number] = False
    return lost


def _contents(
    findings: Sequence[Finding], pairs: Sequence[Pair], learned: Learned
) -> dict[int, bool]:
    """Return by the number of a finding whether the document's own translations bear it out.

    Of targets that seem unrelated, too short or too long; what they do not decide is left out.
    """
    asked = [
        (number, finding)
        for number, finding in enumerate(findings)
        if finding.check in _ABOUT_CONTENTS and not finding.variant
    ]
    by_number = {pair.number: pair for pair in pairs}
    judged = {}
    for number, finding in asked:
        source, target = learned.covers(by_number[finding.pair])
        if finding.check == "unrelated-target":
            is_right = _is_unrelated(source, target)
        elif finding.check == "addition":
            is_right = False if target.known >= _KNOWN and target.share >= _WHOLE else None
        else:
            # What is left of a sentence that was cut is translated as elsewhere too.
            lost = source.known >= _MANY and source.share <= _RELATED
            lost &= finding.confidence >= _PROBABLE
            cut = finding.confidence >= _POSSIBLE and _breaks_off(
                learned.told(by_number[finding.pair])
            )
            is_right = True if lost or cut else None
        if is_right is not None:
            judged[number] = is_right
    return judged


def _breaks_off(told: Sequence[bool]) -> bool:
    """Return whether a source is translated up to a place, and nothing of it behind that."""
    end = max((at for at, is_there in enumerate(told, 1) if is_there), default=0)
    return len(told) - end >= _TAIL and sum(told) >= max(_HEAD * end, 1)


def _is_unrelated(source: Cover, target: Cover) -> bool | None:
    """Return whether hardly a word of a pair is translated as elsewhere; None if nobody knows."""
    known, share = source.known + target.known, max(source.share, target.share)
    if known >= _KNOWN and share >= _RELATED:
        return False
    return True if known >= _MANY and share <= _UNRELATED else None


def _moved_numbers(findings: Sequence[Finding], pairs: Sequence[Pair]) -> Iterator[int]:
    """Yield the numbers of findings of a number that is lost here and added next door."""
    places = {pair.number: place for place, pair in enumerate(pairs)}
    sides: dict[str, set[tuple[str, int]]] = {"lost": set(), "extra": set()}
    about = [
        (number, finding.variant, finding.words[0], places.get(finding.pair, -1))
        for number, finding in enumerate(findings)
        if finding.check == "numbers" and finding.variant in sides
    ]
    for _, variant, text, place in about:
        sides[variant].add((text, place))
    for number, variant, text, place in about:
        other = sides["extra" if variant == "lost" else "lost"]
        if (text, place - 1) in other or (text, place + 1) in other:
            yield number


def _going_on(findings: Sequence[Finding], pairs: Sequence[Pair]) -> Iterator[int]:
    """Yield the numbers of findings of small first letters behind a sentence that is not ended."""
    places = {pair.number: place for place, pair in enumerate(pairs)}
    for number, finding in enumerate(findings):
        place = places.get(finding.pair, 0)
        if finding.check == "capitals" and place:
            before = pairs[place - 1].target_text.rstrip(_CLOSING)
            if before and (before[-1].isalnum() or before[-1] in ",;"):
                yield number


def _inside_leftovers(findings: Sequence[Finding]) -> Iterator[int]:
    """Yield the numbers of findings of French spaces in what is no French at all."""
    left: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in findings:
        if one.check == "untranslated" and one.spans and len(runs(one.words[0])) > LONGEST:
            left[one.pair].append((one.spans[0].start, one.spans[0].end))
    for number, one in enumerate(findings):
        if one.check == "punctuation-spaces" and one.spans:
            at = one.spans[0].start
            if any(start <= at <= end for start, end in left.get(one.pair, ())):
                yield number


def _conventions(findings: Sequence[Finding], pairs: Sequence[Pair]) -> Iterator[int]:
    """Yield the numbers of findings of form that the document has throughout, but the first."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        if finding.check in _FORM:
            mark = finding.words[:1] if finding.check in _BY_MARK else ()
            alike[finding.check, finding.variant, *mark].append(number)
    for key, numbers in alike.items():
        there = len({findings[number].pair for number in numbers})
        if key[:2] == ("spacing", "before"):
            # The check leaves out the pairs that a program split into words, of which these are.
            there = sum(key[2] in pair.target_text for pair in pairs)
        if there >= max(_CONVENTION, _SHARE * len(pairs)):
            yield from numbers[1:]
        elif key[:2] in _FREE and there >= max(_FEW, _FREE_SHARE * len(pairs)):
            yield from numbers
