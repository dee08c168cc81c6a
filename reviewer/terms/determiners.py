"""Determiners whose shape hangs on the gender and the first sound of the word behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from reviewer.text.stems import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MASCULINE, FEMININE = "masculine", "feminine"
PLAIN, VOWEL, IMPURE, UNSURE = "plain", "vowel", "impure", "unsure"

_SINGULAR = {
    # masculine, feminine; masculine and feminine before a vowel; masculine before s + consonant
    "fr": """
le la l’ l’ le|du de+la de+l’ de+l’ du|au à+la à+l’ à+l’ au|un une un une un|ce cette cet cette ce
mon ma mon mon mon|ton ta ton ton ton|son sa son son son|quel quelle quel quelle quel
nouveau nouvelle nouvel nouvelle nouveau|beau belle bel belle beau
vieux vieille vieil vieille vieux
aucun aucune aucun aucune aucun|tel telle tel telle tel""",
    "es": """
el la el la el|del de+la del de+la del|al a+la al a+la al|un una un una un|este esta este esta este
ese esa ese esa ese|aquel aquella aquel aquella aquel|nuestro nuestra nuestro nuestra nuestro""",
    "it": """
il la l’ l’ lo|del della dell’ dell’ dello|al alla all’ all’ allo|dal dalla dall’ dall’ dallo
nel nella nell’ nell’ nello|sul sulla sull’ sull’ sullo|un una un un’ uno
quel quella quell’ quell’ quello|bel bella bell’ bell’ bello|questo questa questo questa questo""",
    "pt": """
o a o a o|do da do da do|no na no na no|ao à ao à ao|pelo pela pelo pela pelo|um uma um uma um
num numa num numa num|este esta este esta este|esse essa esse essa esse
aquele aquela aquele aquela aquele|deste desta deste desta deste|neste nesta neste nesta neste""",
}
"""Grevisse, Le Bon Usage, § 50 (élision) and § 589 (contraction); Serianni, Grammatica italiana,
IV (articoli e preposizioni articolate)."""
_PLURAL = {
    "es": """
los las los las los|unos unas unos unas unos|estos estas estos estas estos|esos esas esos esas esos
aquellos aquellas aquellos aquellas aquellos""",
    "it": """
i le gli le gli|dei delle degli delle degli|ai alle agli alle agli|dai dalle dagli dalle dagli
nei nelle negli nelle negli|sui sulle sugli sulle sugli|quei quelle quegli quelle quegli
bei belle begli belle begli|questi queste questi queste questi""",
    "pt": """
os as os as os|dos das dos das dos|nos nas nos nas nos|aos às aos às aos
pelos pelas pelos pelas pelos
uns umas uns umas uns|estes estas estes estas estes|esses essas esses essas esses""",
}
_NUMBERLESS = {
    "fr": """
