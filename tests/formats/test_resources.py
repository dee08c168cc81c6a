"""Resources: paired by their keys, and given back with nothing but the edits changed."""

import json
import time
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import ExportError, FormatError
from reviewer.formats import KEYED, keyed_format_of, read_bytes, read_keyed_bytes
from reviewer.formats.base import Insertion, Replacement

FORMATS = {each.name: each for each in KEYED}

JSON = """{
  "title": "Hello {name}, \\u00e9 \\"you\\"\\n<b>bold</b>",
  "nav": {"home": "Home", "deep": {"er": "Deeper"}},
  "count": "{n, plural, one {# boat} other {# boats of {total}}}",
  "size": 5, "on": true, "nothing": null,
  "days": ["Monday", "Tuesday"]
}
"""
JSON_TARGET = """{
  "nav": {
    "home": "Accueil"
  },
  "days": ["Lundi"],
  "own": "Seul"
}
"""
YAML = """# of the harbour
en:
  title: Hello %{name}
  quoted: "Say \\"so\\"\\nnow \\u00e9"
  single: 'It''s late'
  long: this text
    goes on
  block: |
    First line.
    Second line.
  folded: >-
    One piece
    still one.
  size: 5
  on_time: true
  sign: :symbol
  nav:
    home: Home # said briefly
    deep:
      er: Deeper
"""
YAML_TARGET = """fr:
  quoted: "Dites"   # as it is said
  nav:
    home: Accueil
"""
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <string name="app" translatable="false">Boats</string>
    <string name="hello">Hello <b>%1$s</b>, it\\'s \\"you\\" &amp; me\\nnow</string>
    <string name="rich"><![CDATA[Read <a href="x">this</a> & that]]></string>
    <string name="ref">@string/hello</string>
    <string name="quoted">"  It's quoted  "</string>
    <string name="wrapped">A long
        text</string>
    <plurals name="boats">
        <item quantity="one">%d boat</item>
        <item quantity="other">%d boats</item>
    </plurals>
    <string-array name="days">
        <item>Monday</item>
        <item>Tuesday</item>
    </string-array>
</resources>
"""
ANDROID_TARGET = """<?xml version="1.0" encoding="utf-8"?>
<resources>
    <string name="quoted">"  Cité  "</string>
    <string name="wrapped"/>
    <plurals name="boats">
        <item quantity="one">%d bateau</item>
    </plurals>
</resources>
"""
STRINGS = """/* Over the window */
"title" = "Hello %@, \\"you\\"\\nnow";

// said at night
late = "Late \\U00e9";
"""
STRINGS_TARGET = '"own" = "Seul";\n"late" = "Tard";\n'
STRINGSDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://example.org/list.dtd">
<plist version="1.0">
<dict>
    <key>%d boats</key>
    <dict>
        <key>NSStringLocalizedFormatKey</key>
        <string>%#@boats@</string>
        <key>boats</key>
        <dict>
            <key>NSStringFormatSpecTypeKey</key>
            <string>NSStringPluralRuleType</string>
            <key>one</key>
            <string>%d boat &amp; more</string>
            <key>other</key>
            <string>%d boats</string>
        </dict>
    </dict>
</dict>
</plist>
"""
STRINGSDICT_TARGET = STRINGSDICT.replace(
    """            <key>one</key>
            <string>%d boat &amp; more</string>
""",
    "",
).replace("%d boats</string>", "%d bateaux</string>")
PROPERTIES = """# of the harbour
title = Hello {0}, \\u00e9t\\u00e9
long=one \\
    two
lines: a\\nb
key\\ with\\ space value here
"""
PROPERTIES_TARGET = "long=un\n"
RESX = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <resheader name="version"><value>2.0</value></resheader>
  <data name="Title" xml:space="preserve">
    <value>Hello {0} &amp; you</value>
    <comment>Said first</comment>
  </data>
  <data name="Icon" type="System.Drawing.Bitmap"><value>AAAA</value></data>
  <data name="Two" xml:space="preserve">
    <value>Two
lines</value>
  </data>
