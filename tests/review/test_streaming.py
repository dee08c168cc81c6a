"""What goes through the pipe in pieces comes out whole."""

import threading
from multiprocessing import Pipe

import numpy as np
import pytest

from reviewer.review.tasks import streaming
from reviewer.store.packed import Packed


def through(value):
    """Send a value from a thread and return what comes out, and what was sent behind it."""
    near, far = Pipe()

    def send():
        streaming.send(far, value)
        far.send("next")

    thread = threading.Thread(target=send)
    thread.start()
    found = streaming.receive(near), near.recv()
    thread.join()
    return found


@pytest.mark.parametrize("value", [None, "text" * 100_000, b"\n" * 1_000_000, ["x\n"] * 50_000])
def test_values_come_out_as_they_went_in(value):
    assert through(value) == (value, "next")


@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_and_packed_rows_come_out_as_they_went_in(order):
    numbers = np.asarray(np.arange(400_000).reshape(4, -1), order=order)
    rows = Packed(tuple, ((n, f"text {n}", b"\0", None) for n in range(1_000)))
    (found, packed), behind = through((numbers, rows))
    assert (found == numbers).all()
    assert list(packed) == list(rows)
    assert packed[-1] == (999, "text 999", b"\0", None)
    assert behind == "next"
