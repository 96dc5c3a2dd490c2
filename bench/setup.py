"""What is needed before anything is measured: binaries, cores, a folder, and who takes part."""

import os

import machine
from servers import brandgate, floor, node
from servers.brandgate import Brandgate
from servers.caddy import Caddy
from servers.floor import Floor
from servers.haproxy import Haproxy
from servers.nginx import Nginx
from servers.node import Node
from servers.php import Php
from traffic import logins

# Who has the same job as `/login`, the best first.
ROUTERS = (Nginx, Haproxy, Caddy, Php)
# Who grows well enough to be drawn.
PROXIES = (Nginx, Haproxy)


class Bench:
    """The setting of one run. Servers that it starts end with it."""

    def __init__(self, folder, binaries, rounds, seconds):
        self.folder = folder
        self.rounds = rounds
        self.seconds = seconds
        self.files = machine.many_files()
        self.server_core, self.client_core = machine.two_cores()
        self.binaries = binaries or {"brandgate": brandgate.binary()}
        self._floor = None
        self._running = []
        # Whatever this script itself does is not to be done on the server's core.
        os.sched_setaffinity(0, {self.client_core})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        while self._running:
            self._running[-1].stop()
            self._running.pop()

    def start(self, kind, **table):
        server = kind(self.folder, self.server_core, logins(1, 1)[0], **table)
        self._running.append(server)
        return server

    def end(self, server):
        server.stop()
        self._running.remove(server)

    def ours(self, name, brands, **more):
        """A brandgate from the binary of that name."""
        server = self.start(Brandgate, brands=brands, binary=self.binaries[name], **more)
        server.name = name
        return server

    def peer(self, kind, brands, **more):
        if kind is Node:
            more["script"] = node.script()
        if kind in PROXIES:
            more["files"] = self.files
        return self.start(kind, brands=brands, **more)

    def floor(self, answer):
        """The bare loop that sends this answer."""
        self._floor = self._floor or floor.binary()
        return self.start(Floor, binary=self._floor, answer=answer.bytes)
