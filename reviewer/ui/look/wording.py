"""What the window says of findings, languages, places and times."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from reviewer.marking import PAIR_IS_DOUBTFUL, QT_TRANSLATE_NOOP
from reviewer.model import SEGMENT_BREAK, Doubt, Kind, Level, Side, TermStatus
from reviewer.ui.look.cell_text import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.checks.base import Check
    from reviewer.model import Finding, UnitState
    from reviewer.review.checking.judged import Waived
    from reviewer.review.checking.precision import Tally
    from reviewer.review.checking.spelling import Spelling
    from reviewer.review.decisions.rows import EarlierDecision, Row
    from reviewer.review.session import Review

_KINDS = {
    Kind.UNTRANSLATED: QT_TRANSLATE_NOOP("wording", "Untranslated"),
    Kind.TERMS: QT_TRANSLATE_NOOP("wording", "Terms"),
    Kind.OMISSION: QT_TRANSLATE_NOOP("wording", "Omission"),
    Kind.NUMBER: QT_TRANSLATE_NOOP("wording", "Number / tag"),
    Kind.SPELLING: QT_TRANSLATE_NOOP("wording", "Spelling"),
    Kind.FORM: QT_TRANSLATE_NOOP("wording", "Form"),
}
_COUNTS = {
    2: QT_TRANSLATE_NOOP("wording", "two"),
    3: QT_TRANSLATE_NOOP("wording", "three"),
    4: QT_TRANSLATE_NOOP("wording", "four"),
    5: QT_TRANSLATE_NOOP("wording", "five"),
    6: QT_TRANSLATE_NOOP("wording", "six"),
}
_SCRIPTS = {
    "hans": QT_TRANSLATE_NOOP("wording", "Simplified"),
    "hant": QT_TRANSLATE_NOOP("wording", "Traditional"),
}
ELLIPSIS = "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)


def kind_title(kind: Kind) -> str:
    """Return the name of a chip."""
    return _tr(_KINDS[kind])


def in_words(count: int) -> str:
    """Return a small number as a word, others in digits."""
    word = _COUNTS.get(count)
    return _tr(word) if word else QLocale().toString(count)


def language_name(tag: str) -> str:
    """Return the name of a language ("French", "Chinese (Simplified)"); the tag if unknown."""
    if tag in {"", "und"}:
        return _tr(QT_TRANSLATE_NOOP("wording", "Unknown language"))
    subtags = tag.replace("_", "-").split("-")
    language = QLocale.codeToLanguage(subtags[0])
    if language == QLocale.Language.AnyLanguage:
        return tag
    name = QLocale.languageToString(language)
    for subtag in subtags[1:]:
        detail = _script_or_territory(subtag)
        if detail:
            template = QT_TRANSLATE_NOOP("wording", "{0} ({1})")
            return _tr(template).format(name, detail)
    return name


def _script_or_territory(subtag: str) -> str:
    if subtag.lower() in _SCRIPTS:
        return _tr(_SCRIPTS[subtag.lower()])
    territory = QLocale.codeToTerritory(subtag)
    if territory == QLocale.Country.AnyTerritory:
        return ""
    return QLocale.territoryToString(territory)


def doubt_words(row: Row) -> str:
    """Return what is said of a pair whose alignment is not sure; empty where it is."""
    if row.doubt is Doubt.DOUBTFUL:
        return _tr(QT_TRANSLATE_NOOP("wording", "These two may not belong together."))
    if row.doubt is Doubt.CHECK:
        return _tr(QT_TRANSLATE_NOOP("wording", "The alignment is not quite sure of this pair."))
    return ""


def crossing_words(row: Row) -> str:
    """Return where the other half of a pair stands; empty where both go with their neighbours."""
    if not row.crossed:
        return ""
    if row.crossed[0] is None:
        text = QT_TRANSLATE_NOOP("wording", "This stands at the beginning of the translation.")
        return _tr(text)
    text = QT_TRANSLATE_NOOP("wording", "In the translation this stands behind pair {0}.")
    return _tr(text).format(row.crossed[0] + 1)


_EARLIER = {
    "confirmed": QT_TRANSLATE_NOOP("wording", "Confirmed before the alignment changed: {0}, {1}"),
    "rejected": QT_TRANSLATE_NOOP("wording", "Rejected before the alignment changed: {0}, {1}"),
    "open": QT_TRANSLATE_NOOP("wording", "Reopened before the alignment changed: {0}, {1}"),
    "edit": QT_TRANSLATE_NOOP(
        "wording", "Edited before the alignment changed: {0}, {1}, to “{2}”"
    ),
    "insert": QT_TRANSLATE_NOOP("wording", "Added before the alignment changed: {0}, {1}, “{2}”"),
    "comment": QT_TRANSLATE_NOOP("wording", "Said before the alignment changed: {0}, {1}: {2}"),
    "issue": QT_TRANSLATE_NOOP("wording", "Marked before the alignment changed: {0}, {1}: {2}"),
}


_DONE = frozenset(
    (
        *("translated", "final", "reviewed", "confirmed", "approved", "signed-off"),
        *("approvedtranslation", "approvedsignoff", "manuallyconfirmed", "proofread"),
    )
)


def state_words(state: UnitState) -> tuple[str, ...]:
    """Return what a bilingual file says of a unit, a sentence each; nothing where all is done."""
    lines = []
    if state.locked:
        text = QT_TRANSLATE_NOOP("wording", "Locked in the file: it can be read, not changed.")
        lines.append(_tr(text))
    if state.state and state.state.lower() not in _DONE:
        template = _tr(QT_TRANSLATE_NOOP("wording", "State in the file: {0}"))
        lines.append(template.format(state.state))
    lines += [_tr(QT_TRANSLATE_NOOP("wording", "Note: {0}")).format(n) for n in state.notes]
    return tuple(lines)


def earlier_words(decision: EarlierDecision) -> str:
    """Return what was decided of a pair's text before the alignment changed, by whom and when."""
    known = decision.said if decision.kind == "verdict" else decision.kind
    template = _tr(_EARLIER.get(known, _EARLIER["open"]))
    text = template.format(isolated(decision.reviewer), moment(decision.time), decision.said)
    if not decision.open:
        return text
    answer = QT_TRANSLATE_NOOP("wording", "{0}. Confirming or rejecting answers it.")
    return _tr(answer).format(text)


