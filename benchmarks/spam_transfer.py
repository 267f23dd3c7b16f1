"""Trains the spam head on three shared spam sets and tests it on the fourth.

Run: ``VETTING_DATA=... python benchmarks/spam_transfer.py``. The comments that train the shipped
head, less near misses, are in every training set as well. The threshold comes from held-out parts
of what was trained on, never from the set tested. The columns taught by a transformer are left
out. Prints F1 of each set with the plain baseline (words and letters of the three sets alone,
threshold 0) beside it.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_predict
from sklearn.svm import LinearSVC

from sentiment.normalise import normalise
from sentiment.training.bench import open_bench
from sentiment.training.corpora import read_all
from sentiment.training.intent import trust_in
from sentiment.training.quality_sets import SPAM_SETS, read_spam

SETS = [name for name in SPAM_SETS if name != "youtube_context_spam"]
"""The fifth set calls comments spam that are merely off topic for their video."""


def main() -> None:
    """Print one line for each set left out, and the means."""
    examples = [e for e in read_all() if e.corpus in ("silver", "written") and e.quality]
    bench = open_bench(examples, seed=0)
    texts = {name: read_spam(name) for name in SETS}
    matrices = {
        name: bench.encode([normalise(text) for text, _, _ in rows]) for name, rows in texts.items()
    }
    labels = {name: np.array([is_spam for _, is_spam, _ in rows]) for name, rows in texts.items()}
    ours = np.array([e.quality == "spam" for e in examples])
    trusted = np.array([trust_in(e) for e in examples])
    figures, plain = [], []
    for left_out in SETS:
        others = [name for name in SETS if name != left_out]
        three = sparse.vstack([matrices[name] for name in others]).tocsr()
        of_three = np.concatenate([labels[name] for name in others])
        plain.append(
            _f1(three, of_three, matrices[left_out], labels[left_out], np.ones(len(of_three)))
        )
        matrix = sparse.vstack([three, bench.matrix]).tocsr()
        wanted = np.concatenate([of_three, ours])
        trust = np.concatenate([np.ones(len(of_three)), trusted])
        held_out = cross_val_predict(
            _machine(), matrix, wanted, cv=3, method="decision_function",
            params={"sample_weight": trust},
        )  # fmt: skip
        # Sets of spam are half spam; what is tested has that share too: ours count as much in all.
        share = len(of_three) / trusted.sum()
        weights = np.concatenate([np.ones(len(of_three)), trusted * share])
        threshold = _counted_threshold(wanted, held_out, weights)
        figures.append(
            _f1(matrix, wanted, matrices[left_out], labels[left_out], trust, threshold=threshold)
        )
        print(
            f"{left_out}: F1 {figures[-1]:.3f} "
            f"(baseline {plain[-1]:.3f}, threshold {threshold:.2f})"
        )
    print(f"mean: F1 {np.mean(figures):.3f} (baseline {np.mean(plain):.3f})")


def _machine() -> LinearSVC:
    return LinearSVC(C=0.3, tol=0.05, max_iter=200, random_state=0)


def _counted_threshold(wanted: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> float:
    """Return the score from which saying spam gives the best weighted F1; scores are no odds."""
    order = np.argsort(-scores, kind="stable")
    hit, said = np.cumsum((weights * wanted)[order]), np.cumsum(weights[order])
    best = int(np.argmax(2 * hit / (said + (weights * wanted).sum())))
    after = min(best + 1, len(order) - 1)
    return float((scores[order[best]] + scores[order[after]]) / 2)


def _f1(
    matrix: sparse.csr_matrix,
    wanted: np.ndarray,
    test: sparse.csr_matrix,
    truth: np.ndarray,
    trust: np.ndarray,
    *,
    threshold: float = 0.0,
) -> float:
    machine = _machine().fit(matrix, wanted, sample_weight=trust)
    return float(f1_score(truth, machine.decision_function(test) >= threshold))


if __name__ == "__main__":
    main()
