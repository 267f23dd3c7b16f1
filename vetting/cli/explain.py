"""``vetting explain ID``: the manual entry of a rule, detector, measure, list, KPI or fact."""

from __future__ import annotations

from typing import Annotated

import typer

NAME = "explain"


def command(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="What to explain; `facts` lists all facts.")
    ],
    rules: Annotated[
        list[str] | None,
        typer.Option("--rules", metavar="PATH", help="A rule pack; as for vetting audit."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the entry as JSON.")] = False,
) -> None:
    """Print the manual entry of a rule, detector, measure, list, KPI or fact."""
    from vetting.manual import explain, open_library

    entry = explain(name, open_library(rules or []))
    if as_json:
        from vetting.writing import json_text

        entry = json_text({"id": name, "entry": entry}, indent=2)
    print(entry)
