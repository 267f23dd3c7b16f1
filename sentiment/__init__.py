"""Text of comments in, columns out: language, sentiment, intent, quality.

Knows nothing of creators, files or campaigns. Public names only; they load on first use,
so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentiment.scorer import score_comments
    from sentiment.vader import vader_scores

__all__ = ["score_comments", "vader_scores"]

_HOME = {"score_comments": "sentiment.scorer", "vader_scores": "sentiment.vader"}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
