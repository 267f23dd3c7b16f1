"""Points from a measure along a documented curve, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from vetting.scoring.profiles import Curve, Item


def tier_of(followers: float | None, tiers: Mapping[str, float | None]) -> str | None:
    """Return the follower tier, or None when the followers are unknown."""
    if followers is None or np.isnan(followers):
        return None
    for name, bound in tiers.items():
        if bound is None or followers < bound:
            return name
    return None


def choose_curves(
    item: Item, *, platforms: Sequence[str | None], tiers: Sequence[str | None]
) -> NDArray[np.int64]:
    """Return for each creator the position of the item's curve for them, -1 when none fits.

    Parameters
    ----------
    item : Item
    platforms, tiers : sequence of str or None, shape (n_creators,)
        None is matched only by curves that name neither.
    """
    chosen = np.full(len(platforms), -1, dtype=np.int64)
    for row, (platform, tier) in enumerate(zip(platforms, tiers, strict=True)):
        if item.platforms and platform not in item.platforms:
            continue
        for position, curve in enumerate(item.curves):
            fits_platform = not curve.platforms or platform in curve.platforms
            if fits_platform and (not curve.tiers or tier in curve.tiers):
                chosen[row] = position
                break
    return chosen


def points_along(
    item: Item, values: NDArray[np.float64], chosen: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return points 0..100 for each value; NaN where the value or the curve is missing.

    Parameters
    ----------
    item : Item
    values : ndarray, shape (n_creators,)
        In the measure's unit; NaN is unknown.
    chosen : ndarray of int, shape (n_creators,)
        From :func:`choose_curves`.
    """
    points = np.full(values.shape, np.nan)
    for position, curve in enumerate(item.curves):
        here = (chosen == position) & ~np.isnan(values)
        xs, ys = zip(*curve.points, strict=True)
        points[here] = np.interp(values[here], xs, ys)
    return points


def value_for(curve: Curve, points: float) -> float | None:
    """Return the measure value nearest the middle of the curve that earns ``points``.

    None when the curve never reaches them.
    """
    for (x0, y0), (x1, y1) in zip(curve.points, curve.points[1:], strict=False):
        if min(y0, y1) <= points <= max(y0, y1) and y0 != y1:
            return x0 + (points - y0) / (y1 - y0) * (x1 - x0)
    return None
