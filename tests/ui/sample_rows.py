"""Rows for the tests of the view: own sentences in several languages, with findings in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from reviewer.model import (
    Code,
    CodeKind,
    Finding,
    Kind,
    Pair,
    Segment,
    Severity,
    Side,
    Span,
    Verdict,
)
from reviewer.review.decisions.rows import Row

KINDS = {
    "untranslated": Kind.UNTRANSLATED,
    "drift": Kind.TERMS,
    "omission": Kind.OMISSION,
    "numbers": Kind.NUMBER,
    "spelling": Kind.SPELLING,
    "spacing": Kind.FORM,
}

FRENCH = (
    ("Kapal riset itu berlabuh di Ambon pada hari Senin.", "Le navire a accosté à Ambon lundi."),
    (
        "Menurut awak kapal, arus kuat merusak jangkar utama di sisi kiri.",
        "Selon l’équipage, le courant a abîmé le jangkar utama du côté gauche.",
    ),
    (
        "Ahli terumbu karang mencatat pemutihan di tujuh belas lokasi penyelaman.",
        "Les spécialistes des récifs de corail ont noté un blanchiment sur dix-sept sites.",
    ),
    (
        "Sedikitnya 23 spesies ikan hilang dari catatan, termasuk dua kakap merah.",
        "Au moins 32 espèces de poissons ont disparu du relevé, dont deux vivaneaux.",
    ),
    (
        "Tim akan kembali pada bulan Mei untuk memasang sensor suhu yang baru di teluk timur.",
        "L’équipe reviendra en mai.",
    ),
    (
        "“Kami menghitung ulang tiga kali,” kata kepala laboratorium.",
        "« Nous avons compté trois fois », a dit le chef du laboratoire.",
    ),
    (
        "Dana penelitian mencapai 2.300 dolar per bulan.",
        "Le budget atteint 2 300 dollars par mois.",
    ),
    ("Hujan deras menunda pelayaran pulang.", "De fortes pluies ont retardé le retour."),
    (
        "Nelayan setempat membantu mengangkat peralatan yang terjebak di karang.",
        "Les pêcheurs ont aidé à relever le materiel coincé dans les récifs coralliens.",
    ),
    ("Pelabuhan dibuka pukul enam pagi.", "Le port ouvre à six heures du matin ."),
    (
        "Sampel air disimpan dalam botol gelap. Setiap botol diberi nomor.",
        "Les échantillons sont gardés dans des flacons sombres.\nChaque flacon est numéroté.",
    ),
    ("Laporan akhir terbit pekan depan.", "Le rapport final paraît la semaine prochaine."),
)
CHINESE = (
    ("The survey vessel reached the harbour on Monday.", "考察船星期一抵达了港口。"),
    (
        "According to the crew, a strong current damaged the main anchor on the port side.",
        "据船员说，强烈的海流损坏了左舷的 main anchor，维修至少需要三天时间。",
    ),
    ("At least 23 species vanished from the record.", "至少有32种鱼类从记录中消失。"),
    (
        "“We counted three times,” said the head of the laboratory.",
        "“我们数了三遍，”实验室主任说。",
    ),
)
ARABIC = (
    (
        "The survey vessel reached the harbour on Monday.",
        "وصلت سفينة المسح إلى الميناء يوم الاثنين.",
    ),
    (
        "According to the crew, a strong current damaged the main anchor on the port side.",
        "وفقا للطاقم، ألحق تيار قوي أضرارا بالمرساة main anchor على الجانب الأيسر من السفينة.",
    ),
    ("At least 23 species vanished from the record.", "اختفى ما لا يقل عن 32 نوعا من السجل."),
    ("UNEP: the reef is recovering.", "UNEP: الشعاب المرجانية تتعافى."),
)


@dataclass(frozen=True)
class Remark:
    text: str
    reviewer: str
    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class SampleRows:
    source_language: str = "id"
    target_language: str = "fr"
    texts: list[tuple[str, str]] = field(default_factory=lambda: list(FRENCH))
    marked: dict[int, tuple[Finding, ...]] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    remarks: dict[int, tuple[Remark, ...]] = field(default_factory=dict)
    preferred: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    codes: dict[int, tuple[Code, ...]] = field(default_factory=dict)
    rows: dict[int, dict] = field(default_factory=dict)
    asked: int = 0

    @property
    def count(self):
        return len(self.texts)

    def pair(self, number):
        self.asked += 1
        source, target = self.texts[number]
        return Pair(number, self._segments(number, source), self._segments(number, target))

    def _segments(self, number, text):
        codes = self.codes.get(number, ())
        return tuple(
            Segment(n, n, 0, len(piece), piece, tuple(c for c in codes if c.character in piece))
            for n, piece in enumerate(text.split("\n"))
        )

    def row(self, number):
        row = Row(
            number,
            self.verdicts.get(number, Verdict.OPEN),
            False,
            False,
            len(self.remarks.get(number, ())),
            self.marked.get(number, ()),
            self.preferred.get(number, ()),
        )
        return replace(row, **self.rows.get(number, {}))

    def comments(self, number):
        return self.remarks.get(number, ())

    def findings(self):
        return tuple(f for number in sorted(self.marked) for f in self.marked[number])

    def doubtful(self):
        return [number for number, row in sorted(self.rows.items()) if row.get("doubt")]

    def check_kind(self, finding):
        return KINDS[finding.check]

    def message(self, finding):
        return f"“{finding.words[0]}” ({finding.check})." if finding.words else finding.check

    def mark(self, check, number, target=None, source=None, suggestions=(), nth=1):
        """Add a finding at words of the target, the source, or both."""
        spans = []
        for side, words in ((Side.TARGET, target), (Side.SOURCE, source)):
            if words is not None:
                text = self.texts[number][side is Side.TARGET]
                start = text.index(words)
                spans.append(Span(side, start, start + len(words)))
        words = (target or source or "",)
        finding = Finding(
            check,
            number,
            tuple(spans),
            words,
            Severity.MAJOR,
            suggestions=suggestions,
            fingerprint=f"{check}{number}{words}",
        )
        self.marked[number] = (*self.marked.get(number, ()), finding)
        return finding

    def edit(self, number, text):
        """Take an edit as a review would: what no longer stands there is no finding any more."""
        self.texts[number] = (self.texts[number][0], text)
        self.rows.setdefault(number, {})["edited"] = True
        kept = []
        for finding in self.marked.get(number, ()):
            word = finding.words[0]
            if word in text:
                start = text.index(word)
                spans = tuple(
                    Span(s.side, start, start + len(word)) if s.side is Side.TARGET else s
                    for s in finding.spans
                )
                kept.append(replace(finding, spans=spans))
        self.marked[number] = tuple(kept)


def french():
    """Twelve pairs with every kind of finding."""
    rows = SampleRows()
    rows.mark("untranslated", 1, "jangkar utama", "jangkar utama", ("ancre principale", "ancre"))
    rows.mark("drift", 2, "récifs de corail", "terumbu karang", ("récifs coralliens",))
    rows.mark("numbers", 3, "32", "23", ("23",))
    rows.mark("omission", 4, None, "untuk memasang sensor suhu yang baru di teluk timur")
    rows.mark("spelling", 8, "materiel", None, ("matériel",))
    rows.mark("spacing", 9, " .", None, (".",))
    start = rows.texts[8][1].index("récifs coralliens")
    rows.preferred[8] = (Span(Side.TARGET, start, start + len("récifs coralliens")),)
    rows.verdicts = {6: Verdict.CONFIRMED, 7: Verdict.CONFIRMED, 11: Verdict.REJECTED}
    rows.remarks[5] = (Remark("Is “chef” right for a woman?", "Ana"),)
    return rows


def chinese():
    rows = SampleRows("en", "zh", list(CHINESE))
    rows.mark("untranslated", 1, "main anchor", "main anchor", ("主锚", "大锚"))
    rows.mark("numbers", 2, "32", "23", ("23",))
    return rows


def arabic():
    rows = SampleRows("en", "ar", list(ARABIC))
    rows.mark("untranslated", 1, "main anchor", "main anchor", ("المرساة الرئيسية",))
    rows.mark("numbers", 2, "32", "23", ("23",))
    rows.mark("drift", 3, "الشعاب المرجانية", "reef")
    return rows


def with_codes():
    """A pair with inline codes and characters that have no picture."""
    rows = SampleRows(
        "en", "fr", [("Press \U000f0000OK\U000f0001 now.", "Appuyez sur \U000f0000OK\U000f0001.")]
    )
    rows.codes[0] = (
        Code("\U000f0000", "b1", CodeKind.OPEN, "<b>", can_delete=False),
        Code("\U000f0001", "b1", CodeKind.CLOSE, "</b>"),
    )
    return rows


def many(count):
    """So many pairs of different lengths, each 50th with a finding."""
    rows = SampleRows()
    rows.texts = [FRENCH[n % 10] for n in range(count)]
    for number in range(1, count, 50):
        word = rows.texts[number][1].split()[0]
        rows.mark("spelling", number, word)
    return rows
