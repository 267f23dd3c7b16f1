"""The command line: parse, call, print. One file per command.

A command module defines

``NAME : str``
    The word the user types.
``command`` : function, or ``app : typer.Typer``
    A Typer command, or a group of them.

Modules here import nothing heavy at the top: ``vetting --help`` loads them all.
"""

from __future__ import annotations

import importlib
import pkgutil

import typer

from vetting import __version__


def build_app() -> typer.Typer:
    """Assemble the application from the modules of this package, in order of their names."""
    app = typer.Typer(
        name="vetting",
        help=(
            "Should this brand hire this creator, for this campaign, at this price - "
            "and how do we know?"
        ),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def _version(
        version: bool = typer.Option(
            False,
            "--version",
            help="Print the version and stop.",
            is_eager=True,
            callback=_print_version,
        ),
    ) -> None:
        """Vet creators before a contract, offline, from files you already have."""

    for info in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=module.NAME)
        else:
            app.command(name=module.NAME)(module.command)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit
