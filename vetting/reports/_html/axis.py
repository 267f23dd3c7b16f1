"""Scales of a chart: from a value to a place, and round numbers to label."""

from __future__ import annotations

import math
from dataclasses import dataclass

_ROUND_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from ``low`` to ``high``.

    Attributes
    ----------
    low, high : float
        ``low < high``; both above 0 when ``log``.
    start, end : float
        Where they lie on paper, in the units of the drawing.
    log : bool
        Equal ratios take equal room.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def place(self, value: float) -> float:
        """Return where a value lies; values outside are drawn at the edge."""
        held = min(max(value, self.low), self.high)
        if self.log:
            share = math.log(held / self.low) / math.log(self.high / self.low)
        else:
            share = (held - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Return about four round values within the scale (powers of ten when ``log``)."""
        if self.log:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1)]
        step = round_step((self.high - self.low) / 3)
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [step * number for number in range(first, last + 1)]


def round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not under ``least`` (> 0).

    Examples
    --------
    >>> round_step(340), round_step(0.0012)
    (500.0, 0.002)
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(
        float(f"{step * power:.6g}") for step in _ROUND_STEPS if step * power >= least * 0.999_999
    )


def short_count(value: float) -> str:
    """Return a count in few characters: 950, 48.2k, 1.2M.

    Examples
    --------
    >>> short_count(950), short_count(48_200), short_count(1_200_000)
    ('950', '48.2k', '1.2M')
    """
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:.4g}"
