"""Start the program: `reviewer` or `python -m reviewer`."""

from __future__ import annotations

import multiprocessing
import sys


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
