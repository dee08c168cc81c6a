"""Words and phrases that stand twice in a row."""

from __future__ import annotations

import re
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.numbers import find_numbers
from reviewer.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.languages import Language

_TOKEN = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’ʼ\-\u2010\u2011·.][\p{L}\p{N}][\p{L}\p{M}\p{N}]*+)*+"
)
_PIECE = re.compile(r"\w+")
_FAR = 24
_RUN = re.compile(r"[0-9A-Za-z\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e5b]{4,2000}")
_GLUED = re.compile(r"(?<!\w)(\w[\w ]{3,40}?)\1(?!\w)")
"""A term that stands twice without a space, as where a program joined two forms of it."""
_SPACES = frozenset(" \u00a0\u202f")
_WORD_GAPS = frozenset({"", '"', "“", "«", "„"})
"""What may stand between two copies of a word, beside spaces; a quote that opened twice."""
_DOUBLED = re.compile(r"([\u3400-\u9fff])\1")
_KATAKANA, _HIRAGANA = re.compile("[\u30a1-\u30ff]+"), re.compile("[\u3041-\u309f]+")
_ENDINGS = frozenset({"です", "した", "ので", "まで", "から", "こと", "もの", "する", "など"})
"""Two kana that no word doubles."""
_THAI_WORD = 5
"""Letters of a Thai word that is there twice; fewer are syllables of one word."""
_LONGEST_PHRASE = 6
_SHORTEST_PHRASE = 6
_COMMA_PHRASE = 3
_PAIR = 2
_FROM = frozenset({"from", "de", "von", "da", "dari", "с", "од", "от", "od", "z", "van", "fra"})
"""Words before "time to time to", which is no repetition."""
_LONGEST_REPEAT = 12
_LONGEST = 20_000
"""Characters of a side that are looked at; more is no sentence."""
_MOST, _MOST_COPIES = 50, 20
"""Findings for a pair, and copies in one finding; more are no language."""
_CHINESE_DOUBLES = frozenset({
    "研究", "讨论", "讨論", "了解", "考虑", "考慮", "商量", "打扫",
    "休息", "学习", "學習", "介绍", "介紹", "非常", "很多", "许多",
    "許多", "一个", "一個", "一步", "一点", "一點", "哈哈", "谢谢",
    "謝謝", "多少", "什么", "什麼", "看看", "来来", "來來", "等等",
    "嘿嘿", "呵呵", "慢慢", "好好", "常常", "天天", "一次", "一层",
    "一層", "一遍", "一天", "一年", "ます", "ちょ", "まあ", "どん",
    "いろ", "はい", "もし", "ごろ", "にこ", "きら", "そろ", "だん",
    "わざ",
})  # fmt: skip


class Token(NamedTuple):
    """A word with its place; `key` is what is compared."""

    start: int
    end: int
    key: str


class Repeat(NamedTuple):
    """A repetition: the first copy begins at `start`, the last one ends at `end`."""

    start: int
    copy: int
    end: int
    words: int