</root>
"""
RESX_TARGET = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <data name="Title" xml:space="preserve">
    <value />
  </data>
</root>
"""
PAIRS = {
    "json": (JSON, JSON_TARGET),
    "yaml": (YAML, YAML_TARGET),
    "android": (ANDROID, ANDROID_TARGET),
    "strings": (STRINGS, STRINGS_TARGET),
    "stringsdict": (STRINGSDICT, STRINGSDICT_TARGET),
    "properties": (PROPERTIES, PROPERTIES_TARGET),
    "resx": (RESX, RESX_TARGET),
}
EMPTY = {
    "json": "{}",
    "yaml": "fr:\n  own: Seul\n",
    "android": "<resources></resources>",
    "strings": "// nothing yet\n",
    "properties": "# nothing yet\n",
    "resx": "<root>\n</root>\n",
}
CASES = [(name, *texts) for name, texts in PAIRS.items()]
CASES += [(name, PAIRS[name][0], text) for name, text in EMPTY.items()]
ODD = " «é' \" < & \\ : @"


def paired(name, source, target):
    files = source.encode(), target.encode()
    format_ = FORMATS[name]
    return files, format_.paired(files, tuple(format_.lay_out(each, {}) for each in files))


def shown(unit):
    text = unit.text
    for code in unit.codes:
        text = text.replace(code.character, f"[{code.data}]")
    return text


def added(content, new=ODD, but=()):
    """Return a translation for each text that lacks one: the source with something behind it."""
    return [
        Insertion(number, 0, source.text + new, paragraph=False)
        for number, (source, target) in enumerate(zip(content.source, content.target, strict=True))
        if source.text.strip() and not target.text and source.location not in but
    ]


@pytest.mark.parametrize(
    ("name", "source", "texts"),
    [
        (
            "json",
            JSON,
            {
                "title": 'Hello [{name}], é "you"[\\n][<b>]bold[</b>]',
                "nav.home": "Home",
                "nav.deep.er": "Deeper",
                "count": "[{n, plural, ][one {][#] boat[} other {][#] boats of [{total}][}}]",
                "days.0": "Monday",
                "days.1": "Tuesday",
            },
        ),
        (
            "yaml",
            YAML,
            {
                "title": "Hello [%{name}]",
                "quoted": 'Say "so"[\\n]now é',
                "single": "It's late",
                "long": "this text goes on",
                "block": "First line.[\n    ]Second line.",
                "folded": "One piece still one.",
                "nav.home": "Home",
                "nav.deep.er": "Deeper",
            },
        ),
        (
            "android",
            ANDROID,
            {
                "string.hello": 'Hello [<b>][%1$s][</b>], it\'s "you" & me[\\n]now',
                "string.rich": 'Read [<a href="x">]this[</a>] & that',
                "string.quoted": "  It's quoted  ",
                "string.wrapped": "A long text",
                "plurals.boats.one": "[%d] boat",
                "plurals.boats.other": "[%d] boats",
                "string-array.days.0": "Monday",
                "string-array.days.1": "Tuesday",
            },
        ),
        ("strings", STRINGS, {"title": 'Hello [%@], "you"[\\n]now', "late": "Late é"}),
        (
            "stringsdict",
            STRINGSDICT,
            {
                "%d boats.NSStringLocalizedFormatKey": "[%#@boats@]",
                "%d boats.boats.one": "[%d] boat & more",
                "%d boats.boats.other": "[%d] boats",
            },
        ),
        (
            "properties",
            PROPERTIES,
            {
                "title": "Hello [{0}], été",
                "long": "one two",
                "lines": "a[\\n]b",
                "key with space": "value here",
            },
        ),
        ("resx", RESX, {"Title": "Hello [{0}] & you", "Two": "Two[\n]lines"}),
    ],
)
def test_texts_stand_under_their_keys_with_placeholders_as_codes(name, source, texts):
    content = FORMATS[name].read(source.encode(), {})
    assert {unit.location: shown(unit) for unit in content.units} == texts


