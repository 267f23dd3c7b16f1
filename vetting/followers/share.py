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
    limit : float
        Suspicion from which an account counts, 0..1.
    false_positive_rate, true_positive_rate : float
        Share of real and of fake accounts that count, 0..1.
    false_positive_spread, true_positive_spread : float
        Standard deviation of these rates from one population to another.
    """

    limit: float
    false_positive_rate: float
    false_positive_spread: float
    true_positive_rate: float
    true_positive_spread: float


@cache
def load_rates() -> Rates:
    """Read the rates from the scorecard's card."""
    path = data_root("models") / MODEL / "card.toml"
    return Rates(**tomllib.loads(path.read_text(encoding="utf-8"))["quantification"])


def fake_share(
    counted: npt.ArrayLike, n: npt.ArrayLike, rates: Rates
) -> tuple[Floats, Floats, Floats]:
    """Estimate the share of fake accounts from how many lie above the limit.

    Parameters
    ----------
    counted : array of int, shape (m,)
        Accounts at or above the limit.
    n : array of int, shape (m,)
        Accounts with a suspicion, at least 1.
    rates : Rates

    Returns
    -------
    share, low, high : ndarray of float64, shape (m,)
        Within 0..1; low and high are a 90 % interval that holds the error of the sample and of
        the rates.

    Notes
    -----
    Adjusted count: share = (counted / n - fpr) / (tpr - fpr). Variance: sampling of the count plus
    (1 - share)^2 var(fpr) + share^2 var(tpr), over (tpr - fpr)^2.

    References
    ----------
    G. Forman, Quantifying counts and costs via classification, Data Mining and Knowledge Discovery
    17 (2008) 164-206.
    """
    total = np.asarray(n, dtype=np.float64)
    hits = np.asarray(counted, dtype=np.float64)
    gap = rates.true_positive_rate - rates.false_positive_rate
    share = np.clip((hits / total - rates.false_positive_rate) / gap, 0.0, 1.0)
    # half an account on either side: none or all of few accounts is no certainty
    seen = (hits + 0.5) / (total + 1.0)
    variance = (
        seen * (1 - seen) / total
        + ((1 - share) * rates.false_positive_spread) ** 2
        + (share * rates.true_positive_spread) ** 2
    )
    half = Z * np.sqrt(variance) / gap
    return share, np.clip(share - half, 0.0, 1.0), np.clip(share + half, 0.0, 1.0)
