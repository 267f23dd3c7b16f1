"""Facts about each creator, computed as sets over all creators at once.

A measure family is one module here. It defines

``MEASURES : tuple[MeasureSpec, ...]``
    What it computes.
``LISTS : tuple[ListSpec, ...]``, optional
    Tables or views it creates in the store, which rules may search.
``AFTER : tuple[str, ...]``, optional
    Ids (kebab-case) of families that run first, because this one reads their lists, or their rows
    in ``measured``.
``compute(store) -> pyarrow.Table``
    Rows in ``MEASURE_SCHEMA`` for the creators it can measure; ``_schema.measured`` makes them from
    a query. A creator it cannot measure gets no row: ``vetting.measuring`` then adds an absent one
    that names the facts of ``MeasureSpec.needs`` which are missing. A family that can name them
    better writes an absent row of its own.

A need is ``table.column``, ``audience.<dimension>``, or ``brief.<field>``, which may go deeper.
"""

from __future__ import annotations
