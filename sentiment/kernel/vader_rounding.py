"""Rounding as Python's ``round`` does it: from the exact binary value, ties to even."""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled

_SPLITTER = 134217729.0  # 2**27 + 1, Dekker 1971


@compiled
def round_half_even(value: float, scale: float) -> Value:
    """Return ``round(value, log10(scale))``.

    Parameters
    ----------
    value : float
        Finite, absolute value at most 1.
    scale : float
        1000 or 10000.

    Notes
    -----
    ``value * scale`` is itself rounded, so a product near a half is decided by the exact
    error of the multiplication (Dekker's TwoProduct; without fused multiply-add, so every
    machine agrees). The quotient of two exact numbers is the double nearest to the decimal.
    """
    product = value * scale
    below = np.floor(product)
    rest = product - below
    if abs(rest - 0.5) > 1e-9:
        return (below + 1.0 if rest > 0.5 else below) / scale
    over_half = (rest - 0.5) + _product_error(value, scale, product)
    up = over_half > 0.0 or (over_half == 0.0 and below % 2.0 == 1.0)
    return (below + 1.0 if up else below) / scale


@compiled
def _product_error(a: float, b: float, product: float) -> Value:
    """Return ``a * b - product`` exactly."""
    a_high = a * _SPLITTER - (a * _SPLITTER - a)
    b_high = b * _SPLITTER - (b * _SPLITTER - b)
    a_low, b_low = a - a_high, b - b_high
    return a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
