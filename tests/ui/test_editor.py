import pytest
import sample_rows
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.model import Side, Span
from reviewer.review.search import Search
from reviewer.ui.look import theme
from reviewer.ui.rows.grid import PairView

CTRL = Qt.KeyboardModifier.ControlModifier


class Reviewed(PairView):
    """A view whose rows take the edits, as the window makes them do."""

    def __init__(self, rows):
        super().__init__()
        self.told = []
        self.edited.connect(self._take)
        self.set_rows(rows)

    def _take(self, number, text):
        self.told.append((number, text))
        self._rows.edit(number, text)
        self.rows_changed({number})


@pytest.fixture
def make(qtbot):
    def show(rows):
        view = Reviewed(rows)
        qtbot.addWidget(view)
        view.setPalette(theme.palette_of(theme.light()))
        view.resize(900, 500)
        view.show()
        view.activateWindow()
        assert QTest.qWaitForWindowActive(view)
        return view

    return show


@pytest.fixture
def view(make):
    return make(sample_rows.french())


def edit(view, number, caret=None):
    view.set_current(number, focus=True)
    view.edit_current()
    editor = view._active.editor
    if caret is not None:
        editor.select(caret, caret)
    return editor


def press(editor, key, modifiers=Qt.KeyboardModifier.NoModifier, text=""):
    QApplication.sendEvent(editor, QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, text))


def overridden(editor, key, modifiers, text=""):
    """Whether the editor keeps a key from the shortcuts of the window."""
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, modifiers, text)
    event.ignore()
    QApplication.sendEvent(editor, event)
    return event.isAccepted()


