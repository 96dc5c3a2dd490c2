"""What docs/performance.md promises, and whether a run kept it."""

from dataclasses import dataclass

from figures import lower_quartile, ratios, spread


@dataclass(frozen=True)
class Row:
    """One promise: a figure with its spread over the rounds, and the limit."""

    what: str
    figure: float
    low: float
    high: float
    limit: float
    at_least: bool = False
    unit: str = ""

    def kept(self):
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


def rows(run, ours):
    """The promises that the figures of a run can tell of."""
    found = []
    rates = run.get("rates", {})
    login = rates.get("login", {})
    if login:
        better = [max(both) for both in zip(login["nginx"]["rate"], login["HAProxy"]["rate"])]
        found.append(Row(
            "`/login`, requests/s: × the better of nginx and HAProxy",
            *ratios(login[ours]["rate"], better), 1.2, at_least=True,
        ))
        above = {
            name: [whole - bare for whole, bare in zip(login[name]["cpu_us"], login["bare loop"]["cpu_us"])]
            for name in (ours, "nginx")
        }
        found.append(Row(
            "`/login`, CPU time above the bare loop's: × nginx's above it",
            *ratios(above[ours], above["nginx"]), 0.5,
        ))
        if "login-flow" in rates:
            found.append(Row(
                "`/login` with a flow, requests/s: × the better of nginx and HAProxy",
                *ratios(rates["login-flow"][ours]["rate"], better), 0.7 * 1.2, at_least=True,
            ))
        if "login-large" in rates:
            found.append(Row(
                "`/login`, CPU time with 50,000 brands: × that with 100",
                *ratios(rates["login-large"][ours]["cpu_us"], login[ours]["cpu_us"]), 1.1,
            ))
        if "access-jwt" in rates:
            found.append(Row(
                "`/access/jwt`, CPU time: × `/login`'s",
                *ratios(rates["access-jwt"][ours]["cpu_us"], login[ours]["cpu_us"]), 2.2,
            ))
    for peer in ("PHP", "Node.js"):
        if "access-jwt" in rates:
            hand_offs = rates["access-jwt"]
            found.append(Row(
                f"`/access/jwt`, requests/s: × that of {peer}",
                *ratios(hand_offs[ours]["rate"], hand_offs[peer]["rate"]), 10, at_least=True,
            ))
    if "instructions" in run:
        counted = run["instructions"]["/login"]
        quotient = counted[ours] / counted["nginx"]
        found.append(Row("instructions per `/login`: × nginx's", quotient, quotient, quotient, 0.75))
    if "starts" in run:
        few, many = run["starts"]["100"][ours], run["starts"]["50000"][ours]
        found += [
            Row("memory, idle with 100 brands", *spread(few["memory_mb"]), 10, unit=" MB"),
            Row("memory, idle with 100,000 hosts", *spread(many["memory_mb"]), 80, unit=" MB"),
            Row("reload of 100,000 hosts, CPU time", *_least(many["reload_cpu_s"]), 1, unit=" s"),
            Row("start to first answer, 100 brands", *_least(few["start_ms"]), 50, unit=" ms"),
        ]
    return found


def _least(values):
    return lower_quartile(values), min(values), max(values)
