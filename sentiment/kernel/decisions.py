"""What heads decide from scores and facts, row by row; the numbers they decide by are theirs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.alphabet import SCRIPTS
from sentiment.kernel.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LATIN, _HAN, _HANT, _HANS = (SCRIPTS.index(name) for name in ("latin", "han", "hant", "hans"))
_KANA, _ARABIC, _PERSO_ARABIC = (SCRIPTS.index(name) for name in ("kana", "arabic", "perso-arabic"))


@compiled
def main_scripts(
    letters: NDArray[np.int32],
    kana_share: float,
    perso_arabic_share: float,
    counts: NDArray[np.int64],
    scripts: NDArray[np.int64],
) -> None:
    """Find the script most letters of each row are in.

    Parameters
    ----------
    letters : ndarray of int32, shape (n, len(SCRIPTS))
        Letters per script.
    kana_share, perso_arabic_share : float
        Share of kana among kana and Han from which all of them count as kana; the same for
        letters of Persian and Urdu among the Arabic ones.
    counts : ndarray of int64, shape (len(SCRIPTS),)
        Working memory.
    scripts : ndarray of int64, shape (n,)
        Filled; 0 where there is no letter.
    """
    for row in range(letters.shape[0]):
        for script in range(counts.size):
            counts[script] = letters[row, script]
        counts[_HAN] += counts[_HANT] + counts[_HANS]
        counts[_HANT] = counts[_HANS] = 0
        if counts[_KANA] > kana_share * (counts[_KANA] + counts[_HAN]):
            counts[_KANA] += counts[_HAN]
            counts[_HAN] = 0
        arabic = counts[_ARABIC]
        if counts[_PERSO_ARABIC] > perso_arabic_share * (counts[_PERSO_ARABIC] + arabic):
            counts[_PERSO_ARABIC] += arabic
            counts[_ARABIC] = 0
        # A Han character says as much as a short word, so mixed text is not Latin by its letters.
        counts[_LATIN] = (counts[_LATIN] + 1) // 2
        best = 0
        for script in range(1, counts.size):
            if counts[script] > counts[best]:
                best = script
        scripts[row] = best


@compiled
def calibrate(
    inputs: NDArray[np.float64],
    calibration: NDArray[np.float64],
    groups: NDArray[np.int64],
    probabilities: NDArray[np.float64],
) -> None:
    """Write the softmax of each row's inputs under the calibration of its group.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n, k)
    calibration : ndarray of float64, shape (n_groups, n_classes, k)
    groups : ndarray of int64, shape (n,)
    probabilities : ndarray of float64, shape (n, n_classes)
        Filled; rows sum to 1.
    """
    n_classes = calibration.shape[1]
    for row in range(inputs.shape[0]):
        group = groups[row]
        largest = -np.inf
        for c in range(n_classes):
            odds = 0.0
            for k in range(inputs.shape[1]):
                odds += inputs[row, k] * calibration[group, c, k]
            probabilities[row, c] = odds
            largest = max(largest, odds)
        total = 0.0
        for c in range(n_classes):
            probabilities[row, c] = math.exp(probabilities[row, c] - largest)
            total += probabilities[row, c]
        for c in range(n_classes):
            probabilities[row, c] /= total
