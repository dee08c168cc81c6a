import numpy as np
import pytest
import sample_rows
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.model import Doubt, Side, Span, Verdict
from reviewer.ui.look import theme
from reviewer.ui.rows.grid import PairView


@pytest.fixture
def make(qtbot, qapp):
    before = qapp.palette()

    def show(rows, width=1000, height=600):
        view = PairView()
        qtbot.addWidget(view)
        view.setPalette(theme.palette_of(theme.light()))
        view.resize(width, height)
        view.set_rows(rows)
        view.show()
        return view

    yield show
    qapp.setPalette(before)


@pytest.fixture
def view(make):
    return make(sample_rows.french())


def wheel(view, notches=0, pixels=0, modifiers=Qt.KeyboardModifier.NoModifier):
    at = QPointF(200, 100)
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(0, pixels),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def corner_of(view, number, side):
    """The upper left corner of a cell's text in the viewport."""
    place = view.place_of(number)
    columns = view._shown.columns
    return QPointF(columns.left(side), place.y + columns.pad)


def point_in(view, number, side, offset):
    box = view._shown[number].cells[side].boxes(offset, offset)[0]
    return (corner_of(view, number, side) + box.center()).toPoint()


def pixel(view, at):
    return view.viewport().grab().toImage().pixelColor(at)


class TestScrolling:
    def test_the_wheel_moves_the_content_exactly(self, make):
        view = make(sample_rows.many(3000))
        view.set_current(1500)
        for pixels in (-37, -120, 15, -240, 90, -1):
            before = {place.index: place.y for place in view.places}
            wheel(view, pixels=pixels)
            for place in view.places:
                if place.index in before:
                    assert place.y == before[place.index] + pixels

    def test_a_notch_is_as_many_lines_as_the_system_says(self, make):
        view = make(sample_rows.many(500))
        lines = QApplication.wheelScrollLines() * view._shown.faces[Side.TARGET].line
        wheel(view, -1)
        assert view.places[0].index > 0 or view.places[0].y == -lines
        assert view._anchored.position == lines

    def test_parts_of_a_notch_add_up(self, make):
        view = make(sample_rows.many(500))
        for _ in range(8):
            wheel(view, -1 / 8)
        fine = view._anchored.position
        view.scroll_by(-fine)
        wheel(view, -1)
        assert view._anchored.position == fine

    def test_a_jump_shows_the_right_row(self, make):
        view = make(sample_rows.many(100_000))
        for number in (99_999, 0, 54_321, 54_322):
            view.set_current(number)
            place = view.place_of(number)
            assert place.y >= 0
            assert place.bottom <= view.viewport().height()

    def test_the_scroll_bar_reaches_both_ends(self, make):
        view = make(sample_rows.many(5000))
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        assert view.places[-1].index == 4999
        assert view.places[-1].bottom == view.viewport().height()
        view.verticalScrollBar().setValue(0)
        assert view.places[0].index == view.places[0].y == 0

    def test_resizing_keeps_the_row_at_the_top(self, make):
        view = make(sample_rows.many(3000))
        view.set_current(2000)
        top = view.places[0].index
        view.resize(600, 600)
        assert view.places[0].index == top
        assert view._shown.columns.divider < 400

    def test_a_row_higher_than_the_view_shows_the_finding(self, make):
        rows = sample_rows.french()
        rows.texts[3] = ("satu " * 20, "mot " * 900 + "jangkar " + "mot " * 300)
        finding = rows.mark("untranslated", 3, "jangkar ")
        view = make(rows)
        view.go_to_finding(finding)
        span = finding.spans[0]
        box = view._shown[3].cells[Side.TARGET].boxes(span.start, span.end)[0]
        y = corner_of(view, 3, Side.TARGET).y() + box.top()
        assert 0 <= y < view.viewport().height()

    def test_page_down_moves_the_current_row_along(self, make):
        view = make(sample_rows.many(300))
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_PageDown)
        assert view.current > 3
        assert view.place_of(view.current) is not None
        for _ in range(60):
            QTest.keyClick(view, Qt.Key.Key_PageDown)
        assert view.current == 299


