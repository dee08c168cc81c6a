"""Start the program: `reviewer` or `python -m reviewer`."""

from __future__ import annotations

import multiprocessing
import os
import sys

# Of small matrices, threads that wait for each other take many times as long on a busy machine.
# Read when numpy is loaded, and handed on to the worker process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Run the command line and return its exit status."""
    multiprocessing.freeze_support()
    if sys.argv[1:] == ["--speller"]:
        from reviewer.text.speller_process import main as answer_about_words

        return answer_about_words()
    from reviewer.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
