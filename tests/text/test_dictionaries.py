import os

import pytest

from reviewer.text.dictionaries import (
    Dictionary,
    dictionaries_below,
    dictionaries_for,
    folders,
    own_folder,
)


@pytest.fixture
def installed(tmp_path):
    def install(*names, folder="dictionaries"):
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            for ending in ("aff", "dic"):
                (place / f"{name}.{ending}").touch()
        return place

    return install


@pytest.mark.parametrize(
    ("tag", "names", "chosen"),
    [
        ("fr", "fr en_US", "fr"),
        ("fr-CA", "fr_CA fr_FR fr", "fr_CA"),
        ("fr-CA", "fr_FR fr", "fr"),
        ("fr-CA", "fr_BE fr_FR", "fr_FR"),
        ("fr_CA", "fr-CA", "fr-CA"),
        ("de", "de_AT de_CH de_DE_frami", "de_DE_frami"),
        ("de-AT", "de_AT_frami de_DE", "de_AT_frami"),
        ("de", "de_DE_frami de_DE", "de_DE"),
        ("es-419", "es_MX es_ES", "es_ES"),
        ("es", "es_ANY es_MX", "es_ANY"),
        ("pt-BR", "pt_PT pt_BR", "pt_BR"),
        ("pt-BR", "pt_PT", ""),
        ("pt-PT", "pt_BR pt", "pt"),
        ("pt", "pt_BR pt_PT", "pt_PT pt_BR"),
        ("pt", "pt_BR", "pt_BR"),
        ("en", "en_GB-large en_GB en_US en_ZA", "en_US en_GB"),
        ("en-GB", "en_US", "en_US"),
        ("sr", "sr sr-Latn", "sr"),
        ("sr-Latn", "sr sr-Latn", "sr-Latn"),
        ("sr-Latn-RS", "sr_RS sr_Latn_RS", "sr_Latn_RS"),
        ("sr-Latn", "sr", ""),
        ("no", "nb_NO nn_NO", "nb_NO"),
        ("in", "id_ID", "id_ID"),
        ("zh", "zh zh_CN", ""),
        ("ja", "ja_JP", ""),
        ("th", "th_TH", ""),
        ("km", "km_KH", ""),
        ("fr", "hyph_fr th_fr_FR_v2 fro frp", ""),
        ("xx", "", ""),
    ],
)
def test_the_dictionary_that_fits_a_language(installed, tag, names, chosen):
    folder = installed(*names.split())
    assert [found.name for found in dictionaries_for(tag, folder)] == chosen.split()


def test_a_pair_of_files_is_needed(tmp_path):
    (tmp_path / "fr.dic").touch()
    (tmp_path / "de.aff").touch()
    assert not dictionaries_for("fr", tmp_path)
    assert not dictionaries_for("de", tmp_path)


def test_the_persons_folder_comes_before_the_programs_and_that_before_the_systems(
    installed, monkeypatch
):
    usual, mine = installed("fr", folder="usual"), installed("fr", folder="mine")
    monkeypatch.setenv("REVIEWER_DICTIONARIES", str(usual))
    assert dictionaries_for("fr") == (Dictionary("fr", usual),)
    own = installed("fr")
    own_folder().parent.mkdir(parents=True)
    own.rename(own_folder())
    assert dictionaries_for("fr") == (Dictionary("fr", own_folder()),)
    assert dictionaries_for("fr", mine) == (Dictionary("fr", mine),)


def test_unpacked_extensions_are_looked_into(installed):
    folder = installed("fr", folder="mine/extension.oxt/dictionaries").parent.parent
    assert [found.name for found in dictionaries_for("fr", folder)] == ["fr"]
    assert [found.name for found in dictionaries_below(folder)] == ["fr"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_usual_folders_of_every_system_can_be_listed(monkeypatch, tmp_path, platform):
    monkeypatch.delenv("REVIEWER_DICTIONARIES")
    monkeypatch.setattr("sys.platform", platform)
    for variable in ("APPDATA", "ProgramFiles", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    office = {
        "linux": (
            ".config/libreoffice/4/user/uno_packages/cache/uno_packages/x_/fr.oxt/dictionaries"
        ),
        "darwin": (
            "Library/Application Support/LibreOffice/4/user/uno_packages/cache/uno_packages"
            "/x_/fr.oxt/dictionaries"
        ),
        "win32": "LibreOffice 26/share/extensions/dict-fr",
    }
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    place = tmp_path / office[platform]
    place.mkdir(parents=True)
    monkeypatch.setenv("DICPATH", os.pathsep.join([str(tmp_path / "first"), ""]))
    found = folders()
    assert place in found
    assert tmp_path / "first" in found
