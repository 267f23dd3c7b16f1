"""From measures and findings to sub-scores, a score with an interval, and a verdict.

Pure functions over tables in memory; curves, weights and limits are data in ``rules/scoring``.
"""

from __future__ import annotations

from vetting.scoring.decide import score_creators
from vetting.scoring.profiles import Profile, load_profile

__all__ = ["Profile", "load_profile", "score_creators"]
