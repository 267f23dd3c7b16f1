"""Purchase intent of each comment: heads, cues and a second reading joined into one decision.

Weights live in :mod:`sentiment.table`, their training in :mod:`sentiment.training.intent`, the
cues in :mod:`sentiment.cues`. The quality head reads the decision made here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sentiment.cue_files import INTENTS
from sentiment.cues import CUE_FEATURES, cue_book
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.cue_tokens import SURFACE
from sentiment.normalise import normalise
from sentiment.second_reading import READ_IN, read_again
from sentiment.table import load_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch
    from sentiment.cues import CueBook, CueHits
    from sentiment.table import WeightTable

HEADS = (*INTENTS, "interest")
"""Linear heads of the family: the classes, and interest in acquiring."""

INTEREST = ("want", "bought", "ask_where", "ask_terms")
"""Classes that make a comment count for ``purchase_intent``."""

DECISIONS = (*INTENTS, "interest", "low_value", "spam")
"""What the joined decision gives a probability of."""

NONE = "none"

MENTION, EMOJI = "tag_friend:mention", "sentiment:emoji"
"""What the column ``cues`` says beside the cues of files: a mention that shows something to a
friend, and emoji that alone decided the sentiment of a language no head covers."""

_MENTION = SURFACE.index("mentions")
_LEAD = SURFACE.index("lead_mentions")
_TOKENS = SURFACE.index("tokens")
_DISGUISES = SURFACE.index("disguises")
_ANSWERS = SURFACE.index("answers")
_CALM = -2.0  # log odds: about one in eight, the share of trapped comments that mean it after all
_SURE = 1.0  # log odds from which a negation nearby does not take a class away
_SHORT = 4  # tokens beside the mentions in a comment that only shows something to a friend


def columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return the columns ``intent``, ``purchase_intent`` and ``cues`` of a batch.

    ``purchase_intent`` is the calibrated probability that the comment shows interest in
    acquiring something: wants it, has it, asks where or on what terms to get it. Leaves the
    probabilities of low value and spam in ``batch.quality_odds`` for the quality head.
    """
    table, book = load_table(), batch.book or cue_book()
    hits = book.find(batch.data, batch.offsets, batch.columns.get("language"))
    heads = head_scores(table, batch.scores)
    disguised = np.flatnonzero(hits.surface[:, _DISGUISES])
    if len(disguised):
        texts = batch.texts.take(pa.array(disguised)).to_pylist()
        plain = [normalise(text or "") for text in texts]
        batch.undisguised = dict(zip(disguised.tolist(), plain, strict=True))
        heads[disguised] = head_scores(table, table.score(*text_buffers(text_array(plain)))[0])
    odds = joined_odds(heads, hits, table.extras["intent.joint"])
    doubtful = odds[hits.rows, : len(INTENTS)] < _SURE
    read_again(batch, odds[:, : len(HEADS)], table.extras["intent.second"])
    is_class = decide(odds, batch.read_again, table.extras["intent.thresholds"])
    is_class[_only_answers(hits.surface), INTENTS.index("tag_friend")] = False
    _trust_cues(hits, odds, is_class, rare_languages(batch)[hits.rows])
    rows, blocked = _blocked(hits, doubtful, is_class)
    is_class[rows] &= ~blocked
    _calm(odds, rows, blocked)
    batch.quality_odds = odds[:, len(INTENTS) + 1 :]
    return {
        "intent": _as_text(is_class),
        "purchase_intent": pa.array(probability(odds[:, len(INTENTS)])),
        "cues": _cue_column(
            book, hits, is_class[:, INTENTS.index("tag_friend")], batch.emoji_decided
        ),
    }