@pytest.mark.parametrize(("name", "source", "target"), CASES)
def test_a_missing_key_is_an_empty_side_and_its_translation_is_put_in(name, source, target):
    files, content = paired(name, source, target)
    format_ = FORMATS[name]
    assert format_.write_pair(files, content.recipes, [], []) == files[1]
    arrays = {"days.0", "days.1"} if "days" not in target and name == "json" else set()
    new = added(content, but=arrays)
    assert new
    data = format_.write_pair(files, content.recipes, [], new)
    again = format_.paired(
        (files[0], data), (format_.lay_out(files[0], {}), format_.lay_out(data, {}))
    )
    wanted = {content.source[each.unit].location: each.text for each in new}
    found = {unit.location: unit.text for unit in again.target if unit.text}
    kept = {unit.location: unit.text for unit in content.target if unit.text}
    assert found == wanted | kept
    # What was there stands there still, byte for byte and in its order.
    rest = iter(data.decode())
    assert all(c in rest for c in target.strip().replace("<value />", "").replace("/>", ""))


@pytest.mark.parametrize(("name", "source", "target"), CASES)
def test_an_edit_changes_its_own_value_alone(name, source, target):
    del target
    data, format_ = source.encode(), FORMATS[name]
    units = format_.read(data, {}).units
    same = [Replacement(n, 0, len(u.text), u.text, u.text) for n, u in enumerate(units)]
    assert format_.write(data, {}, same, []) == data
    for number, unit in enumerate(units):
        new = Replacement(number, 0, len(unit.text), unit.text, unit.text + ODD)
        out = format_.write(data, {}, [new], [])
        texts = [each.text for each in format_.read(out, {}).units]
        expected = [each.text for each in units]
        expected[number] += ODD
        assert texts == expected
        assert len(out) - len(data) < 60
        head = next(n for n, (a, b) in enumerate(zip(data, out, strict=False)) if a != b)
        tail = next(
            n for n, (a, b) in enumerate(zip(data[::-1], out[::-1], strict=False)) if a != b
        )
        changed = data[head : len(data) - tail].decode(errors="replace")
        assert len(changed) <= len(unit.text) + 40


def test_written_files_are_of_their_formats():
    files, content = paired("json", JSON, JSON_TARGET)
    data = FORMATS["json"].write_pair(files, content.recipes, [], added(content, "!"))
    assert list(json.loads(data)) == ["title", "nav", "count", "days", "own"]
    assert b'  "nav": {\n    "home": "Accueil",\n    "deep": {\n      "er": "Deeper!"\n' in data
    files, content = paired("yaml", YAML, YAML_TARGET)
    data = FORMATS["yaml"].write_pair(files, content.recipes, [], added(content, ": #"))
    loaded = yaml.safe_load(data)["fr"]
    assert loaded["block"] == "First line.\nSecond line.: #"
    assert loaded["nav"] == {"home": "Accueil", "deep": {"er": "Deeper: #"}}


def test_the_name_of_a_yaml_value_is_none_of_its_text():
    data = (
        b'en:\n  a: &x One\n  b: &y "Two"\n  c: &z # why\n    Three\n'
        b"  d: &w |\n    Four\n  e: *x\n"
    )
    units = FORMATS["yaml"].read(data, {}).units
    assert [unit.text for unit in units] == ["One", "Two", "Three", "Four"]
    edits = [Replacement(n, 0, len(u.text), u.text, u.text + "!") for n, u in enumerate(units)]
    out = FORMATS["yaml"].write(data, {}, edits, [])
    assert yaml.safe_load(out)["en"] == {
        "a": "One!",
        "b": "Two!",
        "c": "Three!",
        "d": "Four!\n",
        "e": "One!",
    }
    assert out.count(b"&") == 4


def test_chrome_and_flutter_files_have_their_own_texts():
    chrome = json.dumps({"hi": {"message": "Hi $NAME$", "description": "Said first"}})
    (unit,) = FORMATS["json"].read(chrome.encode(), {}).units
    assert (unit.location, shown(unit), unit.state.notes) == (
        "hi.message",
        "Hi [$NAME$]",
        ("hi.message", "Said first"),
    )
    whole = {"hi": {"message": "Hi $NAME$", "placeholders": {"name": {"content": "$1"}}}}
    files, both = paired("json", json.dumps(whole), "{}")
    data = FORMATS["json"].write_pair(files, both.recipes, [], added(both, "!"))
    assert json.loads(data)["hi"] == {**whole["hi"], "message": "Hi $NAME$!"}
    arb = {"@@locale": "de", "hi": "Hallo {name}", "@hi": {"description": "Gruß"}}
    content = FORMATS["json"].read(json.dumps(arb).encode(), {})
    assert content.language == "de"
    assert [shown(unit) for unit in content.units] == ["Hallo [{name}]"]
    source = {"hi": "Hello", "@hi": {"description": "A greeting"}, "bye": "Bye"}
    files, both = paired("json", json.dumps(source), json.dumps(arb))
    data = FORMATS["json"].write_pair(files, both.recipes, [], added(both, "!"))
    assert list(json.loads(data)) == ["@@locale", "hi", "@hi", "bye"]


