"""How the time of a job grows with its text, told apart from a busy machine."""

import gc
import time

_TIMES = 8
"""Linear work takes so many times the time for so many times the text, quadratic work 64 times."""
_MOST = 3 * _TIMES
_TICK = 0.02
"""Seconds by which clocks and caches may be wrong."""
_TRIES = 6


def assert_linear(work, make, size):
    """Fail where `work(make(size))` takes far more than eight times as long as an eighth of it.

    Time is that of this thread on a processor, the best of several tries of both sizes in turn:
    another program makes some tries slower, quadratic work all of them.
    """
    whole, part = make(size), make(size // _TIMES)
    work(make(10))
    long = short = float("inf")
    for _ in range(_TRIES):
        short = min(short, seconds(work, part))
        long = min(long, seconds(work, whole))
        if long < _MOST * short + _TICK:
            return
    message = f"{size // _TIMES}: {short:.3f} s, {size}: {long:.3f} s"
    raise AssertionError(message)


def seconds(work, text):
    """Return how long this thread works, without the collection of garbage made elsewhere."""
    collects = gc.isenabled()
    gc.disable()
    started = time.thread_time()
    work(text)
    took = time.thread_time() - started
    if collects:
        gc.enable()
    return took
