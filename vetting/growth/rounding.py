"""How coarsely a platform rounds a count. A step of one quantum is an artefact, not growth.

References
----------
YouTube Help, "Understand your public subscriber counts" (in force since 2019-09): counts from 1,000
up are cut to three significant digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_DIGITS = (4, 3, 2)  # finest first: what is off the fine step is off the coarser ones too
_CUT_FROM = 1000.0
_SHARE_ON_STEP = 0.9
_LOOKED_AT = 120
_CHANCE = 1e-4  # an exact series passes for a rounded one at most this often


def step_at(count: npt.ArrayLike, digits: int) -> Floats:
    """Return the rounding step of counts that keep ``digits`` significant digits.

    Parameters
    ----------
    count : array of float, shape (n,)
    digits : int

    Returns
    -------
    ndarray of float64, shape (n,)
        At least 1.

    Examples
    --------
    >>> step_at([999, 4340, 65_200, 1_230_000], 3).tolist()
    [1.0, 10.0, 100.0, 10000.0]
    """
    size = np.maximum(np.asarray(count, dtype=np.float64), 1.0)
    magnitude = np.floor(np.log10(size) + 1e-12)
    return np.maximum(10.0 ** (magnitude + 1 - digits), 1.0)


def rounding_steps(followers: npt.ArrayLike) -> Floats:
    """Tell the rounding step of each reading of a series.

    Parameters
    ----------
    followers : array of float, shape (n,)

    Returns
    -------
    ndarray of float64, shape (n,)
        1 where counts are exact or where too few different readings leave it open.
    """
    count = np.asarray(followers, dtype=np.float64)
    exact = np.ones(len(count))
    large = count >= _CUT_FROM
    seen = count[large]
    # some of them tell as much as all, in a fraction of the time
    values = np.unique(seen[:: max(len(seen) // _LOOKED_AT, 1)])
    found = exact
    for digits in _DIGITS:
        rounded = is_rounded(values, digits)
        if rounded:
            found = np.where(large, step_at(count, digits), exact)
        elif rounded is False:
            break
    return found


def is_rounded(values: npt.ArrayLike, digits: int) -> bool | None:
    """Tell whether nearly all counts lie on the step of ``digits`` significant digits.

    Parameters
    ----------
    values : array of float, shape (n,)
        Different counts.
    digits : int

    Returns
    -------
    bool or None
        None where the counts are too few or too small to tell.

    Notes
    -----
    One unit of slack: some tools write 4,059 for 4.06 thousand. An exact count lies on a step of s
    by chance 3/s; the series is rounded when that chance, over all counts, falls under 1 in 10,000.
    """
    count = np.asarray(values, dtype=np.float64)
    step = step_at(count, digits)
    telling = step >= 10.0  # a step of ten is the smallest that shows
    if not telling.any() or np.log(3.0 / step[telling]).sum() > np.log(_CHANCE):
        return None
    off = np.abs(count - np.round(count / step) * step)[telling]
    return bool((off <= 1.0).mean() >= _SHARE_ON_STEP)