@pytest.mark.parametrize(
    ("name", "source", "target", "reason"),
    [
        ("json", '{"a": {"b": "Text"}}', '{"a": "Un"}', "another value stands under its key"),
        ("json", '{"a": ["One", "Two"]}', '{"b": "Un"}', "in a list that is not there"),
        ("json", '{"a": "One", "a": "Two"}', '{"a": "Un"}', "stands twice in the source"),
        ("yaml", "a: {b: One, c: Two}", "a: {b: Un}", "in braces"),
        ("yaml", "a:\n- One\n- Two", "a:\n- Un", "in a list"),
        ("stringsdict", STRINGSDICT, "<plist><dict/></plist>", "no entry of that name"),
        (
            "android",
            ANDROID,
            "<resources></resources>",
            "the items before it",
        ),
    ],
)
def test_what_has_no_place_is_told(name, source, target, reason):
    files, content = paired(name, source, target)
    with pytest.raises(ExportError, match=reason):
        FORMATS[name].write_pair(files, content.recipes, [], added(content)[-1:])


def test_properties_are_written_in_the_encoding_they_have():
    source = b"a = One\nb = Two\n"
    format_ = FORMATS["properties"]
    for target, line in (
        ("a = Été\n".encode(), "b = “é” 😀".encode()),
        ("a = Été\n".encode("latin-1"), b"b = \\u201C\xe9\\u201D \\uD83D\\uDE00"),
        (b"a = Un\n", b"b = \\u201C\\u00E9\\u201D \\uD83D\\uDE00"),
    ):
        laid_out = format_.lay_out(source, {}), format_.lay_out(target, {})
        recipes = format_.paired((source, target), laid_out).recipes
        new = Insertion(1, 0, "“é” 😀", paragraph=False)
        out = format_.write_pair((source, target), recipes, [], [new])
        assert out == target.rstrip() + b"\n" + line + b"\n"
        assert format_.read(out, {}).units[1].text == "“é” 😀"


@pytest.mark.parametrize(
    ("name", "source", "target", "written"),
    [
        ("properties", "a=One\nb=Two", "a", "a=One!\nb=Two!"),
        ("properties", "a=One\nb=Two", "a=Un\\", "a=Un\\\n\nb=Two!"),
        ("properties", "a = One\nb\\ c = :Two", "a x", "a x\nb\\ c=:Two!"),
        ("properties", "é = One", "a = Un", "a = Un\n\\u00E9 = One!"),
        ("properties", "a = One", "=Un", "=Un\na=One!"),
        ("strings", '"a" = "One";', "// said", '// said\n"a" = "One!";\n'),
        ("strings", '"a" = "One";', '"b"="Un";', '"b"="Un";\n"a" = "One!";'),
        (
            "yaml",
            "en:\n  nav:\n    b: One\n  c: Two\n",
            "fr:\n  nav:\n    a: Un",
            "fr:\n  nav:\n    a: Un\n    b: One!\n  c: Two!",
        ),
        ("yaml", "a: >\n  One\n  two\n\n  three\n", "b: Un", 'b: Un\na: "One two\\nthree!"'),
        (
            "android",
            '<resources><string name="a">" One"</string></resources>',
            '<resources>\n  <string name="a"></string>\n</resources>',
            '<resources>\n  <string name="a">" One!"</string>\n</resources>',
        ),
        (
            "json",
            '{"a": "One", "b": "Two"}',
            '{"c": "Un"}',
            '{"c": "Un", "a": "One!", "b": "Two!"}',
        ),
    ],
)
def test_new_texts_stand_where_and_as_the_file_would_have_them(name, source, target, written):
    files, content = paired(name, source, target)
    out = FORMATS[name].write_pair(files, content.recipes, [], added(content, "!"))
    assert out.decode() == written


