import pytest
from PySide6.QtCore import QPointF

from reviewer.model import Segment
from reviewer.ui.look.cell_text import for_cell
from reviewer.ui.rows.cell_layout import Cell, face_of


def _cell(*texts, language="fr", width=300, zoom=100):
    segments = [Segment(n, n, 0, len(t), t) for n, t in enumerate(texts)]
    return Cell(for_cell(segments, {}), face_of(language, zoom), width)


@pytest.fixture(autouse=True)
def _app(qapp):
    return qapp


def test_a_box_is_where_its_word_is():
    cell = _cell("Les pêcheurs partent tôt.")
    (box,) = cell.boxes(4, 12)
    layout = cell._layouts[0]
    line = layout.lineAt(0)
    assert box.left() == pytest.approx(line.cursorToX(4)[0])
    assert box.right() == pytest.approx(line.cursorToX(12)[0])


def test_code_points_not_units_count():
    cell = _cell("🙂🙂 mot")
    (box,) = cell.boxes(3, 6)
    assert box.right() == pytest.approx(cell._layouts[0].lineAt(0).cursorToX(8)[0], abs=0.1)
    assert cell.offset_at(box.left() + 1, 5) == 3


def test_a_word_over_two_lines_has_two_boxes():
    cell = _cell("aaaa bbbb cccc dddd", width=80)
    boxes = cell.boxes(0, 19)
    assert len(boxes) >= 2
    assert boxes[0].top() < boxes[1].top()


def test_segments_stand_below_each_other():
    cell = _cell("one", "two")
    (first,), (second,) = cell.boxes(0, 3), cell.boxes(4, 7)
    assert second.top() - first.top() > face_of("fr", 100).line
    assert cell.offset_at(1, second.center().y()) == 4


def test_arabic_stands_at_the_right_and_reads_from_there():
    cell = _cell("سلام", language="ar")
    (box,) = cell.boxes(0, 4)
    assert box.right() == pytest.approx(300)
    assert cell.offset_at(299, 5) == 0
    assert cell.offset_at(0, 5) == 4


def test_a_latin_word_in_arabic_has_its_own_box():
    text = "قال UNIFIL اليوم"
    cell = _cell(text, language="ar")
    (box,) = cell.boxes(4, 10)
    (before,), (after,) = cell.boxes(0, 3), cell.boxes(11, 16)
    assert after.right() <= box.left() < box.right() <= before.left()


def test_a_range_of_two_directions_has_a_box_for_each():
    cell = _cell("قال UNIFIL اليوم", language="ar")
    assert len(cell.boxes(2, 7)) == 2


def test_latin_first_does_not_turn_an_arabic_cell():
    cell = _cell("UNEP: سلام", language="ar")
    (box,) = cell.boxes(0, 4)
    assert box.right() == pytest.approx(300)


def test_chinese_wraps_between_letters():
    cell = _cell("考察船星期一抵达了港口" * 4, language="zh", width=200)
    assert cell.height >= 3 * face_of("zh", 100).line
    assert max(box.right() for box in cell.boxes(0, 44)) <= 200


def test_an_empty_range_has_a_place():
    cell = _cell("Bonjour")
    (box,) = cell.boxes(3, 3)
    assert box.width() == 0
    assert box.height() > 10
    assert _cell("").boxes(0, 0)[0].left() == 0


def test_the_space_between_two_words_can_be_marked():
    cell = _cell("deux  mots")
    (box,) = cell.boxes(4, 6)
    assert box.width() > 4


def test_places_are_covered():
    cell = _cell("un deux trois")
    (box,) = cell.boxes(3, 7)
    at = QPointF(box.center())
    assert cell.covers(at.x(), at.y(), 3, 7)
    assert not cell.covers(at.x() + 60, at.y(), 3, 7)


@pytest.mark.parametrize("language", ["fr", "zh", "ar", "hi", "th", "ja"])
def test_no_line_is_lower_than_the_usual(language):
    assert _cell("Ag", language=language).height >= face_of(language, 100).line - 1


def test_zoom_makes_lines_higher():
    assert _cell("a", zoom=200).height == pytest.approx(2 * _cell("a").height, abs=3)
