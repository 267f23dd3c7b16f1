"""The reference pages in docs/reference, made from rule files and specs: nothing is written twice.

``python -m vetting.reference FOLDER`` (or ``make docs``) writes them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vetting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vetting.manual import Library

_MADE = "<!-- Made by `make docs`; edit the code or the rule file instead. -->\n"


def pages() -> dict[str, str]:
    """Return every reference page by file name."""
    from vetting.manual import open_library

    library = open_library()
    return {
        "measures.md": _measures(library),
        "rules.md": _rules(library),
        "detectors.md": _detectors(library),
        "formats.md": _formats(),
        "kpis.md": _kpis(),
    }


def write_pages(folder: Path) -> list[Path]:
    """Write the reference pages into a folder and return their paths."""
    written = []
    for name, text in pages().items():
        write_whole(folder / name, text)
        written.append(folder / name)
    return written


def _measures(library: Library) -> str:
    rows = [
        (
            f"`{spec.id}`",
            spec.title,
            spec.unit + (f" per {spec.denominator}" if spec.denominator else ""),
            ", ".join(f"`{need}`" for need in spec.needs),
            spec.description,
            spec.source,
        )
        for spec in library.measures.values()
    ]
    header = ("id", "measure", "unit", "needs", "how", "source")
    return _page("Measures", _table(header, rows))


def _rules(library: Library) -> str:
    parts = []
    for family in sorted({rule.family for rule in library.packs.rules}):
        rows = [
            (
                f"`{rule.id}`",
                rule.text.title,
                f"{rule.text.severity} / {rule.text.confidence}",
                f"`{rule.text.when}`" if rule.text.when else f"detector `{rule.text.detector}`",
                "; ".join(rule.text.innocent_explanations),
                rule.source,
            )
            for rule in library.packs.rules
            if rule.family == family
        ]
        header = ("id", "rule", "severity / confidence", "when", "innocent explanations", "source")
        parts.append(f"## {family}\n\n{_table(header, rows)}")
    return _page("Rules", "\n".join(parts))


def _detectors(library: Library) -> str:
    rows = [
        (
            f"`{name}`",
            spec.title,
            ", ".join(f"`{need}`" for need in spec.needs),
            spec.min_sample,
            "; ".join(f"`{key}`: {text}" for key, text in spec.params.items()),
            spec.source,
        )
        for name, spec in library.detectors.items()
    ]
    header = ("id", "pattern", "needs", "least data", "parameters", "source")
    return _page("Detectors", _table(header, rows))


def _formats() -> str:
    from vetting.formats import known_formats

    rows = [
        (f"`{one['id']}`", one["title"], ", ".join(one["tables"]), one["description"])
        for one in known_formats()
    ]
    return _page("Formats", _table(("id", "export", "tables", "what is special"), rows))


def _kpis() -> str:
    from vetting.kpis import catalogue

    specs = [vars(function)["spec"] for function in catalogue().values()]
    rows = [
        (
            f"`{spec.id}`",
            spec.title,
            spec.unit,
            spec.formula,
            spec.denominator or "-",
            ", ".join(f"`{need}`" for need in spec.needs),
            spec.interval,
            spec.source,
            spec.disagreement or "-",
        )
        for spec in specs
    ]
    header = (
        "id", "KPI", "unit", "formula", "per", "needs", "90 % interval", "source",
        "where sources disagree",
    )  # fmt: skip
    text = (
        "Each is a function of `vetting.kpis`; the facts it needs are its parameters. A fact that "
        "is None makes the answer None, and so does a denominator of 0. Use and limits: "
        "[../kpis.md](../kpis.md).\n\n"
    )
    return _page("KPIs", text + _table(header, rows))


def _page(title: str, body: str) -> str:
    return f"# {title}\n{_MADE}\n{body}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


if __name__ == "__main__":
    for path in write_pages(Path(sys.argv[1])):
        sys.stdout.write(f"{path}\n")
