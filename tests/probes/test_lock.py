"""One at a time: within a process, between processes, and after a holder has died."""

import json
import subprocess
import sys
import threading
import time

import pytest

from probes.lock import CancelledWhileWaitingError, turn, waiting

HOLD = """
import time
from probes.lock import turn
with turn("other"):
    print("in", flush=True)
    time.sleep(600)
"""


def hold_elsewhere():
    process = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "in\n"
    return process


def test_the_second_waits_for_the_first():
    order = []

    def second():
        with turn("second"):
            order.append("second")

    with turn("first"):
        thread = threading.Thread(target=second)
        thread.start()
        while len(waiting()) < 2:
            time.sleep(0.01)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_the_queue_shows_everybody_in_order():
    with turn("first"):
        stop = threading.Event()
        places = []

        def second():
            with (
                pytest.raises(CancelledWhileWaitingError),
                turn("second", cancelled=stop.is_set, on_position=places.append),
            ):
                pass

        thread = threading.Thread(target=second)
        thread.start()
        while len(waiting()) < 2:
            time.sleep(0.01)
        assert [ticket.what for ticket in waiting()] == ["first", "second"]
        stop.set()
        thread.join()
        assert places in ([1], [])
    assert waiting() == ()


def test_another_process_holds_the_turn():
    other = hold_elsewhere()
    try:
        places: list[int] = []  # cancelled only once it was told that somebody is ahead
        with (
            pytest.raises(CancelledWhileWaitingError),
            turn("mine", cancelled=lambda: bool(places), on_position=places.append),
        ):
            pass
        assert places[0] == 1
        assert [ticket.process for ticket in waiting()] == [other.pid]
    finally:
        other.kill()
        other.wait()


def test_a_holder_that_was_killed_blocks_nobody():
    other = hold_elsewhere()
    other.kill()
    other.wait()
    with turn("mine"):
        assert [ticket.what for ticket in waiting()] == ["mine"]


def test_a_ticket_of_an_earlier_process_with_the_same_number_is_removed(tmp_path):
    import os

    queue = tmp_path / "data" / "queue"
    queue.mkdir(parents=True)
    stale = queue / "0-stale.json"
    stale.write_text(json.dumps({"process": os.getpid(), "born": 1.0, "since": 1.0, "what": "old"}))
    assert waiting() == ()
    assert not stale.exists()


def test_a_ticket_that_cannot_be_read_is_removed(tmp_path):
    queue = tmp_path / "data" / "queue"
    queue.mkdir(parents=True)
    (queue / "0-broken.json").write_text("{")
    with turn("mine"):
        assert [ticket.what for ticket in waiting()] == ["mine"]


def test_the_turn_is_given_back_after_an_error():
    with pytest.raises(ZeroDivisionError), turn("first"):
        raise ZeroDivisionError
    with turn("second"):
        assert len(waiting()) == 1
