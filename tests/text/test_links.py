import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.links import find_links, find_placeholders, mask_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a, please.", ["https://example.org/a"]),
        ("(https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("参见https://example.org/a。", ["https://example.org/a"]),
        ("詳しくはwww.example.org/xをご覧", ["www.example.org/x"]),
        ("Mail info@example.org!", ["info@example.org"]),
        ("no link, a @handle and e.g. this", []),
    ],
)
def test_links_end_where_the_sentence_goes_on(text, links):
    assert [link.text for link in find_links(text)] == links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{0} and {name}", ["{0}", "{name}"]),
        ("%s, %1$s, %(n)d, 20 % so", ["%s", "%1$s", "%(n)d"]),
        ("${x} {{count}} %{y}", ["${x}", "{{count}}", "%{y}"]),
        ('<b>a</b> <img src="x"/>', ["<b>", "</b>", '<img src="x"/>']),
        ("a < b, c > d & e", []),
    ],
)
def test_placeholders(text, found):
    assert [match.group() for match in find_placeholders(text)] == found


@given(
    st.text() | st.lists(st.sampled_from(["{0}", "a@b.cd", "http://x", "&amp;", " "])).map("".join)
)
def test_masking_keeps_the_length(text):
    assert len(mask_links(text)) == len(text)
