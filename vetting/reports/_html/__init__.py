"""The parts of report.html: templates, style, script, and the geometry of the charts."""

from __future__ import annotations
