"""The machine's lock and the folder where its users meet."""

import os
import signal
import stat
import tempfile
import time
from pathlib import Path

import pytest

from probes import places
from probes.exclusive import Exclusive
from probes.lock import turn, waiting
from probes.places import data_folder, meeting_place, shared_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="users share a folder on POSIX only")

NOBODY = 65534


@pytest.fixture
def shared(tmp_path, monkeypatch):
    monkeypatch.delenv("TENSOR_OR_TORCH_QUEUE")
    monkeypatch.delenv("TENSOR_OR_TORCH_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setattr(places, "SHARED", tmp_path / "shared")
    return tmp_path / "shared"


def test_only_one_holds_the_lock(tmp_path):
    first, second = (Exclusive(tmp_path / "lock") for _ in range(2))
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    assert second.try_acquire()
    second.release()


def test_letting_go_of_what_is_not_held_does_nothing(tmp_path):
    Exclusive(tmp_path / "lock").release()


def test_the_lock_never_goes_through_a_link(tmp_path):
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        Exclusive(tmp_path / "lock").try_acquire()
    assert not (tmp_path / "elsewhere").exists()


def test_everybody_may_join_and_nobody_remove_another(shared):
    assert shared_folder() == shared
    for folder in (shared, shared / "queue"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o1777


def test_a_data_folder_of_ones_own_is_no_way_past_the_others(shared, tmp_path, monkeypatch):
    monkeypatch.setenv("TENSOR_OR_TORCH_DATA", str(tmp_path / "elsewhere"))
    assert shared_folder() == shared


def test_another_place_to_meet_can_be_named(shared, tmp_path, monkeypatch):
    monkeypatch.setenv("TENSOR_OR_TORCH_QUEUE", str(tmp_path / "other"))
    assert shared_folder() == tmp_path / "other"
    assert shared_folder().is_dir()


def test_a_lock_and_a_ticket_can_be_read_by_all(shared):
    before = os.umask(0o077)
    try:
        with turn("mine"):
            files = [shared / "measuring.lock", *(shared / "queue").iterdir()]
            assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o644, 0o644]
    finally:
        os.umask(before)


@pytest.mark.parametrize("spoil", [lambda place: place.symlink_to("/"), lambda place: place.mkdir(0o755)])
def test_a_place_that_is_not_open_to_all_is_not_used(shared, spoil):
    spoil(shared)
    assert meeting_place(shared) is None
    assert shared_folder() == data_folder() != shared


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another user")
def test_another_user_waits_too():
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o755)
        folder = meeting_place(Path(home) / "shared")
        meeting_place(folder / "queue")
        other, told = hold_as(NOBODY, folder)
        try:
            assert told.readline() == "in\n"
            assert [ticket.what for ticket in waiting(folder)] == ["other"]
            assert not Exclusive(folder / "measuring.lock").try_acquire()
        finally:
            os.kill(other, signal.SIGKILL)
            os.waitpid(other, 0)
            told.close()
        with turn("mine", folder=folder):
            assert [ticket.what for ticket in waiting(folder)] == ["mine"]


def hold_as(user, folder):
    """Another process that acts as another user; a fork, since that user may not read this interpreter."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.setuid(user)
            os.umask(0o077)
            with turn("other", folder=folder):
                os.write(writing, b"in\n")
                time.sleep(600)
        finally:
            os._exit(1)
    os.close(writing)
    return process, os.fdopen(reading)