def finding_message(review: Review, finding: Finding) -> str:
    """Return the sentence of a finding."""
    template, words = review.message(finding)
    if finding.check == "untranslated" and len(words) > 1:
        words = (words[0], language_name(words[1]), *words[2:])
    message = filled("checks", template, words)
    if not finding.doubtful:
        return message
    both = _tr(QT_TRANSLATE_NOOP("wording", "{0} {1}"))
    return both.format(message, QCoreApplication.translate("checks", PAIR_IS_DOUBTFUL))


def gone_message(check: Check, waived: Waived) -> str:
    """Return the sentence of a waived finding that is no longer there."""
    if not waived.words and not waived.variant:
        return _tr(QT_TRANSLATE_NOOP("wording", "A waived finding that is no longer there"))
    template = check.messages.get(waived.variant, check.messages.get("", ""))
    message = filled("checks", template, waived.words)
    return _tr(QT_TRANSLATE_NOOP("wording", "No longer there: {0}")).format(message)


def filled(context: str, template: str, words: Sequence[str]) -> str:
    """Return a marked template, translated, with its words in place; never fails."""
    enough = (*map(isolated, words), *("",) * 9)
    try:
        return QCoreApplication.translate(context, template).format(*enough)
    except (IndexError, KeyError, ValueError):
        # A translation with fields that the English sentence does not have.
        return template.format(*enough)


def isolated(word: str) -> str:
    """Return a word that keeps its own direction and leaves that of the sentence alone."""
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in word):
        return f"\u2068{word}\u2069"
    return word


_LEVELS = {
    Level.STRICT: QT_TRANSLATE_NOOP("wording", "Strict"),
    Level.NORMAL: QT_TRANSLATE_NOOP("wording", "Normal"),
    Level.LENIENT: QT_TRANSLATE_NOOP("wording", "Lenient"),
}


_STATUSES = {
    TermStatus.PREFERRED: QT_TRANSLATE_NOOP("wording", "Preferred"),
    TermStatus.ADMITTED: QT_TRANSLATE_NOOP("wording", "Admitted"),
    TermStatus.DEPRECATED: QT_TRANSLATE_NOOP("wording", "Deprecated"),
}