class TestRows:
    def test_nothing_is_shown_without_rows(self, make):
        view = make(None)
        assert (view.count, view.current, view.places) == (0, -1, [])
        view.grab()
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert not view.is_editing

    def test_the_first_row_is_current(self, view):
        assert view.current == 0
        assert view.count == 12

    def test_arrows_move_through_the_rows(self, view, qtbot):
        view.setFocus()
        with qtbot.waitSignal(view.current_changed) as caught:
            QTest.keyClick(view, Qt.Key.Key_Down)
        assert caught.args == [1]
        QTest.keyClick(view, Qt.Key.Key_End)
        assert view.current == 11
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.current == 11
        QTest.keyClick(view, Qt.Key.Key_Home)
        assert view.current == 0

    def test_a_clicked_row_stays_below_the_mouse(self, make):
        view = make(sample_rows.many(100))
        view.set_current(51)
        y = view.place_of(53).y
        at = point_in(view, 53, Side.SOURCE, 4)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert view.current == 53
        assert view.place_of(53).y == y

    def test_changed_rows_are_laid_out_anew(self, view):
        rows = view._rows
        height = view.place_of(2).height
        rows.texts[2] = (rows.texts[2][0], rows.texts[2][1] * 3)
        view.rows_changed({2})
        assert view.place_of(2).height > height
        assert view.place_of(3).y == view.place_of(2).bottom

    def test_fewer_rows_move_the_current_one(self, view):
        view.set_current(11)
        del view._rows.texts[6:]
        view.rows_changed(None)
        assert view.current == 5
        assert view.count == 6

    def test_neighbours_follow_the_filter(self, view):
        view.set_filter(np.array([1, 4, 9]))
        assert view.neighbour(4, 1) == 9
        assert view.neighbour(4, -1) == 1
        assert view.neighbour(9, 1) is None
        assert view.neighbour(2, 1) is None


class TestFilter:
    def test_only_its_rows_are_shown(self, view):
        view.set_filter(np.array([1, 4, 9]))
        assert [view.number_at(place.index) for place in view.places] == [1, 4, 9]
        assert view.count == 3

    def test_the_current_row_stays_where_it_is_shown(self, make):
        view = make(sample_rows.many(2000))
        view.set_current(1001)
        y = view.place_of(1001).y
        view.set_filter(np.arange(1, 2000, 50))
        assert view.current == 1001
        assert view.place_of(1001).y == y
        view.set_filter(None)
        assert view.place_of(1001).y == y

    def test_the_next_row_becomes_current(self, view, qtbot):
        view.set_current(5)
        with qtbot.waitSignal(view.current_changed):
            view.set_filter(np.array([1, 4, 9]))
        assert view.current == 9

    def test_no_row_left_leaves_none_current(self, view):
        view.set_current(5, focus=True)
        view.edit_current()
        view.set_filter(np.array([], np.int64))
        assert (view.places, view.current, view.is_editing) == ([], -1, False)
        view.grab()
        view.set_filter(None)
        assert (view.count, view.current) == (12, 5)

    def test_a_row_that_is_not_shown_cannot_be_gone_to(self, view):
        view.set_filter(np.array([1, 4]))
        view.set_current(7)
        assert view.current == 1

    def test_half_a_million_rows_are_filtered(self, make):
        view = make(sample_rows.many(20_000))
        view.set_filter(np.arange(0, 20_000, 20))
        assert view.number_at(999) == 19_980


