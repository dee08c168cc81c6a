"""Which language a text is in: by its script, else by its most frequent words and letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

import regex

from reviewer import paths
from reviewer.text.languages import language
from reviewer.text.scripts import scripts

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Collection, Iterator, Mapping, Sequence

UNKNOWN = "und"

_ONE_LANGUAGE = """
Armn hy Beng bn Ethi am Geor ka Grek el Gujr gu Guru pa Hang ko Hebr he Khmr km Knda kn Laoo lo
Mlym ml Mymr my Orya or Sinh si Taml ta Telu te Thai th Tibt bo"""
_OF_SCRIPT = dict(zip(_ONE_LANGUAGE.split()[::2], _ONE_LANGUAGE.split()[1::2], strict=True))
_WRITTEN_IN = {
    **dict.fromkeys(("bg", "mk", "ru", "sr", "uk"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arab"),
    "hi": "Deva",
}
_SIMPLIFIED = frozenset(
    "们这国来时会对说为过学长开关见车门问间电话语认识让请谁还边进远运动头买卖书东乐岁从众个产业经济发现实际义"
    "务员类组织机构计划设备质数据总结论权议题讯网络无线处几条样点热爱亲听写读观觉记种积极应当传统华师带师归战争"
)
_TRADITIONAL = frozenset(
    "們這國來時會對說為過學長開關見車門問間電話語認識讓請誰還邊進遠運動頭買賣書東樂歲從眾個產業經濟發現實際義"
    "務員類組織機構計劃設備質數據總結論權議題訊網絡無線處幾條樣點熱愛親聽寫讀觀覺記種積極應當傳統華師帶師歸戰爭"
)
_EAST_ASIAN_WEIGHT = 3
"""A Chinese character says as much as some letters of an alphabet."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_ADDRESS = regex.compile(r"(?<!\w)(?:\w{2,12}+://|www\.)\S++|(?<!\S)[^\s@]{1,64}+@[^\s@]{1,255}+")
_LONGEST = 20_000
_MOST_WORDS = 1_500
_UNKNOWN_WORD = 1e-4
_STRANGE_LETTER = -2.5

_FEWEST_WORDS = 8
_LEAST_MARGIN = 5.0
_LEAST_MARGIN_PER_WORD = 0.12
_LEAST_KNOWN = 0.2
_LEAST_SHARE = 0.7
_FEWEST_CHARACTERS = 12
_MOST_FOREIGN = 0.15
_CHUNK = 15
_RELATIVES = ({"id", "ms"},)
"""Languages in which a stretch of the one may well look like the other."""
_TELLING = 3.0
"""Natural logarithm: a word that one of two near relatives lacks is twenty times likelier."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text's language seems to be.

    Attributes:
        language: BCP 47 tag, with the script where that is clear ("zh-Hant"); "und" where
            nothing can be told.
        confidence: 0-1.
        sure: whether the person need not be asked.
    """

    language: str
    confidence: float
    sure: bool


@dataclass(frozen=True, slots=True)
class _Profile:
    """The letters beyond a-z of a language, and what each of its frequent words says for it."""

    letters: frozenset[str]
    weights: Mapping[str, float]


def detect(sample: str, candidates: Collection[str] = ()) -> Guess:
    """Return the language of a text, told from its first 20,000 characters.

    `candidates` are BCP 47 tags; where given, only these come into question.
    """
    text = _ADDRESS.sub(" ", sample[:_LONGEST])
    counts = scripts(text)
    script, share = _main_script(counts)
    known = {_code(tag) for tag in candidates}
    if script == "Hani":
        return _east_asian(text, counts, share, known)
    if script in _OF_SCRIPT:
        language = _OF_SCRIPT[script]
        if known and language not in known:
            return Guess(UNKNOWN, 0.0, sure=False)
        sure = share >= _LEAST_SHARE and counts[script] >= _FEWEST_CHARACTERS
        return Guess(language, round(share, 3), sure)
    wanted = [
        code
        for code in _profiles()
        if _WRITTEN_IN.get(code, "Latn") == script and (not known or code in known)
    ]
    return _by_words(text, wanted, share)


def _code(tag: str) -> str:
    code = tag.replace("_", "-").split("-")[0].lower()
    return {"no": "nb", "nn": "nb", "sh": "hr", "bs": "hr", "tl": "fil"}.get(code, code)


def _main_script(counts: Counter[str]) -> tuple[str, float]:
    """Return the script of most of a text and its share; "Hani" stands for East Asian ones."""
    weights: dict[str, int] = {}
    for script, number in counts.items():
        east_asian = script in {"Hani", "Hira", "Kana", "Bopo"}
        name = "Hani" if east_asian else script
        weights[name] = weights.get(name, 0) + number * (_EAST_ASIAN_WEIGHT if east_asian else 1)
    if not weights:
        return "", 0.0
    script = max(weights, key=weights.__getitem__)
    return script, weights[script] / sum(weights.values())


def _east_asian(text: str, counts: Counter[str], share: float, known: set[str]) -> Guess:
    """Tell Japanese by its kana, and Chinese in simplified or traditional characters."""
    kana = counts["Hira"] + counts["Kana"]
    total = kana + counts["Hani"]
    enough = share >= _LEAST_SHARE and total >= _FEWEST_CHARACTERS
    japanese = kana >= 0.1 * total
    if known & {"ja", "zh"} and ("ja" if japanese else "zh") not in known:
        japanese = not japanese
    if japanese:
        return Guess("ja", round(share, 3), enough)
    if known and "zh" not in known:
        return Guess(UNKNOWN, 0.0, sure=False)
    simplified = sum(c in _SIMPLIFIED and c not in _TRADITIONAL for c in text)
    traditional = sum(c in _TRADITIONAL and c not in _SIMPLIFIED for c in text)
    tag = "zh"
    if simplified + traditional >= 3 and min(simplified, traditional) * 10 <= total:
        if simplified > 4 * traditional:
            tag = "zh-Hans"
        elif traditional > 4 * simplified:
            tag = "zh-Hant"
    # A few characters without kana may be a Japanese heading.
    return Guess(tag, round(share, 3), enough and (tag != "zh" or total >= 40))


def _by_words(text: str, wanted: Collection[str], share: float) -> Guess:
    words = [word.casefold() for word in _WORD.findall(text)[:_MOST_WORDS]]
    if not words or not wanted:
        return Guess(UNKNOWN, 0.0, sure=False)
    chunks = [_scores(chunk, wanted) for chunk in _chunks(words)]
    scores = {code: sum(chunk[code] for chunk in chunks) for code in wanted}
    best = max(scores, key=scores.__getitem__)
    if scores[best] <= 0:
        return Guess(UNKNOWN, 0.0, sure=False)
    second = max((code for code in wanted if code != best), key=scores.__getitem__, default=best)
    margin = scores[best] - (scores[second] if second != best else 0.0)
    near = {best, second} in _RELATIVES
    weights = _profiles()[best].weights
    covered = sum(word in weights for word in words) / len(words)
    others = {code for code in wanted if {code, best} not in _RELATIVES}
    foreign = sum(
        max(chunk[code] for code in others) - chunk[best] > _LEAST_MARGIN for chunk in chunks
    )
    sure = (
        len(words) >= _FEWEST_WORDS
        and min(share - _LEAST_SHARE, covered - _LEAST_KNOWN) >= 0
        and margin >= max(_LEAST_MARGIN, _LEAST_MARGIN_PER_WORD * len(words) / (1 + near))
        and foreign <= _MOST_FOREIGN * len(chunks)
    )
    confidence = share * (1 - exp(-margin / 4)) * min(1.0, covered / _LEAST_KNOWN)
    return Guess(best, round(confidence, 3), sure)


def _chunks(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield stretches of a text, to see whether it changes its language."""
    size = max(_CHUNK, len(words) // 12)
    for start in range(0, len(words), size):
        yield words[start : start + size]


def _scores(words: Sequence[str], wanted: Collection[str]) -> dict[str, float]:
    return {code: _score(words, _profiles()[code]) + _tell(words, code) for code in wanted}


def _tell(words: Sequence[str], code: str) -> float:
    """Return what the words say that a language does not share with its nearest relative."""
    data = language(code)
    tell, endings = data.words("detect", "tell"), tuple(data.words("detect", "endings"))
    if not tell:
        return 0.0
    return _TELLING * sum(word in tell or word.endswith(endings) for word in words)


def _score(words: Collection[str], profile: _Profile) -> float:
    """Return how much more likely words are in a language than in none (natural logarithm)."""
    score = 0.0
    for word in words:
        weight = profile.weights.get(word)
        if weight is not None:
            score += weight
        elif not word.isascii() and not profile.letters.issuperset(_beyond_ascii(word)):
            score += _STRANGE_LETTER
    return score


def _beyond_ascii(word: str) -> set[str]:
    return {letter for letter in word if letter.isalpha() and not letter.isascii()}


@cache
def _profiles() -> Mapping[str, _Profile]:
    profiles = {}
    for line in paths.resource("frequent-words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, letters, words = line.split("|")
            weights = {w: _weight(rank) for rank, w in enumerate(words.split())}
            profiles[code] = _Profile(frozenset(letters), weights)
    return profiles


def _weight(rank: int) -> float:
    """Return ln of how much more frequent a word of a rank is than an unknown one (Zipf)."""
    return log(0.1 / (rank + 2.7) / _UNKNOWN_WORD)
