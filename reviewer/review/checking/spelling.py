"""The dictionaries and the person's own words, as a review and the commands use them.

The words of a project are waivers of scope "word": events like every other decision. The own words
of a person hold in every project and lie in the config folder, a file of lines per language.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.checks.orthography.forms import writing
from reviewer.checks.spelling import CHECK
from reviewer.errors import ExportError, FormatError, system_reason
from reviewer.text.dictionaries import dictionaries_below, own_folder
from reviewer.text.languages import language
from reviewer.text.speller import is_available, speller_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reviewer.checks.base import Check
    from reviewer.review.checking.pipeline import Unknown, Watch
    from reviewer.text.speller import Speller

MOST_WORDS = 20_000
"""Words of a list; a longer one is a dictionary, not a list of words to accept."""
_BETWEEN = 0.1
"""Seconds between two looks at the Cancel button."""
_LONGEST_WORD = 100
_LARGEST_FILE = 8 << 20
_LIBRE_OFFICE = "OOoUserDict"
"""How LibreOffice begins its own lists of words; "---" ends their head."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known of the spelling of a language on this computer.

    Attributes:
        speller: None where nothing can be told.
        installed: whether the package that reads dictionaries is there.
        possible: whether the language has words that can be looked up one by one.
        folder: where the person may put dictionaries.
        asked: whether the check of spelling is on.
    """

    speller: Speller | None
    installed: bool
    possible: bool
    folder: Path
    asked: bool = True

    @property
    def unknown(self) -> Unknown | None:
        """Tells which words are in no dictionary; None where nothing can be told."""
        return self.speller.unknown if self.speller is not None else None

    def wait(self, watch: Watch) -> None:
        """Wait until the dictionaries are loaded; raises Cancelled."""
        while self.speller is not None and not self.speller.is_ready(_BETWEEN):
            watch.step("Loading the dictionary", 0, 1)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the dictionaries in use."""
        if self.speller is None or self.speller.trouble:
            return ()
        return tuple(each.name for each in self.speller.dictionaries)

    @property
    def trouble(self) -> str:
        """Why dictionaries that are there cannot be used, one sentence; else empty."""
        return self.speller.trouble if self.speller is not None else ""


def spelling_for(checks: Iterable[Check], tag: str, folder: Path | None = None) -> Spelling:
    """Return the spelling of a language where one of the checks asks for it, else nothing."""
    if all(check.id != CHECK.id for check in checks):
        return Spelling(None, is_available(), language(tag).spaced, own_folder(), asked=False)
    return spelling_of(tag, folder)


def spelling_of(tag: str, folder: Path | None = None) -> Spelling:
    """Return the spelling of a language; dictionaries in `folder` come first."""
    possible = language(tag).spaced
    return Spelling(speller_for(tag, folder), is_available(), possible, own_folder())


def require_dictionaries(folder: Path) -> None:
    """Refuse a folder that a person named and that cannot serve; raises FormatError."""
    if not is_available():
        message = "Dictionaries need one more package: pip install bitext-reviewer[spelling]."
        raise FormatError(message)
    if not folder.is_dir():
        message = f"“{folder}” is no folder."
        raise FormatError(message)
    if not dictionaries_below(folder):
        message = f"“{folder}” holds no dictionary: a file NAME.aff beside NAME.dic."
        raise FormatError(message)


def suggestions(speller: Speller, tag: str, word: str, text: str) -> tuple[str, ...] | None:
    """Return what may be meant by a word of a text, best first; None while it is looked for.

    The apostrophes are those of the text.
    """
    found = speller.suggestions(writing(language(tag)).spelled(word))
    if not found or "’" not in text:
        return found
    return tuple(suggestion.replace("'", "’") for suggestion in found)


# The person's own words


def own_words_file(tag: str) -> Path:
    """Return the file of a person's own words of a language; it may not exist yet."""
    return paths.config_folder() / "words" / f"{language(tag).code}.txt"


def own_words(tag: str) -> tuple[str, ...]:
    """Return the person's own words of a language as written; empty where there are none."""
    with suppress(FormatError):
        return read_words(own_words_file(tag))
    return ()


def own_words_lowered(tag: str) -> frozenset[str]:
    """Return the person's own words of a language in lower case, for checks to pass over."""
    return frozenset(word.lower() for word in own_words(tag))


def save_own_words(tag: str, words: Iterable[str]) -> None:
    """Write the person's own words of a language; raises ExportError."""
    path = own_words_file(tag)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"“{path.parent}” cannot be made: {system_reason(error)}."
        raise ExportError(message) from None
    write_words(path, words)


def read_words(path: Path) -> tuple[str, ...]:
    """Read a list of words, one in a line, each once; raises FormatError.

    What follows a tab or "/" is left out, as are lines that begin with "#" and the number of
    words that dictionaries begin with.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            message = f"“{path.name}” is too large for a list of words."
            raise FormatError(message)
        text = path.read_text("utf-8-sig")
    except OSError as error:
        message = f"“{path.name}” cannot be read: {system_reason(error)}."
        raise FormatError(message) from None
    except UnicodeDecodeError:
        message = f"“{path.name}” is not UTF-8; save it as UTF-8 and read it again."
        raise FormatError(message) from None
    if text.startswith(_LIBRE_OFFICE):
        text = text.partition("\n---")[2]
    words: dict[str, None] = {}
    for line in text.splitlines():
        word = clean_word(line.split("\t")[0].split("/")[0])
        if word and not line.startswith("#") and not word.isdigit():
            words[word] = None
    if len(words) > MOST_WORDS:
        message = f"“{path.name}” has {len(words)} words; a list may have {MOST_WORDS}."
        raise FormatError(message)
    return tuple(words)


def write_words(path: Path, words: Iterable[str]) -> None:
    """Write a list of words, one in a line, sorted; raises ExportError."""
    from reviewer.formats.whole_file import replacing

    lines = "".join(f"{word}\n" for word in sorted(words, key=str.casefold))
    with replacing(path) as file:
        file.write(lines.encode("utf-8", "replace"))


def clean_word(text: str) -> str:
    """Return a word without spaces around it and what cannot be seen; empty for none.

    A few words with blanks between them stay together.
    """
    word = " ".join("".join(c for c in text if c.isprintable() or c in " \t").split())
    return word[:_LONGEST_WORD].strip()
