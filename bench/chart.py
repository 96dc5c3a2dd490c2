"""Charts as SVG, readable on light and on dark paper."""

import math
from html import escape

WIDTH = 720
STYLE = """\
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.quiet { fill: #59636e }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.a { --ink: #0969da } .b { --ink: #8c959f } .c { --ink: #bc4c00 } .d { --ink: #8250df }
.bar { fill: var(--ink) } .base { fill: var(--ink); opacity: .4 }
.line { fill: none; stroke: var(--ink); stroke-width: 2.5 } .dot { fill: var(--ink) }
.name { fill: var(--ink); font-weight: 600 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #9198a1 } .grid { stroke: #3d444d }
  .a { --ink: #4493f8 } .b { --ink: #7d8590 } .c { --ink: #f0883e } .d { --ink: #ab7df8 }
}
"""
# How each server is drawn, whatever the chart.
LOOKS = {"nginx": "c", "HAProxy": "d"}


def _look(name, ours):
    return "a" if name == ours else LOOKS.get(name, "b")


def _svg(title, height, parts):
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{STYLE}</style>",
        f'<text class="title" x="16" y="26">{escape(title)}</text>',
        *parts,
        "</svg>",
        "",
    ])


def _text(x, y, content, kind="", anchor="start"):
    """A line of text, of which `y` is the middle."""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="{anchor}">'
        f"{escape(content)}</text>"
    )


def bars(title, rows, said, ours):
    """`rows` of names and values, each perhaps with how much of it nobody can save."""
    left, right, top, step = 110, 90, 48, 34
    scale = (WIDTH - left - right) / max(value for _, value, _ in rows)
    parts = []
    for place, (name, value, base) in enumerate(rows):
        y, look = top + place * step, _look(name, ours)
        parts.append(_text(left - 10, y + 11, name, anchor="end"))
        for kind, begin, end in (("base", 0, base), ("bar", base, value)):
            if end > begin:
                parts.append(
                    f'<rect class="{kind} {look}" x="{left + begin * scale:.1f}" y="{y}" '
                    f'width="{max(1, (end - begin) * scale):.1f}" height="22"/>'
                )
        parts.append(_text(left + value * scale + 8, y + 11, said(value)))
    return _svg(title, top + len(rows) * step + 8, parts)


def lines(title, series, said, ours, axis):
    """`series` of names and points; sizes grow by factors, values from zero."""
    left, right, top, height = 64, WIDTH - 150, 48, 330
    foot = height - 52
    sizes = sorted({size for points in series.values() for size in points})
    ceiling = _round_up(max(value for points in series.values() for value in points.values()))

    def x(size):
        return left + math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0]) * (right - left)

    def y(value):
        return foot - value / ceiling * (foot - top)

    parts = []
    for value in (ceiling * mark / 4 for mark in range(5)):
        parts.append(
            f'<line class="grid" x1="{left}" x2="{right}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
        )
        parts.append(_text(left - 8, y(value), said(value), "quiet", "end"))
    parts += [_text(x(size), foot + 16, f"{size:,}", "quiet", "middle") for size in sizes]
    parts.append(_text((left + right) / 2, height - 16, axis, "quiet", "middle"))
    labels = _apart([y(list(points.values())[-1]) for points in series.values()])
    for (name, points), label in zip(series.items(), labels):
        look = _look(name, ours)
        places = [(f"{x(size):.1f}", f"{y(value):.1f}") for size, value in points.items()]
        parts.append(f'<polyline class="line {look}" points="{" ".join(map(",".join, places))}"/>')
        parts += [f'<circle class="dot {look}" cx="{cx}" cy="{cy}" r="3.5"/>' for cx, cy in places]
        last = said(list(points.values())[-1])
        parts.append(_text(right + 12, label, f"{name} {last}", f"name {look}"))
    return _svg(title, height, parts)


def _round_up(value):
    """A little above it, so that a quarter of it is a number for people."""
    unit = 10 ** math.floor(math.log10(value))
    steps = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12)
    return next(unit * step for step in steps if unit * step >= value * 1.04)


def _apart(heights):
    """Labels at these heights, moved so that none lies on another."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = list(heights)
    for before, after in zip(order, order[1:]):
        moved[after] = max(moved[after], moved[before] + 18)
    return moved