def test_json_that_escapes_what_is_not_ascii_goes_on_doing_so():
    data = b'{"a": "\\u00c9t\\u00e9"}'
    out = FORMATS["json"].write(data, {}, [Replacement(0, 0, 3, "Été", "Été à 😀")], [])
    assert out == b'{"a": "\\u00c9t\\u00e9 \\u00e0 \\ud83d\\ude00"}'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b"[" * 100_000, "nested more than"),
        ("a.json", b'{"a": "b"', "Line 1 is not JSON"),
        ("a.json", b'{"a": "b\x00c"}', "not a text file"),
        ("a.json", b'{\n"a": "b\nc"}', "Line 2 is not JSON"),
        ("a.json", b'"text"', "no keys"),
        ("a.json", b'{"a": 1}', "holds no text"),
        ("a.yml", b"a: [" + b"[" * 5000, "nested more than|is not YAML|YAML has not"),
        ("a.yml", b"a: b: c", "Line 1 is not YAML"),
        ("a.yml", b"a: one\n---\nb: two\n", "more than one YAML document"),
        ("a.yml", b"a: b\xc2\x80", "YAML has not"),
        ("a.xml", b"<a>Text</a>", "none of Android's resources"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><resources/>", "declares entities"),
        ("a.resx", b"<a/>", "no RESX"),
        ("a.stringsdict", b"<plist><array/></plist>", "no property list of plural forms"),
        ("a.strings", b'"a" = "b"', "Line 1 is not of a .strings file"),
        ("a.strings", b'"a" = "b";\n"c', "Line 2 is not of"),
    ],
)
def test_what_is_damaged_or_hostile_is_refused_in_one_sentence(name, data, reason):
    with pytest.raises(FormatError, match=reason) as caught:
        read_bytes(name, data, {})
    assert str(caught.value).startswith(f"“{name}”")
    assert "\n" not in str(caught.value)


def test_aliases_that_would_fill_the_memory_are_refused():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefgh")]
    with pytest.raises(FormatError, match="far too large"):
        read_bytes("a.yml", "\n".join(lines).encode(), {})


def test_a_lone_surrogate_is_a_code_and_comes_back():
    data = b'{"a": "lone \\ud800 here", "b\\udc00": "ok"}'
    _, content = read_bytes("a.json", data, {})
    assert [shown(unit) for unit in content.units] == ["lone [\\ud800] here", "ok"]
    for unit in content.units:
        (unit.text + unit.location).encode()
    out = FORMATS["json"].write(data, {}, [Replacement(0, 0, 4, "lone", "alone")], [])
    assert out == b'{"a": "alone \\ud800 here", "b\\udc00": "ok"}'


def test_files_of_two_formats_are_no_pair():
    assert keyed_format_of("a.json", "b.yml") is None
    assert keyed_format_of("a.json", "b.arb").name == "json"
    with pytest.raises(FormatError, match="no resources of one format"):
        read_keyed_bytes(("a.json", "b.yml"), (b"{}", b"a: b"), ({}, {}))
    with pytest.raises(FormatError, match=r"“b.json”: Line 1 is not JSON"):
        read_keyed_bytes(("a.json", "b.json"), (b'{"a": "b"}', b"{"), ({}, {}))


@given(
    st.dictionaries(
        st.text(max_size=5).map(lambda key: f"k{key}"), st.text(max_size=20), max_size=5
    ),
    st.text(),
)
def test_any_json_comes_back(texts, new):
    data = json.dumps(texts, ensure_ascii=False).encode("utf-8", "replace")
    format_ = FORMATS["json"]
    try:
        units = format_.read(data, {}).units
    except FormatError:
        return
    clean = "".join(c for c in new if c.isprintable() and ord(c) < 0xF0000)
    for number, unit in enumerate(units):
        out = format_.write(
            data, {}, [Replacement(number, 0, len(unit.text), unit.text, clean)], []
        )
        values = list(json.loads(out).values())
        kept = list(json.loads(data).values())
        kept[number] = clean
        assert values == kept


