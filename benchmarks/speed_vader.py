"""How many times faster ``vader_scores`` is than vaderSentiment, on one core, in one run.

Run from the root of the repository: ``python -m benchmarks.speed_vader``
"""

from __future__ import annotations

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.clock import best_seconds
from benchmarks.corpora import labelled_texts, tiktok_comments
from sentiment import vader_scores
from sentiment.kernel.arrow import text_array

# vaderSentiment is timed on every so-many-th text, so that a run takes a minute.
_SAMPLE = 16


def main() -> None:
    """Print one line per corpus."""
    corpora = {
        "TikTok comments": tiktok_comments(),
        "tweets": labelled_texts("sentiment/tweeteval/*.tsv"),
        "Reddit comments": labelled_texts("sentiment/goemotions_sentiment/*.tsv"),
    }
    analyzer = SentimentIntensityAnalyzer()
    for name, texts in corpora.items():
        array, sample = text_array(texts), texts[::_SAMPLE]
        best = best_seconds(
            {
                "ours": lambda array=array: vader_scores(array),
                "theirs": lambda sample=sample: [analyzer.polarity_scores(t) for t in sample],
            }
        )
        ours, theirs = len(texts) / best["ours"], len(sample) / best["theirs"]
        print(
            f"{name}: {len(texts):,} texts, {ours:,.0f} a second, "
            f"vaderSentiment {theirs:,.0f}: {ours / theirs:.1f} times"
        )


if __name__ == "__main__":
    main()
