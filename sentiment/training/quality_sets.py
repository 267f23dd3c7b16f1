"""Spam corpora: what may train the spam head, and how well spam is found where it never trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.errors import SentimentError
from sentiment.training.corpora import data_directory, read_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUALITY_HEADS = ("low_value", "spam")

SPAM_SETS = {
    "instagram_scam_scamspot": "scam",
    "instagram_spam_id": "spam",
    "youtube_bots_german": "bot",
    "youtube_context_spam": "spam",
    "youtube_spam_uci": "spam",
}
"""Shared spam sets and the label that means spam; other labels than this and ham are left out."""

_CLEAN = ("instagram_scam_scamspot",)
"""Sets whose licence (MIT) lets weights made from them be shipped."""

_HAM = ("ham", "human")


def spam_examples() -> tuple[list[str], NDArray[np.bool_]]:
    """Return texts of clean licence labelled for spam; none where the corpora are not there."""
    try:
        data_directory()
    except SentimentError:
        return [], np.zeros(0, np.bool_)
    texts: list[str] = []
    labels: list[bool] = []
    for name in _CLEAN:
        for text, is_spam, split in read_spam(name):
            if split == "train":
                texts.append(text)
                labels.append(is_spam)
    return texts, np.array(labels, np.bool_)


def read_spam(name: str) -> list[tuple[str, bool, str]]:
    """Return text, whether it is spam, and split of every labelled row of a shared set."""
    rows = read_table(data_directory() / f"spam/{name}.csv", delimiter=",")
    spam = SPAM_SETS[name]
    return [
        (row["text"], row["label"] == spam, row["split"])
        for row in rows
        if row["label"] == spam or row["label"] in _HAM
    ]