def find_repeated_words(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each word or phrase of the target that is there twice in a row.

    What the language doubles on purpose, what is doubled in the source as well, numbers and
    single letters are left out.
    """
    for pair in pairs:
        text = pair.target_text[:_LONGEST]
        if context.target.spaced and not may_repeat(text):
            continue
        masked = mask_links(text)
        found = chain(find_repeats(masked, context.target), _repeated_numbers(masked))
        repeats = list(islice(found, _MOST))
        if not repeats or _has_repeats(pair.source_text[:_LONGEST], context.source):
            continue
        doubled_name = _DOUBLED.search(pair.source_text) is not None
        for repeat in repeats:
            if doubled_name and text[repeat.start].isupper():
                continue
            whole = text[repeat.start : repeat.end]
            once = text[repeat.start : repeat.copy].rstrip(" \u00a0\u202f,")
            yield Finding(
                "repeated-words",
                pair.number,
                (Span(Side.TARGET, repeat.start, repeat.end),),
                (whole,),
                variant="" if repeat.words == 1 else "phrase",
                suggestions=_suggestions(once, repeat, context.target),
                confidence=0.95,
            )


def may_repeat(text: str) -> bool:
    """Whether a quick look sees a repetition: cheap, and never wrong when it says no."""
    pieces = _PIECE.findall(text.casefold())
    if len(set(pieces)) == len(pieces):
        return False
    before = ""
    seen: dict[tuple[str, str], int] = {}
    for at, piece in enumerate(pieces):
        if piece == before:
            return True
        pair = before, piece
        if at - seen.get(pair, -_FAR) < _FAR:
            return True
        seen[pair] = at
        before = piece
    return False


def _suggestions(once: str, repeat: Repeat, language: Language) -> tuple[str, ...]:
    """Return the word once, in Malay and Indonesian first the doubling with a hyphen."""
    doubled = language.code in {"id", "ms"} and repeat.words == 1 and len(once) > 3
    return (f"{once}-{once[0].lower()}{once[1:]}", once) if doubled else (once,)


def find_repeats(text: str, language: Language) -> Iterator[Repeat]:
    """Yield the repetitions of a text that are none of the language's own."""
    if not language.spaced:
        yield from _in_runs(text)
    tokens = [
        Token(match.start(), match.end(), match.group().casefold())
        for match in _TOKEN.finditer(text)
    ]
    at = 0
    while at < len(tokens) - 1:
        found = _repeat_at(tokens, at, text, language)
        if found is None:
            at += 1
        else:
            yield found
            while at < len(tokens) and tokens[at].start < found.end:
                at += 1


def _repeat_at(tokens: Sequence[Token], at: int, text: str, language: Language) -> Repeat | None:
    """Return the longest repetition that begins with a token, all its copies together."""
    for length in range(1, min(_LONGEST_PHRASE, (len(tokens) - at) // 2) + 1):
        if tokens[at].key != tokens[at + length].key:
            continue
        if any(tokens[at + i].key != tokens[at + length + i].key for i in range(1, length)):
            continue
        if not _is_mistake(tokens, at, length, text, language):
            continue
        last = at + length
        while last - at < _MOST_COPIES * length and _is_copy(tokens, at, last + length, length):
            last += length
        end = tokens[last + length - 1].end
        return Repeat(tokens[at].start, tokens[at + length].start, end, length)
    return None


def _is_copy(tokens: Sequence[Token], first: int, other: int, length: int) -> bool:
    return other + length <= len(tokens) and all(
        tokens[first + i].key == tokens[other + i].key for i in range(length)
    )


def _is_mistake(
    tokens: Sequence[Token], at: int, length: int, text: str, language: Language
) -> bool:
    """Whether the copy behind the words at a place is no usage of the language."""
    second = at + length
    between = text[tokens[second - 1].end : tokens[second].start]
    gap = between.strip(" \u00a0\u202f")
    if gap and between[0] in _SPACES and between[-1] in _SPACES:
        return False  # a mark that is spoken of: 'then " then'
    if length == 1:
        thrice = _is_copy(tokens, at, second + 1, 1)
        return gap in _WORD_GAPS and _is_word_mistake(tokens[at], text, language, thrice=thrice)
    if gap not in _WORD_GAPS and (length < _COMMA_PHRASE or gap not in ",،、"):
        return False
    size = tokens[second - 1].end - tokens[at].start
    if size < _SHORTEST_PHRASE or not _is_plain(tokens, at, length, text):
        return False
    after = tokens[second + length].key if second + length < len(tokens) else ""
    before = tokens[at - 1].key if at else ""
    chained = after == tokens[at].key or before == tokens[second - 1].key
    chained = chained or (before in _FROM and length == _PAIR)
    return not chained or length >= _COMMA_PHRASE


def _is_plain(tokens: Sequence[Token], at: int, length: int, text: str) -> bool:
    """Whether the phrase has words and no punctuation that parts sentences or short lists."""
    inner = text[tokens[at].start : tokens[at + length - 1].end]
    marks = ";:!?()[]\n" if length >= _COMMA_PHRASE else ",;:.!?()[]\n"
    return not any(mark in inner for mark in marks) and any(
        token.key.isalpha() for token in tokens[at : at + length]
    )


def _repeated_numbers(text: str) -> Iterator[Repeat]:
    """Yield the numbers that stand twice in a row, with nothing but a space between."""
    numbers = find_numbers(text)
    at = 0
    while at < len(numbers) - 1:
        last = at
        while (
            last + 1 < len(numbers)
            and numbers[last + 1].key == numbers[at].key
            and text[numbers[last].end : numbers[last + 1].start] in _SPACES
        ):
            last += 1
        if last > at:
            yield Repeat(numbers[at].start, numbers[at + 1].start, numbers[last].end, 1)
        at = last + 1


def _is_word_mistake(token: Token, text: str, language: Language, *, thrice: bool) -> bool:
    word, marks = token.key, typography(language)
    if any(map(str.isdigit, word)) or word in marks.doubles:
        return False
    if len(word) == 1 and (text[token.start].isupper() or not language.spaced):
        return False
    if not marks.reduplicates or thrice:
        return True
    return language.code in {"id", "ms"} or word in marks.single


def _has_repeats(source: str, language: Language) -> bool:
    """Whether the source repeats itself anywhere, on purpose or not."""
    masked = mask_links(source)
    tokens = _TOKEN.findall(masked.casefold())
    if any(one == other for one, other in pairwise(tokens)):
        return True
    if _GLUED.search(masked) or _says_twice(tokens):
        return True
    if not language.spaced:
        return any(_repeated_run(match.group()) for match in _RUN.finditer(masked))
    return any(repeat.words > 1 for repeat in find_repeats(masked, language))


def _says_twice(tokens: Sequence[str]) -> bool:
    """Whether a phrase stands twice in a row, whatever stands between: "you couldn't, you ..."."""
    return any(
        tokens[at : at + size] == tokens[at + size : at + 2 * size]
        for size in range(2, _LONGEST_PHRASE + 1)
        for at in range(len(tokens) - 2 * size + 1)
    )


def _in_runs(text: str) -> Iterator[Repeat]:
    """Yield the repetitions inside runs of characters without spaces: of three and more."""
    for match in _RUN.finditer(text):
        found = _repeated_run(match.group())
        if found is not None:
            start, size = found
            first = match.start() + start
            yield Repeat(first, first + size, first + 2 * size, 1)


def _repeated_run(run: str) -> tuple[int, int] | None:
    """Return (start, size) of the first piece that is there twice in a row."""
    for size in range(2, min(_LONGEST_REPEAT, len(run) // 2) + 1):
        equal = 0
        for at in range(len(run) - size):
            equal = equal + 1 if run[at] == run[at + size] else 0
            start = at - size + 1
            if equal < size:
                continue
            if _is_doubled(run, start, size):
                return start, size
            equal = 0
    return None


def _is_doubled(run: str, start: int, size: int) -> bool:
    """Whether a piece that is there twice is a mistake, no word of the language.

    Syllables come twice inside of Thai words (พยายาม) and where katakana words join (ラインイン);
    Japanese doubles two kana (われわれ), Chinese its counters (一块一块).
    """
    piece = run[start : start + size]
    if piece.isascii() or len(set(piece)) == 1 or piece in _CHINESE_DOUBLES:
        return False
    if "\u0e00" <= piece[0] <= "\u0e7f":
        return size >= _THAI_WORD
    if size == 2 and (piece[0] == "一" or (_HIRAGANA.fullmatch(piece) and piece not in _ENDINGS)):
        return False
    around = run[max(start - 1, 0) : start] + run[start + 2 * size : start + 2 * size + 1]
    return not (_KATAKANA.fullmatch(piece) and _KATAKANA.search(around))


CHECK = Check(
    id="repeated-words",
    kind=Kind.FORM,
    type=IssueType.GRAMMAR,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Repeated word"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}”: the word is there twice."),
        "phrase": QT_TRANSLATE_NOOP("checks", "“{0}”: the words are there twice."),
    },
    find=find_repeated_words,
    examples=(
        Example("You cannot, you cannot!", "Nem teheted meg, nem teheted meg!", (), "en", "hu"),
        Example("La boîte Format de ligneFormat de ligne", "行格式行格式对话框", (), "fr", "zh"),
        Example("La boîte Format de ligne", "行格式行格式对话框", ("行格式行格式",), "fr", "zh"),
        Example("The price of the car.", "Le prix de de la voiture.", ("de de",)),
        Example("We meet on Monday.", "Nous nous retrouvons lundi."),
        Example("You are mistaken.", "Vous vous trompez."),
        Example("L'est est calme.", "The east is calm.", (), "fr", "en"),
        Example("Il pense que c'est vrai.", "He says that that is true.", (), "fr", "en"),
        Example("Il avait eu peur.", "He had had a fright.", (), "fr", "en"),
        Example("Il l'a lu.", "He read the the book.", ("the the",), "fr", "en"),
        Example("Il l'a lu.", "The the book is old.", ("The the",), "fr", "en"),
        Example(
            "Les inversions du champ.",
            "The field inversions inversions inversions.",
            ("inversions inversions inversions",),
            "fr",
            "en",
        ),
        Example(
            "Elles sont parentes entre elles.",
            "They are related to each other, to each other.",
            ("to each other, to each other",),
            "fr",
            "en",
        ),
        Example("Pas à pas.", "Step by step by step.", (), "fr", "en"),
        Example("Encore et encore.", "More and more and more.", (), "fr", "en"),
        Example("Très, très loin.", "Very, very far.", (), "fr", "en"),
        Example("Nous vivons à Walla Walla.", "We live in Walla Walla.", (), "fr", "en"),
        Example("Frauen, die die Kinder hüten.", "Women who mind children.", (), "de", "en"),
        Example("Women who mind children.", "Frauen, die die Kinder hüten.", (), "en", "de"),
        Example("He sees the house.", "Er sieht das Haus Haus.", ("Haus Haus",), "en", "de"),
        Example("The children play.", "Anak-anak bermain.", (), "en", "id"),
        Example("The children play.", "Anak anak bermain.", ("Anak anak",), "en", "id"),
        Example("It goes slowly.", "यह धीरे धीरे चलता है।", (), "en", "hi"),
        Example("He is in the house.", "वह घर में में है।", ("में में",), "en", "hi"),
        Example("Often he comes.", "Sık sık gelir.", (), "en", "tr"),
        Example("Rates 10 10.", "Taux 10 10."),
        Example("In 2014.", "En 2014 2014.", ("2014 2014",)),
        Example("It costs 10,000,000 euros.", "Cela coûte 10 000 000 euros."),
        Example("We discuss the plan.", "我们讨论讨论这个计划。", (), "en", "zh"),
        Example(
            "The company's profit.",
            "这家公司的这家公司的利润。",
            ("这家公司的这家公司的",),
            "en",
            "zh",
        ),
        Example("We know.", "われわれは知っている。", (), "en", "ja"),
        Example("The command line interface", "コマンドラインインターフェース", (), "en", "ja"),
        Example("They try.", "พวกเขาพยายามอยู่", (), "en", "th"),
        Example("Piece by piece.", "一块一块地落下。", (), "en", "zh"),
        Example("The bank opened.", "銀行が銀行が開いた。", ("銀行が銀行が",), "en", "ja"),
        Example("J. J. Rousseau wrote it.", "J. J. Rousseau l'a écrit."),
        Example("Он сказал.", "Lo dijo dijo ayer.", ("dijo dijo",), "ru", "es"),
        Example("Almost done.", "Quasi quasi ci siamo.", (), "en", "it"),
        Example("In the end.", "В конце конце.", ("конце конце",), "en", "ru"),
        Example("Yes, it is very good.", "Да да, очень очень хорошо.", (), "en", "ru"),
    ),
)
