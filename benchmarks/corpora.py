"""Real texts for the benchmarks, found through the environment variable VETTING_DATA."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path

csv.field_size_limit(1 << 24)


def data_root() -> Path:
    """Return the folder of the shared data, or stop with what to do."""
    folder = os.environ.get("VETTING_DATA")
    if not folder:
        sys.exit("Set VETTING_DATA to the folder of the shared data.")
    return Path(folder)


def tiktok_comments() -> list[str]:
    """Return every comment under the TikTok creators' posts, in order of file names."""
    texts = []
    for path in sorted((data_root() / "creators/tiktok/comments").glob("*/*.json")):
        items = json.loads(path.read_text("utf-8"))
        texts += [item["text"] for item in items if isinstance(item.get("text"), str)]
    return texts


def labelled_texts(*patterns: str) -> list[str]:
    """Return the texts of TSV files with a column ``text``.

    Parameters
    ----------
    *patterns : str
        Globs below the data folder, such as ``sentiment/tweeteval/*.tsv``.
    """
    texts = []
    for pattern in patterns:
        for path in sorted(data_root().glob(pattern)):
            with path.open(encoding="utf-8", newline="") as file:
                texts += [
                    row["text"] for row in csv.DictReader(file, delimiter="\t") if row["text"]
                ]
    return texts
