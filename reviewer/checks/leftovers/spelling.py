"""Letters that tell a language: a word with "ř" is no French one, whatever the lists say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Letters beside a-z; loan words with others are in the lists. Without the long vowels of Latvian:
# they transliterate Arabic, Sanskrit and Japanese too.
_LETTERS = {
    "en": "é",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßé",
    "es": "áéíóúüñ",
    "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúü",
    "ca": "àçèéíïòóúüñ",
    "id": "éè",
    "ms": "éè",
    "fil": "ñéáíóúàâêîôûìòù",
    "nl": "äëïöüáéíóúèàêâîôûç",
    "sv": "åäöéèàüæø",
    "da": "æøåéèöäüóá",
    "nb": "æøåéèêòôóöäü",
    "fi": "äöåšžéü",
    "is": "áðéíóúýþæö",
    "pl": "ąćęłńóśźżéö",
    "cs": "áčďéěíňóřšťúůýžö",
    "sk": "áäčďéíĺľňóôŕšťúýžö",
    "sl": "čšžćđé",
    "sh": "čćđšž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţé",
    "tr": "çğıöşüâîûi̇",
    "lt": "ąčęėįšųūž",
    "lv": "čģķļņšž",
    "vi": "ăâđêôơưáàãéèẽíìĩóòõúùũýỳỹ" + "".join(map(chr, range(0x1EA0, 0x1EFA))),
}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz'’-·")
_ALPHABETS = {code: _PLAIN | frozenset(letters) for code, letters in _LETTERS.items()}


def telling(
    forms: Sequence[str], target: str, codes: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which forms have a letter that the target's words have not, and whose it may be.

    The second array has a column per language of `codes`: True where its alphabet can spell the
    form. Nothing is told of targets and languages that are not in the table.
    """
    alien = np.zeros(len(forms), np.bool_)
    spelt = np.zeros((len(forms), len(codes)), np.bool_)
    alphabet = _ALPHABETS.get(target)
    if alphabet is None:
        return alien, spelt
    for index, form in enumerate(forms):
        if form.isascii():
            continue
        letters = set(form.lower())
        if letters <= alphabet:
            continue
        whose = [letters <= _ALPHABETS.get(code, frozenset()) for code in codes]
        alien[index] = any(whose)
        spelt[index] = whose
    return alien, spelt
