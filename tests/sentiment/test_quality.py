"""Quality is decided by two log odds; spam goes before low value."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.quality import QUALITIES, decide

LIMITS = np.array([0.0, 0.5])


@pytest.mark.parametrize(
    ("odds", "quality"),
    [
        ((-1, -1), "genuine"),
        ((0, -1), "low_value"),
        ((-1, 0.5), "spam"),
        ((5, 0.6), "spam"),
        ((-0.1, 0.4), "genuine"),
    ],
)
def test_the_thresholds_decide(odds, quality):
    (code,) = decide(np.array([odds], np.float32), LIMITS)
    assert QUALITIES[code] == quality


def test_no_comments_give_no_codes():
    assert decide(np.empty((0, 2), np.float32), LIMITS).tolist() == []
