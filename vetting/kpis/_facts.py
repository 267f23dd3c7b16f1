"""Sources that several KPIs share, so that each is written once."""

from __future__ import annotations

SEED_000 = "seed 000 (Click Analytic blog, 2024-01-26)"
SEED_001 = "seed 001 (Cyber Intelligence Embassy)"
SEED_002 = "seed 002 (Sprout Social guide)"
SEED_003 = "seed 003 (Post Affiliate Pro guide)"
SEED_004 = "seed 004 (2018-09-26)"
USUAL = "common practice; no seed defines it"
