"""Bytes to text without a silent guess: BOM, strict UTF-8, UTF-16 by its NULs, else ask."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from reviewer.errors import EncodingError, ExportError
from reviewer.text.scripts import COMMON, INHERITED, script

BOM = "\ufeff"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = (
    *("windows-1252", "windows-1250", "windows-1251", "windows-1256", "windows-1253"),
    *("windows-1254", "windows-1255", "windows-1257", "windows-1258", "iso-8859-1"),
    *("iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9"),
    *("iso-8859-13", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "cp437", "cp850"),
    *("cp852", "cp866", "mac-roman", "gb18030", "gbk", "big5", "cp950", "shift_jis", "cp932"),
    *("euc_jp", "euc_kr", "cp949", "cp874"),
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", *_LEGACY)
"""Names that may be asked for, the likelier first; stateful encodings are not among them."""

_CODECS = {codecs.lookup(name).name: name for name in ENCODINGS}
_SAMPLE = 20_000
_TYPOGRAPHIC = frozenset("“”‘’„«»–—…°§©®€£\u00a0¿¡·、。「」！？，．")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; a byte order mark is its first character.

    Attributes:
        encoding: one of ENCODINGS.
    """

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of a file; raises EncodingError where its encoding cannot be told.

    `encoding` is what the person chose; with None it is told from the bytes, never guessed.
    """
    if encoding:
        name = _canonical(encoding, data)
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"Line {line} of the text is not {name}; choose another encoding."
            raise EncodingError(message) from None
    name = _marked(data) or utf_16_by_nuls(data, least=0.2) or "utf-8"
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        wide = utf_16_by_nuls(data, least=0.01)
        if wide and wide != name:
            return decode(data, wide)
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(_question(data, name, line)) from None


def encode(text: str, encoding: str, original: bytes, before: str) -> bytes:
    """Return `text` in the original's encoding; raises ExportError naming what it lacks.

    `before` is the original's text. Where an encoding has two spellings of a character, the
    unchanged stretches keep theirs.
    """
    try:
        if before.encode(encoding) == original:
            return text.encode(encoding)
        return _encode_between(text, encoding, original, before)
    except UnicodeEncodeError as error:
        character = text[error.start] if error.object == text else error.object[error.start]
        message = (
            f"“{character}” (U+{ord(character):04X}) cannot be written in {encoding}, "
            "the encoding of the original."
        )
        raise ExportError(message) from None


def candidates(data: bytes) -> tuple[str, ...]:
    """Return the encodings that the bytes may be in, the likelier first, at most five."""
    scores: dict[str, float] = {}
    texts: set[str] = set()
    for place, name in enumerate(_LEGACY):
        try:
            text = data.decode(name)[:_SAMPLE]
        except UnicodeDecodeError:
            continue
        if text not in texts:
            texts.add(text)
            scores[name] = _likelihood(text) - 0.01 * place
    return tuple(sorted(scores, key=lambda name: -scores[name])[:5])


def utf_16_by_nuls(data: bytes, least: float) -> str | None:
    """Return "utf-16-le" or "utf-16-be" where the NULs of ASCII characters say so, else None.

    `least` is the share of characters, 0-1, that must be ASCII.
    """
    sample = data[: _SAMPLE * 2]
    if len(data) % 2 or not sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(2, len(sample) / 2 * least):
        return None
    if even * 10 <= odd:
        return "utf-16-le"
    return "utf-16-be" if odd * 10 <= even else None


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _canonical(encoding: str, data: bytes) -> str:
    """Return the name of an encoding that was asked for; raises EncodingError."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        name = ""
    if name in {"utf-16", "utf-32"}:
        marked = _marked(data) or ""
        return marked if marked.startswith(name) else f"{name}-le"
    name = {"utf-8-sig": "utf-8", "ascii": "utf-8"}.get(name, name)
    if name not in _CODECS:
        message = f"“{encoding}” is no encoding that can be read; “utf-8” is the usual one."
        raise EncodingError(message)
    return _CODECS[name]


def _question(data: bytes, name: str, line: int) -> str:
    found = candidates(data)
    sentence = f"Line {line} of the text is not {name.upper()}"
    if not found:
        return f"{sentence}, nor does it fit another known encoding."
    *most, last = found
    listed = f"{', '.join(most)} or {last}" if most else last
    return f"{sentence}; it may be {listed}. Choose its encoding."


def _likelihood(text: str) -> float:
    """Return how much the characters beyond ASCII look like those of a text, at most 1."""
    counts = Counter(pairwise(text))
    total = sum(n for (first, _), n in counts.items() if not first.isascii())
    return sum(n * _fitness(*pair) for pair, n in counts.items()) / max(total, 1)


def _fitness(first: str, second: str) -> float:
    """Return how likely a character beyond ASCII is before another, from -2 to 1."""
    if first.isascii():
        return -1.0 if _strangers(second, first) else 0.0
    if first in _TYPOGRAPHIC:
        return 0.6
    if not first.isalpha():
        return -2.0 if ord(first) < 0xA0 else -1.0
    if _strangers(first, second) or (first.islower() and second.isupper()):
        return -1.0
    return 0.9 if "\u4e00" <= first <= "\u9fff" else 1.0


def _strangers(first: str, second: str) -> bool:
    """Whether two neighbouring letters are of scripts that never share a word."""
    if first.isascii() or not second.isalpha() or not first.isalpha():
        return False
    pair = {script(first), script(second)} - {COMMON, INHERITED}
    return len(pair) > 1 and ("Latn" in pair or "Hang" in pair)


def _encode_between(text: str, encoding: str, original: bytes, before: str) -> bytes:
    """Encode a changed text, the bytes of its unchanged start and end as they were."""
    start = _common(before, text)
    end = _common(before[start:][::-1], text[start:][::-1])
    first = _bytes_of(original, encoding, start)
    last = _bytes_of(original, encoding, len(before) - end)
    changed = text[start : len(text) - end]
    return original[:first] + changed.encode(encoding) + original[last:]


def _common(first: str, second: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _bytes_of(original: bytes, encoding: str, characters: int) -> int:
    """Return how many bytes the first characters of a text take."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    for place, byte in enumerate(original):
        if seen == characters and not decoder.getstate()[0]:
            return place
        seen += len(decoder.decode(bytes([byte])))
    return len(original)
