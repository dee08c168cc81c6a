"""Small words that are written onto another: they stay when a rendering takes its place."""

from __future__ import annotations

import regex

_PREFIX = regex.compile(r"(?P<before>[وف]?+[بكل]?+)(?P<article>ال|(?<=ل)ل)?")
"""Of a definite noun behind "for", one letter of the article is written: للبيت."""
_ARTICLE = "ال"
_WHOLE = regex.compile(rf"{_PREFIX.pattern}(?=\p{{L}}{{2}})")
_INDONESIAN = regex.compile(r"(?<=\p{L}{3})(?:nya|lah|kah|pun|ku|mu)$")
"""Sneddon et al. (2010), Indonesian: A Comprehensive Grammar, 2.50-2.54."""


def carried_over(code: str, preferred: str, old: str, shown: str) -> str:
    """Return the preferred rendering with what is written onto the old form.

    Args:
        code: primary subtag of the language.
        preferred: the rendering that comes.
        old: the form that stands in the text.
        shown: the form that the old rendering is shown in.
    """
    if code in {"id", "ms"}:
        return preferred + _ending(old, shown, preferred)
    return _arabic(preferred, old, shown) if code == "ar" else preferred


def _ending(old: str, shown: str, preferred: str) -> str:
    """Return the clitic at the end of a form that its rendering does not have by itself."""
    match = _INDONESIAN.search(old.lower())
    if match is None or old.lower()[: match.start()] != shown.lower():
        return ""
    return "" if preferred.lower().endswith(match.group()) else match.group()


def _arabic(preferred: str, old: str, shown: str) -> str:
    """Return a rendering behind the conjunction and the preposition of the old form.

    One word is definite where the old one is; of several, the last one says so.
    """
    before, definite = _prefix(old, shown)
    bare = preferred.removeprefix(_ARTICLE)
    if " " in preferred:
        definite = bare != preferred
    if not definite:
        return before + bare
    return f"{before}ل{bare}" if before.endswith("ل") else f"{before}{_ARTICLE}{bare}"


def _prefix(old: str, shown: str) -> tuple[str, bool]:
    """Return what stands before the noun of a form, and whether the article does."""
    noun = shown.removeprefix(_ARTICLE)
    if noun and old.endswith(noun):
        match = _PREFIX.fullmatch(old[: len(old) - len(noun)])
    else:
        match = _WHOLE.match(old)
        if match is not None and match.group("article") is None:
            # A first letter alone may belong to the word.
            return "", False
    if match is None:
        return "", old.startswith(_ARTICLE)
    return match.group("before"), match.group("article") is not None
