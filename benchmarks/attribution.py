"""Attribution on simulated journeys with known truth, and its speed on a million contacts.

Run: python benchmarks/attribution.py

The simulators decide by rules of their own; none uses the response model of the attribution. The
truth of a unit is what would be lost without it: every journey is decided again with the contacts
of that unit taken out (same customer, same luck), and lost conversions are counted. A world's
error is the mean over units of |share by model - true share|, shares of all conversions.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa

from vetting.kpis.attribution import BASELINE, MODELS, attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNITS = ("anna", "ben", "cleo", "dora", "search", "retargeting")
START = np.datetime64(dt.datetime(2026, 4, 1), "us")  # noqa: DTZ001 - the tables hold UTC
JOURNEYS = 60_000
Contacts = Any  # ndarray, shape (journeys, places): position of the unit, -1 where none


def contacts(chance: np.random.Generator, weights: list[float], journeys: int) -> Contacts:
    """Draw up to five contacts per journey."""
    length = np.minimum(chance.geometric(0.45, journeys), 5)
    drawn = chance.choice(len(UNITS), (journeys, 5), p=np.array(weights) / sum(weights))
    return np.where(np.arange(5) < length[:, None], drawn, -1)


def first_touch(met: Contacts, _: np.ndarray) -> Any:  # noqa: ANN401
    """Who discovers the brand decides; what comes later only collects."""
    power = np.array([0.12, 0.08, 0.04, 0.02, 0.005, 0.0, 0.0])
    at = np.argmax(met >= 0, axis=1)
    first = np.take_along_axis(met, at[:, None], axis=1)[:, 0]
    return np.where((met >= 0).any(axis=1), power[first], 0)


def interaction(met: Contacts, _: np.ndarray) -> Any:  # noqa: ANN401
    """Anna and ben convince together more than each alone; search helps a little."""
    seen = [(met == unit).any(axis=1) for unit in range(len(UNITS))]
    chance = 0.02 * seen[0] + 0.02 * seen[1] + 0.08 * (seen[0] & seen[1])
    return chance + 0.03 * seen[2] + 0.01 * seen[3] + 0.015 * seen[4]


def retargeting(met: Contacts, keen: np.ndarray) -> Any:  # noqa: ANN401
    """Keen customers meet retargeting last and would have bought anyway; it hardly helps."""
    seen = [(met == unit).any(axis=1) for unit in range(len(UNITS))]
    shown = 0.06 * seen[0] + 0.04 * seen[1] + 0.02 * seen[2] + 0.01 * seen[3]
    return shown + 0.002 * seen[5] + 0.03 * keen


def fading(met: Contacts, _: np.ndarray) -> Any:  # noqa: ANN401
    """Each contact counts half as much for every contact that followed."""
    power = np.array([0.08, 0.06, 0.04, 0.02, 0.03, 0.005, 0.0])
    last = (met >= 0).sum(axis=1)[:, None]
    later = np.maximum(last - 1 - np.arange(met.shape[1]), 0)
    return (power[met] * 0.5**later).sum(axis=1)


def saturating(met: Contacts, _: np.ndarray) -> Any:  # noqa: ANN401
    """Repeated contacts with one creator count once; a logistic curve of the different ones."""
    power = np.array([1.4, 1.1, 0.8, 0.4, 0.5, 0.1])
    seen = np.stack([(met == unit).any(axis=1) for unit in range(len(UNITS))], axis=1)
    strength = (seen * power).sum(axis=1)
    return np.where(strength > 0, 1 / (1 + np.exp(4.2 - strength)) - 1 / (1 + np.exp(4.2)), 0)


def simulate(
    rule: Callable[[Contacts, np.ndarray], np.ndarray], seed: int
) -> tuple[Contacts, np.ndarray, np.ndarray]:
    """Return contacts, conversions, and each unit's true share of all conversions."""
    chance = np.random.default_rng(seed)
    met = contacts(chance, [3, 2, 2, 1.5, 3, 0.5], JOURNEYS)
    keen = chance.random(JOURNEYS) < 0.15
    if rule is retargeting:
        met[keen & (chance.random(JOURNEYS) < 0.7), 4] = UNITS.index("retargeting")
    if rule in {first_touch, fading}:
        # Search stands at the end of most journeys: people look the brand up before they buy.
        met[chance.random(JOURNEYS) < 0.5, 4] = UNITS.index("search")
    met = packed(met)
    luck = chance.random(JOURNEYS)
    won = luck < rule(met, keen)
    lost = np.array(
        [
            (won & ~(luck < rule(packed(np.where(met == unit, -1, met)), keen))).sum()
            for unit in range(len(UNITS))
        ],
        dtype=float,
    )
    # Where contacts only work together each would be lost with either: shares of what is lost,
    # scaled to what would not have come without any contact.
    nobody = (luck < rule(np.full_like(met, -1), keen)).sum()
    return met, won, lost / lost.sum() * (won.sum() - nobody) / won.sum()


