"""A real window on a virtual screen, driven by real keys.

Waits are for what the program says in its log or has in its project file, never for the clock.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing

from reviewer.review.decisions.fold import State
from reviewer.store import open_project

PATIENCE = 60.0
"""Seconds after which what is waited for is taken to come never, on a busy machine too."""


class Screen:
    """A virtual screen; one per test."""

    def __init__(self, folder):
        self.folder = folder
        reading, writing = os.pipe()
        # Without -noreset the server starts anew whenever the last client has gone, and a program
        # that connects in that moment is turned away.
        options = ("-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset")
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *options],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.display = f":{answer.readline().strip()}"
        self._programs = []

    def start(self, *arguments):
        """Start the program and return it once its window is there."""
        program = Program(self, arguments)
        self._programs.append(program)
        program.find_window()
        return program

    def environment(self):
        names = ("CONFIG", "DATA", "CACHE", "STATE")
        own = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in names}
        # The lexicons take seconds to build and never differ: all tests share one cache.
        own["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
        own |= {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        own |= {"XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder)}
        return {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"} | own

    def close(self):
        for program in self._programs:
            program.kill()
        self._server.terminate()
        self._server.wait(10)


class Program:
    """The program in its own process, with its window."""

    def __init__(self, screen, arguments):
        self._screen = screen
        self._environment = screen.environment()
        self.log = screen.folder / "state" / "bitext-reviewer" / "log" / "reviewer.log"
        self._seen = len(self.log.read_text("utf-8")) if self.log.exists() else 0
        with (screen.folder / "stderr.txt").open("ab") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "reviewer", *map(str, arguments)],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
        self.window = ""

    def find_window(self):
        """Wait for the window and give it the keys (there is no window manager)."""

        def visible():
            found = self._xdotool(
                "search", "--onlyvisible", "--name", "Bitext Reviewer", check=False
            )
            return found.split()

        self.window = wait_for(visible, "the window")[0]
        self._xdotool("windowfocus", "--sync", self.window)

    def find_dialog(self, title):
        """Wait for a window of this program and give it the keys."""

        def visible():
            return self._xdotool("search", "--onlyvisible", "--name", title, check=False).split()

        self._xdotool("windowfocus", "--sync", wait_for(visible, f"“{title}”")[0])

    def keys(self, *names):
        """Press keys one after the other, as xdotool names them."""
        self._xdotool("key", "--clearmodifiers", "--delay", "40", *names)

    def type(self, text):
        """Type a text."""
        self._xdotool("type", "--clearmodifiers", "--delay", "15", text)

    def wait_for_log(self, words):
        """Wait for a line with these words since last asked; return what follows them."""

        def found():
            text = self.log.read_text("utf-8")[self._seen :] if self.log.exists() else ""
            at = text.find(words)
            if at < 0:
                return False
            end = text.find("\n", at)
            if end < 0:
                return False
            self._seen += end
            return text[at + len(words) : end] or " "

        return wait_for(found, f"“{words}” in the log")

    def quit(self):
        """Close the program as a person does and wait for its end."""
        self.keys("ctrl+q")
        assert self._process.wait(PATIENCE) == 0

    def kill(self):
        """End the program at once, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def picture(self, path):
        """Save a picture of the screen where ImageMagick is installed."""
        if shutil.which("import"):
            command = ["import", "-window", "root", str(path)]
            subprocess.run(command, env=self._environment, check=True)

    def _xdotool(self, *arguments, check=True):
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=PATIENCE,
        )
        return done.stdout


def wait_for(condition, what):
    """Ask until the answer is yes, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    message = f"waited {PATIENCE:.0f} s for {what}"
    raise AssertionError(message)


def state_of(project):
    """Return the state of a project file as it is on the disk now."""
    with closing(open_project(project)) as opened:
        return State(opened.events())
