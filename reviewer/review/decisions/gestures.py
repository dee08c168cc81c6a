"""What a reviewer does, as drafts of events; pure functions, one per gesture."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reviewer.model import SEGMENT_BREAK, Draft, GroupKind, Side, Verdict, WaiverScope
from reviewer.review.alignment.places import held, offset_of, ord_of, written
from reviewer.review.alignment.realign import cut_segments
from reviewer.review.alignment.subjects import Piece, hashes_in, text_hash
from reviewer.review.decisions.grouping import group_key, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.model import Event, TermGroup
    from reviewer.review.alignment.anew import NewBeads
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.realign import Swap
    from reviewer.review.alignment.texts import Said
    from reviewer.review.checking.judged import Waived
    from reviewer.review.decisions.fold import State


def edit(state: State, columns: Columns, number: int, text: str) -> list[Draft]:
    """Return the edits that make `text` the target text of a pair; none where it is already.

    Segments are told apart by SEGMENT_BREAK; surplus breaks become spaces in the last one. What
    the file locks stays as it is.
    """
    if columns.pair(number).is_locked:
        return []
    now = columns.parts(number)
    text = sound(text)
    if not now:
        return _inserts(state, columns, columns.pieces(Side.SOURCE, number)[:1], text)
    texts = text.split(SEGMENT_BREAK)
    texts[len(now) - 1 :] = [" ".join(texts[len(now) - 1 :])]
    texts += [""] * (len(now) - len(texts))
    drafts: list[Draft] = []
    for part, new in zip(now, texts, strict=True):
        if new == part.now.text:
            continue
        if part.side is Side.SOURCE:
            drafts += _inserts(state, columns, [part.piece], new)
        else:
            pieces = columns.cuts(Side.TARGET, part.piece.ord)
            drafts += _edits(state, columns, pieces, {part.piece: new})
    return drafts


_LONGEST_WORD = 200
_MOST_TAKEN_BACK = 10_000
"""Decisions that one event takes back: its body has a limit."""
_OF_WAIVERS = ("scope", "check", "key", "on", "words", "variant", "anchor")


def sound(text: str) -> str:
    """Return a text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _edits(
    state: State, columns: Columns, pieces: Sequence[Piece], texts: Mapping[Piece, str]
) -> list[Draft]:
    """Return the edits after which the pieces of a segment have these texts.

    What was written for other ranges of it is written anew for each piece it reaches into, so
    that it stays what it is while the pieces go their own ways.
    """
    said = columns.said("edit", Side.TARGET, pieces[0].ord)
    own = {(piece.start, piece.end) for piece in pieces}
    others = [one for one in said if (one.start, one.end) not in own]
    drafts = []
    for piece in pieces:
        reaching = [o for o in others if o.start < piece.end and piece.start < o.end]
        if piece in texts or reaching:
            text = texts.get(piece, columns.text_of(piece) if reaching else "")
            drafts.append(_edit(state, columns, piece, text, reaching))
    return drafts


def _edit(
    state: State, columns: Columns, piece: Piece, text: str, reaching: Sequence[Said]
) -> Draft:
    subject = columns.delivered.subject_of_part(Side.TARGET, piece)
    body = {
        "text": text,
        "codes": "",
        "at": piece.ord,
        "parents": _parents(state, "edit", subject, reaching),
        "was": text_hash(columns.delivered.target[piece.ord].text),
    }
    return Draft("edit", subject, body | _range(columns, Side.TARGET, piece))


def _parents(state: State, kind: str, subject: bytes, others: Iterable[Said]) -> list[str]:
    """Return what a new text supersedes: in its own place, and what reached into it."""
    return sorted({*state.parents(kind, subject.hex()), *(o.event.hash.hex() for o in others)})


def _range(columns: Columns, side: Side, piece: Piece) -> dict[str, list[int]]:
    """Return what the body says of a piece; nothing of a whole segment."""
    size = len(columns.delivered.segments(side)[piece.ord].text)
    return {} if (piece.start, piece.end) == (0, size) else {"range": [piece.start, piece.end]}


def _inserts(
    state: State,
    columns: Columns,
    pieces: Sequence[Piece],
    text: str,
    others: Sequence[Said] = (),
) -> list[Draft]:
    """Return the translation of pieces of the source that have none; nothing without one."""
    drafts = []
    for piece in pieces:
        subject = columns.delivered.subject_of_part(Side.SOURCE, piece)
        said = [o for o in columns.added(piece) if (o.start, o.end) != (piece.start, piece.end)]
        reaching = [*others, *said]
        register = state.register("insert", subject.hex())
        known = register.chosen if register else reaching[0].event if reaching else None
        # Its place was chosen when it was first written; merging pairs does not move it.
        after = state.content(known).get("after") if known else None
        body = {
            "text": text.replace(SEGMENT_BREAK, " "),
            "codes": "",
            "at": piece.ord,
            "after": after if isinstance(after, int) else columns.target_before(piece),
            "parents": _parents(state, "insert", subject, reaching),
        }
        if text or body["parents"]:
            drafts.append(Draft("insert", subject, body | _range(columns, Side.SOURCE, piece)))
    return drafts


