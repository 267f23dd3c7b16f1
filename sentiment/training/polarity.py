"""Trains the sentiment heads and their calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from sentiment.language import OUTPUT_CODES
from sentiment.polarity import (
    ENGLISH,
    HEADS,
    LABELS,
    SHARED_GROUP,
    calibration_inputs,
    domain_inputs,
    mixed_probabilities,
    tweet_share,
)
from sentiment.training.auxiliary import auxiliary_columns
from sentiment.training.bench import (
    COLUMN_SPREAD,
    HeadSet,
    fold_columns,
    fold_intercept,
    scaled_columns,
    with_columns,
)
from sentiment.training.taught import (
    SENTIMENT_OF_COMMENTS,
    SENTIMENT_OF_TWEETS,
    taught_columns,
)
from sentiment.training.vectors import vector_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

TRUST = {
    "comment": {
        "tweeteval": 0.3, "umsab": 1.0, "written_tweets": 0.7, "silver": 2.0, "written": 2.0,
    },
    "tweet": {
        "tweeteval": 1.0, "umsab": 2.0, "written_tweets": 2.0, "silver": 0.5, "written": 0.5,
    },
    "english": {"tweeteval": 1.0, "umsab": 0.5},
}  # fmt: skip
"""What one example of a corpus counts for the machine of comments, of tweets, and of English
tweets, which reads English alone."""

STRENGTH = {"comment": 0.1, "tweet": 0.1, "english": 0.03}
"""Inverse regularisation (C) of the support vector machines."""

_LABELLED = frozenset(("de", "en", "es", "fr", "id", "it", "pt"))
_BESIDE_REAL = 0.4
"""What a comment written for the project counts, as a part of its trust, in languages that have
labels for texts of many people. Held out, a tenth to a quarter was best: real comments in other
languages than English 62.7 to 65.1, tweets 59.0 to 61.3. Why it is more: docs/decisions.md."""

_FOLDS = 3
_GROUP_ROWS = 800  # a language with fewer rows shares the confusion of all
_WRITTEN_WEIGHT = 0.3  # in calibration: what we wrote has our own mixture of classes
_EVENNESS = 0.2  # 0 calibrates tweets on their classes as they come, 1 as if equally frequent


class Task(NamedTuple):
    """The examples that train sentiment: matrix, classes, and columns that fold into weights."""

    examples: Sequence[Example]
    matrix: sparse.csr_matrix
    targets: NDArray[np.int64]
    auxiliary: NDArray[np.float32]
    vectors: NDArray[np.float32]
    is_english: NDArray[np.bool_]


def train(bench: Bench) -> HeadSet:
    """Train machines for comments and for tweets and calibrate their mixture on held-out folds.

    Returns
    -------
    HeadSet
        Family "sentiment" with the heads of ``sentiment.polarity.HEADS`` and the extras
        ``sentiment.calibration`` (2, 3, inputs), ``sentiment.domain`` (4,),
        ``sentiment.groups`` (languages) and ``sentiment.confusion`` (n_groups, 3, 3).
        Figures are macro recalls on held-out folds.

    Notes
    -----
    Each machine is three one-against-rest linear support vector machines on the features and on
    the scores of the auxiliary tasks; that of English tweets reads the sum of its words' vectors
    too. All of it is linear, so it folds into the same weights.
    """
    rows = training_rows(bench.examples)
    task = _open_task(bench, rows)
    weights = fit_heads(task, np.arange(len(rows)))
    held_out = np.empty((len(rows), len(HEADS)), np.float32)
    strata = [f"{example.corpus} {example.sentiment}" for example in task.examples]
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=bench.seed)
    for inside, outside in folds.split(rows, strata):
        held_out[outside] = task.matrix[outside] @ fit_heads(task, inside)
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
    """Gather what the machines read, each column scaled by what it is worth beside the features."""
    examples = [bench.examples[row] for row in rows]
    targets = np.array([LABELS.index(example.sentiment or "") for example in examples])
    is_english = np.array([_code(example) in ENGLISH for example in examples])
    matrix = bench.matrix[rows]
    taught = [taught_columns(bench, of) for of in (SENTIMENT_OF_COMMENTS, SENTIMENT_OF_TWEETS)]
    auxiliary = np.concatenate([auxiliary_columns(bench), *taught], axis=1)
    auxiliary = scaled_columns(auxiliary, matrix, COLUMN_SPREAD)
    vectors = vector_columns() * (bench.importance[:, None] > 0)
    lengths = np.linalg.norm(matrix[is_english] @ vectors, axis=1)
    vectors /= max(float(lengths.mean()), 1e-6)
    return Task(examples, matrix, targets, auxiliary, vectors.astype(np.float32), is_english)


def _code(example: Example) -> str:
    """Return the language as scoring writes it; comments nobody looked at are mostly English."""
    language = example.language or "en"
    return OUTPUT_CODES.get(language, language)


def fit_heads(task: Task, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the (N_BUCKETS, len(HEADS)) weights trained on some rows of the task.

    A machine keeps two heads, negative and positive less neutral, because decisions only need
    differences; the last head tells tweets from comments.
    """
    machines = [
        _fit_machine(task, rows, "comment"),
        _fit_machine(task, rows, "tweet"),
        _fit_machine(task, rows[task.is_english[rows]], "english"),
    ]
    heads = [machine[:, [0, 2]] - machine[:, [1]] for machine in machines]
    return np.concatenate([*heads, _fit_domain(task, rows)], axis=1)


