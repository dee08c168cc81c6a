"""What is no language at all: links, code, options, placeholders, units, Latin phrases."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex

from reviewer import paths
from reviewer.model import FIRST_CODE, LAST_CODE
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""First word -> the words after it, longest first; all lower-cased."""

_SUFFIXES = (
    "com|org|net|info|int|edu|gov|mil|biz|app|dev|io|ai|tv|eu|id|my|sg|ph|vn|th|in|pk|ir|tr|ru|ua"
    "|by|kz|cn|tw|hk|jp|kr|au|nz|us|ca|mx|br|ar|cl|uk|ie|fr|be|nl|lu|de|at|ch|it|es|pt|pl|cz|sk|hu"
    "|ro|bg|gr|se|no|dk|fi|is|lt|lv|ee|hr|rs|si|il|sa|ae|eg|ma|za|html?|php|aspx?|jsp|css|js|ts"
    "|py|rb|go|java|cpp|sh|bat|exe|dll|json|ya?ml|toml|ini|cfg|xml|csv|tsv|txt|log|md|rst|tex"
    "|docx?|xlsx?|pptx?|odt|ods|pdf|epub|zip|gz|jpe?g|png|gif|svg|mp[34]|wav|avi|mkv"
)
# A letter, digit or underscore of a script that puts spaces between words.
_W = r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]"
_END = r"[^\s<>\"»”）)\u2e80-\u9fff\uff00-\uffef]"

_NEW = rf"(?<!{_W})"

_MARKED = re.compile(
    rf"""
      {_NEW}(?<![+.-])[a-zA-Z][a-zA-Z+.-]*+://{_END}+ | {_NEW}www\.{_END}+  # links
    | {_NEW}[@\#](?:{_W}[.·]?)*\w+                             # handles, hash tags
    | `[^`]+`                                                  # quoted code
    | {_NEW}--?[a-z](?:-?{_W})*(?!{_W})                        # --options
    | [A-Za-z]:\\(?:[^\s\\"<>|]+\\)*[^\s\\"<>|]*               # C:\paths
    | {_NEW}(?<!<)[~.]{{0,2}}(?:/[\w.-]+){{2,}}/?              # /unix/paths
    | {_NEW}(?<![<:/])/[a-z][\w.-]*                            # /etc
    | {_NEW}(?<![.:/-])[A-Za-z][\w.-]*(?:/[A-Za-z][\w.-]*){{3,}}/?   # paths/of/folders
    | \[:[a-z]+:\]                                            # [:digit:]
    | <[^<>]+> | \{{[^{{}}]*\}} | \$[A-Za-z_]\w* | &\#?\w+;    # tags, fields, entities
    | (?<!\d)%(?:\(\w+\)|\d+\$)?[-+0\#]*\d*(?:\.\d+)?l{{0,2}}[diouxXeEfgGcs@]\b
    | [{chr(FIRST_CODE)}-{chr(LAST_CODE)}]                     # inline codes
    """,
    re.VERBOSE,
)
_MARK = re.compile(
    rf"[@#/\\<{{`$%&{chr(FIRST_CODE)}-{chr(LAST_CODE)}\[-](?:(?<![\[-])|(?<=\[):|(?<=-)(?<!{_W}-))"
)
"""One of them begins here: that first character alone is looked for in most of a text."""

# Each begins where the characters that it may hold begin: a long run of them is read once.
_JOINED = regex.compile(
    rf"""
      {_NEW}(?<![+.-])(?:{_W}|[.+-])++@[\w-]+(?:\.[a-zA-Z-]+)+  # addresses
    | {_NEW}(?<![.-]){_W}(?:[.-]?{_W})*\.(?:{_SUFFIXES})(?![A-Za-z])(?:/{_END}*)?
    | {_NEW}(?<![.:>-]){_W}++(?:(?:\.|::|->){_W}++)*+\(\)      # calls
    | {_NEW}(?<![.-])[A-Za-z](?:[.-]?[A-Za-z0-9])*+_{_W}+      # snake_case
    | {_NEW}(?<![.-])[a-z]++[0-9]++-[a-z]++                    # lvm2-activation
    | {_NEW}(?<![.+-])[a-z]++\+[a-z]++(?![\w+])                # lost+found
    | (?<=\w\.)(?:{_SUFFIXES})(?!\w)                         # the suffix of any name
    | (?<=\w\^)[A-Za-z]++ | (?<=%)[A-Z]{{3,}}+                 # 1^st, %VERSION
    | {_NEW}[A-Za-z]*[a-z][A-Z]{_W}*                           # camelCase, OpenSSL
    | {_NEW}(?<![.\])])[a-z][a-z0-9_-]*+(?:\.[a-z][a-z0-9_-]++)++  # sources.list
    | (?<![\w.\]])\.[a-z][a-z0-9]{{1,9}}(?:\.[a-z][a-z0-9]{{1,9}})*+(?!\w|\.\w)  # .deb, .tar.gz
    """,
    regex.VERBOSE,
)
_JOINT = re.compile(
    r"[A-Z.@_+^%(-](?:(?<=[a-z][A-Z])|(?<=\w[.@_+^])\w|(?<=\.)(?<![\w.]\.)[a-z]|(?<=\()\)"
    r"|(?<=[0-9]-)[a-z]|(?<=[%^])[A-Za-z])"
)
"""The same for these, by the character that joins."""
_WIDE = re.compile("[`<{]")
"""What begins the marked things that may hold blanks; all others stand between two."""
_RUN = re.compile(r"\S+")

_SENTENCE = 2000
"""Characters up to which the ranges of a text are remembered, since two checks ask for them, and
are looked for between blanks."""

_UNITS = """
m km cm mm nm kg g mg t l ml cl dl hl w kw mw gw kwh mwh v kv hz khz mhz ghz b kb mb gb tb kbit
mbit mbps gbps kbps lb lbs ft in oz mph kmh h hr hrs min s sec ms ns px pt dpi ppm db dba rpm bpm
ha am pm"""
UNITS = frozenset(_UNITS.split())
"""What is a unit directly behind a number."""


Ranges = tuple[tuple[int, int], ...]


def opaque_ranges(text: str) -> Ranges:
    """Return the ranges of a text that hold no words of a language, sorted by their starts."""
    return _remembered(text) if len(text) <= _SENTENCE else _opaque_ranges(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> Ranges:
    return _opaque_ranges(text)


def _opaque_ranges(text: str) -> Ranges:
    ranges: list[tuple[int, int]] = []
    if _MARK.search(text):
        for start, end in _runs_with(_MARK, text, whole=bool(_WIDE.search(text))):
            ranges += [match.span() for match in _MARKED.finditer(text, start, end)]
    if _JOINT.search(text):
        for start, end in _runs_with(_JOINT, text):
            ranges += [match.span() for match in _JOINED.finditer(text, start, end)]
    return tuple(sorted(ranges))


def _runs_with(
    sign: re.Pattern[str], text: str, *, whole: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the ranges between blanks that hold a sign; all of a long or of a `whole` text."""
    if whole or len(text) > _SENTENCE:
        yield 0, len(text)
        return
    for run in _RUN.finditer(text):
        if sign.search(text, *run.span()):
            yield run.span()


def phrases(texts: frozenset[str]) -> Phrases:
    """Return phrases by their first words, to be looked for in the words of a text."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for text in texts:
        first, *rest = [word.text.lower() for word in words(text)] or [""]
        table.setdefault(first, []).append(tuple(rest))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in table.items()}


@cache
def latin_phrases() -> frozenset[str]:
    """Return the phrases that stand untranslated in good texts of any language."""
    lines = paths.resource("phrases", "latin.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
