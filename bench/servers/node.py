"""Node.js: the job of /access/jwt, with the library that most use for it."""

import json
import shutil
import subprocess
from pathlib import Path

from machine import MADE, fail, find, say
from servers import Server
from table import ACCOUNT, ZENDESK_SECRET, hosts, secret

SOURCES = Path(__file__).parent / "node"


def script():
    """Installs what the script needs beside a copy of it; returns the copy's path."""
    place = MADE / "node"
    place.mkdir(parents=True, exist_ok=True)
    lock = "package-lock.json"
    installed = place / "node_modules/installed.json"
    shutil.copy(SOURCES / "access_jwt.mjs", place)
    if not installed.exists() or installed.read_text() != (SOURCES / lock).read_text():
        say("installing jsonwebtoken …")
        for name in ("package.json", lock):
            shutil.copy(SOURCES / name, place)
        install = [find("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(install, cwd=place, stdin=subprocess.DEVNULL, stdout=2, check=False).returncode:
            fail("npm cannot install jsonwebtoken, see above")
        shutil.copy(SOURCES / lock, installed)
    return place / "access_jwt.mjs"


class Node(Server):
    name = "Node.js"
    tools = ("node", "npm")

    def commands(self, brands, script):
        secrets = {host: secret(brand) for brand in range(brands) for host in hosts(brand)}
        table = {"account": ACCOUNT, "secret": ZENDESK_SECRET, "secrets": secrets}
        yield [find("node"), script, self.port, self.file("table.json", json.dumps(table))], None
