"""An open review in memory, with what a review file would hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reviewer.checks.base import Check, Scope
from reviewer.model import (
    Finding,
    GroupKind,
    IssueType,
    Kind,
    Occurrence,
    Pair,
    Rendering,
    Segment,
    Severity,
    Side,
    Span,
    TermGroup,
    Verdict,
)
from reviewer.review.board import GroupView
from reviewer.review.judged import DRIFT, drift_findings
from reviewer.review.search import find
from reviewer.review.session import Change, Row


def _check(id_, kind, title, message, severity=Severity.MINOR):
    return Check(
        id_,
        kind,
        IssueType.SPELLING,
        severity,
        Scope.BEAD,
        title,
        {"": message},
        lambda _pairs, _context: iter(()),
        (),
    )


CHECKS = {
    check.id: check
    for check in (
        DRIFT,
        _check(
            "untranslated",
            Kind.UNTRANSLATED,
            "Left in the source language",
            "“{0}” stands here as in the source.",
            Severity.MAJOR,
        ),
        _check("numbers", Kind.NUMBER, "Number", "{0} is {1} in the translation.", Severity.MAJOR),
        _check("omission", Kind.OMISSION, "Possible omission", "“{0}” has no counterpart."),
        _check("spelling", Kind.SPELLING, "Spelling", "“{0}” is not a known word."),
    )
}

TEXTS = (
    (
        "Pasukan penjaga perdamaian PBB tiba di desa itu pada Selasa pagi.",
        "Les Casques bleus de l’ONU sont arrivés dans le village mardi matin.",
    ),
    (
        "Menurut saksi mata, pasukan rusia menembaki pos pemeriksaan dari arah utara.",
        "Selon des témoins, les pasukan rusia ont tiré sur le poste de contrôle depuis le nord.",
    ),
    (
        "Juru bicara pasukan penjaga perdamaian menolak berkomentar mengenai insiden tersebut.",
        "Le porte-parole des soldats de la paix a refusé de commenter l’incident.",
    ),
    (
        "Sedikitnya 14 warga sipil terluka, termasuk tiga anak-anak, kata petugas medis setempat.",
        "Au moins 41 civils ont été blessés, dont trois enfants, ont indiqué les secouristes.",
    ),
    (
        "Dewan Keamanan akan bersidang pada Kamis untuk membahas situasi kemanusiaan yang memburuk "
        "di perbatasan.",
        "Le Conseil de sécurité se réunira jeudi.",
    ),
    (
        "“Kami tidak akan meninggalkan warga,” ujar komandan pasukan penjaga perdamaian.",
        "« Nous n’abandonnerons pas les habitants », a déclaré le commandant des Casques bleus.",
    ),
    (
        "Bantuan pangan mulai disalurkan kepada 2.300 keluarga pengungsi.",
        "La distribution de l’aide alimentaire a commencé pour 2 300 familles de réfugiés.",
    ),
    (
        "Jalan menuju kota masih ditutup karena ranjau darat.",
        "La route menant à la ville reste fermée en raison de mines terrestres.",
    ),
    (
        "Ratusan warga mengungsi ke negara tetangga sejak pasukan rusia menguasai bandara.",
        "Des centaines d’habitants ont fui vers le pays voisin depuis que les forces russes "
        "controlent l’aéroport.",
    ),
    (
        "Palang Merah meminta akses aman ke rumah sakit.",
        "La Croix-Rouge demande un accès sûr à l’hôpital.",
    ),
    (
        "Gencatan senjata 72 jam diusulkan oleh utusan khusus PBB.",
        "L’envoyé spécial de l’ONU a proposé un cessez-le-feu de 72 heures.",
    ),
    (
        "Pasukan penjaga perdamaian akan mengawal konvoi bantuan.",
        "Les soldats de la paix escorteront le convoi humanitaire.",
    ),
    (
        "Seorang pasukan penjaga perdamaian terluka ringan.",
        "Un soldat de la paix a été légèrement blessé.",
    ),
    (
        "Laporan lengkap akan diterbitkan pekan depan.",
        "Le rapport complet sera publié la semaine prochaine.",
    ),
)


@dataclass(frozen=True)
class Titled:
    title: str
    source_language: str
    target_language: str
    align_id: bytes = b""


@dataclass(frozen=True)
class Event:
    hash: bytes
    reviewer: bytes = b"me"


@dataclass(frozen=True)
class FakeWaived:
    event: Event
    scope: object
    check: str
    key: str
    reason: str
    finding: Finding | None


@dataclass(frozen=True)
class FakeComment:
    text: str
    reviewer: str
    event: Event


@dataclass(frozen=True)
class FakeReplacement:
    pair: int
    start: int
    end: int
    old: str
    new: str
    note: str = ""
    selected: bool = True


@dataclass(frozen=True)
class FakeLine:
    time: datetime
    reviewer: str
    what: str
    words: tuple[str, ...]
    number: int | None
    undone: bool
    event_hash: bytes = b""


@dataclass(frozen=True)
class FakeSaved:
    time: datetime | None
    pending: int = 0
    error: str | None = None


class FakeReview:
    def __init__(self, copies=1):
        self.path = Path("/home/ana/konflik-perbatasan.bitext")
        self.documents = (Titled("konflik-perbatasan.txt", "id", "fr"),)
        self.document = 0
        self.languages = {Side.SOURCE: "id", Side.TARGET: "fr"}
        self.sources = [source for source, _ in TEXTS] * copies
        self.targets = [target for _, target in TEXTS] * copies
        self.was = list(self.targets)
        self.verdicts = {6: Verdict.CONFIRMED, 7: Verdict.CONFIRMED}
        self.remarks = {}
        self.waivers = []
        self.decisions = {}
        self.off = set()
        self.lines = []
        self.undone = []
        self.past = []
        self.listeners = []
        self.revision = 0
        self.closed = False
        self.checked = True
        self.saved = FakeSaved(datetime(2026, 11, 23, 10, 42, tzinfo=UTC))

    @property
    def title(self):
        return self.documents[0].title

    @property
    def source_language(self):
        return self.languages[Side.SOURCE]

    @property
    def target_language(self):
        return self.languages[Side.TARGET]

    @property
    def count(self):
        return len(self.sources)

    def pair(self, n):
        return Pair(
            n, (Segment(n, n, 0, 1, self.sources[n]),), (Segment(n, n, 0, 1, self.targets[n]),)
        )

    def delivered(self, n):
        return self.was[n]

    def _place(self, needle, side=Side.TARGET):
        texts = self.sources if side is Side.SOURCE else self.targets
        return [(n, text.find(needle)) for n, text in enumerate(texts) if needle in text]

    def _all(self):
        found = []
        for n, start in self._place("pasukan rusia"):
            span = Span(Side.TARGET, start, start + 13)
            found.append(
                Finding(
                    "untranslated",
                    n,
                    (span,),
                    ("pasukan rusia",),
                    Severity.MAJOR,
                    suggestions=("forces russes", "troupes russes"),
                    fingerprint=f"u{n}",
                )
            )
        for n, start in self._place("41"):
            source = Span(Side.SOURCE, self.sources[n].find("14"), self.sources[n].find("14") + 2)
            found.append(
                Finding(
                    "numbers",
                    n,
                    (Span(Side.TARGET, start, start + 2), source),
                    ("14", "41"),
                    Severity.MAJOR,
                    suggestions=("14",),
                    fingerprint=f"n{n}",
                )
            )
        for n, start in self._place("untuk membahas", Side.SOURCE):
            text = "untuk membahas situasi kemanusiaan yang memburuk di perbatasan"
            found.append(
                Finding(
                    "omission",
                    n,
                    (Span(Side.SOURCE, start, start + len(text)),),
                    (text,),
                    fingerprint=f"o{n}",
                )
            )
        for n, start in self._place("controlent"):
            found.append(
                Finding(
                    "spelling",
                    n,
                    (Span(Side.TARGET, start, start + 10),),
                    ("controlent",),
                    suggestions=("contrôlent",),
                    fingerprint=f"s{n}",
                )
            )
        open_groups = [view.group for view in self.groups() if view.decision is None]
        found += drift_findings(open_groups, dict(enumerate(self.sources)))
        return sorted(found, key=lambda f: (f.pair, f.spans[0].start))

    def _waiver(self, finding):
        return next((w for w in self.waivers if w.key == finding.fingerprint), None)

    def findings(self):
        return tuple(f for f in self._all() if f.check not in self.off and not self._waiver(f))

    def waived(self):
        return tuple(self.waivers)

    def counts(self):
        return Counter(self.check(f).kind for f in self.findings())

    def groups(self):
        forms = {
            "Casques bleus": ["Casques bleus"],
            "soldats de la paix": ["soldats de la paix", "soldat de la paix"],
        }
        renderings = []
        for text, variants in forms.items():
            places = sorted((n, s, v) for v in variants for n, s in self._place(v))
            occurrences = tuple(Occurrence(n, s, s + len(v)) for n, s, v in places)
            if occurrences:
                renderings.append(Rendering(text, occurrences))
        group = TermGroup("pasukan penjaga perdamaian", GroupKind.TERM, 9.0, tuple(renderings))
        stray = TermGroup(
            "Palang Merah",
            GroupKind.TERM,
            1.0,
            (
                Rendering("Croix-Rouge", (Occurrence(9, 3, 14), Occurrence(9, 3, 14))),
                Rendering("Croissant", (Occurrence(13, 3, 12),)),
            ),
            stray=True,
        )
        return tuple(
            GroupView(g, *self.decisions.get(g.source, ()))
            for g in (group, stray)
            if len(g.renderings) > 1
        )

    @property
    def confirmed_count(self):
        return sum(v is Verdict.CONFIRMED for v in self.verdicts.values())

    @property
    def edited_count(self):
        return sum(a != b for a, b in zip(self.targets, self.was, strict=True))

    def row(self, n):
        preferred = tuple(
            Span(Side.TARGET, o.start, o.end)
            for view in self.groups()
            for o in view.group.renderings[0].occurrences
            if o.pair == n
        )
        found = tuple(f for f in self.findings() if f.pair == n)
        return Row(
            n,
            self.verdicts.get(n, Verdict.OPEN),
            False,
            self.targets[n] != self.was[n],
            len(self.remarks.get(n, ())),
            found,
            preferred,
            False,
        )

    def message(self, finding):
        return CHECKS[finding.check].messages[""], finding.words

    def check(self, finding):
        return CHECKS[finding.check]

    def check_settings(self):
        return {check: check not in self.off for check in CHECKS}

    def suggestions(self, finding):
        return finding.suggestions

    def _tell(self, what, words=(), number=None, rows=None, before=None):
        self.revision += 1
        self.lines.insert(0, FakeLine(datetime.now(UTC), "Ana", what, words, number, False))
        if before is not None:
            self.past.append(before)
        for listener in tuple(self.listeners):
            listener(Change(rows, findings=True, groups=True, history=True, saved=True))

    def edit(self, n, text):
        if text != self.targets[n]:
            before, self.targets[n] = list(self.targets), text
            self._tell("Changed the translation", (), n, frozenset({n}), before)

    def confirm(self, n, text=None):
        self.verdicts[n] = Verdict.CONFIRMED
        if text is not None:
            self.targets[n] = text
        self._tell("Confirmed", (), n, frozenset({n}))

    def reject(self, n, text=None):
        self.verdicts[n] = Verdict.REJECTED
        self._tell("Rejected", (), n, frozenset({n}))

    def reopen(self, n):
        self.verdicts.pop(n, None)
        self._tell("Opened again", (), n, frozenset({n}))

    def apply(self, finding, suggestion):
        span = next(s for s in finding.spans if s.side is Side.TARGET)
        text = self.targets[finding.pair]
        self.edit(finding.pair, text[: span.start] + suggestion + text[span.end :])

    def waive(self, finding, scope, reason=""):
        self.waivers.append(
            FakeWaived(Event(b"w"), scope, finding.check, finding.fingerprint, reason, finding)
        )
        self._tell("Waived “{0}”", (finding.words[0],), finding.pair)

    def unwaive(self, waived):
        self.waivers.remove(waived)
        self._tell("Took a waiver back")

    def comment(self, n, text):
        self.remarks.setdefault(n, []).append(FakeComment(text, "Ana", Event(b"c")))
        self._tell("Commented", (), n, frozenset({n}))

    def comments(self, n):
        return tuple(self.remarks.get(n, ()))

    def delete_comment(self, comment):
        for remarks in self.remarks.values():
            if comment in remarks:
                remarks.remove(comment)
        self._tell("Deleted a comment")

    def replacements(self, group, preferred):
        found = []
        for rendering in group.renderings:
            for o in rendering.occurrences:
                old = self.targets[o.pair][o.start : o.end]
                if rendering.text != preferred:
                    one = old == "soldat de la paix"
                    found.append(
                        FakeReplacement(
                            o.pair,
                            o.start,
                            o.end,
                            old,
                            "Casque bleu" if one else preferred,
                            "singular" if one else "",
                            not one,
                        )
                    )
        return tuple(found)

    def unify(self, group, preferred, chosen, reason=""):
        before = list(self.targets)
        for c in chosen:
            text = self.targets[c.pair]
            self.targets[c.pair] = text[: c.start] + c.new + text[c.end :]
        self.decisions[group.source] = ("unify", preferred, reason)
        self._tell("Unified “{0}” to “{1}”", (group.source, preferred), None, None, before)

    def _decide(self, group, said, reason):
        self.decisions[group.source] = (said, None, reason)
        self._tell("Decided on “{0}”", (group.source,))

    def keep(self, group, reason=""):
        self._decide(group, "keep", reason)

    def different(self, group, reason=""):
        self._decide(group, "different", reason)

    def not_a_term(self, group, reason=""):
        self._decide(group, "not-a-term", reason)

    def find(self, text, *, case=False, regex=False, side=None, replacement=None):
        return find(
            map(self.pair, range(self.count)),
            text,
            case=case,
            is_pattern=regex,
            side=side,
            replacement=replacement,
        )

    def replace_all(self, hits):
        before = list(self.targets)
        for hit in reversed(list(hits)):
            if hit.span.side is Side.TARGET:
                text = self.targets[hit.number]
                self.targets[hit.number] = (
                    text[: hit.span.start] + hit.replacement + text[hit.span.end :]
                )
        self._tell("Replaced", (), None, None, before)

    @property
    def undo_label(self):
        return "edit" if self.past else None

    @property
    def redo_label(self):
        return "edit" if self.undone else None

    def undo(self):
        self.undone.append(list(self.targets))
        self.targets = self.past.pop()
        self._tell("Undone")

    def redo(self):
        self.targets = self.undone.pop()
        self._tell("Redone")

    def set_language(self, side, tag):
        self.languages[side] = tag
        self._tell("Set a language")

    def set_check(self, check, on):
        (self.off.discard if on else self.off.add)(check)
        self._tell("Switched a check")

    def history(self, n=None):
        return tuple(line for line in self.lines if n is None or line.number == n)

    def listen(self, callback):
        self.listeners.append(callback)

    def poll(self):
        pass

    def flush(self):
        return True

    def close(self):
        self.closed = True
        self.listeners.clear()


def view(review):
    return review.groups()[0]


def renamed(review, title):
    review.documents = (replace(review.documents[0], title=title),)
    return review
