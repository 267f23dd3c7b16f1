"""Timing that two programs can be compared by: CPU time, taken in turns, the best of each."""

from __future__ import annotations

import time
from collections.abc import Callable

Work = Callable[[], object]


def best_seconds(works: dict[str, Work], *, rounds: int = 5) -> dict[str, float]:
    """Return the least CPU seconds each work took.

    Taking turns spreads what else the machine does over all of them; the least time of several
    is the one least disturbed. Each runs once before, to compile and to warm caches.
    """
    for work in works.values():
        work()
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            begun = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - begun)
    return best