class TestRoundTrip:
    @pytest.mark.parametrize(
        "typed", ["é", "🙂", "سلام", "中文", "a\u0301", "👩‍👩‍👧", "\u00a0", "“x”"]
    )
    def test_what_is_typed_is_told(self, view, typed):
        editor = edit(view, 0, 3)
        editor.insertPlainText(typed)
        before = sample_rows.FRENCH[0][1]
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        assert view.told == [(0, before[:3] + typed + before[3:])]

    def test_nothing_is_told_of_an_unchanged_text(self, view):
        editor = edit(view, 5)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        assert view.told == []
        assert not view.is_editing

    @pytest.mark.parametrize("number", range(12))
    def test_every_text_comes_back_as_it_was(self, view, number):
        editor = edit(view, number)
        assert editor.text() == sample_rows.FRENCH[number][1]

    def test_offsets_count_code_points(self, make):
        rows = sample_rows.french()
        rows.texts[0] = ("a", "🙂🙂 mot\nfin 🙂")
        editor = edit(make(rows), 0, 6)
        editor.insertPlainText("s")
        assert editor.caret() == 7
        assert editor.text() == "🙂🙂 mots\nfin 🙂"
        editor.select(0, 2)
        assert editor.selected_text() == "🙂🙂"
        assert editor.selected_range() == (0, 2)

    def test_enter_leaves_and_the_keyboard_goes_to_the_row(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert view.told == [(0, "X" + sample_rows.FRENCH[0][1])]
        assert not view.is_editing
        assert view.hasFocus()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
    def test_a_key_opens_the_editor_behind_the_finding(self, view, key):
        view.set_current(1, focus=True)
        QTest.keyClick(view, key)
        assert view.is_editing
        span = view.active_finding.spans[0]
        assert view.hand.caret() == span.end

    def test_a_click_opens_it_at_the_mouse(self, view):
        cell = view._shown[3].cells[Side.TARGET]
        box = cell.boxes(9, 9)[0]
        columns, place = view._shown.columns, view.place_of(3)
        at = QPoint(columns.left(Side.TARGET), place.y + columns.pad) + box.center().toPoint()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert view.is_editing
        assert view.hand.caret() == 9

    def test_going_on_takes_the_editor_along(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        view.set_current(2, focus=True)
        assert view.is_editing
        assert editor.text() == sample_rows.FRENCH[2][1]
        assert view.told == [(0, "X" + sample_rows.FRENCH[0][1])]

    def test_going_on_without_the_keyboard_closes_it(self, view, qtbot):
        edit(view, 0)
        with qtbot.waitSignal(view.editing_changed) as caught:
            view.set_current(4)
        assert caught.args == [False]
        assert not view.is_editing

    def test_an_empty_target_can_be_written(self, make):
        rows = sample_rows.french()
        rows.texts[4] = (rows.texts[4][0], "")
        view = make(rows)
        editor = edit(view, 4)
        QTest.keyClicks(editor, "Oui")
        view.leave_editor()
        assert view.told == [(4, "Oui")]

    def test_other_rows_end_the_editing(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        view.set_rows(sample_rows.chinese())
        assert view.told[0][0] == 0
        assert not view.is_editing


class TestFocus:
    def _lose(self, editor, reason):
        editor.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut, reason))

    def test_the_keyboard_elsewhere_ends_it(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        self._lose(editor, Qt.FocusReason.MouseFocusReason)
        assert len(view.told) == 1
        assert not view.is_editing

    def test_a_menu_does_not(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        self._lose(editor, Qt.FocusReason.PopupFocusReason)
        assert view.told == []
        assert view.is_editing

    def test_another_window_only_records(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        self._lose(editor, Qt.FocusReason.ActiveWindowFocusReason)
        assert len(view.told) == 1
        assert view.is_editing
        self._lose(editor, Qt.FocusReason.ActiveWindowFocusReason)
        assert len(view.told) == 1


class TestSegments:
    """Boundaries between segments can neither be lost nor made."""

    TWO = "Un deux.\nTrois quatre."

    @pytest.fixture
    def editor(self, make):
        rows = sample_rows.french()
        rows.texts[0] = ("Satu.\nDua.", self.TWO)
        return edit(make(rows), 0)

    @pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
    def test_backspace_stops_at_the_beginning(self, editor, modifiers):
        editor.select(9, 9)
        press(editor, Qt.Key.Key_Backspace, modifiers)
        assert editor.text() == self.TWO

    @pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
    def test_delete_stops_at_the_end(self, editor, modifiers):
        editor.select(8, 8)
        press(editor, Qt.Key.Key_Delete, modifiers)
        assert editor.text() == self.TWO

    def test_words_are_deleted_inside(self, editor):
        editor.select(14, 14)
        press(editor, Qt.Key.Key_Backspace, CTRL)
        assert editor.text() == "Un deux.\n quatre."
        press(editor, Qt.Key.Key_Delete, CTRL)
        press(editor, Qt.Key.Key_Delete, CTRL)
        press(editor, Qt.Key.Key_Delete, CTRL)
        assert editor.text() == "Un deux.\n"
        press(editor, Qt.Key.Key_Delete, CTRL)
        assert editor.text() == "Un deux.\n"

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_a_selection_over_the_boundary_leaves_it(self, editor, key):
        editor.select(3, 14)
        press(editor, key)
        assert editor.text() == "Un \n quatre."
        editor.undo()
        assert editor.text() == self.TWO

    def test_typing_over_it_leaves_it_too(self, editor):
        editor.select(0, len(self.TWO))
        press(editor, Qt.Key.Key_A, text="a")
        assert editor.text() == "a\n"

    def test_cutting_leaves_it_and_pasting_makes_none(self, editor):
        editor.select(3, 14)
        press(editor, Qt.Key.Key_X, CTRL, "\x18")
        assert editor.text() == "Un \n quatre."
        assert QGuiApplication.clipboard().text() == "deux.\nTrois"
        editor.paste()
        assert editor.text() == "Un deux. Trois\n quatre."

    @pytest.mark.parametrize("breaks", ["\n", "\r\n", "\u2028", "\u2029", "\n\n", "\x0b", "\x85"])
    def test_pasted_breaks_become_spaces(self, editor, breaks):
        data = QMimeData()
        data.setText(f"x{breaks}y")
        editor.select(0, 0)
        editor.insertFromMimeData(data)
        assert editor.text() == "x y" + self.TWO

    def test_markup_is_pasted_as_text(self, editor):
        data = QMimeData()
        data.setHtml("<b>fett</b>")
        data.setText("<b>fett</b>")
        editor.select(0, 0)
        editor.insertFromMimeData(data)
        assert editor.text() == "<b>fett</b>" + self.TWO

    @pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.ShiftModifier, CTRL])
    def test_enter_never_makes_one(self, editor, modifiers):
        press(editor, Qt.Key.Key_Return, modifiers, "\r")
        assert editor.text() == self.TWO

    def test_an_input_method_makes_none(self, editor):
        editor.select(2, 2)
        event = QInputMethodEvent()
        event.setCommitString("a\nb")
        QApplication.sendEvent(editor, event)
        assert editor.text() == "Una b deux.\nTrois quatre."

    def test_an_input_method_loses_none(self, editor):
        editor.select(3, 14)
        event = QInputMethodEvent()
        event.setCommitString("中")
        QApplication.sendEvent(editor, event)
        assert editor.text() == "Un 中\n quatre."

    def test_whatever_way_it_is_lost_it_comes_back(self, editor):
        cursor = editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.removeSelectedText()
        assert editor.text() == self.TWO


class TestInputMethod:
    def _compose(self, editor, preedit, commit=""):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(editor, event)

    def test_what_is_composed_is_no_text_yet(self, make):
        view = make(sample_rows.chinese())
        editor = edit(view, 0, 3)
        self._compose(editor, "ni hao")
        assert editor.is_composing
        assert editor.text() == sample_rows.CHINESE[0][1]
        view.grab()
        self._compose(editor, "", "你好")
        assert not editor.is_composing
        view.leave_editor()
        text = sample_rows.CHINESE[0][1]
        assert view.told == [(0, text[:3] + "你好" + text[3:])]

    def test_highlights_stand_behind_what_is_composed(self, make):
        view = make(sample_rows.chinese())
        editor = edit(view, 1, 0)
        (before,) = editor.drawn()[0].boxes
        self._compose(editor, "nihao")
        (during,) = editor.drawn()[0].boxes
        assert (during.top(), during.left()) > (before.top(), before.left())
        self._compose(editor, "", "")
        assert editor.drawn()[0].boxes == (before,)

    def test_undo_takes_back_what_was_composed(self, make):
        view = make(sample_rows.chinese())
        editor = edit(view, 0, 0)
        self._compose(editor, "", "你好")
        editor.undo()
        assert editor.text() == sample_rows.CHINESE[0][1]


class TestKeys:
    @pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_U, Qt.Key.Key_E, Qt.Key.Key_1])
    def test_chords_are_for_the_window(self, view, key):
        editor = edit(view, 0)
        text = editor.text()
        assert not overridden(editor, key, CTRL)
        press(editor, key, CTRL)
        assert editor.text() == text

    @pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_F2, Qt.Key.Key_F5])
    def test_function_keys_are_for_the_window(self, view, key):
        assert not overridden(edit(view, 0), key, Qt.KeyboardModifier.NoModifier)

    def test_copying_is_for_the_text(self, view):
        editor = edit(view, 0)
        assert overridden(editor, Qt.Key.Key_C, CTRL)
        assert overridden(editor, Qt.Key.Key_Left, CTRL)

    def test_undo_is_for_the_text_while_there_is_something(self, view):
        editor = edit(view, 0)
        assert not overridden(editor, Qt.Key.Key_Z, CTRL)
        QTest.keyClicks(editor, "x")
        assert overridden(editor, Qt.Key.Key_Z, CTRL)
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
        assert not editor.is_changed
        assert not overridden(editor, Qt.Key.Key_Z, CTRL)

    def test_altgr_types(self, view):
        editor = edit(view, 0, 0)
        press(editor, Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.AltModifier, "€")
        assert editor.text().startswith("€")

    def test_page_keys_scroll_the_view(self, make):
        view = make(sample_rows.many(200))
        editor = edit(view, 0)
        QTest.keyClick(editor, Qt.Key.Key_PageDown)
        assert view.current > 0
        assert view.is_editing

    def test_the_menu_is_that_of_the_view(self, view, qtbot):
        editor = edit(view, 1)
        with qtbot.waitSignal(view.context_menu_requested) as caught:
            editor.menu_asked.emit(QPoint(3, 4))
        assert caught.args == [1, view.active_finding, QPoint(3, 4)]


