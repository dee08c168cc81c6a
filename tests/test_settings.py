"""Settings survive whatever lies in their file."""

from pathlib import Path

import pytest

from reviewer.settings import Settings, load_settings, save_settings


def test_settings_come_back_as_they_were(tmp_path):
    path = tmp_path / "folder" / "settings.toml"
    settings = Settings("ab" * 16, "Ayu", theme="dark", zoom=150, recent=("/a", "/b"))
    save_settings(settings, path)
    assert load_settings(path) == settings


@pytest.mark.parametrize(
    "text",
    ["", "no toml at all [", 'zoom = "large"', "recent = [1, 2]", "theme = 3\nzoom = 120\n", "\0"],
)
def test_what_cannot_be_read_keeps_its_default(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    settings = load_settings(path)
    assert settings.theme == "system"
    assert settings.recent == ()
    assert len(settings.reviewer_id) == 32


def test_the_newest_project_stands_first_and_once():
    settings = Settings()
    for name in ("a", "b", "a"):
        settings = settings.with_recent(Path(name))
    assert settings.recent == ("a", "b")


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path):
    (tmp_path / "file").write_text("x")
    save_settings(Settings(), tmp_path / "file" / "settings.toml")


@pytest.mark.parametrize("odd", ["z" * 32, "ab " * 10 + "ab", "١" * 32, "ab" * 15])
def test_an_id_that_is_no_hex_is_made_anew(tmp_path, odd):
    path = tmp_path / "settings.toml"
    path.write_text(f'reviewer_id = "{odd}"', "utf-8")
    assert len(bytes.fromhex(load_settings(path).reviewer_id)) == 16


def test_a_recent_project_whose_path_is_not_unicode_is_left_out(tmp_path):
    path = tmp_path / "settings.toml"
    save_settings(Settings("ab" * 16, "A\udcff", recent=("/a", "/caf\udce9/p.bitext")), path)
    assert load_settings(path).recent == ("/a",)
    assert load_settings(path).reviewer_id == "ab" * 16


def test_the_place_where_a_project_was_left_is_known():
    settings = Settings(places=("nonsense", "cd 1 x"))
    assert settings.place_in("ab") == settings.place_in("cd") == (0, 0)
    settings = settings.with_place("ab", 1, 7).with_place("cd", 0, 3).with_place("ab", 0, 9)
    assert (settings.place_in("ab"), settings.place_in("cd")) == ((0, 9), (0, 3))
    assert settings.places[:2] == ("ab 0 9", "cd 0 3")
