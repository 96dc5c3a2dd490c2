"""Many rounds as one figure."""

import statistics


def lower_quartile(values):
    """The figure that a quarter of the rounds stay below: noise only ever adds to a time."""
    return _quartile(values, 0)


def upper_quartile(values):
    """The same for rates."""
    return _quartile(values, 2)


def _quartile(values, which):
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=4, method="inclusive")[which]


def ratios(ours, theirs):
    """Their quotient in each round: median, least, greatest.

    What else the machine does in a round falls on both.
    """
    quotients = [one / other for one, other in zip(ours, theirs)]
    return statistics.median(quotients), min(quotients), max(quotients)


def spread(values):
    return statistics.median(values), min(values), max(values)
