"""How far the orders seen bound what a campaign sells: intervals of ROI, ROAS and order value.

The cost was paid and is exact. What came back is orders that came by chance, each of a value that
came by chance: the same campaign again would sell more or less.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from vetting.intervals import poisson
from vetting.kpis import catalogue
from vetting.kpis.totals import CAMPAIGN, DIRECT_DAYS, EXTENDED_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from vetting.kpis.totals import Totals

ALIKE = "Poisson's of the number of orders, all taken as alike: only sums are known, so too narrow"
NO_COUNT = "none: the revenue has no number of orders"
NO_SALES = "none: no order is left after refunds"
UNLIKE = "none: some orders are not counted as conversions"
NO_SPREAD = "none: only sums are known, not how order values differ"

_OF_SALES = {
    None: ("roi", "roas", "roi_on_margin", "roi_with_bonus"),
    DIRECT_DAYS: ("roi_direct", "roas_direct"),
    EXTENDED_DAYS: ("roi_extended", "roas_extended"),
}

# An order and its refund within the window are one event; a row without a number is one of its own.
# A row may sum up several orders. Weight is how many values an event is the sum of.
_EVENTS = """
WITH events AS (
    SELECT creator_id, sum(revenue)::DOUBLE AS worth,
           coalesce(sum(conversions)::DOUBLE, CASE WHEN sum(revenue) <= 0 THEN 0
                    WHEN count(order_id) > 0 THEN 1 END) AS orders
    FROM dated WHERE coalesce(revenue, conversions) IS NOT NULL AND {inside}
    GROUP BY creator_id, coalesce('order ' || order_id, 'row ' || rowid)
),
weighed AS (
    SELECT *, greatest(abs(orders), 1) AS weight FROM events
    WHERE NOT coalesce(worth = 0 AND orders = 0, false)
)
SELECT coalesce(creator_id, ?), count(*), count(*) FILTER (orders IS NULL OR worth IS NULL),
       coalesce(sum(worth), 0), coalesce(sum(orders), 0), coalesce(sum(weight), 0),
       coalesce(sum(worth * worth / weight), 0), coalesce(sum(orders * worth / weight), 0),
       coalesce(sum(orders * orders / weight), 0)
FROM weighed GROUP BY GROUPING SETS ((creator_id), ()) ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Events:
    """Sums over orders, or over rows that sum up several.

    Attributes
    ----------
    events, unknown : int
        How many, and how many without a value or without a count.
    worth, orders, weight : float
        Money, orders, and how many values each event is the sum of (1 at least).
    worth_squared, crossed, orders_squared : float
        Money squared, orders times money and orders squared, each divided by the event's weight.
    """

    events: int
    unknown: int
    worth: float
    orders: float
    weight: float
    worth_squared: float
    crossed: float
    orders_squared: float


@dataclass(frozen=True, slots=True)
class Sales:
    """What the orders of one creator say about chance.

    Attributes
    ----------
    orders : int
        Refunds taken off.
    factors : (float, float) or None
        Times the revenue seen: its 90 % interval. None when nothing bounds it.
    mean : (float, float) or None
        90 % interval of the value of an order, in the money of the orders.
    said, mean_said : str
        What the intervals leave out, or why there is none; empty when there is nothing to say.
    """

    orders: int
    factors: tuple[float, float] | None
    mean: tuple[float, float] | None
    said: str = ""
    mean_said: str = ""


def with_sales(con: duckdb.DuckDBPyConnection, totals: Sequence[Totals]) -> list[Totals]:
    """Add the intervals that orders give, and why there are none where they give none.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the table ``dated`` that ``campaign_totals`` makes.
    totals : sequence of Totals
        With every fact the ROI needs.
    """
    found = {days: sales_seen(con, days) for days in _OF_SALES}
    return [_bounded(one, {days: seen.get(one.creator_id) for days, seen in found.items()})
            for one in totals]  # fmt: skip


def sales_seen(con: duckdb.DuckDBPyConnection, days: int | None = None) -> dict[str, Sales]:
    """Return what orders say about chance, by creator and for the campaign.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the table ``dated`` that ``campaign_totals`` makes.
    days : int or None
        Only orders from day 0 to this day after the post; None takes all.
    """
    inside = "true" if days is None else f"first_age >= 0 AND age <= {days}"
    rows = con.execute(_EVENTS.format(inside=inside), [CAMPAIGN]).fetchall()
    return {creator: sales_bounds(Events(*rest)) for creator, *rest in rows}


def sales_bounds(seen: Events) -> Sales:
    """Return the intervals of a sum of orders and of their mean.

    Returns
    -------
    Sales

    Notes
    -----
    The sum of a Poisson number of orders has the variance n x (mean squared + variance of a value).
    It is read as a Poisson count of n' = sum squared / variance orders that are all alike (scaled
    Poisson), so orders of one value give the interval of the CPA. The variance of a value comes
    from how events differ from their orders times the mean, so sums of days tell it too. The mean
    has Student's interval. Sales that draw each other, or a post that goes viral, vary more.

    References
    ----------
    G. Bohm, G. Zech, Nucl. Instrum. Meth. A 748 (2014) 1-6: statistics of weighted Poisson events.
    """
    orders, worth = int(seen.orders), seen.worth
    if orders <= 0 or worth <= 0:
        said = NO_COUNT if worth > 0 and seen.unknown else NO_SALES
        return Sales(orders, None, None, said, said)
    if seen.events < 2 or seen.unknown:
        is_single = orders == seen.events == 1
        return Sales(orders, _scaled(orders), None, "" if is_single else ALIKE, NO_SPREAD)
    mean = worth / orders
    residual = seen.worth_squared - 2 * mean * seen.crossed + mean**2 * seen.orders_squared
    variance = max(residual, 0.0) / (seen.events - 1)
    alike = worth**2 / (variance * seen.weight + mean**2 * seen.orders_squared)
    half = _student(seen.events - 1) * math.sqrt(variance * seen.weight) / orders
    return Sales(orders, _scaled(alike), (max(mean - half, 0.0), mean + half))


def _scaled(count: float) -> tuple[float, float]:
    low, high = poisson(count)
    return low / count, high / count


def _student(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.95))


def _bounded(one: Totals, seen: Mapping[int | None, Sales | None]) -> Totals:
    intervals, said = dict(one.intervals), dict(one.interval_notes)
    for days, names in _OF_SALES.items():
        sales = seen[days] or Sales(0, None, None, NO_SALES, NO_SALES)
        for name in names:
            ends = sorted(_ends(one, name, sales))
            if ends:
                intervals[name] = (ends[0], ends[-1], sales.orders)
            said[name] = sales.said
    everything = seen[None]
    if everything is not None and one.facts.get("revenue") is not None:
        said["average_order_value"] = everything.mean_said
        if everything.orders != one.facts.get("conversions"):
            said["average_order_value"] = UNLIKE
        elif everything.mean is not None:
            intervals["average_order_value"] = (*everything.mean, everything.orders)
    return replace(one, intervals=intervals, interval_notes={k: v for k, v in said.items() if v})


def _ends(one: Totals, name: str, sales: Sales) -> Iterator[float]:
    """Yield the KPI at both ends of what might have been sold; the bonus grows with the sales."""
    function = catalogue()[name]
    for factor in sales.factors or ():
        facts = {need: one.facts.get(need) for need in vars(function)["spec"].needs}
        for need, fact in facts.items():
            if fact is not None and (need.startswith("revenue") or need == "bonus"):
                facts[need] = Decimal(str(fact)) * Decimal(factor)
        value = function(**facts)
        if value is not None:
            yield float(value)
