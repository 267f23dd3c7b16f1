# ruff: noqa: FBT001, PLR0917 - numba kernels take every argument by position
"""VADER's rules over UTF-8 bytes, with the very scores of vaderSentiment 3.3.2.

A text becomes a list of tokens (``kernel.vader_tokens``); only tokens with a valence are
looked at again here. Where a rule of the original looks like a slip, it is kept: the goal is
the same number. The tables are built in ``sentiment.vader``.

References
----------
Hutto and Gilbert, "VADER: A parsimonious rule-based model for sentiment analysis of social
media text", ICWSM 2014; every constant and rule is that of ``vaderSentiment.py``, release 3.3.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.compiling import Value, compiled
from sentiment.kernel.vader_sums import emphasis_of, summarise
from sentiment.kernel.vader_tokens import (
    BEGINS,
    BOOSTS,
    ENTRY,
    HIT,
    NEGATES,
    NO_WORD,
    UPPER,
    tokenize,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


CAPS_INCREASE = 0.733
NEGATION = -0.74
NEVER_SO = 1.25
DISTANCE_FACTORS = (1.0, 0.95, 0.9)
BEFORE_BUT, AFTER_BUT = 0.5, 1.5

UNREADABLE, CROWDED = 1, 2
MANY_HITS = 256
"""Hits around a "but" up to which looking for equal values one by one costs nothing."""

# The first entries of every lexicon: words that a rule names. Entry 0 is "any other word".
NAMED_WORDS = (
    "no", "or", "nor", "least", "at", "very", "never", "so", "this",
    "without", "doubt", "but", "kind", "of",
)  # fmt: skip
(NO, OR, NOR, LEAST, AT, VERY, NEVER, SO, THIS, WITHOUT, DOUBT, BUT, KIND, OF) = range(1, 15)


@compiled
def score_texts(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    lexicon: Value,
    compensated: bool,
    scores: NDArray[np.float64],
    slow: NDArray[np.int8],
    tokens: NDArray[np.int32],
    hits: NDArray[np.int32],
    values: NDArray[np.float64],
    scratch: NDArray[np.uint8],
) -> None:
    """Score every row.

    Parameters
    ----------
    data, offsets : ndarray
        As from ``sentiment.kernel.arrow.text_buffers``.
    lexicon : Lexicon
    compensated : bool
        Add valences as ``sum`` does from Python 3.12 on (with Neumaier's correction).
    scores : ndarray of float64, shape (4, n)
        Filled with neg, neu, pos (0..1, three decimals) and compound (-1..1, four decimals).
    slow : ndarray of int8, shape (n,)
        What is left to the caller: ``UNREADABLE`` where the text holds a character this kernel
        does not lower-case (Kelvin sign), ``CROWDED`` where very many hits stand around a "but".
    tokens, hits, values, scratch : ndarray
        Working memory, two items a byte of the longest row (an emoji of three bytes can become
        six words), and the bytes of the longest row for ``scratch``; KEY_BYTES more in each.
    """
    for row in range(offsets.size - 1):
        start, end = offsets[row], offsets[row + 1]
        n_tokens, n_hits, but, exclamations, odd = read_text(
            data, start, end, lexicon, tokens, hits, values, scratch
        )
        slow[row] = UNREADABLE if odd else 0
        scores[:, row] = 0.0
        if n_hits == 0:
            scores[1, row] = 1.0 if n_tokens else 0.0
            continue
        if but >= 0:
            if n_hits > MANY_HITS:
                slow[row] |= CROWDED
                continue
            _weigh_around_but(values, hits, n_hits, but)
        emphasis = emphasis_of(data, start, end, exclamations)
        summarise(values[:n_hits], n_tokens, emphasis, compensated, scores[:, row])


@compiled
def read_text(
    data: NDArray[np.uint8],
    start: int,
    end: int,
    lexicon: Value,
    tokens: NDArray[np.int32],
    hits: NDArray[np.int32],
    values: NDArray[np.float64],
    scratch: NDArray[np.uint8],
) -> Value:
    """Fill ``hits`` and ``values`` with places and valences of the tokens that have one.

    Returns
    -------
    n_tokens, n_hits, but, exclamations, slow
        ``but`` is the place of the first "but", -1 for none.
    """
    n_tokens, exclamations, slow = tokenize(data, start, end, lexicon, tokens, scratch)
    n_upper, n_hits, but = _survey(tokens, n_tokens, hits)
    is_cap_diff = 0 < n_upper < n_tokens
    for k in range(n_hits):
        values[k] = _valence(tokens, hits[k], n_tokens, is_cap_diff, lexicon)
    return n_tokens, n_hits, but, exclamations, slow


@compiled
def _survey(tokens: NDArray[np.int32], n_tokens: int, hits: NDArray[np.int32]) -> Value:
    """Count upper-case tokens, list those with a valence, find the first "but" (-1: none)."""
    n_upper, n_hits, but = 0, 0, -1
    for k in range(n_tokens):
        token = tokens[k]
        n_upper += (token & UPPER) != 0
        hits[n_hits] = k
        n_hits += (token & HIT) != 0
        if token & ENTRY == BUT and but < 0:
            but = k
    return n_upper, n_hits, but


@compiled
def _valence(
    tokens: NDArray[np.int32], i: int, n_tokens: int, is_cap_diff: bool, lexicon: Value
) -> Value:
    """Return the valence of token ``i``, which the lexicon holds, among its neighbours."""
    if tokens[i] & BOOSTS:
        return 0.0
    if tokens[i] & ENTRY == KIND and i < n_tokens - 1 and tokens[i + 1] & ENTRY == OF:
        return 0.0
    valence = _valence_after_no(tokens, i, n_tokens, lexicon)
    if tokens[i] & UPPER and is_cap_diff:
        valence += CAPS_INCREASE if valence > 0 else -CAPS_INCREASE
    for distance in range(min(i, 3)):
        before = tokens[i - distance - 1]
        if before & HIT:
            continue
        if before & BOOSTS:
            boost = _boost(before, valence, is_cap_diff, lexicon)
            valence += boost * DISTANCE_FACTORS[distance]
        valence = _negate(valence, tokens, i, distance)
        if distance == 2 and _may_hold_phrase(tokens, i, n_tokens):
            valence = _idioms(valence, tokens, i, n_tokens, lexicon)
    return _least(valence, tokens, i)


@compiled
def _valence_after_no(tokens: NDArray[np.int32], i: int, n_tokens: int, lexicon: Value) -> Value:
    """Return the lexicon's valence, with "no" as a negation of the word it stands before."""
    entry = tokens[i] & ENTRY
    valence = lexicon.valences[entry]
    if i > 0:
        one = tokens[i - 1] & ENTRY
        if (
            one == NO
            or (i > 1 and tokens[i - 2] & ENTRY == NO)
            or (i > 2 and tokens[i - 3] & ENTRY == NO and (one in (OR, NOR)))
        ):
            return valence * NEGATION
    if entry == NO and i != n_tokens - 1 and tokens[i + 1] & HIT:
        return 0.0
    return valence


@compiled
def _boost(token: int, valence: float, is_cap_diff: bool, lexicon: Value) -> Value:
    """Return what an intensifier or dampener before the word adds to its valence."""
    boost = lexicon.boosts[token & ENTRY]
    if valence < 0:
        boost = -boost
    if token & UPPER and is_cap_diff:
        boost += CAPS_INCREASE if valence > 0 else -CAPS_INCREASE
    return boost


@compiled
def _negate(valence: float, tokens: NDArray[np.int32], i: int, distance: int) -> Value:
    """Turn the valence round where the word ``distance + 1`` before it negates."""
    token = tokens[i - distance - 1]
    entry = token & ENTRY
    if distance > 0:
        one = tokens[i - 1] & ENTRY
        near = one in (SO, THIS)
        doubt = one == DOUBT
        if distance == 1:
            if entry == NEVER and near:
                return valence * NEVER_SO
        else:
            two = tokens[i - 2] & ENTRY
            doubt = doubt or two == DOUBT
            # As in the original: "so" or "this" just before is enough, without "never".
            if near or (entry == NEVER and (two in (SO, THIS))):
                return valence * NEVER_SO
        if entry == WITHOUT and doubt:
            return valence
    return valence * NEGATION if token & NEGATES else valence


@compiled
def _least(valence: float, tokens: NDArray[np.int32], i: int) -> Value:
    """Turn the valence round after "least", unless it is "at least" or "very least"."""
    if i == 0 or tokens[i - 1] & ENTRY != LEAST or tokens[i - 1] & HIT:
        return valence
    if i > 1:
        two = tokens[i - 2] & ENTRY
        if two in (AT, VERY):
            return valence
    return valence * NEGATION


@compiled
def _may_hold_phrase(tokens: NDArray[np.int32], i: int, n_tokens: int) -> Value:
    """Tell whether two words that start a phrase stand side by side around token ``i`` > 2."""
    three, two, one, here = tokens[i - 3], tokens[i - 2], tokens[i - 1], tokens[i]
    after = tokens[i + 1] if i + 1 < n_tokens else np.int32(0)
    begins = (three & two >> 1) | (two & one >> 1) | (one & here >> 1) | (here & after >> 1)
    return (begins & BEGINS) != 0


@compiled
def _idioms(
    valence: float, tokens: NDArray[np.int32], i: int, n_tokens: int, lexicon: Value
) -> Value:
    """Replace the valence in a known phrase, and add two-word boosters; needs i > 2."""
    three, two, one = tokens[i - 3] & ENTRY, tokens[i - 2] & ENTRY, tokens[i - 1] & ENTRY
    here = tokens[i] & ENTRY
    after = tokens[i + 1] & ENTRY if i + 1 < n_tokens else 0
    then = tokens[i + 2] & ENTRY if i + 2 < n_tokens else 0
    phrases = lexicon.phrases
    for first, second, third in (
        (one, here, NO_WORD),
        (two, one, here),
        (two, one, NO_WORD),
        (three, two, one),
        (three, two, NO_WORD),
    ):
        k = _phrase(phrases, first, second, third)
        if k >= 0:
            valence = lexicon.phrase_values[k]
            break
    for first, second, third in ((here, after, NO_WORD), (here, after, then)):
        k = _phrase(phrases, first, second, third)
        if k >= 0:
            valence = lexicon.phrase_values[k]
    for first, second, third in ((three, two, one), (three, two, NO_WORD), (two, one, NO_WORD)):
        k = _phrase(lexicon.boosters, first, second, third)
        if k >= 0:
            valence += lexicon.booster_values[k]
    return valence


@compiled
def _phrase(phrases: NDArray[np.int32], first: int, second: int, third: int) -> Value:
    """Return the row of ``phrases`` that holds these entries (third NO_WORD: two words), or -1."""
    for k in range(phrases.shape[0]):
        if phrases[k, 0] == first and phrases[k, 1] == second and phrases[k, 2] == third:
            return k
    return -1


@compiled
def _weigh_around_but(
    values: NDArray[np.float64], hits: NDArray[np.int32], n_hits: int, but: int
) -> None:
    """Halve what stands before the first "but", raise what stands after it.

    The original looks each value up by equality, so of equal values it is the first that
    changes, and it may change more than once. Zero stays zero, so hits are enough. The time
    grows with their square: beyond ``MANY_HITS`` see ``sentiment.vader_crowds``.
    """
    for k in range(n_hits):
        first = 0
        while values[first] != values[k]:
            first += 1
        if hits[first] < but:
            values[first] *= BEFORE_BUT
        elif hits[first] > but:
            values[first] *= AFTER_BUT
