"""What the machine has: two cores, the tools, and what kind it is."""

import os
import platform
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What benchmarks make: the floor, packages of npm's, figures.
MADE = ROOT / "target/bench"
# The Debian package of each command.
PACKAGES = {
    "caddy": "caddy",
    "cargo": "cargo",
    "haproxy": "haproxy",
    "nginx": "nginx",
    "node": "nodejs",
    "npm": "npm",
    "php": "php-cli",
    "php-fpm": "php-fpm",
    "setpriv": "util-linux",
    "taskset": "util-linux",
    "valgrind": "valgrind",
    "callgrind_control": "valgrind",
    "wrk": "wrk",
}
# In the place of services that a package would start, on a machine that does not say which it may.
POLICY = Path("/usr/sbin/policy-rc.d")


def fail(message):
    """Ends the script as one that could not run."""
    print(f"bench: {message}", file=sys.stderr)
    raise SystemExit(2)


def end_when_asked():
    """Ends the script in order at Ctrl-C and SIGTERM: whatever it started ends with it."""

    def end(*_):
        # Who asks twice would disturb that.
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, lambda *_: None)
        fail("asked to end")

    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, end)


def say(message):
    print(message, file=sys.stderr, flush=True)


def find(tool):
    """The path of a command, also where only root's PATH has it, or none."""
    path = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin"
    if tool == "php-fpm":
        # Debian's has its version in its name.
        versions = sorted(Path("/usr/sbin").glob("php-fpm[0-9]*"))
        return str(versions[-1]) if versions else shutil.which(tool, path=path)
    return shutil.which(tool, path=path)


def need(tools):
    """Installs the commands that are missing, or says which package has them."""
    missing = sorted({PACKAGES[it] for it in tools if find(it) is None})
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0 or "cargo" in missing:
        fail(f"please install as root: apt-get install --no-install-recommends {' '.join(missing)}")
    say(f"installing {' '.join(missing)} …")
    # Benchmarks start servers themselves: those of the packages' own shall not.
    silent = not POLICY.exists()
    if silent:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            ran = subprocess.run(
                ["apt-get", "-q", *command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                check=False,
            )
            if ran.returncode != 0:
                fail(f"apt-get cannot install {' '.join(missing)}, see above")
    finally:
        if silent:
            POLICY.unlink()
    if still := [it for it in tools if find(it) is None]:
        fail(f"{', '.join(still)}: not there, though {', '.join(missing)} was installed")


def two_cores():
    """A core for the server and one for the load: of two that are not one, where there are."""
    free = sorted(os.sched_getaffinity(0))
    if len(free) < 2:
        fail("two cores are needed: one for the server, one for the load")
    server = free[0]
    siblings = Path(f"/sys/devices/system/cpu/cpu{server}/topology/thread_siblings_list")
    try:
        twins = _listed(siblings.read_text())
    except OSError:
        twins = {server}
    apart = [core for core in free[1:] if core not in twins]
    if not apart:
        say("the two cores are threads of one: whatever the load does slows the server")
    return server, (apart or free[1:])[0]


def _listed(text):
    """`0,4-6` as numbers."""
    numbers = set()
    for part in text.strip().split(","):
        first, _, last = part.partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def many_files():
    """Lets this process and those it starts open as many files as they may; returns how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def kind():
    """The processor, the kernel and the system, in words."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
    cores = len(os.sched_getaffinity(0))
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return f"{processor}, {cores} cores, Linux {platform.release().partition('-')[0]}, {system}"


def commit():
    """The commit that is measured, with a `+` if the tree has more than it."""

    def git(*words):
        ran = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return ran.stdout.strip()

    return (git("rev-parse", "--short=7", "HEAD") or "no commit") + ("+" if git("status", "-s") else "")
