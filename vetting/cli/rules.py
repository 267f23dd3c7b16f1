"""``vetting rules``: check, test, list and begin rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.judging.packs import Packs

NAME = "rules"
app = typer.Typer(
    help="Check, test, list and begin rules.", no_args_is_help=True, rich_markup_mode=None
)

PackPaths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH]...", help="Packs or rule files; none means the built-in rules."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _load(paths: Sequence[str] | None) -> Packs:
    from vetting.catalogue import build_catalogue
    from vetting.judging.packs import load_packs

    return load_packs(paths or [], build_catalogue())


@app.command()
def check(paths: PackPaths = None, as_json: Json = False) -> None:
    """Read every rule: keys, condition, message, and a test on each side of every threshold."""
    from vetting.catalogue import build_catalogue
    from vetting.errors import raise_all
    from vetting.judging.thresholds import untested_thresholds
    from vetting.wording import counted

    packs = _load(paths)
    catalogue = build_catalogue()
    raise_all([e for rule in packs.rules for e in untested_thresholds(rule, catalogue)])
    if as_json:
        _print_json(packs.fingerprint())
    else:
        families = sorted({rule.family for rule in packs.rules})
        rules = counted(len(packs.rules), "rule", "rules")
        verb = "is" if len(packs.rules) == 1 else "are"
        print(f"{rules} in {counted(len(families), 'family', 'families')} {verb} sound.")


@app.command("test")
def try_(
    paths: PackPaths = None,
    failed_only: Annotated[bool, typer.Option("--failed", help="Show failures only.")] = False,
    as_json: Json = False,
) -> None:
    """Run the tests inside rule files. Exit code 1 when one fails."""
    import dataclasses

    from vetting.catalogue import build_catalogue
    from vetting.detecting import run_case
    from vetting.judging.ruletests import run_tests

    catalogue = build_catalogue()
    outcomes = [one for rule in _load(paths).rules for one in run_tests(rule, catalogue, run_case)]
    failed = sum(not one.passed for one in outcomes)
    if as_json:
        _print_json([dataclasses.asdict(one) for one in outcomes])
    else:
        for one in outcomes:
            if not (one.passed and failed_only):
                print(_line(one.id, one.expected, one.got, one.why, passed=one.passed))
        print(f"{len(outcomes)} tests, {failed} failed")
    if failed:
        raise typer.Exit(1)


def _line(name: str, expected: str, got: str, why: str, *, passed: bool) -> str:
    if passed:
        return f"ok    {name}"
    return f"FAIL  {name}\n      expected {expected}, got {got}: {why}"


@app.command("list")
def list_(paths: PackPaths = None, as_json: Json = False) -> None:
    """List rules by family, with severity, confidence and status."""
    from vetting.wording import counted

    packs = _load(paths)
    if as_json:
        _print_json(
            [
                {
                    "id": rule.id,
                    "family": rule.family,
                    "title": rule.text.title,
                    "severity": rule.text.severity,
                    "confidence": rule.text.confidence,
                    "status": rule.text.status,
                    "version": rule.text.version,
                    "pack": rule.pack,
                    "path": rule.path,
                }
                for rule in packs.rules
            ]
        )
        return
    for family in sorted({rule.family for rule in packs.rules}):
        print(family)
        for rule in packs.rules:
            if rule.family == family:
                text = rule.text
                weight = f"{text.severity}/{text.confidence}"
                print(f"  {rule.id:<36} {weight:<15} {text.status:<7} {text.title}")
    off = f", {len(packs.off)} switched off" if packs.off else ""
    print(counted(len(packs.rules), "rule", "rules") + off)


@app.command()
def new(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Lower-case words with hyphens.")],
    folder: Annotated[
        Path, typer.Option("--in", help="Folder of the family; its name becomes the family.")
    ] = Path("rules/drafts"),
) -> None:
    """Write the skeleton of a rule and say what to do next."""
    from vetting.judging.skeleton import write_skeleton

    path = write_skeleton(rule_id, folder)
    print(
        f"Wrote {path}. Edit it, then run: vetting rules check {path} && vetting rules test {path}"
    )


def _print_json(value: object) -> None:
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))
