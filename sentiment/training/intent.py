"""Trains the heads of intent and quality, and the decision that joins them with the cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from sentiment.cue_files import INTENTS
from sentiment.cues import CUE_FEATURES, cue_book
from sentiment.intent import DECISIONS, HEADS, INTEREST, NONE, surface_facts
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.training.bench import HeadSet, fold_intercept
from sentiment.training.quality_sets import QUALITY_HEADS, spam_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

STRENGTH = 0.3
"""Inverse regularisation (C) of the support vector machines; 0.1 and 1 were worse on held-out
silver comments."""

_FOLDS = 3
_WRITTEN = 0.5
_NATURAL = {"random": 0.6, "cue": 0.35, "int_tag_friend": 0.05}
"""Share of each stratum where thresholds are chosen: mostly comments as they come, and as many
with a cue as it takes to see the rare classes."""


def train(bench: Bench) -> HeadSet:
    """Train the heads on all labelled comments and join them on held-out folds.

    Returns
    -------
    HeadSet
        Families "intent" (``sentiment.intent.HEADS``) and "quality" (low_value, spam); extras
        ``intent.joint``, ``intent.thresholds`` and ``quality.thresholds``.
    """
    rows = np.array([i for i, e in enumerate(bench.examples) if e.role == "train" and e.intent])
    chosen = [bench.examples[row] for row in rows]
    spam_texts, is_spam = spam_examples()
    from scipy import sparse

    matrix = sparse.vstack([bench.matrix[rows], bench.encode(spam_texts)]).tocsr()
    targets = head_targets(chosen)
    final, held_out = _fit_folded(matrix, targets, is_spam, seed=bench.seed)
    inputs = joint_inputs(
        [example.text for example in chosen], held_out, [_code(example) for example in chosen]
    )
    strata = sample_weights(chosen)
    joint, odds = _join(inputs, targets, join_weights(chosen, strata), seed=bench.seed)
    joint, odds = _recalibrate(joint, odds, targets, strata)
    thresholds = choose_thresholds(targets, odds, strata)
    n = len(INTENTS)
    return HeadSet(
        (*(f"intent.{name}" for name in HEADS), *(f"quality.{name}" for name in QUALITY_HEADS)),
        final,
        {
            "intent.joint": joint,
            "intent.thresholds": thresholds[:n],
            "quality.thresholds": thresholds[n + 1 :],
        },
        figures(targets, odds >= thresholds, strata),
    )


def head_targets(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Return what heads and joined decisions should say, shape (n, len(DECISIONS))."""
    labels = [set((example.intent or NONE).split("+")) for example in examples]
    classes = [[name in label for name in INTENTS] for label in labels]
    interest = [[bool(label & set(INTEREST))] for label in labels]
    quality = [[example.quality == name for name in QUALITY_HEADS] for example in examples]
    return np.concatenate(
        [np.array(part, np.bool_) for part in (classes, interest, quality)], axis=1
    )


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
    written = np.array([example.corpus != "silver" for example in examples])
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
    matrix: sparse.csr_matrix,
    targets: NDArray[np.bool_],
    is_spam: NDArray[np.bool_],
    *,
    seed: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights from all rows, and scores of each row from weights that never saw it.

    The rows of ``matrix`` beyond those of ``targets`` are labelled for spam alone.
    """
    n_rows, n_heads = targets.shape
    every = np.arange(n_rows)
    final = _fit(matrix, targets, is_spam, every)
    held_out = np.empty((n_rows, n_heads), np.float32)
    for kept, left in KFold(_FOLDS, shuffle=True, random_state=seed).split(every):
        held_out[left] = matrix[left] @ _fit(matrix, targets, is_spam, kept)
    return final, held_out


def _fit(
    matrix: sparse.csr_matrix,
    targets: NDArray[np.bool_],
    is_spam: NDArray[np.bool_],
    rows: NDArray[np.int64],
) -> NDArray[np.float32]:
    extra = np.arange(len(targets), matrix.shape[0])
    weights = []
    for head in range(targets.shape[1]):
        is_last = head == targets.shape[1] - 1
        used = np.concatenate([rows, extra]) if is_last else rows
        wanted = np.concatenate([targets[rows, head], is_spam]) if is_last else targets[rows, head]
        machine = LinearSVC(C=STRENGTH, tol=0.05, max_iter=200, random_state=0)
        machine.fit(matrix[used], wanted)
        weights.append(fold_intercept(machine.coef_, machine.intercept_))
    return np.concatenate(weights, axis=1)


def _code(example: Example) -> str:
    """Return the ISO 639-1 code of an example; comments nobody looked at are mostly English."""
    return (example.language or "en").split("-")[0].replace("xx", "und")


def joint_inputs(
    texts: Sequence[str], scores: NDArray[np.float32], codes: Sequence[str]
) -> NDArray[np.float32]:
    """Return the inputs of the joined decision: cues, then heads, then surface facts."""
    hits = cue_book().find(*text_buffers(text_array(list(texts))), pa.array(codes))
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


def choose_thresholds(
    wanted: NDArray[np.bool_], odds: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the threshold of each decision, in log odds.

    Each is the best for its own F1; then all intent classes move together by the step that is
    best for the F1 of any intent and the mean F1 of the classes, since a comment that no class
    should have is hit by the mistakes of all seven.
    """
    thresholds = np.array(
        [best_threshold(wanted[:, i], odds[:, i], weights) for i in range(len(DECISIONS))]
    )
    n = len(INTENTS)
    ranked = []
    for step in np.arange(-0.6, 0.61, 0.1):
        said = odds[:, :n] >= thresholds[:n] + step
        of_any = _f1(_any(wanted[:, :n]), _any(said), weights)
        mean = np.mean([_f1(wanted[:, i], said[:, i], weights) for i in range(n)])
        ranked.append((of_any + mean, step))
    thresholds[:n] += max(ranked)[1]
    return thresholds


def _any(classes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(classes.any(axis=1), np.bool_)


def _f1(truth: NDArray[np.bool_], guess: NDArray[np.bool_], weights: NDArray[np.float64]) -> float:
    both = weights[truth & guess].sum()
    return float(2 * both / max(weights[truth].sum() + weights[guess].sum(), 1e-9))


def best_threshold(
    wanted: NDArray[np.bool_], odds: NDArray[np.float64], weights: NDArray[np.float64]
) -> float:
    """Return the log odds from which saying yes gives the best weighted F1."""
    order = np.argsort(-odds, kind="stable")
    hit = np.cumsum((weights * wanted)[order])
    said = np.cumsum(weights[order])
    f1 = 2 * hit / (said + (weights * wanted).sum())
    best = int(np.argmax(f1))
    after = min(best + 1, len(order) - 1)
    return float((odds[order[best]] + odds[order[after]]) / 2)


def figures(
    wanted: NDArray[np.bool_], said: NDArray[np.bool_], weights: NDArray[np.float64]
) -> dict[str, float]:
    """Return weighted F1 on held-out rows: of each decision, of any class, and the mean."""
    found = {
        f"held_out.{name}": _f1(wanted[:, i], said[:, i], weights)
        for i, name in enumerate(DECISIONS)
    }
    n = len(INTENTS)
    found["held_out.any_intent"] = _f1(_any(wanted[:, :n]), _any(said[:, :n]), weights)
    found["held_out.macro_intent"] = float(np.mean([found[f"held_out.{name}"] for name in INTENTS]))
    return found
