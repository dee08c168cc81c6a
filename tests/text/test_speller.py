import json
import subprocess
import sys
import time

import pytest

from reviewer.text import speller_process
from reviewer.text.dictionaries import Dictionary
from reviewer.text.speller import Speller, close_spellers, speller_for
from tests.text.dictionary import FRENCH, FRENCH_RULES, write_dictionary

pytest.importorskip("hunspell")


@pytest.fixture(autouse=True)
def no_speller_left():
    yield
    close_spellers()


@pytest.fixture
def opened():
    spellers = []

    def open_dictionary(folder, name="xx"):
        spellers.append(Speller([Dictionary(name, folder)]))
        return spellers[-1]

    yield open_dictionary
    for speller in spellers:
        speller.close()


@pytest.mark.parametrize(
    ("words", "rules", "encoding", "right", "wrong"),
    [
        (FRENCH, FRENCH_RULES, "UTF-8", "maison maisons Maison EAU", "maisonn eaus"),
        ("Straße œuvre", "", "UTF-8", "Straße œuvre", "Strase"),
        ("Straße", "", "ISO8859-1", "Straße œuvre 北京", "Strase"),
        ("дом слово", "", "KOI8-R", "дом Слово", "домм"),
        ("كتاب سلام", "", "UTF-8", "كتاب", "كتابب"),
        ("บ้าน", "", "UTF-8", "บ้าน", "บ้า"),
        ("haus/C tür/C", "COMPOUNDFLAG C\nCOMPOUNDMIN 3\n", "UTF-8", "haustür", "hausxtür"),
    ],
)
def test_what_a_dictionary_knows(opened, tmp_path, words, rules, encoding, right, wrong):
    write_dictionary(tmp_path, "xx", words, rules, encoding)
    speller = opened(tmp_path)
    asked = [*right.split(), *wrong.split()]
    assert speller.unknown(asked) == frozenset(wrong.split())
    assert not speller.trouble


def test_a_word_of_either_dictionary_is_known(tmp_path):
    write_dictionary(tmp_path, "pt_PT", "facto")
    write_dictionary(tmp_path, "pt_BR", "fato")
    speller = speller_for("pt", tmp_path)
    assert speller.unknown(["fato", "facto", "fatto"]) == {"fatto"}


def test_suggestions_come_later(opened, tmp_path):
    speller = opened(write_dictionary(tmp_path, "xx", FRENCH, "TRY abcdefghilmnopqrstuvè\n"))
    assert speller.suggestions("maisn") is None
    assert until(lambda: speller.suggestions("maisn")) == ("maison",)


def until(question):
    """Ask until the answer is not None, and return it."""
    end = time.monotonic() + 40
    while (answer := question()) is None and time.monotonic() < end:
        time.sleep(0.01)
    return answer


def test_words_are_told_while_suggestions_are_looked_for(opened, tmp_path):
    speller = opened(write_dictionary(tmp_path, "xx", FRENCH))
    speller.suggestions("maisn")
    assert speller.unknown(["maison", "villle"]) == {"villle"}
    speller._helper._process.kill()
    # The answer is lost with the process, or the next one gives it.
    assert until(lambda: speller.suggestions("mason")) in ((), ("maison",))
    assert until(lambda: speller.suggestions("mison")) == ("maison",)
    assert not speller.trouble


def test_who_cannot_wait_is_told_of_nothing(opened, tmp_path):
    speller = opened(write_dictionary(tmp_path, "xx", FRENCH))
    assert speller.unknown(["maisn"], wait=0) == frozenset()
    assert speller.unknown(["maisn"]) == {"maisn"}
    assert speller.unknown(["maisn"], wait=0) == {"maisn"}


def test_files_that_changed_are_loaded_anew(tmp_path):
    write_dictionary(tmp_path, "fr", "maison")
    before = speller_for("fr", tmp_path)
    assert speller_for("fr", tmp_path) is before
    assert before.unknown(["maison", "ville"]) == {"ville"}
    write_dictionary(tmp_path, "fr", "maison ville")
    assert speller_for("fr", tmp_path).unknown(["maison", "ville"]) == frozenset()


