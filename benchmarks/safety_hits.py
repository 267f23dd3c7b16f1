"""Lists what the safety phrases find in real captions and comments, for a person to read and count.

Run: VETTING_DATA=... python -m benchmarks.safety_hits [GROUP] [HITS]
Prints per group and side the number of hits by phrase, and of one group a sample with the words
around each hit, masked. The figures read off are in docs/safety.md.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from vetting.audit import _measure
from vetting.brief import Brief
from vetting.measures._safety_hits import find_hits, search_groups
from vetting.options import Options
from vetting.work import open_work


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    source = Path(os.environ["VETTING_DATA"]) / "creators" / "tiktok"
    with (
        tempfile.TemporaryDirectory() as folder,
        open_work(Path(folder) / "run", [source], Options()) as work,
    ):
        files = work.understand(work.read(lambda _: None))
        store, _ = _measure(files, Brief(), work)
        rows = find_hits(store, search_groups(Brief())).to_pylist()
        store.con.close()
    counts = Counter((row["group"], row["side"], row["phrase"]) for row in rows)
    for (group, side, phrase), n in sorted(counts.items()):
        print(f"{group:<20} {side:<9} {n:>5}  {phrase}")
    chosen = [row for row in rows if row["group"] == wanted]
    for row in random.Random(7).sample(chosen, min(most, len(chosen))):  # noqa: S311 - to read
        print(f"{row['side']:<9} {row['phrase']}: {row['quote']}")


if __name__ == "__main__":
    main()
