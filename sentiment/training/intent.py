"""Trains the heads of intent and quality, and the decision that joins them with the cues."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from sentiment.cue_files import INTENTS
from sentiment.cues import CUE_FEATURES, cue_book
from sentiment.intent import DECISIONS, HEADS, decide, surface_facts
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.training.bench import (
    COLUMN_SPREAD,
    HeadSet,
    fold_columns,
    scaled_columns,
    with_columns,
)
from sentiment.training.corpora import code_of, read_near_misses
from sentiment.training.network import held_rows, lessons_from, train_network
from sentiment.training.quality_sets import QUALITY_HEADS, spam_examples
from sentiment.training.second_reading import read_held
from sentiment.training.targets import head_targets
from sentiment.training.taught import YES_OR_NO, taught_columns
from sentiment.training.thresholds import (
    any_of,
    best_threshold,
    choose_thresholds,
    weighted_f1,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

STRENGTH = 0.3
"""Inverse regularisation (C) of the support vector machines; 0.1 and 1 were worse on held-out
silver comments."""

TRUST = {"en": 0.2}
_TRUST_ELSEWHERE = 0.4
"""What a comment written for the project counts beside a real one. On real comments held out (two
halves) any intent is .754 with 1, .771 with 0.2 and 0.05; in other languages than English .718,
.737 and .721, but our own sentences need them there: German .94 before, .85 with 0.2, .91 with
0.4."""

_FOLDS = 3
_WRITTEN = 0.5
_NATURAL = {"random": 0.6, "cue": 0.35, "int_tag_friend": 0.05}
"""Share of each stratum where thresholds are chosen: mostly comments as they come, and as many
with a cue as it takes to see the rare classes."""


class Parts(NamedTuple):
    """What the machines are trained on.

    Attributes
    ----------
    matrix : csr_matrix
        Features, then the scores of the columns.
    columns : ndarray of float32, shape (N_BUCKETS, n_columns)
    trust : ndarray of float64
        What each row counts.
    """

    matrix: sparse.csr_matrix
    columns: NDArray[np.float32]
    trust: NDArray[np.float64]


def train(bench: Bench) -> HeadSet:
    """Train the heads on all labelled comments and join them on held-out folds.

    Returns
    -------
    HeadSet
        Families "intent" (``sentiment.intent.HEADS``) and "quality" (low_value, spam); extras
        ``intent.joint``, ``intent.second``, ``intent.thresholds`` and ``quality.thresholds``; the
        network that reads again.
    """
    rows = np.array([i for i, e in enumerate(bench.examples) if e.role == "train" and e.intent])
    near_misses = read_near_misses()
    chosen = [*(bench.examples[row] for row in rows), *near_misses]
    parts, is_spam = _parts(bench, rows, near_misses)
    targets = head_targets(chosen)
    final, held_out = _fit_folded(parts, targets, is_spam, seed=bench.seed)
    strata = sample_weights(chosen)
    joint, odds = _join(
        joint_inputs(chosen, held_out), targets, join_weights(chosen, strata), seed=bench.seed
    )
    joint, odds = _recalibrate(joint, odds, targets, strata)
    n = len(INTENTS)
    of_quality = [best_threshold(column, strata) for column in odds.T[len(HEADS) :]]
    network = train_network(*lessons_from([*bench.examples, *near_misses]), seed=bench.seed)
    held = held_rows(chosen)
    targets, odds, strata = targets[held], odds[held], strata[held]
    second, odds, again = read_held(
        [chosen[row] for row in held], odds, targets, network, seed=bench.seed
    )
    thresholds = choose_thresholds(odds[:, :n], strata)
    said = odds >= np.array([*thresholds[:n], 0.0, *of_quality])
    said[:, :n] = decide(odds, again, thresholds)
    return HeadSet(
        (*(f"intent.{name}" for name in HEADS), *(f"quality.{name}" for name in QUALITY_HEADS)),
        final,
        {
            "intent.joint": joint,
            "intent.second": second,
            "intent.thresholds": thresholds,
            "quality.thresholds": np.array(of_quality),
        },
        figures(targets, said, strata),
        network,
    )


def _parts(
    bench: Bench, rows: NDArray[np.int64], more: Sequence[Example]
) -> tuple[Parts, NDArray[np.bool_]]:
    """Return labelled comments and behind them texts labelled for spam alone, and which are."""
    texts, is_spam = spam_examples()
    matrix = sparse.vstack(
        [bench.matrix[rows], bench.encode([*(each.text for each in more), *texts])]
    ).tocsr()
    columns = scaled_columns(taught_columns(bench, YES_OR_NO), matrix, COLUMN_SPREAD)
    labelled = [*(bench.examples[row] for row in rows), *more]
    trust = [*map(trust_in, labelled), *np.ones(len(texts))]
    return Parts(with_columns(matrix, columns), columns, np.array(trust)), is_spam


def trust_in(example: Example) -> float:
    """Return what an example counts in training the machines."""
    written = example.corpus == "written"
    return TRUST.get(example.language or "", _TRUST_ELSEWHERE) if written else 1.0


def sample_weights(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Weigh held-out comments so that they stand for what will be read.

    Comments written for the project, which are far richer in intent than life, get no weight
    where there are real ones, beyond what keeps their languages in sight.
    """
    silver = [i for i, example in enumerate(examples) if example.corpus == "silver"]
    weights = np.full(len(examples), 0.1 if silver else 1.0)
    if not silver:
        return weights
    strata = np.array([examples[i].stratum for i in silver])
    of_silver = np.full(len(strata), 0.1)
    for name, share in _NATURAL.items():
        inside = strata == name
        of_silver[inside] = share * len(strata) / max(1, inside.sum())
    weights[silver] = of_silver
    return weights


