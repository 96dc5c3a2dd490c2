"""Sends requests over keep-alive connections with wrk, from a core of its own."""

import json
import subprocess
from pathlib import Path

from machine import ROOT, fail, find

# Of wrk's wake-ups a server sees something, too: the number is the same for all.
CONNECTIONS = 64


def prepared(requests, folder, name):
    """Writes requests where wrk reads them."""
    path = Path(folder, name)
    path.write_text("\0".join(requests))
    return path


def drive(server, requests, seconds, core, connections=CONNECTIONS):
    """Sends them in turn for `seconds`; returns what came of it, times in microseconds."""
    command = ["taskset", "-c", str(core), find("wrk"), "-t1", f"-c{connections}", f"-d{seconds}s"]
    command += ["--timeout", "30s", "-s", ROOT / "bench/requests.lua"]
    command += [f"http://127.0.0.1:{server.port}", "--", requests]
    before = server.cpu_seconds()
    ran = subprocess.run(
        list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False
    )
    spent = server.cpu_seconds() - before
    if ran.returncode != 0:
        fail(f"wrk ended with {ran.returncode}:\n{ran.stdout}")
    result = json.loads(ran.stdout.splitlines()[-1])
    if result["refused"] or result["broken"] or not result["requests"]:
        fail(f"{server.name} did not answer every request as it should: {result}\n{server.said()}")
    return {
        "rate": result["requests"] / result["seconds"],
        "cpu_us": spent / result["requests"] * 1e6,
        "busy": spent / result["seconds"],
        **{name: result[name] for name in ("p50_us", "p99_us", "p99_9_us")},
    }
