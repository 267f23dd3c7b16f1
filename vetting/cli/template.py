"""``vetting template``: empty tables to fill in, and a commented brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "template"


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; made if missing.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the files as JSON.")] = False,
) -> None:
    """Write one empty CSV per canonical table and a commented brief.yaml."""
    from vetting.formats import write_templates
    from vetting.writing import json_text

    written = [str(path) for path in write_templates(folder)]
    typer.echo(json_text(written, indent=2) if as_json else "\n".join(written))
