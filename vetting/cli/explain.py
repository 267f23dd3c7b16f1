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
) -> None:
    """Print the manual entry of a rule, detector, measure, list, KPI or fact."""
    from vetting.manual import explain, open_library

    print(explain(name, open_library(rules or [])))
