"""TMX 1.4b made anew from pairs; what is not translated is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer import __version__
from reviewer.formats.text_pair import paired, runs
from reviewer.formats.xml_walk import clean, escaped
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.formats.text_pair import TextPair
    from reviewer.model import Code

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    '<tmx version="1.4">\n <header creationtool="bitext-reviewer" creationtoolversion="{}"'
    ' segtype="sentence" o-tmf="bitext" adminlang="en" srclang="{}" datatype="plaintext"/>\n'
    " <body>\n"
)


def write_tmx(pairs: Sequence[TextPair], languages: tuple[str, str], _name: str) -> bytes:
    """Return the bytes of a TMX 1.4b file."""
    source, target = (escaped(clean(tag)).replace('"', "&quot;") for tag in languages)
    parts = [_HEAD.format(__version__, source)]
    for pair in pairs:
        if pair.source.strip() and pair.target.strip():
            numbers: dict[str, int] = {}
            ours = _content(pair.source, pair.source_codes, numbers)
            numbers = numbers if pair.shares_codes else {}
            theirs = _content(pair.target, pair.target_codes, numbers)
            parts.append(
                f'  <tu>\n   <tuv xml:lang="{source}"><seg>{ours}</seg></tuv>\n'
                f'   <tuv xml:lang="{target}"><seg>{theirs}</seg></tuv>\n  </tu>\n'
            )
    parts.append(" </body>\n</tmx>\n")
    return "".join(parts).encode()


def _content(text: str, codes: Sequence[Code], numbers: dict[str, int]) -> str:
    """Return the content of a segment; `numbers` of its codes are alike on both sides."""
    whole = paired(text, codes)
    parts = []
    for run in runs(text, codes):
        if isinstance(run, str):
            parts.append(escaped(clean(run)))
            continue
        number = numbers.setdefault(run.id, len(numbers) + 1)
        parts.append(_code(run, number, alone=run.id not in whole))
    return "".join(parts)


def _code(code: Code, number: int, *, alone: bool) -> str:
    data = escaped(clean(code.data))
    if code.kind is CodeKind.OPEN and not alone:
        return f'<bpt i="{number}" x="{number}">{data}</bpt>'
    if code.kind is CodeKind.CLOSE and not alone:
        return f'<ept i="{number}">{data}</ept>'
    if code.kind in {CodeKind.OPEN, CodeKind.CLOSE}:
        place = "begin" if code.kind is CodeKind.OPEN else "end"
        return f'<it pos="{place}" x="{number}">{data}</it>'
    return f'<ph x="{number}">{data}</ph>'
