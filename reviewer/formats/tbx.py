"""Termbases in TBX: version 2 (Basic, Min, Default, MARTIF) and 3 in both of its styles.

What is read: subject field, language, term, administrative status and notes. References between
entries are not followed. Written is TBX-Basic of version 3 (ISO 30042:2019, data categories as
attributes) or of version 2 (ISO 30042:2008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from reviewer.formats.xml_stream import XmlStream, local_name
from reviewer.model import Concept, Term, TermStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from lxml import etree

_LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization", "processStatus"})
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
_DEPRECATED = "deprecatedTerm-admn-sts"
_WRITTEN = {
    TermStatus.PREFERRED: _PREFERRED,
    TermStatus.ADMITTED: _ADMITTED,
    TermStatus.DEPRECATED: _DEPRECATED,
}
_READ = (
    (("deprecat", "supersed", "forbid", "obsolete", "not recommended"), TermStatus.DEPRECATED),
    (("admit", "allow", "accept", "legal"), TermStatus.ADMITTED),
    (("prefer", "standard", "approved"), TermStatus.PREFERRED),
)
_NOTES = frozenset({"note", "usageNote", "definition", "context"})


class Tbx:
    """A TBX file; go through `concepts` once.

    Attributes:
        damage: as of `XmlStream`.
    """

    def __init__(self, path: Path, check: Callable[[], None] = lambda: None) -> None:
        """Take a file; `check` is called now and then and may raise."""
        roots, entries = ("martif", "tbx"), ("termEntry", "conceptEntry")
        self._stream = XmlStream(path, roots, entries, "termbase (TBX)", check)

    @property
    def damage(self) -> str | None:
        """Where the file is broken first, one sentence; None where it is sound."""
        return self._stream.damage

    def concepts(self) -> Iterator[Concept]:
        """Yield the entries that have a term; raises FormatError as `XmlStream.elements`."""
        for element, _line in self._stream.elements():
            terms = tuple(_terms(element))
            if terms:
                yield Concept(terms, element.get("id") or "", _subject(element))


def status_of(said: str) -> TermStatus | None:
    """Return the status that a word of a file stands for; None for one that is not known."""
    lowered = said.lower()
    for words, status in _READ:
        if any(word in lowered for word in words):
            return status
    return None


def _subject(entry: etree._Element) -> str:
    for child in entry:
        kind = child.get("type") or local_name(child)
        if kind == "subjectField":
            return _text(child)
    return ""


def _terms(entry: etree._Element) -> Iterator[Term]:
    for section in entry:
        if local_name(section) not in {"langSet", "langSec"}:
            continue
        tag = next((value for key in _LANGUAGE if (value := section.get(key))), "")
        for group in section.iter():
            if local_name(group) in {"tig", "ntig", "termSec"}:
                term = _term(group, str(tag).strip().replace("_", "-"))
                if term is not None:
                    yield term


def _term(group: etree._Element, tag: str) -> Term | None:
    text, status, notes = "", TermStatus.PREFERRED, list[str]()
    for child in group.iter():
        name = local_name(child)
        kind = child.get("type") or name
        if name == "term" and not text:
            text = _text(child)
        elif kind in _STATUS:
            status = status_of(_text(child)) or status
        elif kind in _NOTES:
            notes += [said] if (said := _text(child)) else []
    return Term(tag, text, status, " ".join(notes)) if text and tag else None


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


# Writing


def written(concepts: Iterable[Concept], title: str, *, version: int = 3) -> Iterator[str]:
    """Yield a TBX-Basic file piece by piece; `version` is 2 or 3."""
    new = version == 3
    language = _first_language(concepts := tuple(concepts))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _head_3(title, language) if new else _head_2(title, language)
    for number, concept in enumerate(concepts, 1):
        yield _entry(concept, number, new=new)
    yield "</body></text></tbx>\n" if new else "</body></text></martif>\n"


def _first_language(concepts: tuple[Concept, ...]) -> str:
    return concepts[0].terms[0].language if concepts else "en"


def _head_3(title: str, language: str) -> str:
    return (
        f'<tbx style="dca" type="TBX-Basic" xml:lang={quoteattr(language)} '
        'xmlns="urn:iso:std:iso:30042:ed-2">\n'
        f"<tbxHeader><fileDesc><titleStmt><title>{escape(_sound(title))}</title></titleStmt>"
        "<sourceDesc><p>Bitext Reviewer</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
    )


def _head_2(title: str, language: str) -> str:
    return (
        '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
        f'<martif type="TBX-Basic" xml:lang={quoteattr(language)}>\n'
        f"<martifHeader><fileDesc><titleStmt><title>{escape(_sound(title))}</title></titleStmt>"
        "<sourceDesc><p>Bitext Reviewer</p></sourceDesc></fileDesc><encodingDesc>"
        '<p type="XCSURI">http://www.lisa.org/fileadmin/standards/tbx/TBXBasicXCSV02.XCS</p>'
        "</encodingDesc></martifHeader>\n<text><body>\n"
    )


def _entry(concept: Concept, number: int, *, new: bool) -> str:
    entry, section, group = (
        ("conceptEntry", "langSec", "termSec") if new else ("termEntry", "langSet", "tig")
    )
    parts = [f"<{entry} id={quoteattr(f'c{number}')}>"]
    if concept.subject_field:
        field = escape(_sound(concept.subject_field))
        parts.append(f'<descrip type="subjectField">{field}</descrip>')
    by_language: dict[str, list[Term]] = {}
    for term in concept.terms:
        by_language.setdefault(term.language, []).append(term)
    for language, terms in by_language.items():
        parts.append(f"<{section} xml:lang={quoteattr(language)}>")
        for term in terms:
            parts.append(f"<{group}><term>{escape(_sound(term.text))}</term>")
            said = _WRITTEN[term.status]
            parts.append(f'<termNote type="administrativeStatus">{said}</termNote>')
            if term.note:
                parts.append(f"<note>{escape(_sound(term.note))}</note>")
            parts.append(f"</{group}>")
        parts.append(f"</{section}>")
    parts.append(f"</{entry}>\n")
    return "".join(parts)


def _sound(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r").translate(_NO_XML)


_NO_XML = {0xFFFE: None, 0xFFFF: None} | dict.fromkeys(range(0xD800, 0xE000))
