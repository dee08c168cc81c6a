"""Checklists as files: TOML and tables, read rule by rule and written whole.

What is wrong with a rule costs that rule alone and is told in one sentence with its line.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from reviewer.checks.matching import PatternError, compiled
from reviewer.checks.rule import Condition, Rule
from reviewer.errors import FormatError, system_reason
from reviewer.model import Severity
from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

LARGEST = 8 * 1024 * 1024
"""Bytes of a checklist."""
MOST_RULES = 5000
_LONGEST_WORDS = 500
"""Characters of a name or a message."""
_FIELDS = (
    *("name", "source", "target", "condition", "message", "severity", "from", "to"),
    *("case", "plain"),
)
_OTHER_NAMES = {"from": "source_language", "to": "target_language"}
_YES, _NO = frozenset({"yes", "true", "1", "x"}), frozenset({"no", "false", "0", ""})
_RULE_HEAD = re.compile(r"^\s*\[\[\s*rule\s*\]\]")


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as read.

    Attributes:
        name: what the window calls it.
        notes: what was not taken over and why, one sentence each.
    """

    name: str
    rules: tuple[Rule, ...]
    notes: tuple[str, ...] = ()


class _RefusedError(ValueError):
    """A rule that cannot be taken; `str()` says why, without a full stop."""


def read_checklist(path: Path) -> Checklist:
    """Read a checklist: TOML, CSV, TSV, lines with a tab, or of Xbench; raises FormatError."""
    data = _bytes(path)
    if path.suffix.lower() == ".xbckl":
        from reviewer.review.checking.xbench import read_xbench

        found = read_xbench(path.name, data)
        return taken(path.name, found.name or path.stem, found.records, found.notes)
    text = _text(path.name, data)
    if path.suffix.lower() == ".toml":
        return _read_toml(path, text)
    delimiter = "\t" if path.suffix.lower() in {".tsv", ".txt"} else _delimiter(text)
    return taken(path.name, path.stem, _table(path.name, text, delimiter))


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            message = f"“{path.name or path}” is not an ordinary file."
        elif status.st_size > LARGEST:
            message = f"“{path.name}” is too large for a checklist: more than {LARGEST >> 20} MB."
        else:
            return path.read_bytes()
    except FileNotFoundError:
        message = f"“{path}” was not found."
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else type(error).__name__
        message = f"“{path.name}” could not be read: {reason}."
    raise FormatError(message)


def _text(name: str, data: bytes) -> str:
    from reviewer.errors import EncodingError
    from reviewer.formats.encoding import decode

    try:
        return decode(data).text.removeprefix("\ufeff")
    except EncodingError:
        message = f"“{name}” is neither UTF-8 nor UTF-16; saved as one of them it can be read."
        raise FormatError(message) from None


Record = tuple[int, "Mapping[str, Any]"]
"""The line where a rule stands, from 1, and its fields."""


def taken(file: str, name: str, records: Iterable[Record], notes: Sequence[str] = ()) -> Checklist:
    """Return the checklist of records; what is wrong with one becomes a note."""
    rules: dict[Rule, None] = {}
    told = list(notes)
    for line, record in records:
        if len(rules) == MOST_RULES:
            told.append(f"“{file}” has more than {MOST_RULES} rules; the rest was left out.")
            break
        try:
            rules[rule_of(record)] = None
        except (_RefusedError, PatternError) as error:
            told.append(f"“{file}”, line {line}: {error}; the rule was left out.")
    return Checklist(_short(name), tuple(rules), tuple(told))


def rule_of(record: Mapping[str, Any]) -> Rule:
    """Return the rule of a record with the fields of a file; raises ValueError with the reason."""
    unknown = sorted(str(key) for key in record if key not in _FIELDS)
    if unknown:
        message = f"there is no field “{unknown[0][:40]}”"
        raise _RefusedError(message)
    source, target = _words(record, "source", None), _words(record, "target", None)
    if not source and not target:
        raise _RefusedError("neither source nor target says what to look for")
    case, plain = _flag(record, "case"), _flag(record, "plain")
    for side, pattern in (("source", source), ("target", target)):
        try:
            compiled(pattern, case=case, plain=plain)
        except PatternError as error:
            message = f"the {side} is no pattern ({error})"
            raise _RefusedError(message) from None
    rule = Rule(
        _words(record, "name") or (source or target)[:80],
        source,
        target,
        _condition(record, source, target),
        _words(record, "message"),
        _severity(record),
        _language(record, "from"),
        _language(record, "to"),
        case,
        plain,
    )
    if not target and rule.condition is Condition.MUST:
        raise _RefusedError("a target that must match is missing")
    return rule


def _words(record: Mapping[str, Any], field: str, most: int | None = _LONGEST_WORDS) -> str:
    value = record.get(field, "")
    if not isinstance(value, str) or "\0" in value:
        message = f"“{field}” is no text"
        raise _RefusedError(message)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        message = f"“{field}” is no text"
        raise _RefusedError(message) from None
    # A pattern may begin or end with a space that it means.
    return value if most is None else " ".join(value.split())[:most]