def join_weights(examples: Sequence[Example], natural: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much each example counts in joining heads and cues.

    As in `sample_weights`, but what was written for the project counts half: it is all there is
    to show what cues mean in some languages. `_recalibrate` then undoes its wealth of intent.
    """
    written = np.array([example.corpus == "written" for example in examples])
    return np.where(written, np.maximum(natural, _WRITTEN), natural)


def _recalibrate(
    joint: NDArray[np.float64],
    odds: NDArray[np.float64],
    targets: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Stretch and shift the log odds of each decision so that they hold for comments as they come.

    The last input of the joint decision is the constant 1, which takes the shift.
    """
    for column in range(targets.shape[1]):
        model = LogisticRegression(C=100.0, max_iter=200)
        model.fit(odds[:, [column]], targets[:, column], sample_weight=weights)
        stretch, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
        joint[:, column] *= stretch
        joint[-1, column] += shift
        odds[:, column] = odds[:, column] * stretch + shift
    return joint, odds


def _fit_folded(
    parts: Parts,
    targets: NDArray[np.bool_],
    is_spam: NDArray[np.bool_],
    *,
    seed: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights from all rows, and scores of each row from weights that never saw it.

    The rows of ``parts`` beyond those of ``targets`` are labelled for spam alone.
    """
    n_rows, n_heads = targets.shape
    every = np.arange(n_rows)
    matrix = parts.matrix[:, : len(parts.columns)]
    final = _fit(parts, targets, is_spam, every)
    held_out = np.empty((n_rows, n_heads), np.float32)
    for kept, left in KFold(_FOLDS, shuffle=True, random_state=seed).split(every):
        held_out[left] = matrix[left] @ _fit(parts, targets, is_spam, kept)
    return final, held_out


def _fit(
    parts: Parts,
    targets: NDArray[np.bool_],
    is_spam: NDArray[np.bool_],
    rows: NDArray[np.int64],
) -> NDArray[np.float32]:
    extra = np.arange(len(targets), parts.matrix.shape[0])
    weights = []
    for head in range(targets.shape[1]):
        is_last = head == targets.shape[1] - 1
        used = np.concatenate([rows, extra]) if is_last else rows
        wanted = np.concatenate([targets[rows, head], is_spam]) if is_last else targets[rows, head]
        machine = LinearSVC(C=STRENGTH, tol=0.05, max_iter=200, random_state=0)
        machine.fit(parts.matrix[used], wanted, sample_weight=parts.trust[used])
        weights.append(fold_columns(machine.coef_, machine.intercept_, parts.columns))
    return np.concatenate(weights, axis=1)


def joint_inputs(examples: Sequence[Example], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the inputs of the joined decision: cues, then heads, then surface facts."""
    texts = text_array([example.text for example in examples])
    hits = cue_book().find(*text_buffers(texts), pa.array([code_of(each) for each in examples]))
    cues = np.zeros((len(texts), len(CUE_FEATURES)), np.float32)
    cues[hits.rows] = hits.features
    return np.concatenate([cues, scores, surface_facts(hits.surface)], axis=1)


def _join(
    inputs: NDArray[np.float32],
    targets: NDArray[np.bool_],
    weights: NDArray[np.float64],
    *,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the joint weights, and the log odds of each row from weights that never saw it.

    Being a logistic regression on held-out scores, it calibrates as it joins.

    References
    ----------
    Wolpert, "Stacked generalization" (1992); Platt, "Probabilistic outputs for support vector
    machines" (1999).
    """
    odds = np.empty(targets.shape)
    for kept, left in KFold(_FOLDS, shuffle=True, random_state=seed + 1).split(inputs):
        odds[left] = inputs[left] @ _logistic(inputs[kept], targets[kept], weights[kept])
    return _logistic(inputs, targets, weights), odds


def _logistic(
    inputs: NDArray[np.float32], targets: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    columns = []
    for column in range(targets.shape[1]):
        model = LogisticRegression(C=1.0, max_iter=1000, fit_intercept=False)
        model.fit(inputs, targets[:, column], sample_weight=weights)
        columns.append(model.coef_[0])
    return np.stack(columns, axis=1).astype(np.float64)


def figures(
    wanted: NDArray[np.bool_], said: NDArray[np.bool_], weights: NDArray[np.float64]
) -> dict[str, float]:
    """Return weighted F1 on held-out rows: of each decision, of any class, and the mean."""
    found = {
        f"held_out.{name}": weighted_f1(wanted[:, i], said[:, i], weights)
        for i, name in enumerate(DECISIONS)
    }
    n = len(INTENTS)
    found["held_out.any_intent"] = weighted_f1(any_of(wanted[:, :n]), any_of(said[:, :n]), weights)
    found["held_out.macro_intent"] = float(np.mean([found[f"held_out.{name}"] for name in INTENTS]))
    return found
