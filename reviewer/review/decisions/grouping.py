"""What people said of which renderings belong together, laid over what was found.

A group that somebody made or changed holds in its decision what was put into it (`with`) and what
was taken out of it (`without`); where these stand in the texts is looked up again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer.model import GroupKind, Occurrence, Rendering, TermGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Pair
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.registers import Key
    from reviewer.review.tasks.across import Elsewhere

_MOST = 100
_LONGEST = 500
_ELSEWHERE = 0.5
_SCORE = 1.0
"""Of a group that a person made: above what was only found."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What people said of one group's renderings.

    Attributes:
        put: renderings that belong to it.
        taken: renderings that do not.
        judged: the renderings that its verdict is about.
    """

    source: str
    kind: GroupKind
    put: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()


def group_key(source: str, kind: GroupKind) -> Key:
    """Return the register of the decisions on a group; groups of terms need no kind in it."""
    return ("group", source) if kind is GroupKind.TERM else ("group", source, kind.value)


def arrangements(state: State) -> tuple[Arrangement, ...]:
    """Return what people put into groups, took out of them, and judged."""
    found = []
    for key, register in state.registers("group"):
        content = state.content(register.chosen)
        put, taken = (words_in(content, field) for field in ("with", "without"))
        kinds = {kind.value: kind for kind in GroupKind}
        kind = kinds.get(key[2] if len(key) > 2 else "term")
        judged = judged_in(content)
        if kind is not None and (put or taken or judged):
            found.append(Arrangement(key[1], kind, put, taken, judged))
    return tuple(found)


def judged_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the renderings that the verdict of a body is about; what is none is passed over."""
    value = content.get("renderings")
    forms = value[:_MOST] if isinstance(value, list) else []
    texts = (text for form in forms if isinstance(form, list) for text in form[:_MOST])
    return tuple(t for t in texts if isinstance(t, str) and t.strip() and len(t) <= _LONGEST)


