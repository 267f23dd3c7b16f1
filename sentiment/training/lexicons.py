"""Word lists with a polarity as weight columns; no list ships, what they add is learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import trace_text
from sentiment.kernel.hashing import HAN_GRAM, N_BUCKETS, NEGATED, PAIR, PICTURE, SIGN, WORD
from sentiment.negators import negator_table
from sentiment.training.corpora import LEXICON, data_directory, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NEGATION = -0.6
"""What is left of a word's polarity after a negator; VADER says -0.74, pattern -0.5."""

# File, column of the score, largest score: the lists whose licence lets weights be shipped
# (MIT: vader, lupje, leia; Apache-2.0: afinn; PDDL or BSD: pattern).
_LISTS = (
    ("vader_lexicon_en", "mean", 3.5), ("afinn_en-165", "score", 4.0),
    ("pattern_en", "polarity", 0.8),
    ("lupje_nl", "score", 4.0), ("pattern_nl", "polarity", 0.8), ("afinn_da-32", "score", 4.0),
    ("afinn_sv-165", "score", 4.0), ("pattern_fr", "polarity", 0.8), ("afinn_fr-165", "score", 4.0),
    ("pattern_it", "polarity", 0.8), ("leia_pt", "mean", 3.5),
)  # fmt: skip
_WHOLE = (WORD, PICTURE, SIGN, PAIR, HAN_GRAM)


def lexicon_columns(*, ours_only: bool = False) -> NDArray[np.float32]:
    """Return (N_BUCKETS, n_lists) polarities from -1 to 1 at the bucket of each term.

    Own lists come first, one per language; the shared ones follow. A term of one or two words,
    one emoji or up to three Chinese characters has a bucket; longer terms are left out.
    """
    own: dict[str, list[tuple[str, float]]] = {}
    values = {"positive": 1.0, "negative": -1.0, "neutral": 0.0}
    for row in read_table(LEXICON):
        own.setdefault(row["language"], []).append((row["term"], values[row["sentiment"]]))
    lists = [own[language] for language in sorted(own)]
    if not ours_only:
        lists += [list(_read_list(*entry)) for entry in _LISTS]
    return np.stack([_column(terms) for terms in lists], axis=1)


def _read_list(name: str, column: str, largest: float) -> Iterator[tuple[str, float]]:
    for row in read_table(data_directory() / "lexicons" / f"{name}.tsv"):
        score = float(row[column] or 0)
        if score:
            yield row.get("term") or row["form"], max(-1.0, min(1.0, score / largest))


def _column(terms: list[tuple[str, float]]) -> NDArray[np.float32]:
    column = np.zeros(N_BUCKETS, np.float32)
    for term, polarity in terms:
        for bucket, share in _buckets(term):
            column[bucket] = share * polarity
    return column


def _buckets(term: str) -> Iterator[tuple[int, float]]:
    """Yield the buckets of a whole term and, after a negator, of its negated words."""
    data, _ = text_buffers(text_array([f"not {term}"]))
    first, last = 4, len(data)
    whole = [span for span in trace_text(data, negator_table()) if tuple(span[3:]) == (first, last)]
    plain = [int(span[0]) for span in whole if span[2] in _WHOLE]
    if plain:
        yield plain[0], 1.0
    for span in whole:
        if span[2] == NEGATED:
            yield int(span[0]), NEGATION
