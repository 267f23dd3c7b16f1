"""Tables of YouTube channels, videos and daily counts with the API's own ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vetting.importers import table
from vetting.importers._shape import best_shape

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "YouTube channel, video and daily tables"
DESCRIPTION = (
    "CSV tables keyed by channel_id (UC...): channels, videos with their counts at one or more "
    "snapshots (the latest counts), and daily subscribers and views."
)
TABLES = ("creators", "posts", "growth")

_CHANNEL = re.compile(r"UC[\w-]{22}")


def recognise(head: Head) -> float:
    """Tell by a channel_id column that holds YouTube's ids."""
    if not head.has("channel_id") or not _CHANNEL.fullmatch(head.first("channel_id")):
        return 0.0
    shape = best_shape(head.columns)
    return 0.9 if shape is not None and shape.table in TABLES else 0.0


def read(path: Path, into: Sink) -> None:
    """Read the table as such; the platform is known."""
    table.read(path, into, platform="youtube")
