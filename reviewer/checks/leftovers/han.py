"""Chinese left in Japanese and the reverse, traditional in simplified: all in one script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reviewer import paths
from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.emissions import SOURCE, THIRD
from reviewer.checks.leftovers.fragments import Fragment
from reviewer.text.lexicon import list_code
from reviewer.text.scripts import script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.base import Context
    from reviewer.checks.leftovers.tokens import Tokens

TRADITIONAL, SIMPLIFIED, JAPANESE = "zh-Hant", "zh-Hans", "ja"

_FOREIGN = -15.5
"""ln P below which a character is none of Japanese, though lists of the web have it."""

_BETTER = 6.0
_UNKNOWN = -20.0
_GAIN = 3.0
_MANY, _FEW = 3, 1.5
"""Characters that show how a segment is written, and how many times as many they have to be."""
_REGIONS = {
    "hant": TRADITIONAL, "tw": TRADITIONAL, "hk": TRADITIONAL, "mo": TRADITIONAL,
    "hans": SIMPLIFIED, "cn": SIMPLIFIED, "sg": SIMPLIFIED,
}  # fmt: skip


@cache
def own_characters() -> dict[str, frozenset[str]]:
    """Return the characters that one way of writing alone has, by its code."""
    lines = paths.resource("names", "han.tsv").read_text("utf-8").splitlines()
    rows = dict(line.split("\t") for line in lines if not line.startswith("#"))
    names = {"traditional": TRADITIONAL, "simplified": SIMPLIFIED, "japanese": JAPANESE}
    return {names[name]: frozenset(characters) for name, characters in rows.items()}


def find_han(tokens: Tokens, context: Context) -> Iterator[tuple[Fragment, str]]:
    """Yield what is written in ideographs of another language, with that language's code."""
    code = list_code(context.target.tag)
    if code == "ja":
        for fragment in _chinese_in_japanese(tokens, context):
            yield fragment, "zh"
    elif code == "zh":
        yield from _others_in_chinese(tokens, context)


def written(tag: str) -> str | None:
    """Return the way of writing Chinese that a language tag names, by script or region."""
    subtags = tag.lower().replace("_", "-").split("-")
    if subtags[0] not in {"zh", "cmn", "yue"}:
        return None
    return next((_REGIONS[part] for part in subtags[1:] if part in _REGIONS), None)


def are_written_otherwise(source: str, target: str) -> bool:
    """Whether two tags are both of Chinese, in two ways of writing."""
    first, second = written(source), written(target)
    return first is not None and second is not None and first != second


def _runs(tokens: Tokens) -> dict[int, str]:
    """Return the rows that are runs of ideographs, with their text."""
    forms = list(tokens.forms)
    return {
        row: forms[index]
        for row, index in enumerate(tokens.form)
        if tokens.flags[row] & flag.FIXED and script(forms[index][0]) == "Hani"
    }


def _chinese_in_japanese(tokens: Tokens, context: Context) -> Iterator[Fragment]:
    """Yield the runs in Japanese segments that hold a character of Chinese alone."""
    runs = _runs(tokens)
    characters = sorted(set().union(*runs.values()))
    own = np.nan_to_num(context.lexicon("ja").log_probabilities(characters), nan=_UNKNOWN)
    other = np.nan_to_num(context.lexicon("zh").log_probabilities(characters), nan=_UNKNOWN)
    # The Chinese list has folded all characters to the simplified ones.
    traditional = own_characters()[TRADITIONAL]
    gains = {
        character: _GAIN if character in traditional else theirs - ours
        for character, ours, theirs in zip(characters, own.tolist(), other.tolist(), strict=True)
        if ours < _FOREIGN and not _is_japanese(character)
        if theirs - ours > _BETTER or character in traditional
    }
    state = SOURCE if list_code(context.source.tag) == "zh" else THIRD
    for row, form in runs.items():
        score = sum(gains.get(character, 0.0) for character in form)
        if score:
            place = tokens.segment[row], tokens.start[row], tokens.end[row]
            yield Fragment(*place, score, state, whole=False)


def _is_japanese(character: str) -> bool:
    """Whether Japanese has the character too: it is in the set of JIS X 0208."""
    try:
        return bool(character.encode("shift_jis"))
    except UnicodeEncodeError:
        return False


def _others_in_chinese(tokens: Tokens, context: Context) -> Iterator[tuple[Fragment, str]]:
    """Yield what in Chinese segments is written in another way, or in Japanese."""
    by_segment: dict[int, list[int]] = {}
    runs = _runs(tokens)
    for row in runs:
        by_segment.setdefault(tokens.segment[row], []).append(row)
    for rows in by_segment.values():
        foreign = _foreign_codes([runs[row] for row in rows], context.target.tag)
        for row in rows if foreign else ():
            for code in foreign:
                places = [n for n, c in enumerate(runs[row]) if c in own_characters()[code]]
                if places:
                    start, end = tokens.start[row] + places[0], tokens.start[row] + places[-1] + 1
                    own = {list_code(context.source.tag), written(context.source.tag)}
                    state = SOURCE if code in own else THIRD
                    score = _GAIN * len(places)
                    place = tokens.segment[row], start, end
                    yield Fragment(*place, score, state, whole=False), code


def _foreign_codes(runs: Sequence[str], tag: str) -> tuple[str, ...]:
    """Return what a segment is not written in: by its language's tag, else by most of it."""
    usual = written(tag)
    if usual is None:
        text = "".join(runs)
        counts = {
            code: sum(character in own_characters()[code] for character in text)
            for code in (TRADITIONAL, SIMPLIFIED)
        }
        more = max(counts, key=lambda code: counts[code])
        less = TRADITIONAL if more == SIMPLIFIED else SIMPLIFIED
        strange = own_characters()[less].intersection(text)
        if counts[more] < max(_MANY, _FEW * counts[less]) or len(strange) == 1:
            return ()  # one character may be a slip of the keyboard
        usual = more
    return SIMPLIFIED if usual == TRADITIONAL else TRADITIONAL, JAPANESE
