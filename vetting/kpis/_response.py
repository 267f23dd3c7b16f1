"""A response model fitted to journeys, and the exact Shapley values of its contacts.

Journeys that did not convert count as much as those that did: without them no model can tell a
contact that persuades from one that is merely always there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ITERATIONS = 200
TOLERANCE = 1e-7
# Gauss-Legendre nodes: exact for journeys of up to 2 x 12 - 1 different units.
NODES = 12


@dataclass(frozen=True, slots=True)
class Patterns:
    """Journeys with the same contacts, counted together.

    Attributes
    ----------
    starts : ndarray of int, shape (n_patterns + 1,)
        Where each pattern's entries begin in ``units`` and ``times``.
    units : ndarray of int
        Position of the unit; 0 is the baseline, which stands in every pattern.
    times : ndarray of float
        How often the unit was met in the journey, or how much that counts; > 0.
    converted, lost : ndarray of float, shape (n_patterns,)
        Journeys of this pattern that converted and that did not.
    n_units : int
        Units including the baseline.
    """

    starts: NDArray[np.int64]
    units: NDArray[np.int64]
    times: NDArray[np.float64]
    converted: NDArray[np.float64]
    lost: NDArray[np.float64]
    n_units: int

    @property
    def rows(self) -> NDArray[np.int64]:
        """Pattern of each entry."""
        return np.repeat(np.arange(len(self.converted)), np.diff(self.starts))


def fit_hazards(
    patterns: Patterns, *, start: NDArray[np.float64] | None = None, iterations: int = ITERATIONS
) -> NDArray[np.float64]:
    """Fit P(conversion) = 1 - exp(-sum of times x hazard) by expectation-maximisation.

    Parameters
    ----------
    patterns : Patterns
    start : ndarray, shape (n_units,), or None
        Hazards to begin with; None begins with the overall rate.
    iterations : int
        At most this many rounds.

    Returns
    -------
    ndarray, shape (n_units,)
        Hazard of one contact with each unit, >= 0; that of unit 0 is the baseline.

    Notes
    -----
    The noisy-or of independent chances. Each round shares a conversion among its contacts in
    proportion to their hazards, then divides by all exposures; the likelihood never falls.
    """
    rows, units, times = patterns.rows, patterns.units, patterns.times
    n = len(patterns.converted)
    exposure = np.bincount(
        units, times * (patterns.converted + patterns.lost)[rows], patterns.n_units
    )
    total = patterns.converted.sum() + patterns.lost.sum()
    rate = patterns.converted.sum() / max(total, 1.0)
    hazards = np.full(patterns.n_units, max(rate, 1e-9) / 2) if start is None else start.copy()
    for _ in range(iterations):
        sums = np.bincount(rows, times * hazards[units], n)
        chance = -np.expm1(-np.maximum(sums, 1e-300))
        wanted = np.bincount(
            units, times * hazards[units] * (patterns.converted / chance)[rows], patterns.n_units
        )
        fresh = np.divide(wanted, exposure, out=np.zeros_like(wanted), where=exposure > 0)
        moved = np.abs(fresh - hazards).max()
        hazards = fresh
        if moved < TOLERANCE * max(rate, 1e-12):
            break
    return hazards


def log_likelihood(patterns: Patterns, hazards: NDArray[np.float64]) -> float:
    """Return the logarithm of the chance of all journeys under the model, <= 0."""
    n = len(patterns.converted)
    sums = np.bincount(patterns.rows, patterns.times * hazards[patterns.units], n)
    chance = -np.expm1(-np.maximum(sums, 1e-300))
    return float((patterns.converted * np.log(chance) - patterns.lost * sums).sum())


def shapley_credit(
    patterns: Patterns, hazards: NDArray[np.float64], *, value: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Share each conversion among its contacts by their Shapley value under the model.

    Parameters
    ----------
    patterns : Patterns
    hazards : ndarray, shape (n_units,)
    value : ndarray, shape (n_patterns,), or None
        What the converted journeys of a pattern are worth together; None counts conversions.

    Returns
    -------
    ndarray, shape (n_units,)
        Credit of each unit; sums to ``value``. Unit 0 is what would have come anyway.

    Notes
    -----
    When contacts arrive at random times in 0..1, the Shapley value of u is the integral over t of
    (1 - exp(-h_u)) times the product over the others of (1 - t + t exp(-h)). The integrand is a
    polynomial in t, so Gauss-Legendre nodes give it exactly.

    References
    ----------
    G. Owen, Management Science 18 (1972) P64-P79: multilinear extension.
    """
    rows, units = patterns.rows, patterns.units
    n = len(patterns.converted)
    survives = np.exp(-patterns.times * hazards[units])
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    credit = np.zeros(len(units))
    for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        kept = 1 - node + node * survives
        logs = np.log(np.maximum(kept, 1e-300))
        others = np.exp(np.bincount(rows, logs, n)[rows] - logs)
        credit += weight * (1 - survives) * others
    total = np.bincount(rows, credit, n)[rows]
    share = np.divide(credit, total, out=np.zeros_like(credit), where=total > 0)
    worth = patterns.converted if value is None else value
    return np.bincount(units, share * worth[rows], patterns.n_units).astype(np.float64)
