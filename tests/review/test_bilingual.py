"""A bilingual file as a project: one original, two documents, edits that go back into it."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer import store
from reviewer.checks import inline_codes, untranslated
from reviewer.errors import Cancelled, FormatError
from reviewer.formats import read_bilingual, xml_walk
from reviewer.model import Pair, Segment, Side
from reviewer.review.checking.pipeline import Reading, Watch, analyse
from reviewer.review.documents.bilingual import layout_name, read_both, remembered, unit_beads
from reviewer.review.documents.export import Wishes
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.review.tasks.errands import contents, export_pair
from reviewer.review.tasks.looking import import_if_sure
from reviewer.review.tasks.opened_pairs import read_all_pairs
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.requests import ImportIfSure
from reviewer.settings import Settings

SETTINGS = Settings(reviewer_id="01" * 16, reviewer_name="Ann")
LOCK = ' mq:locked="locked"'
UNITS = (
    ("The river rose.", "La rivière est montée."),
    ("The <g id='1'>bridge</g> fell.", "Le pont est tombé."),
    ("Nobody was hurt. It will be rebuilt.", ""),
    (
        "Help came. It was late. All waited.",
        "Des secours vinrent, mais tard. Tous attendaient.",
    ),
    ("The end.", "Fin."),
)


def xliff(units, locked=()):
    rows = "".join(
        f'<trans-unit id="{n}"{LOCK * (n in locked)}>'
        f"<source>{source}</source><target>{target}</target></trans-unit>\n"
        for n, (source, target) in enumerate(units)
    )
    return (
        '<xliff version="1.2" xmlns:mq="MQXliff"><file original="a" source-language="en" '
        f'target-language="fr" datatype="x"><body>\n{rows}</body></file></xliff>'
    )


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "a.xlf"
    file.write_text(xliff(UNITS, locked={4}), "utf-8")
    return file


def request(path, project=None, **more):
    return ImportRequest(Reading(path), Reading(path), project, bytes(16), **more)


@pytest.fixture
def review(path):
    review = open_review(import_files(request(path), Watch()).project, SETTINGS)
    yield review
    review.close()


def row(review, source):
    return next(n for n in range(review.count) if source in review.pair(n).source_text)


def exported(review, path):
    out = path.parent / "out.xlf"
    shown = review.pair_of_documents
    export_pair(review.path, shown.align_id, review.saving.on_its_way, out, force=True)
    return out.read_text("utf-8")


def test_both_columns_come_from_one_original(path):
    made = import_files(request(path), Watch())
    assert (made.source_language, made.target_language, made.sure) == ("en", "fr", True)
    with closing(store.open_project(made.project)) as project:
        source, target = project.documents
        assert source.is_bilingual
        assert target.is_bilingual
        assert source.doc_id != target.doc_id
        assert source.blob == target.blob
        assert project.original(target.doc_id) == path.read_bytes()
    assert import_files(request(path), Watch()).existed


def test_an_untranslated_copy_still_makes_two_documents(tmp_path):
    file = tmp_path / "same.xlf"
    file.write_text(xliff([("One day.", "One day.")]), "utf-8")
    project = import_files(request(file), Watch()).project
    (pair,) = contents(project)
    assert pair.source.doc_id != pair.target.doc_id
    assert store.verify(project).status == 0


def test_the_beginning_is_shown_as_pairs_while_the_rest_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_walk, "_CHUNK", 1024)
    path = tmp_path / "large.xlf"
    path.write_text(xliff([*UNITS] * 40, locked={4}), "utf-8")
    shown, told = [], []
    watch = Watch(lambda *progress: told.append(progress), show=lambda *first: shown.append(first))
    read_both(Reading(path), Reading(path), watch)
    ((pairs, languages),) = shown
    assert languages == ("en", "fr")
    assert len(pairs) == 60
    assert pairs[2].source_text == "Nobody was hurt. It will be rebuilt."
    assert not pairs[2].target
    assert [pair.number for pair in pairs if pair.is_locked] == [4]
    assert {label for label, _, _ in told} == {"Reading"}
    shares = [done / total for _, done, total in told]
    assert shares == sorted(shares)


def test_states_are_written_only_where_they_are_asked_for(review, path, tmp_path):
    bridge, several = row(review, "bridge"), row(review, "Help came")
    review.confirm(bridge)
    review.confirm(row(review, "The river"))
    review.edit(row(review, "The river"), "La rivière monta.")
    review.reject(several)
    review.confirm(row(review, "The end"))
    assert "state=" not in exported(review, path)
    out = tmp_path / "states.xlf"
    unsaved = review.saving.on_its_way
    wishes = Wishes(states=True)
    done = export_pair(review.path, None, unsaved, out, force=False, wishes=wishes)
    text = out.read_text("utf-8")
    assert '<target state="signed-off">Le pont est tombé.' in text
    assert '<target state="needs-review-translation">Des secours' in text
    # What was edited after it was confirmed is open again; what is locked stays.
    assert "<target>La rivière monta.</target>" in text
    assert text.count("state=") == 2
    assert done.states == 2


def test_a_cancelled_export_writes_nothing(review, path, tmp_path):
    out = tmp_path / "out.xlf"
    with pytest.raises(Cancelled):
        export_pair(review.path, None, None, out, force=False, watch=Watch(cancelled=lambda: True))
    assert not out.exists()


def test_units_bound_what_corresponds(path):
    source, target = read_both(Reading(path), Reading(path), Watch())
    beads = unit_beads(source, target, Watch())
    assert [bead.source_end for bead in beads][-1] == len(source.segments)
    assert [bead.target_end for bead in beads][-1] == len(target.segments)
    for bead in beads:
        ours = {s.unit for s in source.segments[bead.source_start : bead.source_end]}
        theirs = {s.unit for s in target.segments[bead.target_start : bead.target_end]}
        assert len(ours | theirs) == 1
    assert [b.confidence for b in beads][:2] == [1.0, 1.0]
    several = [b for b in beads if source.segments[b.source_start].unit == 3]
    assert len(several) == 2


def test_an_edit_a_missing_translation_and_a_code_go_into_their_units(review, path):
    before = path.read_text("utf-8")
    assert exported(review, path) == before
    review.edit(row(review, "river"), "La rivière a débordé.")
    fell = row(review, "fell")
    opening, closing_ = (code.character for code in review.pair(fell).source[0].codes)
    review.edit(fell, f"Le {opening}pont{closing_} est tombé.")
    assert [code.id for code in review.pair(fell).target[0].codes] == ["1", "1"]
    review.edit(row(review, "Nobody"), "Aucun blessé.")
    review.edit(row(review, "rebuilt"), "Il sera reconstruit.")
    wanted = before.replace("est montée", "a débordé")
    wanted = wanted.replace("Le pont est", "Le <g id='1'>pont</g> est")
    added = "<target>Aucun blessé. Il sera reconstruit.</target>"
    assert exported(review, path) == wanted.replace("<target></target>", added)


def test_a_locked_unit_stays_as_it_is(review, path):
    end = row(review, "end")
    assert review.pair(end).is_locked
    review.edit(end, "La fin.")
    review.confirm(end, "La fin.")
    hits = review.search("Fin", replacement="Final", side=Side.TARGET)
    assert hits.run()
    assert len(hits) == 1
    assert review.replace_all(hits) == 0
    assert exported(review, path) == path.read_text("utf-8")


def test_lost_extra_and_crossed_codes_have_a_fix_in_one_key(review):
    fell = row(review, "fell")

    def found():
        pairs = [review.pair(n) for n in range(review.count)]
        return analyse(pairs, ("en", "fr"), [inline_codes.CHECK]).findings

    assert [f.variant for f in found()] == ["lost-pair"]
    while findings := found():
        review.apply(findings[0], findings[0].suggestions[0])
    text = review.pair(fell).target_text
    opening, closing_ = (code.character for code in review.pair(fell).source[0].codes)
    assert text.index(opening) < text.index(closing_)
    swapped = text.replace(opening, "|").replace(closing_, opening).replace("|", closing_)
    for wrong, variant in ((swapped, "crossed"), (text + opening, "extra")):
        review.edit(fell, wrong)
        (finding,) = found()
        assert finding.variant == variant
        review.apply(finding, finding.suggestions[0])
        assert review.pair(fell).target_text == text


def test_the_same_file_elsewhere_has_the_same_subjects(path, tmp_path):
    first = import_files(request(path, tmp_path / "one.bitext"), Watch()).project
    second = import_files(request(path, tmp_path / "two.bitext"), Watch()).project
    with closing(open_review(first, SETTINGS)) as review:
        review.edit(row(review, "Nobody"), "Aucun blessé.")
        review.edit(row(review, "river"), "La rivière a débordé.")
    with closing(store.open_project(first)) as project:
        log = list(store.export_log(project))
    store.import_log(second, log)
    (opened,) = read_all_pairs(second)
    texts = [pair.target_text for pair in opened.pairs]
    assert "Aucun blessé." in texts
    assert "La rivière a débordé." in texts


def test_a_bilingual_file_can_be_added_and_salvaged(path, tmp_path):
    project = import_files(request(path), Watch()).project
    other = tmp_path / "b.xlf"
    other.write_text(xliff([("More.", "Plus.")]), "utf-8")
    import_files(request(other, project, add=True), Watch())
    assert [pair.title for pair in contents(project)] == ["a.xlf", "b.xlf"]
    rescued = tmp_path / "rescued.bitext"
    store.salvage(project, rescued)
    assert [pair.source.is_bilingual for pair in contents(rescued)] == [True, True]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlf", "<xliff version='1.2'><file><body/></file></xliff>", "holds no units"),
        ("a.xlf", "<html/>", "no XLIFF"),
        ("a.xlf", "<xliff version='1.2'>", "damaged at line 1"),
        ("a.txt", "Text.", "holds one text, not a text and its translation"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, name, data, said):
    (tmp_path / name).write_text(data, "utf-8")
    with pytest.raises(FormatError, match=said):
        import_files(request(tmp_path / name), Watch())


def test_languages_that_the_file_does_not_name_are_told_from_the_text(tmp_path):
    file = tmp_path / "a.xlf"
    file.write_text(xliff(UNITS).replace('target-language="fr"', ""), "utf-8")
    source, target = read_both(Reading(file), Reading(file), Watch())
    assert source.sure
    assert target.document.language == "fr"
    told = read_both(Reading(file), replace(Reading(file), language="fr-CA"), Watch())[1]
    assert (told.document.language, told.sure) == ("fr-CA", True)


ROWS = (
    "The river rose over night.,Der Fluss stieg.,La rivière est montée pendant la nuit.\n"
    "The old bridge fell down.,Die Brücke fiel.,Le vieux pont est tombé dans l'eau.\n"
)


def test_columns_that_cannot_be_told_are_asked_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"anglais,allemand,francais\n{ROWS}", "utf-8")
    asked = replace(request(path), target=Reading(path, language="de"))
    looks = import_if_sure(ImportIfSure(asked), Watch())
    assert [len(look.columns) for look in looks] == [3, 3]
    settings = SETTINGS.with_table(layout_name(looks[0].columns), 0, 1)
    made = import_if_sure(ImportIfSure(asked, settings.tables), Watch())
    assert (made.source_language, made.target_language) == ("en", "de")


@pytest.mark.parametrize("entry", ["", "x", "{} 0", "{} 0 9", "{} a b", "{} -1 0", "{} ² 1"])
def test_odd_entries_of_remembered_tables_are_passed_over(tmp_path, entry):
    path = tmp_path / "a.csv"
    path.write_text(ROWS, "utf-8")
    columns = read_both(Reading(path), Reading(path), Watch())
    assert remembered(columns, [entry.format(layout_name(columns[0].choices))]) is None


def test_a_workbook_is_given_back_with_the_edited_cell(tmp_path):
    path = Path(__file__).parent.parent / "golden" / "words.xlsx"
    asked = request(path, tmp_path / "p.bitext")
    review = open_review(import_files(asked, Watch()).project, SETTINGS)
    with closing(review):
        review.edit(row(review, "river"), "=La rivière")
        out = tmp_path / "out.xlsx"
        shown = review.pair_of_documents
        export_pair(review.path, shown.align_id, review.saving.on_its_way, out, force=False)
    targets = [unit.text for unit in read_bilingual(out, {})[2].target]
    assert targets[0] == "=La rivière"


def test_what_stands_there_is_no_suggestion():
    texts = [
        ("The log book lies in the watch room.", "Le journal se trouve dans la salle de garde."),
        ("The keeper’s wife painted the watch room.", "La femme du gardien peint la watch room."),
        ("The watch room is green.", "La watch room est verte."),
    ]
    pairs = [
        Pair(n, *((Segment(n, n, 0, len(text), text),) for text in both))
        for n, both in enumerate(texts)
    ]
    found = analyse(pairs, ("en", "fr"), [untranslated.CHECK]).findings
    assert {finding.words[0] for finding in found} == {"watch room"}
    assert not any("watch room" in finding.suggestions for finding in found)
