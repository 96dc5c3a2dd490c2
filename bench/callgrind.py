"""Counts instructions of user space, by callgrind.

The figures are the same on any machine of one kind, whatever else it does. Each is the difference
between a long and a short run, so that the start is in none. Requests come over 16 keep-alive
connections, one on each at a time.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from machine import fail, find
from servers import read_answer
from traffic import assertions, by_name, logins, logouts

BRANDS = 100
CONNECTIONS = 16
SHORT, LONG = 320, 2240
# Valgrind steps through `rep movsb` byte by byte: have the C library copy with other instructions.
NO_REP = {
    "GLIBC_TUNABLES": "glibc.cpu.x86_rep_movsb_threshold=100000000"
    ":glibc.cpu.x86_rep_stosb_threshold=100000000"
}
# What is counted: whether sites post assertions to us, the requests, the status of each answer.
KINDS = {
    "/login": (False, lambda: logins(BRANDS, LONG), 302),
    "/login, Chromium": (False, lambda: logins(BRANDS, LONG, chromium=True), 302),
    "/login with a flow": (True, lambda: logins(BRANDS, LONG), 302),
    "/login with a flow, Chromium": (True, lambda: logins(BRANDS, LONG, chromium=True), 302),
    "/access/jwt": (True, lambda: assertions(BRANDS, LONG), 200),
    "/logout": (False, lambda: logouts(BRANDS, LONG), 200),
}
# A small and a large table, each brand with everything of its own, and how many requests of a kind are
# counted there after as many that are not.
SIZES = (100, 5_000)
EACH = 64
START = "start"


def per_request(start, core, kind):
    """What a server spends on one request of a kind.

    `start` starts one, with what `Server` takes by name.
    """
    assertion, requests, status = KINDS[kind]
    more = {"assertion": True} if assertion else {}
    requests = requests()
    short = _whole_life(start, core, requests[:SHORT], status, more)
    long = _whole_life(start, core, requests, status, more)
    return (long - short) / (LONG - SHORT)


def by_size(start, core):
    """What a server spends on one request, `{kind: (with a small table, with a large one)}`.

    All kinds are asked of one server, which writes down after each what it has counted; before the
    first is `START`, which reads the table.
    """
    few, many = (_one_by_one(start, core, brands) for brands in SIZES)
    return {kind: (few[kind], many[kind]) for kind in few}


def _one_by_one(start, core, brands):
    figures = {}
    with tempfile.TemporaryDirectory(prefix="brandgate-bench-") as folder:
        out = Path(folder, "callgrind.out")
        server = start(
            folder, core, logins(brands, 1)[0],
            brands=brands, full=True, under=_under(out), settings=NO_REP,
        )
        try:
            figures[START] = _counted(server, out)
            for kind, (requests, status) in by_name(brands, 2 * EACH).items():
                _send(server, requests[:EACH], status)
                _counted(server, out)
                _send(server, requests[EACH:], status)
                figures[kind] = _counted(server, out) / EACH
        finally:
            server.stop()
    return figures


def _counted(server, out):
    """Instructions since this was asked last."""
    before = set(out.parent.glob(f"{out.name}.*"))
    process = str(server.processes[0].process.pid)
    ran = subprocess.run(
        [find("callgrind_control"), "--dump", process], capture_output=True, text=True, check=False
    )
    dumps = set(out.parent.glob(f"{out.name}.*")) - before
    if ran.returncode != 0 or len(dumps) != 1:
        fail(f"callgrind_control wrote {len(dumps)} files:\n{ran.stdout}{ran.stderr}")
    return _total(dumps.pop())


def _under(out):
    return [find("valgrind"), "--tool=callgrind", f"--callgrind-out-file={out}", "--quiet"]


def _total(out):
    return int(re.search(r"^(?:totals|summary): (\d+)", out.read_text(), re.MULTILINE)[1])


def _whole_life(start, core, requests, status, more):
    """Instructions from start to end of a server that answers `requests`."""
    with tempfile.TemporaryDirectory(prefix="brandgate-bench-") as folder:
        out = Path(folder, "callgrind.out")
        server = start(
            folder, core, logins(BRANDS, 1)[0],
            brands=BRANDS, under=_under(out), settings=NO_REP, **more,
        )
        try:
            _send(server, requests, status)
        finally:
            server.stop()
        if not out.exists():
            fail(f"callgrind counted nothing of {server.name}")
        return _total(out)


def _send(server, requests, status):
    connections = [server.connect() for _ in range(CONNECTIONS)]
    for begin in range(0, len(requests), CONNECTIONS):
        batch = list(zip(connections, requests[begin : begin + CONNECTIONS]))
        for connection, request in batch:
            connection.sendall(request.encode())
        for connection, _ in batch:
            if (said := read_answer(connection).status) != status:
                fail(f"{server.name} answered {said} instead of {status}")
    for connection in connections:
        connection.close()