def _fit_machine(task: Task, rows: NDArray[np.int64], domain: str) -> NDArray[np.float32]:
    columns = task.auxiliary
    if domain == "english":
        columns = np.concatenate([columns, task.vectors], axis=1)
    weights = _balance([task.examples[row] for row in rows], task.targets[rows], TRUST[domain])
    used = rows[weights > 0]
    if not len(used):
        return np.zeros((len(columns), 3), np.float32)
    both = with_columns(task.matrix[used], columns)
    machine = LinearSVC(C=STRENGTH[domain], max_iter=80, tol=0.05, random_state=0)
    machine.fit(both, task.targets[used], sample_weight=weights[weights > 0])
    return fold_columns(machine.coef_, machine.intercept_, columns)


def _fit_domain(task: Task, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    is_tweet = [task.examples[row].domain == "tweet" for row in rows]
    if len(set(is_tweet)) < 2:
        return np.zeros((len(task.auxiliary), 1), np.float32)
    machine = LinearSVC(C=0.05, class_weight="balanced", max_iter=40, tol=0.1, random_state=0)
    machine.fit(task.matrix[rows], is_tweet)
    return fold_intercept(machine.coef_, machine.intercept_)


def _balance(
    examples: Sequence[Example], targets: NDArray[np.int64], trust: dict[str, float]
) -> NDArray[np.float64]:
    """Weigh corpora by trust (0 where it has none), and the classes within a domain equally."""
    weights = np.array([_trust_in(example, trust) for example in examples])
    domains = np.array([example.domain for example in examples])
    for domain in np.unique(domains[weights > 0]):
        inside = domains == domain
        totals = np.bincount(targets[inside], weights[inside], minlength=3)
        weights[inside] *= (totals.mean() / np.maximum(totals, 1e-9))[targets[inside]]
    return weights


def _trust_in(example: Example, trust: dict[str, float]) -> float:
    beside_real = example.corpus == "written" and example.language in _LABELLED
    return trust.get(example.corpus, 0.0) * (_BESIDE_REAL if beside_real else 1.0)


def calibrate(
    task: Task, scores: NDArray[np.float32], stats: NDArray[np.int32]
) -> tuple[dict[str, NDArray[np.float64]], dict[str, float]]:
    """Fit multinomial logistic regressions on held-out scores, of comments and of tweets.

    One for all languages: an intercept per language gained nothing on held-out text of another
    source. Tweets are weighed a fifth of the way to equal classes: which class is frequent
    changes from year to year. The extras also hold ``sentiment.confusion``: what is confused in
    comments, for all and for each of ``sentiment.groups``.

    References
    ----------
    Platt, "Probabilistic outputs for support vector machines" (1999), with three classes.
    """
    is_tweet = np.array([example.domain == "tweet" for example in task.examples])
    inputs = calibration_inputs(scores, stats, task.is_english)
    domain = _fit_domain_odds(domain_inputs(scores, stats), is_tweet)
    weights = _calibration_weights(task)
    both = np.stack(
        [
            _fit_calibration(inputs[part], task.targets[part], weights[part])
            for part in (~is_tweet, is_tweet)
        ]
    )
    choices = mixed_probabilities(inputs, both, tweet_share(scores, stats, domain)).argmax(axis=1)
    codes = np.array([_code(example) for example in task.examples])
    names, counts = np.unique(codes, return_counts=True)
    own = [str(name) for name, count in zip(names, counts, strict=True) if count >= _GROUP_ROWS]
    masks = [np.ones(len(codes), np.bool_), *(codes == name for name in own)]
    extras = {
        "sentiment.groups": np.array([SHARED_GROUP, *own]),
        "sentiment.calibration": both,
        "sentiment.domain": domain,
        "sentiment.confusion": np.stack([_confusion(task, choices, mask) for mask in masks]),
    }
    return extras, _held_out_figures(task, choices, codes)


def _calibration_weights(task: Task) -> NDArray[np.float64]:
    weights = np.ones(len(task.examples))
    corpora = np.array([example.corpus for example in task.examples])
    tweets = corpora == "tweeteval"
    counts = np.bincount(task.targets[tweets], minlength=3)
    weights[tweets] = ((counts.mean() / np.maximum(counts, 1)) ** _EVENNESS)[task.targets[tweets]]
    weights[corpora == "written"] = _WRITTEN_WEIGHT
    return weights


def _fit_calibration(
    inputs: NDArray[np.float64], targets: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False)
    weights_of_classes: NDArray[np.float64] = model.fit(inputs, targets, weights).coef_
    return weights_of_classes


def _fit_domain_odds(
    inputs: NDArray[np.float64], is_tweet: NDArray[np.bool_]
) -> NDArray[np.float64]:
    model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False)
    odds: NDArray[np.float64] = model.fit(inputs, is_tweet).coef_[0]
    return odds


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
