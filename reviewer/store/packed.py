"""Rows of a project file in memory: packed by the page, made into values when they are asked for.

A text of a million sentences costs as much as its bytes do when they are zipped. What is asked for
comes from memory, never from the file: it was checked, it waits for no lock, and it is there when
the file is gone.
"""

from __future__ import annotations

import marshal
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Value = TypeVar("Value")

_PAGE = 16
"""Rows of a page. One is opened in 0.03 ms; one of 64 takes 0.1 ms, and a tenth less memory."""
_MOST_KEPT = 400
"""Pages whose rows are kept, those that were asked for last."""
_FAST = 1
_PLAIN = 2
"""Version of `marshal` that looks for no object twice: zlib finds equal bytes quicker."""


class Packed(Sequence[Value], Generic[Value]):
    """A sequence of values that are kept as packed rows.

    Equal values that are asked for later may be other objects. Grows at its end; can be pickled.
    For one thread at a time.
    """

    def __init__(self, make: Callable[[Any], Value], rows: Iterable[tuple[Any, ...]] = ()) -> None:
        """Begin with these rows.

        Args:
            make: makes the value of a row; a function of a module.
            rows: tuples of numbers, texts, bytes and None.
        """
        self._make = make
        self._pages: list[bytes] = []
        self._tail: list[tuple[Any, ...]] = []
        self._kept: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self.extend([*rows])

    def extend(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows at the end."""
        self._tail += rows
        whole = len(self._tail) - len(self._tail) % _PAGE
        for at in range(0, whole, _PAGE):
            page = marshal.dumps(self._tail[at : at + _PAGE], _PLAIN)
            self._pages.append(zlib.compress(page, _FAST))
        del self._tail[:whole]
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._pages) * _PAGE + len(self._tail)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> list[Value]: ...

    def __getitem__(self, index: int | slice) -> Value | list[Value]:
        if isinstance(index, slice):
            return self._slice(*index.indices(len(self)))
        number, inside = divmod(index if index >= 0 else len(self) + index, _PAGE)
        kept = self._kept.get(number)
        if kept is None or inside >= len(kept):
            kept = self._open(number)
        return self._make(kept[inside])

    def _slice(self, start: int, stop: int, step: int) -> list[Value]:
        first, inside = divmod(start, _PAGE)
        if step == 1 and start < stop <= (first + 1) * _PAGE:
            kept = self._kept.get(first) or self._open(first)
            return [self._make(row) for row in kept[inside : inside + stop - start]]
        return [self[each] for each in range(start, stop, step)]

    def _open(self, number: int) -> list[tuple[Any, ...]]:
        """Unpack the rows of a page, and keep them for a while; raises IndexError."""
        if not 0 <= number <= len(self._pages):
            raise IndexError(number)
        rows = self._kept[number] = self._rows(number)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return rows

    def _rows(self, number: int) -> list[tuple[Any, ...]]:
        if number == len(self._pages):
            return self._tail
        rows: list[tuple[Any, ...]] = marshal.loads(  # noqa: S302 - what we packed ourselves
            zlib.decompress(self._pages[number])
        )
        return rows

    def __iter__(self) -> Iterator[Value]:
        for number in range(len(self._pages) + 1):
            yield from map(self._make, self._kept.get(number) or self._rows(number))

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_kept": OrderedDict()}
