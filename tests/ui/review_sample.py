"""A real project of fourteen pairs, with findings given by hand instead of by the checks."""

from __future__ import annotations

from dataclasses import replace

from reviewer import store
from reviewer.model import (
    Bead,
    Document,
    Finding,
    GroupKind,
    Occurrence,
    Rendering,
    Segment,
    Severity,
    Side,
    Span,
    TermGroup,
    Unit,
    fingerprint,
)
from reviewer.review.checking.pipeline import Analysis
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings

SETTINGS = Settings(reviewer_id="ab" * 16, reviewer_name="Ana")

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
        "Sedikitnya 14 warga sipil terluka, termasuk tiga anak-anak, kata petugas medis.",
        "Au moins 41 civils ont été blessés, dont trois enfants, ont indiqué les secouristes.",
    ),
    (
        "Dewan Keamanan akan bersidang pada Kamis untuk membahas situasi yang memburuk.",
        "Le Conseil de sécurité se réunira jeudi.",
    ),
    (
        "“Kami tidak akan meninggalkan warga,” ujar komandan pasukan penjaga perdamaian.",
        "« Nous n’abandonnerons pas les habitants », a dit le commandant des Casques bleus.",
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
        "Ratusan warga mengungsi ke negara tetangga.",
        "Des centaines d’habitants ont fui vers le pays voisin.  Les autres restent.",
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
        "Laporan Palang Merah akan diterbitkan pekan depan.",
        "Le rapport du Croissant rouge sera publié la semaine prochaine.",
    ),
)
SOURCE_TERM = "pasukan penjaga perdamaian"


def make_project(folder, texts=TEXTS, name="konflik-perbatasan", confidence=None, beads=()):
    """Write a project of one-to-one pairs, or of these beads; return its path."""
    path = folder / f"{name}.bitext"
    me = bytes.fromhex(SETTINGS.reviewer_id)
    pair = _documents(texts, name, confidence)
    pair = replace(pair, beads=tuple(beads)) if beads else pair
    store.create_project(path, [pair], reviewer=me, reviewer_name="Ana")
    return path


def add_documents(path, texts=TEXTS[:3], name="lain"):
    """Bring another document pair into a project."""
    me = bytes.fromhex(SETTINGS.reviewer_id)
    store.add_pair(path, _documents(texts, name), reviewer=me)


def _documents(texts, name, confidence=None):
    sides = []
    for side, tag in enumerate(("id", "fr")):
        lines = [pair[side] for pair in texts]
        units = tuple(Unit(line) for line in lines)
        original = "\n".join(lines).encode()
        document = Document(
            f"{name}.{tag}.txt", "text", tag, units, original, {"encoding": "utf-8"}
        )
        segments = tuple(Segment(n, n, 0, len(line), line) for n, line in enumerate(lines))
        sides += [document, segments]
    sure = confidence or [0.99] * len(texts)
    beads = tuple(Bead(n, n + 1, n, n + 1, sure[n]) for n in range(len(texts)))
    return store.ImportedPair(*sides, beads)


def analysis(texts=TEXTS):
    """Return what the checks and the terms would have found."""
    findings = [
        *_found(
            texts,
            "untranslated",
            "pasukan rusia",
            ("pasukan rusia", "id"),
            ("forces russes", "troupes russes"),
            variant="source",
            severity=Severity.MAJOR,
        ),
        *_found(texts, "numbers", "41", ("14", "41"), ("14",), severity=Severity.MAJOR),
        *_found(texts, "spacing", "  ", ("  ",), (" ",)),
    ]
    findings.sort(key=lambda finding: finding.pair)
    return Analysis(tuple(findings), groups(texts))


def _found(texts, check, needle, words, suggestions, **more):
    for number, (source, target) in enumerate(texts):
        start = target.find(needle)
        if start >= 0:
            span = Span(Side.TARGET, start, start + len(needle))
            yield Finding(
                check,
                number,
                (span,),
                words,
                suggestions=suggestions,
                fingerprint=fingerprint(check, words, source),
                **more,
            )


def groups(texts=TEXTS):
    """Return a sure group and a less certain one."""
    peace = (
        _rendering(texts, "Casques bleus"),
        _rendering(texts, "soldats de la paix", "soldat de la paix"),
    )
    cross = (_rendering(texts, "Croix-Rouge"), _rendering(texts, "Croissant rouge"))
    return (
        TermGroup(SOURCE_TERM, GroupKind.TERM, 9.0, peace),
        TermGroup("Palang Merah", GroupKind.TERM, 1.0, cross, stray=True),
    )


def _rendering(texts, *forms):
    places = [
        Occurrence(n, target.find(form), target.find(form) + len(form))
        for n, (_, target) in enumerate(texts)
        for form in forms
        if form in target
    ]
    return Rendering(forms[0], tuple(sorted(places, key=lambda place: place.pair)))


def open_sample(folder, texts=TEXTS, *, checked=True):
    """Return the open review of a new project."""
    review = open_review(make_project(folder, texts), SETTINGS)
    if checked:
        review.take(analysis(texts), review.revision)
    return review


def found(review, check):
    """Return the first open finding of a check."""
    return next(finding for finding in review.findings() if finding.check == check)


def without_fingerprint(finding):
    """Return a finding that no waiver covers."""
    return replace(finding, fingerprint="")
