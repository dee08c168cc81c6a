"""The person's checklists in an open review."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from review_sample import open_sample

from reviewer.checks.rule import Condition, Rule
from reviewer.model import WaiverScope
from reviewer.review.checking import checklists
from reviewer.review.checking.pipeline import Watch
from reviewer.review.checking.rule_files import Checklist, read_checklist
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.requests import CheckRequest
from reviewer.review.tasks.requests import Reports as _Reports
from reviewer.review.tasks.whole_check import check

PEACE = Rule("Peace", "penjaga perdamaian", "Casques? bleus?", Condition.MUST)


@pytest.fixture
def review(tmp_path):
    review = open_sample(tmp_path)
    yield review
    review.close()


class Nowhere:
    def send(self, message):
        pass


def check_whole(review):
    align_id = review.pair_of_documents.align_id
    request = CheckRequest(review.path, align_id, review.saving.on_its_way, review.revision)
    done = check(request, Watch(), _Reports(1, Nowhere()))
    review.take(done.analysis, review.revision)
    return done


def by_rules(review):
    return [(f.pair, f.words[0]) for f in review.findings() if f.check == "checklist"]


def test_chosen_lists_are_checked_by_the_worker_and_after_an_edit(review):
    path = checklists.save(Checklist("House style", (PEACE,)))
    assert path.name == "House style.toml"
    review.settings.set_checklists([path.name])
    assert not check_whole(review).notes
    assert by_rules(review) == [(2, "Peace"), (11, "Peace"), (12, "Peace")]
    review.edit(11, "Les Casques bleus escorteront le convoi humanitaire.")
    assert by_rules(review) == [(2, "Peace"), (12, "Peace")]
    assert review.tallies()["checklist"].fixed == 1
    review.edit(0, "Les soldats de la paix sont arrivés.")
    assert (0, "Peace") in by_rules(review)
    review.settings.set_checklists([])
    check_whole(review)
    assert by_rules(review) == []


def test_a_waiver_outlives_another_message(review):
    path = checklists.save(Checklist("House style", (PEACE,)))
    review.settings.set_checklists([path.name])
    check_whole(review)
    first = next(f for f in review.findings() if f.check == "checklist")
    review.waive(first, WaiverScope.TEXT)
    assert by_rules(review) == []
    told = Rule("Peace", PEACE.source, PEACE.target, Condition.MUST, "Say it so.")
    checklists.save(Checklist("House style", (told,)), path)
    check_whole(review)
    assert by_rules(review) == []


def test_a_slow_rule_is_one_finding_and_stays_off_while_editing(review):
    slow = Rule("Slow", target="(a|aa)+$")
    path = checklists.save(Checklist("Slow", (slow,)))
    review.settings.set_checklists([path.name])
    review.edit(0, "a" * 80 + "b")
    check_whole(review)
    assert by_rules(review) == [(0, "Slow")]
    review.edit(1, "a" * 80 + "c")
    assert by_rules(review) == [(0, "Slow")]


def test_only_lists_of_the_folder_are_opened(review, tmp_path):
    (tmp_path / "else.toml").write_text("[[rule]]\ntarget = 'e'\n")
    review.settings.set_checklists([str(tmp_path / "else.toml"), "../else.toml", ""])
    assert review.saving.flush()
    gathered = read_pairs(review.path, None).checklists
    assert gathered.rules == ()
    assert len(gathered.notes) == 2


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "etc passwd.toml"),
        ("CON", "CON-list.toml"),
        ("…", "-list.toml"),
        ("Maison: style*", "Maison style.toml"),
        ("x" * 300, "x" * 60 + ".toml"),
    ],
)
def test_the_name_of_a_list_is_no_path(name, file):
    path = checklists.save(Checklist(name, (PEACE,)))
    assert path == checklists.folder() / file
    again = checklists.save(Checklist(name, (PEACE,)))
    assert again.name == file.replace(".toml", " 2.toml")
    assert read_checklist(again).rules == (PEACE,)


def test_a_table_stays_a_table(review):
    checklists.folder().mkdir(parents=True)
    path = checklists.folder() / "terms.csv"
    path.write_text("source,target\nbridge,pont\n")
    checklists.save(Checklist("terms", (PEACE,)), path)
    assert path.read_text("utf-8").startswith("name,source,target,condition")
    assert list(checklists.available()) == ["terms.csv"]
    kept = path.with_name("terms.csv.bak")
    assert kept.read_text("utf-8") == "source,target\nbridge,pont\n"


def test_a_rule_is_tried_while_it_is_written(review):
    pairs = [review.pair(number) for number in range(review.count)]
    trial = checklists.tried(PEACE, pairs)
    assert [f.pair for f in trial.findings] == [2, 11, 12]
    assert trial.looked_at == 14
    slow = Rule("Slow", target=r"(\w|\w\w|\W\w)+$")
    assert checklists.tried(slow, pairs).slow
    many = checklists.tried(Rule("e", target="e"), pairs, most=7)
    assert len(many.findings) == 7
    assert many.looked_at < 14
