"""What is known before documents are aligned: memories, earlier pairs, an encoder."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer import align
    from reviewer.align import Lesson, PairLexicon, Witness
    from reviewer.formats.tmx import Tmx
    from reviewer.review.checking.pipeline import Column, Watch

_STEP = 20_000
"""Units between two reports of progress."""
_MOST_TERMS = 20_000
_MOST_LETTERS = 60
_MOST_UNSPACED = 12
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before two documents are aligned.

    Attributes:
        lexicon: for `align_columns`; None where nothing was learned.
        witnesses: for `align_columns`.
        notes: what the person may want to know of the memories, one sentence each.
    """

    lexicon: PairLexicon | None = None
    witnesses: tuple[Witness, ...] = ()
    notes: tuple[str, ...] = ()


def usable_memories(
    named: Sequence[str], known: frozenset[str]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the memories of a project that may be opened, and notes on the others.

    A project comes from anywhere, and a path in it may reach out to other computers: only what
    the person chose on this one is opened.
    """
    usable = tuple(Path(name) for name in named if name in known)
    told = "was chosen as a memory on another computer; it was not used."
    notes = (f"“{_shown(name)}” {told}" for name in named if name not in known)
    return usable, tuple(notes)


def _shown(path: str) -> str:
    """Return the name of a file that somebody else wrote down."""
    name = PurePath(path.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:80]


def known_before(
    memories: Sequence[Path],
    source: Column,
    target: Column,
    watch: Watch,
    lessons: Sequence[Lesson] = (),
    encoder: Path | None = None,
) -> Knowledge:
    """Return what memories, earlier lessons and an encoder know of two documents.

    Raises Cancelled.

    Args:
        memories: TMX files; what comes first is believed first. A file that is missing, broken,
            of other languages or no translation at all becomes a note.
        source: the document, with its language.
        target: its translation.
        watch: told how far the reading is.
        lessons: such as `project_lessons` gives.
        encoder: a folder as `align.Encoder` takes it; None for none. One that cannot be used
            becomes a note.
    """
    taught = _taught(memories, source, target, watch, lessons)
    if encoder is None:
        return taught
    from reviewer import align

    watch.step("Loading the encoder", 0, 1)
    try:
        loaded = align.Encoder(encoder)
        # Some models can be loaded but not run.
        loaded.embed([source.document.name], watch.check)
    except FormatError as error:
        return replace(taught, notes=(*taught.notes, str(error)))
    witness = align.Meaning(
        loaded, lambda done, total: watch.tell("Encoding sentences", done, total)
    )
    return replace(taught, witnesses=(*taught.witnesses, witness))


def _taught(
    memories: Sequence[Path],
    source: Column,
    target: Column,
    watch: Watch,
    lessons: Sequence[Lesson],
) -> Knowledge:
    """Return what memories and lessons know."""
    if not memories and not lessons:
        return Knowledge()
    from reviewer import align

    check = watch.check
    texts = [segment.text for segment in source.segments], [s.text for s in target.segments]
    languages = source.document.language, target.document.language
    chosen, notes = list(lessons), list[str]()
    if len(chosen) > align.MOST_LESSONS:
        useful = align.Relevance(*texts, check)
        chosen = [each for each in chosen if useful.takes(each.source, each.target)]
    useful = align.Relevance(*texts, check)
    for path in memories:
        remembered, note = _remembered(path, languages, useful, watch)
        chosen += remembered
        notes += [note] if note else []
    if not chosen:
        return Knowledge(notes=tuple(notes))
    watch.step("Learning", 0, 1)
    lexicon = align.learned_from(chosen, *languages, check)
    certain = ((each.source, each.target) for each in chosen if each.weight >= 1)
    return Knowledge(lexicon, (align.KnownPairs(certain),), tuple(notes))


def _remembered(
    path: Path, languages: tuple[str, str], useful: align.Relevance, watch: Watch
) -> tuple[list[Lesson], str]:
    """Return what of a memory helps with the documents, and what is to be said of it."""
    from reviewer import align
    from reviewer.formats.tmx import Tmx

    tmx = Tmx(path, watch.check)
    lessons: list[Lesson] = []
    read = 0
    try:
        for read, (source, target) in enumerate(_texts(tmx, languages), 1):
            if read % _STEP == 0:
                watch.tell("Reading memories", len(lessons), align.MOST_LESSONS)
            if useful.takes(source, target):
                lessons.append(align.Lesson(source, target))
    except FormatError as error:
        return [], f"{error} It was not used as a memory."
    if not read:
        return [], f"“{path.name}” holds no texts in {' and '.join(languages)}; it was not used."
    if not align.are_translations(lessons, watch.check):
        return [], f"The two sides of “{path.name}” hardly match; it was not used."
    if tmx.damage is not None:
        return lessons, f"{tmx.damage} What could be read of it was used."
    return lessons, ""


def _texts(tmx: Tmx, languages: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the units of a memory that have a text in both languages."""
    for unit in tmx.units():
        source, target = (unit.text(language) for language in languages)
        if source and target:
            yield source, target


def remembered_terms(
    memories: Sequence[Path], languages: tuple[str, str], watch: Watch
) -> dict[str, tuple[str, ...]]:
    """Return the short units of memories as terms with their translations; raises Cancelled.

    A unit counts as a term where both sides are a few words without the end of a sentence. A
    memory that cannot be read gives none; `known_before` says why.
    """
    from reviewer.formats.tmx import Tmx

    terms: dict[str, dict[str, None]] = {}
    for path in memories:
        with suppress(FormatError):
            for source, target in _texts(Tmx(path, watch.check), languages):
                if len(terms) == _MOST_TERMS:
                    break
                if _is_term(source) and _is_term(target):
                    terms.setdefault(source, {})[target] = None
    return {term: tuple(targets) for term, targets in terms.items()}


def _is_term(text: str) -> bool:
    most = _MOST_UNSPACED if max(text) >= "\u2e80" else _MOST_LETTERS
    return len(text) <= most and len(text.split()) <= _MOST_WORDS and text[-1].isalnum()
