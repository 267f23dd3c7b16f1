"""Who gets the credit for a conversion, by each usual model, and how much the choice matters.

Money stays exact only in the sums; shares of it are numbers like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vetting.kpis._response import Patterns, fit_hazards, log_likelihood, shapley_credit

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    from numpy.typing import NDArray

BASELINE = "(no contact needed)"
HALF_LIFE_DAYS = 7.0
RESAMPLES = 100
# Where journeys hardly repeat, refitting takes long; with so many the interval needs fewer.
FEW_RESAMPLES, MANY_ENTRIES = 30, 100_000
RULES = ("last_click", "first_click", "linear", "time_decay", "position_based")
MODELS = (*RULES, "data_driven")

# A refund is no contact: it is taken from the customer's last sale before it, and a sale that is
# paid back whole was none.
_REFUNDS = """
CREATE OR REPLACE TEMP TABLE contacts AS
SELECT row_number() OVER () AS row, customer_id, "at", channel, creator_id,
       coalesce(converted, false) AS converted, revenue
FROM touchpoints;

CREATE OR REPLACE TEMP TABLE refunded AS
SELECT s.row, sum(r.revenue) AS back, count(*) AS refunds
FROM (SELECT customer_id, "at", revenue FROM contacts WHERE revenue < 0) r
ASOF JOIN (
    SELECT row, customer_id, "at" FROM contacts WHERE converted AND coalesce(revenue, 0) >= 0
) s ON r.customer_id = s.customer_id AND r."at" >= s."at"
GROUP BY s.row
"""

# A journey is one customer's contacts up to and with the one that converted; what follows is the
# next journey. A contact with a creator belongs to the creator, any other to its channel.
_JOURNEYS = """
CREATE OR REPLACE TEMP TABLE touches AS
WITH numbered AS (
    SELECT customer_id, "at" AS met, coalesce(creator_id, channel) AS unit,
           converted AS is_sale,
           converted AND NOT coalesce(revenue + back <= 0, false) AS converted,
           (coalesce(revenue, 0) + coalesce(back, 0))::DOUBLE AS revenue,
           row_number() OVER (PARTITION BY customer_id ORDER BY "at", channel, creator_id)
           AS number
    FROM contacts LEFT JOIN refunded USING (row)
    WHERE coalesce(revenue, 0) >= 0
),
cut AS (
    SELECT *, coalesce(sum(is_sale::INT) OVER (
        PARTITION BY customer_id ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS turn FROM numbered
)
SELECT dense_rank() OVER (ORDER BY customer_id, turn) - 1 AS journey, unit, met,
       row_number() OVER w AS place, count(*) OVER w2 AS places,
       bool_or(converted) OVER w2 AS won, sum(revenue) OVER w2 AS worth, max(met) OVER w2 AS ended
FROM cut
WINDOW w AS (PARTITION BY customer_id, turn ORDER BY number),
       w2 AS (PARTITION BY customer_id, turn)
"""

_WEIGHTS = {
    "last_click": "(place = places)::INT",
    "first_click": "(place = 1)::INT",
    "linear": "1.0",
    "time_decay": f"pow(0.5, epoch(ended - met) / (86400 * {HALF_LIFE_DAYS}))",
    # 40 % to the first, 40 % to the last, the rest to those between; halves when there are two.
    "position_based": (
        "CASE WHEN places <= 2 THEN 1.0 WHEN place IN (1, places) THEN 0.4 "
        "ELSE 0.2 / (places - 2) END"
    ),
}


# How several contacts of a journey may add up. The data decide: the one under which the journeys
# seen are likeliest. Halves are the usual choice for a fading effect; only the order counts.
_COUNTINGS = {
    "every contact counts": "count(*)",
    "each creator or channel counts once": "1",
    "later contacts count more": "sum(pow(0.5, places - place))",
    "earlier contacts count more": "sum(pow(0.5, place - 1))",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Credit of one creator or channel under one model.

    Attributes
    ----------
    unit : str
        Creator id or channel; ``BASELINE`` for conversions that would have come anyway.
    model : str
    conversions : float
    revenue : float or None
        Of the conversions whose revenue is known; None when there are some and it is of none.
    low, high : float or None
        90 % interval of the conversions from resampled journeys; None for fixed rules.
    """

    unit: str
    model: str
    conversions: float
    revenue: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Credits of all units under all models.

    Attributes
    ----------
    credits : tuple of Credit
        Sorted by model, then unit.
    journeys, conversions : int
    disagreement : mapping of str to float
        For each unit the largest minus the smallest share of the conversions any model gives it,
        0..1: how much the answer depends on the model.
    counting : str or None
        How contacts add up in the data-driven model, as the journeys decided; None without one.
    refunds : int
        Refunds that were taken from the sale before them.
    unpriced : int
        Contacts that converted and say no revenue; what is shared out leaves them out.
    """

    credits: tuple[Credit, ...]
    journeys: int
    conversions: int
    disagreement: Mapping[str, float]
    counting: str | None
    refunds: int = 0
    unpriced: int = 0


def attribute(con: duckdb.DuckDBPyConnection, *, seed: int = 0) -> Attribution:
    """Attribute conversions to creators and channels.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the canonical table ``touchpoints``.
    seed : int
        For the interval of the data-driven model.

    Returns
    -------
    Attribution
        Without conversions all credits are 0 and the data-driven model is left out.
    """
    con.execute(_REFUNDS)
    con.execute(_JOURNEYS)
    journeys, conversions = con.execute(
        "SELECT count(DISTINCT journey), count(DISTINCT journey) FILTER (won) FROM touches"
    ).fetchall()[0]
    given = [credit for model in RULES for credit in _by_rule(con, model)]
    counting = None
    if conversions:
        counting, modelled = _data_driven(con, seed)
        given += modelled
    sold, unpriced = con.execute(
        "SELECT count(*), count(*) FILTER (revenue IS NULL) FROM contacts WHERE converted"
    ).fetchall()[0]
    if 0 < sold == unpriced:
        given = [replace(credit, revenue=None) for credit in given]
    ordered = tuple(sorted(given, key=lambda credit: (credit.model, credit.unit)))
    (refunds,) = con.execute("SELECT coalesce(sum(refunds), 0) FROM refunded").fetchall()
    return Attribution(
        ordered,
        journeys,
        conversions,
        _disagreement(ordered, conversions),
        counting,
        int(refunds[0]),
        unpriced,
    )


def _by_rule(con: duckdb.DuckDBPyConnection, model: str) -> list[Credit]:
    rows = con.execute(
        f"""
        WITH weighed AS (SELECT *, {_WEIGHTS[model]} AS weight FROM touches),
        shared AS (
            SELECT *, weight / sum(weight) OVER (PARTITION BY journey) AS share FROM weighed
        )
        SELECT unit, coalesce(sum(share) FILTER (won), 0), coalesce(sum(share * worth), 0)
        FROM shared GROUP BY unit ORDER BY unit
        """
    ).fetchall()
    return [Credit(unit, model, conversions, revenue) for unit, conversions, revenue in rows]


def _data_driven(con: duckdb.DuckDBPyConnection, seed: int) -> tuple[str, list[Credit]]:
    fits = {}
    for name in _COUNTINGS:
        units, patterns, worth = _patterns(con, name)
        hazards = fit_hazards(patterns)
        fits[name] = (log_likelihood(patterns, hazards), units, patterns, worth, hazards)
    # The first of equals: plain counting.
    counting = max(fits, key=lambda name: round(fits[name][0], 6))
    _, units, patterns, worth, hazards = fits[counting]
    conversions = shapley_credit(patterns, hazards)
    revenue = shapley_credit(patterns, hazards, value=worth)
    low, high = _interval(patterns, hazards, seed)
    return counting, [
        Credit(
            unit, "data_driven", *(float(side[row]) for side in (conversions, revenue, low, high))
        )
        for row, unit in enumerate(units)
    ]


def _patterns(
    con: duckdb.DuckDBPyConnection, counting: str
) -> tuple[list[str], Patterns, NDArray[np.float64]]:
    rows = con.execute(
        f"""
        WITH counted AS (
            SELECT journey, unit, ({_COUNTINGS[counting]})::DOUBLE AS times, any_value(won) AS won,
                   any_value(worth) AS worth
            FROM touches GROUP BY journey, unit
        ),
        keyed AS (
            SELECT journey, list(unit ORDER BY unit) AS units, list(times ORDER BY unit) AS times,
                   any_value(won) AS won, any_value(worth) AS worth
            FROM counted GROUP BY journey
        )
        SELECT units, times, count(*) FILTER (won)::DOUBLE AS converted,
               count(*) FILTER (NOT won)::DOUBLE AS lost,
               coalesce(sum(worth) FILTER (won), 0) AS worth
        FROM keyed GROUP BY units, times ORDER BY units, times
        """
    ).fetchall()
    names = sorted({unit for units, *_ in rows for unit in units})
    place = {unit: position for position, unit in enumerate(names, 1)}
    # Unit 0, the baseline, stands in every journey once.
    entries = [([0, *(place[unit] for unit in units)], [1.0, *times]) for units, times, *_ in rows]
    patterns = Patterns(
        starts=np.cumsum([0, *(len(units) for units, _ in entries)]),
        units=np.array([unit for units, _ in entries for unit in units], dtype=np.int64),
        times=np.array([time for _, times in entries for time in times], dtype=np.float64),
        converted=np.array([row[2] for row in rows]),
        lost=np.array([row[3] for row in rows]),
        n_units=len(names) + 1,
    )
    return [BASELINE, *names], patterns, np.array([float(row[4]) for row in rows])


def _interval(
    patterns: Patterns, hazards: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Resample journeys (Poisson bootstrap on the counts) and refit from the hazards found."""
    generator = np.random.default_rng(seed)
    resamples = RESAMPLES if len(patterns.units) <= MANY_ENTRIES else FEW_RESAMPLES
    drawn = np.empty((resamples, patterns.n_units))
    for row in range(resamples):
        sample = Patterns(
            patterns.starts,
            patterns.units,
            patterns.times,
            generator.poisson(patterns.converted).astype(np.float64),
            generator.poisson(patterns.lost).astype(np.float64),
            patterns.n_units,
        )
        refitted = fit_hazards(sample, start=np.maximum(hazards, 1e-9), iterations=20)
        drawn[row] = shapley_credit(sample, refitted)
    low, high = np.percentile(drawn, [5, 95], axis=0)
    return low, high


def _disagreement(given: tuple[Credit, ...], conversions: int) -> dict[str, float]:
    shares: dict[str, list[float]] = {}
    for credit in given:
        if credit.unit != BASELINE:
            shares.setdefault(credit.unit, []).append(credit.conversions / max(conversions, 1))
    return {unit: max(found) - min(found) for unit, found in sorted(shares.items())}
