"""``vetting import``: files in, canonical Parquet tables and problems out; nothing is judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vetting.reading import Reading

NAME = "import"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files and folders; KIND=PATH forces a kind."),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the tables and problems.csv.")],
    keep_authors: Annotated[
        bool, typer.Option("--keep-authors", help="Keep commenters' names instead of a hash.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Only read: canonical Parquet tables, and every row that could not be read."""
    from vetting.options import Options
    from vetting.reading import read_inputs
    from vetting.reports.terminal import progress
    from vetting.work import open_work
    from vetting.writing import json_text

    with progress() as say, open_work(out, inputs, Options(keep_authors=keep_authors)) as work:
        reading = read_inputs(
            inputs,
            out,
            keep_authors=keep_authors,
            hash_key=work.key,
            progress=lambda done, total, name: say(f"read {name} ({done:,} of {total:,})"),
        )
    if as_json:
        typer.echo(json_text(_counts(reading), indent=2))
    else:
        _print(reading, out)


def _counts(reading: Reading) -> dict[str, Any]:
    return {
        "tables": {table: str(path) for table, path in reading.files.items()},
        "rows": dict(reading.rows),
        "problems": dict(reading.problem_counts),
        "files": [
            {
                "path": source.path,
                "sha256": source.sha256,
                "importer": source.importer,
                "rows": dict(source.rows),
                "left_out": source.left_out,
            }
            for source in reading.sources
        ],
    }


def _print(reading: Reading, out: Path) -> None:
    read = sum(source.importer is not None for source in reading.sources)
    typer.echo(f"{read:,} of {len(reading.sources):,} files read into {out}")
    for table, rows in reading.rows.items():
        typer.echo(f"  {table:<12}{rows:>12,} {'row' if rows == 1 else 'rows'}")
    if reading.problem_counts:
        typer.echo(f"Problems, each with file and line in {reading.problems}:")
        for what, count in reading.problem_counts.items():
            typer.echo(f"  {count:>9,}  {what}")
