"""What this program is, its version and its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from reviewer import __version__
from reviewer.ui.look.controls import Button, Label, Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AboutDialog(QDialog):
    """A few sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Bitext Reviewer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(Label(self.tr("Bitext Reviewer"), bold=True, size=19))
        layout.addWidget(Label(self.tr("Version {0}").format(__version__), dim=True))
        for text in (
            self.tr("Reviews a translation beside its source. Nothing leaves this computer."),
            self.tr(
                "Free software under the GNU General Public License, version 3 or later; it comes "
                "without any warranty."
            ),
            self.tr("Made with Qt {0}, used under the LGPL.").format(qVersion()),
        ):
            layout.addWidget(Label(text, wrap=True))
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout.addSpacing(8)
        layout.addLayout(row)
