"""Scores a labelled file and compares: the work behind ``vetting eval``."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq

from sentiment.batches import SCHEMA
from sentiment.evaluation import Evaluation, evaluate, evaluate_many
from sentiment.language import OUTPUT_CODES
from vetting.dumps import score_dump
from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

TASKS = ("sentiment", "language", "intent", "quality")

# Labels other corpora use for the three classes of sentiment.
_SENTIMENTS = {
    "neg": "negative", "pos": "positive", "neu": "neutral", "-1": "negative", "0": "neutral",
    "1": "positive",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledRun:
    """What a labelled file showed.

    Attributes
    ----------
    task : str
    n : int
        Labelled comments.
    left_out : int
        Rows without a label.
    results : dict of str to Evaluation
        One entry named as the task; for intent one per class, and "any".
    """

    task: str
    n: int
    left_out: int
    results: dict[str, Evaluation]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)


def evaluate_file(
    file: Path,
    *,
    label_column: str,
    task: str,
    text_column: str | None = None,
    engine: str = "model",
    seed: int = 0,
) -> LabelledRun:
    """Score a labelled file with the shipped models and compare.

    Parameters
    ----------
    file : Path
        Anything ``vetting comments`` reads.
    label_column : str
        Column of the true labels; rows without one are left out and counted.
    task : {"sentiment", "language", "intent", "quality"}
        Sentiment accepts negative, neutral, positive, their first three letters and -1, 0, 1;
        language BCP 47 codes or "und"; intent classes joined by "+", or "none".
    text_column, engine
        As in ``vetting comments``.
    seed : int
        Of the bootstrap.

    Raises
    ------
    VettingError
        When the task is unknown, the file cannot be read or has no such column.
    """
    if task not in TASKS:
        raise VettingError(
            "there is no such task", found=task, allowed=", ".join(TASKS),
            hint=did_you_mean(task, TASKS),
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scored.parquet"
        score_dump([file], out, text_column=text_column, engine=engine)  # type: ignore[arg-type]
        table = pq.read_table(out)
    labels = _labels(table, label_column, file)
    kept = [i for i, label in enumerate(labels) if label]
    truth = [_normal(labels[i] or "", task) for i in kept]
    scored = table.take(kept)
    results = _compare(truth, scored, task, seed)
    return LabelledRun(task, len(truth), len(labels) - len(truth), results)


def _compare(truth: list[str], scored: pa.Table, task: str, seed: int) -> dict[str, Evaluation]:
    predicted = scored[task].to_pylist()
    if task == "intent":
        return evaluate_many(truth, [label or "none" for label in predicted], seed=seed)
    confidence = _confidence(scored) if task == "sentiment" else None
    return {task: evaluate(truth, predicted, confidence=confidence, seed=seed)}


def _confidence(scored: pa.Table) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Return the probability of the predicted class; None where the engine gives none."""
    names = ("p_negative", "p_neutral", "p_positive")
    columns = [scored[name].to_numpy().astype(float) for name in names]
    if all(np.isnan(column).all() for column in columns):
        return None
    surest: np.ndarray[Any, np.dtype[np.float64]] = np.column_stack(columns).max(axis=1)
    return surest


def _labels(table: pa.Table, wanted: str, file: Path) -> list[str | None]:
    # Scoring renames an input column that is called as one of the scored ones.
    for name in (f"input_{wanted}", wanted):
        if name in table.column_names and name not in SCHEMA.names:
            values = table[name].to_pylist()
            return [None if value is None else str(value).strip() for value in values]
    theirs = [n.removeprefix("input_") for n in table.column_names if n not in SCHEMA.names]
    raise VettingError(
        f'there is no column "{wanted}"',
        path=str(file),
        found=", ".join(theirs),
        hint=did_you_mean(wanted, theirs),
    )


def _normal(label: str, task: str) -> str:
    if task == "sentiment":
        return _SENTIMENTS.get(label.lower(), label.lower())
    if task == "language":
        return OUTPUT_CODES.get(label, label.split("-", 1)[0].lower() or label)
    return label
