"""The script of a character: ISO 15924 codes from a table of our own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache

COMMON = "Zyyy"
INHERITED = "Zinh"

# The scripts of living languages (Unicode 17, Scripts.txt), unassigned gaps closed. Different
# from there: the long vowel mark counts as Katakana and the tatweel as Arabic, for they stand
# inside words of these scripts alone.
_RANGES = {
    "Adlm": "1E900-1E95F",
    "Arab": (
        "600-604 606-60B 60D-61A 61C-61E 620-64A 656-66F 671-6DC 6DE-6FF 750-77F 870-8E1 "
        "8E3-8FF FB50-FD3D FD40-FDFF FE70-FEFC 10E60-10E7E 10EC2-10EFF 1EE00-1EEF1"
    ),
    "Armn": "531-58F FB13-FB17",
    "Bali": "1B00-1B7F",
    "Batk": "1BC0-1BFF",
    "Beng": "980-9FE 11DF0-11DF1",
    "Bopo": "2EA-2EB 3105-312F 31A0-31BF",
    "Bugi": "1A00-1A1F",
    "Cakm": "11100-11147",
    "Cans": "1400-167F 18B0-18F5 11AB0-11ABF",
    "Cher": "13A0-13FD AB70-ABBF",
    "Copt": "3E2-3EF 2C80-2CFF",
    "Cyrl": "400-484 487-52F 1C80-1C8A 1D2B 1D78 2DE0-2DFF A640-A69F FE2E-FE2F 1E030-1E08F",
    "Deva": "900-950 955-963 966-97F A8E0-A8FF 11B00-11B0A",
    "Ethi": "1200-1399 2D80-2DDE AB01-AB2E 1E7E0-1E7FE",
    "Geor": "10A0-10FA 10FC-10FF 1C90-1CBF 2D00-2D2D",
    "Grek": (
        "370-373 375-37D 37F-384 386 388-3E1 3F0-3FF 1D26-1D2A 1D5D-1D61 1D66-1D6A 1DBF "
        "1F00-1FFE 2126 AB65 10140-1018E 101A0 1D200-1D245 1DFF3-1DFF4"
    ),
    "Gujr": "A81-AFF",
    "Guru": "A01-A76",
    "Hang": "1100-11FF 302E-302F 3131-318E 3200-321E 3260-327E A960-A97C AC00-D7FB FFA0-FFDC",
    "Hani": (
        "2E80-2FD5 3005 3007 3021-3029 3038-303B 3400-4DBF 4E00-9FFF F900-FAD9 16FE2-16FE3 "
        "16FF0-16FF6 20000-31FFF"
    ),
    "Hebr": "591-5F4 FB1D-FB4F",
    "Hira": "3041-3096 309D-309F 1B001-1B11F 1B123 1B132-1B152 1F200",
    "Java": "A980-A9CD A9D0-A9DF",
    "Kana": (
        "30A1-30FA 30FC-30FF 31F0-31FF 32D0-32FE 3300-3357 FF66-FF9D 1AFF0-1B000 1B120-1B122 "
        "1B124-1B128 1B155-1B168"
    ),
    "Khmr": "1780-17F9 19E0-19FF",
    "Knda": "C80-CF3",
    "Lana": "1A20-1AAD",
    "Laoo": "E81-EDF",
    "Latn": (
        "41-5A 61-7A AA BA C0-D6 D8-F6 F8-2B8 2E0-2E4 1D00-1D25 1D2C-1D5C 1D62-1D65 1D6B-1D77 "
        "1D79-1DBE 1E00-1EFF 2071 207F 2090-209F 212A-212B 2132 214E 2160-2188 2C60-2C7F "
        "A722-A787 A78B-A7FF AB30-AB5A AB5C-AB64 AB66-AB69 AB6C-AB6D FB00-FB06 FF21-FF3A "
        "FF41-FF5A 10780-107BF 1DF00-1DFF2 1DFF5-1DFFF"
    ),
    "Mlym": "D00-D7F",
    "Mong": "1800-1801 1804 1806-18AA 11660-1166C",
    "Mtei": "AAE0-AAF6 ABC0-ABF9",
    "Mymr": "1000-109F A9E0-A9FE AA60-AA7F 116D0-116E3",
    "Nkoo": "7C0-7FF",
    "Olck": "1C50-1C7F",
    "Orya": "B01-B77",
    "Rohg": "10D00-10D39",
    "Sinh": "D81-DF4 111E1-111F4",
    "Sund": "1B80-1BBF 1CC0-1CC7",
    "Syrc": "700-74F 860-86A",
    "Tale": "1950-1974",
    "Talu": "1980-19DF",
    "Taml": "B82-BFA 11FC0-11FFF",
    "Telu": "C00-C7F",
    "Tfng": "2D30-2D7F",
    "Thaa": "780-7B1",
    "Thai": "E01-E3A E40-E5B",
    "Tibt": "F00-FD4 FD9-FDA",
    "Vaii": "A500-A62B",
    "Yiii": "A000-A4C6",
    "Zinh": (
        "300-36F 485-486 64B-655 670 951-954 1AB0-1AF0 1CD0-1CD2 1CD4-1CE0 1CE2-1CE8 1CED 1CF4 "
        "1CF8-1CF9 1DC0-1DFF 200C-200D 20D0-20F0 302A-302D 3099-309A FE00-FE0F FE20-FE2D 101FD "
        "102E0 1133B 1CF00-1CF46 1D127-1D128 1D167-1D169 1D17B-1D182 1D185-1D18B 1D1AA-1D1AD "
        "1D25B-1D25C"
    ),
}


def _table() -> tuple[list[int], list[str]]:
    """Return the first character of every stretch, sorted, and the stretch's script."""
    ranges = []
    for code, text in _RANGES.items():
        for piece in text.split():
            start, _, end = piece.partition("-")
            ranges.append((int(start, 16), int(end or start, 16), code))
    starts, codes = [0], [COMMON]
    for first, last, code in sorted(ranges):
        if starts[-1] == first:
            codes[-1] = code
        else:
            starts.append(first)
            codes.append(code)
        starts.append(last + 1)
        codes.append(COMMON)
    return starts, codes


_STARTS, _CODES = _table()


@cache
def script(character: str) -> str:
    """Return the ISO 15924 code of a character.

    "Zyyy" for digits, punctuation and what no living script claims, "Zinh" for combining marks
    that take the script of their letter.
    """
    return _CODES[bisect_right(_STARTS, ord(character)) - 1]


def scripts(text: str) -> Counter[str]:
    """Return how many characters of each script a text holds, without "Zyyy" and "Zinh"."""
    counts: Counter[str] = Counter()
    for character, number in Counter(text).items():
        code = script(character)
        if code not in {COMMON, INHERITED}:
            counts[code] += number
    return counts
