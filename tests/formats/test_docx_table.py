"""A table of a text and its translation in Word: read by columns, given back cell by cell."""

import time

import pytest

from reviewer.errors import ExportError, FormatError
from reviewer.formats import holds_both, read_bilingual
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.docx_table import is_table, read_docx_table, write_docx_table
from tests.formats.office_files import part, parts, word

BOLD = "<w:rPr><w:b/></w:rPr>"


def run(text, look=""):
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*paragraphs, span=1):
    held = "".join(
        each if each.startswith("<w:p") else f"<w:p>{each}</w:p>" for each in paragraphs
    )
    width = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else "<w:tcPr/>"
    return f"<w:tc>{width}{held}</w:tc>"


def table(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{each}</w:tr>' for each in rows)}</w:tbl>"


def row(number, source, target, comment=""):
    return cell(run(number)) + cell(source) + cell(target) + cell(run(comment) if comment else "")


HEAD = row("#", run("Source"), run("Target"), "Comment")
SOURCE = run("The ") + run("old", BOLD) + run(" bridge fell.")
DOCUMENT = word(
    table(
        HEAD,
        row("1", SOURCE, run("Le pont est tombé."), "Check"),
        row("2", run("It was old."), ""),
        row("3", run("Help came."), run("Des ") + run("secours", BOLD) + run(" vinrent.")),
        cell(run("All four columns in one."), span=4),
        row("4", run("The end."), run("Fin.")),
    )
)


def shown(unit):
    text = unit.text
    for code in unit.codes:
        text = text.replace(code.character, f"[{code.kind.value} {code.data}]")
    return text


def test_columns_are_found_and_the_header_is_no_text():
    content = read_docx_table(DOCUMENT, {})
    assert [shown(unit) for unit in content.source] == [
        "The [sc b]old[ec b] bridge fell.",
        "It was old.",
        "Help came.",
        "The end.",
    ]
    assert [shown(unit) for unit in content.target] == [
        "Le pont est tombé.",
        "",
        "Des [sc b]secours[ec b] vinrent.",
        "Fin.",
    ]
    assert content.recipe["columns"] == [1, 2]
    assert content.recipe["header"] is True
    assert (content.ambiguous, content.columns[:3]) == (False, ("#", "Source", "Target"))
    assert [unit.location for unit in content.source] == ["2", "3", "4", "6"]


def test_other_columns_can_be_chosen():
    content = read_docx_table(DOCUMENT, {"columns": [1, 3]})
    assert content.target[0].text == "Check"


def test_an_untouched_table_is_given_back():
    content = read_docx_table(DOCUMENT, {})
    assert write_docx_table(DOCUMENT, content.recipe, [], []) == DOCUMENT
    same = [
        Replacement(n, 0, len(u.text), u.text, u.text)
        for n, u in enumerate(content.target)
        if u.text
    ]
    out = write_docx_table(DOCUMENT, content.recipe, same, [])
    assert parts(out) == parts(DOCUMENT)


def test_only_edited_cells_change_and_codes_of_the_source_can_be_used():
    content = read_docx_table(DOCUMENT, {})
    first, last = (code.character for code in content.source[0].codes)
    was = content.target[0].text
    new = f"Le {first}vieux{last} pont est tombé."
    edits = [
        Replacement(0, 0, len(was), was, new, content.source[0].codes),
        Replacement(3, 0, 4, "Fin.", "C’est la fin."),
    ]
    out = write_docx_table(
        DOCUMENT, content.recipe, edits, [Insertion(1, 0, "Il était vieux.", paragraph=False)]
    )
    before, after = part(DOCUMENT, "word/document.xml"), part(out, "word/document.xml")
    assert "<w:r><w:rPr><w:b/></w:rPr>" in after.split("Le ")[1].split("vieux")[0]
    head = before[: before.index("Le pont")]
    assert after.startswith(head)
    assert after.endswith(before[before.index("Fin.") + 4 :])
    unedited = {n: d for n, d in parts(out).items() if n != "word/document.xml"}
    assert unedited.items() <= parts(DOCUMENT).items()
    again = read_docx_table(out, content.recipe)
    assert [shown(unit) for unit in again.target] == [
        "Le [sc b]vieux[ec b] pont est tombé.",
        "Il était vieux.",
        "Des [sc b]secours[ec b] vinrent.",
        "C’est la fin.",
    ]
    assert again.source == content.source


@pytest.mark.parametrize(
    ("empty", "written"),
    [
        ("<w:p/>", "<w:p><w:r>"),
        ('<w:p w:rsidR="1"/>', '<w:p w:rsidR="1"><w:r>'),
        ("<w:p></w:p>", "<w:p><w:r>"),
        ("<w:p><w:pPr><w:jc/></w:pPr></w:p>", "<w:p><w:pPr><w:jc/></w:pPr><w:r>"),
    ],
)
def test_an_empty_cell_is_filled(empty, written):
    data = word(table(HEAD, row("1", run("One day."), empty), row("2", run("A"), run("B"))))
    content = read_docx_table(data, {})
    out = write_docx_table(
        data, content.recipe, [], [Insertion(0, 0, "Un <jour> & plus.", paragraph=False)]
    )
    assert f'{written}<w:t xml:space="preserve">Un &lt;jour&gt;' in part(out, "word/document.xml")
    assert read_docx_table(out, content.recipe).target[0].text == "Un <jour> & plus."


def test_paragraphs_of_a_cell_are_paired_in_order():
    data = word(
        table(
            HEAD,
            cell(run("1")) + cell(run("One."), run("Two.")) + cell(run("Un.")) + cell(run("x")),
            row("2", run("Three."), run("Trois.")),
        )
    )
    content = read_docx_table(data, {})
    pairs = [(a.text, b.text) for a, b in zip(content.source, content.target, strict=True)]
    assert pairs == [("One.", "Un."), ("Two.", ""), ("Three.", "Trois.")]
    out = write_docx_table(data, content.recipe, [], [Insertion(1, 0, "Deux.", paragraph=False)])
    again = read_docx_table(out, content.recipe)
    assert [unit.text for unit in again.target] == ["Un.", "Deux.", "Trois."]


def test_a_document_is_a_table_where_hardly_anything_else_is_in_it(tmp_path):
    prose = "".join(f"<w:p>{run(f'Paragraph {n}.')}</w:p>" for n in range(9))
    small = table(row("1", run("a"), run("b")), row("2", run("c"), run("d")))
    assert is_table(DOCUMENT)
    assert not is_table(word(prose + small))
    assert not is_table(word(prose))
    assert not is_table(b"no archive")
    path = tmp_path / "a.docx"
    path.write_bytes(DOCUMENT)
    assert holds_both(path)
    assert read_bilingual(path, {})[1].name == "docx-table"
    path.write_bytes(
        word(f"<w:p>{run('Before.')}</w:p>" + table(HEAD, row("1", run("a"), run("b"))))
    )
    assert read_bilingual(path, {})[2].notes == (
        "What stands outside of the table is left alone.",
    )
    path.write_bytes(word(prose))
    assert not holds_both(path)
    with pytest.raises(FormatError, match="no table of a text and its translation"):
        read_bilingual(path, {})


def test_an_original_of_fewer_rows_is_told():
    content = read_docx_table(DOCUMENT, {})
    with pytest.raises(ExportError, match="fewer rows"):
        write_docx_table(DOCUMENT, content.recipe, [Replacement(9, 0, 1, "a", "b")], [])


def test_a_row_of_very_many_cells_takes_no_longer_than_it_is():
    many = "".join(cell(run("a"), span=63) for _ in range(3_000))
    data = word(table(HEAD, row("1", SOURCE, run("Le pont.")), many, many))
    begun = time.process_time()
    content = read_docx_table(data, {})
    assert time.process_time() - begun < 5
    assert len(content.columns) == 256
    assert content.target[0].text == "Le pont."
