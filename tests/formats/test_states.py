"""Verdicts said in the states of each dialect, and nothing else changed."""

import pytest

from reviewer.formats.po import mark_po, read_po
from reviewer.formats.xliff import mark_xliff, read_xliff
from reviewer.model import Verdict

YES, NO = {0: Verdict.CONFIRMED}, {0: Verdict.REJECTED}
HEAD_12 = (
    '<xliff version="1.2" xmlns:sdl="s" xmlns:mq="MQXliff" '
    'xmlns:m="http://www.memsource.com/mxlf/2.0"><file original="a" source-language="en" '
    'target-language="fr"><body>{}</body></file></xliff>'
)
HEAD_2 = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"'
    ' trgLang="fr"><file id="f"><unit id="u">{}</unit></file></xliff>'
)
UNIT = "<trans-unit id='1'{}><source>One.</source><target{}>Un.</target></trans-unit>"
SEGMENT = "<segment{}><source>One.</source><target>Un.</target></segment>"
TRADOS = (
    "<trans-unit id='1'><source>One.</source><seg-source><mrk mtype='seg' mid='7'>One.</mrk>"
    "</seg-source><target><mrk mtype='seg' mid='7'>Un.</mrk></target><sdl:seg-defs>"
    "<sdl:seg id='7'{}/></sdl:seg-defs></trans-unit>"
)
SEGMENTED = (
    "<trans-unit id='1'><source>One. Two.</source><seg-source><mrk mtype='seg' mid='1'>One.</mrk>"
    " <mrk mtype='seg' mid='2'>Two.</mrk></seg-source><target{}><mrk mtype='seg' mid='1'>Un.</mrk>"
    " <mrk mtype='seg' mid='2'>Deux.</mrk></target></trans-unit>"
)
XLIFF_12 = [
    (' state="translated"', YES, ' state="signed-off"'),
    (" state='new' xml:lang='fr'", YES, " state=\"signed-off\" xml:lang='fr'"),
    ("", YES, ' state="signed-off"'),
    (' state="final"', YES, ' state="final"'),
    (' state="final"', NO, ' state="needs-review-translation"'),
    (' state="new"', {0: Verdict.OPEN}, ' state="new"'),
    (' state="new"', {}, ' state="new"'),
    (' state="new"', {5: Verdict.CONFIRMED}, ' state="new"'),
]
OTHERS = [
    (' mq:status="ManuallyConfirmed"', YES, ' mq:status="Proofread"'),
    (' mq:status="Proofread"', NO, ' mq:status="Rejected"'),
    (' mq:status="Edited" mq:locked="locked"', YES, ' mq:status="Edited" mq:locked="locked"'),
    (' m:confirmed="0"', YES, ' m:confirmed="1"'),
    (' m:confirmed="1"', NO, ' m:confirmed="0"'),
    (' m:confirmed="0" m:locked="true"', YES, ' m:confirmed="0" m:locked="true"'),
]
DEFINITIONS = [
    (' conf="Draft" origin="tm"', YES, ' conf="ApprovedTranslation" origin="tm"'),
    ("", NO, ' conf="RejectedTranslation"'),
    (' conf="ApprovedSignOff"', YES, ' conf="ApprovedSignOff"'),
    (' conf="Draft" locked="true"', YES, ' conf="Draft" locked="true"'),
]
SEGMENTS = [
    (' id="s" state="translated"', YES, ' id="s" state="reviewed"'),
    (' state="translated" subState="x:mt"', YES, ' state="reviewed"'),
    ("", YES, ' state="reviewed"'),
    (' state="final"', YES, ' state="final"'),
    (' state="reviewed"', NO, ' state="translated"'),
]


@pytest.mark.parametrize(
    ("template", "was", "verdicts", "now"),
    [
        *((HEAD_12.format(UNIT.format("", "{}")), *case) for case in XLIFF_12),
        *((HEAD_12.format(UNIT.format("{}", "")), *case) for case in OTHERS),
        *((HEAD_12.format(TRADOS), *case) for case in DEFINITIONS),
        *((HEAD_2.format(SEGMENT), *case) for case in SEGMENTS),
        (HEAD_12.format(SEGMENTED), ' state="new"', YES, ' state="new"'),
    ],
)
def test_each_dialect_has_its_word(template, was, verdicts, now):
    data = template.replace("{}", was).encode()
    recipe = read_xliff(data, {}).recipe
    marked, count = mark_xliff(data, recipe, verdicts)
    assert marked.decode() == template.replace("{}", now)
    assert count == (was != now)


def test_the_encoding_stays():
    text = f'<?xml version="1.0" encoding="UTF-16"?>{HEAD_12.format(UNIT.format("", ""))}'
    data = text.replace("Un.", "Été 中.").encode("utf-16")
    marked, _ = mark_xliff(data, read_xliff(data, {}).recipe, YES)
    assert marked.decode("utf-16").replace(' state="signed-off"', "") == data.decode("utf-16")


HEADER = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
MESSAGES = [
    ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', YES, 'msgid "a"\nmsgstr "b"\n'),
    ('#, c-format, fuzzy\nmsgid "a"\nmsgstr "b"\n', YES, '#, c-format\nmsgid "a"\nmsgstr "b"\n'),
    (
        '#: a.c:1\n#, fuzzy\n#| msgid "z"\n#| "y"\nmsgctxt "m"\nmsgid "a"\nmsgstr "b"\n',
        YES,
        '#: a.c:1\nmsgctxt "m"\nmsgid "a"\nmsgstr "b"\n',
    ),
    ('#: a.c:1\r\nmsgid "a"\r\nmsgstr "b"', NO, '#: a.c:1\r\n#, fuzzy\r\nmsgid "a"\r\nmsgstr "b"'),
    ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', NO, '#, fuzzy\nmsgid "a"\nmsgstr "b"\n'),
    ('msgid "a"\nmsgstr "b"\n', YES, 'msgid "a"\nmsgstr "b"\n'),
    (
        '#, fuzzy\nmsgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[1] "d"\n',
        YES,
        '#, fuzzy\nmsgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[1] "d"\n',
    ),
    (
        '#, fuzzy\nmsgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[1] "d"\n',
        {0: Verdict.CONFIRMED, 1: Verdict.CONFIRMED},
        'msgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[1] "d"\n',
    ),
]


@pytest.mark.parametrize(("was", "verdicts", "now"), MESSAGES)
def test_a_confirmed_message_is_not_fuzzy(was, verdicts, now):
    data = (HEADER + was).encode()
    marked, count = mark_po(data, read_po(data, {}).recipe, verdicts)
    assert count == (was != now)
    assert marked.decode() == HEADER + now
    told = [unit.state.state if unit.state else "" for unit in read_po(marked, {}).target]
    assert bool(told[0]) == ("fuzzy" in now)