def verdict(
    state: State,
    columns: Columns,
    number: int,
    said: Verdict,
    target_text: str,
    earlier: Iterable[Event] = (),
) -> list[Draft]:
    """Return the verdict on a pair whose target is `target_text`; none where it stands already.

    `earlier` are verdicts from before the alignment changed, which this one answers.
    """
    subject = columns.subject(number)
    saw = {"source": text_hash(columns.pair(number).source_text), "target": text_hash(target_text)}
    register = state.register("verdict", subject.hex())
    answered = {event.hash.hex() for event in earlier}
    if register:
        content = state.content(register.chosen)
        known = hashes_in(content.get("parents"))
        same = content.get("v") == said.value and content.get("saw") == saw
        if len(register.heads) == 1 and same and answered <= {parent.hex() for parent in known}:
            return []
        # What was answered once stays so.
        others = (event for h in known if (event := state.event(h)) is not None)
        answered |= {event.hash.hex() for event in others if event.subject != subject}
    body = {
        "v": said.value,
        "parents": sorted({*state.parents("verdict", subject.hex()), *answered}),
        "saw": saw,
        "anchor": columns.anchor(number),
    }
    return [Draft("verdict", subject, body)]


def waive(
    state: State,
    place: tuple[WaiverScope, str, str],
    reason: str,
    *,
    on: bool,
    about: tuple[bytes, list[Any]] | None = None,  # Any: JSON
    told: tuple[Sequence[str], str] = ((), ""),
) -> Draft:
    """Return a waiver, or with on=False its taking back.

    Args:
        state: what stands.
        place: scope, check and key of the waiver.
        reason: as the person gave it; may be empty.
        on: False takes the waiver back.
        about: subject and anchor of the pair, for a waiver of one place.
        told: words and variant of the finding, to say what it was when it is gone.
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
    words, variant = told
    if words:
        body |= {"words": [sound(word)[:_LONGEST_WORD] for word in words], "variant": variant}
    if about is None or scope is not WaiverScope.HERE:
        return Draft("waive", None, body)
    return Draft("waive", about[0], body | {"anchor": about[1]})


def reason(state: State, waived: Waived, text: str) -> Draft:
    """Return a waiver that stands, with another reason."""
    content = state.content(waived.event)
    kept = {key: content[key] for key in _OF_WAIVERS if key in content}
    place = waived.scope.value, waived.check, waived.key
    body = {**kept, "reason": sound(text), "parents": state.parents("waive", *place)}
    return Draft("waive", waived.event.subject, body)


def comment(columns: Columns, number: int, text: str) -> Draft:
    """Return a remark on a pair."""
    body = {"text": sound(text), "anchor": columns.anchor(number)}
    return Draft("comment", columns.subject(number), body)


def delete_comment(state: State, event: Event) -> Draft:
    """Return the amendment that takes a comment away; the history keeps it."""
    of = event.hash.hex()
    body = {"of": of, "fields": {"deleted": True}, "parents": state.parents("amend", of)}
    return Draft("amend", event.subject, body)


def group(
    state: State,
    drifting: TermGroup,
    said: str,
    preferred: str | None,
    reason: str,
    concepts: Sequence[str] = (),
) -> Draft:
    """Return what a person said of a drift group: unify, keep, different, not-a-term.

    `concepts` are the ids of the termbase's concepts that say the same.
    """
    body: dict[str, Any] = {
        "renderings": [[rendering.text] for rendering in drifting.renderings],
        "verdict": said,
        "reason": sound(reason),
    }
    if preferred is not None:
        body["preferred"] = preferred
    if concepts:
        body["concepts"] = list(concepts)
    return _group_draft(state, drifting.source, drifting.kind, body)


def arrange(
    state: State,
    source: str,
    kind: GroupKind,
    put: Sequence[str] = (),
    taken: Sequence[str] = (),
) -> Draft:
    """Return what puts renderings into a group and takes others out; its verdict stays."""
    key = group_key(source, kind)
    register = state.register(*key)
    before = dict(state.content(register.chosen)) if register else {}
    inside = [w for w in words_in(before, "with") if w not in taken]
    outside = [w for w in words_in(before, "without") if w not in put]
    body = {k: v for k, v in before.items() if k not in {"with", "without", "parents"}}
    body.setdefault("verdict", "open")
    body["with"] = list(dict.fromkeys((*inside, *map(sound, put))))
    body["without"] = list(dict.fromkeys((*outside, *map(sound, taken))))
    return _group_draft(state, source, kind, body)


def _group_draft(state: State, source: str, kind: GroupKind, body: Mapping[str, Any]) -> Draft:
    """Return a decision on a group; how it was arranged stays where nothing else is said."""
    key = group_key(source, kind)
    register = state.register(*key)
    before = state.content(register.chosen) if register else {}
    arranged = {field: list(words_in(before, field)) for field in ("with", "without")}
    whole = {**arranged, **body, "source": sound(source), "parents": state.parents(*key)}
    if kind is not GroupKind.TERM:
        whole["kind"] = kind.value
    empty = (field for field in ("with", "without") if not whole[field])
    for field in tuple(empty):
        del whole[field]
    return Draft("group", None, whole)


def setting(state: State, key: str, value: object) -> Draft:
    """Return a setting of the project; `value` is a JSON value without floats."""
    return Draft(
        "setting", None, {"key": key, "value": value, "parents": state.parents("setting", key)}
    )


def profile(state: State, reviewer: bytes, name: str) -> list[Draft]:
    """Return who a reviewer is; nothing where the last thing said of it is that name."""
    known = [event for event in state.listed("reviewer.profile") if event.reviewer == reviewer]
    said = state.content(known[-1]).get("name") if known else ""
    body = {"reviewer": reviewer.hex(), "name": name}
    return [Draft("reviewer.profile", None, body)] if said != name else []


def realign(
    state: State,
    columns: Columns,
    swap: Swap,
    texts: Mapping[Piece, str] | None = None,
    added: Mapping[Piece, str] | None = None,
) -> list[Draft]:
    """Return an alignment edit, and the texts of what is cut in other places by it.

    `texts` are those of pieces of the target, `added` the translations that people gave pieces of
    the source; what is not in them follows from what stands.
    """
    added = added or {}
    edits = {
        columns.beads[number].edit
        for number in map(columns.row_of, swap.remove)
        if number is not None
    }
    parents = (edit for edit in edits if edit is not None)
    body = _edit_body(columns.delivered.align_id, swap, parents)
    drafts = [Draft("align.edit", None, body)]
    for ord_ in sorted(cut_segments(swap.remove, swap.add, Side.TARGET)):
        pieces = _pieces_after(columns, Side.TARGET, ord_, swap)
        if columns.said("edit", Side.TARGET, ord_):
            drafts += _edits(state, columns, pieces, texts or {})
    for piece, text in added.items():
        drafts += _inserts(state, columns, [piece], text)
    given = {piece.ord for piece in added}
    for ord_ in sorted(cut_segments(swap.remove, swap.add, Side.SOURCE) - given):
        drafts += _moved_inserts(state, columns, _pieces_after(columns, Side.SOURCE, ord_, swap))
    return drafts


def new_alignment(
    align_id: bytes, source: bytes, target: bytes, made: NewBeads, title: str
) -> list[Draft]:
    """Return what puts another alignment of two documents in use, and what is laid over it."""
    body = {"align_id": align_id.hex(), "source": source.hex(), "target": target.hex()}
    drafts = [Draft("align.add", None, body | {"title": title}), Draft("align.use", None, body)]
    return drafts + [Draft("align.edit", None, _edit_body(align_id, s, ())) for s in made.edits]


def _edit_body(align_id: bytes, swap: Swap, parents: Iterable[bytes]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "align_id": align_id.hex(),
        "parents": sorted(parent.hex() for parent in parents),
        "remove": [written(place) for place in swap.remove],
        "add": [written(place) for place in swap.add],
    }
    if swap.confidence is not None and any(each is not None for each in swap.confidence):
        body["confidence"] = list(swap.confidence)
    return body


def _pieces_after(columns: Columns, side: Side, ord_: int, swap: Swap) -> list[Piece]:
    """Return the pieces that a segment is in when a swap is done."""
    cuts = {piece.start for piece in columns.cuts(side, ord_)} - {0}
    for places in (swap.remove, swap.add):
        at = {p for place in places for r in held(place.side(side)) for p in r}
        mine = {offset_of(p) for p in at if ord_of(p) == ord_ and offset_of(p)}
        cuts = cuts - mine if places is swap.remove else cuts | mine
    ends = [0, *sorted(cuts), len(columns.delivered.segments(side)[ord_].text)]
    return [Piece(ord_, start, end) for start, end in pairwise(ends)]


def _moved_inserts(state: State, columns: Columns, pieces: Sequence[Piece]) -> list[Draft]:
    """Return the translations added to a segment, for the pieces it is in now."""
    said = [one for one in columns.said("insert", Side.SOURCE, pieces[0].ord) if one.text]
    own = {(piece.start, piece.end) for piece in pieces}
    drafts = []
    for piece in pieces:
        here = [one for one in said if piece.start <= one.start < piece.end]
        if any((one.start, one.end) not in own for one in here):
            here.sort(key=lambda one: one.start)
            text = " ".join(one.text for one in here)
            drafts += _inserts(state, columns, [piece], text, here)
    return drafts


def retracts(events: Iterable[Event]) -> list[Draft]:
    """Return the event that takes others back; of very many, several events."""
    hashes = sorted(event.hash.hex() for event in events)
    chunks = (hashes[n : n + _MOST_TAKEN_BACK] for n in range(0, len(hashes), _MOST_TAKEN_BACK))
    return [Draft("retract", None, {"of": chunk}) for chunk in chunks]
