"""The window's end of the worker process, against a process of the test's own."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reviewer.review.saving import Unsaved
from reviewer.review.tasks.requests import (
    CompareTableRequest,
    Done,
    Failed,
    Found,
    LookRequest,
    Progress,
    Stopped,
)
from reviewer.ui.worker import Worker

SOON = 20
"""Seconds: a busy machine takes its time; what is not stopped would go on for ever."""


def serve(connection, cancel, writing):
    """Do what the request's first path says."""
    while (message := connection.recv()) is not None:
        job, request = message
        is_table = isinstance(request, CompareTableRequest)
        what = request.table.name if is_table else request.readings[0]
        if what == "die":
            os._exit(3)
        if what == "fail":
            connection.send(Failed(job, "It is not there."))
        elif what == "hang":
            time.sleep(600)
        elif what == "write":
            with writing:
                connection.send(Progress(job, "Writing", 0, 1))
                cancel.wait()
                time.sleep(0.3)
            connection.send(Done(job, "written"))
        elif what == "wait":
            while not cancel.is_set():
                time.sleep(0.005)
            connection.send(Stopped(job))
        else:
            connection.send(Progress(job, "Reading", 1, 2))
            connection.send(Found(job, (), 0))
            connection.send(Done(job - 1, "stale"))
            connection.send(Done(job, what))


def request(what):
    return LookRequest((what,))


@pytest.fixture(scope="module")
def worker(qapp):
    """Return one worker for all tests: starting its process is what takes time."""
    worker = Worker(serve=serve)
    yield worker
    worker.close()


def test_job_tells_progress_and_result(worker, qtbot):
    job = worker.submit(request("text"))
    progress = []
    job.progressed.connect(progress.append)
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args == ["text"]
    assert [(p.label, p.done, p.total) for p in progress] == [("Reading", 1, 2)]


def test_jobs_run_one_after_the_other(worker, qtbot):
    first, second = worker.submit(request("a")), worker.submit(request("b"))
    order = []
    first.done.connect(order.append)
    second.done.connect(order.append)
    with qtbot.waitSignal(worker.idle):
        pass
    assert order == ["a", "b"]


def test_another_process_takes_over_when_there_is_no_job(worker, qtbot):
    with qtbot.waitSignal(worker.submit(request("a")).done):
        pass
    before = worker._process.pid
    with qtbot.assertNotEmitted(worker.crashed):
        worker.start_over()
        with qtbot.waitSignal(worker.submit(request("b")).done) as done:
            pass
    assert done.args == ["b"]
    assert worker._process.pid != before


def test_a_process_with_a_job_goes_on(worker, qtbot):
    job = worker.submit(request("text"))
    with qtbot.waitSignal(worker.started):
        pass
    before = worker._process.pid
    with qtbot.waitSignal(job.done):
        worker.start_over()
    assert worker._process.pid == before


def test_failure_is_a_sentence(worker, qtbot):
    with qtbot.waitSignal(worker.submit(request("fail")).failed) as failed:
        pass
    assert failed.args == ["It is not there."]


def test_cancel_stops_the_running_job_soon(worker, qtbot):
    job = worker.submit(request("wait"))
    with qtbot.waitSignal(worker.started):
        pass
    began = time.monotonic()
    with qtbot.waitSignal(job.stopped):
        job.cancel()
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize(
    "hanging",
    [LookRequest(("hang",)), CompareTableRequest(Path("p"), b"", Unsaved(), Path("hang"))],
    ids=["look", "table"],
)
def test_what_cannot_be_interrupted_is_killed_and_the_next_job_runs(worker, qtbot, hanging):
    job = worker.submit(hanging)
    with qtbot.waitSignal(worker.started):
        pass
    with qtbot.assertNotEmitted(worker.crashed), qtbot.waitSignal(job.stopped):
        job.cancel()
    with qtbot.waitSignal(worker.submit(request("b")).done) as done:
        pass
    assert done.args == ["b"]


def test_what_is_being_written_is_not_killed(worker, qtbot):
    job = worker.submit(request("write"))
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.done) as done:
        job.cancel()
    assert done.args == ["written"]


def test_cancel_of_a_waiting_job_leaves_the_running_one(worker, qtbot):
    first, second = worker.submit(request("wait")), worker.submit(request("b"))
    with qtbot.waitSignal(worker.started):
        pass
    with qtbot.waitSignal(second.stopped):
        second.cancel()
    assert worker.running is first
    with qtbot.waitSignal(first.stopped):
        first.cancel()


def test_death_is_told_and_the_next_job_runs(worker, qtbot):
    job = worker.submit(request("die"))
    with qtbot.waitSignals([worker.crashed, job.failed]):
        pass
    with qtbot.waitSignal(worker.submit(request(Path("x"))).done) as done:
        pass
    assert done.args == [Path("x")]


def test_close_ends_a_running_job_without_waiting_for_it(qtbot):
    worker = Worker(serve=serve)
    worker.submit(request("wait"))
    with qtbot.waitSignal(worker.started):
        pass
    began = time.monotonic()
    worker.close()
    assert time.monotonic() - began < SOON
