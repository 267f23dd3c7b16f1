"""Prints the figures of models/comments/card.md; needs VETTING_DATA.

Run as ``python -m benchmarks.sentiment_quality`` from the project's folder.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sentiment import score_comments
from sentiment.evaluation import evaluate
from sentiment.language import OUTPUT_CODES
from sentiment.training.corpora import SENTIMENTS, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from sentiment.training.corpora import Example

SENTENCES = Path("tests/quality/data/language_sentences.tsv")
SHORT = 20


def main() -> None:
    """Score every test set once and print markdown tables."""
    tests = [example for example in read_all() if example.role == "test"]
    scored = score_comments([example.text for example in tests])
    write = sys.stdout.write
    write("| set | n | macro recall | macro F1 | accuracy | calibration error |\n")
    write("|---|---|---|---|---|---|\n")
    for name, places in sentiment_sets(tests):
        write(sentiment_line(name, [tests[i] for i in places], scored.take(places)))
    write("\n| language set | n | accuracy | at <= 20 characters (n) | taken for |\n")
    write("|---|---|---|---|---|\n")
    texts, codes = own_sentences()
    own = score_comments(texts)["language"].to_pylist()
    rows = [
        (f"own {code}", text, code, found)
        for text, code, found in zip(texts, codes, own, strict=True)
    ]
    found = scored["language"].to_pylist()
    rows += [
        (f"umsab {example.language}", example.text, example.language or "", found[i])
        for i, example in enumerate(tests)
        if example.corpus == "umsab"
    ]
    for name in [*dict.fromkeys(row[0] for row in rows), "all but umsab hi-Latn"]:
        chosen = [
            row for row in rows if row[0] == name or (name[:3] == "all" and row[2] != "hi-Latn")
        ]
        write(language_line(name, chosen))


def sentiment_sets(tests: Sequence[Example]) -> Iterator[tuple[str, list[int]]]:
    """Yield the name of each test set and part, and its rows."""
    places: dict[str, list[int]] = {}
    for i, example in enumerate(tests):
        if example.sentiment not in SENTIMENTS:
            continue
        places.setdefault(example.corpus, []).append(i)
        if example.corpus in ("gold", "umsab"):
            places.setdefault(f"{example.corpus} {example.part}", []).append(i)
    yield from sorted(places.items())


def sentiment_line(name: str, examples: Sequence[Example], scored: pa.Table) -> str:
    """Return one line of the table of sentiment."""
    names = ("p_negative", "p_neutral", "p_positive")
    sure = np.column_stack([scored[each].to_numpy() for each in names]).astype(float).max(axis=1)
    truth = [example.sentiment or "" for example in examples]
    result = evaluate(truth, scored["sentiment"].to_pylist(), confidence=sure)
    recall, f1 = result.macro_recall, result.macro_f1
    return (
        f"| {name} | {result.n} | {100 * recall.value:.1f} ({100 * recall.low:.1f} to "
        f"{100 * recall.high:.1f}) | {100 * f1.value:.1f} | {100 * result.accuracy.value:.1f} | "
        f"{100 * (result.calibration_error or 0):.1f} |\n"
    )


def own_sentences() -> tuple[list[str], list[str]]:
    """Return the sentences written to test languages, and their codes."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["text"] for row in rows], [row["language"] for row in rows]


def language_line(name: str, rows: Sequence[tuple[str, str, str, str]]) -> str:
    """Return one line of the table of languages."""
    right = np.array([found == OUTPUT_CODES.get(code, code) for _, _, code, found in rows])
    short = np.array([len(text) <= SHORT for _, text, _, _ in rows])
    wrong = Counter(row[3] for row, hit in zip(rows, right, strict=True) if not hit)
    taken = ", ".join(f"{code} {n}" for code, n in wrong.most_common(3))
    of_short = f"{right[short].mean():.3f} ({short.sum()})" if short.any() else "-"
    return f"| {name} | {len(rows)} | {right.mean():.3f} | {of_short} | {taken} |\n"


if __name__ == "__main__":
    main()
