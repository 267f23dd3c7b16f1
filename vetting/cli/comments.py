"""``vetting comments``: a dump of comments in, the same rows with scores out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vetting.dumps import Scored

NAME = "comments"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files and folders; KIND=PATH forces a kind."),
    ],
    out: Annotated[
        Path, typer.Option(help="The file to write: .parquet, .csv or .jsonl tells the format.")
    ],
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column to score; default: by its name.")
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="model|vader", help="What decides the sentiment.")
    ] = "model",
    languages: Annotated[
        str | None,
        typer.Option(metavar="nl,da,...", help="The only languages there can be (ISO 639-1)."),
    ] = None,
    cues: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Your own intent cues (YAML); may be repeated."),
    ] = None,
    keep_authors: Annotated[
        bool, typer.Option("--keep-authors", help="Keep commenters' names instead of a hash.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=-1, help="Threads; -1 takes every core.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on where an interrupted run stopped.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Score a dump of comments of any size: language, sentiment, intent, quality."""
    import os

    from vetting.dumps import score_dump
    from vetting.reports.terminal import progress

    with progress() as say:
        done = score_dump(
            inputs,
            out,
            text_column=text_column,
            engine=engine,  # type: ignore[arg-type]  # checked there, with a better message
            languages=None if languages is None else _split(languages),
            cues=tuple(cues or ()),
            keep_authors=keep_authors,
            jobs=jobs if jobs > 0 else os.cpu_count() or 1,
            resume=resume,
            progress=say,
        )
    _print(done, as_json=as_json)


def _split(languages: str) -> list[str]:
    return [code.strip().lower() for code in languages.split(",") if code.strip()]


def _print(done: Scored, *, as_json: bool) -> None:
    if as_json:
        from vetting.writing import json_text

        typer.echo(json_text(_summary(done)))
        return
    typer.echo(f"{done.rows:,} comments scored: {done.out}")
    for name in ("language", "sentiment", "intent", "quality"):
        shown = sorted(done.counts[name].items(), key=lambda item: (-item[1], item[0]))[:12]
        typer.echo(f"  {name}: " + ", ".join(f"{value or '-'} {n:,}" for value, n in shown))
    for what, n in done.problem_counts.items():
        typer.echo(f"{n:,} x {what} (see {done.problems})", err=True)


def _summary(done: Scored) -> dict[str, Any]:
    return {
        "out": str(done.out),
        "rows": done.rows,
        "counts": done.counts,
        "problems": None if done.problems is None else str(done.problems),
        "problem_counts": done.problem_counts,
    }
