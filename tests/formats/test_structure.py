"""XLIFF 2.1 and TMX 1.4b that are made anew are as their specifications ask."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
from structure import BOLD, BREAK, HALF, ITS, LOST, XLIFF, sample_pairs, tmx_faults, xliff_faults

from reviewer.formats.text_pair import Marked, TextPair
from reviewer.formats.tmx_out import write_tmx
from reviewer.formats.xliff_out import write_xliff
from reviewer.model import IssueType, Severity, Side

CODES = (*BOLD, BREAK, HALF, LOST)
TEXT = st.text(st.sampled_from([*'ab <&"\x01é', *(code.character for code in CODES)]), max_size=9)
MARK = st.builds(
    Marked,
    st.sampled_from(Side),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(IssueType),
    st.sampled_from(Severity),
    TEXT,
)
PAIR = st.builds(
    TextPair,
    TEXT,
    TEXT,
    st.just(CODES),
    st.just(CODES),
    st.booleans(),
    marks=st.lists(MARK, max_size=3).map(tuple),
)


@given(st.lists(PAIR, min_size=1, max_size=4))
def test_whatever_is_written_is_sound(pairs):
    languages = "en", "fr"
    assert not list(xliff_faults(etree.fromstring(write_xliff(pairs, languages, 'a "b"'))))
    assert not list(tmx_faults(etree.fromstring(write_tmx(pairs, languages, "a"))))


def test_the_sample_is_sound():
    assert not list(xliff_faults(etree.fromstring(write_xliff(sample_pairs(), ("en", "fr"), "a"))))
    assert not list(tmx_faults(etree.fromstring(write_tmx(sample_pairs(), ("en", "fr"), "a"))))


@pytest.mark.parametrize(
    ("tag", "attribute", "value"),
    [
        ("ec", "startRef", "77"),
        ("sc", "id", None),
        ("sm", "id", "1"),
        ("em", "startRef", "m9"),
        ("ph", "dataRef", "d99"),
        ("segment", "state", "signed-off"),
        ("unit", "id", "u1"),
        ("note", "appliesTo", "all"),
        ("xliff", f"{ITS}version", None),
    ],
)
def test_what_is_not_sound_is_seen(tag, attribute, value):
    root = etree.fromstring(write_xliff(sample_pairs(), ("en", "fr"), "a"))
    element = [e for e in root.iter(f"{XLIFF}{tag}") if attribute in e.attrib][-1]
    if value is None:
        del element.attrib[attribute]
    else:
        element.set(attribute, value)
    assert list(xliff_faults(root))
