"""Small real encoders: a SentencePiece model of the made-up tongues, and an ONNX model over it."""

import io
import json
from functools import cache

import numpy as np
import onnx
import sentencepiece
from onnx import TensorProto, helper, numpy_helper

from tests.align.texts import word

THINGS = 300
SIZE = 32


@cache
def pieces(special=(0, 1, 2, -1)):
    """Return the bytes of a SentencePiece model with one piece per word of both tongues."""
    model = io.BytesIO()
    texts = [f"{word(n, 0)} {word(n, 1)} {word(n, 0)}. {word(n, 1)}." for n in range(THINGS)]
    unknown, start, end, padding = special
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts * 3),
        model_writer=model,
        model_type="word",
        vocab_size=4 * THINGS + 10,
        hard_vocab_limit=False,
        unk_id=unknown,
        bos_id=start,
        eos_id=end,
        pad_id=padding,
        minloglevel=2,
    )
    return model.getvalue()


def table(offset=0, *, seed=1):
    """Return a vector per piece: the same for a word and its translation, noise for the others."""
    dice = np.random.default_rng(seed)
    cutter = sentencepiece.SentencePieceProcessor(model_proto=pieces())
    rows = 0.05 * dice.normal(size=(cutter.get_piece_size() + offset, SIZE))
    for n in range(THINGS):
        meaning = dice.normal(size=SIZE)
        for tongue in (0, 1):
            for end in ("", "."):
                number = cutter.piece_to_id("\u2581" + word(n, tongue) + end)
                if number != cutter.unk_id():
                    rows[number + offset] = meaning
    return rows.astype(np.float32)


def model(rows, *, pooled=False, kind=TensorProto.INT64, types=False, extra=""):
    """Return an ONNX model: a table of vectors, given as they are or pooled over the mask."""
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    names += [extra] if extra else []
    inputs = [helper.make_tensor_value_info(name, kind, ["b", "n"]) for name in names]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    constants = [numpy_helper.from_array(rows, "table")]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["b", "n", rows.shape[1]]
    )
    if pooled:
        constants.append(numpy_helper.from_array(np.array([2], np.int64), "last"))
        constants.append(numpy_helper.from_array(np.array([1], np.int64), "middle"))
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
            helper.make_node("Mul", ["last_hidden_state", "wide"], ["seen"]),
            helper.make_node("ReduceSum", ["seen", "middle"], ["sentence_embedding"], keepdims=0),
        ]
        output = helper.make_tensor_value_info(
            "sentence_embedding", TensorProto.FLOAT, ["b", rows.shape[1]]
        )
    graph = helper.make_graph(nodes, "words", inputs, [output], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 9
    onnx.checker.check_model(made)
    return made.SerializeToString()


def write_encoder(folder, *, file="model.onnx", name="spiece.model", config=None, **options):
    """Write an encoder into a folder and return the folder."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(pieces())
    rows = table(1 if name == "sentencepiece.bpe.model" else 0)
    (folder / file).write_bytes(model(rows, **options))
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder
