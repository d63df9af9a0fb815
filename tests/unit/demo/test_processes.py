"""Whatever a demo starts, it stops."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from demo.home import Home
from demo.processes import Died, Processes

CHECKOUT = Path(__file__).resolve().parents[3]
# A child, a grandchild in a process group of its own (as Airflow's tasks are), both deaf to polite ends.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", code], preexec_fn=lambda: os.setpgid(0, 0), stdout=subprocess.PIPE)
child.stdout.readline()
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(600)
"""
DRIVER = """
import signal, sys, time
from pathlib import Path
from demo import processes
processes.PATIENCE = 0.5
def interrupt(*_): raise KeyboardInterrupt
ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # a background shell ignores SIGINT
for number in ends: signal.signal(number, interrupt)
with processes.Processes(Path(sys.argv[1]), {}) as started:
    started.start("stubborn", sys.executable, "-c", sys.argv[2], sys.argv[1] + "/pids")
    if sys.argv[3] == "failure":
        while not Path(sys.argv[1], "pids").exists(): time.sleep(0.02)
        raise RuntimeError("failure")
    time.sleep(600)
"""

HOLDER = """
import sys, time
from pathlib import Path
from demo.home import Home
from demo.home import Home
from demo.processes import Processes
folder = Path(sys.argv[1])
with Home(folder, 0, 0).lock() as lock, Processes(folder, {}, lock) as started:
    started.start("stubborn", sys.executable, "-c", sys.argv[2], str(folder / "pids"))
    time.sleep(600)
"""


@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP", "failure"])
def test_no_process_is_left_behind_however_a_demo_ends(end: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", DRIVER, str(tmp_path), STUBBORN, end]
    driver = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(CHECKOUT)}, stderr=subprocess.DEVNULL)
    pids = _pids(tmp_path / "pids")
    assert all(psutil.pid_exists(pid) for pid in pids)
    if end != "failure":
        driver.send_signal(signal.Signals[end])
        time.sleep(0.2)
        driver.send_signal(signal.Signals[end])  # once more, while it stops what it has started
    assert driver.wait(30) != 0
    assert not [pid for pid in pids if _is_alive(pid)]


def test_a_killed_demo_holds_its_folder_until_what_it_started_has_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path), STUBBORN]
    holder = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(CHECKOUT)}, stderr=subprocess.DEVNULL)
    left, *_ = (psutil.Process(pid) for pid in _pids(tmp_path / "pids"))
    holder.kill()
    holder.wait(30)
    with pytest.raises(SystemExit, match="left running"):
        Home(tmp_path, 0, 0).lock()
    for process in (*left.children(recursive=True), left):
        process.kill()
    psutil.wait_procs([left], timeout=30)
    Home(tmp_path, 0, 0).lock().close()


def test_a_process_that_dies_is_noticed_and_its_log_named(tmp_path: Path) -> None:
    with Processes(tmp_path, {}) as processes:
        processes.start("brief", sys.executable, "-c", "print('last words'); raise SystemExit(3)")
        processes.running["brief"].wait()
        with pytest.raises(Died, match=r"brief ended with 3; see .*brief\.log"):
            processes.check()
    assert (tmp_path / "brief.log").read_text() == "last words\n"


def test_a_process_that_has_to_end_well_is_waited_for(tmp_path: Path) -> None:
    with Processes(tmp_path, {}) as processes:
        processes.start("good", sys.executable, "-c", "")
        processes.finish("good")
        processes.check()
        processes.start("bad", sys.executable, "-c", "raise SystemExit(1)")
        with pytest.raises(Died, match="bad failed"):
            processes.finish("bad")


def _pids(file: Path) -> list[int]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if file.exists() and len(found := file.read_text().split()) == 2:
            return [int(pid) for pid in found]
        time.sleep(0.02)
    raise AssertionError("the processes did not start")


def _is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
