"""What one sponsored post will probably bring: a seeded simulation from the creator's own posts.

Pure arithmetic on arrays; the views of a usual post come from ``vetting.forecasting``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vetting.forecasting import HALF_LIFE_POSTS, LEAST_POSTS, view_quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

DRAWS = 1000
LEAST_SPONSORED = 5
# A rate of the creator needs as many posts.
LEAST_RATES = 5
# Views of a sponsored post against a usual one where too few tell: our assumption, 2026-11-28, no
# source; it is named beside every forecast that uses it.
ASSUMED_DISCOUNT = (0.6, 1.0)
# Enough for a median and its spread; more only costs time.
_MOST_POSTS, _RESAMPLES = 60, 200
# Above this, chance no longer moves a count.
_LARGE = 1e9


@dataclass(frozen=True, slots=True)
class History:
    """A creator's own posts, oldest first.

    Attributes
    ----------
    views : ndarray, shape (n_posts,)
        All > 0.
    engagements, reach : ndarray, shape (n_posts,)
        NaN where unknown.
    sponsored : ndarray, shape (n_posts,)
        1 yes, 0 no, NaN unknown.
    """

    views: Draws
    engagements: Draws
    reach: Draws
    sponsored: Draws


@dataclass(frozen=True, slots=True)
class Terms:
    """What the brand pays and expects; None where it does not say.

    Attributes
    ----------
    fee, cpm, order_value : float or None
        In one currency.
    click_rate, conversion_rate : tuple of (float, float) or None
        Clicks per view and orders per click, from and to, 0..1.
    order_rate : tuple of (float, float) or None
        Orders per view, from and to, 0..1; used where one of the other ranges is missing.
    """

    fee: float | None = None
    cpm: float | None = None
    order_value: float | None = None
    click_rate: tuple[float, float] | None = None
    conversion_rate: tuple[float, float] | None = None
    order_rate: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Simulation:
    """Draws of what one sponsored post brings.

    Attributes
    ----------
    draws : dict of str to ndarray, shape (DRAWS,)
        ``sponsored_views`` and, as far as known, ``engagements``, ``reach``, ``clicks``,
        ``conversions``, ``cpa`` (infinite without a conversion), ``emv``, ``roi`` (a ratio).
    discount : str
        What was taken for sponsored against usual views, as a person reads it.
    """

    draws: dict[str, Draws]
    discount: str


def simulate_post(history: History, terms: Terms, *, seed: tuple[int, ...]) -> Simulation | None:
    """Draw what one sponsored post brings.

    Parameters
    ----------
    history : History
    terms : Terms
    seed : tuple of int
        The same seed gives the same draws.

    Returns
    -------
    Simulation or None
        None under eight posts.

    Notes
    -----
    Views: quantiles of the creator's posts at random places, times the discount. Engagements and
    reach: views times the rate of a post drawn at random, newer ones more often. Clicks and
    conversions: Poisson and binomial at rates drawn evenly on a logarithmic scale from the ranges.
    """
    chance = np.random.default_rng(seed)
    usual = view_quantiles(history.views[history.sponsored != 1], quantiles=chance.random(DRAWS))
    discount, said = _discount(history, chance)
    if usual is None:  # nearly all is sponsored: that is the creator's usual post
        usual = view_quantiles(history.views, quantiles=chance.random(DRAWS))
        discount, said = np.ones(DRAWS), "nearly all posts are sponsored, none is taken off"
    if usual is None:
        return None
    draws = {"sponsored_views": usual * discount}
    for name, counts in (("engagements", history.engagements), ("reach", history.reach)):
        rates = _rates(counts / history.views, chance)
        if rates is not None:
            draws[name] = draws["sponsored_views"] * rates
    return Simulation(draws | _business(draws["sponsored_views"], terms, chance), said)


def _discount(history: History, chance: np.random.Generator) -> tuple[Draws, str]:
    """Draw the ratio of sponsored to other views: resampled medians, or the assumed range."""
    logs = np.log(history.views)
    paid, other = logs[history.sponsored == 1], logs[history.sponsored == 0]
    low, high = ASSUMED_DISCOUNT
    if len(paid) < LEAST_SPONSORED or len(other) < LEAST_POSTS:
        return chance.uniform(low, high, DRAWS), f"assumed {low} to {high} of the usual views"
    middles = [
        np.median(chance.choice(side, (_RESAMPLES, len(side))), axis=1)
        for side in (paid[-_MOST_POSTS:], other[-_MOST_POSTS:])
    ]
    ratio = chance.choice(np.exp(middles[0] - middles[1]), DRAWS)
    return ratio, f"{np.median(ratio):.2f} of the usual views, from {len(paid)} sponsored posts"


def _rates(rates: Draws, chance: np.random.Generator) -> Draws | None:
    known = np.flatnonzero(~np.isnan(rates))
    if len(known) < LEAST_RATES:
        return None
    weights = 0.5 ** ((len(rates) - 1 - known) / HALF_LIFE_POSTS)
    drawn: Draws = rates[chance.choice(known, DRAWS, p=weights / weights.sum())]
    return drawn


def _business(views: Draws, terms: Terms, chance: np.random.Generator) -> dict[str, Draws]:
    found: dict[str, Draws] = {}
    if terms.cpm is not None:
        found["emv"] = views * terms.cpm / 1000
    if terms.click_rate is not None:
        found["clicks"] = _count(views * _between(terms.click_rate, chance), chance)
    if "clicks" in found and terms.conversion_rate is not None:
        kept = _between(terms.conversion_rate, chance)
        # Thinned Poisson clicks: a binomial share of the clicks that were drawn.
        found["conversions"] = np.where(
            found["clicks"] < _LARGE,
            chance.binomial(np.minimum(found["clicks"], _LARGE).astype(np.int64), kept),
            found["clicks"] * kept,
        )
    elif terms.order_rate is not None:
        found["conversions"] = _count(views * _between(terms.order_rate, chance), chance)
    if "conversions" in found and terms.fee:
        orders = found["conversions"]
        found["cpa"] = np.divide(
            terms.fee, orders, out=np.full(len(orders), np.inf), where=orders > 0
        )
        if terms.order_value is not None:
            found["roi"] = (orders * terms.order_value - terms.fee) / terms.fee
    return found


def _between(ends: tuple[float, float], chance: np.random.Generator) -> Draws:
    low, high = ends
    if low <= 0:
        return chance.uniform(low, high, DRAWS)
    return np.exp(chance.uniform(np.log(low), np.log(high), DRAWS))


def _count(expected: Draws, chance: np.random.Generator) -> Draws:
    drawn = chance.poisson(np.minimum(expected, _LARGE)).astype(np.float64)
    return np.where(expected < _LARGE, drawn, expected)
