"""Trains the three sentiment heads and their calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from sentiment.language import OUTPUT_CODES
from sentiment.polarity import LABELS, calibration_inputs
from sentiment.training.bench import HeadSet, fold_intercept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

WEIGHTS = {"tweeteval": 1.0, "umsab": 2.0, "silver": 2.0, "written": 2.0}
"""What one example of a corpus counts; the others train no sentiment by themselves."""

STRENGTH = 0.1
"""Inverse regularisation (C) of the support vector machines."""

_FOLDS = 3
_GROUP_ROWS = 800  # a language with fewer rows shares the calibration of all
SHARED_GROUP = "shared"


def train(bench: Bench) -> HeadSet:
    """Train one-against-rest support vector machines and calibrate them on held-out folds.

    Returns
    -------
    HeadSet
        Family "sentiment" with the heads of ``LABELS`` and the extras ``sentiment.groups``
        (languages) and ``sentiment.calibration`` (n_groups, 3, inputs).
    """
    rows = training_rows(bench.examples)
    chosen = [bench.examples[row] for row in rows]
    targets = np.array([LABELS.index(example.sentiment or "") for example in chosen])
    weights = balance(chosen, targets)
    matrix = bench.matrix[rows]
    final = fit(matrix, targets, weights)
    held_out = np.empty((len(rows), 3), np.float32)
    strata = [f"{example.corpus} {example.sentiment}" for example in chosen]
    for train_, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=bench.seed).split(
        rows, strata
    ):
        held_out[test] = matrix[test] @ fit(matrix[train_], targets[train_], weights[train_])
    groups, calibration = calibrate(chosen, held_out, bench.stats[rows], targets)
    return HeadSet(
        tuple(f"sentiment.{label}" for label in LABELS),
        final,
        {"sentiment.groups": groups, "sentiment.calibration": calibration},
    )


def training_rows(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Return the rows that train sentiment."""
    return np.array(
        [
            row
            for row, example in enumerate(examples)
            if example.role == "train" and example.sentiment and example.corpus in WEIGHTS
        ]
    )


def balance(examples: Sequence[Example], targets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weigh corpora by trust, and classes within a domain equally."""
    weights = np.array([WEIGHTS[example.corpus] for example in examples])
    domains = np.array([example.domain for example in examples])
    for domain in np.unique(domains):
        inside = domains == domain
        totals = np.bincount(targets[inside], weights[inside], minlength=3)
        weights[inside] *= (totals.mean() / totals)[targets[inside]]
    return weights


def fit(
    matrix: sparse.csr_matrix, targets: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return (N_BUCKETS, 3) weights of the three machines."""
    machine = LinearSVC(C=STRENGTH, max_iter=200, tol=0.03, random_state=0)
    machine.fit(matrix, targets, sample_weight=weights)
    return fold_intercept(machine.coef_, machine.intercept_)


def calibrate(
    examples: Sequence[Example],
    scores: NDArray[np.float32],
    stats: NDArray[np.int32],
    targets: NDArray[np.int64],
) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Fit a multinomial logistic regression per language on held-out scores.

    References
    ----------
    Platt, "Probabilistic outputs for support vector machines" (1999), with three classes.
    """
    inputs = calibration_inputs(scores, stats)
    codes = np.array([OUTPUT_CODES.get(e.language or "en", e.language or "en") for e in examples])
    names, counts = np.unique(codes, return_counts=True)
    own = [str(name) for name, count in zip(names, counts, strict=True) if count >= _GROUP_ROWS]
    calibrations = [_fit_calibration(inputs, targets)]
    calibrations += [
        _fit_calibration(inputs[codes == name], targets[codes == name]) for name in own
    ]
    return np.array([SHARED_GROUP, *own]), np.stack(calibrations)


def _fit_calibration(
    inputs: NDArray[np.float64], targets: NDArray[np.int64]
) -> NDArray[np.float64]:
    model = LogisticRegression(C=10.0, max_iter=500, fit_intercept=False).fit(inputs, targets)
    coefficients: NDArray[np.float64] = model.coef_
    return coefficients
