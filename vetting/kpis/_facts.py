"""Sources that several KPIs share, so that each is written once."""

from __future__ import annotations

SEED_000 = "seed 000 (Click Analytic blog, 2024-01-26)"
SEED_001 = "seed 001 (Cyber Intelligence Embassy)"
SEED_002 = "seed 002 (Sprout Social guide)"
SEED_003 = "seed 003 (Post Affiliate Pro guide)"
SEED_004 = "seed 004 (2018-09-26)"
USUAL = "common practice; no seed defines it"

# How the 90 % interval of a KPI is found, or why there is none.
WILSON = "Wilson's of a share of counts"
OF_EVENTS = "Poisson's of the number of events; the cost is exact"
OF_ORDERS = (
    "scaled Poisson's of the number and the values of the orders (Bohm and Zech 2014); costs are "
    "exact"
)
OF_MEAN = "Student's of the mean order value"
EXACT_COUNT = "none: exact count, nothing is sampled"
EXACT_PRICE = "none: exact count and exact cost, nothing is sampled"
EXACT_MONEY = "none: exact sum of money, nothing is sampled"
EXACT_PRODUCT = "none: exact product of its facts, nothing is sampled"
ONLY_SUMS = "none: only sums are known, not how {} differ"
