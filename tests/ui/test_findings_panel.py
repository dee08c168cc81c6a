"""The Findings tab over a real review."""

from dataclasses import replace

from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.modeltest import ModelTester
from review_sample import analysis, found

from reviewer.model import Kind, Level, WaiverScope
from reviewer.review.checking.precision import Tally
from reviewer.ui.panels.findings_model import FindingsModel
from reviewer.ui.panels.findings_panel import FindingsPanel


def shown(qtbot, review, kinds=()):
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 600)
    panel.refresh(review, kinds)
    panel.show()
    return panel


def titles(panel):
    return [(section.title, len(section.entries)) for section in panel.model.sections]


def test_findings_are_grouped_by_check_in_the_order_of_the_chips(qtbot, review):
    panel = shown(qtbot, review)
    checks = [section.check for section in panel.model.sections]
    assert checks == ["untranslated", "drift", "numbers", "spacing"]
    assert titles(panel)[1][1] == 3


def test_a_level_is_told_where_it_was_chosen(qtbot, review):
    panel = shown(qtbot, review)
    assert {section.level for section in panel.model.sections} == {""}
    numbers = review.check_by_id("numbers")
    review.settings.set_level(numbers, Level.STRICT)
    panel.refresh(review, {Kind.NUMBER})
    assert [section.level for section in panel.model.sections] == ["Strict"]


def test_counts_make_room_for_the_title_of_their_group(qtbot, review):
    panel = shown(qtbot, review)
    delegate, metrics = panel.findChild(QTreeView).itemDelegate(), panel.fontMetrics()
    section = replace(panel.model.sections[0], tally=Tally(fixed=2, waived=3), level="Strict")
    count = str(len(section.entries))
    assert delegate.note(section, 1000, metrics) == f"{count}  ·  2 fixed  ·  3 waived  ·  Strict"
    assert delegate.note(section, metrics.horizontalAdvance(f"{count}  ·  2 fixed"), metrics) == (
        f"{count}  ·  2 fixed"
    )
    assert delegate.note(section, 0, metrics) == count


def test_model_keeps_the_rules_of_qt(qtbot, review):
    model = FindingsModel()
    model.show(review, ())
    ModelTester(None).check(model)


def test_chips_restrict_the_list(qtbot, review):
    panel = shown(qtbot, review, {Kind.TERMS})
    assert [section.check for section in panel.model.sections] == ["drift"]


def test_click_on_a_finding_chooses_it(qtbot, review):
    panel = shown(qtbot, review)
    tree = panel.findChild(QTreeView)
    index = panel.model.index_of(found(review, "numbers"))
    tree.scrollTo(index)
    centre = tree.visualRect(index).center()
    with qtbot.waitSignal(panel.finding_chosen) as chosen:
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(centre))
    assert chosen.args == [found(review, "numbers")]


def test_enter_on_a_finding_chooses_it(qtbot, review):
    panel = shown(qtbot, review)
    panel.set_current(found(review, "untranslated"))
    with qtbot.waitSignal(panel.finding_chosen) as chosen:
        qtbot.keyClick(panel.findChild(QTreeView), Qt.Key.Key_Return)
    assert chosen.args[0].check == "untranslated"


def test_waived_findings_are_listed_and_can_be_taken_back(qtbot, review):
    review.waive(found(review, "numbers"), WaiverScope.HERE, "a date")
    panel = shown(qtbot, review)
    section = panel.model.sections[-1]
    assert (section.check, len(section.entries)) == ("", 1)
    index = panel.model.index(0, 0, panel.model.index(len(panel.model.sections) - 1, 0))
    assert "a date" in str(panel.model.detail(panel.model.entry(index)))
    panel.findChild(QTreeView).setCurrentIndex(index)
    action = panel.menu_for(index).actions()[0]
    with qtbot.waitSignal(panel.unwaive_asked) as asked:
        action.trigger()
    review.unwaive(asked.args[0])
    assert found(review, "numbers")


def test_a_check_is_muted_from_its_menu_and_comes_back(qtbot, review):
    panel = shown(qtbot, review)
    menu = panel.menu_for(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.mute_asked) as asked:
        menu.actions()[0].trigger()
    assert asked.args == ["untranslated", False]
    review.settings.set_check("untranslated", on=False)
    panel.refresh(review)
    muted = [section.check for section in panel.model.sections if section.muted]
    assert muted == ["untranslated"]


def test_folding_and_the_current_row_survive_a_refresh(qtbot, review):
    panel = shown(qtbot, review)
    tree = panel.findChild(QTreeView)
    tree.collapse(panel.model.index(1, 0))
    panel.set_current(found(review, "numbers"))
    panel.refresh(review)
    assert not tree.isExpanded(panel.model.index(1, 0))
    assert panel.model.entry(tree.currentIndex()) == found(review, "numbers")


def test_rows_are_spoken_as_whole_sentences(qtbot, review):
    panel = shown(qtbot, review)
    index = panel.model.index_of(found(review, "untranslated"))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Pair 2: ")


