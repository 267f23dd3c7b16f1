"""The bench is sealed: no files, no settings, whatever is tried."""

import duckdb
import pytest
from judging_builders import CATALOGUE, a_rule, a_store

from vetting.judging.bench import CLEAR, FIRED, SILENT, UNKNOWN, Bench
from vetting.judging.factsheet import factsheet, used_by


def bench(rules, store):
    return Bench(factsheet(store, used_by(rules), CATALOGUE, {}))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '99GB'",
    ],
)
def test_nothing_outside_can_be_reached(sql):
    sealed = bench([a_rule()], a_store([("a", "posts.rate", 0.01)]))
    with pytest.raises(duckdb.Error):
        sealed._con.execute(sql)


def test_texts_with_quotes_stay_texts():
    store = a_store((), [{"creator_id": "a", "bio": 'it\'s "fine"; DROP TABLE facts'}])
    rule = a_rule('creator.bio contains "\'; drop table facts"')
    assert bench([rule], store).states([rule]).tolist() == [[CLEAR]]


def test_states_have_one_row_per_rule_and_one_column_per_creator():
    rules = [
        a_rule(),
        a_rule("posts.count > 1"),
        a_rule("posts.rate < 3%", applies_to="{categories: [alcohol]}"),
    ]
    store = a_store([("a", "posts.rate", 0.01), ("b", "posts.rate", 0.9)])
    assert bench(rules, store).states(rules).tolist() == [
        [FIRED, CLEAR],
        [UNKNOWN, UNKNOWN],
        [SILENT, SILENT],
    ]


def test_many_rules_run_in_several_queries():
    rules = [a_rule() for _ in range(101)]
    states = bench(rules, a_store([("a", "posts.rate", 0.01)])).states(rules)
    assert (states == FIRED).all()
    assert states.shape == (101, 1)


def test_no_rules_give_an_empty_matrix():
    assert bench([a_rule()], a_store([("a", "posts.rate", 1)])).states([]).shape == (0, 1)
