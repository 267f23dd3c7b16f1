"""Campaign KPIs as plain functions: ``vetting.kpis.cpm(cost, impressions)``.

Facts go in, None where unknown; a number or None comes out. A new module here is found by itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Callable[..., Any]]:
    """Return every KPI function by name, sorted; each carries its ``spec``."""
    import sys
    from types import MappingProxyType

    from vetting.registry import discover

    found = {
        function.spec.id: function
        for module in discover(sys.modules[__name__], ()).values()
        for function in vars(module).values()
        if hasattr(function, "spec") and function.__module__ == module.__name__
    }
    return MappingProxyType(dict(sorted(found.items())))


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    """Find a KPI, or a plain helper like ``total_cost``, in the module that defines it."""
    import importlib
    import pkgutil

    if not name.startswith("_"):
        for info in pkgutil.iter_modules(__path__):
            if not info.name.startswith("_"):
                module = importlib.import_module(f"{__name__}.{info.name}")
                if info.name == name:
                    return module
                if hasattr(module, name):
                    return getattr(module, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
