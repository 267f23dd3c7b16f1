"""The share of fake followers in a sample: counted, corrected, and with an honest interval."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from vetting.datafiles import data_root
from vetting.followers.scoring import MODEL
from vetting.intervals import Z

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rates:
    """How often the limit is right and wrong.

    Attributes
    ----------
    false_positive_rate, true_positive_rate : float
        Share of real and of fake accounts that count, 0..1.
    false_positive_spread, true_positive_spread : float
        Standard deviation of these rates from one population to another.
    """

    false_positive_rate: float
    false_positive_spread: float
    true_positive_rate: float
    true_positive_spread: float


@cache
def load_rates() -> tuple[Rates, Rates]:
    """Read the rates when all is known, and what nothing known would add, from the card."""
    path = data_root("models") / MODEL / "card.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["quantification"]
    unknown = table.pop("unknown")
    return Rates(**table), Rates(**unknown)


def fake_share(
    counted: npt.ArrayLike,
    n: npt.ArrayLike,
    rates: tuple[Rates, Rates],
    *,
    known: npt.ArrayLike = 1.0,
) -> tuple[Floats, Floats, Floats]:
    """Estimate the share of fake accounts from how many lie above the limit.

    Parameters
    ----------
    counted : array of int, shape (m,)
        Accounts above the limit.
    n : array of int, shape (m,)
        Accounts with a suspicion, at least 1.
    rates : tuple of Rates
        When all is known of the accounts, and what nothing known would add.
    known : array of float, shape (m,)
        Mean share of what the scorecard weighs that is known, 0..1.

    Returns
    -------
    share, low, high : ndarray of float64, shape (m,)
        Within 0..1; low and high are a 90 % interval that holds the error of the sample and of
        the rates.

    Notes
    -----
    Adjusted count: share = (counted / n - fpr) / (tpr - fpr). The interval holds every share p
    under which the count would be no surprise, as Wilson's does: (counted / n - q)^2 <= z^2
    variance with q = p tpr + (1 - p) fpr and variance q (1 - q) / n + (1 - p)^2 var(fpr) + p^2
    var(tpr). It is wider upwards than downwards where fakes are missed: they may be there.

    References
    ----------
    G. Forman, Quantifying counts and costs via classification, Data Mining and Knowledge Discovery
    17 (2008) 164-206.
    """
    size = np.asarray(n, dtype=np.float64)
    seen = np.asarray(counted, dtype=np.float64) / size
    unknown = 1.0 - np.asarray(known, dtype=np.float64)
    all_known, added = rates
    wrong = all_known.false_positive_rate + unknown * added.false_positive_rate
    right = all_known.true_positive_rate + unknown * added.true_positive_rate
    wrong_sd = all_known.false_positive_spread + unknown * added.false_positive_spread
    right_sd = all_known.true_positive_spread + unknown * added.true_positive_spread
    gap = right - wrong
    share = np.clip((seen - wrong) / gap, 0.0, 1.0)
    # the condition above as a p^2 + b p + c <= 0
    square, fixed, varies = Z * Z, Z * Z * wrong_sd**2, Z * Z * right_sd**2
    a = gap**2 * (1 + square / size) - fixed - varies
    b = -2 * gap * (seen - wrong) - square * gap * (1 - 2 * wrong) / size + 2 * fixed
    c = (seen - wrong) ** 2 - square * wrong * (1 - wrong) / size - fixed
    root = np.sqrt(np.maximum(b * b - 4 * a * c, 0.0))
    bounded = a > 0
    divisor = 2 * np.where(bounded, a, 1.0)
    low = np.where(bounded, (-b - root) / divisor, 0.0)
    high = np.where(bounded, (-b + root) / divisor, 1.0)
    return share, np.clip(low, 0.0, share), np.clip(high, share, 1.0)
