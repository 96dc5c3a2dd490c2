"""Requests per second, CPU time and latency: all servers in turn, round after round."""

from dataclasses import dataclass
from typing import Callable

import agreement
from load import drive, prepared
from machine import say
from servers.node import Node
from servers.php import Php
from setup import ROUTERS
from traffic import assertions, logins

FEW, MANY = 100, 50_000
# More than any server answers in a second, since an assertion is accepted once.
ASSERTIONS_A_SECOND = 100_000


@dataclass(frozen=True)
class Case:
    """One job: the table, who does it beside brandgate, and what they are sent."""

    brands: int
    peers: tuple
    requests: Callable
    # Whether sites post their assertions to us, so that `/login` begins a flow.
    assertion: bool = False
    # Whether there is a bare loop beside them.
    floor: bool = False


CASES = {
    "login": Case(FEW, ROUTERS, lambda: logins(FEW, 20_000), floor=True),
    "login-chromium": Case(FEW, ROUTERS, lambda: logins(FEW, 20_000, chromium=True), floor=True),
    "login-large": Case(MANY, ROUTERS, lambda: logins(MANY, 2 * MANY), floor=True),
    "login-flow": Case(FEW, (), lambda: logins(FEW, 20_000), assertion=True),
    "access-jwt": Case(FEW, (Php, Node), None, assertion=True, floor=True),
}
NEEDED = {it for case in CASES.values() for peer in case.peers for it in peer.tools} | {"wrk"}


def measure(bench, names):
    """Returns `{case: {server: {measure: [a figure of each round]}}}`."""
    running = {name: _started(bench, CASES[name]) for name in names}
    paths = {}
    for name, servers in running.items():
        if name != "access-jwt":
            requests = CASES[name].requests()
            _checked(bench, servers, requests)
            paths[name] = prepared(requests, bench.folder, name)
    figures = {name: {} for name in names}
    # The first is for those who compile while they run: nothing is noted.
    for number in range(-1, bench.rounds):
        say(f"round {number + 1} of {bench.rounds} …" if number >= 0 else "warming up …")
        noted = figures if number >= 0 else {name: {} for name in names}
        for name, servers in running.items():
            # Nobody is always the first.
            turn = number % len(servers)
            for server in servers[turn:] + servers[:turn]:
                if name != "access-jwt":
                    _note(noted[name], server, drive(server, paths[name], bench.seconds, bench.client_core))
            if name == "access-jwt":
                _hand_offs(bench, servers, noted[name])
    for server in {id(it): it for servers in running.values() for it in servers}.values():
        bench.end(server)
    return figures


def _started(bench, case):
    ours = [
        bench.ours(name, case.brands, assertion=case.assertion)
        # One that has not seen an assertion yet is started in each round.
        for name in (bench.binaries if case.requests else ())
    ]
    more = {"assertion": True} if case.assertion else {}
    peers = [bench.peer(kind, case.brands, **(more if kind is Php else {})) for kind in case.peers]
    floor = [bench.floor(_answer(bench, case, ours))] if case.floor else []
    return ours + peers + floor


def _answer(bench, case, ours):
    """What brandgate answers to a request of this case."""
    if ours:
        return ours[0].first_answer
    one = bench.ours(next(iter(bench.binaries)), case.brands, assertion=case.assertion)
    answer = one.ask(assertions(case.brands, 1)[0])
    bench.end(one)
    return answer


def _who_look(servers):
    """Those that look at a request: a bare loop does not."""
    return [it for it in servers if it.name != "bare loop"]


def _checked(bench, servers, requests):
    """All lead to the same addresses, and those are right."""
    ours = servers[: len(bench.binaries)]
    agreement.expect_logins(ours[0], requests)
    agreement.check(ours[0], _who_look(servers[1:]), requests, agreement.redirect)


def _hand_offs(bench, peers, figures):
    """A round of `/access/jwt`."""
    for name in bench.binaries:
        ours = bench.ours(name, FEW, assertion=True)
        requests = assertions(FEW, bench.seconds * ASSERTIONS_A_SECOND)
        # The sample of the check is used up.
        sample, requests = requests[:200], requests[200:]
        agreement.check(ours, _who_look(peers), sample, agreement.hand_off)
        path = prepared(requests, bench.folder, "assertions")
        _note(figures, ours, drive(ours, path, bench.seconds, bench.client_core))
        bench.end(ours)
    for peer in peers:
        _note(figures, peer, drive(peer, path, bench.seconds, bench.client_core))


def _note(figures, server, result):
    of_server = figures.setdefault(server.name, {})
    for measure, figure in result.items():
        of_server.setdefault(measure, []).append(figure)