class TestFindings:
    def test_the_most_severe_one_is_active(self, view, qtbot):
        with qtbot.waitSignal(view.active_finding_changed) as caught:
            view.set_current(1)
        assert caught.args[0].words == ("jangkar utama",)
        assert view.active_finding == view._rows.marked[1][0]

    def test_going_to_one_makes_it_active(self, view):
        second = view._rows.mark("spelling", 1, "abîmé")
        view.rows_changed({1})
        view.go_to_finding(second)
        assert (view.current, view.active_finding) == (1, second)

    def test_a_click_on_a_highlight_tells(self, view, qtbot):
        finding = view._rows.marked[2][0]
        at = point_in(view, 2, Side.SOURCE, finding.spans[1].start + 2)
        with qtbot.waitSignal(view.finding_clicked) as caught:
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert caught.args[0] == finding

    def test_hovering_tells_and_leaving_too(self, view, qtbot):
        finding = view._rows.marked[3][0]
        told = []
        view.finding_hovered.connect(told.append)
        at = point_in(view, 3, Side.TARGET, finding.spans[0].start + 1)
        QTest.mouseMove(view.viewport(), at)
        QTest.mouseMove(view.viewport(), at + QPoint(150, 0))
        assert told == [finding, None]

    def test_an_active_finding_that_is_gone_makes_way(self, view):
        rows = view._rows
        view.set_current(1)
        other = rows.mark("spelling", 1, "abîmé")
        rows.marked[1] = (other,)
        view.rows_changed({1})
        assert view.active_finding == other
        rows.marked[1] = ()
        view.rows_changed({1})
        assert view.active_finding is None

    def test_the_next_one_takes_the_place_of_one_that_is_gone(self, view):
        rows = view._rows
        first, second, third = (
            rows.mark("spelling", 1, w) for w in ("courant", "abîmé", "gauche")
        )
        rows.marked[1] = (first, second, third)
        view.rows_changed({1})
        view.go_to_finding(second)
        for left, active in (((first, third), third), ((first,), first)):
            rows.marked[1] = left
            view.rows_changed({1})
            assert view.active_finding == active

    def test_the_strip_offers_the_suggestions(self, view, qtbot):
        view.set_current(1)
        strip = view._active.strip
        assert strip.isVisible()
        assert strip.hint.suggestions == ("ancre principale", "ancre")
        button = strip._buttons[1]
        with qtbot.waitSignal(view.suggestion_chosen) as caught:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert caught.args == [view._rows.marked[1][0], "ancre"]

    def test_a_key_chooses_a_suggestion(self, view, qtbot):
        view.set_current(1)
        with qtbot.waitSignal(view.suggestion_chosen) as caught:
            view.choose_suggestion(0)
        assert caught.args[1] == "ancre principale"
        with qtbot.assertNotEmitted(view.suggestion_chosen):
            view.choose_suggestion(7)

    def test_the_strip_has_room_and_goes_with_its_row(self, view):
        view.set_current(1)
        strip, place = view._active.strip, view.place_of(1)
        assert strip.geometry().bottom() < place.bottom
        assert strip.geometry().top() > place.y + view._shown[1].height - 12
        view.scroll_by(10)
        assert strip.geometry().bottom() < view.place_of(1).bottom
        view.set_current(6)
        assert not strip.isVisible()

    def test_remarks_and_doubts_are_told(self, view):
        view._rows.rows[5] = {
            "doubt": Doubt.DOUBTFUL,
            "changed": True,
            "verdict": Verdict.CONFIRMED,
        }
        view.rows_changed({5})
        view.set_current(5)
        notes = [note.text for note in view._active.strip.hint.notes]
        assert notes == [
            "Changed since it was confirmed.",
            "These two may not belong together.",
            "Ana: Is “chef” right for a woman?",
        ]

    def test_markup_in_a_remark_is_shown_as_it_is(self, view):
        view._rows.remarks[0] = (sample_rows.Remark("<b>x</b><img src='x'>", "A<i>"),)
        view.rows_changed({0})
        label = view._active.strip._notes[0]
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == "A<i>: <b>x</b><img src='x'>"


