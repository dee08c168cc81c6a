"""What a bilingual file says of its translations, said anew where a person asks for it.

Each dialect keeps the state of a unit in an attribute with words of its own. What is confirmed
gets the dialect's word for "reviewed", what is rejected the one for "to be done again"; a file
that says already that a unit is beyond that is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.xml_walk import tag_end
from reviewer.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.xml_walk import XmlBody


class Words(NamedTuple):
    """An attribute and its words.

    Attributes:
        name: of the attribute, without a prefix.
        confirmed, rejected: what is written; "" where the dialect has no word.
        beyond: words that say more than `confirmed`.
        gone: attributes that went with the old word.
    """

    name: str
    confirmed: str
    rejected: str
    beyond: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()


XLIFF_12 = Words("state", "signed-off", "needs-review-translation", frozenset({"final"}))
XLIFF_2 = Words("state", "reviewed", "translated", frozenset({"final"}), ("subState",))
TRADOS = Words(
    "conf", "ApprovedTranslation", "RejectedTranslation", frozenset({"ApprovedSignOff"})
)
MEMOQ = Words("status", "Proofread", "Rejected")
PHRASE = Words("confirmed", "1", "0")


class StateTag(NamedTuple):
    """The start tag that tells the state of a unit; `place` is where it begins."""

    place: int
    words: Words


def marked(
    body: XmlBody, tags: Sequence[StateTag | None], verdicts: Mapping[int, Verdict]
) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, end, new) of each tag that says something else by the verdicts on units."""
    seen: set[int] = set()
    for number, verdict in sorted(verdicts.items()):
        tag = tags[number] if number < len(tags) else None
        if tag is None or tag.place in seen:
            continue
        seen.add(tag.place)
        end = tag_end(body.data, tag.place)
        raw = body.text(tag.place, end)
        new = _said(raw, tag.words, verdict)
        if new != raw:
            yield tag.place, end, body.writable(new).encode()


def _said(raw: str, words: Words, verdict: Verdict) -> str:
    word = {Verdict.CONFIRMED: words.confirmed, Verdict.REJECTED: words.rejected}.get(verdict, "")
    found = _attribute(words.name).search(raw)
    if not word or (
        found and verdict is Verdict.CONFIRMED and found["value"][1:-1] in words.beyond
    ):
        return raw
    if found is None:
        end = len(raw) - (2 if raw.endswith("/>") else 1)
        new = f'{raw[:end].rstrip()} {words.name}="{word}"{raw[end:]}'
    elif found["value"][1:-1] == word:
        return raw
    else:
        new = f'{raw[: found.start("value")]}"{word}"{raw[found.end("value") :]}'
    for name in words.gone:
        new = _attribute(name).sub("", new)
    return new


def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:[\w.\-]+:)?{name}\s*=\s*(?P<value>\"[^\"]*\"|'[^']*')")
