"""The bare loop: receives, and sends the bytes that brandgate sends."""

import subprocess

from machine import ROOT, fail
from servers import Server


def binary():
    """Builds it; returns its path."""
    build = ["cargo", "build", "--quiet", "--release", "--locked", "--package", "bench", "--bin", "floor"]
    if subprocess.run([*build, "--target-dir", "target/bench"], cwd=ROOT, check=False).returncode != 0:
        fail("cargo build failed")
    return ROOT / "target/bench/release/floor"


class Floor(Server):
    name = "bare loop"
    tools = ("cargo",)

    def commands(self, binary, answer):
        content = self.file("answer", "")
        content.write_bytes(answer)
        yield [binary, self.port, content], None
