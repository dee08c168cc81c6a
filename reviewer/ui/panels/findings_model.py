"""The findings as a tree: a section per check, its open findings below it, waivers at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.checks.spelling import OFTEN
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, Kind, WaiverScope
from reviewer.review.checking.levels import usual_level
from reviewer.review.checking.precision import Tally
from reviewer.ui.look.wording import (
    Excerpt,
    counted,
    finding_message,
    gone_message,
    level_name,
    place_of,
    tally_words,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reviewer.checks.base import Check
    from reviewer.review.checking.judged import Waived
    from reviewer.review.session import Review

    Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_SECTION = 0
ENTRY = Qt.ItemDataRole.UserRole + 1

_SCOPES = {
    WaiverScope.HERE: QT_TRANSLATE_NOOP("findings", "here only"),
    WaiverScope.TEXT: QT_TRANSLATE_NOOP("findings", "this text everywhere"),
    WaiverScope.WORD: QT_TRANSLATE_NOOP("findings", "this word for every check"),
    WaiverScope.CHECK: QT_TRANSLATE_NOOP("findings", "the whole check"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one check, or all waivers with `check` empty.

    Attributes:
        kind: None for the waivers.
        tally: what became of the findings of the check.
        muted: the check is switched off in this project.
        level: name of the level, where a person chose another than the usual one.
        more: how many findings there are beside the entries, in a long document.
    """

    check: str
    kind: Kind | None
    title: str
    entries: tuple[Finding | Waived, ...]
    tally: Tally = field(default_factory=Tally)
    muted: bool = False
    level: str = ""
    more: int = 0


def scope_text(scope: WaiverScope) -> str:
    """Return how far a waiver reaches, in words."""
    return _tr(_SCOPES[scope])


class FindingsModel(QAbstractItemModel):
    """Sections and their entries; an index's id is 0 for a section, else its section's row + 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._sections: list[Section] = []
        self._times: Mapping[str, int] = {}

    def show(self, review: Review | None, kinds: Collection[Kind]) -> bool:
        """Show the findings of some kinds; of all with none given. False if nothing is new."""
        sections = [] if review is None else _sections(review, kinds)
        if sections == self._sections and review is self._review:
            return False
        self.beginResetModel()
        self._review, self._sections = review, sections
        spelling = (s for s in sections if s.check == SPELLING.id)
        entries = (e for section in spelling for e in section.entries if isinstance(e, Finding))
        self._times = _times(entries)
        self.endResetModel()
        return True

    def clear(self) -> None:
        """Show nothing until the findings are known again."""
        self.beginResetModel()
        self._sections = []
        self.endResetModel()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections as shown."""
        return tuple(self._sections)

    def section(self, index: Index) -> Section | None:
        """Return the section that an index is; None for an entry."""
        if not index.isValid() or index.internalId() != _SECTION:
            return None
        return self._sections[index.row()]

    def entry(self, index: Index) -> Finding | Waived | None:
        """Return the finding or waiver that an index is; None for a section."""
        if not index.isValid() or index.internalId() == _SECTION:
            return None
        return self._sections[index.internalId() - 1].entries[index.row()]

    def index_of(self, finding: Finding) -> QModelIndex:
        """Return where a finding is shown; an invalid index where it is not."""
        for row, section in enumerate(self._sections):
            if section.check == finding.check and finding in section.entries:
                return self.createIndex(section.entries.index(finding), 0, row + 1)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """Return the index of a section or of an entry."""
        # Views ask this ten thousand times at once; `hasIndex` would ask back each time.
        if row < 0 or column != 0 or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _SECTION)

    def parent(self, child: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        """Return the section of an entry."""
        if not child.isValid() or child.internalId() == _SECTION:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _SECTION)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many sections there are, or entries below one."""
        if not parent.isValid():
            return len(self._sections)
        section = self.section(parent)
        return len(section.entries) if section else 0

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return 1."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, or with ENTRY what it stands for."""
        section, entry = self.section(index), self.entry(index)
        if role == ENTRY:
            return section or entry
        if role == Qt.ItemDataRole.DisplayRole:
            return section.title if section else self.message(entry)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(section, entry)
        return None

    def message(self, entry: Finding | Waived | None) -> str:
        """Return the sentence of an entry."""
        if entry is None or self._review is None:
            return ""
        finding = found_in(entry)
        if finding is not None:
            return self._with_times(finding, finding_message(self._review, finding))
        assert not isinstance(entry, Finding)
        return gone_message(self._review.check_by_id(entry.check), entry)

    def _with_times(self, finding: Finding, message: str) -> str:
        """Return the sentence of a finding, with how often its word is found where that tells."""
        times = self._times.get(finding.words[0], 0) if finding.check == SPELLING.id else 0
        if times < OFTEN:
            return message
        return counted(self.tr("{0} %n time(s).", "", times), times).format(message)

    def kind(self, entry: Finding | Waived) -> Kind:
        """Return the kind of an entry; that of forms for a waiver whose finding is gone."""
        finding = found_in(entry)
        if finding is None or self._review is None:
            return Kind.FORM
        return self._review.check(finding).kind

    def detail(self, entry: Finding | Waived) -> Excerpt:
        """Return an entry's place in its text, or a waiver's scope and reason."""
        assert self._review is not None
        if isinstance(entry, Finding):
            return place_of(self._review, entry)
        scope = scope_text(entry.scope)
        template = QT_TRANSLATE_NOOP("findings", "{0}: {1}")
        told = _tr(template).format(scope, entry.reason) if entry.reason else scope
        return Excerpt(told, "", "")

    def _spoken(self, section: Section | None, entry: Finding | Waived | None) -> str:
        if section is not None:
            count = len(section.entries) + section.more
            template = counted(self.tr("{0}, %n finding(s)", "", count), count)
            title = template.format(section.title)
            return f"{title}\n{section_words(section)}" if section.check else title
        if entry is None:
            return ""
        finding = found_in(entry)
        message = self.message(entry)
        if finding is None:
            return message
        template = QT_TRANSLATE_NOOP("findings", "Pair {0}: {1}")
        return _tr(template).format(finding.pair + 1, message)


