"""One module per export format.

An importer defines

``TITLE : str`` and ``DESCRIPTION : str``
    For ``vetting formats`` and docs/formats.md.
``TABLES : tuple of str``
    The canonical tables it can fill.
``recognise(head) -> float``
    How surely a file is of this format, 0..1, from its first bytes, parsed head and name
    (``vetting.importers._head.Head``); it reads nothing else. The surest importer reads the file;
    ``table``, which reads anything with a known header, is never surer than .4.
``read(path, into) -> None``
    Puts raw rows into canonical tables through ``into.add(table, columns, lines)``
    (``vetting.importers._sink.Sink``), which checks types and bounds, hides authors, keeps
    problems, and writes Parquet in batches. ``vetting.importers._records`` reads the records of
    any file type, ``vetting.importers._comments`` helps with comments.

A new importer is a new module here, or in a folder appended to this package's ``__path__``, and a
tiny sample in ``tests/data/<module>/``.
"""

from __future__ import annotations
