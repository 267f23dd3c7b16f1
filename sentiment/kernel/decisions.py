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
def mix_calibrations(
    inputs: NDArray[np.float64],
    calibrations: NDArray[np.float64],
    shares: NDArray[np.float64],
    odds: NDArray[np.float64],
    probabilities: NDArray[np.float64],
) -> None:
    """Write the mixture of two softmaxes of each row's inputs.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n, k)
    calibrations : ndarray of float64, shape (2, n_classes, k)
    shares : ndarray of float64, shape (n,)
        Of the second calibration in the mixture, 0 to 1.
    odds : ndarray of float64, shape (n_classes,)
        Working memory.
    probabilities : ndarray of float64, shape (n, n_classes)
        Filled; rows sum to 1.
    """
    n_classes = calibrations.shape[1]
    for row in range(inputs.shape[0]):
        probabilities[row, :] = 0.0
        for which in range(2):
            largest = -np.inf
            for c in range(n_classes):
                odds[c] = 0.0
                for k in range(inputs.shape[1]):
                    odds[c] += inputs[row, k] * calibrations[which, c, k]
                largest = max(largest, odds[c])
            total = 0.0
            for c in range(n_classes):
                odds[c] = math.exp(odds[c] - largest)
                total += odds[c]
            weight = (shares[row] if which else 1.0 - shares[row]) / total
            for c in range(n_classes):
                probabilities[row, c] += weight * odds[c]


@compiled
def fill_calibration_inputs(
    scores: NDArray[np.float32],
    lengths: NDArray[np.int32],
    is_english: NDArray[np.bool_],
    inputs: NDArray[np.float64],
) -> None:
    """Fill what a calibration of sentiment reads, see ``sentiment.polarity.calibration_inputs``.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, 7)
    lengths : ndarray of int32, shape (n,)
        Characters of each row.
    is_english : ndarray of bool, shape (n,)
    inputs : ndarray of float64, shape (n, 15)
    """
    for row in range(scores.shape[0]):
        english = 1.0 if is_english[row] else 0.0
        length = min(math.log2(1.0 + lengths[row]) / 8.0, 1.0)
        for k in range(4):
            inputs[row, k] = scores[row, k]
        for k in range(6):
            inputs[row, 4 + k] = scores[row, k] * english
        inputs[row, 10], inputs[row, 11] = english, length
        inputs[row, 12] = scores[row, 0] * length
        inputs[row, 13] = scores[row, 1] * length
        inputs[row, 14] = 1.0
