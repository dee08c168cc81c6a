"""What is drift and what is a form, a compound, a part or a sense."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.model import GroupKind, Pair
from reviewer.terms import Priors, find_groups

FILLERS = {
    "fr": [
        ("The ferry leaves at dawn.", "Le bac part à l’aube."),
        ("Sheep graze on the hill.", "Des moutons paissent sur la colline."),
        ("Nobody heard the storm.", "Personne n’a entendu l’orage."),
        ("Her brother paints boats.", "Son frère peint des bateaux."),
        ("We ate bread and cheese.", "Nous avons mangé du pain et du fromage."),
        ("The museum has no stairs.", "Le musée n’a pas d’escalier."),
    ],
    "de": [
        ("The ferry leaves at dawn.", "Die Fähre legt im Morgengrauen ab."),
        ("Sheep graze on the hill.", "Schafe weiden auf dem Hügel."),
        ("Nobody heard the storm.", "Niemand hörte den Sturm."),
        ("Her brother paints boats.", "Ihr Bruder streicht Boote."),
        ("We ate bread and cheese.", "Wir aßen Brot und Käse."),
        ("The museum has no stairs.", "Das Museum hat keine Treppe."),
    ],
}


def renderings(target, *texts):
    """Return the renderings of each group, of all tiers, by source."""
    groups = find_groups(bitexts.pairs(*FILLERS[target], *texts), "en", target)
    return {g.source.lower(): [r.text for r in g.renderings] for g in groups}


def test_plural_and_singular_are_one_rendering():
    found = renderings(
        "fr",
        ("The spindle turns.", "Le fuseau tourne."),
        ("Oil each spindle.", "Huilez chaque fuseau."),
        ("Spindles wear out.", "Les fuseaux s’usent."),
        ("Order new spindles.", "Commandez de nouveaux fuseaux."),
    )
    assert "spindle" not in found


def test_a_compound_is_the_rendering_of_a_longer_term():
    found = renderings(
        "de",
        ("Print the voucher.", "Drucken Sie den Gutschein."),
        ("The voucher is lost.", "Der Gutschein ist verloren."),
        ("Type the voucher number.", "Geben Sie die Gutscheinnummer ein."),
        ("The voucher number is wrong.", "Die Gutscheinnummer ist falsch."),
        ("Keep the voucher.", "Bewahren Sie den Gutschein auf."),
    )
    assert "voucher" not in found


def test_a_misspelt_rendering_is_found():
    found = renderings(
        "fr",
        ("The lighthouse shines.", "Le sémaphore brille."),
        ("Paint the lighthouse.", "Peignez le sémaphore."),
        ("Visit the lighthouse.", "Visitez le séamphore."),
        ("A lighthouse collapsed.", "Un sémaphore s’est effondré."),
    )
    assert found["lighthouse"] == ["sémaphore", "séamphore"]


def test_a_stray_stands_where_the_dominant_rendering_is_missing():
    found = renderings(
        "fr",
        ("The glass furnace glows.", "Le four à verre rougeoie."),
        ("Light the glass furnace.", "Allumez le four à verre."),
        ("The glass furnace cools.", "Le four à verre refroidit."),
        ("Clean the glass furnace.", "Nettoyez le fourneau de verrier."),
    )
    assert found["glass furnace"] == ["four à verre", "fourneau de verrier"]


def test_capitals_of_a_defined_term_are_compared():
    pairs = bitexts.pairs(
        *FILLERS["fr"],
        ("Here the Steward decides.", "Ici, l’Intendant décide."),
        ("Ask the Steward.", "Demandez à l’Intendant."),
        ("Only the Steward may sign.", "Seul l’intendant peut signer."),
        ("In May the Steward left.", "En mai, l’Intendant est parti."),
    )
    group = next(g for g in find_groups(pairs, "en", "fr") if g.source == "Steward")
    assert group.kind is GroupKind.CASE
    assert [r.text for r in group.renderings] == ["Intendant", "intendant"]


def test_headings_are_no_drift_of_capitals():
    pairs = bitexts.pairs(
        *FILLERS["fr"],
        ("Here a kiln smokes.", "Ici fume un four."),
        ("Part 2: the kiln", "Partie 2 – Le Four"),
        ("Load the kiln.", "Chargez le four."),
        ("Open the kiln slowly.", "Ouvrez lentement le four."),
    )
    assert all(g.kind is not GroupKind.CASE for g in find_groups(pairs, "en", "fr"))


KILN = (
    ("We load the kiln at dawn.", "Nous chargeons le four à l’aube."),
    ("Nobody opened the kiln today.", "Personne n’a ouvert le Four aujourd’hui."),
    ("They repaired the kiln in May.", "Ils ont réparé le four en mai."),
    ("She sold the kiln to a friend.", "Elle a vendu le four à une amie."),
)


def test_a_capital_in_running_text_is_drift_though_the_source_has_none():
    (group,) = [
        g
        for g in find_groups(bitexts.pairs(*FILLERS["fr"], *KILN), "en", "fr")
        if g.source == "kiln"
    ]
    assert group.kind is GroupKind.CASE
    assert [(r.text, len(r.occurrences)) for r in group.renderings] == [("four", 3), ("Four", 1)]


def test_a_name_is_not_rendered_by_a_common_word():
    pairs = bitexts.pairs(
        *FILLERS["fr"],
        *[
            (f"In {month} they met Orlova again.", f"En {mois}, ils ont revu Orlova.")
            for month, mois in (("May", "mai"), ("June", "juin"), ("July", "juillet"))
        ],
        ("Then they met Orlova again.", "Puis ils ont revu la directrice."),
    )
    assert all(g.source != "Orlova" for g in find_groups(pairs, "en", "fr"))


def test_names_and_capitals_are_groups_of_their_own_kinds():
    pairs = bitexts.pairs(
        *FILLERS["fr"],
        ("President Tokayev came.", "Le président Tokayev est venu."),
        ("They saw Tokayev again.", "Ils ont revu Tokaïev."),
        ("People thank Tokayev today.", "On remercie Tokaïev aujourd’hui."),
        ("Nobody met Tokayev there.", "Personne n’y a vu Tokayev."),
    )
    kinds = {g.source: g.kind for g in find_groups(pairs, "en", "fr")}
    assert kinds.get("Tokayev") is GroupKind.SPELLING


def test_a_known_term_is_not_taken_for_another():
    pairs = bitexts.ENGLISH_FRENCH
    known = find_groups(pairs, "en", "fr", priors=Priors({"rain barrel": ("citerne",)}))
    plain = find_groups(pairs, "en", "fr")
    assert [g.source for g in known][:1] == ["rain barrel"]
    assert known[0].score >= plain[0].score
    away = Priors({"summer": ("citerne",), "night": ("tonneau",)})
    assert all(
        {r.text for r in g.renderings} != {"citerne", "tonneau"}
        for g in find_groups(bitexts.ENGLISH_FRENCH[3:4] * 2, "en", "fr", priors=away)
    )


def test_a_dictionary_speaks_for_no_drift():
    plain = find_groups(bitexts.ENGLISH_FRENCH, "en", "fr")
    priors = Priors(dictionary={"rain barrel": ("citerne",), "barrel": ("tonneau", "citerne")})
    told = find_groups(bitexts.ENGLISH_FRENCH, "en", "fr", priors=priors)
    assert [(g.source, g.score) for g in told] == [(g.source, g.score) for g in plain]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_pairs_does_not_matter(seed):
    pairs = list(bitexts.ENGLISH_FRENCH)
    random.Random(seed).shuffle(pairs)
    shuffled = [Pair(n, p.source, p.target) for n, p in enumerate(pairs)]
    first, second = (find_groups(p, "en", "fr") for p in (bitexts.ENGLISH_FRENCH, shuffled))
    assert [{r.text for r in g.renderings} for g in first] == [
        {r.text for r in g.renderings} for g in second
    ]


def test_several_segments_of_a_pair_are_one_text():
    pairs = bitexts.pairs(
        *[
            (f"{a.source_text}\n{b.source_text}", f"{a.target_text}\n{b.target_text}")
            for a, b in zip(
                bitexts.ENGLISH_GERMAN[::2], bitexts.ENGLISH_GERMAN[1::2], strict=False
            )
        ]
    )
    for group in find_groups(pairs, "en", "de"):
        for place in (o for r in group.renderings for o in r.occurrences):
            assert "\n" not in pairs[place.pair].target_text[place.start : place.end]


def test_forms_that_a_stemmer_keeps_apart_are_one_rendering():
    texts = [
        ("The bridge is old.", "A híd régi."),
        ("Two bridges burned.", "Két híd leégett."),
        ("They guard the bridges.", "Őrzik a hidakat."),
        ("Rain fell on the bridges.", "Eső esett a hidakra."),
        ("The lamp is bright.", "A lámpa fényes."),
        ("Nobody slept.", "Senki sem aludt."),
    ]
    assert not find_groups(bitexts.pairs(*texts), "en", "hu")


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        ("Kemarin pagi nelayan melihat Mercusuar di pulau.", [GroupKind.CASE]),
        ("Kemarin pagi nelayan melihat Mercusuar Sabang di pulau.", []),
        ("Kemarin pagi nelayan di pulau melihat Mercusuar", []),
    ],
)
def test_capitals_of_german_nouns_and_of_names_say_nothing(odd, expected):
    texts = [
        ("Der Leuchtturm ist alt.", "Bangunan mercusuar itu tua."),
        ("Wir sahen den Leuchtturm.", "Kami melihat mercusuar."),
        ("Ein Leuchtturm warnt die Boote.", "Sebuah mercusuar memperingatkan perahu."),
        ("Niemand schlief.", "Tidak seorang pun tidur."),
        ("Gestern früh sahen die Fischer den Leuchtturm auf der Insel.", odd),
    ]
    groups = find_groups(bitexts.pairs(*texts), "de", "id")
    assert [group.kind for group in groups] == expected


MAILBOX = [
    ("The mailbox is full.", "La boîte aux lettres est pleine."),
    ("Empty the mailbox today.", "Videz la boîte aux lettres aujourd’hui."),
    ("A mailbox hangs there.", "Une boîte aux lettres pend là."),
]


def test_a_copy_in_a_command_or_a_quotation_is_no_rendering():
    found = renderings(
        "fr",
        *MAILBOX,
        ("Then type “mailbox” twice.", "Puis tapez « mailbox » deux fois."),
        ("Search for ?mailbox first.", "Cherchez d’abord ?mailbox."),
    )
    assert "mailbox" not in found


def test_a_copy_in_running_text_is_one():
    found = renderings(
        "fr",
        *MAILBOX,
        ("Then paint the mailbox twice.", "Puis peignez deux fois la mailbox."),
        ("First search the old mailbox.", "Fouillez d’abord la vieille mailbox."),
    )
    assert found["mailbox"] == ["boîte aux lettres", "mailbox"]


def test_english_that_was_left_in_a_translation_is_no_evidence():
    texts = [
        ("Der Brunnen ist alt.", "Le puits est vieux."),
        ("Wir sahen den Brunnen.", "Nous avons vu le puits."),
        ("Der Brunnen liegt am Tor.", "The well is at the gate of the yard."),
        ("Niemand kennt den Brunnen.", "There is nobody who knows the well."),
        ("Die Ziege schläft.", "La chèvre dort."),
        ("Am Abend kommt der Wind.", "Le soir, le vent se lève."),
    ]
    assert not find_groups(bitexts.pairs(*texts), "de", "fr")


def test_a_document_shows_no_more_groups_than_anybody_reads():
    things = ["lantern", "kettle", "saddle", "hammer", "barrel", "ladder", "anchor", "carpet"]
    one = ["lanterne", "bouilloire", "selle", "marteau", "tonneau", "échelle", "ancre", "tapis"]
    two = ["fanal", "marmite", "bât", "maillet", "citerne", "escabeau", "grappin", "moquette"]
    frames = [
        ("The {} is old.", "Le {} est vieux."),
        ("Paint the {} today.", "Peignez le {} aujourd’hui."),
        ("Nobody sold the {}.", "Personne n’a vendu le {}."),
        ("A {} fell down.", "Un jour le {} est tombé."),
    ]
    texts = [
        (source.format(thing), target.format(first if turn % 2 else second))
        for thing, first, second in zip(things, one, two, strict=True)
        for turn, (source, target) in enumerate(frames)
    ]
    groups = find_groups(bitexts.pairs(*texts), "en", "fr")
    assert [group.stray for group in groups] == [False] * 6 + [True] * 2