de de d’ d’ de|que que qu’ qu’ que|jusque jusque jusqu’ jusqu’ jusque
lorsque lorsque lorsqu’ lorsqu’ lorsque|puisque puisque puisqu’ puisqu’ puisque""",
}
_BLANK = "[ \u00a0\u202f]+"
_VOWELS = frozenset("aeiou")
_NOT_ELIDED = ("onz", "oui", "uhl", "ulul", "yaou")
_IMPURE = regex.compile(r"z|gn|ps|pn|s[^aeiouàèéìòù]")
_UNSURE_ITALIAN = regex.compile(r"[jwxy0-9]|i[aeiou]|pt|ct")


@dataclass(frozen=True, slots=True)
class Determiner:
    """One determiner in all its shapes, each with the blank or the apostrophe behind it.

    Attributes:
        plural: None where it says nothing of the number.
    """

    masculine: str
    feminine: str
    masculine_vowel: str
    feminine_vowel: str
    impure: str
    plural: bool | None

    def before(self, sound: str, gender: str) -> str | None:
        """Return the shape before a sound and a gender, "" for unknown; None if it is not sure."""
        genders = (gender,) if gender in {MASCULINE, FEMININE} else (MASCULINE, FEMININE)
        sounds = (PLAIN, VOWEL, IMPURE) if sound == UNSURE else (sound,)
        shapes = {self._shape(one, other) for one in sounds for other in genders}
        return shapes.pop() if len(shapes) == 1 else None

    def _shape(self, sound: str, gender: str) -> str:
        if gender == FEMININE:
            return self.feminine_vowel if sound == VOWEL else self.feminine
        by_sound = {VOWEL: self.masculine_vowel, IMPURE: self.impure}
        return by_sound.get(sound, self.masculine)

    def shapes(self) -> Iterator[str]:
        """Yield every shape."""
        yield from (self.masculine, self.feminine, self.masculine_vowel)
        yield from (self.feminine_vowel, self.impure)


@dataclass(frozen=True, slots=True)
class Standing:
    """A determiner where it stands.

    Attributes:
        start: where it begins.
        shape: one of its shapes.
    """

    determiner: Determiner
    start: int
    shape: str

    @property
    def genders(self) -> frozenset[str]:
        """The genders that this shape goes with."""
        one, feminine = self.determiner, {self.determiner.feminine, self.determiner.feminine_vowel}
        masculine = {one.masculine, one.masculine_vowel, one.impure}
        shapes = ((MASCULINE, masculine), (FEMININE, feminine))
        return frozenset(gender for gender, known in shapes if self.shape in known)


def standing(code: str, head: str) -> Standing | None:
    """Return the determiner at the end of a text, the longest; None where none is known."""
    found = [
        Standing(determiner, match.start(), shape)
        for shape, determiner, pattern in _patterns(code)
        if (match := pattern.search(head[-16:])) is not None
    ]
    if not found:
        return None
    longest = max(found, key=lambda each: len(each.shape))
    start = longest.start + max(0, len(head) - 16)
    return Standing(longest.determiner, start, longest.shape)


@cache
def _patterns(code: str) -> tuple[tuple[str, Determiner, regex.Pattern[str]], ...]:
    found = []
    for table, plural in ((_SINGULAR, False), (_PLURAL, True), (_NUMBERLESS, None)):
        for row in table.get(code, "").replace("\n", "|").split("|"):
            if row:
                plain, feminine, vowel, feminine_vowel, impure = (
                    _with_blank(word.replace("+", " ")) for word in row.split()
                )
                determiner = Determiner(plain, feminine, vowel, feminine_vowel, impure, plural)
                shapes = dict.fromkeys(determiner.shapes())
                found += [(s, determiner, _pattern(s)) for s in shapes]
    return tuple(found)


def _with_blank(word: str) -> str:
    return word if word.endswith("’") else f"{word} "


def _pattern(shape: str) -> regex.Pattern[str]:
    words = shape.replace(" ", _BLANK).replace("’", "['’]")
    return regex.compile(rf"(?<![\p{{L}}'’]){words}$", regex.IGNORECASE)


def sound(code: str, form: str) -> str:
    """Return how a form begins for the determiner before it; UNSURE where that cannot be told.

    A mute h cannot be told from an aspirated one.
    """
    lowered = form.lower()
    first = fold(lowered[:1])[:1]
    if code == "fr":
        if first in "hy" or not first.isalpha() or lowered.startswith(_NOT_ELIDED):
            return UNSURE
        return VOWEL if first in _VOWELS else PLAIN
    if code == "it":
        if _UNSURE_ITALIAN.match(lowered):
            return UNSURE
        if first in _VOWELS or first == "h":
            return VOWEL
        return IMPURE if _IMPURE.match(lowered) else PLAIN
    # Spanish "el agua": a feminine that begins with a stressed a.
    return PLAIN


def hides_gender(code: str, form: str) -> bool:
    """Tell whether the determiners before a form may be those of the other gender."""
    return code == "es" and fold(form[:2].lower()).removeprefix("h").startswith("a")
