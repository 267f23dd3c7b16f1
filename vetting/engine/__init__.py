"""Where work runs: this machine, or a Dask cluster that already exists.

Work is cut into parts; each part writes its own file and renames it when it is whole, so a run that
was interrupted, or a worker that died, costs one part and never a result.
"""

from __future__ import annotations

from vetting.engine.parts import Part, run_parts

__all__ = ["Part", "run_parts"]
