"""Scores comment dumps of any size, file to file; one comment's score is for ``sentiment``."""

from __future__ import annotations

from vetting.dumps.scoring import Scored, score_dump

__all__ = ["Scored", "score_dump"]
