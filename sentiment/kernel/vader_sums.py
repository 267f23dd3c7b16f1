# ruff: noqa: FBT001 - numba kernels take every argument by position
"""The end of VADER's rules: valences and punctuation added up to the four scores of a text.

The rules before that stand in :mod:`sentiment.kernel.vader`, with the reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.compiling import Value, compiled
from sentiment.kernel.vader_rounding import round_half_even

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXCLAMATION, EXCLAMATIONS_COUNTED = 0.292, 4
QUESTION, QUESTIONS_MANY = 0.18, 0.96
NORMALISATION = 15.0


@compiled
def emphasis_of(data: NDArray[np.uint8], start: int, end: int, exclamations: int) -> Value:
    """Return what exclamation and question marks add to the whole text."""
    questions = 0
    for k in range(start, end):
        exclamations += data[k] == 0x21
        questions += data[k] == 0x3F
    amount = min(exclamations, EXCLAMATIONS_COUNTED) * EXCLAMATION
    if questions > 3:
        amount += QUESTIONS_MANY
    elif questions > 1:
        amount += questions * QUESTION
    return amount


@compiled
def _add_up(values: NDArray[np.float64], compensated: bool) -> Value:
    """Return the sum as Python's ``sum`` makes it."""
    total = 0.0
    if not compensated:
        for value in values:
            total += value
        return total
    lost = 0.0
    for value in values:
        new = total + value
        lost += (total - new) + value if abs(total) >= abs(value) else (value - new) + total
        total = new
    return total + lost


@compiled
def summarise(
    values: NDArray[np.float64],
    n_tokens: int,
    emphasis: float,
    compensated: bool,
    scores: NDArray[np.float64],
) -> None:
    """Write neg, neu, pos and compound of one text."""
    total = _add_up(values, compensated)
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    positive, negative, neutral = 0.0, 0.0, n_tokens - values.size
    for value in values:
        if value > 0:
            positive += value + 1
        elif value < 0:
            negative += value - 1
        else:
            neutral += 1
    if positive > abs(negative):
        positive += emphasis
    elif positive < abs(negative):
        negative -= emphasis
    whole = positive + abs(negative) + neutral
    scores[0] = round_half_even(abs(negative / whole), 1000.0)
    scores[1] = round_half_even(abs(neutral / whole), 1000.0)
    scores[2] = round_half_even(abs(positive / whole), 1000.0)
    compound = total / np.sqrt(total * total + NORMALISATION)
    scores[3] = round_half_even(min(max(compound, -1.0), 1.0), 10000.0)
