"""Gettext catalogues (PO): each message is a unit, each plural form one more.

The first form translates `msgid`, the further ones `msgid_plural`. What is obsolete is left alone
and the plural rule is never looked at. White space is kept as in the file, an escaped line break
is a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.errors import FormatError
from reviewer.formats import encoding
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.codes import CodeTable, Parsed
from reviewer.formats.layout import LINE_ENDS, Piece
from reviewer.formats.pairs import Skeleton, Slot, UnitPlace, spliced_text
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import FIRST_CODE, LAST_CODE, CodeKind, UnitState, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement

_VERSION = 1
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,3})\])?)[ \t]*(?=\")")
_STRING = re.compile(r"\"((?:[^\"\\\r\n]|\\.)*)\"[ \t]*$")
_HEAD = 4096
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._\-]{1,40})")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z0-9_@.\-]{1,40})", re.MULTILINE)
_SOURCE = re.compile(r"^X-Source-Language:[ \t]*([A-Za-z0-9_@.\-]{1,40})", re.MULTILINE)
_OWN = f"{chr(FIRST_CODE)}-{chr(LAST_CODE)}"
_LINE_END = r"\r\n|\r|\n"
_BETWEEN = rf"(?:[ \t]*(?:#[^\r\n]*+)?(?:{_LINE_END}))*+"
"""Blank lines and comments that stand between the lines of a string."""
_JOINT = rf"\"[ \t]*(?:{_LINE_END}){_BETWEEN}[ \t]*\""
_TOKEN = re.compile(
    rf"""(?P<joint>{_JOINT})|(?P<escape>\\(?:x[0-9A-Fa-f]{{2}}|.))"""
    rf"""|(?P<own>[{_OWN}\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"""
)
_PLAIN = {'"': '"', "\\": "\\", "t": "\t"}
_SHOWN = {"n": "↵", "r": "↵"}


class _String(NamedTuple):
    """A string over one or more lines: from behind its first quote to before its last."""

    start: int
    end: int


@dataclass(slots=True)
class _Entry:
    line: int
    strings: dict[str, _String] = field(default_factory=dict)
    forms: dict[int, _String] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries of a catalogue, the header too; raises FormatError."""
    entry, last = _Entry(1), ""
    for number, found in enumerate(_LINE.finditer(text), 1):
        line = found.group().rstrip("\r\n").removeprefix(encoding.BOM)
        start = found.start() + (len(found.group()) - len(found.group().lstrip(encoding.BOM)))
        stripped = line.strip()
        keyword = _KEYWORD.match(stripped)
        begins = stripped.startswith("#") and bool(entry.strings)
        next_ = keyword is not None and keyword[1] in {"msgctxt", "msgid"}
        if entry.forms and (not stripped or begins or next_):
            yield entry
            entry, last = _Entry(number), ""
        if stripped.startswith("#"):
            _comment(entry, stripped)
        elif stripped:
            if not entry.strings:
                entry.line = number
            offset = start + len(line) - len(line.lstrip())
            last = _string(entry, keyword, last, stripped, offset, number)
    if entry.forms:
        yield entry


def _comment(entry: _Entry, line: str) -> None:
    if line.startswith("#,"):
        entry.flags |= {flag.strip() for flag in line[2:].split(",")}
    elif line.startswith(("#. ", "# ")):
        entry.notes.append(line.lstrip("#. ").strip())


def _string(
    entry: _Entry,
    keyword: re.Match[str] | None,
    last: str,
    line: str,
    offset: int,
    number: int,
) -> str:
    """Add a line of a string to an entry; return the keyword that it belongs to."""
    begin = keyword.end() if keyword else 0
    found = _STRING.match(line, begin)
    name = keyword[1] if keyword else last
    if found is None or not name:
        message = f"Line {number} is not of a gettext catalogue."
        raise FormatError(message)
    end = offset + found.end(1)
    form = int(keyword[2] or 0) if keyword else None
    if name.startswith("msgstr"):
        if keyword is None:
            form = max(entry.forms)
            entry.forms[form] = _String(entry.forms[form].start, end)
        else:
            assert form is not None
            entry.forms[form] = _String(offset + found.start(1), end)
    elif keyword is None:
        entry.strings[name] = _String(entry.strings[name].start, end)
    else:
        entry.strings[name] = _String(offset + found.start(1), end)
    return name


class PoSyntax:
    """How a string of a catalogue is written."""

    def parse(self, raw: str, table: CodeTable, place: UnitPlace) -> Parsed:
        """Return a string as text."""
        del place
        side, parts, pieces, codes = table.side(), list[str](), list[Piece](), []
        length = done = 0

        def add(text: str, start: int, end: int) -> None:
            nonlocal length
            if start < end:
                pieces.append(Piece(length, length + len(text), start, end))
                parts.append(text)
                length += len(text)

        for found in _TOKEN.finditer(raw):
            add(raw[done : found.start()], done, found.start())
            start, done = found.span()
            token = found.group()
            if found["joint"]:
                add("", start, done)
            elif found["escape"] and token[1] in _PLAIN:
                add(_PLAIN[token[1]], start, done)
            else:
                shown = _SHOWN.get(token[1:], token) if found["escape"] else f"U+{ord(token):04X}"
                codes.append(side.code(CodeKind.PLACEHOLDER, shown, token, shown))
                add(codes[-1].character, start, done)
        add(raw[done:], done, len(raw))
        return Parsed("".join(parts), tuple(codes), tuple(pieces) or (Piece(0, 0, 0, 0),))


def _escaped(text: str) -> str:
    text = LINE_ENDS.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\t", "\\t")


def _laid_out(text: str) -> tuple[Skeleton, tuple[str, str]]:
    """Return the places of a catalogue's messages, and the languages that its header names."""
    places: list[UnitPlace] = []
    languages = "", ""
    syntax = PoSyntax()
    for entry in _entries(text):
        if entry.strings.get("msgid") is None:
            continue
        if _is_header(entry):
            head = text[slice(*entry.forms[min(entry.forms)])].replace("\\n", "\n")
            head = re.sub(r'"\s*"', "", head)
            languages = tuple(  # type: ignore[assignment]  # two
                found[1] if (found := each.search(head)) else "" for each in (_SOURCE, _LANGUAGE)
            )
            continue
        places += _places(entry, text)
    return Skeleton(places, syntax, lambda a, b: text[a:b], _escaped), languages


def _is_header(entry: _Entry) -> bool:
    source = entry.strings.get("msgid")
    return source is not None and source.start == source.end and "msgctxt" not in entry.strings


def _places(entry: _Entry, text: str) -> Iterator[UnitPlace]:
    state = "fuzzy" if "fuzzy" in entry.flags else ""
    notes = tuple(note for note in entry.notes if note)
    context = entry.strings.get("msgctxt")
    if context is not None and context.start < context.end:
        notes = (text[slice(*context)], *notes)
    said = UnitState(state, notes=notes) if state or notes else None
    plural = entry.strings.get("msgid_plural")
    only = plural is not None and len(entry.forms) == 1
    for form, target in sorted(entry.forms.items()):
        source = plural if plural is not None and (form or only) else entry.strings["msgid"]
        location = f"{entry.line}[{form}]" if plural is not None else str(entry.line)
        if source.start < source.end:
            yield UnitPlace(source, Slot(*target), location, state=said)


def _decoded(data: bytes, asked: str | None) -> encoding.Decoded:
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode() if declared else ""
    return encoding.decode(data, asked or (None if name in {"", "CHARSET"} else name))


def read_po(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read a catalogue; raises FormatError, EncodingError. Options: "encoding"."""
    decoded = _decoded(data, options.get("encoding"))
    skeleton, languages = _laid_out(decoded.text)
    recipe = {"reader": "po", "version": _VERSION, "encoding": decoded.encoding}
    return BilingualContent(*skeleton.units(), languages, recipe)


def write_po(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected messages; raises ExportError."""
    if not replacements and not insertions:
        return original
    decoded = _decoded(original, recipe.get("encoding"))
    skeleton, _ = _laid_out(decoded.text)
    edited = spliced_text(decoded.text, skeleton.changes(replacements, insertions))
    return encoding.encode(edited, decoded.encoding, original, decoded.text)


def mark_po(
    data: bytes, recipe: Mapping[str, Any], verdicts: Mapping[int, Verdict]
) -> tuple[bytes, int]:
    """Return a catalogue in which what is confirmed is not fuzzy, and what is rejected is.

    Of a message with several forms, all must be confirmed. See `formats.base.Mark`.
    """
    decoded = _decoded(data, recipe.get("encoding"))
    text, number, count_changed = decoded.text, 0, 0
    changes: list[tuple[int, int, str]] = []
    lines = [found.span() for found in _LINE.finditer(text)]
    for entry in _entries(text):
        is_message = "msgid" in entry.strings and not _is_header(entry)
        count = len(list(_places(entry, text))) if is_message else 0
        said = {verdicts.get(number + n, Verdict.OPEN) for n in range(count)}
        number += count
        if Verdict.REJECTED in said and "fuzzy" not in entry.flags:
            start, end = lines[entry.line - 1]
            changes.append((start, start, f"#, fuzzy{_line_end(text[start:end])}"))
            count_changed += 1
        elif said == {Verdict.CONFIRMED} and "fuzzy" in entry.flags:
            changes += _no_longer_fuzzy(text, lines, entry.line - 1)
            count_changed += 1
    written = encoding.encode(spliced_text(text, changes), decoded.encoding, data, text)
    return written, count_changed


def _no_longer_fuzzy(
    text: str, lines: Sequence[tuple[int, int]], first: int
) -> Iterator[tuple[int, int, str]]:
    """Yield what changes above an entry: the flag goes, and the message that was before."""
    while first and text[slice(*lines[first - 1])].startswith("#"):
        first -= 1
        start, end = lines[first]
        line = text[start:end]
        if line.startswith("#|"):
            yield start, end, ""
        elif line.startswith("#,"):
            flags = [flag.strip() for flag in line[2:].split(",")]
            kept = ", ".join(flag for flag in flags if flag != "fuzzy")
            yield start, end, f"#, {kept}{_line_end(line)}" if kept else ""


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :] or "\n"


READER = BilingualReader(
    "po", QT_TRANSLATE_NOOP("formats", "Gettext catalogue"), (".po", ".pot"), read_po
)
WRITER = Writer("po", write_po, mark=mark_po)