class TestPlace:
    @pytest.mark.parametrize(
        ("rows", "number"), [("french", 1), ("french", 10), ("chinese", 1), ("arabic", 1)]
    )
    def test_letters_do_not_move_when_the_editor_opens(self, make, rows, number):
        view = make(getattr(sample_rows, rows)())
        cell = view._shown[number].cells[Side.TARGET]
        editor = edit(view, number)
        text = editor.text()
        corner = editor.geometry().topLeft()
        columns, place = view._shown.columns, view.place_of(number)
        for offset in range(len(text)):
            editor.select(offset, offset)
            there = editor.cursorRect().topLeft() + corner
            box = cell.boxes(offset, offset)[0]
            x = columns.left(Side.TARGET) + box.left()
            assert abs(there.x() - x) <= 1.5, offset
            assert abs(there.y() - (place.y + columns.pad + box.top())) <= 1.5, offset

    def test_it_grows_with_the_text(self, view):
        editor = edit(view, 0)
        height, row = editor.height(), view.place_of(0).height
        editor.insertPlainText(" et encore un peu" * 20)
        assert editor.height() > height
        assert view.place_of(0).height == row + editor.height() - height
        assert editor.verticalScrollBar().maximum() == 0

    def test_it_stays_open_out_of_view(self, make):
        view = make(sample_rows.many(400))
        editor = edit(view, 0)
        view.scroll_by(5000)
        assert view.place_of(0) is None
        assert editor.isVisible()
        assert editor.hasFocus()
        QTest.keyClicks(editor, "x" * 400)
        view._reveal(0)
        assert editor.geometry().top() >= 0

    def test_zoom_keeps_what_was_typed(self, view):
        editor = edit(view, 0, 0)
        QTest.keyClicks(editor, "X")
        view.set_zoom(150)
        assert editor.text().startswith("X")
        assert view.is_editing
        assert view.told == []

    def test_a_narrower_window_wraps_it(self, view):
        editor = edit(view, 2)
        height = editor.height()
        view.resize(500, 500)
        assert editor.height() > height
        assert editor.width() < 300


