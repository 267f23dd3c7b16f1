"""What a large language encoder said of texts nobody labelled, as weight columns.

The encoder is far too slow to ship (its recipe stands in ``models/comments/card.md``). It read
unlabelled comments, Reddit comments and film lines once; here linear machines learn to say what it
said. Their scores help the heads and fold into the same weights. The encoder had been tuned on the
labelled texts, so scores on held-out folds of those are a little too good.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.svm import LinearSVC

from sentiment.training.digests import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from sentiment.training.bench import Bench

ANSWERS = Path(__file__).with_name("taught_answers.npz")
"""``digests`` (n, 10) and ``shares`` (n, len(QUESTIONS)), probabilities times 255; no text."""

SENTIMENT_OF_COMMENTS = ("comment.negative", "comment.neutral", "comment.positive")
SENTIMENT_OF_TWEETS = ("tweet.negative", "tweet.neutral", "tweet.positive")
YES_OR_NO = (
    "want", "bought", "ask_where", "ask_terms", "recommend", "tag_friend", "objection",
    "interest", "low_value", "spam",
)  # fmt: skip

QUESTIONS = (*SENTIMENT_OF_COMMENTS, *SENTIMENT_OF_TWEETS, *YES_OR_NO)
"""What the encoder was asked: sentiment as people label comments, and tweets; then yes or no."""

FOR_NETWORK = Path(__file__).with_name("taught_network.npz")
"""The same for labelled comments and their variants, ``shares`` of `YES_OR_NO` alone; ``held`` are
the digests of labelled comments that the encoder was not tuned on."""

HINTS = Path(__file__).with_name("taught_hints.npz")
"""Where the encoder puts labelled and unlabelled comments: ``digests`` (n, 10) and ``places`` (n,
n_hints), the mean of its last layer along its first principal directions in steps of ``step``."""

_STRENGTH = 0.1


class Answers(NamedTuple):
    """The answers to some texts: places in the list asked for, and shares from 0 to 1."""

    places: NDArray[np.int64]
    shares: NDArray[np.float32]


def answers(texts: Iterable[str], path: Path = ANSWERS) -> Answers:
    """Return the answers to those of the texts that the encoder read."""
    known, shares = _stored(path)
    found = [
        (place, row)
        for place, text in enumerate(texts)
        if (row := known.get(text_digest(text))) is not None
    ]
    places, rows = np.array(found, np.int64).reshape(-1, 2).T
    return Answers(places, shares[rows].astype(np.float32) / np.float32(255))


def hints(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return where the encoder puts each text, (n, n_hints); NaN for those it did not read."""
    with np.load(HINTS, allow_pickle=False) as arrays:
        digests, places, step = arrays["digests"], arrays["places"], arrays["step"]
    known = _rows_of(digests)
    rows = np.array([known.get(text_digest(text), -1) for text in texts], np.int64)
    found: NDArray[np.float32] = places[rows].astype(np.float32) * step
    found[rows < 0] = np.nan
    return found


def is_taught(text: str) -> bool:
    """Tell whether the encoder read a text."""
    return text_digest(text) in _stored(ANSWERS)[0]


@cache
def held_digests() -> frozenset[str]:
    """Return the digests of the labelled comments that the encoder was not tuned on."""
    with np.load(FOR_NETWORK, allow_pickle=False) as arrays:
        return frozenset(_rows_of(arrays["held"]))


@cache
def _stored(path: Path) -> tuple[dict[str, int], NDArray[np.uint8]]:
    with np.load(path, allow_pickle=False) as arrays:
        digests, shares = arrays["digests"], arrays["shares"]
    return _rows_of(digests), shares


def _rows_of(digests: NDArray[np.uint8]) -> dict[str, int]:
    """Return the row of each digest, as `text_digest` writes it."""
    return {digest.tobytes().hex(): row for row, digest in enumerate(digests)}


def taught_columns(bench: Bench, questions: tuple[str, ...]) -> NDArray[np.float32]:
    """Return weights whose scores say what the encoder would answer.

    Parameters
    ----------
    bench : Bench
    questions : tuple of str
        One of the two sentiments, whose three answers exclude each other, or yes-or-no questions.

    Returns
    -------
    ndarray of float32, shape (N_BUCKETS, n)
        One column for each question, less those that got only one answer; three or none for a
        sentiment. None from our own texts alone, of which the encoder read too few.
    """
    none = np.zeros((bench.matrix.shape[1], 0), np.float32)
    texts = () if bench.ours_only else (example.text for example in bench.examples)
    places, shares = answers(texts)
    matrix = bench.matrix[places]
    asked = shares[:, [QUESTIONS.index(name) for name in questions]]
    if questions in {SENTIMENT_OF_COMMENTS, SENTIMENT_OF_TWEETS}:
        best = asked.argmax(axis=1)
        is_complete = len(np.unique(best)) == len(questions)
        return _machine(matrix, best, (asked.max(axis=1) - 1 / 3) * 1.5) if is_complete else none
    told = [share for share in asked.T if len(np.unique(share >= 0.5)) > 1]
    columns = [_machine(matrix, share >= 0.5, abs(2 * share - 1)) for share in told]
    return np.concatenate([none, *columns], axis=1)


def _machine(
    matrix: sparse.csr_matrix,
    targets: NDArray[np.int64] | NDArray[np.bool_],
    sure: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Train a machine on what was answered, each text as far as the encoder was sure of it."""
    weights = sure.astype(np.float64)
    totals = np.bincount(targets, weights)
    weights *= (totals.mean() / totals)[targets.astype(np.int64)]
    machine = LinearSVC(C=_STRENGTH, tol=0.05, max_iter=80, random_state=0)
    machine.fit(matrix, targets, sample_weight=weights)
    columns: NDArray[np.float32] = machine.coef_.T.astype(np.float32)
    return columns
