"""What a request costs as the table grows, and as connections do."""

from load import CONNECTIONS, drive, prepared
from machine import say
from setup import PROXIES
from traffic import logins

# Brands, of which each has two hosts.
SIZES = (5, 500, 50_000)
# Keep-alive connections, at a hundred brands.
OPEN = (1, 64, 1_024, 10_000)
BRANDS = 100
# A curve needs fewer rounds than a comparison.
ROUNDS = 3
NEEDED = {it for peer in PROXIES for it in peer.tools} | {"wrk"}


def measure(bench):
    """Returns `hosts` and `connections`, each `{size: {server: {measure: [figures]}}}`."""
    hosts = {}
    for brands in SIZES:
        say(f"growth: {2 * brands:,} hosts …")
        servers = _all(bench, brands)
        path = prepared(logins(brands, max(20_000, 2 * brands)), bench.folder, f"growth-{brands}")
        hosts[str(2 * brands)] = _driven(bench, servers, path, CONNECTIONS)
        _ended(bench, servers)
    connections = {}
    servers = _all(bench, BRANDS)
    path = prepared(logins(BRANDS, 20_000), bench.folder, "growth-connections")
    for number in OPEN:
        if bench.files < number + 500:
            say(f"growth: left out {number:,} connections, only {bench.files:,} files may be open")
            continue
        say(f"growth: {number:,} connections …")
        connections[str(number)] = _driven(bench, servers, path, number)
    _ended(bench, servers)
    return {"hosts": hosts, "connections": connections}


def _all(bench, brands):
    ours = [bench.ours(name, brands) for name in bench.binaries]
    return ours + [bench.peer(kind, brands) for kind in PROXIES]


def _ended(bench, servers):
    for server in servers:
        bench.end(server)


def _driven(bench, servers, path, connections):
    # Thousands of connections are a while in coming.
    seconds = max(bench.seconds, connections // 2_000)
    figures = {server.name: {} for server in servers}
    for _ in range(min(ROUNDS, bench.rounds)):
        for server in servers:
            result = drive(server, path, seconds, bench.client_core, connections)
            for measure, figure in result.items():
                figures[server.name].setdefault(measure, []).append(figure)
    return figures
