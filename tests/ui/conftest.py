"""An open review for the tests of the window."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_sample import open_sample


@pytest.fixture(scope="session")
def qapp_cls():
    """Let the tests' application be the program's own."""
    from reviewer.ui.app import Application

    return Application


@pytest.fixture
def review(tmp_path):
    """Return the open review of fourteen pairs with six findings."""
    review = open_sample(tmp_path)
    yield review
    review.close()
