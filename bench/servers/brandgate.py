"""brandgate itself, as production builds it."""

import json
import subprocess

from machine import ROOT, fail, say
from servers import Server
from table import brands_yaml, environment


def binary():
    """Builds it; returns its path."""
    say("building brandgate …")
    build = ["cargo", "build", "--release", "--locked", "--no-default-features"]
    build.append("--message-format=json")
    ran = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode != 0:
        fail("cargo build failed")
    made = [json.loads(line).get("executable") for line in ran.stdout.splitlines()]
    return next(filter(None, made))


class Brandgate(Server):
    name = "brandgate"
    tools = ("cargo",)

    def commands(self, brands, binary, assertion=False, under=(), settings=None):
        table = self.file("brands.yaml", brands_yaml(brands, self.port, assertion))
        secrets = {**environment(brands, assertion), **(settings or {})}
        yield [*under, binary, "serve", "--config", table], secrets
