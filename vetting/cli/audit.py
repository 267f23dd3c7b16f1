"""``vetting audit``: files in, a run directory out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

NAME = "audit"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files and folders; KIND=PATH forces a kind."),
    ],
    out: Annotated[Path, typer.Option(help="The run directory to write.")],
    brief: Annotated[Path | None, typer.Option(help="The campaign brief (YAML).")] = None,
    rules: Annotated[
        list[str] | None,
        typer.Option(
            help="A rule pack instead of the built-in ones; repeat with 'builtin' to add."
        ),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(help="Accepted exceptions, each with an expiry (YAML).")
    ] = None,
    cues: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Your own intent cues (YAML); may be repeated."),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes; -1 takes every core.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler to work on.")
    ] = None,
    seed: Annotated[int, typer.Option(help="For everything drawn at random.")] = 0,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Look from this day; default: newest in the data."),
    ] = None,
    keep_authors: Annotated[
        bool, typer.Option("--keep-authors", help="Keep commenters' names instead of a hash.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="SEVERITY",
            help="Exit 1 when a finding of info, low, medium, high or block, or above, fired.",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Audit creators: scores, findings and a report, from files you already have."""
    from vetting.audit import audit
    from vetting.cli._results import check_severity, exit_on, print_audit
    from vetting.reports.terminal import progress

    check_severity(fail_on)
    with progress() as say:
        done = audit(
            inputs,
            out,
            brief,
            progress=say,
            rules=tuple(rules or ()),
            waivers=waivers,
            cues=tuple(cues or ()),
            jobs=jobs,
            cluster=cluster,
            seed=seed,
            as_of=None if as_of is None else as_of.date(),
            keep_authors=keep_authors,
            resume=resume,
        )
    print_audit(done, as_json=as_json)
    exit_on(done.findings, fail_on)