def words_in(content: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Return the wordings that a body lists; what is none is passed over."""
    value = content.get(field)
    words = value[:_MOST] if isinstance(value, list) else []
    return tuple(w for w in words if isinstance(w, str) and w.strip() and len(w) <= _LONGEST)


def composed(
    groups: Iterable[TermGroup],
    said: Sequence[Arrangement],
    pairs: Callable[[], Sequence[Pair]],
    languages: tuple[str, str],
) -> list[TermGroup]:
    """Return the groups as people arranged them; those that only people made come first.

    Args:
        groups: as found, or as arranged before.
        said: as `arrangements` gives it.
        pairs: gives the pairs of the document with the texts as they stand; asked once at most.
        languages: BCP 47 tags of source and target.
    """
    by_key = {(group.source, group.kind): group for group in groups}
    if not said:
        return list(by_key.values())
    aside: dict[str, list[Occurrence]] = {}
    for one in said:
        group = by_key.get((one.source, one.kind))
        if group is not None and one.taken:
            by_key[one.source, one.kind] = _without(group, one.taken, aside)
    search: _Search | None = None
    made: list[TermGroup] = []
    for one in said:
        found = by_key.get((one.source, one.kind))
        if one.kind is GroupKind.TERM and found is not None and _is_renamed(found, one.judged):
            search = search or _Search(pairs(), languages)
            by_key[one.source, one.kind] = search.named(found, one.judged)
        group = by_key.get((one.source, one.kind)) or TermGroup(one.source, one.kind, _SCORE, ())
        missing = [t for t in one.put if all(r.text != t for r in group.renderings)]
        if not missing:
            continue
        search = search or _Search(pairs(), languages)
        group = search.put(group, missing, aside)
        if (one.source, one.kind) in by_key:
            by_key[one.source, one.kind] = group
        elif group.renderings:
            made.append(group)
    return [*made, *by_key.values()]


def _without(
    group: TermGroup, taken: Sequence[str], aside: dict[str, list[Occurrence]]
) -> TermGroup:
    for rendering in group.renderings:
        if rendering.text in taken:
            aside.setdefault(rendering.text, []).extend(rendering.occurrences)
    kept = tuple(rendering for rendering in group.renderings if rendering.text not in taken)
    return replace(group, renderings=kept)


def _others(group: TermGroup, judged: Sequence[str]) -> list[Rendering]:
    """Return the renderings of a group that its verdict does not name."""
    return [rendering for rendering in group.renderings if rendering.text not in judged]


def _is_renamed(group: TermGroup, judged: Sequence[str]) -> bool:
    return bool(judged) and bool(_others(group, judged))


def with_elsewhere(
    groups: Sequence[TermGroup],
    found: Iterable[Elsewhere],
    said: Sequence[Arrangement],
    pairs: Callable[[], Sequence[Pair]],
    languages: tuple[str, str],
) -> list[TermGroup]:
    """Return groups with the renderings that other documents have, which stand nowhere here.

    A term that is rendered in one way here and in another there becomes a group of its own; those
    of the lower tier stay last. Args as `composed` has them.
    """
    taken = {(one.source, text) for one in said for text in one.taken}
    by_source = {group.source: group for group in groups if group.kind is GroupKind.TERM}
    search: _Search | None = None
    for each in found:
        group = by_source.get(each.source)
        if group is None:
            search = search or _Search(pairs(), languages)
            empty = TermGroup(each.source, GroupKind.TERM, _ELSEWHERE, ())
            group = search.put(empty, each.here, {})
        known = {rendering.text.casefold() for rendering in group.renderings}
        texts = dict.fromkeys(there.text for there in each.there)
        more = [
            Rendering(text, ())
            for text in texts
            if text.casefold() not in known and (each.source, text) not in taken
        ]
        if group.renderings and more:
            by_source[each.source] = replace(group, renderings=(*group.renderings, *more))
    own = [by_source.pop(g.source, g) if g.kind is GroupKind.TERM else g for g in groups]
    sure = [group for group in own if not group.stray]
    return [*sure, *by_source.values(), *(group for group in own if group.stray)]


class _Search:
    """Looks terms and wordings up in the texts of a document."""

    def __init__(self, pairs: Sequence[Pair], languages: tuple[str, str]) -> None:
        from reviewer.text.inflection import Inflection

        self._pairs = pairs
        self._source, self._target = (Inflection(tag) for tag in languages)

    def put(
        self, group: TermGroup, texts: Iterable[str], aside: Mapping[str, Iterable[Occurrence]]
    ) -> TermGroup:
        """Return a group with more renderings, wherever they stand beside its term."""
        sources = group.source_occurrences or tuple(self._sources(group.source))
        numbers = {place.pair for place in sources}
        taken = {o for r in group.renderings for o in r.occurrences}
        renderings = list(group.renderings)
        for text in texts:
            found = {*aside.get(text, ()), *self._places(text, numbers)}
            free = {o for o in found if not any(_overlap(o, other) for other in taken)}
            if free:
                taken |= free
                places = tuple(sorted(free, key=lambda o: (o.pair, o.start)))
                renderings.append(Rendering(text, places))
        renderings.sort(key=lambda rendering: -len(rendering.occurrences))
        return replace(
            group, renderings=tuple(renderings), source_occurrences=sources, stray=False
        )

    def named(self, group: TermGroup, judged: Sequence[str]) -> TermGroup:
        """Return a group in which what a verdict was about has the name it had there.

        Once most places are another text, what is left is found in another form, or cut to the
        words that repeat: it is still the rendering that was judged if that stands there.
        """
        others = _others(group, judged)
        numbers = {place.pair for rendering in others for place in rendering.occurrences}
        standing = [
            (text, place)
            for text in sorted(judged, key=len, reverse=True)
            for place in self._places(text, numbers)
        ]
        named: dict[str, set[Occurrence]] = {}
        for rendering in group.renderings:
            for place in rendering.occurrences:
                holders = standing if rendering in others else ()
                name, whole = next(
                    ((text, wider) for text, wider in holders if _holds(wider, place)),
                    (rendering.text, place),
                )
                named.setdefault(name, set()).add(whole)
        renderings = [
            Rendering(text, tuple(sorted(places, key=lambda o: (o.pair, o.start))))
            for text, places in named.items()
        ]
        renderings.sort(key=lambda rendering: -len(rendering.occurrences))
        return replace(group, renderings=tuple(renderings))

    def _sources(self, term: str) -> Iterator[Occurrence]:
        phrase = self._source.phrase(term)
        for pair in self._pairs:
            text = pair.source_text
            for start, end in self._source.find(phrase, text, self._source.tokens(text)):
                yield Occurrence(pair.number, start, end)

    def _places(self, wording: str, numbers: set[int]) -> Iterator[Occurrence]:
        phrase = self._target.phrase(wording)
        for pair in self._pairs:
            if pair.number in numbers:
                text = pair.target_text
                for start, end in self._target.find(phrase, text, self._target.tokens(text)):
                    yield Occurrence(pair.number, start, end)


def _holds(whole: Occurrence, part: Occurrence) -> bool:
    return whole.pair == part.pair and whole.start <= part.start and part.end <= whole.end


def _overlap(one: Occurrence, other: Occurrence) -> bool:
    return one.pair == other.pair and one.start < other.end and other.start < one.end
