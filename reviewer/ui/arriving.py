"""How a project comes into the window; of a large one, what is known is shown meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.errors import DamagedProjectError, ReviewerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QStackedWidget

    from reviewer.review.session import Review
    from reviewer.review.tasks.opening import ReadProject
    from reviewer.review.tasks.requests import FirstPairs
    from reviewer.ui.panels.first_rows import FirstRowsPage
    from reviewer.ui.panels.start_page import StartPage
    from reviewer.ui.preferring import Preferring
    from reviewer.ui.reading import Reading


class Arriving(QObject):
    """Opens one project after the other.

    Attributes:
        page: shows what is known of a file while it is read; None before the first one.

    Signals:
        opened: path of a project, and its Review.
        damaged: path of a project that is not whole, and a sentence for the person.
        failed: a sentence for the person.
    """

    opened = Signal(object, object)
    damaged = Signal(object, str)
    failed = Signal(str)

    def __init__(
        self,
        reading: Reading,
        preferring: Preferring,
        start_page: StartPage,
        stack: QStackedWidget,
    ) -> None:
        super().__init__(stack)
        self._reading = reading
        self._preferring = preferring
        self._start_page = start_page
        self._stack = stack
        self._review: Review | None = None
        self._then: Callable[[Review], None] | None = None
        self.page: FirstRowsPage | None = None
        reading.read.connect(self._open_read)
        reading.damaged.connect(self.damaged)
        reading.failed.connect(self.failed)
        reading.stopped.connect(self.end)

    def open(self, review: Review | None) -> None:
        """Show nothing of other files while a review is in the window."""
        self._review = review

    def start(self, path: Path, then: Callable[[Review], None] | None = None) -> None:
        """Open a project file, and go on with `then`; a large one is read by the worker."""
        from reviewer.review.tasks.large import is_large

        was_reading = self._reading.busy
        self._reading.stop()
        # What was shown of another project that was being read goes with it.
        if was_reading:
            self.end()
        self._then = then
        if is_large(path):
            self._show_last(path)
            self._reading.start(path, bytes.fromhex(self._preferring.settings.reviewer_id))
        else:
            self._open(path)

    def _open_read(self, read: ReadProject) -> None:
        self._open(read.path, read)

    def _open(self, path: Path, read: ReadProject | None = None) -> None:
        from reviewer.review.tasks.opening import open_review

        try:
            review = open_review(path, self._preferring.settings, read)
        except DamagedProjectError as error:
            self.damaged.emit(path, str(error))
            self.end()
            return
        except ReviewerError as error:
            self.failed.emit(str(error))
            self.end()
            return
        self.opened.emit(path, review)
        if self._then is not None:
            self._then(review)

    # What is known meanwhile

    def show_first(self, first: FirstPairs, name: str) -> None:
        """Show the beginning of a file that is being read, unless a review is open."""
        if self._review is None:
            page = self._dressed_page()
            page.show_first(first, name)
            self._stack.setCurrentWidget(page)

    def _show_last(self, path: Path) -> None:
        """Show where the person left a project while it is checked, unless a review is open."""
        from reviewer.review.tasks.last_page import last_page

        if self._review is not None:
            return
        found = last_page(path, self._preferring.settings)
        if found is None and self._stack.currentWidget() is self.page:
            return  # the beginning of what was imported
        page = self._dressed_page()
        if found is not None:
            page.show_last(found, path.name)
        else:
            page.show_none(path.name)
        self._stack.setCurrentWidget(page)
        page.take_focus()
        # The worker may have to be started next, which takes a while.
        self._stack.window().repaint()

    def _dressed_page(self) -> FirstRowsPage:
        if self.page is None:
            from reviewer.ui.panels.first_rows import FirstRowsPage

            self.page = FirstRowsPage()
            self._stack.addWidget(self.page)
        settings = self._preferring.settings
        self.page.dress(settings.zoom, settings.density)
        return self.page

    def end(self) -> None:
        """Go back to the start page, unless the project that was made is being read."""
        shown = self.page is not None and self._stack.currentWidget() is self.page
        if self._review is None and shown and not self._reading.busy:
            self._stack.setCurrentWidget(self._start_page)
