"""A sentence encoder that the person has on disk: texts to vectors that meet across languages.

An ONNX model and its SentencePiece model in one folder, named as Hugging Face exports name them.
Nothing is ever downloaded, and the program needs none of it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MODELS = ("model.onnx", "onnx/model.onnx")
PIECES = ("sentencepiece.bpe.model", "spiece.model", "tokenizer.model")
OUTPUTS = ("sentence_embedding", "last_hidden_state")
MOST_PIECES = 256
"""Pieces read of one text."""
_MOST_LETTERS = 16 * MOST_PIECES
_XLM_R = "sentencepiece.bpe.model"
"""Models of the XLM-R family call it so, and count its pieces in their own way."""
_WITHIN = 0.1
"""Seconds that one batch may take, so that cancelling is answered at once."""
_FEWEST, _MOST = 64, 16_384
"""Pieces of a batch, padding included."""
_TYPES = {"tensor(int64)": "int64", "tensor(int32)": "int32"}
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers of the pieces that are no text; None for what the model does not use."""

    start: int | None
    end: int | None
    padding: int


def encoder_files(folder: Path) -> tuple[Path, Path]:
    """Return the model and the SentencePiece model of a folder; raises FormatError."""
    found = []
    for names, what in ((MODELS, "an ONNX model"), (PIECES, "a SentencePiece model")):
        path = next((folder / name for name in names if (folder / name).is_file()), None)
        if path is None:
            message = f"“{folder}” holds no encoder: {what} ({' or '.join(names)}) is missing."
            raise FormatError(message)
        found.append(path)
    return found[0], found[1]


class Encoder:
    """Turns texts into vectors of length 1, those of like meaning close to each other.

    Attributes:
        size: of a vector; None before the first text.
    """

    def __init__(self, folder: Path) -> None:
        """Load the models; raises FormatError in one sentence for whatever is wrong with them."""
        model, pieces = encoder_files(folder)
        self._folder = folder
        self._cutter = _cutter(folder, pieces)
        self._offset = pieces.name == _XLM_R
        self._ids = _ids(folder, self._cutter, xlm_r=self._offset)
        self._session = _session(folder, model)
        self._inputs = self._accepted_inputs()
        self._output = self._chosen_output()
        self._budget = 1024
        self.size: int | None = None

    def embed(
        self,
        texts: Sequence[str],
        check: Callable[[], None] = lambda: None,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> NDArray[np.float32]:
        """Return one row per text; a text without pieces has zeros.

        `check` is called before every batch, some ten times a second, and may raise; `progress`
        is told how many more texts are done. Raises FormatError where the model cannot be run.
        """
        cut = []
        for number, text in enumerate(texts):
            if number % 50 == 0:
                check()
            cut.append(self._numbers(text))
        rows: list[NDArray[np.float32] | None] = [None] * len(texts)
        for batch in self._batches(cut):
            check()
            started = time.perf_counter()
            vectors = self._run([cut[number] for number in batch])
            for number, vector in zip(batch, vectors, strict=True):
                rows[number] = vector
            self._adapt(time.perf_counter() - started)
            progress(len(batch))
        if self.size is None:
            self.size = next((len(row) for row in rows if row is not None), None)
        empty = np.zeros(self.size or 1, np.float32)
        found = [empty if row is None else row for row in rows]
        return np.stack(found) if found else np.zeros((0, len(empty)), np.float32)

    def _numbers(self, text: str) -> list[int]:
        pieces = [int(number) for number in self._cutter.encode(text[:_MOST_LETTERS])]
        if self._offset:
            # 0 is the unknown piece; the model has it at 3, behind its own three.
            pieces = [number + 1 if number else 3 for number in pieces]
        if not pieces:
            return []
        start = [] if self._ids.start is None else [self._ids.start]
        end = [] if self._ids.end is None else [self._ids.end]
        return start + pieces[: MOST_PIECES - 2] + end

    def _batches(self, cut: Sequence[list[int]]) -> Iterator[list[int]]:
        """Yield numbers of texts of like length that are run together; the longest come last."""
        batch: list[int] = []
        order = [number for number, pieces in enumerate(cut) if pieces]
        for number in sorted(order, key=lambda number: len(cut[number])):
            if batch and len(cut[number]) * (len(batch) + 1) > self._budget:
                yield batch
                batch = []
            batch.append(number)
        if batch:
            yield batch

    def _adapt(self, seconds: float) -> None:
        factor = min(max(_WITHIN / max(seconds, 1e-4), 0.5), 1.5)
        self._budget = int(min(max(self._budget * factor, _FEWEST), _MOST))

    def _run(self, cut: Sequence[list[int]]) -> NDArray[np.float32]:
        width = max(len(pieces) for pieces in cut)
        ids = np.full((len(cut), width), self._ids.padding, np.int64)
        mask = np.zeros((len(cut), width), np.int64)
        for row, pieces in enumerate(cut):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        feed = {name: given[name].astype(kind) for name, kind in self._inputs.items()}
        try:
            (found,) = self._session.run([self._output], feed)
        except Exception as error:  # noqa: BLE001 - the runtime raises many kinds, none its own base
            raise _refused(self._folder, "its model cannot be run", error) from None
        vectors = np.asarray(found, np.float32)
        if vectors.ndim == 3 and vectors.shape[:2] == mask.shape:
            weights = mask[:, :, None].astype(np.float32)
            vectors = (vectors * weights).sum(axis=1) / weights.sum(axis=1)
        if vectors.ndim != 2 or len(vectors) != len(cut) or not np.isfinite(vectors).all():
            raise _refused(self._folder, "its model gives no vectors of sentences")
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)

    def _accepted_inputs(self) -> dict[str, str]:
        """Return the model's inputs and their number types; raises FormatError for others."""
        found: dict[str, str] = {}
        for given in self._session.get_inputs():
            if given.name not in _INPUTS or given.type not in _TYPES:
                raise _refused(self._folder, f"its model wants “{given.name[:40]}”")
            found[given.name] = _TYPES[given.type]
        return found

    def _chosen_output(self) -> str:
        names = [given.name for given in self._session.get_outputs()]
        return next((name for name in OUTPUTS if name in names), str(names[0]))


