"""Floors of the project for growth and follower samples; figures stand in docs/fraud.md.

The growth figures are those of every third channel of the half that chose nothing, with a seed that
chose nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.quality,
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("VETTING_DATA"), reason="VETTING_DATA names no channels and accounts"
    ),
]

FOLDER = Path(__file__).parents[2] / "benchmarks" / "fraud"


@pytest.fixture(scope="module")
def benchmark_of():
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module", params=["exact", "rounded"])
def growth(request, benchmark_of):
    module = benchmark_of("growth")
    return request.param, module.measure("report", rounded=request.param == "rounded", nth=3)


@pytest.fixture(scope="module", params=[7, 30], ids=["weekly", "monthly"])
def coarse(request, benchmark_of):
    module = benchmark_of("growth")
    return request.param, module.measure("report", every=request.param, nth=3)


@pytest.fixture(scope="module")
def accounts(benchmark_of):
    return benchmark_of("accounts").figures()


@pytest.fixture(scope="module", params=["bio and picture", "all but the three counts"])
def bare_accounts(request, benchmark_of):
    module = benchmark_of("accounts")
    return module.figures(module.LEFT_OUT[request.param])


def test_bursts_are_found(growth):
    way, figures = growth
    assert figures["burst_recall"] >= {"exact": 0.95, "rounded": 0.85}[way]


def test_drip_feeds_are_found(growth):
    way, figures = growth
    assert figures["drip_recall"] >= {"exact": 0.90, "rounded": 0.82}[way]


def test_untouched_channels_are_left_alone(growth):
    _, figures = growth
    assert figures["false_bursts_a_year"] <= 0.13
    assert figures["false_drips_a_year"] <= 0.20
    assert figures["false_purges_a_year"] <= 0.07


def test_viral_rises_are_explained(growth):
    _, figures = growth
    assert figures["viral_flagged"] <= 0.05


def test_giveaways_are_not_called_fraud(growth):
    _, figures = growth
    assert figures["giveaway_called_fraud_when_shown"] <= 0.03
    assert figures["giveaway_recognised_when_shown"] >= 0.95


def test_purges_are_found(growth):
    way, figures = growth
    assert figures["purge_recall"] >= 0.98
    assert figures["small_purge_recall"] >= {"exact": 0.99, "rounded": 0.93}[way]


def test_counts_read_weeks_apart_tell_as_well(coarse):
    every, figures = coarse
    assert figures["burst_recall"] >= {7: 0.93, 30: 0.85}[every]
    assert figures["false_bursts_a_year"] + figures["false_drips_a_year"] <= 0.30


def test_labelled_accounts_are_ranked(accounts):
    assert accounts["mean"]["auc"] >= 0.93
    assert accounts["worst_auc"] >= 0.86


def test_fake_share_is_close_and_its_interval_keeps_its_promise(accounts):
    assert accounts["mean"]["mean_absolute_error"] <= 0.06
    assert 0.85 <= accounts["mean"]["covered"] <= 0.95
    assert accounts["worst_covered"] >= 0.85


def test_at_a_natural_rate_the_interval_holds_and_the_top_is_mostly_fake(accounts):
    assert accounts["mean"]["natural_covered"] >= 0.85
    assert accounts["mean"]["top_decile"] >= 0.70


def test_missing_columns_widen_the_interval_and_hardly_spoil_the_ranking(accounts, bare_accounts):
    assert bare_accounts["mean"]["auc"] >= 0.93
    assert bare_accounts["mean"]["covered"] >= 0.85
    assert bare_accounts["mean"]["width"] > accounts["mean"]["width"]
