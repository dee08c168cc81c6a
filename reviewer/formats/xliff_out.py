"""XLIFF 2.1 made anew from pairs: a unit with one segment per pair, codes with original data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.formats.text_pair import paired, runs
from reviewer.formats.xml_walk import clean, escaped
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.formats.text_pair import TextPair
    from reviewer.model import Code

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'
    ' srcLang="{}" trgLang="{}">\n <file id="f1" original="{}">\n'
)


def write_xliff(pairs: Sequence[TextPair], languages: tuple[str, str], name: str) -> bytes:
    """Return the bytes of an XLIFF 2.1 file."""
    parts = [_HEAD.format(*(_quoted(text) for text in (*languages, name)))]
    parts += [_unit(number, pair) for number, pair in enumerate(pairs, 1)]
    parts.append(" </file>\n</xliff>\n")
    return "".join(parts).encode()


def _quoted(text: str) -> str:
    return escaped(clean(text)).replace('"', "&quot;")


def _unit(number: int, pair: TextPair) -> str:
    content = _Content()
    source = content.side(pair.source, pair.source_codes, "")
    target = content.side(pair.target, pair.target_codes, "" if pair.shares_codes else "t")
    notes = "".join(f"<note>{escaped(clean(note))}</note>" for note in pair.notes)
    lines = [f'  <unit id="u{number}">\n']
    lines += [f"   <notes>{notes}</notes>\n"] if notes else []
    lines += [f"   <originalData>{content.original}</originalData>\n"] if content.data else []
    lines.append(f'   <segment state="{pair.state}">\n    {_side("source", source)}\n')
    lines += [f"    {_side('target', target)}\n"] if pair.target else []
    lines.append("   </segment>\n  </unit>\n")
    return "".join(lines)


def _side(name: str, content: str) -> str:
    return f'<{name} xml:space="preserve">{content}</{name}>'


class _Content:
    """The two sides of a unit and the original data that their codes refer to."""

    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self._names: dict[tuple[CodeKind, str, int], str] = {}

    @property
    def original(self) -> str:
        """The elements of the original data."""
        return "".join(
            f'<data id="{id_}">{escaped(clean(data))}</data>' for data, id_ in self.data.items()
        )

    def side(self, text: str, codes: Sequence[Code], prefix: str) -> str:
        """Return the content of a side; `prefix` keeps ids of unrelated codes apart."""
        whole = paired(text, codes)
        seen: dict[tuple[CodeKind, str], int] = {}
        parts = []
        for run in runs(text, codes):
            if isinstance(run, str):
                parts.append(escaped(clean(run)))
                continue
            key = run.kind, run.id
            seen[key] = seen.get(key, 0) + 1
            parts.append(self._code(run, prefix, seen[key], alone=run.id not in whole))
        return "".join(parts)

    def _code(self, code: Code, prefix: str, number: int, *, alone: bool) -> str:
        reference = self.data.setdefault(code.data, f"d{len(self.data) + 1}")
        if code.kind is CodeKind.CLOSE and not alone:
            opening = self._name(CodeKind.OPEN, prefix + code.id, 1)
            return f'<ec startRef="{opening}" dataRef="{reference}"/>'
        id_ = self._name(code.kind, prefix + code.id, number)
        shown = f' equiv="{_quoted(code.shown)}"' if code.shown else ""
        if code.kind is CodeKind.OPEN:
            isolated = ' isolated="yes"' if alone else ""
            return f'<sc id="{id_}" dataRef="{reference}"{shown}{isolated}/>'
        if code.kind is CodeKind.CLOSE:
            return f'<ec id="{id_}" dataRef="{reference}" isolated="yes"/>'
        return f'<ph id="{id_}" dataRef="{reference}"{shown}/>'

    def _name(self, kind: CodeKind, id_: str, number: int) -> str:
        """Return an id that no other code of the unit has, alike on both sides."""
        return self._names.setdefault((kind, id_, number), str(len(self._names) + 1))
