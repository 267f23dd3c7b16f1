"""How stable the ranking is when weights and measurements are shaken within reason."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 200
# Concentration of the Dirichlet around the profile: with 60, a weight of .25 varies by about .06.
CONCENTRATION = 60.0
# Half-width of a 90 % interval in standard deviations.
HALF_WIDTH_SD = 1.645


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranks of the creators that have a score.

    Attributes
    ----------
    rank : ndarray of float, shape (n_creators,)
        1 is best; equal scores share a rank; NaN without a score.
    low, high : ndarray of float
        5th and 95th percentile of the rank over the draws.
    ahead_of_next : ndarray of float
        Share of draws, 0..1, in which the creator beats the one ranked next; NaN for the last.
    """

    rank: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ahead_of_next: NDArray[np.float64]


def rank_creators(
    score: NDArray[np.float64],
    *,
    subscores: NDArray[np.float64],
    half_widths: NDArray[np.float64],
    weights: NDArray[np.float64],
    seed: int,
) -> Ranking:
    """Rank, and shake weights and sub-scores to see how well the ranks hold.

    Parameters
    ----------
    score : ndarray, shape (n_creators,)
        0..100; NaN is unranked.
    subscores, half_widths : ndarray, shape (n_creators, n_subscores)
        Sub-scores and half the width of their 90 % intervals; NaN is unknown.
    weights : ndarray, shape (n_subscores,)
        The profile's weights.
    seed : int

    Notes
    -----
    Weights are drawn from a Dirichlet around the profile, sub-scores from a normal around their
    value; ranks are taken anew for each of 200 draws.
    """
    scored = np.flatnonzero(~np.isnan(score))
    empty = np.full(score.shape, np.nan)
    rank, low, high, ahead = empty.copy(), empty.copy(), empty.copy(), empty.copy()
    if not scored.size:
        return Ranking(rank, low, high, ahead)
    rank[scored] = _competition_ranks(score[scored])
    drawn = _draw_scores(
        subscores[scored], half_widths=half_widths[scored], weights=weights, seed=seed
    )
    first = np.array([_competition_ranks(draw) for draw in drawn])
    last = np.array([_competition_ranks(draw, side="right") for draw in drawn])
    low[scored] = np.percentile(first, 5, axis=0, method="nearest")
    high[scored] = np.percentile(last, 95, axis=0, method="nearest")
    # The rank itself belongs to its own range even when no draw reached it.
    low[scored] = np.minimum(low[scored], rank[scored])
    high[scored] = np.maximum(high[scored], rank[scored])
    order = np.lexsort((scored, rank[scored]))
    for better, next_best in itertools.pairwise(order):
        wins = drawn[:, better] > drawn[:, next_best]
        ahead[scored[better]] = float(np.mean(wins))
    return Ranking(rank, low, high, ahead)


def _competition_ranks(
    score: NDArray[np.float64], *, side: Literal["left", "right"] = "left"
) -> NDArray[np.float64]:
    """Return the first ("left") or last ("right") rank that creators with equal scores share."""
    shown = np.round(score, 1)  # ties as the reader sees them
    ordered = np.sort(-shown)
    ranks = np.searchsorted(ordered, -shown, side=side).astype(np.float64)
    return ranks + 1 if side == "left" else ranks


def _draw_scores(
    subscores: NDArray[np.float64],
    *,
    half_widths: NDArray[np.float64],
    weights: NDArray[np.float64],
    seed: int,
) -> NDArray[np.float64]:
    generator = np.random.default_rng(seed)
    used = np.flatnonzero(weights > 0)
    share = weights[used] / weights[used].sum()
    drawn_weights = generator.dirichlet(share * CONCENTRATION, size=DRAWS)
    known = ~np.isnan(subscores[:, used])
    values = np.where(known, subscores[:, used], 0.0)
    spread = np.where(known, np.nan_to_num(half_widths[:, used]), 0.0) / HALF_WIDTH_SD
    scores = np.empty((DRAWS, subscores.shape[0]))
    for draw in range(DRAWS):
        shaken = values + spread * generator.standard_normal(values.shape)
        shaken = np.clip(shaken, 0, 100) * known
        scores[draw] = (shaken @ drawn_weights[draw]) / np.maximum(
            known @ drawn_weights[draw], 1e-12
        )
    return scores
