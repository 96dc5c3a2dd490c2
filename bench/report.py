"""A run as tables for people."""

import re

import targets
from figures import lower_quartile, ratios, upper_quartile

TITLES = {
    "login": "`/login`, 100 brands",
    "login-chromium": "`/login`, 100 brands, with Chromium's headers",
    "login-large": "`/login`, 50,000 brands",
    "login-flow": "`/login` with a flow, 100 brands",
    "access-jwt": "`/access/jwt`: verify, mint, page",
}


def table(head, body):
    """Markdown, of which the first column is words and the others are figures."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in body])


def number(value, unit=""):
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}{unit}"


def count(value):
    """A number of instructions, or of what was not counted."""
    return "" if value is None else f"{value:,.0f}"


def with_spread(middle, low, high, unit=""):
    return f"{number(middle, unit)} ({number(low)}–{number(high)})"


def made(run):
    """One sentence: of what, when, where."""
    how = run["made"]
    versions = ", ".join(f"{name} {version}" for name, version in how["versions"].items())
    return (
        f"Commit {how['commit']}, {how['date']}, on {how['machine']}; {how['rounds']} rounds of "
        f"{how['seconds']} s each. {versions}."
    )


def promises(run, ours):
    rows = []
    for row in targets.rows(run, ours):
        limit = f"{'≥' if row.at_least else '≤'} {number(row.limit, row.unit)}"
        measured = number(row.figure, row.unit)
        if row.low != row.high:
            measured = with_spread(row.figure, row.low, row.high, row.unit)
        rows.append([row.what, limit, measured, "yes" if row.kept() else "**no**"])
    return table(["what", "limit", "measured (least–greatest)", "kept"], rows)


def rates(servers, ours):
    """One job of all servers side by side."""
    rows = []
    for name, measured in servers.items():
        compared = ["", ""]
        if name != ours:
            compared = [
                with_spread(*ratios(servers[ours][measure], measured[measure]))
                for measure in ("rate", "cpu_us")
            ]
        rows.append([
            name,
            number(upper_quartile(measured["rate"])),
            number(lower_quartile(measured["cpu_us"]), " µs"),
            *(number(lower_quartile(measured[it]) / 1000) for it in ("p50_us", "p99_us", "p99_9_us")),
            *compared,
        ])
    head = ["server", "requests/s", "CPU time each", "p50 ms", "p99 ms", "p99.9 ms"]
    head += [f"{ours}'s rate ×", f"{ours}'s CPU time ×"]
    return table(head, rows)


def instructions(run):
    counted = run["instructions"]
    names = list(dict.fromkeys(name for by_name in counted.values() for name in by_name))
    rows = [
        [_with_code(kind), *(count(by_name.get(name)) for name in names)]
        for kind, by_name in counted.items()
    ]
    return table(["instructions per request", *names], rows)


def _with_code(kind):
    """`/login, Chromium` with its address set as code."""
    return re.sub(r"^[\w/]+", lambda address: f"`{address[0]}`", kind)


def _ms_of_cpu(seconds):
    return number(lower_quartile(seconds) * 1000, " ms") if seconds else ""


def starts(run):
    rows = []
    for brands, servers in run["starts"].items():
        for name, measured in servers.items():
            rows.append([
                f"{2 * int(brands):,} hosts, {name}",
                number(lower_quartile(measured["start_ms"]), " ms"),
                number(lower_quartile(measured["start_cpu_s"]) * 1000, " ms"),
                number(lower_quartile(measured["memory_mb"]), " MB"),
                *(_ms_of_cpu(measured.get(it)) for it in ("check_cpu_s", "reload_cpu_s")),
            ])
    head = ["", "start to first answer", "CPU time until then", "memory, idle"]
    head += ["CPU time of `check`", "CPU time of a reload"]
    return table(head, rows)


def growth(run, what, title):
    grown = run["growth"][what]
    names = list(next(iter(grown.values())))
    rows = [
        [
            f"{int(size):,}",
            *(number(lower_quartile(servers[name]["cpu_us"]), " µs") for name in names),
            *(number(upper_quartile(servers[name]["rate"])) for name in names),
            *(number(lower_quartile(servers[name]["p99_us"]) / 1000) for name in names),
        ]
        for size, servers in grown.items()
    ]
    head = [title, *(f"{name}, CPU time" for name in names), *(f"{name}, requests/s" for name in names)]
    return table([*head, *(f"{name}, p99 ms" for name in names)], rows)


def whole(run, ours, charts=None):
    """Everything that a run found; with `charts`, the folder that has them."""

    def drawn(name, what):
        return [f"![{what}]({charts}/{name}.svg)"] if charts else []

    parts = [made(run)]
    if targets.rows(run, ours):
        parts += ["### What is promised", promises(run, ours)]
    for case, servers in run.get("rates", {}).items():
        parts.append(f"### {TITLES[case]}")
        if case == "login":
            parts += drawn("login", "Redirects per second of each server")
            parts += drawn("cpu", "CPU time of each, and what is above a bare loop's")
        parts.append(rates(servers, ours))
    if "instructions" in run:
        parts += ["### Instructions", instructions(run)]
    if "starts" in run:
        parts += ["### Start and memory", *drawn("memory", "Memory as the table grows"), starts(run)]
    if "growth" in run:
        parts += ["### Hosts", *drawn("hosts", "CPU time as the table grows")]
        parts.append(growth(run, "hosts", "hosts"))
        parts += ["### Connections", *drawn("connections", "Redirects per second as connections grow")]
        parts.append(growth(run, "connections", "connections"))
    return "\n\n".join(parts)
