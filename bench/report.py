"""A run as tables for people."""

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


def rates(case, servers, ours):
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
    return f"### {TITLES[case]}\n\n{table(head, rows)}"


def instructions(run):
    counted = run["instructions"]
    names = list(dict.fromkeys(name for by_name in counted.values() for name in by_name))
    rows = [
        [kind, *(number(by_name[name]) if name in by_name else "" for name in names)]
        for kind, by_name in counted.items()
    ]
    return table(["instructions per request", *names], rows)


def starts(run):
    rows = []
    for brands, servers in run["starts"].items():
        for name, measured in servers.items():
            checked = measured.get("check_s")
            rows.append([
                f"{2 * int(brands):,} hosts, {name}",
                number(lower_quartile(measured["start_ms"]), " ms"),
                number(lower_quartile(measured["start_cpu_s"]) * 1000, " ms"),
                number(lower_quartile(checked) * 1000, " ms") if checked else "",
                number(lower_quartile(measured["memory_mb"]), " MB"),
            ])
    head = ["", "start to first answer", "CPU time until then", "CPU time of `check`", "memory, idle"]
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


def whole(run, ours):
    """Everything that a run found."""
    parts = [made(run)]
    if targets.rows(run, ours):
        parts.append(f"### What is promised\n\n{promises(run, ours)}")
    parts += [rates(case, servers, ours) for case, servers in run.get("rates", {}).items()]
    if "instructions" in run:
        parts.append(f"### Instructions\n\n{instructions(run)}")
    if "starts" in run:
        parts.append(f"### Start and memory\n\n{starts(run)}")
    if "growth" in run:
        parts.append(f"### Hosts\n\n{growth(run, 'hosts', 'hosts')}")
        parts.append(f"### Connections\n\n{growth(run, 'connections', 'connections')}")
    return "\n\n".join(parts)