class TestHighlights:
    def _words(self, editor):
        return [one.highlight.finding.words[0] for one in editor.drawn() if one.highlight.finding]

    def test_they_move_with_the_text(self, view):
        editor = edit(view, 1, 0)
        (before,) = editor.drawn()[0].boxes
        QTest.keyClicks(editor, "A")
        (after,) = editor.drawn()[0].boxes
        assert after.left() > before.left()
        assert after.width() == pytest.approx(before.width(), abs=1)

    def test_they_go_when_their_words_change(self, view):
        editor = edit(view, 1)
        assert self._words(editor) == ["jangkar utama"]
        press(editor, Qt.Key.Key_Backspace)
        assert self._words(editor) == []

    def test_typing_behind_them_does_not_stretch_them(self, view):
        editor = edit(view, 1)
        QTest.keyClicks(editor, "X")
        assert self._words(editor) == ["jangkar utama"]

    def test_the_caret_makes_a_finding_active(self, view):
        second = view._rows.mark("spelling", 1, "abîmé")
        view.rows_changed({1})
        editor = edit(view, 1)
        start = second.spans[0].start
        editor.select(start + 1, start + 1)
        assert view.active_finding == second

    def test_new_findings_do_not_disturb_the_typing(self, view):
        editor = edit(view, 0, 2)
        QTest.keyClicks(editor, "XY")
        view._rows.mark("spelling", 0, "navire")
        view.rows_changed(None)
        assert editor.text() == "LeXY navire a accosté à Ambon lundi."
        assert editor.caret() == 4

    def test_a_text_changed_elsewhere_is_shown(self, view):
        editor = edit(view, 0, 5)
        view._rows.edit(0, "Autre chose.")
        view.rows_changed({0})
        assert editor.text() == "Autre chose."
        assert editor.caret() == 5
        assert not editor.is_changed

    def test_a_suggestion_is_chosen_after_what_was_typed(self, view, qtbot):
        editor = edit(view, 1, 0)
        QTest.keyClicks(editor, "Or, ")
        with qtbot.waitSignal(view.suggestion_chosen) as caught:
            view.choose_suggestion(0)
        finding, text = caught.args
        assert text == "ancre principale"
        assert view.told[0][1].startswith("Or, ")
        span = finding.spans[0]
        assert view.told[0][1][span.start : span.end] == "jangkar utama"

    def test_no_suggestion_for_what_is_gone(self, view, qtbot):
        editor = edit(view, 1)
        press(editor, Qt.Key.Key_Backspace)
        with qtbot.assertNotEmitted(view.suggestion_chosen):
            view.choose_suggestion(0)


