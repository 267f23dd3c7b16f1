"""``vetting formats``: what can be read."""

from __future__ import annotations

from typing import Annotated

import typer

NAME = "formats"


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the export formats that can be read, and the canonical tables."""
    from vetting.formats import known_formats, known_tables
    from vetting.writing import json_text

    formats, tables = known_formats(), known_tables()
    if as_json:
        typer.echo(json_text({"formats": formats, "tables": tables}, indent=2))
        return
    for entry in formats:
        typer.echo(f"{entry['id']}  ({', '.join(entry['tables'])})")
        typer.echo(f"    {entry['title']}. {entry['description']}")
    typer.echo("\nCanonical tables (CSV header; * is required):")
    for table in tables:
        columns = [name + ("*" if name in table["required"] else "") for name in table["columns"]]
        typer.echo(f"{table['id']}: {', '.join(columns)}")
