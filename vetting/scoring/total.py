"""The weighted score of everybody, with an interval and the confidence it deserves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vetting.brief import Brief
    from vetting.scoring.profiles import Profile
    from vetting.scoring.subscores import SubScores

# Half of the 90 % range of sub-scores over 21 real creators (standard deviation 20 points).
UNKNOWN_HALF_WIDTH = 33.0


@dataclass(frozen=True, slots=True)
class Total:
    """The score of all creators.

    Attributes
    ----------
    value, low, high : ndarray, shape (n_creators,)
        0..100; NaN without any known sub-score. The interval holds 90 %.
    confidence : ndarray, shape (n_creators,)
        0..1: the weighted share of what the score asks for that is known.
    weights : ndarray, shape (n_subscores,)
        Of the profile and brief, before unknowns are left out.
    matrix, half_widths : ndarray, shape (n_creators, n_subscores)
        Sub-scores and half their intervals; NaN is unknown.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    confidence: NDArray[np.float64]
    weights: NDArray[np.float64]
    matrix: NDArray[np.float64]
    half_widths: NDArray[np.float64]


def weights_of(profile: Profile, brief: Brief) -> dict[str, float]:
    """Return the weight of each sub-score for this brief, before unknowns are left out.

    A sub-score that the brief does not ask for (no audience named, no CPM) weighs nothing.
    """
    unknown = sorted(set(brief.weights) - set(profile.subscores))
    if unknown:
        raise VettingError(
            "the brief weighs a sub-score that does not exist",
            found=", ".join(unknown),
            allowed=", ".join(profile.subscores),
            hint=did_you_mean(unknown[0], profile.subscores),
        )
    # Weights of the brief stand alone: they sum to a whole of their own (checked when it is read).
    chosen = brief.weights or profile.goals[brief.goal].weights
    return {
        name: chosen.get(name, 0.0) if _is_asked(subscore.asked_by, brief) else 0.0
        for name, subscore in profile.subscores.items()
    }


def _is_asked(field: str | None, brief: Brief) -> bool:
    if field is None:
        return True
    value = getattr(brief, field)
    if field == "audience":
        return any(target is not None for _, target in value)
    return value is not None


def combine(subscores: Mapping[str, SubScores], profile: Profile, brief: Brief) -> Total:
    """Weigh the known sub-scores; what is unknown lowers the confidence, never the score."""
    chosen = weights_of(profile, brief)
    weights = np.array([chosen[name] for name in subscores])
    matrix = np.column_stack([computed.value for computed in subscores.values()])
    below = matrix - np.column_stack([computed.low for computed in subscores.values()])
    above = np.column_stack([computed.high for computed in subscores.values()]) - matrix
    known = ~np.isnan(matrix) & (weights > 0)
    share = np.where(known, weights, 0.0)
    total = share.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = share / total
    value = np.where(known, matrix, 0.0) * share
    score = np.where(total[:, 0] > 0, value.sum(axis=1), np.nan)
    # Different sub-scores rest on different files: their errors are taken as independent.
    # What is asked and unknown could lie anywhere that sub-scores of real creators lie.
    unknown = UNKNOWN_HALF_WIDTH * (1 - total[:, 0] / max(weights.sum(), 1e-12))
    down = np.sqrt(((np.where(known, below, 0.0) * share) ** 2).sum(axis=1) + unknown**2)
    up = np.sqrt(((np.where(known, above, 0.0) * share) ** 2).sum(axis=1) + unknown**2)
    coverage = np.column_stack([computed.coverage for computed in subscores.values()])
    confidence = coverage @ weights / weights.sum() if weights.sum() else np.zeros(len(score))
    return Total(
        value=score,
        low=np.clip(score - down, 0, 100),
        high=np.clip(score + up, 0, 100),
        confidence=confidence,
        weights=weights,
        matrix=matrix,
        half_widths=(below + above) / 2,
    )
