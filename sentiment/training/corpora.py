"""Reading the labelled corpora that train and test the heads into one plain shape.

Where a corpus may be used is decided here once: ``role`` is "train" only for corpora whose
licence lets weights made from them be shipped; everything else is "test".
"""

from __future__ import annotations

import csv
import json
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from sentiment.errors import SentimentError
from sentiment.training.digests import text_digest
from sentiment.training.taught import is_taught

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PHRASES = Path(__file__).with_name("phrases.tsv")
"""Short everyday comments in languages with little data, written for this project."""

WORDS = Path(__file__).with_name("words.tsv")
"""Word forms of languages with little data, from the dictionaries of simplemma 2.0 (MIT)."""

LEXICON = Path(__file__).with_name("lexicon.tsv")
"""Words of praise and blame in 13 languages, written for this project."""

WRITTEN = Path(__file__).with_name("comments_written_train.tsv")
"""Comments written for this project."""

ADDED = Path(__file__).with_name("comments_added_train.tsv")
"""More of them: hard sentiment, near misses of intent, reviews, Scandinavian neighbours."""

TWEETS = Path(__file__).with_name("tweets_written_train.tsv")
"""Tweets written for this project."""

NEAR_MISSES = Path(__file__).with_name("near_misses_train.tsv")
"""Comments with an intent and others with the same words and none, written for this project; only
intent and quality learn from them, sentiment and language do not."""
NEAR_MISS = "near misses"

LABELS = Path(__file__).with_name("tiktok_labels.tsv")
"""Labels of comments under the shared TikTok creators' posts, by digest; no text."""


class Example(NamedTuple):
    """One labelled text.

    ``sentiment`` is negative, neutral or positive, or None where it has no such label;
    ``language`` is a BCP 47 code, "xx" for one outside the list, "und" for none, None where
    nobody looked; ``domain`` is tweet, comment, film, review or news; ``corpus`` names the
    source, ``part`` a piece of it that can be held out whole; ``role`` is train, dev or test;
    ``intent`` and ``quality`` follow the codebook, None where nobody labelled them; ``stratum``
    says how a silver comment was chosen.
    """

    text: str
    sentiment: str | None
    language: str | None
    domain: str
    corpus: str
    part: str
    role: str
    intent: str | None = None
    quality: str | None = None
    stratum: str | None = None


SENTIMENTS = ("negative", "neutral", "positive")


def data_directory() -> Path:
    """Return the directory of the shared corpora.

    Raises
    ------
    SentimentError
        When the environment variable VETTING_DATA does not name one.
    """
    root = os.environ.get("VETTING_DATA", "")
    if not root or not (Path(root) / "sentiment").is_dir():
        raise SentimentError(
            "the labelled corpora are not there",
            found=f"VETTING_DATA={root!r}",
            allowed="a directory with the folders sentiment, intent and spam",
            hint="Set VETTING_DATA, or train the open part only with --open.",
        )
    return Path(root)


def read_table(path: Path, *, delimiter: str = "\t") -> list[dict[str, str]]:
    """Read a TSV (no quoting) or CSV file with a header into one dict a row."""
    csv.field_size_limit(1 << 30)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


def read_written() -> list[Example]:
    """Read the comments written for this project."""
    return list(_written())


def _written() -> Iterator[Example]:
    for path in (WRITTEN, ADDED):
        for row in read_table(path):
            yield Example(row["text"], row["sentiment"], row["language"], "comment", "written",
                          row["language"], "train", row["intent"], row["quality"])  # fmt: skip
    for row in read_table(TWEETS):
        yield Example(row["text"], row["sentiment"], row["language"], "tweet", "written_tweets",
                      row["language"], "train")  # fmt: skip


def read_near_misses() -> list[Example]:
    """Read the comments that were written for intent alone."""
    return [
        Example(row["text"], None, row["language"], "comment", "written", NEAR_MISS, "train",
                row["intent"], row["quality"])
        for row in read_table(NEAR_MISSES)
    ]  # fmt: skip


def read_all() -> list[Example]:
    """Read every corpus, the written comments first, in a fixed order."""
    root = data_directory()
    examples = read_written()
    for reader in _READERS:
        examples.extend(reader(root))
    return examples


def code_of(example: Example) -> str:
    """Return the ISO 639-1 code of an example; comments nobody looked at are mostly English."""
    return (example.language or "en").split("-")[0].replace("xx", "und")


def without_tests(examples: Sequence[Example]) -> list[Example]:
    """Leave out the test sets, and every other example whose text stands in one of them."""
    tests = {_plain(example.text) for example in examples if example.role == "test"}
    return [example for example in examples if _plain(example.text) not in tests]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _silver(root: Path) -> Iterator[Example]:
    languages = {"": None, "zh": "zh-Hant"}
    for row in read_table(root / "intent/comments_silver_train.tsv"):
        language = languages.get(row["language"], row["language"])
        yield Example(row["text"], row["sentiment"], language, "comment", "silver",
                      row["source"], "train", row["intent"], row["quality"],
                      row["stratum"])  # fmt: skip


