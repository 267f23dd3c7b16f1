"""``vetting eval``: how good the shipped models are on anybody's labelled comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vetting.evaluating import LabelledRun

NAME = "eval"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, JSONL, Parquet, XLSX.")],
    label_column: Annotated[
        str, typer.Option(metavar="NAME", help="The column that holds the true labels.")
    ],
    task: Annotated[
        str, typer.Option(metavar="sentiment|language|intent|quality", help="What they say.")
    ],
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of texts; default: by its name.")
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="model|vader", help="What decides the sentiment.")
    ] = "model",
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Compare the models with labels: confusion, figures per class, calibration, intervals."""
    from vetting.evaluating import evaluate_file

    run = evaluate_file(
        file,
        label_column=label_column,
        task=task,
        text_column=text_column,
        engine=engine,
        seed=seed,
    )
    if as_json:
        from vetting.writing import json_text

        typer.echo(json_text(run.as_dict()))
        return
    _print(run)


def _print(run: LabelledRun) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(
        f"{run.task}: {run.n:,} labelled comments, {run.left_out:,} left out without a label"
    )
    for name, result in run.results.items():
        console.print(_figures(result, title=name))
    if len(run.results) == 1:
        console.print(_confusion(next(iter(run.results.values()))))
    for line in _summary(run):
        console.print(line)


def _summary(run: LabelledRun) -> list[str]:
    lines = []
    for name, result in run.results.items():
        parts = [
            f"{name}: accuracy {_shown(result.accuracy)}",
            f"macro recall {_shown(result.macro_recall)}",
            f"macro F1 {_shown(result.macro_f1)}",
        ]
        if result.calibration_error is not None:
            parts.append(f"calibration error {result.calibration_error:.3f}")
        if result.unscored:
            parts.append(f"{result.unscored:,} without an answer (counted as misses)")
        lines.append(", ".join(parts))
    return lines


def _figures(result: Any, *, title: str) -> Any:  # noqa: ANN401 - rich loads late
    from rich.table import Table

    table = Table(title=title)
    table.add_column("class")
    for name in ("n", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for label, figures in result.classes.items():
        shown = (_shown(figures.precision), _shown(figures.recall), _shown(figures.f1))
        table.add_row(label, f"{figures.support:,}", *shown)
    return table


def _confusion(result: Any) -> Any:  # noqa: ANN401 - rich loads late
    from rich.table import Table

    table = Table(title="confusion: rows true, columns predicted")
    table.add_column("")
    for label in result.predicted_labels:
        table.add_column(label, justify="right")
    for label, row in zip(result.labels, result.confusion, strict=True):
        table.add_row(label, *(f"{cell:,}" for cell in row))
    return table


def _shown(figure: Any) -> str:  # noqa: ANN401 - rich loads late
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"
