"""Checklists as files: what is read, what is refused, and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.checks.rule import Condition, Rule
from reviewer.errors import FormatError
from reviewer.model import Severity
from reviewer.review.checking.rule_files import Checklist, read_checklist, rule_of, written

TOML = """name = "House style"

[[rule]]
name = "Peacekeepers"
source = "penjaga perdamaian"
target = 'Casques? bleus?'
condition = "must-match"
message = "We say Casques bleus."
severity = "major"
from = "id"
to = "fr"
case = true

[[rule]]
target = "email"
plain = true
"""
BOTH = (
    Rule(
        "Peacekeepers",
        "penjaga perdamaian",
        "Casques? bleus?",
        Condition.MUST,
        "We say Casques bleus.",
        Severity.MAJOR,
        "id",
        "fr",
        case=True,
    ),
    Rule("email", target="email", plain=True),
)


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_checklist(path)


def test_toml(tmp_path):
    checklist = read(tmp_path, "a.toml", TOML)
    assert checklist == Checklist("House style", BOTH)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name,source,target,condition\nR,a,b,must-match\n"),
        ("a.csv", "﻿name;source;target;condition\r\nR;a;b;must match\r\n"),
        ("a.tsv", 'name\tsource\ttarget\nR\t"a"\tb\n'),
        ("a.tsv", "source\tname\ttarget\na\tR\tb\n".encode("utf-16")),
    ],
)
def test_tables_with_a_head(tmp_path, name, content):
    checklist = read(tmp_path, name, content)
    assert checklist.rules == (Rule("R", "a", "b", Condition.MUST),)
    assert not checklist.notes


def test_plain_lists_are_words(tmp_path):
    checklist = read(tmp_path, "a.txt", 'bridge\tpont\n\nthe "old" port\tle port\tThe old one\n')
    assert checklist.rules == (
        Rule("bridge", "bridge", "pont", Condition.MUST, plain=True),
        Rule(
            'the "old" port',
            'the "old" port',
            "le port",
            Condition.MUST,
            "The old one",
            plain=True,
        ),
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("name = 'x'", "neither source nor target"),
        ("source = '('", "the source is no pattern"),
        ("target = '['", "the target is no pattern"),
        ("target = 3", "“target” is no text"),
        ("target = 'a'\ncondition = 'maybe'", "the condition is not must-match"),
        ("target = 'a'\nseverity = 'bad'", "the severity is not neutral"),
        ("target = 'a'\nto = 'not a tag'", "no language tag"),
        ("target = 'a'\ncase = 'perhaps'", "neither yes nor no"),
        ("target = 'a'\ncommand = 'rm'", "there is no field “command”"),
        ("source = 'a'\ncondition = 'must-match'", "a target that must match is missing"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_line(tmp_path, rule, reason):
    content = f"[[rule]]\ntarget = 'fine'\n\n[[rule]]\n{rule}\n"
    checklist = read(tmp_path, "a.toml", content)
    assert [each.name for each in checklist.rules] == ["fine"]
    (note,) = checklist.notes
    assert note.startswith("“a.toml”, line 4: ")
    assert reason in note
    assert note.endswith("the rule was left out.")
    assert "\n" not in note


def test_a_line_without_a_tab_is_told(tmp_path):
    checklist = read(tmp_path, "a.txt", "bridge\tpont\nport\n")
    assert len(checklist.rules) == 1
    assert checklist.notes[0].startswith("“a.txt”, line 2: a target that must match is missing")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.toml", "[[rule]\n", "is no TOML"),
        ("a.toml", "rule = 3", "has no [[rule]] tables"),
        ("a.csv", b"caf\xe9,x\n\x81", "neither UTF-8 nor UTF-16"),
        ("a.csv", "source,target\n" + '"' + "x" * 200_000 + '",b\n', "line 2: field larger"),
        ("a.xbckl", "<a", "is damaged at line 1"),
        ("a.xbckl", "<tmx/>", "no checklist of Xbench"),
        (
            "a.xbckl",
            '<!DOCTYPE a [<!ENTITY b "c">]><xbench-checklist>&b;</xbench-checklist>',
            "entities",
        ),
        ("a.xbckl", "", "is damaged at line 1"),
    ],
)
def test_a_file_that_is_no_checklist_is_refused_in_one_sentence(tmp_path, name, content, words):
    with pytest.raises(FormatError) as caught:
        read(tmp_path, name, content)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "no.toml"):
        with pytest.raises(FormatError):
            read_checklist(path)


_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
_rules = st.builds(
    Rule,
    _texts.map(lambda text: " ".join(text.split()) or "n"),
    _texts,
    _texts.map(lambda text: text or "t"),
    st.sampled_from(Condition),
    _texts.map(lambda text: " ".join(text.split())),
    st.sampled_from(Severity),
    st.sampled_from(["", "id", "pt-BR"]),
    st.sampled_from(["", "fr"]),
    st.booleans(),
    st.just(True),
)


@given(_rules, st.sampled_from([".toml", ".csv", ".tsv"]))
def test_what_is_written_is_read_again(tmp_path_factory, rule, suffix):
    path = tmp_path_factory.mktemp("list") / f"a{suffix}"
    path.write_bytes(written(Checklist("a", (rule,)), suffix))
    assert read_checklist(path) == Checklist("a", (rule,))


XBENCH = """<?xml version="1.0"?>
<xbench-checklist version="1.1">
  <checklist name="House" source-language="en-us" target-language="fr-fr">
    <inherit name="Common">C:\\Common.xbckl</inherit>
    {}
  </checklist>
