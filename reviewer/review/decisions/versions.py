"""New versions of documents: which pair stands for which, as the events say.

A new version is a document pair of its own. Its `align.add` names the pair that it is a version
of; it waits, unseen, until a `doc.version` puts it in that one's place. Nothing is ever deleted:
who takes the `doc.version` back sees the old pair again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewer.model import Draft

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reviewer.model import Event
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments

Ids = tuple[bytes, bytes]
"""Of a source document and its translation."""
_MOST_TAKEN = 5_000
"""Decisions that one event names; more go into further ones."""


def version_drafts(
    was: PairOfDocuments, now: PairOfDocuments, taken_over: Sequence[Event]
) -> list[Draft]:
    """Return what puts a new version in the place of a pair.

    `taken_over` are the decisions that the new version has followed already.
    """
    body = {"was": _written(was.documents), "now": _written(now.documents), "title": now.title}
    hashes = [event.hash.hex() for event in taken_over]
    chunks = [hashes[n : n + _MOST_TAKEN] for n in range(0, len(hashes), _MOST_TAKEN)] or [[]]
    return [Draft("doc.version", None, body | {"taken_over": chunk}) for chunk in chunks]


def in_order(state: State, pairs: Sequence[Ids]) -> list[Ids]:
    """Return the pairs that stand, a version in the place of what it is a version of."""
    known = set(pairs)
    place = {pair: number for number, pair in enumerate(pairs)}
    hidden = set(_waiting(state, known))
    for was, now in _taken(state, known):
        hidden.add(was)
        hidden.discard(now)
        place[now] = min(place[now], place.get(was, len(pairs)))
    return sorted((pair for pair in pairs if pair not in hidden), key=lambda pair: place[pair])


def predecessor(state: State, now: Ids) -> Ids | None:
    """Return the pair in whose place one was put last; None for one that is no version."""
    found = None
    for event in state.listed("doc.version"):
        content = state.content(event)
        was, named = _read(content.get("was")), _read(content.get("now"))
        if named == now and was != now:
            found = was
    return found


def ancestors(state: State, now: Ids) -> list[Ids]:
    """Return the earlier versions of a pair, the latest first."""
    found: list[Ids] = []
    before = predecessor(state, now)
    while before is not None and before != now and before not in found:
        found.append(before)
        before = predecessor(state, before)
    return found


def taken_over(state: State) -> frozenset[str]:
    """Return the hashes, in hex, of the decisions that new versions have followed already."""
    found: set[str] = set()
    for event in state.listed("doc.version"):
        hashes = state.content(event).get("taken_over")
        listed = hashes if isinstance(hashes, list) else []
        found.update(each for each in listed if isinstance(each, str))
    return frozenset(found)


def stands_for(state: State, shown: Ids, standing: Sequence[Ids]) -> int:
    """Return which of the pairs that stand is to be shown after another one was."""
    if shown in standing:
        return standing.index(shown)
    kin = {shown}
    for event in state.listed("doc.version", dead=True):
        content = state.content(event)
        both = _read(content.get("was")), _read(content.get("now"))
        if None not in both and kin & set(both):
            kin.update(each for each in both if each is not None)
    return next((n for n, pair in enumerate(standing) if pair in kin), 0)


def _waiting(state: State, known: Collection[Ids]) -> Iterator[Ids]:
    """Yield the versions of pairs that are here, unless they were also added for themselves."""
    plain: set[Ids] = set()
    versions: set[Ids] = set()
    for event in state.listed("align.add"):
        content = state.content(event)
        pair = _read([content.get("source"), content.get("target")])
        if pair is not None:
            (versions if _read(content.get("version_of")) in known else plain).add(pair)
    yield from versions - plain


def _taken(state: State, known: Collection[Ids]) -> Iterator[tuple[Ids, Ids]]:
    """Yield which pair gave way to which, oldest first; never to one that is not here."""
    for event in state.listed("doc.version"):
        content: Mapping[str, Any] = state.content(event)
        was, now = _read(content.get("was")), _read(content.get("now"))
        if was is not None and now is not None and now in known:
            yield was, now


def _written(pair: Ids) -> list[str]:
    return [each.hex() for each in pair]


def _read(value: object) -> Ids | None:
    if not (isinstance(value, list) and len(value) == 2):
        return None
    try:
        source, target = (bytes.fromhex(each) for each in value)
    except (TypeError, ValueError):
        return None
    return source, target
