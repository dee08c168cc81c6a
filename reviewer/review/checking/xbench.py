"""Checklists of ApSIC Xbench (.xbckl), as its manual describes them.

The file is XML from anywhere: no DTD or entity of it is loaded. What Xbench reports is a segment
in which both sides match; a term with a minus in its PowerSearch is one that is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_TOKEN = re.compile(r'(-?)(?:"((?:[^"]|"")*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class XbenchList:
    """Records for `rule_files.taken`, and what was not taken over."""

    name: str
    records: list[tuple[int, dict[str, Any]]]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _Term:
    """One side of a check: a pattern, and whether it is meant to be missing."""

    pattern: str = ""
    case: bool = False
    absent: bool = False


class _UnreadError(ValueError):
    """A term that says something we cannot; `str()` says what."""


def read_xbench(file: str, data: bytes) -> XbenchList:
    """Read a checklist of Xbench; raises FormatError."""
    root = _parsed(file, data)
    found = XbenchList("", [], [])
    names = [str(each.get("name") or "") for each in root.iter("checklist")]
    for inherited in root.iter("inherit"):
        line = inherited.sourceline or 0
        found.notes.append(
            f"“{file}”, line {line}: it goes on in another checklist; that one was not read."
        )
    for check in root.iter("check"):
        line = check.sourceline or 0
        try:
            found.records.append((line, _record(check)))
        except _UnreadError as error:
            found.notes.append(f"“{file}”, line {line}: {error}; the rule was left out.")
    return XbenchList(names[0] if names else "", found.records, found.notes)


def _parsed(file: str, data: bytes) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "").split(", ", maxsplit=1)[0].rstrip(".\n ")[:80]
        message = f"“{file}” is damaged at line {error.lineno or 1} ({reason})."
        raise FormatError(message) from None
    except ValueError:
        message = f"“{file}” is no checklist of Xbench."
        raise FormatError(message) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        message = f"“{file}” declares entities; such a file is not read."
        raise FormatError(message)
    if root.tag != "xbench-checklist":
        message = f"“{file}” is an XML file, but no checklist of Xbench."
        raise FormatError(message)
    return root


def _record(check: etree._Element) -> dict[str, Any]:
    terms = {str(term.get("type")): term for term in check.iter("term")}
    source, target = _term(terms.get("source")), _term(terms.get("target"))
    if source.absent:
        raise _UnreadError("it looks for what is missing in the source")
    if source.pattern and target.pattern and source.case != target.case:
        # The side that ignores case says so itself; the rule keeps it apart for the other.
        source, target = _with_own_case(source), _with_own_case(target)
    listed = check.getparent()
    languages = (
        {}
        if listed is None
        else {"from": listed.get("source-language"), "to": listed.get("target-language")}
    )
    described = "".join(str(t) for d in check.iter("description") for t in d.itertext())
    return {
        "name": str(check.get("name") or ""),
        "source": source.pattern,
        "target": target.pattern,
        "condition": "must-match" if target.absent else "must-not-match",
        "message": described,
        "case": source.case or target.case,
        **{key: tag for key, tag in languages.items() if tag},
    }


def _with_own_case(term: _Term) -> _Term:
    return term if term.case else _Term(f"(?i:{term.pattern})", case=True, absent=term.absent)


def _term(element: etree._Element | None) -> _Term:
    if element is None:
        return _Term()
    text = "".join(str(part) for part in element.itertext())
    if element.get("notrim") != "yes":
        text = text.strip()
    if not text:
        return _Term()
    case, whole = element.get("casecheck") == "yes", element.get("wholeword") == "yes"
    mode = element.get("searchmode") or "simple"
    if mode not in {"simple", "regexp"}:
        raise _UnreadError("it uses wildcards of Word")
    if element.get("normalizeaccents") == "yes":
        raise _UnreadError("it takes letters with and without accents for the same")
    patterned = mode == "regexp"
    if element.get("powersearch") == "yes":
        return _power(text, case=case, whole=whole, patterned=patterned)
    return _Term(_single(text, whole=whole, patterned=patterned), case)


def _single(text: str, *, whole: bool, patterned: bool) -> str:
    pattern = text if patterned else regex.escape(text)
    return rf"\b(?:{pattern})\b" if whole else pattern


def _power(text: str, *, case: bool, whole: bool, patterned: bool) -> _Term:
    """Read a PowerSearch: terms that must all be there, or one of several, or be missing."""
    operators, terms = [], list[tuple[bool, str]]()
    for minus, term in _tokens(text):
        if term in {"OR", "AND"} and not minus:
            operators.append(term)
        else:
            pattern = _single(term, whole=whole, patterned=patterned)
            terms.append((minus, pattern))
    negative = {minus for minus, _ in terms}
    if len(negative) != 1 or ("(" in text and not patterned):
        raise _UnreadError("its PowerSearch says more than this program understands")
    patterns = [pattern for _, pattern in terms]
    absent, several = negative == {True}, "|".join(f"(?:{p})" for p in patterns)
    if len(patterns) == 1:
        return _Term(patterns[0], case, absent)
    if absent:
        if "OR" in operators:
            raise _UnreadError("its PowerSearch says more than this program understands")
        return _Term(several, case, absent=True)
    if "OR" in operators and (len(operators) != len(patterns) - 1 or "AND" in operators):
        raise _UnreadError("its PowerSearch says more than this program understands")
    if "OR" in operators:
        return _Term(several, case)
    others = "".join(rf"(?=(?s:.*?)(?:{p}))" for p in patterns[1:])
    return _Term(rf"(?s:\A{others}.*?)\K(?:{patterns[0]})", case)


def _tokens(text: str) -> Iterator[tuple[bool, str]]:
    for match in _TOKEN.finditer(text):
        quoted, bare = match.group(2), match.group(3)
        yield bool(match.group(1)), quoted.replace('""', '"') if quoted is not None else bare
