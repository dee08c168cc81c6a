"""What a review is written as in another format: read back, checked, and safe to open."""

import io
import zipfile
from contextlib import closing

import pytest
from lxml import etree

from reviewer.errors import ExportError
from reviewer.formats import read_bilingual
from reviewer.formats.conversion import CONVERSIONS
from reviewer.model import IssueType, Severity, Side, Span
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.export import Remark, Wishes
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.errands import export_pair
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings

SETTINGS = Settings(reviewer_id="01" * 16, reviewer_name="Ann")
ITS = "http://www.w3.org/2005/11/its"
PO = """msgid ""
msgstr "Language: fr\\n"

msgid "The <b>river</b> rose & fell."
msgstr "=La rivière"

#. Be short.
msgid "Nothing yet."
msgstr ""

msgid "One\\nTwo"
msgstr "Un\\nDeux"
"""


@pytest.fixture
def review(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(PO, "utf-8")
    reading = Reading(path, language="en")
    request = ImportRequest(reading, Reading(path, language="fr"), None, bytes(16))
    with closing(open_review(import_files(request, Watch()).project, SETTINGS)) as review:
        yield review


def written(review, tmp_path, suffix, remarks=()):
    out = tmp_path / f"out{suffix}"
    shown = review.pair_of_documents
    wishes = Wishes(remarks=tuple(remarks))
    done = export_pair(
        review.path, shown.align_id, review.saving.on_its_way, out, force=True, wishes=wishes
    )
    assert done.made
    return out


@pytest.mark.parametrize("suffix", [".xlf", ".tmx", ".csv", ".tsv", ".xlsx"])
def test_what_is_written_is_read_again(review, tmp_path, suffix):
    review.edit(1, "Rien encore.")
    out = written(review, tmp_path, suffix)
    _, _, content = read_bilingual(out, {})
    assert content.languages == ("en", "fr")
    texts = [
        "".join(c if c not in {code.character for code in unit.codes} else "|" for c in unit.text)
        for side in (content.source, content.target)
        for unit in side
    ]
    assert texts == [
        "The <b>river</b> rose & fell.",
        "Nothing yet.",
        "One|Two",
        "=La rivière",
        "Rien encore.",
        "Un|Deux",
    ]


def test_xliff_has_states_and_notes(review, tmp_path):
    review.confirm(0)
    root = etree.fromstring(written(review, tmp_path, ".xliff").read_bytes())
    name = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    states = root.xpath("//x:segment/@state", namespaces=name)
    assert states == ["reviewed", "initial", "translated"]
    assert root.xpath("//x:note/text()", namespaces=name) == ["Be short."]
    assert not root.xpath("//x:unit[2]//x:target", namespaces=name)
    assert root.get("srcLang") == "en"


def test_xliff_has_comments_and_marks(review, tmp_path):
    review.comment(0, "Which <river>?")
    kinds = (IssueType.MISTRANSLATION, Severity.MAJOR), (IssueType.SPELLING, Severity.MINOR)
    text = review.pair(0).target_text
    river = text.index("rivière")
    spans = Span(Side.TARGET, river, river + 7), Span(Side.TARGET, river - 3, river + 3)
    remarks = [
        *(Remark(0, span, *kind, 'Is "it"?') for span, kind in zip(spans, kinds, strict=True)),
        Remark(1, None, IssueType.UNTRANSLATED, Severity.CRITICAL, "Nothing."),
        Remark(2, Span(Side.SOURCE, 0, 3), IssueType.OMISSION, Severity.NEUTRAL, "Gone."),
        Remark(2, Span(Side.TARGET, 2, 2), IssueType.LINK, Severity.MINOR, "Here."),
    ]
    out = written(review, tmp_path, ".xlf", remarks)
    root = etree.fromstring(out.read_bytes())
    assert root.get(f"{{{ITS}}}version") == "2.0"
    name = {"x": "urn:oasis:names:tc:xliff:document:2.0", "its": ITS}
    marks = root.xpath("//x:sm", namespaces=name)
    told = [
        (mark.get(f"{{{ITS}}}locQualityIssueType"), mark.get(f"{{{ITS}}}locQualityIssueSeverity"))
        for mark in marks
    ]
    assert told == [
        ("misspelling", "25"),
        ("mistranslation", "50"),
        ("untranslated", "100"),
        ("omission", "0"),
        ("markup", "25"),
    ]
    said = marks[1].get(f"{{{ITS}}}locQualityIssueComment")
    assert said == 'accuracy/mistranslation, major: Is "it"?'
    # Each mark ends once, behind its beginning, and none has the id of another in its unit.
    for unit in root.iter("{*}unit"):
        order = [e.get("id") or e.get("startRef") for e in unit.iter("{*}sm", "{*}em")]
        assert sorted(order) == sorted([*set(order)] * 2)
    assert root.xpath("//x:note[@category='comment']/text()", namespaces=name) == [
        "Ann: Which <river>?"
    ]
    # The marks are annotations: the texts are what they were.
    _, _, content = read_bilingual(out, {})
    known = {code.character for code in content.target[0].codes}
    assert "".join(c for c in content.target[0].text if c not in known) == text
    assert "its:" not in written(review, tmp_path, ".xlf").read_text("utf-8")


def test_no_cell_is_a_formula(review, tmp_path):
    assert "'=La rivière" in written(review, tmp_path, ".csv").read_text("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(written(review, tmp_path, ".xlsx").read_bytes())) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_web_page_shows_markup_as_text(review, tmp_path):
    page = written(review, tmp_path, ".html").read_text("utf-8")
    assert "&lt;b&gt;river&lt;/b&gt; rose &amp; fell." in page
    assert '<td lang="fr" dir="ltr">' in page


def test_plain_text_is_the_translation_alone(review, tmp_path):
    text = written(review, tmp_path, ".txt").read_text("utf-8")
    assert text == "=La rivière\nUn\nDeux\n"


def test_an_unknown_suffix_names_those_that_are_known(review, tmp_path):
    shown = review.pair_of_documents
    with pytest.raises(ExportError, match=r"given back as \.po, \.pot, not as “\.docx”; "):
        export_pair(review.path, shown.align_id, None, tmp_path / "out.docx", force=False)


def test_every_conversion_has_a_suffix_of_its_own():
    suffixes = [suffix for each in CONVERSIONS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