@given(st.text(alphabet=" :#-'\"\\aé{}[],&*!|>%@`\n?", max_size=20))
def test_any_new_text_of_yaml_means_what_it_says(new):
    new = new.replace("\n", " ")
    for source in ("a: One\nb: Two\n", "a: 'One'\n", 'a: "One"\n', "a: {x: One}\n", "a: [One]\n"):
        unit = FORMATS["yaml"].read(source.encode(), {}).units[0]
        edit = Replacement(0, 0, len(unit.text), unit.text, new)
        out = FORMATS["yaml"].write(source.encode(), {}, [edit], [])
        loaded = yaml.safe_load(out)["a"]
        loaded = next(iter(loaded.values())) if isinstance(loaded, dict) else loaded
        assert (loaded[0] if isinstance(loaded, list) else loaded) == new


RUN = 100_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("yaml", f"a: 'x{' ' * RUN}y'\n"),
        ("yaml", f"a: x{chr(9) * RUN}y\n"),
        ("android", f'<resources><string name="a">x{" " * RUN}y</string></resources>'),
        ("strings", f'/* x{" " * RUN}y */ "a" = "b";'),
        ("strings", "// /*\n" * (RUN // 6) + '"a" = "b";'),
    ],
)
def test_a_long_run_of_blanks_costs_no_more_than_its_length(name, data):
    """Looked at from each of its blanks anew, one of these takes minutes."""
    begun = time.process_time()
    FORMATS[name].read(data.encode(), {})
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("yaml", 'a: "one  \n   two"\n', "one two"),
        ("yaml", 'a: "one\\ \n  two"\n', "one  two"),
        ("yaml", "a: one \n  two\n", "one two"),
        ("android", '<resources><string name="a">one  \n\n  two</string></resources>', "one two"),
    ],
)
def test_a_text_over_several_lines_is_one(name, data, text):
    assert FORMATS[name].read(data.encode(), {}).units[0].text == text


def test_the_last_comment_of_any_kind_but_lines_is_a_note():
    data = b'/* one */\n/* the /  key */ // of a line\n"a" = "b c";\n'
    (unit,) = FORMATS["strings"].read(data, {}).units
    assert unit.state.notes == ("a", "the / key")


@pytest.mark.parametrize("mark", ["|", ">"])
def test_a_space_typed_at_the_start_of_a_block_does_not_indent_it(mark):
    data = f"a: {mark}\n  first\n  second\nb: c\n".encode()
    content = FORMATS["yaml"].read(data, {})
    edit = Replacement(0, 0, 5, "first", "  First", content.units[0].codes)
    written = FORMATS["yaml"].write(data, content.recipe, [edit], [])
    assert yaml.safe_load(written)["a"].split() == ["First", "second"]


@pytest.mark.parametrize("head", ["|", ">", "|-", ">2", "|2"])
@pytest.mark.parametrize(
    "lines",
    [
        ["  one", "    two", "  three"],
        ["  one", "    two"],
        ["", "  one", "      two", "    three", "  four"],
        ["  one", "", "    two", "  three"],
        ["  one", "  \ttwo", "  three"],
    ],
)
@pytest.mark.parametrize("new", ["", " ", "\t", "New"])
def test_lines_that_are_emptied_leave_a_block_valid(head, lines, new):
    """A deeper line would be the first one then, and tell the indentation of the block."""
    data = "\n".join([f"a: {head}", *lines, "b: c", ""]).encode()
    content = FORMATS["yaml"].read(data, {})
    unit = content.units[0]
    for count in range(1, len(lines)):
        words = " ".join(lines).split()[:count]
        edits = [
            Replacement(0, at, at + len(word), word, new, unit.codes)
            for word in words
            for at in (unit.text.index(word),)
        ]
        written = FORMATS["yaml"].write(data, content.recipe, edits, [])
        loaded = yaml.safe_load(written)
        assert loaded["b"] == "c"
        kept = " ".join(lines).split()[count:]
        assert loaded["a"].split() == [*([new] * len(words) if new.strip() else []), *kept]
