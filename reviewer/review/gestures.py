"""What a reviewer does, as drafts of events; pure functions, one per gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewer.model import SEGMENT_BREAK, Draft, Verdict, WaiverScope
from reviewer.review.columns import ranges
from reviewer.review.subjects import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.model import Bead, Event, Segment, TermGroup
    from reviewer.review.columns import Columns
    from reviewer.review.fold import State


def edit(state: State, columns: Columns, number: int, text: str) -> list[Draft]:
    """Return the edits that make `text` the target text of a pair; none where it is already.

    Segments are told apart by SEGMENT_BREAK; surplus breaks become spaces in the last one.
    """
    now = columns.pair(number).target
    text = sound(text)
    if not now:
        return _insert(state, columns, columns.pair(number).source[:1], text)
    parts = text.split(SEGMENT_BREAK)
    parts[len(now) - 1 :] = [" ".join(parts[len(now) - 1 :])]
    parts += [""] * (len(now) - len(parts))
    drafts = []
    for segment, part in zip(now, parts, strict=True):
        if part == segment.text:
            continue
        if segment.ord < 0:
            sources = columns.delivered.source[segment.unit : segment.unit + 1]
            drafts += _insert(state, columns, sources, part)
        else:
            drafts.append(_edit(state, columns, segment, part))
    return drafts


def sound(text: str) -> str:
    """Return a text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _edit(state: State, columns: Columns, segment: Segment, text: str) -> Draft:
    subject = columns.target_subject(segment)
    body = {
        "text": text,
        "codes": "",
        "at": segment.ord,
        "parents": state.parents("edit", subject.hex()),
        "was": text_hash(columns.delivered.target[segment.ord].text),
    }
    return Draft("edit", subject, body)


def _insert(state: State, columns: Columns, sources: Sequence[Segment], text: str) -> list[Draft]:
    """Return the translation of a source segment that has none; nothing without a source."""
    drafts = []
    for source in sources:
        subject = columns.source_subject(source)
        register = state.register("insert", subject.hex())
        # Its place was chosen when it was first written; merging pairs does not move it.
        after = state.content(register.chosen).get("after") if register else None
        body = {
            "text": text.replace(SEGMENT_BREAK, " "),
            "codes": "",
            "at": source.ord,
            "after": after if isinstance(after, int) else columns.target_before(source) - 1,
            "parents": state.parents("insert", subject.hex()),
        }
        if text or body["parents"]:
            drafts.append(Draft("insert", subject, body))
    return drafts


def verdict(
    state: State, columns: Columns, number: int, said: Verdict, target_text: str
) -> list[Draft]:
    """Return the verdict on a pair whose target is `target_text`; none where it stands already."""
    subject = columns.subject(number)
    pair, bead = columns.pair(number), columns.beads[number]
    saw = {"source": text_hash(pair.source_text), "target": text_hash(target_text)}
    register = state.register("verdict", subject.hex())
    if register and len(register.heads) == 1:
        content = state.content(register.chosen)
        if content.get("v") == said.value and content.get("saw") == saw:
            return []
    body = {
        "v": said.value,
        "parents": state.parents("verdict", subject.hex()),
        "saw": saw,
        "anchor": list(ranges(bead)),
    }
    return [Draft("verdict", subject, body)]


def waive(
    state: State,
    place: tuple[WaiverScope, str, str],
    reason: str,
    *,
    on: bool,
    about: tuple[bytes, list[int]] | None = None,
) -> Draft:
    """Return a waiver, or with on=False its taking back.

    Args:
        state: what stands.
        place: scope, check and key of the waiver.
        reason: as the person gave it; may be empty.
        on: False takes the waiver back.
        about: subject and anchor of the pair, for a waiver of one place.
    """
    scope, check, key = place
    body: dict[str, Any] = {
        "scope": scope.value,
        "check": check,
        "key": key,
        "reason": sound(reason),
        "on": on,
        "parents": state.parents("waive", scope.value, check, key),
    }
    if about is None or scope is not WaiverScope.HERE:
        return Draft("waive", None, body)
    return Draft("waive", about[0], body | {"anchor": about[1]})


def comment(columns: Columns, number: int, text: str) -> Draft:
    """Return a remark on a pair."""
    anchor = list(ranges(columns.beads[number]))
    return Draft("comment", columns.subject(number), {"text": sound(text), "anchor": anchor})


def delete_comment(state: State, event: Event) -> Draft:
    """Return the amendment that takes a comment away; the history keeps it."""
    of = event.hash.hex()
    body = {"of": of, "fields": {"deleted": True}, "parents": state.parents("amend", of)}
    return Draft("amend", event.subject, body)


def group(
    state: State, drifting: TermGroup, said: str, preferred: str | None, reason: str
) -> Draft:
    """Return what a person said of a drift group: unify, keep, different, not-a-term."""
    body: dict[str, Any] = {
        "source": drifting.source,
        "renderings": [[rendering.text] for rendering in drifting.renderings],
        "verdict": said,
        "reason": sound(reason),
        "parents": state.parents("group", drifting.source),
    }
    if preferred is not None:
        body["preferred"] = preferred
    return Draft("group", None, body)


def setting(state: State, key: str, value: object) -> Draft:
    """Return a setting of the project; `value` is a JSON value without floats."""
    return Draft(
        "setting", None, {"key": key, "value": value, "parents": state.parents("setting", key)}
    )


def realign(columns: Columns, remove: Sequence[Bead], add: Iterable[Bead]) -> Draft:
    """Return an alignment edit: these beads instead of those; both hold the same segments."""
    body = {
        "align_id": columns.delivered.align_id.hex(),
        "parents": [],
        "remove": [list(ranges(bead)) for bead in remove],
        "add": [list(ranges(bead)) for bead in add],
    }
    return Draft("align.edit", None, body)


def retract(events: Iterable[Event]) -> Draft:
    """Return the event that takes others back."""
    return Draft("retract", None, {"of": sorted(event.hash.hex() for event in events)})
