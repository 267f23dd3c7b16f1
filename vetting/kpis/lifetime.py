"""What customers are worth over time, won by a creator or by another channel, from touchpoints."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.intervals import Z

if TYPE_CHECKING:
    import duckdb

# A customer was won by the last creator met before the first order; refunds count against the
# customer's orders. Names of two moneys cannot be added.
_CUSTOMERS = """
WITH first_order AS (
    SELECT customer_id, min("at") AS ordered FROM touchpoints
    WHERE converted AND coalesce(revenue, 0) >= 0 GROUP BY customer_id
),
won AS (
    SELECT t.customer_id, arg_max(t.creator_id, t."at") FILTER (t.creator_id IS NOT NULL
        AND t."at" <= f.ordered) AS creator_id,
        count(*) FILTER (t.converted AND coalesce(t.revenue, 0) >= 0) AS orders,
        sum(t.revenue)::DOUBLE AS revenue
    FROM touchpoints t JOIN first_order f USING (customer_id) GROUP BY t.customer_id
)
SELECT creator_id, count(*), sum(orders)::BIGINT, avg(revenue), var_samp(revenue), count(revenue)
FROM won GROUP BY creator_id ORDER BY creator_id NULLS FIRST
"""


@dataclass(frozen=True, slots=True)
class Customers:
    """Customers won by one creator, or by no creator.

    Attributes
    ----------
    customers, orders : int
    revenue : float or None
        Mean revenue of a customer over the time observed, refunds taken off.
    spread : float or None
        Variance of it; None under two customers.
    n : int
        Customers with revenue.
    """

    customers: int
    orders: int
    revenue: float | None
    spread: float | None
    n: int


def customers_won(con: duckdb.DuckDBPyConnection) -> dict[str | None, Customers]:
    """Return customers by the creator who won them; None stands for every other channel.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``touchpoints`` that know their creators.
    """
    return {creator: Customers(*rest) for creator, *rest in con.execute(_CUSTOMERS).fetchall()}


def uplift_interval(won: Customers, other: Customers) -> tuple[float, float] | None:
    """Return the 90 % interval of the uplift of the mean revenue, as ratios; None when unknown."""
    return ratio_interval((won.revenue, won.spread, won.n), (other.revenue, other.spread, other.n))


def ratio_interval(
    over: tuple[float | None, float | None, int], under: tuple[float | None, float | None, int]
) -> tuple[float, float] | None:
    """Return the 90 % interval of the ratio of two means, less 1.

    Parameters
    ----------
    over, under : tuple of (mean, variance, n)
        The later or own side, and what it is compared with.

    Returns
    -------
    (low, high) or None
        .3 is 30 % more; None where a side has n under two or no mean above 0.

    Notes
    -----
    The logarithm of a mean has the standard error s / (mean x root of n); both add as squares.
    """
    means, errors = [], []
    for mean, variance, n in (over, under):
        if n < 2 or mean is None or mean <= 0 or variance is None:
            return None
        means.append(mean)
        errors.append(variance / (n * mean**2))
    half = Z * math.sqrt(sum(errors))
    ratio = means[0] / means[1]
    return ratio * math.exp(-half) - 1, ratio * math.exp(half) - 1
