"""Translation memories: what is read of them, and what is never done for them."""

import socket
import time

import pytest

from reviewer.errors import FormatError
from reviewer.formats.tmx import Tmx
from reviewer.formats.xml_stream import LARGEST_UNIT, XmlStream

HEAD = '<?xml version="1.0" encoding="{0}"?>{1}\n<tmx version="1.4"><header srclang="en"/><body>\n'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "lol">{}]>'.format(
    "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
)

PASSWORDS = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def tu(target, tags=("en", "fr"), source="One"):
    return (
        f'<tu><tuv xml:lang="{tags[0]}"><seg>{source}</seg></tuv>\n'
        f'<tuv xml:lang="{tags[1]}"><seg>{target}</seg></tuv></tu>\n'
    )


def memory(*units, doctype="", encoding="utf-8"):
    return HEAD.format(encoding, doctype) + "".join(units) + "</body></tmx>"


@pytest.fixture
def read(tmp_path):
    def run(data, languages=("en", "fr")):
        path = tmp_path / "m.tmx"
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        tmx = Tmx(path)
        units = [tuple(unit.text(tag) for tag in languages) for unit in tmx.units()]
        return units, tmx.damage

    return run


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        ("Un", "Un"),
        ("  un\n deux ", "un deux"),
        ('<bpt i="1">&lt;b></bpt>gras<ept i="1">&lt;/b></ept>!', "gras!"),
        ('un<ph x="1">{0}<sub>note</sub></ph>deux', "un deux"),
        ("<hi>un <it pos='begin'>i</it>deux</hi> <ut>x</ut>trois", "un deux trois"),
        ("a &amp; b &lt; c &#233;", "a & b < c é"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("a<!-- no -->b", "ab"),
    ],
)
def test_inline_codes_become_their_text(read, segment, text):
    assert read(memory(tu(segment))) == ([("One", text)], None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_tmx(read, encoding):
    declared = "utf-16" if encoding.startswith("utf-16") else "utf-8"
    data = memory(tu("été", source="夏"), encoding=declared).encode(encoding)
    assert read(data) == ([("夏", "été")], None)


def test_eight_bits_that_call_themselves_sixteen(read):
    assert read(memory(tu("été"), encoding="UTF-16")) == ([("One", "été")], None)


@pytest.mark.parametrize(
    ("tags", "wanted", "text"),
    [
        (("fr-FR", "fr-CA"), "fr-CA", "second"),
        (("fr-CA", "FR_fr"), "fr-FR", "second"),
        (("fr-CA", "fr"), "fr-BE", "second"),
        (("fr-CA", "fr-FR"), "fr", "first"),
        (("en", "fr"), "de", None),
        (("in", "en"), "id", "first"),
    ],
)
def test_the_nearest_region_is_taken(read, tags, wanted, text):
    units, _ = read(memory(tu("second", tags, source="first")), (wanted,))
    assert units == [(text,)]


def test_the_attribute_of_the_first_versions(read):
    data = "<tmx version='1.1'><body><tu><tuv lang='EN'><seg>One</seg></tuv></tu></body></tmx>"
    assert read(data, ("en",)) == ([("One",)], None)


def test_a_namespace_and_a_bare_doctype_do_no_harm(read):
    data = memory(tu("Un"), doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert read(data) == ([("One", "Un")], None)
    assert read(data.replace("<tmx ", '<tmx xmlns="http://x" ')) == ([("One", "Un")], None)


@pytest.mark.parametrize(
    ("data", "units", "line"),
    [
        (memory(tu("Un"), tu("a&#x1F;b"), tu("Trois")), 3, 6),
        (memory(tu("Un"), tu("a & b"), tu("Trois")), 3, 6),
        (memory(tu("Un"), tu("Deux"))[:-30], 2, 6),
        (memory(tu("Un"), tu("<hi>" * 20_000 + "x" + "</hi>" * 20_000)), 1, 6),
        (memory(tu("Un"), tu("é")).encode("latin-1"), 2, 6),
    ],
    ids=["control character", "ampersand", "cut", "deep", "other encoding"],
)
def test_what_can_be_read_of_a_damaged_file(read, data, units, line):
    found, damage = read(data)
    assert len([pair for pair in found if None not in pair]) == units
    assert found[0] == ("One", "Un")
    assert damage is not None
    assert "m.tmx" in damage
    assert f"line {line}" in damage
    assert "\n" not in damage


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (memory(tu("&j;"), doctype=LAUGHS), "entities"),
        (
            memory(tu("&a;"), doctype='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "ent",
        ),
        (LAUGHS + '<tmx version="&j;"><body/></tmx>', ""),
        (memory(tu("x" * (LARGEST_UNIT + 200_000))), "4 MB"),
        ("<tmx><body>" + "<x/>" * LARGEST_UNIT, "4 MB"),
        ("<html/>", "no translation memory"),
        ("Good day.", "line 1"),
        (b"\0" * 100, "line 1"),
        (b"", "empty"),
    ],
    ids=[
        "laughs",
        "entity",
        "laughs in an attribute",
        "long",
        "many",
        "html",
        "text",
        "nul",
        "no",
    ],
)
def test_what_is_refused_in_one_sentence(read, data, words):
    started = time.perf_counter()
    with pytest.raises(FormatError, match=r"m\.tmx") as refused:
        read(data)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)
    assert time.perf_counter() - started < 5


def test_nothing_is_fetched(read, monkeypatch):
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
    assert read(memory(tu("Un"), doctype=f'<!DOCTYPE tmx SYSTEM "{address}">')) == (
        [("One", "Un")],
        None,
    )
    with pytest.raises(FormatError):
        read(memory(tu("&a;"), doctype=f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}"> %p;]>'))
    with server, pytest.raises(TimeoutError):
        server.accept()


@pytest.mark.parametrize("name", ["", "no.tmx"])
def test_what_is_no_file(tmp_path, name):
    with pytest.raises(FormatError, match="not"):
        list(Tmx(tmp_path / name).units())


def test_units_that_were_read_are_let_go(tmp_path):
    path = tmp_path / "large.tmx"
    path.write_text(memory(*[tu("Un")] * 5_000), "utf-8")
    stream = XmlStream(path, ("tmx",), ("tu",), "translation memory (TMX)")
    kept = [len(element.getparent()) for element, _ in stream.elements()]
    assert len(kept) == 5_000
    # What one chunk of the file holds may be there, no more.
    assert max(kept) < 1_000


def test_reading_can_be_stopped(tmp_path):
    path = tmp_path / "m.tmx"
    path.write_text(memory(*[tu("Un")] * 5_000), "utf-8")

    def check():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(Tmx(path, check).units())
