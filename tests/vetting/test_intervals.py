"""Intervals cover what they promise and never leave their bounds."""

from __future__ import annotations

import math

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.intervals import LEVEL, Z, median_rank_table, median_ranks, wilson, wilson_sql


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_wilson_interval_encloses_the_share_and_stays_within_0_and_1(sample):
    k, n = sample
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1


def test_the_wilson_interval_solves_its_defining_equation():
    low, high = wilson(7, 40)
    for end in (float(low), float(high)):
        assert abs(7 / 40 - end) == pytest.approx(Z * math.sqrt(end * (1 - end) / 40))


def test_an_empty_sample_has_no_wilson_interval():
    assert np.isnan(wilson(0, 0)).all()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=30))
def test_sql_and_numpy_give_the_same_wilson_interval(samples):
    samples = [(min(k, n), n) for k, n in samples]
    low, high = wilson_sql("k", "n")
    values = ", ".join(f"({k}, {n})" for k, n in samples)
    rows = duckdb.sql(f"SELECT {low}, {high} FROM (VALUES {values}) t(k, n)").fetchall()
    for (k, n), row in zip(samples, rows, strict=True):
        if n == 0:
            assert row == (None, None)
        else:
            assert row == pytest.approx([float(end) for end in wilson(k, n)])


def binomial_tail(n, below):
    return sum(math.comb(n, k) for k in range(below)) / 2**n


@pytest.mark.parametrize("n", [5, 6, 7, 10, 23, 50, 101, 400])
def test_the_ranks_are_the_tightest_pair_with_enough_certainty(n):
    low, high, coverage = (int(x) if x >= 1 else float(x) for x in median_ranks(n))
    assert high == n + 1 - low
    assert 1 - 2 * binomial_tail(n, low) == pytest.approx(coverage)
    assert coverage >= LEVEL
    assert 1 - 2 * binomial_tail(n, low + 1) < LEVEL


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_under_five_values_the_median_has_no_interval(n):
    low, high, coverage = median_ranks(n)
    assert (low, high, coverage) == (0, 0, 0)


def test_the_normal_form_takes_over_within_one_rank():
    exact, _, _ = median_ranks(1000)
    rough, _, _ = median_ranks(1001)
    assert abs(int(rough) - int(exact)) <= 1


def test_the_interval_of_the_median_covers_it_as_often_as_it_says():
    random = np.random.default_rng(7)
    samples = np.sort(random.lognormal(size=(4000, 15)), axis=1)
    low, high, coverage = median_ranks(15)
    hit = (samples[:, low - 1] <= 1) & (samples[:, high - 1] >= 1)
    assert hit.mean() == pytest.approx(float(coverage), abs=0.02)


def test_the_rank_table_has_a_row_for_every_size():
    table = median_rank_table(30)
    assert table.column("n").to_pylist() == list(range(1, 31))
    assert table.column("z").to_pylist()[3] is None
    assert table.column("z").to_pylist()[29] >= Z


def test_the_rank_table_of_nothing_is_empty():
    assert median_rank_table(0).num_rows == 0
