"""A sentence encoder: what it is read from, what is refused, and that it helps to align."""

import numpy as np
import pytest
from onnx import TensorProto

from reviewer.align import Column, Encoder, Meaning, align
from reviewer.errors import FormatError
from tests.align.encoders import write_encoder
from tests.align.texts import book, pairs_of, word

BASE = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}


def cosine(encoder, one, other):
    vectors = encoder.embed([one, other])
    return float(vectors[0] @ vectors[1])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"file": "onnx/model.onnx", "name": "tokenizer.model"},
        {"name": "sentencepiece.bpe.model"},
        {"config": BASE},
        {"config": {"eos_token_id": 2, "bos_token_id": None}},
        {"pooled": True},
        {"pooled": True, "types": True, "kind": TensorProto.INT32},
    ],
    ids=["plain", "onnx folder", "xlm-r", "config", "no start", "pooled", "32 bits"],
)
def test_translations_meet(tmp_path, options):
    encoder = Encoder(write_encoder(tmp_path, **options))
    source, target = book(20, 3)
    assert encoder.embed([]).shape[0] == 0
    vectors = encoder.embed([*(s.lower() for s in source), *(t.lower() for t in target), ""])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors[:40], axis=1), 1, atol=1e-3)
    assert not vectors[40].any()
    best = (vectors[:20] @ vectors[20:40].T).argmax(axis=1)
    assert best.tolist() == list(range(20))


def test_padding_changes_nothing(tmp_path):
    encoder = Encoder(write_encoder(tmp_path))
    short, long = word(3, 0), " ".join(word(n, 0) for n in range(200))
    together = encoder.embed([short, long])
    alone = encoder.embed([short])
    assert np.allclose(together[0], alone[0], atol=1e-6)


def spoilt(folder, what):
    write_encoder(folder, **({"extra": "pixel_values"} if what == "input" else {}))
    if what == "cut":
        path = folder / "model.onnx"
        path.write_bytes(path.read_bytes()[:500])
    elif what == "pieces":
        (folder / "spiece.model").write_bytes(b"no model at all")
    elif what == "config":
        (folder / "config.json").write_text("[" * 100_000, "utf-8")
    elif what == "ids":
        (folder / "config.json").write_text('{"eos_token_id": 10000000}', "utf-8")
    elif what == "no model":
        (folder / "model.onnx").unlink()
    elif what == "no pieces":
        (folder / "spiece.model").unlink()
    return folder


@pytest.mark.parametrize(
    "what", ["cut", "pieces", "config", "ids", "input", "no model", "no pieces"]
)
def test_whatever_is_wrong_with_the_folder_is_one_sentence(tmp_path, what):
    with pytest.raises(FormatError) as refused:
        Encoder(spoilt(tmp_path / "e", what)).embed(["Good day."])
    assert str(tmp_path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FormatError, match="holds no encoder"):
        Encoder(tmp_path / "gone")


@pytest.mark.parametrize("package", ["onnxruntime", "sentencepiece"])
def test_without_the_packages_it_says_which(tmp_path, monkeypatch, package):
    write_encoder(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(FormatError, match=package):
        Encoder(tmp_path)


def gap(seed):
    """Return a short book whose translation lacks one sentence and has another one more."""
    source, target = book(9, seed)
    _, (other,) = book(1, seed + 500)
    del target[2]
    target.insert(5, other)
    right = [((k,), (k - (2 < k < 6),)) for k in range(9) if k != 2]
    return [s.lower() for s in source], [t.lower() for t in target], right


@pytest.mark.parametrize("seed", [1, 10])
def test_it_aligns_what_the_aligner_alone_gets_wrong(tmp_path, seed):
    source, target, right = gap(seed)
    texts = Column(source), Column(target), "en", "xx"
    witness = Meaning(Encoder(write_encoder(tmp_path)))
    assert not set(right) <= set(pairs_of(align(*texts)))
    assert set(right) <= set(pairs_of(align(*texts, witnesses=[witness])))


def test_it_helps_more_often_than_not(tmp_path):
    witness = Meaning(Encoder(write_encoder(tmp_path)))
    alone = understood = wanted = 0
    for seed in range(12):
        source, target, right = gap(seed)
        texts = Column(source), Column(target), "en", "xx"
        alone += len(set(right) & set(pairs_of(align(*texts))))
        understood += len(set(right) & set(pairs_of(align(*texts, witnesses=[witness]))))
        wanted += len(right)
    assert understood - alone > 0.2 * wanted


def test_merged_sentences_are_found(tmp_path):
    witness = Meaning(Encoder(write_encoder(tmp_path)))
    source, target = ([text.lower() for text in side] for side in book(40, 8))
    merged = [*target[:20], f"{target[20]} {target[21]}", *target[22:]]
    beads = pairs_of(align(Column(source), Column(merged), "en", "xx", witnesses=[witness]))
    assert ((20, 21), (20,)) in beads
    turned = pairs_of(align(Column(merged), Column(source), "xx", "en", witnesses=[witness]))
    assert ((20,), (20, 21)) in turned


class Deaf:
    """An encoder that understands nothing."""

    def embed(self, texts, check, progress):
        dice = np.random.default_rng(len(texts))
        vectors = dice.normal(size=(len(texts), 16)).astype(np.float32)
        progress(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_an_encoder_that_knows_nothing_says_nothing():
    source, target = book(120, 5)
    texts = Column(source), Column(target), "en", "xx"
    plain = pairs_of(align(*texts))
    told = pairs_of(align(*texts, witnesses=[Meaning(Deaf())]))
    assert len(set(plain) & set(told)) > 0.95 * len(plain)


def test_more_vectors_than_are_kept(tmp_path, monkeypatch):
    from reviewer.align import meaning

    monkeypatch.setattr(meaning, "_BLOCK", 32)
    witness = Meaning(Encoder(write_encoder(tmp_path)))
    source, target = ([text.lower() for text in side] for side in book(120, 6))
    texts = Column(source), Column(target), "en", "xx"
    whole = align(*texts, witnesses=[witness]).beads
    block = 4 * 32 * 32 * 2
    monkeypatch.setattr(meaning, "_MOST_BYTES", 2 * 2 * block)
    assert align(*texts, witnesses=[witness]).beads == whole


def test_progress_and_cancelling(tmp_path):
    told = []
    witness = Meaning(Encoder(write_encoder(tmp_path)), lambda *step: told.append(step))
    source, target = ([text.lower() for text in side] for side in book(300, 6))
    witness.evidence(source, target, lambda: None)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] / told[-1][1] > 0.98

    asked = []

    def check():
        asked.append(len(asked))
        if len(asked) > 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        witness.evidence(source, target, check)
