"""Time of the growth search on 10,000 series of 730 days, one core.

Run from the repository: python benchmarks/fraud/speed.py
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from vetting.growth.attention import looks_delivered
from vetting.growth.drops import find_drops
from vetting.growth.grid import daily_grid
from vetting.growth.rises import find_rises
from vetting.growth.series import make_series
from vetting.synthetic import series as made

if TYPE_CHECKING:
    from collections.abc import Iterable

SERIES, DAYS = 10_000, 730
RISES = {"min_share": 0.03, "spreads": 4.0, "quanta": 2.0, "credit": 3.0}
DROPS = {"min_share": 0.01, "spreads": 5.0, "quanta": 1.0}


def courses() -> list[made.Course]:
    """Two hundred different courses: half steady, a quarter with a burst, a quarter viral."""
    found = []
    for seed in range(200):
        course = made.honest(days=DAYS, per_day=5 + seed, seed=seed)
        if seed % 4 == 1:
            course = made.burst(course, at=300 + seed, share=0.2)
        elif seed % 4 == 2:
            course = made.viral(course, at=300 + seed, share=0.4)
        found.append(course)
    return found


def search(courses: Iterable[made.Course]) -> None:
    """Do what the burst, drip-feed and purge detectors do with all series."""
    rises = []
    for course in courses:
        series = make_series("a", course.days, course.followers, views=course.views)
        rises += find_rises(daily_grid(series), **RISES)
        find_drops(series, **DROPS)
    looks_delivered(rises)


def main() -> None:
    """Print seconds of CPU, compiled before."""
    ground = courses()
    search(ground[:2])
    start = time.process_time()
    search(ground[number % len(ground)] for number in range(SERIES))
    seconds = time.process_time() - start
    print(
        f"{SERIES:,} series of {DAYS} days: {seconds:.2f} s of CPU, "
        f"{seconds / SERIES * 1e3:.2f} ms each"
    )
    parts = np.zeros(4)
    for course in ground:
        marks = [time.process_time()]
        series = make_series("a", course.days, course.followers, views=course.views)
        marks.append(time.process_time())
        grid = daily_grid(series)
        marks.append(time.process_time())
        find_rises(grid, **RISES)
        marks.append(time.process_time())
        find_drops(series, **DROPS)
        marks.append(time.process_time())
        parts += np.diff(marks)
    names = ("series", "grid", "rises", "drops")
    print(
        {
            name: f"{1e6 * part / len(ground):.0f} us"
            for name, part in zip(names, parts, strict=True)
        }
    )


if __name__ == "__main__":
    main()
