"""One module per report format: ``render(summary) -> str | bytes`` and ``FILE_NAME``.

Renderers compute nothing: what they show stands in the summary (``vetting.summary``).
"""

from __future__ import annotations
