"""PDF files: their text alone, page by page, its lines joined to paragraphs."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.extracted import SUFFIX, extracted, writing
from reviewer.formats.lines import LINE_MODES, line_mode
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_VERSION = 1
_MOST_PAGES = 5_000
_LONGEST = 50_000_000
"""Code points of text after which a file is given up."""
_NOTE = QT_TRANSLATE_NOOP(
    "formats",
    "Of a PDF only the text is read, as well as it can be told; it is given back as plain text. "
    "The file that the PDF was made from keeps its formatting.",
)
_BROKEN = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError),
    *(OSError, NotImplementedError, AssertionError),
)
"""What the library meets in files that are damaged on purpose or by accident."""


def read_pdf(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read the text of a PDF; raises FormatError. Options: "lines", one of LINE_MODES."""
    text = text_of(data)
    asked = options.get("lines")
    lines = asked if asked in LINE_MODES else line_mode(text)
    return extracted(text, {"reader": "pdf", "version": _VERSION, "lines": lines}, _NOTE)


def text_of(data: bytes) -> str:
    """Return the text of a PDF, a blank line between pages; raises FormatError."""
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return "\n\n".join(_pages(data))
    except (FileNotDecryptedError, DependencyError):
        message = "The PDF is protected by a password; save it without one."
    except PyPdfError:
        message = "The PDF is damaged."
    except _BROKEN:
        message = "The PDF is damaged."
    raise FormatError(message)


def _pages(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    length = 0
    for number, page in enumerate(reader.pages):
        text = page.extract_text().strip()
        length += len(text)
        if number >= _MOST_PAGES or length > _LONGEST:
            message = "The PDF holds too much text to be read."
            raise FormatError(message)
        yield text


READER = Reader("pdf", QT_TRANSLATE_NOOP("formats", "PDF"), (".pdf",), read_pdf)
WRITER = Writer("pdf", writing(text_of), suffix=SUFFIX)