class TestPainting:
    @pytest.mark.parametrize(
        ("number", "side", "check"),
        [
            (2, Side.TARGET, "drift"),
            (2, Side.SOURCE, "drift"),
            (4, Side.SOURCE, "omission"),
            (8, Side.TARGET, "spelling"),
        ],
    )
    def test_a_highlight_is_tinted_where_its_words_are(self, view, number, side, check):
        finding = next(f for f in view._rows.marked[number] if f.check == check)
        span = next(s for s in finding.spans if s.side is side)
        box = view._shown[number].cells[side].boxes(span.start, span.end)[0]
        corner = corner_of(view, number, side)
        image = view.viewport().grab().toImage()
        inside = image.pixelColor((corner + box.topLeft() + QPointF(1, 2)).toPoint())
        before = image.pixelColor((corner + box.topLeft() + QPointF(-3, 2)).toPoint())
        assert before == theme.light().base
        assert inside != theme.light().base

    def test_the_bar_has_the_colour_of_the_most_severe_finding(self, view):
        colors = theme.light().kinds
        for number, check in ((1, "untranslated"), (3, "numbers"), (8, "spelling")):
            at = QPoint(1, view.place_of(number).y + 5)
            assert pixel(view, at) == colors[sample_rows.KINDS[check]].color
        assert pixel(view, QPoint(1, view.place_of(6).y + 5)) == theme.light().base

    def test_the_current_row_is_tinted(self, view):
        view.set_current(4)
        at = QPoint(view._shown.columns.gutter + 2, view.place_of(4).y + 4)
        assert pixel(view, at) == theme.light().active

    def test_a_change_of_theme_needs_no_new_layout(self, view):
        view.grab()
        built = view._shown.built
        view.setPalette(theme.palette_of(theme.dark()))
        at = QPoint(view._shown.columns.gutter + 2, view.place_of(7).y + 4)
        assert pixel(view, at) == theme.dark().base
        assert view._shown.built == built

    def test_numbers_have_room(self, make):
        few, many = make(sample_rows.french()), make(sample_rows.many(100_000))
        assert many._shown.columns.gutter > few._shown.columns.gutter

    @pytest.mark.parametrize("rows", ["chinese", "arabic", "with_codes"])
    def test_every_script_is_painted(self, make, rows):
        view = make(getattr(sample_rows, rows)())
        for number in range(view.count):
            view.set_current(number, focus=True)
            view.edit_current()
            view.grab()

    def test_hostile_text_is_painted(self, make):
        rows = sample_rows.french()
        rows.texts = [
            ("\ud800 lone", "\u202e reversed \u2067 x"),
            ("", ""),
            ("\x00\x01\x7f\u2028\u2029", "e" + "\u0301" * 500),
            ("<b>bold</b>&amp;", "<script>x</script>"),
            ("x" * 50_000, "\ufffc\ufdd0\uffff"),
        ]
        rows.marked = {}
        view = make(rows)
        for number in range(view.count):
            view.set_current(number, focus=True)
            view.grab()
            view.edit_current()
            view.grab()
            assert view._active.editor.text() == rows.texts[number][1]