def status_name(status: TermStatus) -> str:
    """Return the name of the status of a term."""
    return _tr(_STATUSES[status])


def level_name(level: Level) -> str:
    """Return the name of how much of a check is shown."""
    return _tr(_LEVELS[level])


def tally_words(tally: Tally) -> str:
    """Return what became of the findings of a check, as a sentence."""
    text = QT_TRANSLATE_NOOP("wording", "Found {0}, fixed {1}, waived {2}.")
    return _tr(text).format(tally.found, tally.fixed, tally.waived)


def dictionary_words(review: Review, spelling: Spelling) -> str:
    """Return which dictionary the target's spelling is checked with, or why it is not."""
    language = language_name(review.target_language)
    if not spelling.possible:
        text = QT_TRANSLATE_NOOP("wording", "{0} does not separate words: none are looked up.")
        return _tr(text).format(language)
    if not spelling.installed:
        text = QT_TRANSLATE_NOOP(
            "wording", "Dictionaries need one more package: pip install bitext-reviewer[spelling]."
        )
        return _tr(text)
    if spelling.trouble:
        return spelling.trouble
    if not spelling.names:
        text = QT_TRANSLATE_NOOP(
            "wording",
            "There is no dictionary for {0} on this computer. It is a pair of files of Hunspell, "
            "NAME.aff and NAME.dic; put into {1}, they are used from the next check (F5).",
        )
        return _tr(text).format(language, isolated(str(spelling.folder)))
    text = QT_TRANSLATE_NOOP("wording", "Dictionary: {0}.")
    assert spelling.speller is not None
    places = (str(each.dic) for each in spelling.speller.dictionaries)
    return _tr(text).format(", ".join(isolated(place) for place in places))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in a text with a little of what stands around it."""

    before: str
    place: str
    after: str

    def __str__(self) -> str:
        return self.before + self.place + self.after


def excerpt(text: str, start: int, end: int, around: int = 28) -> Excerpt:
    """Return what stands at a range, with up to `around` characters on each side.

    Cut between words where there are spaces; segment breaks become spaces.
    """
    text = text.replace(SEGMENT_BREAK, " ")
    head, tail = text[:start], text[end:]
    if len(head) > around:
        cut = head[-around:]
        head = ELLIPSIS + (cut.partition(" ")[2] if " " in cut[:-1] else cut)
    if len(tail) > around:
        cut = tail[:around]
        tail = (cut.rpartition(" ")[0] if " " in cut[1:] else cut) + ELLIPSIS
    return Excerpt(readable(head), readable(text[start:end]), readable(tail))


def place_of(review: Review, finding: Finding) -> Excerpt:
    """Return a finding's place in its text: the target's where it has one there."""
    pair = review.pair(finding.pair)
    targets = [span for span in finding.spans if span.side is Side.TARGET]
    span = next(iter(targets or finding.spans), None)
    if span is None:
        text = pair.target_text or pair.source_text
        return excerpt(text, 0, 0, 60)
    found = excerpt(pair.text(span.side), span.start, span.end)
    is_code = not found.place and span.start < span.end and finding.words
    return replace(found, place=f"[{finding.words[0]}]") if is_code else found


def pair_numbers(numbers: Sequence[int], most: int = 3) -> tuple[list[int], int]:
    """Return the first different pair numbers, and how many more there are."""
    different = list(dict.fromkeys(numbers))
    return different[:most], max(0, len(different) - most)


def clock(time: datetime) -> str:
    """Return a time of day as the person's system writes it."""
    local = time.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def moment(time: datetime, now: datetime | None = None) -> str:
    """Return when something was: the time alone for today, else the date and the time."""
    local = time.astimezone()
    today = (now or datetime.now().astimezone()).date()
    if local.date() == today:
        return clock(time)
    day = QDate(local.year, local.month, local.day)
    date = QLocale().toString(day, QLocale.FormatType.ShortFormat)
    return _tr(QT_TRANSLATE_NOOP("wording", "{0}, {1}")).format(date, clock(time))


def counted(text: str, count: int) -> str:
    """Return a translated text with %n; in English, without translations, "(s)" is settled."""
    return text.replace("(s)", "" if count == 1 else "s")
