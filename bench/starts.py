"""Start, idle memory and reload, one server at a time, as the table grows."""

import os
import subprocess
import sys

from machine import say
from setup import PROXIES, ROUTERS
from table import brands_yaml, environment

# Brands, of which each has two hosts.
SIZES = (5, 100, 500, 50_000)
# Where all servers are started, and how often.
COMPARED = {100: 5, 50_000: 3}
NEEDED = {it for peer in ROUTERS for it in peer.tools}


def measure(bench):
    """Returns `{brands: {server: {measure: [figures]}}}`."""
    figures = {}
    for brands in SIZES:
        say(f"starting with {2 * brands:,} hosts …")
        of_size = figures[str(brands)] = {}
        for _ in range(COMPARED.get(brands, 3)):
            for name in bench.binaries:
                ours = bench.ours(name, brands)
                _note(of_size, ours)
                reload_ms, reload_cpu_s = ours.reload()
                bench.end(ours)
                checked_s = _check(bench, bench.binaries[name], brands)
                for measure, figure in (
                    ("reload_ms", reload_ms),
                    ("reload_cpu_s", reload_cpu_s),
                    ("check_cpu_s", checked_s),
                ):
                    of_size[name].setdefault(measure, []).append(figure)
            for kind in ROUTERS if brands in COMPARED else PROXIES:
                peer = bench.peer(kind, brands)
                _note(of_size, peer)
                bench.end(peer)
    return figures


def _note(figures, server):
    of_server = figures.setdefault(server.name, {})
    of_server.setdefault("start_ms", []).append(server.start_ms)
    of_server.setdefault("start_cpu_s", []).append(server.cpu_seconds())
    of_server.setdefault("memory_mb", []).append(server.memory_mb())


def _check(bench, binary, brands):
    """CPU seconds of `brandgate check` on the same table."""
    path = bench.folder / "check.yaml"
    path.write_text(brands_yaml(brands, 0))
    process = subprocess.Popen(
        ["taskset", "-c", str(bench.server_core), binary, "check", path],
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
        env={**os.environ, **environment(brands)},
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime
