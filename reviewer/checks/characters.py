"""Characters that no reader sees or that come from a broken encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.scripts import script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2060\ufeff\u2028\u2029\ufff9-\ufffb\ufdd0-\ufdef]"
)
_BROKEN = re.compile(r"\ufffd+")
_OVERRIDE = re.compile(r"[\u202d\u202e]")
_OPENS_BIDI, _CLOSES_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_JOINERS = re.compile(r"[\u200c\u200d]")
_JOINED = frozenset({
    "Arab", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh",
    "Khmr", "Mong", "Syrc",
})  # fmt: skip
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc‚-„†-•…‰‹›€™]"
    "|â(?:€[\u0080-\u00bf™œ\u009d\u009c“”˜¦¢]|\u0080[\u0090-\u00bf])"
    "|Â[\u00a0-\u00bf]|ðŸ|ï»¿|ï¼[\u0080-\u00bf]|Ð[\u00a0-\u00bf°±²³µ¸º¾]Ñ|(?:Ð[^\\s]){3}|(?:Р[°µёѕЅ][а-яА-Я]?){3}"
)
_LOOK_ALIKE = re.compile(r"[^\W\d_]{2,40}")
_GREEK_OR_CYRILLIC = (
    "\u0370-\u052f\u1c80-\u1c8f\u1d00-\u1dff\u1f00-\u1fff\u2126\u2de0-\u2dff\ua640-\ua69f\uab65"
    "\ufe2e\ufe2f\U00010140-\U000101a0\U0001d200-\U0001d245\U0001df00-\U0001dfff\U0001e030-\U0001e08f"
)
_LOOKED_ALIKE = re.compile(f"[{_GREEK_OR_CYRILLIC}]")
_SUSPECT = re.compile(
    f"{_INVISIBLE.pattern[:-1]}\ufffd\u200c\u200d{_OPENS_BIDI}ÃâÂðïÐ{_GREEK_OR_CYRILLIC}]"
)
"""Without any of these nothing can be found: a quick look."""
_LATIN_TWINS = dict(
    zip(
        "АВСЕНІЈКМОРЅТХасеіјорѕхуԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABCEHIJKMOPSTXaceijopsxydhqwABEZHIKMNOPTYXo",
        strict=True,
    )
)
_MANY = 5


def find_bad_characters(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each invisible, broken or look-alike character of the target.

    Marks that right-to-left texts need (LRM, RLM, isolates in pairs) and joiners inside scripts
    that join are no finding, nor is what the source has as well.
    """
    del context
    for pair in pairs:
        text = pair.target_text
        if not _SUSPECT.search(text):
            continue
        for place in list(_places(text, pair.source_text))[:_MANY]:
            yield Finding(
                "characters",
                pair.number,
                (Span(Side.TARGET, place[0], place[1]),),
                (place[3],),
                Severity.MAJOR if place[2] == "broken" else Severity.MINOR,
                place[2],
                place[4],
                confidence=0.9,
            )


_Place = tuple[int, int, str, str, tuple[str, ...]]


def _places(text: str, source: str) -> Iterator[_Place]:
    for match in _INVISIBLE.finditer(text):
        if match.group() not in source:
            yield match.start(), match.end(), "", _name(match.group()), ("",)
    for pattern in (_BROKEN, _MOJIBAKE):
        for match in pattern.finditer(text):
            if match.group() not in source:
                suggestions = (fixed,) if (fixed := _repaired(match.group())) else ()
                yield match.start(), match.end(), "broken", match.group(), suggestions
    yield from _bidi(text, source)
    for match in _JOINERS.finditer(text):
        near = text[max(match.start() - 1, 0) : match.start()] or " "
        if (
            script(near) not in _JOINED
            and not _is_pictograph(near)
            and match.group() not in source
        ):
            yield match.start(), match.end(), "", _name(match.group()), ("",)
    yield from _mixed_words(text, source)


def _name(character: str) -> str:
    return f"U+{ord(character[0]):04X}"


