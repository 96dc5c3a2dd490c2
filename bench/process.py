"""Started processes: what they use, and that they end."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from machine import fail


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Process:
    """A command on one core in a session of its own, with all processes that it starts."""

    def __init__(self, command, core, folder, environment=None):
        self.name = Path(command[0]).name
        self.log = Path(folder, f"{self.name}-{time.monotonic_ns()}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                # It ends with this script, even if that is killed.
                ["setpriv", "--pdeathsig", "TERM", "taskset", "-c", str(core), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )

    def said(self):
        return self.log.read_text(errors="replace")[-2000:].strip()

    def still_runs(self):
        if self.process.poll() is not None:
            fail(f"{self.name} ended with {self.process.returncode}:\n{self.said()}")

    def members(self):
        """The numbers of its processes."""
        members = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                # It ended between two looks.
                continue
            if int(fields[3]) == self.process.pid and fields[0] != "Z":
                members.append(int(stat.parent.name))
        return members

    def cpu_seconds(self):
        """What all its processes have spent so far, in user space and in the kernel."""
        # The clock of a process' CPU time, as clock_getcpuclockid(3) numbers it: in nanoseconds,
        # and with the threads that have ended.
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self.members())

    def memory_mb(self):
        """Resident memory, in which what the processes share counts once."""
        whole, own = [], []
        for pid in self.members():
            sizes = {}
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
                name, size, *_ = line.split()
                sizes[name] = int(size) * 1024 / 1e6
            whole.append(sizes["Rss:"])
            own.append(sizes["Private_Clean:"] + sizes["Private_Dirty:"])
        largest = max(range(len(whole)), key=whole.__getitem__)
        return whole[largest] + sum(own) - own[largest]

    def stop(self):
        """Asks it to end, and waits; what then still runs of its session is killed."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pid in self.members():
            os.kill(pid, signal.SIGKILL)
