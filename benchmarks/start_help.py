"""How much CPU ``vetting --help`` takes: must stay under 0.3 s, so heavy imports are lazy.

Run: python benchmarks/start_help.py
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

LIMIT_SECONDS = 0.3
RUNS = 7


def cpu_seconds(*arguments: str) -> float:
    """User and system seconds of one run of the command line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "vetting", *arguments], check=True, stdout=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> int:
    cpu_seconds("--help")  # writes the bytecode
    median = statistics.median(cpu_seconds("--help") for _ in range(RUNS))
    print(f"vetting --help: {median:.3f} s CPU, median of {RUNS}; limit {LIMIT_SECONDS} s")
    return 0 if median < LIMIT_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