def packed(met: Contacts) -> Contacts:
    """Move contacts together so that what followed stays counted."""
    order = np.argsort(met < 0, axis=1, kind="stable")
    return np.take_along_axis(met, order, axis=1)


def touchpoints(met: Contacts, won: Contacts, units: Sequence[str] = UNITS) -> pa.Table:
    """Write journeys as the canonical table: one contact a day, the last one converts."""
    row, place = np.nonzero(met >= 0)
    last = np.r_[row[1:] != row[:-1], True]
    names = np.array(units)[met[row, place]]
    converted = last & won[row]
    return pa.table(
        {
            "customer_id": pa.array(row.astype(str)),
            "at": pa.array(START + place * np.timedelta64(86_400_000_000, "us")),
            "channel": pa.array(names),
            "creator_id": pa.nulls(len(row), pa.string()),
            "converted": pa.array(converted),
            "revenue": pa.array(np.where(converted, 50.0, 0.0)),
        }
    )


def errors(rule: Callable[[Contacts, np.ndarray], np.ndarray], seed: int) -> dict[str, float]:
    """Return the mean error of each model in one world."""
    met, won, truth = simulate(rule, seed)
    con = duckdb.connect(config={"threads": 1})
    con.register("touchpoints", touchpoints(met, won))
    result = attribute(con, seed=seed)
    shares = {model: dict.fromkeys(UNITS, 0.0) for model in MODELS}
    for one in result.credits:
        if one.unit != BASELINE:
            shares[one.model][one.unit] = one.conversions / result.conversions
    return {
        model: float(np.mean([abs(given[unit] - truth[i]) for i, unit in enumerate(UNITS)]))
        for model, given in shares.items()
    }


def speed() -> None:
    """Time a million contacts on one core: few creators, then 200 in long journeys."""
    chance = np.random.default_rng(0)
    met = contacts(chance, [3, 2, 2, 1.5, 3, 0.5], 490_000)
    clock("6 creators and channels", touchpoints(met, chance.random(len(met)) < 0.03))
    long = chance.zipf(1.3, (250_000, 15)) % 200
    length = np.minimum(chance.geometric(0.25, len(long)), 15)
    met = np.where(np.arange(15) < length[:, None], long, -1)
    names = [f"creator {number}" for number in range(200)]
    clock("200, long journeys", touchpoints(met, chance.random(len(met)) < 0.03, names))


def clock(what: str, table: pa.Table) -> None:
    """Print the processor time of one attribution."""
    con = duckdb.connect(config={"threads": 1})
    con.register("touchpoints", table)
    begun = time.process_time()
    attribute(con)
    took = time.process_time() - begun
    print(f"{table.num_rows:,} contacts, {what}: {took:.1f} s of one core (must be under 30 s)")


def main() -> None:
    """Print a line per world, and the mean over all."""
    print("world".ljust(14) + "".join(model.rjust(16) for model in MODELS))
    found = []
    for rule in (first_touch, interaction, retargeting, fading, saturating):
        runs = [errors(rule, seed) for seed in range(3)]
        mean = {model: float(np.mean([run[model] for run in runs])) for model in MODELS}
        found.append(mean)
        print(rule.__name__.ljust(14) + "".join(f"{mean[m]:16.3f}" for m in MODELS))
    overall = {model: float(np.mean([one[model] for one in found])) for model in MODELS}
    print("mean".ljust(14) + "".join(f"{overall[m]:16.3f}" for m in MODELS))
    ratio = overall["data_driven"] / overall["last_click"]
    print(f"data-driven error is {ratio:.0%} of last click's (must be at most 50 %)")
    speed()


if __name__ == "__main__":
    main()