def _flag(record: Mapping[str, Any], field: str) -> bool:
    value = record.get(field, False)
    said = str(value).strip().lower()
    if said not in _YES | _NO:
        message = f"“{field}” is neither yes nor no"
        raise _RefusedError(message)
    return said in _YES


def _condition(record: Mapping[str, Any], source: str, target: str) -> Condition:
    said = _words(record, "condition").lower()
    if not said:
        return Condition.MUST if source and target else Condition.MUST_NOT
    for condition in Condition:
        if condition.value == said.replace(" ", "-").replace("_", "-"):
            return condition
    known = " or ".join(condition.value for condition in Condition)
    message = f"the condition is not {known}"
    raise _RefusedError(message)


def _severity(record: Mapping[str, Any]) -> Severity:
    said = _words(record, "severity").upper() or Severity.MINOR.name
    if said not in Severity.__members__:
        message = f"the severity is not {', '.join(each.name.lower() for each in Severity)}"
        raise _RefusedError(message)
    return Severity[said]


def _language(record: Mapping[str, Any], field: str) -> str:
    tag = _words(record, field)
    if tag and not is_language_tag(tag):
        message = f"“{tag[:40]}” is no language tag like “fr” or “pt-BR”"
        raise _RefusedError(message)
    return tag.replace("_", "-")


def _short(name: str) -> str:
    return " ".join("".join(c for c in name if c.isprintable()).split())[:80] or "Checklist"


# TOML


def _read_toml(path: Path, text: str) -> Checklist:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error)[:160] if isinstance(error, ValueError) else "too deep"
        message = f"“{path.name}” is no TOML: {reason.rstrip('.')}."
        raise FormatError(message) from None
    rules = table.get("rule", [])
    name = table.get("name", path.stem)
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        message = f"“{path.name}” has no [[rule]] tables."
        raise FormatError(message)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _RULE_HEAD.match(line)]
    # Rules that are not written as tables have no heads.
    places = lines if len(lines) == len(rules) else [1] * len(rules)
    named = str(name) if isinstance(name, str) else path.stem
    return taken(path.name, named, zip(places, rules, strict=True))


# Tables


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _table(file: str, text: str, delimiter: str) -> Iterator[Record]:
    """Yield the rules of a table; without a head its first columns are source and target words."""
    first = text.split("\n", 1)[0]
    lines = io.StringIO(text, newline="")
    if delimiter == "\t" and not _is_head(first, delimiter):
        # In plain lists of terms a quotation mark is a quotation mark.
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    head: list[str] | None = None
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            message = f"“{file}”, line {reader.line_num}: {error}."
            raise FormatError(message) from None
        if row is None:
            return
        if reader.line_num == 1 and _is_head(first, delimiter):
            head = [cell.strip().lower() for cell in row]
        elif any(cell.strip() for cell in row):
            yield reader.line_num, _record(row, head)


def _is_head(line: str, delimiter: str) -> bool:
    cells = [cell.strip().strip('"').lower() for cell in line.split(delimiter)]
    named = {cell for cell in cells if cell}
    return named <= set(_FIELDS) and bool(named & {"source", "target"})


def _record(row: Sequence[str], head: Sequence[str] | None) -> dict[str, Any]:
    if head is not None:
        return {name: cell for name, cell in zip(head, row, strict=False) if name}
    cells = [cell.strip() for cell in row]
    message = cells[2] if len(cells) > 2 else ""
    both = {"source": cells[0], "target": cells[1] if len(cells) > 1 else ""}
    condition = Condition.MUST if cells[0] else Condition.MUST_NOT
    return {**both, "condition": condition.value, "message": message, "plain": True}


# Writing


def written(checklist: Checklist, suffix: str) -> bytes:
    """Return a checklist as a file's bytes: a table for ".csv" and ".tsv", else TOML."""
    records = [record_of(rule) for rule in checklist.rules]
    if suffix in {".csv", ".tsv"}:
        out = io.StringIO(newline="")
        delimiter = "," if suffix == ".csv" else "\t"
        table = csv.DictWriter(out, _FIELDS, restval="", delimiter=delimiter)
        table.writeheader()
        table.writerows(records)
        return out.getvalue().encode()
    import tomli_w

    return tomli_w.dumps({"name": checklist.name, "rule": records}).encode()


def record_of(rule: Rule) -> dict[str, Any]:
    """Return the record of a rule as files hold it, without what is so anyway."""
    names = {name: _OTHER_NAMES.get(name, name) for name in _FIELDS}
    record = {name: getattr(rule, attribute) for name, attribute in names.items()}
    record["condition"] = rule.condition.value
    record["severity"] = rule.severity.name.lower()
    usual = {_name_in_files(field.name): field.default for field in fields(Rule)}
    return {k: v for k, v in record.items() if k in {"condition", "severity"} or v != usual[k]}


def _name_in_files(attribute: str) -> str:
    back = {long: short for short, long in _OTHER_NAMES.items()}
    return back.get(attribute, attribute)
