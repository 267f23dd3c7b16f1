"""Trains the sentiment heads and their calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from sentiment.language import OUTPUT_CODES
from sentiment.polarity import HEADS, LABELS, SHARED_GROUP, calibration_inputs
from sentiment.training.auxiliary import auxiliary_columns
from sentiment.training.bench import HeadSet, fold_intercept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

TRUST = {
    "comment": {"tweeteval": 0.3, "umsab": 1.0, "silver": 2.0, "written": 2.0},
    "tweet": {"tweeteval": 1.0, "umsab": 2.0, "silver": 0.5, "written": 0.5},
}
"""What one example of a corpus counts for the machine of comments and for that of tweets."""

STRENGTH = 0.1
"""Inverse regularisation (C) of the support vector machines."""

_FOLDS = 3
_GROUP_ROWS = 800  # a language with fewer rows shares the confusion of all
_AUXILIARY_WEIGHT = 0.3  # standard deviation of an auxiliary score beside features of length 1


class Task(NamedTuple):
    """The examples that train sentiment: their matrix with auxiliary scores, classes, origin."""

    examples: Sequence[Example]
    matrix: sparse.csr_matrix
    targets: NDArray[np.int64]
    auxiliary: NDArray[np.float32]


def train(bench: Bench) -> HeadSet:
    """Train machines for comments and for tweets and calibrate their mixture on held-out folds.

    Returns
    -------
    HeadSet
        Family "sentiment" with the heads of ``sentiment.polarity.HEADS`` and the extras
        ``sentiment.calibration`` (3, inputs), ``sentiment.groups`` (languages) and
        ``sentiment.confusion`` (n_groups, 3, 3).
        Figures are macro recalls on held-out folds.

    Notes
    -----
    Each machine is three one-against-rest linear support vector machines on the features and on
    the scores of the auxiliary tasks. Both are linear, so the tasks fold into the same weights.
    """
    rows = training_rows(bench.examples)
    task = _open_task(bench, rows)
    weights = fit_heads(task, np.arange(len(rows)))
    held_out = np.empty((len(rows), len(HEADS)), np.float32)
    strata = [f"{example.corpus} {example.sentiment}" for example in task.examples]
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=bench.seed)
    hashed = task.matrix[:, : weights.shape[0]]
    for inside, outside in folds.split(rows, strata):
        held_out[outside] = hashed[outside] @ fit_heads(task, inside)
    extras, figures = calibrate(task, held_out, bench.stats[rows])
    return HeadSet(tuple(f"sentiment.{name}" for name in HEADS), weights, extras, figures)


def training_rows(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Return the rows that train sentiment."""
    return np.array(
        [
            row
            for row, example in enumerate(examples)
            if example.sentiment in LABELS and example.corpus in TRUST["comment"]
        ]
    )


def _open_task(bench: Bench, rows: NDArray[np.int64]) -> Task:
    """Add to the features what a ridge regression makes of the auxiliary scores, per domain.

    Six columns instead of one per task keep the machines fast; the regression has a few dozen
    weights, so that it may see the rows the machines are trained on.
    """
    examples = [bench.examples[row] for row in rows]
    targets = np.array([LABELS.index(example.sentiment or "") for example in examples])
    auxiliary = auxiliary_columns(bench)
    matrix = bench.matrix[rows]
    scores = matrix @ auxiliary
    scores_and_one = np.column_stack([scores, np.ones(len(rows))])
    mixtures = [_ridge(scores_and_one, targets, _balance(examples, targets, TRUST[domain]))
                for domain in TRUST]  # fmt: skip
    mixture = np.concatenate(mixtures, axis=1)[:-1]
    units = _AUXILIARY_WEIGHT / np.maximum((scores @ mixture).std(axis=0), 1e-6)
    folded = (auxiliary @ mixture * units).astype(np.float32)
    both = sparse.hstack([matrix, sparse.csr_matrix(matrix @ folded)]).tocsr()
    return Task(examples, both, targets, folded)


