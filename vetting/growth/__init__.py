"""A creator's counts over time: read, regularised, searched for steps and drops.

Pure functions over numpy arrays; which creator is suspicious is said in ``vetting.detectors``.
"""

from __future__ import annotations
