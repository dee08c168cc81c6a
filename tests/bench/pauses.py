"""How long the window stands still at most, for each thing that a person does in a large project.

python -m tests.bench.pauses PROJECT [--only WORD ...] [--check]

PROJECT is copied first. A command is given in the real window, offscreen; until everything that
follows from it is done, a timer notes how long the event loop did not turn, in seconds of the
clock and of the window's thread. The clock also counts other programs on the machine.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path

_QUIET = 0.4
"""Seconds without a long turn of the loop, and without a job, after which a command is done."""
_LONG = 0.02
_SEARCH = 5
"""Seconds for which a search that goes on is watched."""


class Watch:
    """Notes the longest turn of the event loop."""

    def __init__(self, window):
        from PySide6.QtCore import QTimer

        self._window = window
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(2)
        self._restart()

    def _restart(self):
        self._wall, self._cpu = time.perf_counter(), time.thread_time()
        self.longest = self.longest_cpu = 0.0
        self._quiet_since = self._began = self._wall

    def _is_searching(self):
        return self._window.desk is not None and self._window.desk.page.find_bar._is_searching

    def _tick(self):
        wall, cpu = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, wall - self._wall)
        self.longest_cpu = max(self.longest_cpu, cpu - self._cpu)
        busy = self._window.worker.running is not None or cpu - self._cpu > _LONG
        busy |= wall - self._began < _SEARCH and self._is_searching()
        if busy:
            self._quiet_since = wall
        self._wall, self._cpu = wall, cpu

    def of(self, app, do, until=lambda: True):
        """Do something, and return the longest turns until it is done and all is quiet again."""
        from PySide6.QtCore import QTimer

        self._restart()
        QTimer.singleShot(0, do)
        app.processEvents()
        while not until() or time.perf_counter() - self._quiet_since < _QUIET:
            app.processEvents()
            time.sleep(0.001)
        return self.longest, self.longest_cpu


class Person:
    """What a person does, one thing after the other: yields names, acts, and until when."""

    def __init__(self, window):
        self.window = window

    @property
    def page(self):
        return self.window.desk.page

    @property
    def review(self):
        return self.window.review

    @property
    def bar(self):
        return self.page.find_bar

    def command(self, name):
        return self.window.commands[name].trigger

    def commands(self, names):
        for name in names.split():
            yield name, self.command(name)

    def go(self, number):
        return partial(self.page.show_pair, number)

    def key(self, key):
        from PySide6.QtTest import QTest

        return lambda: QTest.keyClick(self.page.view, key)

    def type(self, text):
        from PySide6.QtTest import QTest

        return lambda: QTest.keyClicks(self.page.view._active.editor, text)

    def look_for(self, text, replacement=None):
        """Type what is looked for into the bar, and press Enter."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        def find():
            self.bar.open_for(self.review, replace=replacement is not None)
            self.bar._text.setText(text)
            self.bar._new.setText(replacement or "")
            QTest.keyClick(self.bar._text, Qt.Key.Key_Return)

        return find

    def close_dialogs(self):
        from PySide6.QtWidgets import QDialog

        for dialog in self.window.findChildren(QDialog):
            dialog.reject()

    def then(self, back):
        """Look at the document as it was so many edits ago; which one is found before."""
        from reviewer.review.decisions.history import line

        events = self.review.state.events(newest_first=True)
        edits = (event for event in events if event.kind == "edit")
        event = next(islice(edits, back, None), None)
        if event is None:
            return lambda: None
        return lambda: self.window.desk.deciding._show_then(line(self.review.state, event))

    def tick_all(self):
        from reviewer.ui.dialogs.then_dialog import ThenDialog

        for dialog in self.window.findChildren(ThenDialog):
            dialog.choose_all()

    def theme(self, name):
        from PySide6.QtWidgets import QApplication

        from reviewer.ui.look import theme

        return lambda: theme.apply(QApplication.instance(), name)

    def doings(self):
        yield from self.looking()
        yield from self.deciding()
        yield from self.filtering()
        yield from self.finding()
        yield from self.looking_back()
        yield from self.asking()
        yield from self.writing()

    def looking(self):
        from PySide6.QtCore import Qt

        ruler = self.page.view._ruler
        middle = self.review.count // 2
        yield "go to a pair in the middle", self.go(middle)
        yield "next pair", self.command("next_pair")
        yield "page down", self.key(Qt.Key.Key_PageDown)
        yield "scroll to the end", self.key(Qt.Key.Key_End)
        yield "scroll to the beginning", self.key(Qt.Key.Key_Home)
        yield "drag the bar", lambda: ruler.setValue(ruler.maximum() * 2 // 3)
        yield "larger text", self.command("zoom_in")
        yield "normal size", self.command("zoom_reset")
        yield "resize", partial(self.window.resize, 1100, 760)
        yield "resize back", partial(self.window.resize, 1280, 800)
        yield "dark", self.theme("dark")
        yield "light", self.theme("light")
        yield from self.commands(
            "next_open previous_open next_doubtful previous_doubtful next_odd previous_odd "
            "next_finding previous_finding findings consistency history"
        )

    def deciding(self):
        middle = self.review.count // 2
        yield "go back to the middle", self.go(middle)
        yield "open the editor", self.command("edit")
        yield "type", self.type("abc de")
        yield from self.commands("confirm confirm reject reopen undo redo")
        yield "go to the middle once more", self.go(middle)
        yield from self.commands("merge split move_down move_up unlink undo undo undo link")
        yield "go on to link", self.go(middle + 3)
        yield "link here", self.command("link")
        yield "undo the link", self.command("undo")
        yield "comment", partial(self.review.comment, middle, "A remark.")

    def filtering(self):
        from reviewer.ui.panels.filter_row import Rows

        row = self.page.filter_row
        for rows in Rows:
            if row._rows.findData(rows) >= 0:
                yield f"filter: {rows.value}", partial(row.choose_rows, rows)
        chip = next(iter(row._chips.values()))
        yield "filter by a chip", partial(chip.setChecked, True)
        yield "clear the filter", row.clear

    def finding(self):
        count = self.review.count
        box = self.window.command_box
        yield "find a rare text", self.look_for(f"{count // 2} ")
        yield "find what is everywhere", self.look_for("e")
        yield from self.commands("find_next find_previous")
        yield "change the text to find", lambda: self.bar._text.setText("ev")
        yield "close the find bar", self.bar.leave
        yield "find to replace", self.look_for("boats", "ships")
        yield "replace one", self.bar.replace
        # Some four thousand pairs have a number with these digits.
        yield "find digits", self.look_for("7" * (len(str(count)) - 4), "8")
        yield (
            "replace thousands",
            self.bar.replace_all,
            lambda: not (self.bar._is_searching or self.bar._wanted),
        )
        yield "leave the find bar", self.bar.leave
        yield "undo thousands", self.command("undo")
        yield "redo thousands", self.command("redo")
        yield "command box: a word", partial(box.open_with, "boats")
        yield "command box: a number", partial(box.open_with, f"#{count // 2}")
        yield "command box left", box.leave

    def looking_back(self):
        history = self.window.desk.panel.history
        yield "history of the pair", partial(history._pair.setChecked, True)
        yield "history: next pair", self.command("next_pair")
        yield "history of the project", partial(history._whole.setChecked, True)
        yield "history: read on", history._list.scrollToBottom
        for back in (10, 1_000, 100_000, 400_000):
            yield f"as it was {back:,} edits ago", self.then(back)
            yield f"tick all of {back:,}", self.tick_all
            yield "close the texts of then", self.close_dialogs

    def asking(self):
        for name, act in self.commands(
            "disagreements checks waivers words checklists termbase concordance proposals "
            "memories languages preferences keys about add_term realign"
        ):
            yield name, act
            yield f"{name} closed", self.close_dialogs
        look_up = self.window.desk.terming.look_up_words
        yield "look up a word in the concordance", partial(look_up, "boats")
        yield "look up a word that is nowhere", partial(look_up, "qwertz")
        yield "concordance of words closed", self.close_dialogs

    def writing(self):
        saving, folder = self.window.saving, self.review.path.parent
        yield "save", self.command("save")
        yield "save a copy", partial(saving.copy_to, str(folder / "copy.bitext"))
        yield "send my review", partial(saving.review_to, str(folder / "mine.bitext"))
        yield "export", partial(saving.export_to, str(folder / "out.txt"))
        yield "export a table", partial(saving.table_to, str(folder / "out.csv"))
        yield "verify", self.command("verify")
        yield "close the project", self.command("close")


def measure(path, options):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from reviewer.settings import Settings
    from reviewer.ui.app import Application
    from reviewer.ui.main_window import MainWindow

    app = Application(sys.argv[:1])
    window = MainWindow(Settings("ab" * 16, "Ann"))
    if not options.check:
        window.checking.check = lambda: None
    window.show()
    window.activateWindow()
    watch = Watch(window)

    def is_open():
        return window.review is not None

    table = [("open", *watch.of(app, partial(window.open_project, path), is_open))]
    tell(*table[-1])
    watch.of(app, lambda: None)
    for name, do, *until in Person(window).doings():
        if options.only and not any(word in name for word in options.only):
            continue
        table.append((name, *watch.of(app, do, *until)))
        tell(*table[-1])
    window.close()
    print("\nlongest first")
    for row in sorted(table, key=lambda row: -row[2])[:30]:
        tell(*row)


def tell(name, wall, cpu):
    print(f"{cpu:7.3f} s CPU  {wall:7.3f} s  {name}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--only", nargs="*", metavar="WORD")
    parser.add_argument("--check", action="store_true", help="with the check of the whole")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        for kind in ("DATA", "CACHE", "CONFIG"):
            os.environ[f"XDG_{kind}_HOME"] = f"{name}/{kind.lower()}"
        path = Path(name, options.project.name)
        shutil.copyfile(options.project, path)
        measure(path, options)


if __name__ == "__main__":
    sys.exit(main())
