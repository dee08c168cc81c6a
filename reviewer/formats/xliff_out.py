"""XLIFF 2.1 made anew from pairs: a unit with one segment per pair, codes with original data.

What was found in a text is marked by its ITS module: the type of ITS 2.0 (Localization Quality
Issue), the severity 0-100, and in the comment the path of MQM and the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.formats.text_pair import paired, runs
from reviewer.formats.xml_walk import clean, escaped
from reviewer.model import CodeKind, IssueType, Severity, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.formats.text_pair import Marked, TextPair
    from reviewer.model import Code

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"{}'
    ' srcLang="{}" trgLang="{}">\n <file id="f1" original="{}">\n'
)
_ITS = ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
_TYPES = {
    IssueType.INCONSISTENT_TERM: "terminology",
    IssueType.WRONG_TERM: "terminology",
    IssueType.MISTRANSLATION: "mistranslation",
    IssueType.ADDITION: "addition",
    IssueType.OMISSION: "omission",
    IssueType.UNTRANSLATED: "untranslated",
    IssueType.PUNCTUATION: "typographical",
    IssueType.SPELLING: "misspelling",
    IssueType.GRAMMAR: "grammar",
    IssueType.TYPOGRAPHY: "typographical",
    IssueType.ENCODING: "characters",
    IssueType.INCONSISTENT_STYLE: "inconsistency",
    IssueType.NUMBER: "numbers",
    IssueType.MARKUP: "markup",
    IssueType.LINK: "markup",
}
"""Values of ITS 2.0, section 8.17; what is not here is "other"."""
_SEVERITIES = {Severity.NEUTRAL: 0, Severity.MINOR: 25, Severity.MAJOR: 50, Severity.CRITICAL: 100}


def write_xliff(pairs: Sequence[TextPair], languages: tuple[str, str], name: str) -> bytes:
    """Return the bytes of an XLIFF 2.1 file."""
    its = _ITS if any(pair.marks for pair in pairs) else ""
    parts = [_HEAD.format(its, *(_quoted(text) for text in (*languages, name)))]
    parts += [_unit(number, pair) for number, pair in enumerate(pairs, 1)]
    parts.append(" </file>\n</xliff>\n")
    return "".join(parts).encode()


def _quoted(text: str) -> str:
    return escaped(clean(text)).replace('"', "&quot;")


def _unit(number: int, pair: TextPair) -> str:
    content = _Content()
    ours = [mark for mark in pair.marks if mark.side is Side.SOURCE]
    theirs = [mark for mark in pair.marks if mark.side is Side.TARGET]
    source = content.side(pair.source, pair.source_codes, "", ours)
    prefix = "" if pair.shares_codes else "t"
    target = content.side(pair.target, pair.target_codes, prefix, theirs)
    notes = _notes(pair)
    lines = [f'  <unit id="u{number}">\n']
    lines += [f"   <notes>{notes}</notes>\n"] if notes else []
    lines += [f"   <originalData>{content.original}</originalData>\n"] if content.data else []
    lines.append(f'   <segment state="{pair.state}">\n    {_side("source", source)}\n')
    lines += [f"    {_side('target', target)}\n"] if pair.target else []
    lines.append("   </segment>\n  </unit>\n")
    return "".join(lines)


def _notes(pair: TextPair) -> str:
    told = [f"<note>{escaped(clean(note))}</note>" for note in pair.notes]
    told += [
        f'<note appliesTo="target" category="comment">{escaped(clean(f"{name}: {text}"))}</note>'
        for name, text in pair.comments
    ]
    return "".join(told)


def _side(name: str, content: str) -> str:
    return f'<{name} xml:space="preserve">{content}</{name}>'


class _Content:
    """The two sides of a unit and the original data that their codes refer to."""

    def __init__(self) -> None:
        self.data: dict[str, str] = {}
        self._names: dict[tuple[CodeKind, str, int], str] = {}
        self._marks = 0

    @property
    def original(self) -> str:
        """The elements of the original data."""
        return "".join(
            f'<data id="{id_}">{escaped(clean(data))}</data>' for data, id_ in self.data.items()
        )

    def side(
        self, text: str, codes: Sequence[Code], prefix: str, marks: Sequence[Marked] = ()
    ) -> str:
        """Return the content of a side; `prefix` keeps ids of unrelated codes apart."""
        whole = paired(text, codes)
        edges = self._edges(marks, len(text))
        seen: dict[tuple[CodeKind, str], int] = {}
        parts = []
        last = 0
        # Both halves of a mark are empty elements: marks may cross codes and each other.
        for place in sorted({edge for edge in edges if edge < len(text)} | {len(text)}):
            for run in runs(text[last:place], codes):
                if isinstance(run, str):
                    parts.append(escaped(clean(run)))
                    continue
                key = run.kind, run.id
                seen[key] = seen.get(key, 0) + 1
                parts.append(self._code(run, prefix, seen[key], alone=run.id not in whole))
            parts += edges.get(place, ())
            last = place
        return "".join(parts)

    def _edges(self, marks: Sequence[Marked], length: int) -> dict[int, list[str]]:
        """Return what is written at each place where marks begin or end."""
        edges: dict[int, list[str]] = {}
        for mark in marks:
            self._marks += 1
            start, end = min(mark.start, length), min(max(mark.start, mark.end), length)
            told = f"{mark.issue.value}, {mark.severity.name.lower()}: {mark.text}"
            edges.setdefault(start, []).append(
                f'<sm id="m{self._marks}" type="its:generic"'
                f' its:locQualityIssueType="{_TYPES.get(mark.issue, "other")}"'
                f' its:locQualityIssueSeverity="{_SEVERITIES[mark.severity]}"'
                f' its:locQualityIssueComment="{_quoted(told)}"/>'
            )
            # What ends here stands before what begins here, unless it is the same mark.
            at = 0 if start < end else len(edges[start])
            edges.setdefault(end, []).insert(at, f'<em startRef="m{self._marks}"/>')
        return edges

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
