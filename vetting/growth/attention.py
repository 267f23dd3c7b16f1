"""Whether a rise looks like attention or like a delivery: two small scorecards.

What is weighed: do views rise with the followers, are there more new followers than viewers could
become, does the rise fade as attention does or stop as a delivery does, is it too even.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vetting.scorecard import load_scorecards

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vetting.growth.rises import Rise

    Floats = npt.NDArray[np.float64]

MODEL = "growth_attention"
SPARSE_DAYS = 14  # readings further apart hide how attention builds up and fades
LONGEST_BURST_DAYS = 5  # services deliver a burst in 1-3 days; a drip-feed takes 7-30


def features_of(rises: Sequence[Rise]) -> dict[str, Floats]:
    """Return what the scorecards weigh, one row per rise; NaN is unknown.

    Parameters
    ----------
    rises : sequence of Rise

    Returns
    -------
    dict of str to ndarray of float64, shape (n,)
    """

    def column(name: str) -> Floats:
        return np.array([getattr(rise, name) for rise in rises], dtype=np.float64)

    return {
        "views_share": column("views_share"),
        "log_views_ratio": np.log(np.clip(column("views_ratio"), 0.1, 50.0)),
        "views_rank": column("views_rank"),
        "log_gain_per_view": np.log(np.clip(column("gain_per_view"), 1e-5, 1.0)),
        "after": np.clip(column("after"), -0.3, 1.0),
        "before": np.clip(column("before"), -0.1, 0.5),
        "log_excess_share": np.log(np.clip(column("excess_share"), 0.01, 1.0)),
        "log_days": np.log(column("days")),
        # 0.8 is what organic and bought rises have in common: unknown says nothing
        "unevenness": np.minimum(column("unevenness"), 3.0) - 0.8,
        "front": np.clip(column("front"), -0.5, 0.5),
        "lopsided": np.abs(np.clip(column("front"), -0.5, 0.5)),
        "log_spreads": np.log(np.clip(column("spreads"), 1.0, 100.0)),
    }


def looks_delivered(rises: Sequence[Rise]) -> Floats:
    """Return how much each rise looks like a delivery rather than attention.

    Parameters
    ----------
    rises : sequence of Rise

    Returns
    -------
    ndarray of float64, shape (n,)
        0..1. Rises without views are weighed by shape alone and cannot be told apart well.
    """
    if not rises:
        return np.empty(0)
    cards = load_scorecards(MODEL)
    features = features_of(rises)
    names = [card_of(rise) for rise in rises]
    scores = {name: cards[name].probability(features) for name in set(names)}
    return np.array([scores[name][i] for i, name in enumerate(names)])


def card_of(rise: Rise) -> str:
    """Name the scorecard that weighs a rise: by length, by how often it was read, by views."""
    name = "short" if is_burst(rise) else "long"
    if rise.gap_days > SPARSE_DAYS:
        name = "sparse"
    elif rise.is_coarse:
        name = f"coarse_{name}"
    return name if rise.has_views else f"{name}_blind"


def is_burst(rise: Rise) -> bool:
    """Tell whether a rise is as short as its readings allow to see; others are drip-feeds."""
    return rise.days <= LONGEST_BURST_DAYS or rise.intervals == 1
