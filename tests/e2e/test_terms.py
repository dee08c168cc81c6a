"""A person at the keyboard makes a drifting term one and takes the termbase to the next text."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from screen import Screen, state_of, wait_for

from reviewer.formats.termbases import read_termbase
from reviewer.review.tasks.opened_pairs import read_pairs

pytestmark = pytest.mark.window

FIRST = (
    ("Misi di Pulau Seram", "La mission sur l’île de Seram"),
    ("Pasukan penjaga perdamaian tiba di pelabuhan pada Senin pagi.",
     "Les Casques bleus sont arrivés au port lundi matin."),
    ("Hujan deras menutup jalan ke pegunungan.",
     "De fortes pluies ont fermé la route de montagne."),
    ("Kapal membawa beras, obat, dan tenda.",
     "Le navire transporte du riz, des médicaments et des tentes."),
    ("Komandan pasukan penjaga perdamaian menemui kepala desa.",
     "Le commandant des soldats de la paix a rencontré le chef du village."),
    ("Sekolah akan dibuka kembali minggu depan.", "L’école rouvrira la semaine prochaine."),
    ("Warga menyambut pasukan penjaga perdamaian di lapangan.",
     "Les habitants ont accueilli les Casques bleus sur la place."),
    ("Listrik masih padam di tiga kecamatan.", "Le courant est encore coupé dans trois cantons."),
    ("Setiap pagi pasukan penjaga perdamaian memeriksa jembatan.",
     "Chaque matin, les forces de maintien de la paix inspectent le pont."),
    ("Seorang dokter merawat dua nelayan yang terluka.",
     "Un médecin soigne deux pêcheurs blessés."),
    ("Soldat muda itu menulis surat kepada ibunya.", "La jeune recrue écrit à sa mère."),
    ("Pasukan penjaga perdamaian membangun dua dapur umum.",
     "Les soldats de la paix ont construit deux cuisines communes."),
    ("Pasar dibuka setelah subuh.", "Le marché ouvre après l’aube."),
    ("Laporan itu memuji pasukan penjaga perdamaian.", "Le rapport loue les Casques bleus."),
    ("Air bersih dibagikan dua kali sehari.", "L’eau potable est distribuée deux fois par jour."),
    ("Markas pasukan penjaga perdamaian berada di bukit.",
     "Le siège de la force de maintien de la paix se trouve sur la colline."),
)  # fmt: skip
SECOND = (
    ("Pasukan penjaga perdamaian meninggalkan kota.", "Les soldats de la paix quittent la ville."),
    ("Musim kemarau tiba lebih awal.", "La saison sèche est arrivée plus tôt."),
    ("Para petani menanam jagung.", "Les paysans sèment du maïs."),
    ("Pasukan penjaga perdamaian menyerahkan kunci gudang.",
     "Les Casques bleus ont remis les clés de l’entrepôt."),
)  # fmt: skip
UNIFIED = {
    4: "Le commandant des Casques bleus a rencontré le chef du village.",
    8: "Chaque matin, les Casques bleus inspectent le pont.",
    11: "Les Casques bleus ont construit deux cuisines communes.",
}
"""What stays as it is: of "la force" nobody knows what else would have to change."""


@pytest.fixture
def screen(tmp_path):
    screen = Screen(tmp_path)
    yield screen
    screen.close()


def write(folder, texts):
    folder.mkdir()
    files = folder / "laporan.txt", folder / "rapport.txt"
    for side, file in enumerate(files):
        file.write_text("\n\n".join(pair[side] for pair in texts) + "\n", "utf-8")
    return files


def targets(project):
    return [pair.target_text for pair in read_pairs(project, None).pairs]


def decided(project):
    return list(state_of(project).registers("group"))


def go_to(program, check):
    """Press F8 until a finding of a check is active."""
    for _ in range(20):
        program.keys("F8")
        if program.wait_for_log("finding ").startswith(check):
            return
    message = f"no finding of {check}"
    raise AssertionError(message)


def command(program, words):
    program.keys("ctrl+k")
    program.type(words)
    program.keys("Return")


def test_a_term_is_unified_and_its_termbase_mends_the_next_text(screen, tmp_path):
    files = write(tmp_path / "first", FIRST)
    program = screen.start(*files, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = files[1].with_suffix(".bitext")
    before = targets(project)
    assert before == [target for _, target in FIRST]
    after = [UNIFIED.get(number, text) for number, text in enumerate(before)]

    go_to(program, "drift")
    program.keys("ctrl+u", "Return")
    wait_for(lambda: targets(project) == after, "the unified texts")
    assert len(decided(project)) == 1
    program.wait_for_log("checked: ")
    program.keys("ctrl+z")
    wait_for(lambda: targets(project) == before, "the texts as they were")
    assert decided(project) == []
    program.wait_for_log("checked: ")
    go_to(program, "drift")
    program.keys("ctrl+u", "Return")
    wait_for(lambda: targets(project) == after, "the unified texts again")

    termbase = tmp_path / "paix.tbx"
    command(program, "Termbase")
    program.find_dialog("Termbase")
    program.keys("alt+x")
    program.find_dialog("Export the termbase")
    program.keys("ctrl+a")
    program.type(str(termbase))
    program.keys("Return")
    wait_for(termbase.exists, "the termbase")
    (concept,) = read_termbase(termbase).concepts
    assert {(term.text, term.status.value) for term in concept.of("fr")} == {
        ("Casques bleus", "preferred"),
        ("soldats de la paix", "deprecated"),
        ("force de maintien de la paix", "deprecated"),
    }
    program.find_dialog("Termbase")
    program.keys("Escape")
    program.find_dialog("Bitext Reviewer")
    program.quit()

    files = write(tmp_path / "second", SECOND)
    program = screen.start(*files, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = files[1].with_suffix(".bitext")
    command(program, "Termbase")
    program.find_dialog("Termbase")
    program.keys("alt+f")
    program.find_dialog("Add a termbase")
    program.type(str(termbase))
    program.keys("Return")
    program.wait_for_log("finding termbase in pair 1")
    program.find_dialog("Termbase")
    program.keys("Escape")
    program.find_dialog("Bitext Reviewer")
    program.keys("ctrl+1")
    mended = "Les Casques bleus quittent la ville."
    wait_for(lambda: targets(project)[0] == mended, "the preferred term")
    program.quit()
