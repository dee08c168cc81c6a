"""The exception tree: the world's fault, told to the reviewer in one sentence.

ReviewerError
├── FormatError         a file that cannot be read as what it claims to be
│   └── EncodingError   its bytes fit no encoding that may be assumed; ask the person
├── ExportError         a file that cannot be written, or may not be
├── ProjectFileError    a project file that is refused
│   ├── DamagedProjectError   it was one of ours; salvage may bring decisions back
│   └── NewerProjectError     made by a later version
├── SaveError           a decision reached the outbox but not the project file
├── LanguageError       a language tag or language data that is not there
└── Cancelled           the person stopped the work

Our own mistakes are not in this tree: they are bugs and end in the crash dialog.
"""

from __future__ import annotations

import errno

_LOCKED = 32
"""What Windows says of a file that another program keeps to itself."""
_REASONS = {
    errno.ENOENT: "it is not there; it may have been moved or renamed",
    errno.ENOTDIR: "its folder is no folder",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "the system does not allow it, or another program has it open",
    errno.EPERM: "the system does not allow it",
    errno.EROFS: "the drive can only be read",
    errno.EBUSY: "another program has it open",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "there is no room left for you on this disk",
    errno.EFBIG: "the drive takes no file as large as that",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk or the network reports an error",
    errno.ESTALE: "the network drive has lost it",
}


class ReviewerError(Exception):
    """Something outside the program went wrong; `str()` is the sentence the person reads."""


class FormatError(ReviewerError):
    """A file cannot be read as what it claims to be."""


class EncodingError(FormatError):
    """The bytes of a text file fit no encoding that may be assumed without asking."""


class ExportError(ReviewerError):
    """A file cannot be written, or may not be."""


class ProjectFileError(ReviewerError):
    """A project file is refused."""


class DamagedProjectError(ProjectFileError):
    """A project file of ours is damaged; salvage may bring its decisions back."""


class NewerProjectError(ProjectFileError):
    """A project file was made by a later version of the program."""


class SaveError(ReviewerError):
    """A decision is safe in the outbox but could not be written to the project file."""


class LanguageError(ReviewerError):
    """A language tag is malformed, or a language has no data."""


class Cancelled(ReviewerError):  # noqa: N818 - a choice of the person, not an error
    """The person stopped the work."""


def system_reason(error: OSError) -> str:
    """Return what the system says of a file, in plain words without a full stop."""
    if getattr(error, "winerror", None) == _LOCKED:
        return _REASONS[errno.EBUSY]
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or error.strerror or type(error).__name__
