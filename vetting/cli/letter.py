"""``vetting letter``: the questions a creator may answer before anyone decides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NAME = "letter"


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run directory of vetting audit.")],
    creator: Annotated[
        str, typer.Argument(metavar="CREATOR", help="creator_id, as in scores.csv.")
    ],
    language: Annotated[
        str, typer.Option(help="Language of the letter: en, nl, da, de, fr, zh-Hant.")
    ] = "en",
    name: Annotated[str | None, typer.Option(help="How to address the creator.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the letter as JSON.")] = False,
) -> None:
    """Write a neutral right-of-reply letter with the open questions about one creator."""
    import datetime as dt

    from vetting.errors import VettingError
    from vetting.letters import write_letter
    from vetting.runs import read_findings, read_record

    record = read_record(run)
    findings = read_findings(run, creator)
    if record["as_of"] is None:
        raise VettingError(
            "the day to answer by is unknown: no table of the run holds a date",
            path=str(run),
            hint="Audit again with --as-of YYYY-MM-DD.",
        )
    as_of = dt.date.fromisoformat(record["as_of"])
    letter = write_letter(name or creator, findings, language=language, as_of=as_of)
    if as_json:
        from vetting.writing import json_text

        shown = {"creator_id": creator, "language": language, "letter": letter}
        typer.echo(json_text(shown, indent=2))
        return
    typer.echo(letter, nl=False)
