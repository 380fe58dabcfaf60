"""The memory figure, with a known allocation."""

import mmap
import sys

import numpy as np
import pytest

from probes.worker import memory


def test_the_peak_grows_by_what_is_allocated() -> None:
    memory.reset_peak()
    before = memory.peak_mib()
    held = np.ones(64 * 2**17)
    after = memory.peak_mib()
    assert held.nbytes == 64 * 2**20
    assert before is not None
    assert after is not None
    assert after - before == pytest.approx(64, abs=6)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can start the peak anew")
def test_a_new_peak_forgets_the_old_one() -> None:
    held = np.ones(128 * 2**17)
    high = memory.peak_mib()
    del held
    if not memory.reset_peak():
        pytest.skip("this container does not allow it")
    low = memory.peak_mib()
    assert high is not None
    assert low is not None
    assert high - low > 100


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for pages of the small size")
def test_every_page_of_new_memory_is_a_fault() -> None:
    before = memory.fetching()
    with mmap.mmap(-1, 64 * 2**20) as held:
        held.madvise(mmap.MADV_NOHUGEPAGE)
        held[:: mmap.PAGESIZE] = bytes(len(held) // mmap.PAGESIZE)
        pages = len(held) // mmap.PAGESIZE
        after = memory.fetching()
    assert before is not None
    assert after is not None
    assert after.page_faults - before.page_faults == pytest.approx(pages, rel=0.1)
    assert after.system_seconds >= before.system_seconds
