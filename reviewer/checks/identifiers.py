"""Product numbers, file names and other codes whose letters changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.number_match import compare_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CODE = re.compile(r"(?<![\w.-])[A-Z][A-Za-z]{0,5}-?[0-9]{1,6}(?:-?[A-Za-z0-9]{1,6})?(?![\w-])")
_FILE = re.compile(
    r"(?<![\w./])[\w-]{1,60}\.(?:pdf|docx?|xlsx?|pptx?|txt|csv|json|xml|html?|zip|exe|py|js|jpe?g|png|svg|ini|toml|ya?ml|log|sh|bat|cfg|conf|md|odt|ods)\b",
    re.IGNORECASE,
)
_HINT = re.compile(r"[0-9.](?:(?<=[A-Za-z][0-9])|(?<=[A-Za-z]-[0-9])|(?<=\.)[a-z])")
_DIGITS = re.compile("[0-9]+")
_LETTERS = re.compile("[^0-9-]+")
_ALIKE = 0.8
_NAME = 2


def find_changed_identifiers(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each code or file name that came out slightly different.

    A code that is gone altogether is told as a lost number, if at all: languages have words for
    many (the EU of 27 is "UE27" or "the Twenty-seven").
    """
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not _HINT.search(source) or not _HINT.search(target):
            continue
        masked, other = mask_links(source), mask_links(target)
        yield from _changed(pair, _matches(_CODE, masked), _matches(_CODE, other), is_misspelt)
        yield from _renumbered(pair, masked, other, context)
        code = context.target.code

        def is_other_file(one: str, two: str, code: str = code) -> bool:
            return is_misspelt_file(one, two) and not _is_localised(two, code)

        yield from _changed(pair, _matches(_FILE, masked), _matches(_FILE, other), is_other_file)


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(pattern.finditer(text))


def _changed(
    pair: Pair,
    source: Sequence[re.Match[str]],
    target: Sequence[re.Match[str]],
    is_mistaken: Callable[[str, str], bool],
) -> Iterator[Finding]:
    known = {match.group() for match in source}
    spare = [match for match in target if match.group() not in known]
    for match in source if spare else ():
        if match.group() in pair.target_text:
            continue
        for other in spare:
            if is_mistaken(match.group(), other.group()):
                yield _finding(pair, match, other)
                spare.remove(other)
                break


def _renumbered(pair: Pair, source: str, target: str, context: Context) -> Iterator[Finding]:
    """Yield a finding for each code with another number that no changed number tells of.

    Where the old or the new number stands elsewhere too, or is a word of the other side for all
    that is known, only the code shows the change.
    """
    codes = {match.group() for match in _CODE.finditer(source)}
    others = [match for match in _CODE.finditer(target) if match.group() not in codes]
    lost = [match for match in _CODE.finditer(source) if match.group() not in target]
    pairs = [(a, b) for a in lost for b in others if _is_renumbered(a.group(), b.group())]
    if len(lost) != 1 or len(pairs) != 1:
        return
    gap = compare_numbers(pair.source_text, pair.target_text, context.source, context.target)
    if not (gap.lost and gap.extra):
        yield _finding(pair, *pairs[0])


def _is_renumbered(code: str, other: str) -> bool:
    """Whether two codes differ by their digits alone, and have letters enough to be one."""
    letters = "".join(_LETTERS.findall(code))
    same = letters == "".join(_LETTERS.findall(other)) and code.count("-") == other.count("-")
    return same and len(letters) >= _NAME


def _finding(pair: Pair, source: re.Match[str], target: re.Match[str]) -> Finding:
    return Finding(
        "identifiers",
        pair.number,
        (Span(Side.TARGET, *target.span()), Span(Side.SOURCE, *source.span())),
        (source.group(), target.group()),
        Severity.MAJOR,
        suggestions=(source.group(),),
        confidence=0.8,
    )


def is_misspelt(code: str, other: str) -> bool:
    """Whether two codes have the same digits and differ by one letter ("A320", "B320").

    One letter and one digit are left alone: the first quarter is Q1 or T1.
    """
    digits = _DIGITS.findall(code)
    letters, others = "".join(_LETTERS.findall(code)), "".join(_LETTERS.findall(other))
    return (
        digits == _DIGITS.findall(other)
        and not code.startswith(other)
        and not other.startswith(code)
        and len("".join(digits)) + len(letters) > 2
        and Levenshtein.distance(letters.lower(), others.lower(), score_cutoff=1) == 1
    )


def is_misspelt_file(name: str, other: str) -> bool:
    """Whether two file names are nearly the same, with the same suffix."""
    same_suffix = name.rpartition(".")[2].lower() == other.rpartition(".")[2].lower()
    return same_suffix and _ALIKE <= Levenshtein.ratio(name, other) < 1


def _is_localised(name: str, code: str) -> bool:
    return re.search(rf"(?:^|[_.-]){re.escape(code)}(?:[_.-]|$)", name.lower()) is not None


CHECK = Check(
    id="identifiers",
    kind=Kind.NUMBER,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Changed code or file name"),
    messages={"": QT_TRANSLATE_NOOP("checks", "“{0}” became “{1}”.")},
    find=find_changed_identifiers,
    examples=(
        Example("The A320 landed.", "L'A320 a atterri."),
        Example("The A320 landed.", "Le B320 a atterri.", ("B320",)),
        Example("70 pesawat Il-76", "70 avions Il-76", (), "id", "fr"),
        Example("70 pesawat Il-76", "70 avions Al-76", ("Al-76",), "id", "fr"),
        Example("It uses UTF-8 now.", "Il utilise UTF-1 maintenant.", ("UTF-1",)),
        Example("8.1. Moving to UTF-8", "8.1. Passage à UTF-1", ("UTF-1",)),
        Example("The EU27 agreed.", "L'UE27 est d'accord."),
        Example("In Q1 2020", "Au T1 2020"),
        Example("COVID-19 spreads.", "Covid-19 breitet sich aus.", (), "en", "de"),
        Example("Open report.pdf.", "Ouvrez report.pdf."),
        Example("Open report.pdf.", "Ouvrez raport.pdf.", ("raport.pdf",)),
        Example("Open manual_en.pdf.", "Ouvrez manual_fr.pdf."),
        Example("The MiG-29 is fast.", "МиГ-29 быстр.", (), "en", "ru"),
        Example("The MH370 flight", "MH370航班", (), "en", "zh"),
    ),
)
