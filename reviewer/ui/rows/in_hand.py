"""What a person has in hand in the rows: what is selected, where the carets are, on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Side, Span
from reviewer.ui.rows.cell_selection import word_around

if TYPE_CHECKING:
    from reviewer.ui.rows.active_cell import ActiveCell
    from reviewer.ui.rows.cell_reading import CellReading
    from reviewer.ui.rows.pair_rows import Rows


class InHand:
    """Reads selections and carets, and remembers those of the side that was left.

    One caret is there at a time; what needs both sides, as a term and its rendering or a place
    to split at, takes the other from here. Offsets are code points in the joined text of a side.
    """

    def __init__(self, active: ActiveCell, reading: CellReading, rows: Rows | None) -> None:
        self._active = active
        self._reading = reading
        self._rows = rows
        self._words: dict[Side, Span] = {}
        self._cuts: dict[Side, int] = {}
        self._cut_texts: dict[Side, str] = {}

    def forget(self) -> None:
        """Remember nothing: another row is the current one."""
        self._words, self._cuts = {}, {}

    # What is selected

    def selection(self) -> tuple[int, Span] | None:
        """Return number and place of what is selected; None where nothing is."""
        if self._active.editing:
            start, end = self._active.editor.selected_range()
            span = Span(Side.TARGET, start, end)
            return (self._active.number, span) if start < end else None
        chosen = self._reading.selection
        if chosen is None or chosen.start == chosen.end:
            return None
        return chosen.number, Span(chosen.side, *chosen.range)

    def selected_text(self) -> str:
        """Return what is selected, in the editor or in a cell; empty if nothing is."""
        if self._active.editing:
            return self._active.editor.selected_text()
        chosen = self.selection()
        if chosen is None or self._rows is None:
            return ""
        number, span = chosen
        return self._rows.pair(number).text(span.side)[span.start : span.end]

    @property
    def side(self) -> Side | None:
        """The side that a caret or a selection is in; None without one."""
        if self._active.editing:
            return Side.TARGET
        chosen = self.selection()
        if self._active.reading or (chosen and chosen[1].side is Side.SOURCE):
            return Side.SOURCE
        return None

    def caret(self) -> int | None:
        """Return the caret's offset in the target; None while nothing is edited."""
        return self._active.editor.caret() if self._active.editing else None

    # Words of the current row

    def keep_words(self) -> None:
        """Remember what is selected in the current row: the other side may be next."""
        chosen = self._selected_here()
        if chosen is not None:
            self._words[chosen.side] = chosen

    def drop_words(self, side: Side) -> None:
        """Remember nothing of a side: something else is being selected there."""
        self._words.pop(side, None)

    def words(self) -> dict[Side, str]:
        """Return what is selected in the current row, also on the side selected before."""
        self.keep_words()
        texts = self._texts()
        found = {s: texts[s][w.start : w.end].strip() for s, w in self._words.items()}
        return {side: words for side, words in found.items() if words}

    def word(self) -> tuple[Side, str] | None:
        """Return what is selected in the current row, else the word at the caret; None without."""
        chosen, texts = self._selected_here() or self._caret_here(), self._texts()
        if chosen is None:
            return None
        start, end = chosen.start, chosen.end
        if start == end:
            start, end = word_around(texts[chosen.side], start)
        words = texts[chosen.side][start:end].strip()
        return (chosen.side, words) if words else None

    def _selected_here(self) -> Span | None:
        if self._active.reading:
            start, end = self._active.reader.selected_range()
            return Span(Side.SOURCE, start, end) if start < end else None
        chosen = self.selection()
        return chosen[1] if chosen is not None and chosen[0] == self._active.number else None

    def _caret_here(self) -> Span | None:
        if self._active.reading:
            at = self._active.reader.selected_range()[0]
            return Span(Side.SOURCE, at, at)
        caret = self.caret()
        return Span(Side.TARGET, caret, caret) if caret is not None else None

    def _texts(self) -> dict[Side, str]:
        """Return the texts of the current row, with what is edited now."""
        texts = self._recorded_texts()
        if self._active.editing:
            texts[Side.TARGET] = self._active.editor.text()
        return texts

    def _recorded_texts(self) -> dict[Side, str]:
        number = self._active.number
        if self._rows is None or not 0 <= number < self._rows.count:
            return {Side.SOURCE: "", Side.TARGET: ""}
        pair = self._rows.pair(number)
        return {Side.SOURCE: pair.source_text, Side.TARGET: pair.target_text}

    # Where the current row would be split

    def cuts(self) -> tuple[int | None, int | None]:
        """Return where the current row would be split: offsets in source and target, or None."""
        source, target = self._cuts.get(Side.SOURCE), self._cuts.get(Side.TARGET)
        chosen = self.selection()
        if chosen is not None and chosen[0] == self._active.number:
            source = chosen[1].start if chosen[1].side is Side.SOURCE else source
        if self._active.reading:
            source = self._active.reader.selected_range()[0]
        caret = self.caret()
        return source, target if caret is None else caret

    @property
    def kept_cuts(self) -> dict[Side, int]:
        """The carets that are remembered, by side."""
        return dict(self._cuts)

    @property
    def marked_cuts(self) -> tuple[tuple[Side, int], ...]:
        """Those that are shown; none while a caret is in the source."""
        return () if self._active.reading else tuple(self._cuts.items())

    def keep_cut(self, side: Side, offset: int) -> None:
        """Remember where a caret of the current row was; its text is recorded by now."""
        self.keep_cuts(self._cuts | {side: offset})

    def keep_cuts(self, cuts: dict[Side, int]) -> None:
        """Remember these carets of the current row and no others."""
        self._cuts, self._cut_texts = cuts, self._recorded_texts()

    def forget_cuts(self) -> bool:
        """Forget the carets that were remembered; return whether there were any."""
        had, self._cuts = bool(self._cuts), {}
        return had

    def check_cuts(self) -> None:
        """Forget them where the texts are others by now."""
        if self._recorded_texts() != self._cut_texts:
            self._cuts = {}