def read_labelled(root: Path) -> Iterator[Example]:
    """Yield the comments under TikTok posts that were labelled for this project."""
    labels = {row["digest"]: row for row in read_table(LABELS)}
    for text in _tiktok_texts(root):
        row = labels.get(text_digest(text))
        if row is not None:
            yield Example(text, row["sentiment"], None, "comment", "silver", "tiktok",
                          "train", row["intent"], row["quality"], row["stratum"])  # fmt: skip


def _unlabelled(root: Path) -> Iterator[Example]:
    """Yield the comments under TikTok posts that only the encoder read."""
    labelled = {row["digest"] for row in read_table(LABELS)}
    for text in _tiktok_texts(root):
        if text_digest(text) not in labelled and is_taught(text):
            yield Example(text, None, None, "comment", "unlabelled", "unlabelled", "train")


@cache
def _tiktok_texts(root: Path) -> list[str]:
    """Return the distinct comments under TikTok posts, in the order of the files."""
    return list(dict.fromkeys(
        " ".join(str(item.get("text") or "").split())
        for path in sorted((root / "creators/tiktok/comments").glob("*/*.json"))
        for item in json.loads(path.read_text("utf-8"))
    ))  # fmt: skip


def _gold(root: Path) -> Iterator[Example]:
    for row in read_table(root / "intent/comments_gold_dev.tsv"):
        yield Example(row["text"], row["sentiment"], None, "comment", "gold", row["stratum"],
                      "test", row["intent"], row["quality"])  # fmt: skip


def _tweeteval(root: Path) -> Iterator[Example]:
    for name, role in (("train_reconstructed", "train"), ("val", "dev"), ("test", "test")):
        for row in read_table(root / f"sentiment/tweeteval/{name}.tsv"):
            part = row.get("source_file", name)
            yield Example(row["text"], row["label"], "en", "tweet", "tweeteval", part, role)


def _umsab(root: Path) -> Iterator[Example]:
    roles = {"train": "train", "val": "dev", "test": "test"}
    for path in sorted((root / "sentiment/umsab").glob("*.tsv")):
        language = "hi-Latn" if path.stem == "hi" else path.stem
        for row in read_table(path):
            yield Example(row["text"], row["label"], language, "tweet", "umsab", language,
                          roles[row["split"]])  # fmt: skip


def _goemotions(root: Path) -> Iterator[Example]:
    for row in read_table(root / "sentiment/goemotions_sentiment/train.tsv"):
        if row["label"] in SENTIMENTS:
            yield Example(row["text"], row["label"], "en", "comment", "goemotions", "train",
                          "train")  # fmt: skip


def _vader_gold(root: Path) -> Iterator[Example]:
    domains = {"tweets": "tweet", "amazonReviewSnippets": "review", "movieReviewSnippets": "review",
               "nytEditorialSnippets": "news"}  # fmt: skip
    for name, domain in domains.items():
        for row in read_table(root / f"sentiment/vader_gold/{name}.tsv"):
            yield Example(row["text"], row["label"], "en", domain, "vader_gold", name, "train")


def _xed(root: Path) -> Iterator[Example]:
    for path in sorted((root / "sentiment/xed").glob("*.tsv")):
        language = path.stem.rsplit("_", 1)[0].replace("pt-BR", "pt")
        for row in read_table(path):
            label = row["label"] if row["label"] in SENTIMENTS else None
            yield Example(row["text"], label, language, "film", "xed", path.stem, "train")


def _others(root: Path) -> Iterator[Example]:
    tests = {
        "lcc_sentiment_da": ("da", "news"),
        "de_politicians_schmidt2022": ("de", "tweet"),
        "openrice_senti": ("zh-Hant", "review"),
        "tyqiangz_zh_amazon": ("zh-Hans", "review"),
        "waimai_10k": ("zh-Hans", "review"),
        "smp2020_ewect": ("zh-Hans", "tweet"),
        "ss_twitter": ("en", "tweet"),
        "sentimix_hinglish": ("hi-Latn", "tweet"),
    }
    for corpus, (language, domain) in tests.items():
        for path in sorted((root / "sentiment" / corpus).glob("*.tsv")):
            for row in read_table(path):
                yield Example(row["text"], row["label"], language, domain, corpus, path.stem,
                              "test")  # fmt: skip


_READERS: tuple[Callable[[Path], Iterator[Example]], ...] = (
    _silver, read_labelled, _unlabelled, _gold, _tweeteval, _umsab, _goemotions, _vader_gold, _xed,
    _others,
)  # fmt: skip
