"""The command line is a contract."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.cli import run

ROOT = Path(__file__).parent.parent
SOURCE = """Pasukan penjaga perdamaian tiba di desa pada hari Senin.

Sedikitnya 14 orang terluka, kata juru bicara itu.

Pasukan penjaga perdamaian membagikan 1.200 porsi makanan setiap hari.

Jalan menuju jembatan lama masih ditutup karena banjir.
"""
TARGET = """Les Casques bleus sont arrivés lundi au village.

Au moins 41 personnes ont été blessées, a indiqué le porte-parole.

Les pasukan penjaga perdamaian distribuent 1 200 repas par jour.

La route du vieux pont est encore fermée à cause de l’inondation.
"""


@pytest.fixture
def texts(tmp_path):
    paths = tmp_path / "a.id.txt", tmp_path / "a.fr.txt"
    paths[0].write_text(SOURCE, "utf-8")
    paths[1].write_text(TARGET, "utf-8")
    return [str(path) for path in paths]


LANGUAGES = ["--from", "id", "--to", "fr"]


def one_line(capsys):
    """Return what was told, which is one line and no traceback."""
    told = capsys.readouterr().err.strip()
    assert told
    assert "\n" not in told
    assert "Traceback" not in told
    return told


@pytest.fixture
def project(texts, tmp_path, capsys):
    path = str(tmp_path / "a.bitext")
    assert run(["new", path, *texts, "--from", "id", "--to", "fr"]) == 0
    capsys.readouterr()
    return path


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("command", ["align", "new"])
def test_texts_that_hardly_match_are_told(command, tmp_path, texts, capsys):
    """The beads are printed all the same, but not as good ones."""
    other = tmp_path / "other.txt"
    other.write_text("".join(f"{words}\n\n" for words in ("Oui.", "Vingt", "Non !") * 9), "utf-8")
    project = [str(tmp_path / "other.bitext")] if command == "new" else []
    assert run([command, *project, texts[0], str(other), *LANGUAGES]) == 0
    assert "hardly match" in one_line(capsys)
    assert run(["align", *texts, *LANGUAGES]) == 0
    assert not capsys.readouterr().err


def test_a_language_that_cannot_be_told_is_asked_for(tmp_path, capsys):
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, text in zip(paths, ("12 34\n", "12 35\n"), strict=True):
        path.write_text(text, "utf-8")
    assert run(["align", *map(str, paths), "--from", "en"]) == 0
    assert "could not be told; --to names it" in capsys.readouterr().err


def test_align_prints_beads(texts, capsys):
    assert run(["align", *texts, "--segmented", "--from", "id", "--to", "fr"]) == 0
    beads = lines(capsys)
    assert [bead[:2] for bead in beads] == [[[n], [n]] for n in range(4)]
    assert all(0 <= bead[2] <= 1 for bead in beads)


def test_check_finds_leftovers_and_numbers(project, capsys):
    assert run(["check", project, "--json"]) == 0
    (report,) = lines(capsys)
    assert report["segments"] == 4
    found = {(f["check"], f["segment"], f["text"]) for f in report["findings"]}
    assert ("untranslated", 2, "pasukan penjaga perdamaian") in found
    assert any(check == "numbers" and segment == 1 for check, segment, _ in found)
    for finding in report["findings"]:
        text = TARGET.split("\n\n")[finding["segment"]] if finding["side"] == "target" else ""
        if text:
            assert text[finding["start"] : finding["end"]] == finding["text"]
        assert len(finding["fingerprint"]) == 32


def test_fail_on_sets_the_exit_status(texts, capsys):
    languages = ["--from", "id", "--to", "fr"]
    assert run(["check", *texts, *languages, "--fail-on", "major"]) == 1
    assert run(["check", *texts, *languages, "--fail-on", "critical"]) == 0


def house_style(tmp_path, name="house.toml"):
    """Write a checklist with one good rule and a broken one."""
    path = tmp_path / name
    path.write_text(
        "[[rule]]\nname = 'Peace'\nsource = 'penjaga perdamaian'\ntarget = 'Casques? bleus?'\n"
        "severity = 'critical'\n[[rule]]\nsource = '('\n",
        "utf-8",
    )
    return path


def test_a_checklist_that_is_named_is_checked(texts, project, tmp_path, capsys):
    named = ["--checklist", str(house_style(tmp_path))]
    assert run(["check", *texts, *LANGUAGES, *named, "--json", "--fail-on", "critical"]) == 1
    told = capsys.readouterr()
    found = [f for f in json.loads(told.out)["findings"] if f["check"] == "checklist"]
    assert [(f["source_segments"], f["text"]) for f in found] == [([2], "penjaga perdamaian")]
    assert found[0]["message"].startswith("Peace: ")
    assert "“house.toml”, line 6: the source is no pattern" in told.err
    assert run(["check", project, *named]) == 0
    assert "checklist\tPeace: " in capsys.readouterr().out


def test_a_checklist_that_is_not_there_is_refused(texts, tmp_path, capsys):
    no_list = tmp_path / "no.toml"
    assert run(["check", *texts, *LANGUAGES, "--checklist", str(no_list)]) == 2
    assert "was not found" in one_line(capsys)


def test_the_checklists_of_a_project_are_checked(project, tmp_path, capsys):
    from reviewer.review.checking.checklists import folder
    from reviewer.review.tasks.opening import open_review
    from reviewer.settings import Settings

    folder().mkdir(parents=True)
    house_style(folder())
    review = open_review(Path(project), Settings(reviewer_id="ab" * 16, reviewer_name="Ana"))
    review.settings.set_checklists(["house.toml", "../secret.toml", "gone.toml"])
    review.saving.flush()
    review.close()
    assert run(["check", project, "--json"]) == 0
    told = capsys.readouterr()
    found = [f for f in json.loads(told.out)["findings"] if f["check"] == "checklist"]
    assert len(found) == 1
    assert "“gone.toml” is a checklist of this project that is not on this computer" in told.err
    assert "secret.toml” is a checklist of this project" in told.err


def test_sarif_is_a_log_with_results(texts, capsys):
    assert run(["check", *texts, "--from", "id", "--to", "fr", "--sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["results"]


def test_check_pairs_answers_line_by_line(tmp_path, capsys):
    table, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"id": "x", "src_lang": "id", "tgt_lang": "fr"}
    row |= {"source": "Pasukan rusia tiba.", "target": "Les pasukan rusia arrivent."}
    table.write_text(json.dumps(row) + "\n", "utf-8")
    assert run(["check-pairs", str(table), "--out", str(out)]) == 0
    answer = json.loads(out.read_text("utf-8"))
    assert answer["id"] == "x"
    assert answer["spans"][0][:2] == [4, 17]
    assert answer["findings"][0]["check"] == "untranslated"


def test_terms_prints_groups_with_places(texts, capsys):
    assert run(["terms", *texts, "--segmented", "--from", "id", "--to", "fr"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"drifts"}


def test_the_export_of_an_untouched_project_is_the_file(project, texts, tmp_path, capsys):
    out = tmp_path / "out.txt"
    assert run(["export", project, str(out)]) == 0
    assert out.read_bytes() == TARGET.encode()
    assert run(["export", project, str(out)]) == 2
    assert "was not touched" in capsys.readouterr().err
    assert run(["export", project, str(out), "--force"]) == 0


def test_a_project_takes_a_second_pair(project, tmp_path, capsys):
    for name, text in (("b.id.txt", "Selamat pagi semua."), ("b.fr.txt", "Bonjour à tous.")):
        (tmp_path / name).write_text(text, "utf-8")
    more = [str(tmp_path / "b.id.txt"), str(tmp_path / "b.fr.txt"), "--from", "id", "--to", "fr"]
    assert run(["add", project, *more]) == 0
    assert run(["export", project, str(tmp_path / "o.txt"), "--document", "2"]) == 0
    assert (tmp_path / "o.txt").read_text("utf-8") == "Bonjour à tous."


@pytest.fixture
def colleague(project, tmp_path, monkeypatch):
    """Return a copy of the project in which a colleague, elsewhere, edited what we edited."""
    from reviewer.review.tasks.opening import open_review
    from reviewer.settings import Settings

    copy = str(tmp_path / "ben.bitext")
    assert run(["copy", project, copy]) == 0
    for home, path, name, text in (("a", project, "Ana", "Un."), ("b", copy, "Ben", "Une.")):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / home))
        review = open_review(Path(path), Settings(name[0].lower().encode().hex() * 16, name))
        review.edit(1, text)
        assert review.saving.flush()
        review.close()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a"))
    return copy


def test_a_review_is_looked_at_and_loaded(project, colleague, tmp_path, capsys):
    small = str(tmp_path / "small.bitext")
    assert run(["copy", colleague, small, "--review-only"]) == 0
    assert run(["merge", project, small, "--only-look"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "Ben: 1 new, 0 already here",
        "1 new decision, 0 already here",
        "1 new disagreement",
    ]
    assert run(["merge", project, small]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[2] == "1 disagreement"
    kind, place, *said = told[3].split("\t")
    assert (kind, place, sorted(said)) == ("edit", "0:1", ["Ana: Un.", "Ben: Une."])


def test_a_copy_replaces_nothing(project, colleague, capsys):
    assert run(["copy", project, colleague]) == 2
    assert "not written over" in one_line(capsys)


def test_the_log_goes_out_and_comes_back(project, tmp_path, capsys):
    log = tmp_path / "log.jsonl"
    assert run(["export-log", project, "--out", str(log)]) == 0
    assert log.read_text("utf-8").count("\n") >= 3
    assert run(["import-log", project, str(log)]) == 0
    assert "0 new decisions" in capsys.readouterr().err
    assert run(["verify", project]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["align", "nowhere.txt", "nowhere-else.txt"],
        ["check", "nowhere.bitext"],
        ["new", "x.bitext", "nowhere.txt", "nowhere.txt"],
        ["check-pairs", "nowhere.jsonl", "--out", "x"],
        ["export", "nowhere.bitext", "out.txt"],
        ["verify", "nowhere.bitext"],
        ["align"],
        ["check", "a", "b", "c"],
        ["--no-such-option"],
    ],
)
def test_bad_input_is_told_in_one_line(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    captured = capsys.readouterr()
    told = (captured.err + captured.out).strip()
    assert told
    assert "\n" not in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("*.bitext"))


def test_what_is_no_text_is_refused_and_nothing_is_written(texts, tmp_path, capsys):
    bad = {
        "empty.txt": b"",
        "mark.txt": b"\xef\xbb\xbf",
        "picture.txt": bytes(range(256)) * 40,
        "latin.txt": "Café à la crème déjà prêt.".encode("latin-1"),
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
        arguments = ["new", str(tmp_path / "p.bitext"), texts[0], str(tmp_path / name)]
        assert run([*arguments, "--from", "id", "--to", "fr"]) == 2, name
        told = capsys.readouterr().err.strip()
        assert name in told
        assert "\n" not in told
        assert not (tmp_path / "p.bitext").exists()
    arguments = ["new", str(tmp_path / "p.bitext"), texts[0], str(tmp_path / "latin.txt")]
    assert run([*arguments, "--encoding", "latin-1"]) == 0


def test_an_existing_project_is_not_written_over(project, texts, capsys):
    assert run(["new", project, *texts]) == 2
    assert run(["new", project, *texts, "--force"]) == 0


def test_the_commands_import_no_qt(texts, tmp_path):
    code = (
        "import sys; from reviewer.cli import run; "
        f"run(['align', {texts[0]!r}, {texts[1]!r}]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.fixture
def two_documents(project, tmp_path, capsys):
    """A project whose second document has a wrong number and is Markdown."""
    for name, text in (
        ("b.id.md", "Sebanyak 300 orang tiba di sini.\n"),
        ("b.fr.md", "Au total, 900 personnes sont arrivées ici.\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    more = [str(tmp_path / "b.id.md"), str(tmp_path / "b.fr.md")]
    assert run(["add", project, *more, *LANGUAGES]) == 0
    capsys.readouterr()
    return project


def test_every_document_of_a_project_is_checked(two_documents, capsys):
    assert run(["check", two_documents, "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert report["segments"] == 5
    found = {(f["document"], f["check"]) for f in report["findings"]}
    assert {(0, "untranslated"), (1, "numbers")} <= found
    assert "0 a.fr.txt, 1 b.fr.md" in captured.err
    assert run(["check", two_documents]) == 0
    assert "\n1:0:" in capsys.readouterr().out
    assert run(["check", two_documents, "--sarif"]) == 0
    assert "document 1, segment 0" in capsys.readouterr().out


def test_every_document_of_a_project_counts_for_the_exit_status(tmp_path, capsys):
    path = str(tmp_path / "c.bitext")
    texts = {"c.id.txt": "Semua baik.\n", "c.fr.txt": "Tout va bien.\n"}
    texts |= {"d.id.txt": "Ada 300 orang.\n", "d.fr.txt": "Il y a 900 personnes.\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    names = [str(tmp_path / name) for name in texts]
    assert run(["new", path, *names[:2], *LANGUAGES]) == 0
    assert run(["check", path, "--fail-on", "major"]) == 0
    assert run(["add", path, *names[2:], *LANGUAGES]) == 0
    assert run(["check", path, "--fail-on", "major"]) == 1


def test_terms_are_compared_in_every_document(two_documents, tmp_path, capsys):
    source = "".join(f"Jembatan lama itu ditutup pada hari ke-{n}.\n\n" for n in range(8))
    words = ["pont", "pont", "viaduc", "pont", "viaduc", "pont", "viaduc", "pont"]
    target = "".join(f"Le vieux {word} a fermé le jour {n}.\n\n" for n, word in enumerate(words))
    (tmp_path / "e.id.txt").write_text(source, "utf-8")
    (tmp_path / "e.fr.txt").write_text(target, "utf-8")
    texts = [str(tmp_path / "e.id.txt"), str(tmp_path / "e.fr.txt")]
    assert run(["terms", *texts, *LANGUAGES, "--all"]) == 0
    alone = json.loads(capsys.readouterr().out)["drifts"]
    assert run(["add", two_documents, *texts, *LANGUAGES]) == 0
    assert run(["terms", two_documents, "--all"]) == 0
    drifts = json.loads(capsys.readouterr().out)["drifts"]
    assert [drift["source"] for drift in drifts if drift["document"] == 2] == [
        drift["source"] for drift in alone
    ]
    assert alone


def test_a_term_that_drifts_between_documents_is_told_with_both(project, tmp_path, capsys):
    sentences = (
        ("Mercusuar tua itu ditutup.", "Le vieux {} est fermé."),
        ("Hujan turun semalaman.", "Il a plu toute la nuit."),
        ("Warga mengecat mercusuar tua.", "Les habitants peignent le vieux {}."),
        ("Sekolah dibuka pukul tujuh.", "L’école ouvre à sept heures."),
        ("Mobil berhenti di mercusuar tua.", "La voiture s’arrête devant le vieux {}."),
        ("Pasar itu ramai.", "Le marché est animé."),
    )
    for name, word in (("c", "phare"), ("d", "fanal")):
        files = [tmp_path / f"{name}.id.txt", tmp_path / f"{name}.fr.txt"]
        files[0].write_text("\n\n".join(source for source, _ in sentences), "utf-8")
        files[1].write_text("\n\n".join(t.format(word) for _, t in sentences), "utf-8")
        assert run(["add", project, *map(str, files), *LANGUAGES]) == 0
    capsys.readouterr()
    assert run(["terms", project]) == 0
    drifts = json.loads(capsys.readouterr().out)["drifts"]
    (drift,) = [d for d in drifts if len(d.get("documents", ())) > 1]
    assert "mercusuar" in drift["source"].lower()
    assert drift["documents"] == [1, 2]
    found = {
        tuple(r["text"].split())[-1]: (r["documents"], [o[0] for o in r["occurrences"]])
        for r in drift["renderings"]
    }
    assert found == {"phare": ([1, 1, 1], [0, 2, 4]), "fanal": ([2, 2, 2], [0, 2, 4])}


@pytest.mark.parametrize("command", ["check", "terms", "export"])
def test_an_altered_project_is_refused(project, tmp_path, capsys, command):
    path = tmp_path / "a.bitext"
    data = path.read_bytes()
    assert b"1 200 repas" in data
    path.write_bytes(data.replace(b"1 200 repas", b"9 200 repas"))
    more = [str(tmp_path / "o.txt")] if command == "export" else []
    assert run([command, project, *more]) == 2
    assert "damaged" in one_line(capsys)


@pytest.mark.parametrize(
    "bead",
    [
        '[{"a": 1}, [0]]',
        '{"a": 1, "b": 2}',
        "[[0, 1000000000000], [0]]",
        "[[0], [0], 1" + "0" * 400 + "]",
        "[[1" + "0" * 400 + "], [0]]",
        "[[0], [0], 1e400]",
        "[[0], [0], NaN]",
        '[[0], [0], "x"]',
        '["0", [0]]',
        "[[true], [0]]",
        "[[0.0], [0]]",
        "[[-1, 0], [0]]",
        "[[0, 2], [0]]",
        "[[9], [0]]",
        "[0, 0]",
        "[[0]]",
        "7",
        "[" * 100_000,
    ],
)
def test_what_is_no_bead_is_refused(texts, tmp_path, capsys, bead):
    beads = tmp_path / "beads.jsonl"
    beads.write_text(bead + "\n", "utf-8")
    assert run(["terms", *texts, "--segmented", *LANGUAGES, "--beads", str(beads)]) == 2
    assert "No bead" in one_line(capsys)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("arguments", [[], ["--out", "/dev/full"]])
def test_a_full_disk_is_told_in_one_line(project, arguments):
    command = [sys.executable, "-m", "reviewer", "check", project, *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "the disk is full" in done.stderr.decode()


@pytest.mark.parametrize("tag", ["b" * 300, "../fr", "fr CA", "", "été", "f\nr"])
@pytest.mark.parametrize("command", [["align", "x", "y"], ["new", "p", "x", "y"], []])
def test_a_tag_that_is_none_is_told_in_one_line(command, tag, capsys):
    assert run([*command, "--from", "en", f"--to={tag}"]) == 2
    assert "language tag" in one_line(capsys)


def test_the_output_never_replaces_what_is_read(project, texts, tmp_path, capsys):
    table = tmp_path / "t.jsonl"
    table.write_text("{}", "utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(texts[0])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    other = str(tmp_path / "other.bitext")
    for arguments in (
        ["align", *texts, "--out", texts[0]],
        ["check", *texts, "--out", texts[1]],
        ["check", *texts, "--out", str(link)],
        ["check", project, "--out", project],
        ["check", *texts, "--out", project],
        ["terms", *texts, "--beads", str(table), "--out", str(table)],
        ["check-pairs", str(table), "--out", str(table)],
        ["export-log", project, "--out", project],
        ["verify", project, "--out", project],
        ["salvage", project, other, "--out", other],
        ["export", project, project, "--force"],
    ):
        assert run(arguments) == 2, arguments
        one_line(capsys)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_breaks_off_leaves_the_old_output(tmp_path, capsys):
    table, out = tmp_path / "t.jsonl", tmp_path / "out.jsonl"
    table.write_text("no JSON\n", "utf-8")
    out.write_text("old", "utf-8")
    assert run(["check-pairs", str(table), "--out", str(out)]) == 2
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "t.jsonl"]


def test_an_export_that_does_not_fit_names_the_other_documents(two_documents, tmp_path, capsys):
    assert run(["export", two_documents, str(tmp_path / "o.md")]) == 2
    assert "--document N" in one_line(capsys)
    assert run(["export", two_documents, str(tmp_path / "o.md"), "--document", "2"]) == 0


def test_an_export_into_a_folder_takes_the_name_of_the_document(two_documents, tmp_path, capsys):
    folder = tmp_path / "out"
    folder.mkdir()
    for number, name in (("1", "a.fr.txt"), ("2", "b.fr.md")):
        arguments = ["export", two_documents, str(folder), "--document", number]
        assert run(arguments) == 0
        capsys.readouterr()
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes()
        assert run(arguments) == 2
        assert "was not touched" in one_line(capsys)
        assert run([*arguments, "--force"]) == 0


def memory(path, *pairs, tags=("id", "fr")):
    units = (
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>'
            for tag, text in zip(tags, pair, strict=True)
        )
        + "</tu>"
        for pair in pairs
    )
    path.write_text(f"<tmx version='1.4'><header/><body>{''.join(units)}</body></tmx>", "utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["align", "terms", "new", "add"])
def test_a_memory_helps_and_its_troubles_are_told(command, texts, project, tmp_path, capsys):
    good = memory(
        tmp_path / "m.tmx", (SOURCE.split("\n", maxsplit=1)[0], TARGET.split("\n", maxsplit=1)[0])
    )
    odd = tmp_path / "odd.tmx"
    odd.write_text("no memory", "utf-8")
    places = {"new": [str(tmp_path / "b.bitext")], "add": [project]}.get(command, [])
    if command == "add":
        texts = [str(tmp_path / "c.id.txt"), str(tmp_path / "c.fr.txt")]
        Path(texts[0]).write_text("Dia datang. " + SOURCE, "utf-8")
        Path(texts[1]).write_text("Il vint. " + TARGET, "utf-8")
    asked = [command, *places, *texts, *LANGUAGES, "--memory", good, "--memory", str(odd)]
    assert run(asked) == 0
    told = one_line(capsys)
    assert "odd.tmx" in told
    assert run([*asked, "--memory", str(tmp_path / "gone.tmx")]) == 2
    assert "gone.tmx" in one_line(capsys)


def test_an_encoder_that_is_none_is_told(texts, tmp_path, capsys):
    folder = tmp_path / "encoder"
    folder.mkdir()
    assert run(["align", *texts, *LANGUAGES, "--encoder", str(folder)]) == 2
    assert "model.onnx" in one_line(capsys)
    for name in ("model.onnx", "spiece.model"):
        (folder / name).write_bytes(b"x")
    assert run(["align", *texts, *LANGUAGES, "--encoder", str(folder)]) == 0
    told = capsys.readouterr()
    assert "SentencePiece" in told.err
    assert len(told.out.splitlines()) == 4


def test_an_encoder_helps(texts, tmp_path, capsys):
    from tests.align.encoders import write_encoder

    folder = write_encoder(tmp_path / "encoder")
    assert run(["align", *texts, *LANGUAGES, "--encoder", str(folder)]) == 0
    told = capsys.readouterr()
    assert not told.err
    assert [json.loads(line)[0] for line in told.out.splitlines()] == [[0], [1], [2], [3]]


def test_a_memory_makes_known_terms_surer(tmp_path, capsys):
    from tests.terms.bitexts import ENGLISH_FRENCH

    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    files[0].write_text("\n".join(pair.source_text for pair in ENGLISH_FRENCH), "utf-8")
    files[1].write_text("\n".join(pair.target_text for pair in ENGLISH_FRENCH), "utf-8")
    asked = ["terms", *map(str, files), "--segmented", "--from", "en", "--to", "fr"]
    assert run(asked) == 0
    alone = json.loads(capsys.readouterr().out)["drifts"][0]
    known = memory(tmp_path / "m.tmx", (alone["source"], "citerne"), tags=("en", "fr"))
    assert run([*asked, "--memory", known]) == 0
    assert json.loads(capsys.readouterr().out)["drifts"][0]["score"] > alone["score"]


def test_a_termbase_is_held_against_the_texts(texts, tmp_path, capsys):
    glossary = tmp_path / "g.csv"
    glossary.write_text("id,fr\njembatan,viaduc\ndesa,village\n", "utf-8")
    more = [*texts, *LANGUAGES, "--json", "--termbase", str(glossary)]
    assert run(["check", *more]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    told = [f["message"] for f in found if f["check"] == "termbase"]
    assert len(told) == 1
    assert "viaduc" in told[0]
    assert run(["terms", *texts, *LANGUAGES, "--termbase", str(glossary)]) == 0
    assert run(["terms", *texts, *LANGUAGES, "--termbase", str(tmp_path / "none.csv")]) == 2


def test_the_termbase_of_a_project_is_written(project, tmp_path, capsys):
    from reviewer.formats.termbases import read_termbase
    from reviewer.model import Concept, Term
    from reviewer.review.tasks.opening import open_review
    from reviewer.settings import load_settings

    review = open_review(Path(project), load_settings())
    review.terms.set_concept(Concept((Term("id", "desa"), Term("fr", "village"))))
    assert review.saving.flush()
    review.close()
    out = tmp_path / "out.tbx"
    assert run(["terms", project, "--export-termbase", str(out)]) == 0
    assert [t.text for t in read_termbase(out).concepts[0].terms] == ["desa", "village"]
    capsys.readouterr()
    assert run(["terms", project, "--export-termbase", str(out)]) == 2
    assert "--force" in one_line(capsys)
    assert run(["terms", project, "--export-termbase", str(tmp_path / "out.doc")]) == 2


def test_two_texts_have_no_termbase_to_write(texts, tmp_path, capsys):
    out = tmp_path / "out.tbx"
    assert run(["terms", *texts, *LANGUAGES, "--export-termbase", str(out)]) == 2
    assert not out.exists()


@pytest.fixture
def bilingual(tmp_path):
    units = zip(SOURCE.split("\n\n"), TARGET.split("\n\n"), strict=True)
    rows = "".join(
        f"<trans-unit id='{n}'><source>{source.strip()}</source>"
        f"<target>{target.strip()}</target></trans-unit>"
        for n, (source, target) in enumerate(units)
    )
    path = tmp_path / "a.xlf"
    path.write_text(
        f"<xliff version='1.2'><file source-language='id' target-language='fr'>"
        f"<body>{rows}</body></file></xliff>",
        "utf-8",
    )
    return path


def test_a_bilingual_file_is_checked_and_made_a_project(bilingual, tmp_path, capsys):
    assert run(["check", str(bilingual), "--json"]) == 0
    of_file = json.loads(capsys.readouterr().out)
    assert "untranslated" in {finding["check"] for finding in of_file["findings"]}
    project, out = tmp_path / "p.bitext", tmp_path / "out.xlf"
    assert run(["new", str(project), str(bilingual)]) == 0
    assert capsys.readouterr().err == ""
    assert run(["check", str(project), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == of_file
    assert run(["export", str(project), str(out)]) == 0
    assert "0 edits, 0 other changes" in capsys.readouterr().err
    assert out.read_bytes() == bilingual.read_bytes()
    assert run(["export", str(project), str(tmp_path / "out.tmx")]) == 0
    assert "0 edits in it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "p.bitext", "a.txt"], "holds one text"),
        (["new", "p.bitext", "gone.xlf"], "was not found"),
        (["new", "p.bitext", "a.xlf", "a.txt"], "is opened alone"),
        (["new", "p.bitext", "a.csv", "--columns", "1,1"], "names no two columns"),
    ],
)
def test_a_lone_text_and_a_second_file_are_told(
    arguments, said, bilingual, capsys, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Text.", "utf-8")
    assert run(arguments) == 2
    assert said in one_line(capsys)
    assert not (tmp_path / "p.bitext").exists()


# Spelling


def french_dictionary(folder):
    from tests.text.dictionary import write_dictionary

    known = """les casques bleus sont arrivés lundi au village moins personnes ont été blessées
    a indiqué le porte parole distribuent repas par jour la route du vieux pont est encore à
    cause de inondation"""
    return write_dictionary(folder, "fr", known)


def spelling_of(out):
    return [f["text"] for f in json.loads(out)["findings"] if f["check"] == "spelling"]


def test_the_dictionaries_of_a_folder_are_used(texts, tmp_path, capsys):
    pytest.importorskip("hunspell")
    folder = french_dictionary(tmp_path / "mine")
    command = ["check", *texts, *LANGUAGES, "--json"]
    assert run([*command, "--dictionaries", str(folder)]) == 0
    # "fermée" is common French, "pasukan penjaga perdamaian" was left untranslated.
    assert spelling_of(capsys.readouterr().out) == []
    wrong = Path(texts[1])
    wrong.write_text(wrong.read_text("utf-8").replace("indiqué", "inidqué"), "utf-8")
    assert run([*command, "--dictionaries", str(folder)]) == 0
    assert spelling_of(capsys.readouterr().out) == ["inidqué"]
    assert run(command) == 0
    assert spelling_of(capsys.readouterr().out) == []


def test_the_dictionaries_and_words_of_the_person_are_used(texts, project, capsys):
    pytest.importorskip("hunspell")
    from reviewer.review.checking.spelling import save_own_words
    from reviewer.review.tasks.opening import open_review
    from reviewer.settings import load_settings
    from reviewer.text.dictionaries import own_folder

    french_dictionary(own_folder())
    review = open_review(Path(project), load_settings())
    review.edit(1, review.pair(1).target_text.replace("indiqué", "inidqué"))
    review.edit(3, review.pair(3).target_text.replace("encore", "encroe"))
    review.close()
    assert run(["check", project, "--json"]) == 0
    assert spelling_of(capsys.readouterr().out) == ["inidqué", "encroe"]
    save_own_words("fr", ["Inidqué"])
    assert run(["check", project, "--json"]) == 0
    assert spelling_of(capsys.readouterr().out) == ["encroe"]


def test_a_broken_dictionary_is_told_and_the_rest_is_checked(texts, tmp_path, capsys):
    pytest.importorskip("hunspell")
    folder = french_dictionary(tmp_path / "mine")
    (folder / "fr.dic").write_text("no number\n", "utf-8")
    assert run(["check", *texts, *LANGUAGES, "--dictionaries", str(folder)]) == 0
    told = capsys.readouterr()
    assert "numbers\t" in told.out
    assert "Spelling is not checked." in told.err


def test_a_folder_without_the_language_is_told(texts, tmp_path, capsys):
    pytest.importorskip("hunspell")
    folder = french_dictionary(tmp_path / "mine")
    for file in list(folder.iterdir()):
        file.rename(file.with_stem("de_DE"))
    assert run(["check", *texts, *LANGUAGES, "--dictionaries", str(folder)]) == 0
    assert "no dictionary for “fr”" in one_line(capsys)


@pytest.mark.parametrize("folder", ["gone", "."])
def test_a_folder_without_dictionaries_is_refused(texts, tmp_path, capsys, folder):
    named = tmp_path / folder
    assert run(["check", *texts, *LANGUAGES, "--dictionaries", str(named)]) == 2
    assert str(named) in one_line(capsys)


def test_without_the_package_that_reads_dictionaries_it_is_said(
    texts, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("reviewer.review.checking.spelling.is_available", lambda: False)
    folder = french_dictionary(tmp_path / "mine")
    assert run(["check", *texts, *LANGUAGES, "--dictionaries", str(folder)]) == 2
    assert "bitext-reviewer[spelling]" in one_line(capsys)


def test_accepted_words_of_both_reviewers_are_merged(project, tmp_path, capsys):
    import shutil

    from reviewer.review.tasks.opening import open_review
    from reviewer.settings import Settings

    other = tmp_path / "other.bitext"
    shutil.copy(project, other)
    for path, reviewer, word in ((project, "ab", "maisson"), (other, "cd", "vilage")):
        review = open_review(Path(path), Settings(reviewer_id=reviewer * 16))
        review.words.accept([word])
        review.close()
    assert run(["merge", project, str(other)]) == 0
    review = open_review(Path(project), Settings(reviewer_id="ab" * 16))
    assert [waiver.key for waiver in review.words.accepted()] == ["maisson", "vilage"]
    review.close()


def test_a_new_version_takes_the_place_of_the_old_one(project, tmp_path, capsys):
    new = tmp_path / "b.fr.txt"
    new.write_text("Titre.\n\n" + TARGET, "utf-8")
    assert run(["add", project, str(new), "--new-version-of", "target"]) == 0
    assert "0 decisions carried over" in one_line(capsys)
    out = tmp_path / "out.txt"
    assert run(["export", project, str(out)]) == 0
    assert out.read_bytes() == new.read_bytes()
    capsys.readouterr()
    assert run(["add", project, str(new), "--new-version-of", "target"]) == 2
    assert "already" in one_line(capsys)
    assert run(["add", project, str(new), str(new), "--new-version-of", "target"]) == 2
    assert "one file" in one_line(capsys)


def test_the_pairs_of_a_folder_become_one_project(tmp_path, texts, capsys):
    project = str(tmp_path / "all.bitext")
    (tmp_path / "alone.txt").write_text("One more.", "utf-8")
    assert run(["new", project, str(tmp_path), *LANGUAGES]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[:2] == ["a.id.txt + a.fr.txt", "No counterpart: alone.txt"]
    assert told[-1] == f"1 pair of documents: {project}"
    assert run(["check", project, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["segments"] == 4
    for arguments in ([str(tmp_path), texts[0]], [str(tmp_path / "none")]):
        assert run(["new", str(tmp_path / "b.bitext"), *arguments]) == 2
        assert "two folders" in (told := one_line(capsys)) or "not found" in told


def test_a_table_goes_out_and_comes_back(project, tmp_path, capsys):
    table = tmp_path / "review.csv"
    assert run(["export", project, str(table), "--table"]) == 0
    text = table.read_text("utf-8-sig").replace("41 personnes", "14 personnes")
    table.write_text(text.replace("Au moins", "Autre source : au moins", 1), "utf-8")
    capsys.readouterr()
    assert run(["import-table", project, str(table), "--only-look"]) == 0
    looked = capsys.readouterr().out.splitlines()
    (changed,) = (line for line in table.read_text("utf-8-sig").splitlines() if "14" in line)
    number = changed.split(",")[0]
    assert looked[0].startswith(f"{number}\ttext\tAu moins 41 personnes")
    assert looked[1] == "1 change would come, 3 rows alike"
    assert run(["import-table", project, str(table), "--by", "Client"]) == 0
    assert run(["import-table", project, str(table), "--by", "Client"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 changes taken, 4 rows alike"
    assert run(["import-table", project, str(table), "--document", "9"]) == 2
    assert "no such pair" in one_line(capsys)
    assert run(["export", project, str(tmp_path / "a.tbx")]) == 2
    assert "no terms yet" in one_line(capsys)


def test_an_empty_cell_of_a_table_takes_no_translation_away(project, tmp_path, capsys):
    table = tmp_path / "review.tsv"
    assert run(["export", project, str(table), "--table"]) == 0
    rows = [line.split("\t") for line in table.read_text("utf-8-sig").splitlines()]
    rows[1][2] = ""
    table.write_text("\n".join(map("\t".join, rows)) + "\n", "utf-8")
    capsys.readouterr()
    assert run(["import-table", project, str(table), "--by", "Client"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("(empty; left alone)")
    assert told[1] == "0 changes taken, 3 rows alike"


def test_resources_are_paired_by_their_keys(tmp_path, capsys):
    files = tmp_path / "en.json", tmp_path / "fr.json"
    files[0].write_text('{"a": "The river rose by {n}.", "b": "The mill."}', "utf-8")
    files[1].write_text('{"b": "Le moulin.", "a": "La rivière est montée."}', "utf-8")
    assert run(["align", *map(str, files)]) == 0
    assert lines(capsys) == [[[0], [0], 1.0], [[1], [1], 1.0]]
    assert run(["check", *map(str, files), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["check"], found["segment"]) == ("inline-codes", 0)
