"""Tasks that only help: their linear scores are features of the sentiment heads and fold away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.svm import LinearSVC

from sentiment.training.lexicons import lexicon_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.training.bench import Bench

# Corpus, classes: sentiment of Reddit comments, of film subtitles in eleven languages (projected,
# without a neutral class) and of English reviews, news and tweets.
_TASKS = (
    ("goemotions", ("negative", "neutral", "positive")),
    ("xed", ("negative", "positive")),
    ("vader_gold", ("negative", "neutral", "positive")),
)
_STRENGTH = 0.05


def auxiliary_columns(bench: Bench) -> NDArray[np.float32]:
    """Return (N_BUCKETS, n) weights whose scores help the sentiment heads.

    Lexicon polarities, and one machine per class of each auxiliary task. They are trained on
    corpora that the sentiment heads themselves do not see, so that no score is too good.
    """
    columns = [lexicon_columns(ours_only=bench.ours_only)]
    for corpus, classes in _TASKS:
        rows = [
            row
            for row, example in enumerate(bench.examples)
            if example.corpus == corpus and example.role == "train" and example.sentiment in classes
        ]
        if not rows:
            continue
        machine = LinearSVC(
            C=_STRENGTH, class_weight="balanced", max_iter=60, tol=0.05, random_state=0
        )
        machine.fit(bench.matrix[rows], [bench.examples[row].sentiment for row in rows])
        columns.append(machine.coef_.T.astype(np.float32))
    return np.concatenate(columns, axis=1)