def _session(folder: Path, model: Path) -> Any:  # Any: the package is optional, as are its types
    try:
        import onnxruntime
    except ImportError:
        raise _missing("onnxruntime") from None
    # The program says nothing to anybody; the runtime does not either.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - as above
        raise _refused(
            folder, f"“{model.name}” is no ONNX model that can be used", error
        ) from None


def _cutter(folder: Path, pieces: Path) -> Any:  # Any: as above
    try:
        import sentencepiece
    except ImportError:
        raise _missing("sentencepiece") from None
    try:
        return sentencepiece.SentencePieceProcessor(model_proto=pieces.read_bytes())
    except Exception:  # noqa: BLE001 - as above; its own words name nothing but its source code
        raise _refused(folder, f"“{pieces.name}” is no SentencePiece model") from None


def _ids(folder: Path, cutter: Any, *, xlm_r: bool) -> Ids:  # Any: as above
    """Return the special pieces: of the family, of config.json, of the SentencePiece model."""
    if xlm_r:
        return Ids(0, 2, 1)
    path = folder / "config.json"
    if not path.is_file():
        own = [number if number >= 0 else None for number in (cutter.bos_id(), cutter.eos_id())]
        return Ids(own[0], own[1], max(0, cutter.pad_id()))
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        config = None
    if not isinstance(config, dict):
        raise _refused(folder, "its config.json is no JSON object")
    start, end, padding = (
        value if type(value := config.get(f"{name}_token_id")) is int and value >= 0 else None
        for name in ("bos", "eos", "pad")
    )
    return Ids(start, end, padding or 0)


def _missing(package: str) -> FormatError:
    message = f"An encoder needs the package {package} (pip install bitext-reviewer[encoder])."
    return FormatError(message)


def _refused(folder: Path, why: str, error: Exception | None = None) -> FormatError:
    """Return the sentence; of the runtime's own words only the first line, cut."""
    words = str(error).splitlines()[0][:120] if error is not None and str(error) else ""
    return FormatError(
        f"The encoder in “{folder}” cannot be used: {why}{words and f' ({words})'}."
    )
