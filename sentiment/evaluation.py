"""How good predictions are against labels: confusion, recall, F1, calibration, with intervals.

Reading files is not done here, nor printing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.errors import SentimentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

UNSCORED = "(none)"
"""Stands for a comment the model gave no answer for; it counts as a miss."""

_BINS = 15  # as Guo et al., "On Calibration of Modern Neural Networks" (2017)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, 0..1, with its bootstrap interval at 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Precision, recall and F1 of one class, and how many rows truly belong to it."""

    precision: Figure
    recall: Figure
    f1: Figure
    support: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one task scored.

    Attributes
    ----------
    labels : tuple of str
        Rows of the confusion: the true classes.
    predicted_labels : tuple of str
        Columns of the confusion: the true classes, then others that were predicted.
    confusion : tuple of tuple of int
    classes : dict of str to ClassFigures
    accuracy, macro_recall, macro_f1 : Figure
        Macro figures are means over the true classes.
    calibration_error : float or None
        Expected calibration error in 15 bins; None without probabilities.
    n, unscored : int
        Rows compared, and rows among them without an answer.
    """

    labels: tuple[str, ...]
    predicted_labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    classes: dict[str, ClassFigures]
    accuracy: Figure
    macro_recall: Figure
    macro_f1: Figure
    calibration_error: float | None
    n: int
    unscored: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists and dicts, for JSON."""
        return asdict(self)


def evaluate(
    truth: Sequence[str],
    predicted: Sequence[str | None],
    *,
    confidence: NDArray[np.float64] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Compare predictions with labels.

    Parameters
    ----------
    truth : sequence of str
    predicted : sequence of str or None
        None where the model gave no answer.
    confidence : ndarray of float64, shape (n,), or None
        Probability of the predicted class; nan where there is none.
    draws, seed : int
        Of the bootstrap over rows.

    Raises
    ------
    SentimentError
        When there is nothing to compare.
    """
    if not len(truth) or len(truth) != len(predicted):
        raise SentimentError(
            "there are no labels to compare with", found=f"{len(truth)} labels",
            allowed="as many labels as predictions, at least one",
        )  # fmt: skip
    given = [UNSCORED if label is None else label for label in predicted]
    labels = sorted(set(truth))
    columns = labels + sorted(set(given) - set(labels))
    counts = _confusion(truth, given, labels, columns)
    random = np.random.default_rng(seed)
    # Resampling rows is the same as drawing the cells of the confusion from a multinomial.
    samples = random.multinomial(len(truth), counts.ravel() / len(truth), draws)
    precision, recall, f1 = _with_interval(counts, samples.reshape(draws, *counts.shape))
    classes = {
        label: ClassFigures(precision[i], recall[i], f1[i], int(counts[i].sum()))
        for i, label in enumerate(labels)
    }
    many = samples.reshape(draws, *counts.shape)
    return Evaluation(
        tuple(labels),
        tuple(columns),
        tuple(tuple(int(cell) for cell in row) for row in counts),
        classes,
        _figure(*(_accuracy(each) for each in (counts[None], many))),
        _figure(*(_rates(each)[1].mean(axis=1) for each in (counts[None], many))),
        _figure(*(_rates(each)[2].mean(axis=1) for each in (counts[None], many))),
        None if confidence is None else calibration_error(truth, given, confidence),
        len(truth),
        given.count(UNSCORED),
    )


def evaluate_many(
    truth: Sequence[str], predicted: Sequence[str], *, draws: int = 1000, seed: int = 0
) -> dict[str, Evaluation]:
    """Compare labels that are sets joined by "+", such as intents, one class at a time.

    Returns
    -------
    dict of str to Evaluation
        For each class "yes" or "no"; the key "any" tells whether there was a class at all.
        "none" stands for the empty set.
    """
    sets_true = [_as_set(label) for label in truth]
    sets_given = [_as_set(label) for label in predicted]
    names = sorted(set().union(*sets_true, *sets_given))
    results = {"any": (list(map(bool, sets_true)), list(map(bool, sets_given)))}
    for name in names:
        results[name] = (
            [name in each for each in sets_true],
            [name in each for each in sets_given],
        )
    return {
        name: evaluate(_yes_no(true), _yes_no(given), draws=draws, seed=seed)
        for name, (true, given) in results.items()
    }


def calibration_error(
    truth: Sequence[str], predicted: Sequence[str], confidence: NDArray[np.float64]
) -> float:
    """Return the expected calibration error: mean gap of confidence and accuracy over 15 bins.

    References
    ----------
    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    known = ~np.isnan(confidence)
    right = np.array([a == b for a, b in zip(truth, predicted, strict=True)])[known]
    sure = confidence[known]
    if not len(sure):
        return float("nan")
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, sure, _BINS) - np.bincount(bins, right, _BINS)
    return float(np.abs(gaps).sum() / len(sure))


def _as_set(label: str | None) -> set[str]:
    return {part for part in (label or "").split("+") if part and part != "none"}


def _yes_no(flags: Sequence[bool]) -> list[str]:
    return ["yes" if flag else "no" for flag in flags]


def _confusion(
    truth: Sequence[str], given: Sequence[str], labels: list[str], columns: list[str]
) -> NDArray[np.int64]:
    rows = {label: i for i, label in enumerate(labels)}
    places = {label: i for i, label in enumerate(columns)}
    counts = np.zeros((len(labels), len(columns)), np.int64)
    for true, guess in zip(truth, given, strict=True):
        counts[rows[true], places[guess]] += 1
    return counts


def _rates(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
    """Return precision, recall and F1, each (draws, classes), from (draws, classes, columns)."""
    n = counts.shape[1]
    hits = counts[:, np.arange(n), np.arange(n)].astype(float)
    given, true = counts[:, :, :n].sum(axis=1), counts.sum(axis=2)
    precision = hits / np.maximum(given, 1)
    recall = hits / np.maximum(true, 1)
    return precision, recall, 2 * hits / np.maximum(given + true, 1)


def _accuracy(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    n = counts.shape[1]
    rates: NDArray[np.float64] = counts[:, np.arange(n), np.arange(n)].sum(axis=1) / np.maximum(
        counts.sum(axis=(1, 2)), 1
    )
    return rates


def _with_interval(
    counts: NDArray[np.int64], samples: NDArray[np.int64]
) -> tuple[list[Figure], ...]:
    pairs = zip(_rates(counts[None]), _rates(samples), strict=True)
    return tuple(
        [_figure(one[:, i], many[:, i]) for i in range(one.shape[1])] for one, many in pairs
    )


def _figure(value: NDArray[np.float64], samples: NDArray[np.float64]) -> Figure:
    low, high = np.quantile(samples, [0.025, 0.975])
    return Figure(float(value[0]), float(low), float(high))
