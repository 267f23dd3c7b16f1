"""What heads and network of intent and quality should say of labelled comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.cue_files import INTENTS
from sentiment.intent import INTEREST, NONE
from sentiment.training.quality_sets import QUALITY_HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sentiment.training.corpora import Example


def head_targets(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Return what heads and joined decisions should say, shape (n, len(DECISIONS))."""
    labels = [set((example.intent or NONE).split("+")) for example in examples]
    classes = [[name in label for name in INTENTS] for label in labels]
    interest = [[bool(label & set(INTEREST))] for label in labels]
    quality = [[example.quality == name for name in QUALITY_HEADS] for example in examples]
    return np.concatenate(
        [np.array(part, np.bool_) for part in (classes, interest, quality)], axis=1
    )
