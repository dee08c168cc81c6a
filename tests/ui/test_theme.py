import itertools

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QTreeWidget, QTreeWidgetItem

from reviewer import paths
from reviewer.model import Kind
from reviewer.ui.look import fonts, theme
from reviewer.ui.look.icons import icon

BOTH = pytest.mark.parametrize("colors", [theme.light(), theme.dark()], ids=["light", "dark"])


@pytest.fixture
def dressed(qapp):
    before = QPalette(qapp.palette())
    yield lambda choice: theme.apply(qapp, choice)
    qapp.setPalette(before)


def _luminance(color):
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (low + 0.05)


def _over(tint, ground):
    a = tint.alphaF()
    mixed = [
        t * a + g * (1 - a) for t, g in zip(tint.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    ]
    return QColor.fromRgbF(*mixed)


@BOTH
def test_words_are_readable_on_every_ground(colors):
    for ground in (colors.window, colors.base, colors.alternate, colors.active, colors.button):
        assert contrast(colors.text, ground) >= 7
        assert contrast(colors.dim, ground) >= 4.5
        assert contrast(colors.accent, ground) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.text, colors.selection) >= 4.5


@BOTH
def test_marks_are_seen_and_highlighted_text_is_readable(colors):
    for ground in (colors.base, colors.active):
        assert contrast(colors.outline, ground) >= 2.7
        for look in colors.kinds.values():
            assert contrast(look.color, ground) >= 4.5
            assert contrast(colors.text, _over(look.tint, ground)) >= 5
            assert contrast(colors.text, _over(look.tint, colors.base)) >= 7


@BOTH
def test_every_kind_has_a_look_of_its_own(colors):
    assert set(colors.kinds) == set(Kind)
    for one, other in itertools.combinations(colors.kinds.values(), 2):
        assert one.glyph != other.glyph
        assert one.mark is not other.mark
        assert one.color != other.color


@BOTH
def test_a_palette_tells_its_theme(colors, qapp):
    assert theme.theme_of(theme.palette_of(colors)) is colors


def test_the_choice_decides(qapp, dressed):
    dressed("dark")
    assert theme.theme_of(QApplication.palette()).dark
    dressed("light")
    assert not theme.theme_of(QApplication.palette()).dark


def test_icons_follow_the_palette(qapp, dressed):
    confirm = QIcon(icon("confirm"))
    seen = {}
    for choice in ("light", "dark"):
        dressed(choice)
        image = confirm.pixmap(QSize(32, 32)).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert inked
        seen[choice] = inked[0].lightness()
    assert seen["light"] < 100 < seen["dark"]


def test_every_icon_file_can_be_drawn(qapp):
    files = list(paths.resource("icons").glob("*.svg"))
    assert files
    for file in files:
        assert b"currentColor" in file.read_bytes(), file.name
        image = icon(file.stem).pixmap(QSize(24, 24)).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), file


def test_an_empty_box_is_seen_on_dark(qtbot, dressed):
    dressed("dark")
    box = QCheckBox()
    qtbot.addWidget(box)
    box.resize(30, 30)
    image = box.grab().toImage()
    ground = theme.dark().window
    best = max(contrast(image.pixelColor(x, y), ground) for x in range(30) for y in range(30))
    assert best >= 3


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_ticked_box_is_seen_on_the_chosen_row(qtbot, dressed, choice):
    dressed(choice)
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    item = QTreeWidgetItem(tree, [""])
    item.setCheckState(0, Qt.CheckState.Checked)
    tree.setCurrentItem(item)
    tree.show()
    tree.setFocus()
    row = tree.visualItemRect(item)
    picture = tree.viewport().grab(row).toImage()
    ground = QColor(picture.pixelColor(picture.width() - 20, row.height() // 2))
    line = [QColor(picture.pixelColor(x, row.height() // 2)) for x in range(40)]
    assert sum(contrast(ground, colour) >= 3 for colour in line) > 8


@pytest.mark.parametrize(
    ("tag", "first"),
    [
        ("fr", "Noto Sans"),
        ("id", "Noto Sans"),
        ("zh", "Noto Sans CJK SC"),
        ("zh-Hant", "Noto Sans CJK TC"),
        ("zh-HK", "Noto Sans CJK HK"),
        ("ja", "Noto Sans CJK JP"),
        ("ko", "Noto Sans CJK KR"),
        ("hi", "Noto Sans Devanagari"),
        ("und", "Noto Sans"),
    ],
)
def test_each_language_has_its_family(qapp, tag, first):
    assert fonts.text_font(tag).families()[0] == first


def test_arabic_has_naskh_and_runs_from_the_right(qapp):
    assert fonts.text_font("ar").families()[1] == "Noto Naskh Arabic"
    assert [fonts.right_to_left(tag) for tag in ("ar", "ur", "he", "az-Arab")] == [True] * 4
    assert not any(fonts.right_to_left(tag) for tag in ("fr", "az", "xx", ""))


def test_zoom_scales_the_text(qapp):
    assert fonts.text_font("fr", 200).pixelSize() == 2 * fonts.text_font("fr").pixelSize()
    assert fonts.ui_font().pixelSize() == fonts.UI_SIZE


def test_the_system_is_followed(qapp, dressed):
    dressed("system")
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.theme_of(QApplication.palette()).dark == dark
