"""Trains the heads for languages in Latin script; scripts decide the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import vstack
from sklearn.linear_model import SGDClassifier

from sentiment.training.bench import HeadSet, fold_intercept
from sentiment.training.weak_texts import NONE, OTHER, weak_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

LANGUAGES = ("da", "de", "en", "es", "fr", "hi-Latn", "id", "it", "nl", "no", "pt", "sv")
CLASSES = (*LANGUAGES, OTHER, NONE)

_MOST_ROWS = 8000
_RUNS = 5  # draws of rows and weak texts whose weights are averaged
_NEVER = -30.0
_TRUST = {"written": 4.0, "silver": 4.0, "umsab": 2.0, "xed": 0.5, "vader_gold": 0.5}

_HINDI_WORDS = """
hai hain ka ki ke ko nahi nahin nhi kya ye yeh aur bhi tha thi mein mera meri mere tum
aap kar raha rahi rahe bhai ab toh jo wo woh koi kuch sab accha acha bahut bohot abhi
liye apne apna hum ji kyu kyun kaise unko isko phir fir gaya diya karo hoga ek
"""
_HINDI = frozenset(_HINDI_WORDS.split())


def train(bench: Bench) -> HeadSet:
    """Train one-against-rest logistic heads on every corpus whose language is known.

    Parameters
    ----------
    bench : Bench

    Returns
    -------
    HeadSet
        Family "language": the languages of ``CLASSES``, "xx" another, "und" none.

    Notes
    -----
    The weights are the mean of several draws: three or four told 83.4 % of 1,449 held-out short
    comments apart, one alone 82.3 to 82.8. Each class weighs the same in all; comments written for
    the project and labelled comments weigh more than film subtitles, because short and informal is
    what will be read.
    """
    runs = [_fit(bench, bench.seed + run) for run in range(_RUNS)]
    folded: NDArray[np.float32] = np.stack(runs).mean(axis=0, dtype=np.float64).astype(np.float32)
    return HeadSet(tuple(f"language.{name}" for name in CLASSES), folded)


def _fit(bench: Bench, seed: int) -> NDArray[np.float32]:
    """Return the (N_BUCKETS, len(CLASSES)) weights of one draw of rows and weak texts."""
    rows, labels, weights = _labelled_rows(bench, seed)
    texts, more_labels, trust = zip(*weak_texts(seed), strict=True)
    matrix = vstack([bench.matrix[rows], bench.encode(texts)]).tocsr()
    targets = np.array([*labels, *more_labels])
    weights = np.concatenate([weights, trust])
    weights *= _class_balance(targets, weights)
    heads = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=6, tol=None, average=True, random_state=seed
    )
    heads.fit(matrix, targets, sample_weight=weights)
    coefficients = np.zeros((len(CLASSES), matrix.shape[1]))
    intercepts = np.full(len(CLASSES), _NEVER)  # a language without a single example
    order = [CLASSES.index(name) for name in heads.classes_]
    coefficients[order], intercepts[order] = heads.coef_, heads.intercept_
    return fold_intercept(coefficients, intercepts)


def _labelled_rows(
    bench: Bench, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.float64]]:
    """Return at most ``_MOST_ROWS`` rows of each language and corpus, their labels and trust."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row, example in enumerate(bench.examples):
        label = _label_of(example) if example.role == "train" else None
        if label is not None:
            groups.setdefault((label, example.corpus), []).append(row)
    random = np.random.default_rng(seed)
    rows, labels, trust = [], [], []
    for (label, corpus), members in sorted(groups.items()):
        chosen = np.sort(random.permutation(members)[:_MOST_ROWS])
        rows.append(chosen)
        labels += [label] * len(chosen)
        trust += [_TRUST.get(corpus, 1.0)] * len(chosen)
    return np.concatenate(rows), np.array(labels), np.array(trust)


def _label_of(example: Example) -> str | None:
    if example.language is None:
        # Comments nobody labelled come from English-speaking creators; too mixed for others.
        return "en" if example.part in ("tiktok", "yt2013", "beauty", "cars") else None
    if example.language in ("zh-Hant", "zh-Hans", "ar"):
        return None  # the script decides
    if example.language == "hi-Latn" and not _looks_hindi(example.text):
        return None
    return OTHER if example.language == "tr" else example.language


def _looks_hindi(text: str) -> bool:
    """Tell whether two Hindi words stand in a text: half of that corpus is English."""
    return len(_HINDI & set(text.lower().split())) > 1


def _class_balance(labels: NDArray[np.str_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    _, places = np.unique(labels, return_inverse=True)
    totals = np.bincount(places, weights)
    # Not quite equal shares: a rare language does not shout down a frequent one.
    factors = (totals.mean() / totals) ** 0.9
    balanced: NDArray[np.float64] = factors[places]
    return balanced
