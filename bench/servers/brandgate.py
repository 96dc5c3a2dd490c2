"""brandgate itself, as production builds it."""

import signal
import subprocess
import time

from machine import ROOT, fail, say
from servers import PATIENCE_S, Server
from table import brands_yaml, environment, full_yaml, site
from traffic import logins


def binary():
    """Builds it as packages and images have it; returns its path."""
    say("building brandgate …")
    ran = subprocess.run([ROOT / "scripts/release"], stdout=subprocess.PIPE, text=True, check=False)
    if ran.returncode != 0:
        fail("scripts/release failed")
    return ran.stdout.strip()


class Brandgate(Server):
    name = "brandgate"
    tools = ("cargo",)

    def commands(self, brands, binary, assertion=False, full=False, under=(), settings=None):
        text = full_yaml(brands, self.port) if full else brands_yaml(brands, self.port, assertion)
        self.table = self.file("brands.yaml", text)
        secrets = {**environment(brands, assertion or full), **(settings or {})}
        yield [*under, binary, "serve", "--config", self.table], secrets

    def reload(self):
        """Gives the first brand another site; returns ms until people are sent there, and CPU s."""
        moved = "https://www.acme-0.example/moved.php"
        self.table.write_text(self.table.read_text().replace(site(0), moved))
        before, begun = self.cpu_seconds(), time.perf_counter()
        self.processes[0].process.send_signal(signal.SIGHUP)
        while not self.ask(logins(1, 1)[0]).headers["location"].startswith(moved):
            if time.perf_counter() - begun > PATIENCE_S:
                fail(f"{self.name} does not read the changed file:\n{self.said()}")
            time.sleep(0.001)
        took = (time.perf_counter() - begun) * 1000
        return took, self.cpu_seconds() - before
