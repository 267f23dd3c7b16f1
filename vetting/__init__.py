"""Creator vetting: files in, a decision that another person can check line by line out.

This package holds everything about creators. Text understanding lives in ``sentiment``.
"""

from __future__ import annotations

__version__ = "0.1.0"

# Light: the rooms behind the front door are imported when a run enters them. Imported here and not
# on first use, because the function and its module share a name and the function must win.
from vetting.audit import audit

__all__ = ["__version__", "audit"]
