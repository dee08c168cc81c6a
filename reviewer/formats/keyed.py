"""Software resources: texts under keys, each language in a file of its own.

Two files of one format are paired by their keys: unit n of the target is the text that stands
under the key of unit n of the source, empty where the target has no such key. A text is written
over its own place; one whose key was missing is put in behind its neighbour, in the style of the
file, or it is said that it cannot. Nothing else of the file changes. A single file is read as a
text like any other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.errors import ExportError, FormatError
from reviewer.formats import encoding
from reviewer.formats.base import Content, Insertion, Reader, Replacement, Writer
from reviewer.formats.codes import CodeTable, Parsed
from reviewer.formats.layout import Layout, Piece, PlacedUnit
from reviewer.formats.pairs import spliced_text
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Unit, UnitState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewer.formats.resource_values import Style
    from reviewer.model import Code

    LayOut = Callable[[bytes, Mapping[str, Any]], "Resource"]

_VERSION = 1
WITH = "with"
"""What the recipe of a document that was paired by keys names the other file by."""
Key = tuple[str, ...]
Change = tuple[int, int, str]
_LONGEST_LOCATION = 200
_NO_COMMON = QT_TRANSLATE_NOOP("formats", "The two files have no key in common.")


class Entry(NamedTuple):
    """A text in a resource file.

    Attributes:
        key: from the outermost to the innermost; of a list, the number in it.
        start, end: where the value stands, without its quotes.
        outer: what is written over with `style.whole` of the new value; None for the value alone.
        notes: what the file says about it.
        native: what a format has to know to write it into another file.
    """

    key: Key
    start: int
    end: int
    style: Style
    outer: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    native: Any = None


class Added(NamedTuple):
    """A text whose key is missing in a file.

    Attributes:
        entry: of the other file.
        value: as that file would write it.
        behind: key of the nearest text before it that the file has; None for none.
    """

    entry: Entry
    value: str
    behind: Key | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource file and the places of its texts.

    Attributes:
        entries: in the order of the file; keys that stand twice are told apart by a number.
        add: where and how texts with new keys are written; raises ExportError.
        language: BCP 47 tag that the file names; "" for none.
        fresh: how new texts are written; None for as the other file writes them.
    """

    decoded: encoding.Decoded
    entries: tuple[Entry, ...]
    add: Callable[[Sequence[Added]], list[Change]]
    language: str = ""
    fresh: Style | None = None
    by_key: dict[Key, Entry] = field(default_factory=dict)


def resource(
    decoded: encoding.Decoded,
    entries: Sequence[Entry],
    add: Callable[[Sequence[Added]], list[Change]],
    language: str = "",
    fresh: Style | None = None,
) -> Resource:
    """Return a file with its texts, keys that stand twice told apart."""
    seen: Counter[Key] = Counter()
    told: list[Entry] = []
    for entry in entries:
        if not entry.key:
            continue
        seen[entry.key] += 1
        times = seen[entry.key]
        told.append(entry if times == 1 else entry._replace(key=(*entry.key, f"#{times}")))
    by_key = {entry.key: entry for entry in told}
    return Resource(decoded, tuple(told), add, language, fresh, by_key)


class _Row(NamedTuple):
    key: Key
    source: Entry | None
    target: Entry | None


def _rows(source: Resource, target: Resource) -> list[_Row]:
    """Return the keys of both files in the order of the source, those of the target between."""
    own: defaultdict[Key | None, list[Entry]] = defaultdict(list)
    last: Key | None = None
    for entry in target.entries:
        if entry.key in source.by_key:
            last = entry.key
        else:
            own[last].append(entry)
    rows = [_Row(entry.key, None, entry) for entry in own[None]]
    for entry in source.entries:
        rows.append(_Row(entry.key, entry, target.by_key.get(entry.key)))
        rows += [_Row(each.key, None, each) for each in own.get(entry.key, ())]
    return rows


def _value(file: Resource, entry: Entry | None) -> str:
    return file.decoded.text[entry.start : entry.end] if entry else ""


def _parsed(raw: str, entry: Entry | None, table: CodeTable) -> Parsed:
    return entry.style.parse(raw, table) if entry else Parsed("", (), (Piece(0, 0, 0, 0),))


def _unit(parsed: Parsed, key: Key, state: UnitState | None, *, translatable: bool) -> Unit:
    return Unit(parsed.text, parsed.codes, _location(key), translatable, state)


