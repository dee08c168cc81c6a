"""A large file tells how far it is read, shows its beginning, and can be stopped."""

from pathlib import Path

import pytest

from reviewer.errors import Cancelled
from reviewer.formats import bilingual_reader_of, read_bilingual, xml_walk
from reviewer.formats.base import Onlooker
from reviewer.formats.reports import FIRST

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(
    path
    for path in GOLDEN.glob("*.*")
    if (reader := bilingual_reader_of(path.name)) and reader.name in {"xliff", "tmx"}
)


class Onlooking:
    """What an onlooker was told and shown."""

    def __init__(self, stop=0):
        self.told, self.shown, self.stop = [], [], stop
        self.onlooker = Onlooker(self.tell, self.show)

    def tell(self, done, total):
        self.told.append(done / total)
        if len(self.told) == self.stop:
            raise Cancelled

    def show(self, source, target, languages):
        self.shown.append((list(source), list(target), languages))


def xliff_2(count):
    units = (
        f'<unit id="u{n}"><segment><source>Boat {n}.</source>'
        f"<target>Bateau {n}.</target></segment></unit>"
        for n in range(count)
    )
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"'
        f' trgLang="fr"><file id="f">{"".join(units)}</file></xliff>'
    )


def tmx(count):
    units = (
        f'<tu><tuv xml:lang="en"><seg>Boat {n}.</seg></tuv>'
        f'<tuv xml:lang="fr"><seg>Bateau {n}.</seg></tuv></tu>'
        for n in range(count)
    )
    head = '<tmx version="1.4"><header srclang="en"/><body>'
    return f"{head}{''.join(units)}</body></tmx>"


MADE = {"large.xlf": xliff_2, "large.tmx": tmx}


@pytest.mark.parametrize("name", MADE)
def test_the_beginning_is_shown_once_while_the_rest_is_read(name, tmp_path, monkeypatch):
    monkeypatch.setattr(xml_walk, "_CHUNK", 4096)
    file = tmp_path / name
    file.write_text(MADE[name](5_000), "utf-8")
    seen = Onlooking()
    _, _, content = read_bilingual(file, {"onlooker": seen.onlooker})
    ((source, target, languages),) = seen.shown
    assert languages == content.languages == ("en", "fr")
    assert source == list(content.source[:FIRST])
    assert target == list(content.target[:FIRST])
    assert seen.told == sorted(seen.told)
    assert len(seen.told) > 20
    assert 0 <= seen.told[0] < 0.1
    assert 0.85 < seen.told[-1] <= 1


@pytest.mark.parametrize("stop", [1, 3, -2])
@pytest.mark.parametrize("name", MADE)
def test_reading_can_be_stopped_anywhere(name, stop, tmp_path, monkeypatch):
    monkeypatch.setattr(xml_walk, "_CHUNK", 4096)
    file = tmp_path / name
    file.write_text(MADE[name](5_000), "utf-8")
    whole = Onlooking()
    read_bilingual(file, {"onlooker": whole.onlooker})
    seen = Onlooking(stop if stop > 0 else len(whole.told) + stop)
    with pytest.raises(Cancelled):
        read_bilingual(file, {"onlooker": seen.onlooker})


@pytest.mark.parametrize("size", [1, 7, 64])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_pieces_of_any_size_are_read_alike(path, size, monkeypatch):
    whole = read_bilingual(path, {})[2]
    monkeypatch.setattr(xml_walk, "_CHUNK", size)
    assert read_bilingual(path, {})[2] == whole