def _ridge(
    scores: NDArray[np.float64], targets: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the (columns, 3) weights of a least-squares fit to the three classes."""
    weighted = scores * weights[:, None]
    penalty = 1e-4 * weights.sum() * np.diag(scores.var(axis=0) + 1e-9)
    mixture: NDArray[np.float64] = np.linalg.solve(
        weighted.T @ scores + penalty, weighted.T @ np.eye(3)[targets]
    )
    return mixture


def fit_heads(task: Task, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the (N_BUCKETS, len(HEADS)) weights trained on some rows of the task.

    The machine of tweets keeps two heads, negative and positive less neutral, because the
    decision only needs differences; the last head tells tweets from comments.
    """
    comment = _fit_machine(task, rows, "comment")
    tweet = _fit_machine(task, rows, "tweet")
    differences = tweet[:, [0, 2]] - tweet[:, [1]]
    return np.concatenate([comment, differences, _fit_domain(task, rows)], axis=1)


def _fit_machine(task: Task, rows: NDArray[np.int64], domain: str) -> NDArray[np.float32]:
    chosen = [task.examples[row] for row in rows]
    machine = LinearSVC(C=STRENGTH, max_iter=80, tol=0.04, random_state=0)
    weights = _balance(chosen, task.targets[rows], TRUST[domain])
    machine.fit(task.matrix[rows], task.targets[rows], sample_weight=weights)
    return _fold(task, machine)


def _fit_domain(task: Task, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    is_tweet = [task.examples[row].domain == "tweet" for row in rows]
    if len(set(is_tweet)) < 2:
        return np.zeros((len(task.auxiliary), 1), np.float32)
    machine = LinearSVC(C=0.05, class_weight="balanced", max_iter=40, tol=0.1, random_state=0)
    machine.fit(task.matrix[rows], is_tweet)
    return _fold(task, machine)


def _fold(task: Task, machine: LinearSVC) -> NDArray[np.float32]:
    """Fold the weights on auxiliary scores into weights on the features they are made of."""
    size = len(task.auxiliary)
    coefficients = machine.coef_[:, :size] + machine.coef_[:, size:] @ task.auxiliary.T
    return fold_intercept(coefficients, machine.intercept_)


def _balance(
    examples: Sequence[Example], targets: NDArray[np.int64], trust: dict[str, float]
) -> NDArray[np.float64]:
    """Weigh corpora by trust, and the classes within a domain equally."""
    weights = np.array([trust[example.corpus] for example in examples])
    domains = np.array([example.domain for example in examples])
    for domain in np.unique(domains):
        inside = domains == domain
        totals = np.bincount(targets[inside], weights[inside], minlength=3)
        weights[inside] *= (totals.mean() / totals)[targets[inside]]
    return weights


def calibrate(
    task: Task, scores: NDArray[np.float32], stats: NDArray[np.int32]
) -> tuple[dict[str, NDArray[np.float64]], dict[str, float]]:
    """Fit a multinomial logistic regression on held-out scores.

    One for all languages: one per language was better on comments by 0.2 points, and worse on
    other kinds of text by 1 to 4. The extras also hold ``sentiment.confusion``: what is confused
    in comments, for all and for each of ``sentiment.groups``.

    References
    ----------
    Platt, "Probabilistic outputs for support vector machines" (1999), with three classes.
    """
    inputs = calibration_inputs(scores, stats)
    model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False)
    calibration = model.fit(inputs, task.targets).coef_
    choices = (inputs @ calibration.T).argmax(axis=1)
    languages = [example.language or "en" for example in task.examples]
    codes = np.array([OUTPUT_CODES.get(language, language) for language in languages])
    names, counts = np.unique(codes, return_counts=True)
    own = [str(name) for name, count in zip(names, counts, strict=True) if count >= _GROUP_ROWS]
    masks = [np.ones(len(codes), np.bool_), *(codes == name for name in own)]
    extras = {
        "sentiment.groups": np.array([SHARED_GROUP, *own]),
        "sentiment.calibration": calibration,
        "sentiment.confusion": np.stack([_confusion(task, choices, mask) for mask in masks]),
    }
    return extras, _held_out_figures(task, choices, codes)


def _confusion(
    task: Task, choices: NDArray[np.int64], mask: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the confusion on comments, or on everything where a language has few comments."""
    comments = mask & np.array([example.domain == "comment" for example in task.examples])
    rows = comments if comments.sum() >= _GROUP_ROWS else mask
    counts = np.zeros((3, 3))
    np.add.at(counts, (task.targets[rows], choices[rows]), 1)
    return counts


def _held_out_figures(
    task: Task, choices: NDArray[np.int64], codes: NDArray[np.str_]
) -> dict[str, float]:
    figures = {}
    kinds = np.array([f"{e.corpus}.{code}" for e, code in zip(task.examples, codes, strict=True)])
    for kind in np.unique(kinds):
        inside = kinds == kind
        if inside.sum() >= 200:
            recall = recall_score(task.targets[inside], choices[inside], average="macro")
            figures[f"sentiment.held-out.{kind}"] = float(recall)
    return figures
