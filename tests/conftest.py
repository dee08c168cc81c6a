"""What every test runs in: no screen, folders of its own, and nothing left behind."""

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("REVIEWER_TEST_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = os.environ.get("QT_SCALE_FACTOR", "1")

import gc
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

# As long as a busy machine needs; what a test is about is not its speed.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PATIENCE = 60_000
"""Milliseconds that a test waits for what it knows will come: a busy machine takes its time."""


@pytest.fixture
def qtbot(qapp, request):
    """Return the plugin's bot with our patience; what comes at once costs no time all the same."""
    bot = QtBot(request)
    for name in ("waitSignal", "waitSignals", "waitUntil"):
        setattr(bot, name, partial(getattr(bot, name), timeout=PATIENCE))
    return bot


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory):
    """Give all tests one cache: the lexicons in it take seconds to build and never differ."""
    home = tmp_path_factory.getbasetemp()
    # Workers of one run build them together, as programs on one computer do.
    home = home.parent if "PYTEST_XDIST_WORKER" in os.environ else home
    (home / "cache").mkdir(exist_ok=True)
    return home / "cache"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, cache_home, monkeypatch):
    """Give the settings, the outbox and the log folders that die with the test."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    # What a test finds does not depend on the dictionaries of the computer.
    monkeypatch.setenv("REVIEWER_DICTIONARIES", str(home / "dictionaries"))
    return home


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """Fail where a test of the window leaves a window on the screen or a thread at work.

    As in the program, the collector waits until nothing is being painted: a view that no test
    holds any more would else be destroyed in the middle of it.
    """
    if "qtbot" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication

    gc.disable()
    yield
    gc.enable()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    assert not left, f"left on the screen: {left}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    # Data copied in a test were made in Python: they may not outlive it.
    QApplication.clipboard().clear()