class TestCodes:
    OPEN, CLOSE = "\U000f0000", "\U000f0001"

    @pytest.fixture
    def view(self, make):
        return make(sample_rows.with_codes())

    def test_they_are_one_character_each(self, view):
        editor = edit(view, 0, 12)
        QTest.keyClick(editor, Qt.Key.Key_Right)
        assert editor.caret() == 13
        QTest.keyClicks(editor, "!")
        assert editor.text() == f"Appuyez sur {self.OPEN}!OK{self.CLOSE}."

    def test_one_that_must_stay_cannot_be_deleted(self, view):
        editor = edit(view, 0, 13)
        press(editor, Qt.Key.Key_Backspace)
        assert self.OPEN in editor.text()
        editor.select(0, len(editor.text()))
        press(editor, Qt.Key.Key_Delete)
        assert editor.text() == self.OPEN

    def test_another_can_be_deleted_and_undone(self, view):
        editor = edit(view, 0, 16)
        press(editor, Qt.Key.Key_Backspace)
        assert self.CLOSE not in editor.text()
        editor.undo()
        assert editor.text() == f"Appuyez sur {self.OPEN}OK{self.CLOSE}."

    def test_they_can_be_moved_but_not_doubled(self, view):
        editor = edit(view, 0)
        editor.select(13, 16)
        press(editor, Qt.Key.Key_X, CTRL, "\x18")
        assert QGuiApplication.clipboard().text() == "OK"
        editor.select(0, 0)
        editor.paste()
        assert editor.text() == f"OK{self.CLOSE}Appuyez sur {self.OPEN}."
        editor.paste()
        assert editor.text() == f"OK{self.CLOSE}OKAppuyez sur {self.OPEN}."

    def test_plain_text_that_is_pasted_over_them_keeps_them(self, view):
        editor = edit(view, 0)
        editor.select(0, len(editor.text()))
        data = QMimeData()
        data.setText("Un OK, puis sur rien.")
        editor.insertFromMimeData(data)
        assert editor.text() == f"Un {self.OPEN}OK{self.CLOSE}, puis sur rien."
        editor.undo()
        assert editor.text() == f"Appuyez sur {self.OPEN}OK{self.CLOSE}."

    def test_those_whose_words_are_gone_are_told(self, view, qtbot):
        editor = edit(view, 0)
        editor.select(0, len(editor.text()))
        data = QMimeData()
        data.setText("Tout autre chose.")
        with qtbot.waitSignal(view.codes_moved) as moved:
            editor.insertFromMimeData(data)
        assert moved.args == [2]
        assert editor.text() == f"Tout autre chose.{self.OPEN}{self.CLOSE}"

    def test_foreign_ones_are_left_out(self, view):
        editor = edit(view, 0, 0)
        data = QMimeData()
        data.setText("a\U000f0009\ufffcb\x00")
        editor.insertFromMimeData(data)
        assert editor.text().startswith("abAppuyez")

    def test_their_chips_stand_where_they_stand_in_the_cell(self, view):
        cell = view._shown[0].cells[Side.TARGET]
        editor = edit(view, 0)
        editor.select(16, 16)
        left = editor.cursorRect().left() + editor.geometry().left()
        box = cell.boxes(16, 16)[0]
        assert left == pytest.approx(view._shown.columns.left(Side.TARGET) + box.left(), abs=2)


class TestDirection:
    def test_arabic_is_written_from_the_right(self, make):
        view = make(sample_rows.arabic())
        editor = edit(view, 0, 0)
        assert editor.cursorRect().center().x() > editor.width() - 12
        assert editor.document().defaultTextOption().textDirection() == (
            Qt.LayoutDirection.RightToLeft
        )

    def test_french_from_the_left(self, view):
        editor = edit(view, 0, 0)
        assert editor.cursorRect().center().x() < 12


def test_a_text_of_two_megabytes_is_shown_by_its_beginning_and_not_edited(make):
    rows = sample_rows.french()
    sentence = "Kata demi kata, baris demi baris. "
    rows.texts = [(sentence * 60_000, "\n".join([sentence * 100] * 600)), ("Satu.", "Un.")]
    view = make(rows)
    for side, cell in view._shown[0].cells.items():
        assert sum(layout.lineCount() for layout in cell._layouts) < 3_000
        assert cell.text.shown_end < 21_000
        assert len(rows.pair(0).text(side)) > 2_000_000
    view.edit_current()
    view.read_source()
    assert not view.is_editing
    assert not view._active.reading
    assert any(
        "Too long to be edited here" in note.text for note in view._active.strip._hint.notes
    )
    # What is found behind it is brought into view as far as it is shown.
    end = len(rows.pair(0).source_text)
    view.show_span(0, Span(Side.SOURCE, end - 5, end))
    assert view.hand.selected_text() == sentence[-5:]
    view.mark_hits(Search(rows.pair, 2, "Kata", case=True))
    shown = view._shown[0].cells[Side.SOURCE].text.shown_end
    found = view._hits_in(0)
    assert found[0] == Span(Side.SOURCE, 0, 4)
    assert found[-1].end <= shown < len(rows.pair(0).source_text)
    view.set_current(1)
    view.edit_current()
    assert view.is_editing