def _is_pictograph(character: str) -> bool:
    return ord(character) >= 0x1F000 or character in "\ufe0f☀☁☂♀♂⚕⚖✈❤"  # emoji


def _repaired(text: str) -> str:
    """Return what UTF-8 read as Windows-1252 was meant to be; nothing where that fails."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""


def _bidi(text: str, source: str) -> Iterator[_Place]:
    """Yield the overriding and the unclosed controls of direction."""
    for match in _OVERRIDE.finditer(text):
        if match.group() not in source:
            yield match.start(), match.end(), "", _name(match.group()), ("",)
    opened: list[int] = []
    for at, character in enumerate(text) if any(mark in text for mark in _OPENS_BIDI) else ():
        if character in _OPENS_BIDI and character not in "\u202d\u202e":
            opened.append(at)
        elif character in _CLOSES_BIDI and opened:
            opened.pop()
    for at in opened:
        yield at, at + 1, "", _name(text[at]), ("",)


def _mixed_words(text: str, source: str) -> Iterator[_Place]:
    """Yield the words in which letters of two scripts look the same ("Mосква" with a Latin M)."""
    if not _LOOKED_ALIKE.search(text):
        return
    for match in _LOOK_ALIKE.finditer(text):
        word = match.group()
        if word.isascii() or word in source:
            continue
        found = {script(character) for character in word} - {"Zyyy", "Zinh"}
        if len(found) != 2 or "Latn" not in found or not found & {"Cyrl", "Grek"}:
            continue
        fixed = _one_script(word)
        if fixed:
            yield match.start(), match.end(), "mixed", word, (fixed,)


def _one_script(word: str) -> str:
    """Return the word in one script, where look-alikes alone divide it; else nothing."""
    latin = "".join(_LATIN_TWINS.get(character, character) for character in word)
    if latin.isascii():
        return latin
    back = {latin: other for other, latin in _LATIN_TWINS.items() if script(other) == "Cyrl"}
    other = "".join(back.get(character, character) for character in word)
    return other if not any(character.isascii() for character in other) else ""


CHECK = Check(
    id="characters",
    kind=Kind.FORM,
    type=IssueType.ENCODING,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Invisible or broken characters"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "An invisible character ({0}) stands here."),
        "broken": QT_TRANSLATE_NOOP("checks", "“{0}” comes from a broken encoding."),
        "mixed": QT_TRANSLATE_NOOP(
            "checks", "“{0}” mixes letters of two scripts that look alike."
        ),
    },
    find=find_bad_characters,
    examples=(
        Example("The café is closed.", "Le café est fermé."),
        Example("The café is closed.", "Le cafÃ© est fermé.", ("Ã©",)),
        Example("It's closed.", "Câ€™est fermé.", ("â€™",)),
        Example("The bridge is closed.", "Le pont\u200b est fermé.", ("\u200b",)),
        Example("The bridge is closed.", "Le pont est ferm\ufffd.", ("\ufffd",)),
        Example("The bridge is closed.", "\ufeffLe pont est fermé.", ("\ufeff",)),
        Example("The bridge is closed.", "پل بسته می\u200cشود.", (), "en", "fa"),
        Example("The bridge is closed.", "Le\u200c pont est fermé.", ("\u200c",)),
        Example("The UN is closed.", "\u2067الأمم\u2069 مغلقة.", (), "en", "ar"),
        Example("The UN is closed.", "\u2067الأمم مغلقة.", ("\u2067",), "en", "ar"),
        Example("Moscow is big.", "Mосква большая.", ("Mосква",), "en", "ru"),
        Example("Moscow is big.", "Москва большая.", (), "en", "ru"),
        Example("The IT department", "IT-отдел", (), "en", "ru"),
        Example("Ca 50 %", "Env. 50\u202f%"),
        Example("São Paulo, Âmbar", "São Paulo, Âmbar", (), "pt", "fr"),
        Example("Happy 👩\u200d🚀", "Heureuse 👩\u200d🚀"),
    ),
)
