"""Writes a run into docs/performance.md, its charts and the README."""

import chart
import report
from figures import lower_quartile, upper_quartile
from machine import ROOT, fail

BEGIN, END = "<!-- written by bench/run --write: begin -->", "<!-- written by bench/run --write: end -->"
DOCUMENT = ROOT / "docs/performance.md"
CHARTS = ROOT / "docs/performance"


def write(run, ours):
    CHARTS.mkdir(exist_ok=True)
    for name, svg in _charts(run, ours).items():
        (CHARTS / f"{name}.svg").write_text(svg)
    _between(DOCUMENT, report.whole(run, ours, charts="performance"))
    _between(ROOT / "README.md", _summary(run, ours))


def _between(path, text):
    before, begin, rest = path.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        fail(f"{path} has no place for figures: {BEGIN} … {END}")
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def _charts(run, ours):
    login = run["rates"]["login"]
    peers = [name for name in login if name != "bare loop"]
    floor = lower_quartile(login["bare loop"]["cpu_us"])
    near = [name for name in peers if name in (ours, "nginx", "HAProxy")]
    grown = run["growth"]
    idle = {2 * int(brands): servers for brands, servers in run["starts"].items()}
    rates = [(name, upper_quartile(login[name]["rate"]), 0) for name in peers]
    return {
        "login": chart.bars(
            "/login redirects per second on one core, 100 brands",
            sorted(rates, key=lambda row: -row[1]),
            lambda it: f"{it:,.0f}",
            ours,
        ),
        "cpu": chart.bars(
            "CPU time of a /login; pale: what a bare loop takes, too",
            [(name, lower_quartile(login[name]["cpu_us"]), floor) for name in near],
            lambda it: f"{it:.1f} µs",
            ours,
        ),
        "hosts": chart.lines(
            "CPU time of a /login as the table grows",
            _grown(grown["hosts"], "cpu_us", lower_quartile),
            lambda it: f"{it:.1f} µs",
            ours,
            "hosts",
        ),
        "connections": chart.lines(
            "/login redirects per second as connections grow",
            _grown(grown["connections"], "rate", upper_quartile),
            lambda it: f"{it / 1000:,.0f} k",
            ours,
            "keep-alive connections",
        ),
        "memory": chart.lines(
            "Idle memory as the table grows",
            _grown(idle, "memory_mb", lower_quartile, near),
            lambda it: f"{it:,.0f} MB",
            ours,
            "hosts",
        ),
    }


def _grown(sizes, measure, quartile, only=None):
    """`{server: {size: figure}}`."""
    series = {}
    for size, servers in sizes.items():
        for name, measured in servers.items():
            if only is None or name in only:
                series.setdefault(name, {})[int(size)] = quartile(measured[measure])
    return series


def _summary(run, ours):
    """What the README says: the table of `/login`, and of one chart."""
    login, few = run["rates"]["login"], run["starts"]["100"]
    rows = [
        [
            name,
            report.number(upper_quartile(measured["rate"])),
            report.number(lower_quartile(measured["cpu_us"]), " µs"),
            report.count(run["instructions"]["/login"].get(name)),
            report.number(lower_quartile(measured["p99_us"]) / 1000, " ms"),
            report.number(lower_quartile(few[name]["memory_mb"]), " MB"),
        ]
        for name, measured in login.items()
        if name in few
    ]
    head = ["`/login`, 100 brands", "requests/s", "CPU time each", "instructions", "p99", "memory"]
    chart = "![Redirects per second of each server](docs/performance/login.svg)"
    return "\n\n".join([chart, report.table(head, rows), report.made(run)])