def test_without_a_dictionary_or_the_package_there_is_no_speller(tmp_path, monkeypatch):
    assert speller_for("fr", tmp_path) is None
    write_dictionary(tmp_path, "fr", FRENCH)
    monkeypatch.setattr("reviewer.text.speller.is_available", lambda: False)
    assert speller_for("fr", tmp_path) is None


# Broken and hostile files


def _raw(folder, aff, dic):
    (folder / "xx.aff").write_bytes(aff)
    (folder / "xx.dic").write_bytes(dic)
    return folder


@pytest.mark.parametrize(
    ("aff", "dic"),
    [
        (b"SET UTF-8\n", b""),
        (b"SET UTF-8\n", b"maison\nville\n"),
        (b"SET UTF-8\n", b"99999999999999999999\nmaison\n"),
        (b"SET UTF-8\n", b"2000000000\nmaison\n"),
        (b"SET UTF-8\n", b"-5\nmaison\n"),
        (b"\0" * 5000, b"\0" * 5000),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, bytes(range(256)) * 50),
    ],
)
def test_what_is_no_dictionary_is_told_in_a_sentence(opened, tmp_path, aff, dic):
    speller = opened(_raw(tmp_path, aff, dic))
    assert speller.unknown(["maison"]) == frozenset()
    assert speller.trouble.count("\n") == 0
    assert speller.trouble.endswith("Spelling is not checked.")
    assert speller.suggestions("maison") == ()


@pytest.mark.parametrize(
    "aff",
    [
        b"SET NO-SUCH-ENCODING\n",
        b"SET UTF-8\nSFX A Y 99999999\nSFX A 0 a .\n",
        b"SET UTF-8\n" + b"SFX A Y 1\nSFX A 0 a/A .\n",
        b"SET UTF-8\nFLAG long\nSFX A Y 1\nSFX A 0 a/AAAA [\n",
        b"SET UTF-8\nREP 5\nREP a\nREP\n",
        b"SET UTF-8\nCOMPOUNDFLAG A\nCOMPOUNDMIN 1\nCOMPOUNDRULE 1\nCOMPOUNDRULE (A)*(A)*(A)*\n",
        b"SET UTF-8\nAF 3\nAF \nAM x\n",
    ],
)
def test_odd_affixes_end_in_an_answer_or_a_sentence(opened, tmp_path, aff):
    speller = opened(_raw(tmp_path, aff, b"3\na/A\nab/A\nmaison/A\n"))
    begun = time.monotonic()
    speller.unknown(["a" * 70, "aaaab", "maison", "xyz"])
    assert time.monotonic() - begun < 20
    assert not speller.trouble or speller.trouble.count("\n") == 0


def test_a_huge_file_is_not_even_read(opened, tmp_path):
    _raw(tmp_path, b"SET UTF-8\n", b"1\nmaison\n")
    with (tmp_path / "xx.dic").open("ab") as file:
        file.truncate(1 << 30)
    assert "larger than any dictionary" in _trouble(opened(tmp_path))


def _trouble(speller):
    assert speller.is_ready(30)
    return speller.trouble


def test_a_process_that_dies_is_told_and_nothing_hangs(opened, tmp_path):
    speller = opened(write_dictionary(tmp_path, "xx", FRENCH))
    assert speller.unknown(["maisn"]) == {"maisn"}
    speller._process.kill()
    assert speller.unknown(["villle"]) == frozenset()
    assert "cannot be used" in speller.trouble


def test_work_without_end_ends_the_process():
    code = (
        "from reviewer.text import speller_process as p\n"
        "with p._ending_after(0.2):\n    while True: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=20, check=False)
    assert done.returncode != 0


def test_the_program_answers_about_words_on_its_input(tmp_path):
    write_dictionary(tmp_path, "xx", FRENCH)
    requests = [{"open": [[str(tmp_path), "xx"]], "id": 1}, {"words": ["maison", "q"], "id": 2}]
    told = "".join(json.dumps(request) + "\n" for request in requests)
    command = [sys.executable, "-m", "reviewer", "--speller"]
    done = subprocess.run(command, input=told, text=True, capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers == [{"opened": True}, {"id": 2, "unknown": ["q"]}]


def test_long_words_are_no_work():
    assert speller_process._is_known("a" * 10_000, [None])
    assert speller_process._suggested("a" * 10_000, [None]) == []
