"""What the system says of a file, in plain words."""

import errno
import os

import pytest

from reviewer.errors import system_reason


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "the system does not allow it, or another program has it open"),
        (errno.ENOENT, "it is not there; it may have been moved or renamed"),
        (errno.EPIPE, os.strerror(errno.EPIPE)),
    ],
)
def test_the_system_is_put_into_words(number, said):
    assert system_reason(OSError(number, os.strerror(number))) == said


def test_a_file_that_windows_keeps_is_open_elsewhere():
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32
    assert system_reason(error) == "another program has it open"


def test_an_error_without_words_is_named():
    assert system_reason(TimeoutError()) == "TimeoutError"
