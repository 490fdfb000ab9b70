"""Whether a process is gone is told for sure, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from maille.ceph.process import is_gone, own_mark

TELL = "from maille.ceph.process import own_mark; print(own_mark(), flush=True); input()"


def told() -> tuple[str, subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    return child.stdout.readline().strip(), child


def test_a_process_is_gone_once_it_has_ended() -> None:
    mark, child = told()
    assert not is_gone(mark)
    child.communicate("\n")
    assert is_gone(mark)


def test_one_whose_parent_has_not_asked_is_gone_too() -> None:
    mark, child = told()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(mark)
    child.communicate()


def test_a_number_that_was_given_again_is_another_process() -> None:
    space, pid, started = own_mark().split(".")
    assert is_gone(f"{space}.{pid}.{int(started) - 1}")
    assert not is_gone(own_mark())


@pytest.mark.parametrize("mark", ["", "nonsense", "other-boot-4026531836.1.1", "..", "a.b.c"])
def test_nothing_is_said_of_what_is_not_this_machine_s(mark: str) -> None:
    assert not is_gone(mark)
