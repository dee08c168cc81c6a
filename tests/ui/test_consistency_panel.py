"""The Consistency tab over a real review."""

import pytest
from PySide6.QtCore import Qt
from review_sample import SOURCE_TERM

from reviewer.review.tasks.across import Elsewhere, There
from reviewer.ui.panels.consistency_panel import ConsistencyPanel


@pytest.fixture
def panel(qtbot, review):
    panel = ConsistencyPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 700)
    panel.show_review(review)
    panel.show()
    return panel


def test_the_sure_group_comes_first_with_its_dominant_rendering_chosen(panel):
    assert panel.part.view.group.source == SOURCE_TERM
    assert panel.part.preferred == "Casques bleus"
    assert panel.count == 1
    assert panel.part.button("unify").text() == "Unify to “Casques bleus”"


def test_every_replacement_is_shown_before_anything_changes(panel, review):
    rows = panel.part.changes.rows
    assert [row.replacement.pair for row in rows] == [2, 11, 12]
    assert [row.box.isChecked() for row in rows] == [True, True, False]
    assert review.undo_label is None


def test_another_rendering_changes_button_and_preview(panel):
    panel.take_focus()
    assert panel.part.first.hasFocus()
    panel.part._radios.button(1).setChecked(True)
    assert panel.part.preferred == "soldats de la paix"
    assert "soldats de la paix" in panel.part.button("unify").text()
    assert {row.replacement.new for row in panel.part.changes.rows} == {"soldats de la paix"}


def test_unify_hands_over_the_ticked_places(panel, qtbot):
    panel.part.changes.rows[0].box.setChecked(False)
    with qtbot.waitSignal(panel.unify_asked) as asked:
        panel.part.button("unify").click()
    group, preferred, chosen = asked.args
    assert (group.source, preferred) == (SOURCE_TERM, "Casques bleus")
    assert [change.pair for change in chosen] == [11]


def test_enter_on_a_rendering_unifies(panel, qtbot):
    panel.take_focus()
    with qtbot.waitSignal(panel.unify_asked):
        qtbot.keyClick(panel.part.first, Qt.Key.Key_Return)


def test_a_rendering_of_another_document_says_where(panel, review):
    there = There("Heaumes", "annexe.fr.txt", 2)
    review.take_elsewhere((Elsewhere(SOURCE_TERM, ("Casques bleus",), (there,)),))
    panel.refresh()
    part = panel.part._parts[-1]
    assert part.text == "Heaumes"
    assert "2× in “annexe.fr.txt”" in part._places.text()
    panel.part._radios.buttons()[-1].setChecked(True)
    assert {row.replacement.new for row in panel.part.changes.rows} <= {"Heaumes", "heaumes"}
    assert len(panel.part.changes.rows) == 5


def test_nothing_ticked_cannot_be_unified(panel):
    for row in panel.part.changes.rows:
        row.box.setChecked(False)
    assert not panel.part.button("unify").isEnabled()


def test_a_place_can_be_gone_to(panel, qtbot):
    part = panel.part._parts[1]
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        part._places.linkActivated.emit("11")
    assert chosen.args == [11, 4, 22]


def test_the_lower_tier_is_folded_until_it_is_asked_for(panel):
    panel.next()
    assert panel.part.view.group.source == SOURCE_TERM
    panel._strays.setChecked(True)
    panel.next()
    assert panel.part.view.group.source == "Palang Merah"


def test_a_kept_group_leaves_and_can_be_looked_at_again(panel, review):
    review.terms.keep(panel.part.view.group, "both are used")
    panel.refresh()
    assert panel.count == 0
    assert panel.part is None
    panel._decided.setChecked(True)
    assert panel.part.view.reason == "both are used"


def test_show_term_unfolds_the_tier_it_is_in(panel, qtbot):
    assert panel.show_term("Palang Merah", "Croissant rouge")
    assert panel.part.view.group.source == "Palang Merah"
    assert not panel.show_term("tidak ada")


def test_unifying_leaves_no_drift(panel, review):
    view = panel.part.view
    review.terms.unify(
        view.group, "Casques bleus", review.terms.replacements(view.group, "Casques bleus")
    )
    panel.refresh()
    assert panel.part is None or panel.part.view.group.source != SOURCE_TERM


def test_decisions_are_asked_for_by_name(panel, qtbot):
    for name in ("keep", "different", "not-a-term"):
        with qtbot.waitSignal(panel.decision_asked) as asked:
            panel.part.button(name).click()
        assert asked.args[1] == name


def test_enter_on_a_decision_does_not_unify(panel, qtbot):
    keep = panel.part.button("keep")
    keep.setFocus()
    with qtbot.assertNotEmitted(panel.unify_asked), qtbot.waitSignal(panel.decision_asked):
        qtbot.keyClick(keep, Qt.Key.Key_Return)


def test_page_keys_turn_to_other_terms_with_the_keyboard_in_the_choice(panel, qtbot):
    panel._strays.setChecked(True)
    panel.take_focus()
    qtbot.keyClick(panel.part.first, Qt.Key.Key_PageDown)
    assert panel.part.view.group.source == "Palang Merah"
    assert panel.part.first.hasFocus()
    qtbot.keyClick(panel.part.first, Qt.Key.Key_PageUp)
    assert panel.part.view.group.source == SOURCE_TERM


def test_tab_leads_from_the_choice_to_the_boxes_before_the_places(panel, qtbot):
    panel.activateWindow()
    panel.take_focus()
    seen = []
    for _ in range(10):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        seen.append(panel.focusWidget())
    buttons = [panel.part.button(name) for name in ("unify", "keep", "different", "not-a-term")]
    boxes = [row.box for row in panel.part.changes.rows]
    assert seen[:4] == buttons
    assert seen[5:8] == boxes
    panel.part.changes.rows[0].box.setFocus()
    qtbot.keyClick(boxes[0], Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.unify_asked) as asked:
        qtbot.keyClick(boxes[0], Qt.Key.Key_Return)
    assert [change.pair for change in asked.args[2]] == [11]


def test_enter_with_nothing_ticked_leads_to_the_boxes(panel, qtbot):
    panel.activateWindow()
    for row in panel.part.changes.rows:
        row.box.setChecked(False)
    panel.take_focus()
    with qtbot.assertNotEmitted(panel.unify_asked):
        qtbot.keyClick(panel.part.first, Qt.Key.Key_Return)
    assert panel.part.changes.rows[0].box.hasFocus()
