"""Creator vetting: files in, a decision that another person can check line by line out.

This package holds everything about creators. Text understanding lives in ``sentiment``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vetting.audit import audit

__version__ = "0.1.0"
__all__ = ["__version__", "audit"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    """Load ``vetting.audit`` on first use, so that ``vetting --help`` stays fast."""
    if name == "audit":
        from vetting.audit import audit

        return audit
    message = f"module 'vetting' has no attribute {name!r}"
    raise AttributeError(message)
