"""Texts in scripts without spaces and in other alphabets: what is compared, and how well."""

import random

import pytest

from reviewer.align import Column, align
from reviewer.align.cognates import cognates
from reviewer.align.tokens import MOST_TOKENS, token_table, tokenize
from tests.align.texts import book, pairs_of

_LATIN = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve", "zo")
_THAI = ("กา", "ขี", "คู", "เจ", "ซา", "ดี", "ตู", "นา", "บี", "ปู", "มา", "ยี")
_KHMER = ("កា", "ខិ", "គុ", "ចេ", "ជា", "ដិ", "តុ", "នា", "បិ", "ពុ", "មា", "យិ")
_KATAKANA = ("カ", "キ", "ク", "サ", "シ", "ス", "タ", "チ", "ツ", "ナ", "ニ", "ヌ")
_HANGUL = ("가", "너", "도", "루", "미", "배", "소", "우", "지", "처", "코", "투")
_HAN = "山水火木金土日月人口手足目耳心力田石天雨車馬牛羊犬虫魚鳥貝糸衣食門戸刀弓矢舟竹米"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Éléphants, 1\u202f234,5!", ["elepha", ",", "12345", "!"]),
        ("2010 500 1 000 000", ["2010", "500", "1000000"]),
        ("Deskwellは依頼を集める。", ["deskwe", "依", "頼", "集", "."]),
        ("チケットを開く", ["チケッ", "ケット", "開"]),
        ("ありがとう。", [".", "ありが", "りがと", "がとう"]),
        ("人々", ["人", "々"]),
        ("ค่าใช้จ่าย café", ["ค่าใ", "าใช้", "ใช้จ่", "ช้จ่า", "จ่าย", "cafe"]),
        ("ពាក្យ", ["ពាក្យ"]),
        ("GNOME에서 설정을", ["gnome", "에서", "설정"]),
        ("وَٱلۡكِتَٰبُ", ["و+", "ال+", "كتب"]),
        ("وقت", ["وقت"]),
        ("٣٤", ["34"]),
        ("", []),
    ],
)
def test_what_is_compared(text, expected):
    assert tokenize(text) == expected


@pytest.mark.parametrize("letter", ["ก", "の", "カ", "字", "가", "a", "ب", "か字"])
def test_a_line_without_end_is_read_in_part(letter):
    assert 1 <= len(tokenize(letter * 400_000)) <= MOST_TOKENS


def syllables(text):
    """Return the words of a made-up sentence, each as the numbers of its syllables."""
    words = text.lower().replace(".", "").split()
    return [[_LATIN.index(word[k : k + 2]) for k in range(0, len(word), 2)] for word in words]


def written(text, sounds, space=""):
    """Return a made-up sentence in other letters."""
    return space.join("".join(sounds[k] for k in word) for word in syllables(text))


def with_grammar(text):
    """Return a made-up sentence as Japanese is written: ideographs, and kana between them."""
    dice = random.Random(text)
    endings = ("は", "を", "の", "という", "ました", "である")
    return "".join(
        "".join(_HAN[k + 12 * min(place, 2)] for place, k in enumerate(word))
        + dice.choice(endings)
        for word in syllables(text)
    )


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param(lambda text: written(text, _THAI), id="thai"),
        pytest.param(lambda text: written(text, _KHMER), id="khmer"),
        pytest.param(lambda text: written(text, _KATAKANA), id="katakana"),
        pytest.param(lambda text: written(text, _HANGUL, " "), id="hangul"),
        pytest.param(with_grammar, id="kanji and kana"),
    ],
)
def test_short_documents_in_other_scripts(spelling):
    """Sixty sentences, four of them left out and four pairs joined: nearly all beads are found."""
    right = wanted = 0
    for seed in range(3):
        source, plain = book(60, seed, things=60)
        target, gold = [], []
        gone, joined = {7, 21, 22, 48}, {3, 15, 33, 52}
        k = 0
        while k < 60:
            if k in gone:
                gold.append(((k,), ()))
            elif k in joined:
                gold.append(((k, k + 1), (len(target),)))
                target.append(spelling(f"{plain[k]} {plain[k + 1]}"))
                k += 1
            else:
                gold.append(((k,), (len(target),)))
                target.append(spelling(plain[k]))
            k += 1
        found = pairs_of(align(Column(source), Column(target), "xx", "yy"))
        wanted += len(gold)
        right += len(set(gold) & set(found))
    assert right / wanted > 0.9


NAMES = (
    ("Vladimir", "Владимир"), ("London", "Лондон"), ("Barcelona", "Барселона"),
    ("Natalia", "Наталия"), ("Kazakhstan", "Казахстан"), ("Alexandra", "Александра"),
    ("Amsterdam", "Амстердам"), ("Sebastian", "Себастьян"), ("Karolina", "Каролина"),
    ("Montevideo", "Монтевидео"), ("Konstantin", "Константин"), ("Margarita", "Маргарита"),
)  # fmt: skip


def test_names_in_another_alphabet_are_seen():
    source = token_table([latin for latin, _ in NAMES], lambda: None)
    target = token_table([cyrillic for _, cyrillic in NAMES], lambda: None)
    pairs = cognates(source, target, lambda: None)
    found = {
        (source.words[one], target.words[other])
        for one, other in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True)
    }
    wanted = {(latin.lower()[:6], cyrillic.lower()[:6]) for latin, cyrillic in NAMES}
    assert len(found & wanted) >= 10
    assert found <= wanted