</xbench-checklist>
"""


def check_of(source, target, attributes=""):
    terms = "".join(
        f'<term type="{side}" {attributes}>{text}</term>'
        for side, text in (("source", source), ("target", target))
        if text
    )
    return f'<check name="R" categories="c">{terms}<description>Look.</description></check>'


POWER = 'powersearch="yes"'


@pytest.mark.parametrize(
    ("check", "source", "target", "condition", "case"),
    [
        (check_of("a.b", "c"), r"a\.b", "c", Condition.MUST_NOT, False),
        (check_of("", "c", 'casecheck="yes"'), "", "c", Condition.MUST_NOT, True),
        (
            check_of("a", "c", 'wholeword="yes"'),
            r"\b(?:a)\b",
            r"\b(?:c)\b",
            Condition.MUST_NOT,
            False,
        ),
        (check_of("a+", "c?d", 'searchmode="regexp"'), "a+", "c?d", Condition.MUST_NOT, False),
        (check_of("a", "-c", POWER), "a", "c", Condition.MUST, False),
        (check_of('"a b"', '-"c d" -e', POWER), r"a\ b", r"(?:c\ d)|(?:e)", Condition.MUST, False),
        (check_of("a", "c OR d", POWER), "a", "(?:c)|(?:d)", Condition.MUST_NOT, False),
    ],
)
def test_checks_of_xbench(tmp_path, check, source, target, condition, case):
    checklist = read(tmp_path, "a.xbckl", XBENCH.format(check))
    assert checklist.name == "House"
    (rule,) = checklist.rules
    assert (rule.source, rule.target, rule.condition) == (source, target, condition)
    assert (rule.source_language, rule.target_language) == ("en-us", "fr-fr")
    assert (rule.message, rule.case) == ("Look.", case)
    assert [note for note in checklist.notes if "another checklist" in note]


def test_words_that_must_all_be_there_are_found_in_any_order(tmp_path):
    checklist = read(tmp_path, "a.xbckl", XBENCH.format(check_of("", "one two", POWER)))
    from reviewer.checks.matching import Matcher

    (rule,) = checklist.rules
    matcher = Matcher(rule)
    assert matcher.look("", "two and one")
    assert matcher.look("", "one and two")
    assert not matcher.look("", "one and three")


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        (check_of("-a", "c", POWER), "missing in the source"),
        (check_of("a", "c -d", POWER), "PowerSearch"),
        (check_of("a", "(c OR d) e", POWER), "PowerSearch"),
        (check_of("a*", "c", 'searchmode="msword"'), "wildcards of Word"),
        (check_of("a", "c", 'normalizeaccents="yes"'), "accents"),
        (check_of("(", "c", 'searchmode="regexp"'), "the source is no pattern"),
        (check_of("", ""), "neither source nor target"),
    ],
)
def test_what_xbench_can_and_we_cannot_is_told(tmp_path, check, reason):
    checklist = read(tmp_path, "a.xbckl", XBENCH.format(check))
    assert not checklist.rules
    assert any(reason in note and "line 5" in note for note in checklist.notes)


def test_a_rule_of_nothing_is_refused():
    with pytest.raises(ValueError, match="neither"):
        rule_of({})
