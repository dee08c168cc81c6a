"""Termbase files: what is read, what is written, and what bad ones do."""

import time
import zipfile
from inspect import signature

import pytest

from reviewer.errors import ExportError, FormatError
from reviewer.formats import read_bilingual
from reviewer.formats.term_tables import Column, Holds
from reviewer.formats.termbases import MOST_CONCEPTS, read_termbase, written
from reviewer.model import ANY_LANGUAGE, Concept, Term, TermStatus

PEACE = Concept(
    (
        Term("id", "penjaga perdamaian"),
        Term("fr", "Casque bleu", TermStatus.PREFERRED, "ONU; « bleu » & <jaune>"),
        Term("fr", "force de paix", TermStatus.ADMITTED),
        Term("fr", "soldat de la paix", TermStatus.DEPRECATED, 'dit "vieux"\nici'),
    ),
    "1",
    "politique",
)
FORMULA = Concept((Term("id", "=1+1"), Term("fr", "@SUM(A1)")), "3")
NAME = Concept((Term(ANY_LANGUAGE, "Blue Gate"),), "2")
BOTH = (PEACE, NAME)
ALL = (*BOTH, FORMULA)
IDFR = ("id", "fr")

V3_DCT = """<?xml version="1.0"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><conceptEntry id="c7"><min:subjectField>peace</min:subjectField>
<langSec xml:lang="en"><termSec><term>peacekeeper</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>Casque <hi>bleu</hi></term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>soldat</term><min:administrativeStatus>supersededTerm-admn-sts
</min:administrativeStatus><note>vieux</note></termSec></langSec></conceptEntry></body></text></tbx>
"""
V2_NTIG = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body><termEntry id="7">
<ref target="7">self</ref><descripGrp><descrip type="definition">x</descrip></descripGrp>
<langSet xml:lang="en-GB"><ntig><termGrp><term>peacekeeper</term>
<termNote type="normativeAuthorization">standardizedTerm</termNote></termGrp></ntig></langSet>
<langSet lang="fr"><tig><term>Casque bleu</term></tig></langSet></termEntry></body></text></martif>
"""


def save(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


@pytest.mark.parametrize("name", ["t.tbx", "t.csv", "t.tsv", "t.xlsx"])
def test_what_is_written_is_read_again(tmp_path, name):
    path = save(tmp_path, name, b"".join(written(ALL, tmp_path / name, IDFR)))
    back = read_termbase(path)
    assert not back.notes
    one, line = (" ", "\n") if name == "t.tbx" else ("\n", "\n")
    wanted = [
        tuple((t.language, t.text, t.status, t.note.replace(line, one)) for t in c.terms)
        for c in ALL
    ]
    assert [
        tuple((t.language, t.text, t.status, t.note) for t in c.terms) for c in back.concepts
    ] == wanted
    assert [c.subject_field for c in back.concepts] == ["politique", "", ""]


def test_version_2_of_tbx_is_written_too(tmp_path):
    pieces = written(BOTH, tmp_path / "t.tbx", IDFR, tbx_version=2)
    path = save(tmp_path, "t.tbx", b"".join(pieces))
    assert b"<martif " in path.read_bytes()
    assert [t.text for t in read_termbase(path).concepts[0].terms][1] == "Casque bleu"


def test_the_list_for_other_programs_has_what_may_be_used(tmp_path):
    path = save(tmp_path, "t.txt", b"".join(written(BOTH, tmp_path / "t.txt", IDFR)))
    assert path.read_text("utf-8").splitlines() == [
        "penjaga perdamaian\tCasque bleu\tONU; « bleu » & <jaune>",
        "penjaga perdamaian\tforce de paix",
        "Blue Gate\tBlue Gate",
    ]
    back = read_termbase(path, IDFR)
    assert next([t.text for t in c.terms] for c in back.concepts) == [
        "penjaga perdamaian",
        "Casque bleu",
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (V3_DCT, [("en", "peacekeeper", "preferred", ""), ("fr", "Casque bleu", "preferred", ""),
                  ("fr", "soldat", "deprecated", "vieux")]),
        (V2_NTIG, [("en-GB", "peacekeeper", "preferred", ""),
                   ("fr", "Casque bleu", "preferred", "")]),
    ],
    ids=["v3-dct", "v2-ntig"],
)  # fmt: skip
def test_kinds_of_tbx(tmp_path, text, terms):
    found = read_termbase(save(tmp_path, "t.tbx", text), ("en", "fr")).concepts[0]
    assert [(t.language, t.text, t.status.value, t.note) for t in found.terms] == terms


@pytest.mark.parametrize(
    ("name", "text", "terms"),
    [
        ("a.csv", "source;target;status\nwater;eau;forbidden\n",
         [("en", "water", "preferred"), ("fr", "eau", "deprecated")]),
        ("a.csv", "French,English\n\"eau | l'eau\",water\n",
         [("fr", "eau", "preferred"), ("fr", "l'eau", "preferred"), ("en", "water", "preferred")]),
        ("a.tsv", "en\tfr\tcomment\nwater\teau\tok\n",
         [("en", "water", "preferred"), ("fr", "eau", "preferred")]),
        ("a.utf8", "# of OmegaT\nwater \"x\"\teau\tremark\n",
         [("en", 'water "x"', "preferred"), ("fr", "eau", "preferred")]),
        ("a.txt", "\ufeffwater\teau\n",
         [("en", "water", "preferred"), ("fr", "eau", "preferred")]),
        ("a.csv", "id,mul\n1,Linux\n", [("id", "1", "preferred"), ("mul", "Linux", "preferred")]),
    ],
)  # fmt: skip
def test_kinds_of_tables(tmp_path, name, text, terms):
    path = save(tmp_path, name, text)
    languages = None if "mul" in text else ("en", "fr")
    found = read_termbase(path, languages).concepts[0]
    assert [(t.language, t.text, t.status.value) for t in found.terms] == terms


def test_columns_may_be_chosen(tmp_path):
    path = save(tmp_path, "a.csv", "1,eau,water,nice\n")
    chosen = (Column(Holds.NOTHING), Column(Holds.TERM, "fr"), Column(Holds.TERM, "en"),
              Column(Holds.NOTE))  # fmt: skip
    found = read_termbase(path, ("fr", "en"), columns=chosen, head=False).concepts[0]
    assert [(t.text, t.note) for t in found.terms] == [("eau", ""), ("water", "nice")]


def test_regions_of_a_language_are_read_and_other_languages_left_out(tmp_path):
    path = save(tmp_path, "a.csv", "en-US,fr-CA,de\nwater,eau,Wasser\n,,Zug\n")
    found = read_termbase(path, ("en", "fr")).concepts
    assert [[t.text for t in c.terms] for c in found] == [["water", "eau"]]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
BAD = [
    ("a.tbx", b"", "is empty"),
    ("a.tbx", b"<tmx/>", "no termbase"),
    ("a.tbx", b"\x00\xff\xfe" * 100, "damaged"),
    ("a.tbx", f"{LAUGHS}<tbx><text><body/></text></tbx>".encode(), "entities"),
    ("a.csv", "nichts,hier\n1,2\n", "does not say"),
    ("a.csv", b"en,fr\n\xff\xe9,x\n", "neither UTF-8"),
    ("a.csv", 'en,fr\n"' + "x" * 200_000, "line"),
    ("a.xlsx", b"PK\x03\x04rubbish", "no sound Excel"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[words for _, _, words in BAD])
def test_a_bad_file_is_one_sentence(tmp_path, name, data, words):
    with pytest.raises(FormatError) as told:
        read_termbase(save(tmp_path, name, data), ("en", "fr"))
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_broken_xml_gives_what_stands_before(tmp_path):
    cut = V3_DCT[: V3_DCT.index("</body>")] + '<conceptEntry id="x"><langSec'
    read = read_termbase(save(tmp_path, "a.tbx", cut), ("en", "fr"))
    assert len(read.concepts) == 1
    assert "damaged at line" in read.notes[0]


def test_empty_terms_and_blank_rows_are_none(tmp_path):
    path = save(tmp_path, "a.csv", "en,fr\n,\n  ,...\nwater,\n")
    assert [[t.text for t in c.terms] for c in read_termbase(path, ("en", "fr")).concepts] == [
        ["water"]
    ]


def test_cross_references_in_a_circle_are_passed_over(tmp_path):
    reference = '<ref type="crossReference" target="{}"/>'
    text = V3_DCT.replace("</conceptEntry>", f"{reference.format('c1')}</conceptEntry>", 1)
    second = """<conceptEntry id="c2"><ref type="crossReference" target="c1"/>
    <langSec xml:lang="en"><termSec><term>well</term><xref target="#c2">well</xref></termSec>
    <termSec><term> </term></termSec></langSec>
    <langSec xml:lang="fr"><termSec><term/></termSec></langSec></conceptEntry>"""
    path = save(tmp_path, "a.tbx", text.replace("</body>", f"{second}</body>"))
    read = read_termbase(path, ("en", "fr"))
    assert [[t.text for t in c.terms] for c in read.concepts][-1] == ["well"]
    assert len(read.concepts) == 2
    assert read.notes == ()


def test_a_million_entries_are_bounded(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("en,fr\n")
        file.writelines(f"term {n},terme {n}\n" for n in range(1_000_000))
    start = time.process_time()
    read = read_termbase(path, ("en", "fr"), most=20_000)
    assert len(read.concepts) == 20_000
    assert "more than 20000" in read.notes[0]
    assert time.process_time() - start < 10
    assert signature(read_termbase).parameters["most"].default == MOST_CONCEPTS


def test_a_workbook_with_shared_texts_and_gaps(tmp_path):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = (
        f'<sst xmlns="{main}"><si><t>en</t></si><si><t>fr</t></si><si><r><t>wa</t></r><r><t>ter'
        "</t></r><rPh><t>mizu</t></rPh></si></sst>"
    )
    sheet = (
        f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" t="s"><v>1</v></c></row><row/><row r="3"><c r="A3" t="s"><v>2</v></c>'
        '<c r="C3" t="str"><v>eau</v></c><c r="D3" t="s"><v>99</v></c></row>'
        "</sheetData></worksheet>"
    )
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", strings)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    found = read_termbase(path, ("en", "fr")).concepts
    assert [[t.text for t in c.terms] for c in found] == [["water", "eau"]]


@pytest.mark.parametrize(
    ("states", "first"),
    [
        (("visible", "visible"), "two"),
        (("hidden", "visible"), "one"),
        (("veryHidden", "hidden"), "two"),
    ],
)
def test_both_readers_of_workbooks_take_the_first_tab_that_is_shown(tmp_path, states, first):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    tabs = "".join(
        f'<sheet name="{n}" sheetId="{n}" r:id="r{n}" state="{state}"/>'
        for n, state in zip((2, 1), states, strict=True)
    )
    links = "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2))
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{tabs}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{links}</Relationships>',
        )
        for number, word in ((1, "one"), (2, "two")):
            cells = (("en", "fr"), (word, "mot"))
            rows = "".join(
                f'<row r="{r}"><c r="A{r}" t="str"><v>{a}</v></c>'
                f'<c r="B{r}" t="str"><v>{b}</v></c></row>'
                for r, (a, b) in enumerate(cells, 1)
            )
            sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            book.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
    (concept,) = read_termbase(path, ("en", "fr")).concepts
    assert concept.terms[0].text == first
    _, _, content = read_bilingual(path, {"columns": [0, 1], "header": True})
    assert [unit.text for unit in content.source] == [first]


def test_a_name_without_a_known_ending_is_refused(tmp_path):
    with pytest.raises(ExportError, match="may end with"):
        list(written(BOTH, tmp_path / "a.doc", IDFR))
