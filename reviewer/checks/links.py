"""Web and e-mail addresses that the target lost or changed."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import find_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.links import Link

_ALIKE = 0.5
_MOST = 50
"""Addresses of a side that are compared; a list of more is no sentence."""
_SAMPLE = re.compile(
    r"[@./](?:example|exemple|beispiel|ejemplo|exemplo|esempio|voorbeeld|contoh|przyk[lł]ad|пример"
    r"|domain|domaine|dominio|dom[aä]ne|domena|домен)\."
)
"""Sites of manuals, which translators call in their own language."""
_MARKERS = ("://", "www.", "@")


def find_changed_links(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each address of the source that the target does not have.

    A page of the same site in the target's language is no mistake.
    """
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not target or not any(marker in source for marker in _MARKERS):
            continue
        here = list(islice(find_links(source), _MOST))
        there = list(islice(find_links(target), 2 * _MOST))
        known, own = {link.text for link in there}, {link.text for link in here}
        spare = [link for link in there if link.text not in own]
        for link in here:
            if link.text in known or link.text in target:
                continue
            other = _nearest(link, spare)
            if any(_is_translated_sample(link, one) for one in spare):
                continue
            if other is None:
                yield _lost(pair, link)
            elif not _is_localised(link, other, context):
                spare.remove(other)
                yield _changed(pair, link, other)


def _is_translated_sample(link: Link, other: Link) -> bool:
    """Whether both addresses are samples, each in its language: "example", "beispiel"."""
    here, there = _SAMPLE.search(link.text), _SAMPLE.search(other.text)
    return bool(here and there and here.group() != there.group() and link.email is other.email)


def _nearest(link: Link, others: Sequence[Link]) -> Link | None:
    alike = [
        (Levenshtein.ratio(link.text[:500], other.text[:500]), -place, other)
        for place, other in enumerate(others)
        if other.email is link.email
    ]
    best = max(alike, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= _ALIKE else None


def _is_localised(link: Link, other: Link, context: Context) -> bool:
    """Whether the addresses differ by their language alone: "/en/" and "/fr/"."""
    code = context.target.code
    marks = (f"/{code}", f"{code}.", f"={code}", f".{code}", f"-{code}")
    return not link.email and any(mark in other.text.lower() for mark in marks)


def _lost(pair: Pair, link: Link) -> Finding:
    span = Span(Side.SOURCE, link.start, link.end)
    return Finding("links", pair.number, (span,), (link.text,), Severity.MAJOR, "lost")


def _changed(pair: Pair, link: Link, other: Link) -> Finding:
    spans = Span(Side.TARGET, other.start, other.end), Span(Side.SOURCE, link.start, link.end)
    words = link.text, other.text
    return Finding("links", pair.number, spans, words, Severity.MAJOR, suggestions=(link.text,))


CHECK = Check(
    id="links",
    kind=Kind.NUMBER,
    type=IssueType.LINK,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost or changed address"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The address {0} became {1}."),
        "lost": QT_TRANSLATE_NOOP("checks", "The address {0} is not in the translation."),
    },
    find=find_changed_links,
    examples=(
        Example("See https://example.org/a.", "Voir https://example.org/a."),
        Example("See https://example.org/a.", "参见https://example.org/a。", (), "en", "zh"),
        Example("See https://example.org/a.", "Voir notre site.", ("https://example.org/a",)),
        Example(
            "See https://example.org/a.", "Voir https://example.org/b.", ("https://example.org/b",)
        ),
        Example("See https://example.org/en/a.", "Voir https://example.org/fr/a."),
        Example("Write to info@example.org.", "Écrivez à info@example.org."),
        Example(
            "Write to info@example.org.", "Écrivez à infos@example.org.", ("infos@example.org",)
        ),
        Example("(www.example.org)", "（www.example.org）", (), "en", "ja"),
        Example("Пишите: info@example.org", "Write to us!", ("info@example.org",), "ru", "en"),
        Example("Follow @example.", "Suivez-nous."),
    ),
)
