"""Made-up creators with known truth: for tests, for the tests inside rule files, for pictures.

Nothing here is used when a real campaign is audited.
"""

from __future__ import annotations
