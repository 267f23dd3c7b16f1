"""How many times faster comments are scored, file to file, than vaderSentiment scores them.

One core, CPU time, one run, real TikTok comments. vaderSentiment is only asked for its scores:
reading and writing are not charged to it.

Run from the root of the repository: ``python -m benchmarks.speed_comments``
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import sentiment
from benchmarks.clock import best_seconds
from benchmarks.corpora import tiktok_comments
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.table import load_table
from vetting.dumps import score_dump

_SAMPLE = 16


def main() -> None:
    """Print seconds per million comments and the ratio of each step."""
    texts = tiktok_comments()
    array, sample = text_array(texts), texts[::_SAMPLE]
    data, offsets = text_buffers(array)
    analyzer = SentimentIntensityAnalyzer()
    table = pa.table({"text": pa.array(texts)})
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        pq.write_table(table, source.with_suffix(".parquet"))
        pacsv.write_csv(table, source.with_suffix(".csv"))

        def dump(ending: str, engine: str = "model") -> object:
            given = source.with_suffix(ending)
            return score_dump([given], out.with_suffix(ending), engine=engine, resume=False)

        best = best_seconds(
            {
                "vaderSentiment": lambda: [analyzer.polarity_scores(text) for text in sample],
                "vader_scores": lambda: sentiment.vader_scores(array),
                "all heads' sums": lambda: load_table().score(data, offsets),
                "score_comments": lambda: sentiment.score_comments(array),
                "vetting comments, Parquet to Parquet": lambda: dump(".parquet"),
                "vetting comments, CSV to CSV": lambda: dump(".csv"),
            }
        )
    best["vaderSentiment"] *= len(texts) / len(sample)
    for name, seconds in best.items():
        print(
            f"{name}: {seconds / len(texts) * 1e6:.2f} s a million comments, "
            f"{best['vaderSentiment'] / seconds:.1f} times"
        )


if __name__ == "__main__":
    main()
