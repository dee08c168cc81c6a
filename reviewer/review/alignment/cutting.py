"""Where a pair is split: from offsets of its texts to positions in the columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from reviewer.model import SEGMENT_BREAK, Side
from reviewer.review.alignment.places import offset_of, position, range_of
from reviewer.review.alignment.subjects import Piece
from reviewer.review.alignment.texts import place_in, trimmed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.review.alignment.columns import Columns, Part


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a pair is split.

    Attributes:
        at: position on either side; None leaves the side above.
        texts: of the two pieces of a target segment that the cut goes through.
        added: of the pieces of the source on either side of a cut that goes through a translation
            which a person added.
    """

    at: tuple[int | None, int | None]
    texts: Mapping[Piece, str] = field(default_factory=dict)
    added: Mapping[Piece, str] = field(default_factory=dict)


def cut(columns: Columns, number: int, source: int | None, target: int | None) -> Cut | None:
    """Return where a pair is split at offsets of its joined texts.

    A side without an offset is split between segments, where the same share of its text lies
    above as on the other side; with neither both are split behind their first segment. None where
    the one offset given divides nothing, or where the cut goes through a translation that a person
    added and leaves no source for one of its halves.
    """
    pair, parts = columns.pair(number), columns.parts(number)
    if target is None and source is not None and not _divides(pair.source_text, source):
        return None
    if source is None and target is not None and not _divides(pair.target_text, target):
        return None
    sources = [len(segment.text) for segment in pair.source]
    targets = [len(part.now.text) for part in parts]
    if source is None and target is None:
        source, target = _first_end(sources), _first_end(targets)
    elif source is None:
        source = _same_share(sources, target or 0, targets)
    elif target is None:
        target = _same_share(targets, source, sources)
    above = _source_cut(columns, number, source)
    in_target = _target_cut(columns, parts, target)
    added = _added_texts(columns, number, parts, target, above)
    if in_target is None or added is None:
        return None
    return Cut((above, in_target.at[1]), in_target.texts, added)


def _divides(text: str, offset: int) -> bool:
    return bool(text[:offset].strip() and text[offset:].strip())


def _first_end(lengths: Sequence[int]) -> int | None:
    return lengths[0] if lengths else None


def _same_share(lengths: Sequence[int], offset: int, others: Sequence[int]) -> int | None:
    """Return the end of a segment nearest to the share of the text that an offset divides.

    A side of one segment stays above as a whole.
    """
    if len(lengths) < 2:
        return None
    share = offset / max(1, sum(others) + len(others) - 1)
    whole = sum(lengths) + len(lengths) - 1
    ends = [end + n for n, end in enumerate(accumulate(lengths[:-1]))]
    return min(ends, key=lambda end: abs(end / whole - share))


def _place_in(lengths: Sequence[int], offset: int) -> tuple[int, int]:
    """Return the segment that an offset of the joined text is in, and the offset there."""
    for number, length in enumerate(lengths):
        if offset <= length:
            return number, offset
        offset -= length + len(SEGMENT_BREAK)
    return len(lengths), 0


def _source_cut(columns: Columns, number: int, offset: int | None) -> int | None:
    if offset is None:
        return None
    pieces = columns.pieces(Side.SOURCE, number)
    segments = columns.pair(number).source
    at, inside = _place_in([len(segment.text) for segment in segments], offset)
    if at == len(pieces):
        return None
    piece, whole = pieces[at], columns.delivered.source[pieces[at].ord]
    first, _ = trimmed(whole.text, piece.start, piece.end)
    text = segments[at].text
    start, end = range_of(piece, whole)
    if not text[:inside].strip():
        return start
    return position(piece.ord, first + inside) if text[inside:].strip() else end


def _target_cut(columns: Columns, parts: Sequence[Part], offset: int | None) -> Cut | None:
    if offset is None:
        return Cut((None, None))
    at, inside = _place_in([len(part.now.text) for part in parts], offset)
    if at == len(parts):
        return Cut((None, None))
    part = parts[at]
    above, below = part.now.text[:inside], part.now.text[inside:]
    if part.side is Side.SOURCE:
        return _beside_added(columns, parts, at)
    whole = columns.delivered.target[part.piece.ord]
    start, end = range_of(part.piece, whole)
    if not above.strip():
        return Cut((None, start))
    if not below.strip():
        return Cut((None, end))
    first, last = trimmed(whole.text, part.piece.start, part.piece.end)
    place = _inside(whole.text, (first, last), place_in(part.now.text, part.was.text, inside))
    if place is None:
        return None
    ord_, start_of, end_of = part.piece.ord, part.piece.start, part.piece.end
    texts = {
        Piece(ord_, start_of, place): above.rstrip(),
        Piece(ord_, place, end_of): below.lstrip(),
    }
    return Cut((None, position(part.piece.ord, place)), texts)


def _inside(text: str, ends: tuple[int, int], offset: int) -> int | None:
    """Return the place nearest to an offset of a piece that leaves text on both sides."""
    first, last = ends
    places = [n for n in range(first + 1, last) if text[first:n].strip() and text[n:last].strip()]
    return min(places, key=lambda n: abs(n - first - offset), default=None)


def _beside_added(columns: Columns, parts: Sequence[Part], at: int) -> Cut:
    """Return the cut behind the last delivered segment before a translation that was added."""
    before = [part for part in parts[:at] if part.side is Side.TARGET]
    if not before:
        return Cut((None, None))
    piece = before[-1].piece
    return Cut((None, range_of(piece, columns.delivered.target[piece.ord])[1]))


def _added_texts(
    columns: Columns, number: int, parts: Sequence[Part], offset: int | None, at: int | None
) -> Mapping[Piece, str] | None:
    """Return the halves of an added translation that a cut goes through, by piece of the source.

    `at` is the position where the source is cut. None where one half has no source.
    """
    place, inside = _place_in([len(part.now.text) for part in parts], offset or 0)
    if offset is None or place == len(parts) or parts[place].side is Side.TARGET:
        return {}
    piece, text = parts[place].piece, parts[place].now.text
    above, below = text[:inside].rstrip(), text[inside:].lstrip()
    if not above or not below:
        return {}
    upper, lower = _parted(columns, number, at)
    if not upper or not lower:
        return None
    if piece in upper:
        # What was added to the source behind it already follows.
        return {piece: above, lower[0]: " ".join([below, *_added(columns, lower[0])])}
    if piece in lower:
        return {upper[-1]: " ".join([*_added(columns, upper[-1]), above]), piece: below}
    return {upper[-1]: above, lower[0]: below}


def _added(columns: Columns, piece: Piece) -> list[str]:
    return [said.text for said in columns.added(piece)]


def _parted(columns: Columns, number: int, at: int | None) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of a pair's source above a position and below it; one may be cut."""
    upper, lower = [], []
    for piece in columns.pieces(Side.SOURCE, number):
        start, end = range_of(piece, columns.delivered.source[piece.ord])
        if at is None or end <= at:
            upper.append(piece)
        elif start >= at:
            lower.append(piece)
        else:
            upper.append(replace(piece, end=offset_of(at)))
            lower.append(replace(piece, start=offset_of(at)))
    return upper, lower