def found_in(entry: Finding | Waived) -> Finding | None:
    """Return the finding of an entry; None for a waiver whose finding is gone."""
    return entry if isinstance(entry, Finding) else entry.finding


def _tr(text: str) -> str:
    return QCoreApplication.translate("findings", text)


def section_words(section: Section) -> str:
    """Return how often a check was right, and how much of it is shown, in words."""
    if section.muted:
        return _tr(QT_TRANSLATE_NOOP("findings", "This check is muted in this project."))
    told = tally_words(section.tally)
    if section.level:
        template = QT_TRANSLATE_NOOP("findings", "{0} Shown: {1}.")
        told = _tr(template).format(told, section.level)
    if section.more:
        template = QT_TRANSLATE_NOOP(
            "findings",
            "{0} The first {1} that are open are listed; each whole check (F5) lists others in "
            "place of those that were settled.",
        )
        listed = QLocale().toString(len(section.entries))
        told = _tr(template).format(told, listed)
    return told


def _sections(review: Review, kinds: Collection[Kind]) -> list[Section]:
    found: dict[str, list[Finding]] = {}
    for finding in review.findings():
        found.setdefault(finding.check, []).append(finding)
    for findings in found.values():
        # What is found in doubtful pairs says less than the rest.
        findings.sort(key=lambda finding: finding.doubtful)
    times = _times(found.get(SPELLING.id, ()))
    if times:
        # A word that comes again and again is no slip: it is dealt with once, behind the others.
        first = {word: place for place, word in enumerate(times)}
        found[SPELLING.id].sort(key=lambda f: (times[f.words[0]] >= OFTEN, first[f.words[0]]))
    waived = review.waived()
    sections = []
    more = review.board.more()
    for check_id, tally in review.tallies().items():
        check = review.check_by_id(check_id)
        findings = found.get(check_id, [])
        if not (findings or tally.fixed) or (kinds and check.kind not in kinds):
            continue
        sections.append(
            Section(
                check_id,
                check.kind,
                QCoreApplication.translate("checks", check.title),
                tuple(findings),
                tally,
                level=_chosen_level(review, check),
                more=more.get(check_id, 0),
            )
        )
    order = list(Kind)
    sections.sort(key=lambda section: order.index(section.kind or Kind.FORM))
    sections += _muted(review, kinds)
    if waived:
        title = QT_TRANSLATE_NOOP("findings", "Waived")
        sections.append(Section("", None, _tr(title), tuple(waived)))
    return sections


def _times(findings: Iterable[Finding]) -> Counter[str]:
    """Return how often each word is found, in the order in which they are found first."""
    return Counter(finding.words[0] for finding in findings)


def _chosen_level(review: Review, check: Check) -> str:
    level = review.settings.level(check)
    return level_name(level) if level is not usual_level(check) else ""


def _muted(review: Review, kinds: Collection[Kind]) -> list[Section]:
    """Return the checks that a person switched off, so that they can be switched on again."""
    settings = review.settings.checks()
    return [
        Section(
            check.id, check.kind, QCoreApplication.translate("checks", check.title), (), muted=True
        )
        for check in _usual_checks()
        if not settings.get(check.id, True) and (not kinds or check.kind in kinds)
    ]


def _usual_checks() -> Iterable[Check]:
    from reviewer.review.checking.catalogue import ALL_CHECKS

    return (check for check in ALL_CHECKS if check.by_default)