def test_painting_does_not_fail_without_a_finding(qtbot, review):
    finding = found(review, "spacing")
    review.waive(finding, WaiverScope.HERE)
    review.edit(finding.pair, "Tout autre chose.")
    panel = shown(qtbot, review)
    tree = panel.findChild(QTreeView)
    tree.expandAll()
    assert not panel.grab().isNull()


def test_what_was_fixed_is_counted(qtbot, review):
    panel = shown(qtbot, review)
    review.edit(3, "Au moins 14 civils ont été blessés, dont trois enfants.")
    review.waive(found(review, "untranslated"), WaiverScope.HERE)
    panel.refresh(review)
    counts = {
        s.check: (len(s.entries), s.tally.fixed, s.tally.waived) for s in panel.model.sections
    }
    assert counts["numbers"] == (0, 1, 0)
    assert counts["drift"] == (3, 0, 0)
    assert "untranslated" not in counts


def test_the_list_opens_at_its_top(qtbot, review):
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 120)
    panel.refresh(review)
    panel.set_current(review.findings()[-1], follow=False)
    panel.show()
    bar = panel.findChild(QTreeView).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    panel.refresh(review)
    assert bar.value() == 0


def test_the_list_follows_who_walks_and_stays_there(qtbot, review):
    panel = shown(qtbot, review)
    panel.resize(372, 120)
    panel.set_current(found(review, "spacing"))
    bar = panel.findChild(QTreeView).verticalScrollBar()
    there = bar.value()
    assert there > 0
    review.waive(found(review, "untranslated"), WaiverScope.HERE)
    panel.refresh(review)
    assert bar.value() == min(there, bar.maximum())


def test_a_row_is_strong_where_the_keyboard_is(qtbot, review):
    panel = shown(qtbot, review)
    panel.activateWindow()
    tree = panel.findChild(QTreeView)
    panel.set_current(found(review, "untranslated"))
    corner = tree.visualRect(tree.currentIndex()).topLeft() + QPoint(2, 2)
    strong = tree.palette().highlight().color()
    tree.clearFocus()
    assert tree.viewport().grab().toImage().pixelColor(corner) != strong
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    assert tree.viewport().grab().toImage().pixelColor(corner) == strong


def test_findings_that_are_not_listed_are_counted(qtbot, review):
    panel = shown(qtbot, review)
    before = review.counts()[Kind.NUMBER]
    review.take(replace(analysis(), more={"numbers": 12_345, "spacing": 0}), review.revision)
    panel.refresh(review)
    section = next(s for s in panel.model.sections if s.check == "numbers")
    assert (len(section.entries), section.more) == (1, 12_345)
    assert review.counts()[Kind.NUMBER] == before + 12_345
    assert review.tallies()["numbers"] == Tally(open=12_346)
    delegate = panel.findChild(QTreeView).itemDelegate()
    locale = QLocale()
    assert delegate.note(section, 1000, panel.fontMetrics()) == f"1 of {locale.toString(12_346)}"
    told = panel.model.index(panel.model.sections.index(section), 0).data(
        Qt.ItemDataRole.ToolTipRole
    )
    assert "12346 findings" in told
    assert "The first 1 that are open are listed" in told
    review.settings.set_check("numbers", on=False)
    assert Kind.NUMBER not in review.counts()
    assert "numbers" not in review.tallies()


def test_what_is_not_listed_is_found_when_one_comes_to_its_pair(qtbot, review):
    told = analysis()
    left = found(review, "numbers")
    fewer = tuple(finding for finding in told.findings if finding != left)
    review.take(replace(told, findings=fewer, more={"numbers": 7}), review.revision)
    assert not review.board.open_of(left.pair)
    changes = []
    review.listen(changes.append)
    review.come_to(left.pair)
    (come,) = review.board.open_of(left.pair)
    assert (come.check, come.spans[0]) == (left.check, left.spans[0])
    assert [change.rows for change in changes] == [{left.pair}]
    assert review.tallies()["numbers"] == Tally(open=7)
    review.come_to(left.pair)
    assert len(changes) == 1
    review.waive(come, WaiverScope.HERE)
    assert review.tallies()["numbers"] == Tally(open=6, waived=1)


def test_what_is_not_listed_is_counted_once_where_its_pair_is_edited(review):
    told = analysis()
    left = found(review, "numbers")
    fewer = tuple(finding for finding in told.findings if finding != left)
    review.take(replace(told, findings=fewer, more={"numbers": 7}), review.revision)
    review.edit(left.pair, f"Oui, {review.pair(left.pair).target_text}")
    assert [f.check for f in review.board.open_of(left.pair)] == ["numbers"]
    assert review.tallies()["numbers"].open == 7
    review.undo()
    assert review.tallies()["numbers"].open == 7


def test_what_is_not_listed_is_waived_with_its_check(review):
    review.take(replace(analysis(), more={"numbers": 7, "spacing": 2}), review.revision)
    before = review.counts()[Kind.NUMBER]
    review.waive(found(review, "numbers"), WaiverScope.CHECK)
    assert Kind.NUMBER not in review.counts()
    assert review.tallies()["numbers"].open == 0
    assert review.board.more() == {"spacing": 2}
    review.undo()
    assert review.counts()[Kind.NUMBER] == before
