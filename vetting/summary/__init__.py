"""One structure that holds everything a report shows; renderers only print it.

``build_summary`` makes it; ``vetting.summary.shape`` documents it.
"""

from __future__ import annotations

from vetting.summary.build import build_summary
from vetting.summary.shape import Summary

__all__ = ["Summary", "build_summary"]
