"""How a column writes its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.importers._dates import Order


@dataclass(frozen=True, slots=True)
class Format:
    """How a column writes its values.

    Attributes
    ----------
    order : {"day first", "month first"}
    mark : {".", ","} or None
        Decimal mark; None when no value gives it away.
    percent : bool
        Shares are written 0..100.
    """

    order: Order = "day first"
    mark: str | None = None
    percent: bool = False


PLAIN = Format()
