"""Hostile files, imported by the command line and by the window.

    python -m tests.bench.hostile FOLDER [--only NAME] [--window]

FOLDER holds files and EXPECT.json: of each name what is expected ("error", "import" or either)
within how many seconds and MB more than an ordinary import takes. Each is brought in by a process
of its own, `reviewer new`; with --window also by the worker of a real window without a screen,
whose longest pause is told. A text that is not bilingual is imported as the source of a small
translation, then as the translation of a small source. Exit status 1 where one was not met.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from reviewer.formats import bilingual_reader_of

PLAIN = "The river rose over night.\n\nNobody was hurt.\n"
MARGIN = 3
"""Times the seconds of the clock that are waited for the seconds of the processor."""


def commands(path, folder):
    """Return the arguments of the imports that a file is brought in by."""
    if bilingual_reader_of(path.name):
        return [[str(path)]]
    plain = folder / "plain.txt"
    plain.write_text(PLAIN, "utf-8")
    return [[str(path), str(plain)], [str(plain), str(path)]]


def imported(names, project, seconds):
    """Return exit status, what was told, seconds of the processor and MB of `reviewer new`."""
    command = [sys.executable, "-m", "reviewer", "new", str(project), *names]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    told = []
    reading = threading.Thread(target=lambda: told.append(process.stderr.read()), daemon=True)
    reading.start()
    clock = threading.Timer(MARGIN * seconds + 10, process.kill)
    clock.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock.cancel()
    reading.join(5)
    took = usage.ru_utime + usage.ru_stime
    words = told[0].decode("utf-8", "replace") if told else ""
    return process.returncode, words, took, usage.ru_maxrss / 1024


def faults(expected, status, words, took, more):
    """Yield what was not as expected."""
    lines = words.strip().splitlines()
    outcome = {0: "import", 2: "error"}.get(status, f"ended with {status}")
    if outcome not in expected["expect"]:
        yield f"{outcome}, where “{expected['expect']}” was expected: {words.strip()[-150:]}"
    if "Traceback" in words or (status == 2 and len(lines) != 1):
        yield f"not told in one line: {words[-200:]!r}"
    if took > expected["max_s"]:
        yield f"{took:.1f} s, where {expected['max_s']} are allowed"
    if more > expected["max_mb"]:
        yield f"{more:.0f} MB, where {expected['max_mb']} are allowed"


def by_command(path, expected, ordinary):
    """Import a file by the command line; yield what was not as expected."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, names in enumerate(commands(path, folder)):
            project = folder / f"{number}.bitext"
            status, words, took, peak = imported(names, project, expected["max_s"])
            print(f"  {path.name:24} {status} {took:6.1f} s {peak - ordinary:6.0f} MB", end="")
            print(f"   {words.strip()[:90]}")
            yield from faults(expected, status, words, took, peak - ordinary)
            left = [p.name for p in folder.iterdir() if p.suffix not in {".txt", ".bitext"}]
            if left or (status and project.exists()):
                yield f"something was left behind: {left or project.name}"


def by_window(files, expected):
    """Import files by a window; yield of each what was not as expected."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from reviewer.settings import Settings
    from reviewer.ui.main_window import MainWindow

    application = QApplication([])
    window = MainWindow(Settings(reviewer_id="00" * 16))
    window.show()
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            for names in commands(path, Path(folder)):
                copies = []
                for name in names:
                    copies.append(Path(folder) / Path(name).name)
                    if not copies[-1].exists():
                        copies[-1].write_bytes(Path(name).read_bytes())
                wanted = expected[path.name]
                outcome, took, pause = seen(application, window, copies, wanted["max_s"])
                print(f"  {path.name:24} {outcome:8} {took:6.1f} s, pause {pause * 1000:5.0f} ms")
                if outcome not in {"question", *wanted["expect"].split(" or ")}:
                    yield path.name, f"{outcome}, where “{wanted['expect']}” was expected"
                if pause > 1:
                    yield path.name, f"the window stood still for {pause:.1f} s"
    window.close()
    window.worker.close()


def seen(application, window, paths, seconds):
    """Open files in the window; return what came of it, after how long, and the longest pause."""
    failed = []
    window.opening.failed.connect(failed.append)
    start = last = time.monotonic()
    pause, outcome, asked = 0.0, "", False
    window.opening.open_paths(paths)
    while not outcome:
        application.processEvents()
        now = time.monotonic()
        pause, last = max(pause, now - last), now
        if window.review is not None:
            outcome = "import"
        elif failed:
            outcome = "error"
        elif (dialog := window.opening.importing.question.now) is not None and not asked:
            asked = True
            outcome = answered(dialog)
        elif now - start > 10 * seconds + 30:
            outcome = "nothing"
        time.sleep(0.005)
    took = time.monotonic() - start
    window.opening.failed.disconnect(failed.append)
    if window.opening.importing.question.now is not None:
        window.opening.importing.question.now.reject()
    for _ in range(5):
        application.processEvents()
        window.grab()
    window.close_review()
    window.messages.clear()
    return outcome, took, pause


def answered(dialog):
    """Say that the languages are English and French; return “question” where that is not all."""
    parts = dialog._source, dialog._target
    if not all(part.looked is not None and part.looked.error is None for part in parts):
        return "question"
    for part, tag in zip(parts, ("en", "fr"), strict=True):
        part.language.set_tag(tag)
    if not all(part.ready for part in parts):
        return "question"
    dialog._choose()
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--window", action="store_true")
    arguments = parser.parse_args()
    expected = json.loads((arguments.folder / "EXPECT.json").read_text("utf-8"))
    files = [arguments.folder / name for name in expected if arguments.only in name]
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name) / "plain.txt"
        plain.write_text(PLAIN, "utf-8")
        other = Path(name) / "other.txt"
        other.write_text("La rivière est montée.\n\nPersonne n’est blessé.\n", "utf-8")
        *_, ordinary = imported([str(plain), str(other)], Path(name) / "x.bitext", 60)
    unmet = []
    for path in files:
        unmet += [(path.name, why) for why in by_command(path, expected[path.name], ordinary)]
    if arguments.window:
        unmet += by_window(files, expected)
    for name, why in unmet:
        print(f"{name}: {why}")
    print(f"{len(files)} files, {len({name for name, _ in unmet})} not as expected")
    return 1 if unmet else 0


if __name__ == "__main__":
    sys.exit(main())
