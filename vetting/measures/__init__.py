"""Facts about each creator, computed as sets over all creators at once.

A measure family is one module here. It defines

``MEASURES : tuple[MeasureSpec, ...]``
    What it computes.
``LISTS : tuple[ListSpec, ...]``, optional
    Tables or views it creates in the store, which rules may search.
``compute(store) -> pyarrow.Table``
    Rows in ``MEASURE_SCHEMA`` for the creators it can measure. A creator it cannot measure gets no
    row; ``complete`` then adds an absent one that names the missing facts.

Families may read each other's lists through the store only when ``AFTER`` names the family.
"""

from __future__ import annotations
