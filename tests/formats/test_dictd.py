"""Dictionaries of dictd: what is read of them, and what is passed over."""

import gzip

import pytest

from reviewer.formats import dictd

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ARTICLES = {
    "00databaseinfo": "about",
    "bridge": "bridge /brɪdʒ/ <n>\n1. pont, viaduc (routier)\n2. passerelle <fem>\nnote: {1}\n",
    "word": "word\n",
    "long": "long\n" + "x" * 200 + "\n",
}


def base64(number):
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 64)
        digits = DIGITS[rest] + digits
    return digits


def install(folder, name="freedict-eng-fra", articles=ARTICLES, suffix=".dict.dz"):
    data, lines = b"", []
    for word, article in articles.items():
        encoded = article.encode()
        lines.append(f"{word}\t{base64(len(data))}\t{base64(len(encoded))}\n")
        data += encoded
    (folder / f"{name}.index").write_text("".join(lines), "utf-8")
    packed = gzip.compress(data) if suffix.endswith("dz") else data
    (folder / f"{name}{suffix}").write_bytes(packed)


def words(folder, languages=("en", "fr")):
    return {
        c.terms[0].text: [t.text for t in c.terms[1:]] for c in dictd.concepts(languages, [folder])
    }


@pytest.mark.parametrize("suffix", [".dict.dz", ".dict"])
def test_translations_are_read(tmp_path, suffix):
    install(tmp_path, suffix=suffix)
    assert words(tmp_path) == {"bridge": ["pont", "viaduc", "passerelle", "note: {1}"]}


def test_the_other_direction_is_read_too(tmp_path):
    install(tmp_path, "fra-eng", {"pont": "pont <m>\nbridge\n"})
    (concept,) = dictd.concepts(("en-GB", "fr"), [tmp_path])
    assert [(t.language, t.text) for t in concept.terms] == [("fr", "pont"), ("en-GB", "bridge")]


def test_only_dictionaries_of_known_languages_are_listed(tmp_path):
    install(tmp_path)
    install(tmp_path, "wordnet")
    install(tmp_path, "freedict-xxx-fra")
    assert set(dictd.installed([tmp_path, tmp_path / "none"])) == {("en", "fr")}


@pytest.mark.parametrize(
    "lines", ["bridge\n", "bridge\t!!\t??\n", "bridge\t//////////////\tB\n", "\t\t\n", "\xff\x00"]
)
def test_a_damaged_index_gives_nothing(tmp_path, lines):
    install(tmp_path)
    (tmp_path / "freedict-eng-fra.index").write_text(lines, "latin-1")
    assert words(tmp_path) == {}


@pytest.mark.parametrize("data", [b"", b"rubbish", gzip.compress(b"x" * 99, mtime=0)[:20]])
def test_damaged_articles_give_nothing(tmp_path, data):
    install(tmp_path)
    (tmp_path / "freedict-eng-fra.dict.dz").write_bytes(data)
    assert words(tmp_path) == {}


def test_a_dictionary_that_unpacks_to_too_much_gives_nothing(tmp_path, monkeypatch):
    install(tmp_path)
    monkeypatch.setattr(dictd, "_LARGEST", 50)
    assert words(tmp_path) == {}