def decide(
    odds: NDArray[np.floating[Any]], doubtful: NDArray[np.int64], thresholds: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which classes each comment has, shape (n, len(INTENTS)).

    Parameters
    ----------
    odds : ndarray of float, shape (n, len(INTENTS) or more)
    doubtful : ndarray of int64
        Comments where several classes may be possible and none likely. Whether they have any at
        all is decided first; if so, one without a likely class gets the likeliest.
    thresholds : ndarray of float64, shape (len(INTENTS) + 1,)
        Of each class, then of `any_odds`.
    """
    n = len(INTENTS)
    is_class = odds[:, :n] >= thresholds[:n].astype(odds.dtype)
    some = odds[doubtful, :n]
    has_any = any_odds(some) >= thresholds[n]
    chosen = is_class[doubtful] & has_any[:, None]
    lacking = np.flatnonzero(has_any & ~chosen.any(axis=1))
    chosen[lacking, (some[lacking] - thresholds[:n]).argmax(axis=1)] = True
    is_class[doubtful] = chosen
    return is_class


def any_odds(odds: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return the log odds of any class from those of each: one less the chance of none (noisy or).

    References
    ----------
    Pearl, "Probabilistic reasoning in intelligent systems" (1988), 4.3.2.
    """
    none = -np.logaddexp(0, odds.astype(np.float64)).sum(axis=1)
    return np.asarray(np.log(np.maximum(-np.expm1(none), 1e-12)) - none)


def _only_answers(surface: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which comments name somebody only as YouTube does before an answer: ``@@name``."""
    return np.asarray((surface[:, _ANSWERS] > 0) & (surface[:, _MENTION] == 0), np.bool_)


def _blocked(
    hits: CueHits, doubtful: NDArray[np.bool_], is_class: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the comments from which a trap or a negation takes classes, and which.

    A class with a strong cue that stands outside the trap is never taken away, nor by a negation
    one of which the heads were sure (``doubtful`` tells, for the rows of ``hits``). The network is
    not asked: a word before its three is beyond it. Comments without a cue are only looked at when
    they have a class.
    """
    n = len(INTENTS)
    trapped = np.zeros((len(is_class), n), np.bool_)
    trapped[hits.trapped_rows] = hits.trapped
    strong, stopped = hits.features[:, :n] > 0, hits.features[:, 2 * n :] > 0
    trapped[hits.rows] = (trapped[hits.rows] | (stopped & doubtful)) & ~strong
    given = hits.trapped_rows[is_class[hits.trapped_rows].any(axis=1)]
    rows = np.union1d(hits.rows, given)
    return rows, trapped[rows]


def rare_languages(batch: CommentBatch) -> NDArray[np.bool_]:
    """Return which comments are in a language with few real comments in training."""
    return ~batch.is_in(READ_IN)


def _trust_cues(
    hits: CueHits, odds: NDArray[np.float32], is_class: NDArray[np.bool_], rare: NDArray[np.bool_]
) -> None:
    """Give the class a strong cue names to a comment that more likely than not shows interest.

    In English and Chinese the joined decision has seen enough real comments to weigh cues itself:
    trusting them beyond it cost two points of precision in English.
    """
    places = np.array([INTENTS.index(name) for name in INTEREST])
    interested = rare & (odds[hits.rows, len(INTENTS)] >= 0)
    is_class[np.ix_(hits.rows, places)] |= (hits.features[:, places] > 0) & interested[:, None]


def _calm(odds: NDArray[np.float32], rows: NDArray[np.int64], blocked: NDArray[np.bool_]) -> None:
    """Hold down the odds of interest where every class that shows interest was taken away."""
    place = len(INTENTS)
    every = blocked[:, [INTENTS.index(name) for name in INTEREST]].all(axis=1)
    odds[rows[every], place] = np.minimum(odds[rows[every], place], _CALM)


def head_scores(table: WeightTable, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores of the intent heads, then those of low value and spam."""
    families = (scores[:, table.columns(family)] for family in ("intent", "quality"))
    return np.concatenate(list(families), axis=1)


def joined_odds(
    heads: NDArray[np.float32], hits: CueHits, joint: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return the log odds of every decision.

    Parameters
    ----------
    heads : ndarray of float32, shape (n, len(HEADS) + 2)
        Scores of the intent heads, then those of low value and spam.
    hits : CueHits
        Cues and surface counts of the same comments.
    joint : ndarray of float64, shape (n_inputs, len(DECISIONS))
        Logistic regression on heads, surface facts, cues and a constant.

    Notes
    -----
    Cue features are added only where there are cues, so that comments without cost nothing.
    """
    n_cues = len(CUE_FEATURES)
    dense = np.concatenate([heads, surface_facts(hits.surface)], axis=1)
    weights = joint.astype(np.float32)
    odds: NDArray[np.float32] = dense @ weights[n_cues:]
    odds[hits.rows] += hits.features.astype(np.float32) @ weights[:n_cues]
    return odds


def surface_facts(surface: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the surface counts as the joint decision reads them.

    Returns
    -------
    ndarray of float32, shape (n, len(SURFACE) + 5)
        ln(1 + count) of each, then 0 or 1: starts with a mention, nothing but mentions, has a
        mention, mention and at most four other tokens; then a constant 1.
    """
    mentions, tokens, lead = surface[:, _MENTION], surface[:, _TOKENS], surface[:, _LEAD]
    flags = (
        lead > 0,
        (mentions > 0) & (lead >= tokens),
        mentions > 0,
        (mentions > 0) & (tokens - mentions <= _SHORT),
        np.ones(len(surface), np.bool_),
    )
    logs = np.log1p(surface.astype(np.float32))
    return np.concatenate([logs, np.stack(flags, axis=1).astype(np.float32)], axis=1)


def probability(odds: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probability that belongs to log odds."""
    return 1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30)))


def _as_text(is_class: NDArray[np.bool_]) -> pa.Array:
    """Join the classes of each row: every combination is named once, rows point at it."""
    codes = np.packbits(is_class, axis=1, bitorder="little")[:, 0]
    return pa.DictionaryArray.from_arrays(codes, _combinations()).cast(pa.string())


@cache
def _combinations() -> pa.Array:
    names = [
        "+".join(name for bit, name in enumerate(INTENTS) if code >> bit & 1) or NONE
        for code in range(1 << len(INTENTS))
    ]
    return pa.array(names)


def _cue_column(
    book: CueBook, hits: CueHits, tags: NDArray[np.bool_], by_emoji: NDArray[np.bool_]
) -> pa.Array:
    """Return what matched; a mention that shows something to a friend is named as a cue too.

    Where emoji alone decided the sentiment, that is said last.
    """
    more = (
        np.flatnonzero(tags & (hits.surface[:, _MENTION] > 0)),
        np.flatnonzero(by_emoji),
    )
    rows = np.concatenate([hits.label_rows, *more])
    numbers = [np.full(len(of), len(book.labels) + at) for at, of in enumerate(more)]
    order = np.argsort(rows, kind="stable")
    ends = np.cumsum(np.bincount(rows, minlength=len(hits.surface)))
    labels = pa.array([*book.labels, MENTION, EMOJI])
    named = labels.take(pa.array(np.concatenate([hits.label_numbers, *numbers])[order]))
    lists = pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), named)
    return pc.binary_join(lists, ";")
