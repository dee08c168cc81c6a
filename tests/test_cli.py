"""The command line is a contract."""

import json
import subprocess
import sys

import pytest

from reviewer.cli import run

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


@pytest.fixture
def project(texts, tmp_path, capsys):
    path = str(tmp_path / "a.bitext")
    assert run(["new", path, *texts, "--from", "id", "--to", "fr"]) == 0
    capsys.readouterr()
    return path


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


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
        "blank.txt": b" \n\n\t\n",
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
