"""Punctuation of another script than the target's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.text.languages import Language

_CJK = "\u3040-\u30ff\u3400-\u9fff"
_IDEOGRAPHIC = re.compile(rf"(?<![{_CJK}])[，。、；：？！（）](?![{_CJK}])")
_NARROW_IN_CJK = re.compile(rf"(?<=[{_CJK}])[,;:?!.](?=\s*(?:[{_CJK}]|$))")
_LATIN_IN_ARABIC = re.compile(r"(?<=[\u0620-\u06ff])[,;?](?=\s|$)")
_QUESTION_IN_GREEK = re.compile(r"(?<=[\u0370-\u03ff\u1f00-\u1fff])\?")

_TO_LATIN = dict(zip("，。、；：？！（）", [*",.,;:?!()"], strict=True))
_TO_CHINESE = dict(zip(",;:?!.", "，；：？！。", strict=True))
_TO_JAPANESE = _TO_CHINESE | {",": "、"}
_TO_ARABIC = dict(zip(",;?", "،؛؟", strict=True))
_MOST = 5
"""Findings for one pair; a whole text typed this way needs no more to be noticed."""


def find_foreign_marks(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each mark that another script uses.

    A mark beside a character of its own script belongs to a quotation.
    """
    pattern, forms = _rule(context.target)
    if pattern is None:
        return
    for pair in pairs:
        if pair.target_text == pair.source_text or not pattern.search(pair.target_text):
            continue
        target = mask_links(pair.target_text)
        for match in list(pattern.finditer(target))[:_MOST]:
            mark = match.group()
            yield Finding(
                "punctuation-form",
                pair.number,
                (Span(Side.TARGET, match.start(), match.end()),),
                (mark, forms[mark]),
                suggestions=(forms[mark] + _space_after(mark, match, target, context.target),),
                confidence=0.85,
            )


def _space_after(mark: str, match: re.Match[str], text: str, language: Language) -> str:
    """Return the space that a wide mark has inside and a narrow one needs behind it."""
    following = text[match.end() : match.end() + 1]
    wide = language.spaced and mark in "，。、；：？！"
    return " " if wide and following and following.isalnum() else ""


def _rule(language: Language) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    if language.code in {"zh", "ja"}:
        return _NARROW_IN_CJK, _TO_JAPANESE if language.code == "ja" else _TO_CHINESE
    if language.code in {"ar", "fa", "ur"}:
        return _LATIN_IN_ARABIC, _TO_ARABIC
    if language.code == "el":
        return _QUESTION_IN_GREEK, {"?": ";"}
    if language.spaced and language.code != "ko":
        return _IDEOGRAPHIC, _TO_LATIN
    return None, {}


CHECK = Check(
    id="punctuation-form",
    kind=Kind.FORM,
    type=IssueType.PUNCTUATION,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Foreign punctuation"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}” belongs to another script; here it is “{1}”.")
    },
    find=find_foreign_marks,
    normal=0.65,
    examples=(
        Example("他来了，我走了。", "He came, I left.", (), "zh", "en"),
        Example("他来了，我走了。", "He came，I left。", ("，", "。"), "zh", "en"),
        Example("书名是《你好，世界》。", "The title is 你好，世界.", (), "zh", "en"),
        Example("He came, I left.", "他来了，我走了。", (), "en", "zh"),
        Example("He came, I left.", "他来了,我走了.", (",", "."), "en", "zh"),
        Example("Use Python 3.5, please.", "请使用Python 3.5。", (), "en", "zh"),
        Example("He came, I left.", "彼は来た,私は去った。", (",",), "en", "ja"),
        Example("He came, I left. Why?", "جاء, وذهبت. لماذا؟", (",",), "en", "ar"),
        Example("He came, I left. Why?", "جاء، وذهبت. لماذا؟", (), "en", "ar"),
        Example("Where is it?", "Πού είναι?", ("?",), "en", "el"),
        Example("Where is it?", "Πού είναι;", (), "en", "el"),
        Example("橋は、閉まっている。", "Мост закрыт。", ("。",), "ja", "ru"),
        Example("See https://example.org/a,b.", "参见https://example.org/a,b。", (), "en", "zh"),
    ),
)