class TestReading:
    def _drag(self, view, number, side, start, end):
        viewport = view.viewport()
        QTest.mousePress(
            viewport, Qt.MouseButton.LeftButton, pos=point_in(view, number, side, start)
        )
        QTest.mouseMove(viewport, point_in(view, number, side, end))
        QTest.mouseRelease(
            viewport, Qt.MouseButton.LeftButton, pos=point_in(view, number, side, end)
        )

    def test_source_text_is_selected_and_copied(self, view):
        self._drag(view, 0, Side.SOURCE, 6, 11)
        assert view.hand.selected_text() == "riset"
        assert view.hand.selection() == (0, Span(Side.SOURCE, 6, 11))
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "riset"

    def test_backwards_too(self, view):
        self._drag(view, 0, Side.SOURCE, 11, 6)
        assert view.hand.selected_text() == "riset"

    def test_target_text_goes_on_in_the_editor(self, view):
        self._drag(view, 0, Side.TARGET, 3, 9)
        assert view.is_editing
        assert view.hand.selected_text() == "navire"
        assert view.hand.selection() == (0, Span(Side.TARGET, 3, 9))

    def test_arabic_is_selected_from_the_right(self, make):
        view = make(sample_rows.arabic())
        text = view._rows.texts[0][1]
        self._drag(view, 0, Side.TARGET, 0, 4)
        assert view.hand.selected_text() == text[:4]

    def test_a_double_click_selects_a_word(self, view):
        at = point_in(view, 0, Side.SOURCE, 8)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert view.hand.selected_text() == "riset"

    def test_a_click_selects_nothing(self, view):
        at = point_in(view, 2, Side.SOURCE, 5)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert view.hand.selection() is None
        assert view.hand.selected_text() == ""

    def test_the_menu_is_asked_for_with_row_and_finding(self, view, qtbot):
        finding = view._rows.marked[3][0]
        at = point_in(view, 3, Side.TARGET, finding.spans[0].start + 1)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, QPoint(50, 60))
        with qtbot.waitSignal(view.context_menu_requested) as caught:
            QApplication.sendEvent(view.viewport(), event)
        assert caught.args == [3, finding, QPoint(50, 60)]


class TestSize:
    def test_zoom_keeps_its_bounds(self, view):
        height = view.place_of(2).height
        view.set_zoom(200)
        assert view.place_of(2).height > height
        view.set_zoom(5000)
        assert view.zoom == 300
        view.set_zoom(1)
        assert view.zoom == 50

    def test_the_wheel_zooms_with_ctrl(self, view, qtbot):
        with qtbot.waitSignal(view.zoom_changed) as caught:
            wheel(view, 1, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert caught.args == [110]
        assert view.zoom == 110

    def test_compact_rows_are_lower(self, view):
        height = view.place_of(2).height
        view.set_density("compact")
        assert view.place_of(2).height == height - 8

    def test_the_current_row_survives_both(self, view):
        view.set_current(3)
        view.set_zoom(150)
        view.set_density("compact")
        assert view.current == 3
        strip, place = view._active.strip, view.place_of(3)
        assert strip.geometry().bottom() < place.bottom


class TestRuler:
    def _shown(self, view):
        view._show_marks()
        return view._ruler

    def test_all_kinds_have_a_mark(self, view):
        kinds = {kind for _, kind in self._shown(view).marks()}
        assert kinds == set(sample_rows.KINDS.values())

    def test_a_click_on_a_mark_goes_there(self, make):
        rows = sample_rows.many(400)
        rows.marked = {}
        rows.mark("spelling", 333, rows.texts[333][1].split()[0])
        view = make(rows)
        ruler = self._shown(view)
        ((y, _),) = ruler.marks()
        QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=QPoint(7, y + 1))
        assert view.current == 333
        assert view.place_of(333) is not None

    def test_a_click_elsewhere_jumps(self, make):
        rows = sample_rows.many(1000)
        rows.marked = {}
        view = make(rows)
        ruler = self._shown(view)
        QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=QPoint(7, ruler.height() // 2))
        assert 400 < view.places[0].index < 600

    def test_the_thumb_is_dragged(self, make):
        view = make(sample_rows.many(1000))
        ruler = view._ruler
        QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=QPoint(7, 5))
        QTest.mouseMove(ruler, QPoint(7, ruler.height() + 50))
        QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=QPoint(7, ruler.height() + 50))
        assert view.places[-1].index == 999
        ruler.grab()

    def test_marks_follow_the_filter(self, view):
        view.set_filter(np.array([0, 1, 6]))
        kinds = {kind for _, kind in self._shown(view).marks()}
        assert kinds == {sample_rows.KINDS["untranslated"]}

    def test_few_rows_have_their_marks_beside_them(self, make):
        rows = sample_rows.chinese()
        view = make(rows)
        y, _ = self._shown(view).marks()[-1]
        assert abs(y - view.place_of(1).y) <= 2 or abs(y - view.place_of(2).y) <= 2
