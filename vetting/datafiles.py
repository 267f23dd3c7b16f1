"""Where rules/ and models/ are: beside the code in the tree, inside the package in the wheel."""

from __future__ import annotations

from pathlib import Path

from vetting.errors import VettingError


def data_root(name: str) -> Path:
    """Return the folder ``rules`` or ``models`` that ships with this installation.

    Parameters
    ----------
    name : {"rules", "models", "examples"}

    Raises
    ------
    VettingError
        When the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise VettingError(
        f"the folder {name}/ that belongs to this installation is missing",
        found=str(package),
        hint="Install the package again.",
    )
