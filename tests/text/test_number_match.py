import pytest

from reviewer.text.languages import language
from reviewer.text.number_match import compare_numbers


def _compare(source, target, tags):
    gap = compare_numbers(source, target, *map(language, tags))
    return [number.text for number in gap.lost], [number.text for number in gap.extra]


@pytest.mark.parametrize(
    ("source", "target", "tags"),
    [
        ("the 1850s", "les années 50 du XIXe siècle", ("en", "fr")),
        ("20世纪80年代", "the 1980s", ("zh", "en")),
        ("12 h 00 GMT", "1200 GMT", ("fr", "en")),
        ("Fr. 2.70", "2 fr. 70", ("de", "fr")),
        ("Il-76 200 km", "Il-76 de 200 km", ("en", "fr")),
        ("https://example.org/1", "https://example.org/2", ("en", "fr")),
        ("{0} of {1}", "{1}, {0}", ("en", "fr")),
        ("九成的人", "90 % of the people", ("zh", "en")),
        ("1 apple", "une pomme", ("en", "fr")),
        ("5 apples", "五個蘋果", ("en", "zh")),
        ("3 trolls", "kolme peikkoa", ("en", "fi")),
    ],
)
def test_other_forms_are_counterparts(source, target, tags):
    assert _compare(source, target, tags) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "tags", "lost", "extra"),
    [
        ("24 July at 15:50", "15 July at 15:50", ("en", "en"), ["24"], []),
        ("8-3", "3-3", ("en", "en"), ["8"], []),
        ("1.4 million", "1.9 million", ("en", "en"), ["1.4"], ["1.9"]),
        ("COVID-19", "COVID-18", ("en", "en"), ["19"], ["18"]),
        ("7月18日", "June 18", ("zh", "en"), ["7"], []),
        ("20 Männer", "men", ("de", "en"), ["20"], []),
    ],
)
def test_what_is_missing_is_named(source, target, tags, lost, extra):
    assert _compare(source, target, tags) == (lost, extra)


def test_numbers_lost_more_than_once_leave_nothing_shared():
    gap = compare_numbers("5, 5 and 5 apples", "pommes", language("en"), language("fr"))
    assert (len(gap.lost), gap.shared) == (3, 0)
    gap = compare_numbers("20, 5 and 5 apples", "20 pommes", language("en"), language("fr"))
    assert (len(gap.lost), gap.shared) == (2, 1)
