"""One module per export format.

An importer defines

``TITLE : str`` and ``DESCRIPTION : str``
    For ``vetting formats``.
``recognise(head) -> float``
    How surely a file is of this format, 0..1, from its first bytes, parsed head and name
    (``vetting.importers._head.Head``); it reads nothing else.
``read(path, into) -> None``
    Puts rows into canonical tables through ``into`` (``vetting.importers._sink.Sink``), which
    checks types and bounds, keeps problems, and writes Parquet in batches.
"""

from __future__ import annotations
