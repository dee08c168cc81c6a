"""A short run of the kill driver; `tests/bench/README.md` tells of the long one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("writers", ["1", "2"])
def test_nothing_acknowledged_is_missing_after_a_kill(writers):
    command = [sys.executable, "-m", "tests.bench.kill", "--runs", "2", "--writers", writers]
    run = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "missing: 0" in run.stdout