def _is_worded(parsed: Parsed) -> bool:
    markup = {code.character for code in parsed.codes}
    return any(c.isalnum() and c not in markup for c in parsed.text)


def _state(*entries: Entry | None) -> UnitState:
    """Return what stands under the text: its key, and what the files say of it."""
    there = [entry for entry in entries if entry is not None]
    said = next((entry.notes for entry in there if entry.notes), ())
    return UnitState(notes=(_location(there[0].key), *said))


def _location(key: Key) -> str:
    return ".".join(key)[:_LONGEST_LOCATION].encode("utf-8", "replace").decode()


def _units(
    rows: Sequence[_Row], source: Resource, target: Resource
) -> Iterator[tuple[Unit, Unit]]:
    for key, one, other in rows:
        table = CodeTable()
        ours = _parsed(_value(source, one), one, table)
        theirs = _parsed(_value(target, other), other, table)
        worded = _is_worded(ours) or _is_worded(theirs)
        given = bool(theirs.text.strip())
        state = _state(one, other)
        yield (
            _unit(ours, key, None if given else state, translatable=worded),
            _unit(theirs, key, state if given else None, translatable=worded),
        )


@dataclass(frozen=True, slots=True)
class KeyedContent:
    """What was taken from two resource files.

    Attributes:
        source, target: equally many units, those of one key beside each other.
        languages: BCP 47 tags that the files name; "" for none.
        recipes: of source and target; each names the other file, whose keys its units follow.
        notes: what the person may want to know, one sentence each.
    """

    source: tuple[Unit, ...]
    target: tuple[Unit, ...]
    languages: tuple[str, str]
    recipes: tuple[Mapping[str, Any], Mapping[str, Any]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyedFormat:
    """A format of resource files; the attributes are those of `formats.base.Reader`.

    Attributes:
        lay_out: (bytes, options) -> Resource. Options: "encoding". Raises FormatError,
            EncodingError.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    lay_out: LayOut

    def paired(
        self, files: tuple[bytes, bytes], laid_out: tuple[Resource, Resource]
    ) -> KeyedContent:
        """Return the texts of two files by their keys."""
        source, target = laid_out
        rows = _rows(source, target)
        units = list(_units(rows, source, target))
        common = any(row.source and row.target for row in rows)
        return KeyedContent(
            tuple(one for one, _ in units),
            tuple(other for _, other in units),
            (source.language, target.language),
            (
                self._recipe(source) | {WITH: _named(files[1])},
                self._recipe(target) | {WITH: _named(files[0])},
            ),
            () if common or not rows else (_NO_COMMON,),
        )

    def write_pair(
        self,
        files: tuple[bytes, bytes],
        recipes: tuple[Mapping[str, Any], Mapping[str, Any]],
        replacements: Sequence[Replacement],
        insertions: Sequence[Insertion],
    ) -> bytes:
        """Return the target with its corrected and its added texts; raises ExportError."""
        if not replacements and not insertions:
            return files[1]
        source, target = (self.lay_out(*each) for each in zip(files, recipes, strict=True))
        rows = _rows(source, target)
        return _written(rows, source, target, files[1], replacements, insertions)

    def read(self, data: bytes, options: Mapping[str, Any]) -> Content:
        """Read a file alone, as `formats.base.Read`."""
        file = self.lay_out(data, options)
        units = []
        for entry in file.entries:
            parsed = _parsed(_value(file, entry), entry, CodeTable())
            units.append(_unit(parsed, entry.key, _state(entry), translatable=_is_worded(parsed)))
        return Content(tuple(units), self._recipe(file), language=file.language)

    def write(
        self,
        original: bytes,
        recipe: Mapping[str, Any],
        replacements: Sequence[Replacement],
        insertions: Sequence[Insertion],
    ) -> bytes:
        """Write a file that was read alone, as `formats.base.Write`."""
        if not replacements and not insertions:
            return original
        file = self.lay_out(original, recipe)
        rows = [_Row(entry.key, None, entry) for entry in file.entries]
        inside = [replace(each, unit=max(each.unit, 0)) for each in insertions]
        return _written(rows, file, file, original, replacements, inside)

    def _recipe(self, file: Resource) -> dict[str, Any]:
        return {"reader": self.name, "version": _VERSION, "encoding": file.decoded.encoding}

    @property
    def reader(self) -> Reader:
        """What reads a file alone."""
        return Reader(self.name, self.title, self.suffixes, self.read)

    @property
    def writer(self) -> Writer:
        """What gives a file back that was read alone."""
        return Writer(self.name, self.write)


def _named(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def _written(
    rows: Sequence[_Row],
    source: Resource,
    target: Resource,
    original: bytes,
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    edits: defaultdict[int, tuple[list[Replacement], list[Insertion]]]
    edits = defaultdict(lambda: ([], []))
    for replacement in replacements:
        edits[replacement.unit][0].append(replace(replacement, unit=0))
    for insertion in insertions:
        edits[insertion.unit][1].append(replace(insertion, unit=0))
    if edits and not 0 <= min(edits) <= max(edits) < len(rows):
        message = "The original is not the one that was reviewed: it has fewer texts."
        raise ExportError(message)
    changes: list[Change] = []
    added: list[Added] = []
    behind = _nearest(rows) if any(rows[n].target is None for n in edits) else []
    for number in sorted(edits):
        row = rows[number]
        value = _edited(row, source, target, *edits[number])
        entry = row.target or row.source
        assert entry is not None
        if row.target is None:
            if entry.key[-1].startswith("#") and entry.key[:-1] in source.by_key:
                raise cannot_add(entry, "its key stands twice in the source")
            whole = (target.fresh or entry.style).whole(value)
            added.append(Added(entry, whole, behind[number]))
        elif value != _value(target, entry):
            changes.append((*(entry.outer or entry[1:3]), entry.style.whole(value)))
    if added:
        changes += target.add(added)
    text = target.decoded.text
    return encoding.encode(spliced_text(text, changes), target.decoded.encoding, original, text)


def _nearest(rows: Sequence[_Row]) -> list[Key | None]:
    """Return for each row the key of the nearest row before it that the target has."""
    found: list[Key | None] = []
    last: Key | None = None
    for row in rows:
        found.append(last)
        last = row.key if row.target else last
    return found


def _edited(
    row: _Row,
    source: Resource,
    target: Resource,
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> str:
    """Return the value of a row with its edits, as it is written."""
    table = CodeTable()
    ours = _parsed(_value(source, row.source), row.source, table)
    value = _value(target, row.target)
    theirs = _parsed(value, row.target, table)
    codes = _known(ours.codes, theirs.codes)
    entry = row.target or row.source
    assert entry is not None
    style = entry.style if row.target else target.fresh or entry.style
    placed = PlacedUnit(Unit(theirs.text, codes), theirs.pieces, 0, len(value), break_="")
    layout = Layout(value, (placed,), escape=lambda new, _quote: style.escape(new))
    new = layout.edited(
        [replace(each, codes=()) for each in replacements],
        [replace(each, codes=codes, paragraph=False) for each in insertions],
    )
    return style.nested(new) if new != value else value


def _known(source: tuple[Code, ...], target: tuple[Code, ...]) -> tuple[Code, ...]:
    own = {code.character for code in target}
    return (*(code for code in source if code.character not in own), *target)


def decoded(data: bytes, options: Mapping[str, Any]) -> encoding.Decoded:
    """Return the text of a resource file; raises EncodingError."""
    return encoding.decode(data, options.get("encoding"))


def cannot_add(entry: Entry, why: str) -> ExportError:
    """Return what is said where a text with a new key finds no place."""
    return ExportError(f"“{'.'.join(entry.key)[:80]}” cannot be added to the file: {why}.")


Tree = dict[str, Any]  # Any: a tree again, or a value as it is written


def innermost(tree: Tree, names: Key, entry: Entry) -> Tree:
    """Return the tree under all names but the last, which it has not yet; raises ExportError."""
    twice = "its key stands twice in the source"
    for name in names[:-1]:
        inner: Tree | str = tree.setdefault(name, {})
        if isinstance(inner, str):
            raise cannot_add(entry, twice)
        tree = inner
    if names[-1] in tree:
        raise cannot_add(entry, twice)
    return tree


def damaged(text: str, place: int, what: str) -> FormatError:
    """Return what is said of a file that is not of its format, with the line."""
    line = text.count("\n", 0, place) + 1
    return FormatError(f"Line {line} {what}.")
