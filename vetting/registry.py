"""Finds what a folder of modules offers: one file, one thing, no list to keep.

Importers, measures, detectors and report formats are found by walking their package.
Modules whose name starts with ``_`` are ignored.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from vetting.errors import VettingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType


def discover(package: ModuleType, contract: Sequence[str]) -> dict[str, ModuleType]:
    """Import every module of a package and check that it keeps the contract.

    Parameters
    ----------
    package : module
        Its ``__path__`` is walked, one level deep; every entry on the path counts, so a
        folder appended to ``__path__`` adds modules.
    contract : sequence of str
        Names each module must define.

    Returns
    -------
    dict of str to module
        Kebab-case id (``follower_burst.py`` -> ``follower-burst``) to module, sorted by id.

    Raises
    ------
    VettingError
        When a module lacks a name of the contract.
    """
    found: dict[str, ModuleType] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_") or info.ispkg:
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        missing = [name for name in contract if not hasattr(module, name)]
        if missing:
            raise VettingError(
                f"{package.__name__}.{info.name} does not keep the contract",
                path=getattr(module, "__file__", None),
                found="no " + ", ".join(missing),
                allowed=", ".join(contract),
                hint="Add what is missing, or start the file name with _ to keep it private.",
            )
        found[info.name.replace("_", "-")] = module
    return dict(sorted(found.items()))
