"""Rows of one file with the same key."""

from __future__ import annotations

from vetting.importers._doubles import SeenKeys


def creators(*handles):
    return {"platform": ["tiktok"] * len(handles), "creator_id": list(handles)}


def test_a_second_row_of_a_creator_names_the_first_line():
    seen = SeenKeys()
    assert not list(seen.note("creators", creators("anna", "bo"), [2, 3], [True, True]))
    (double,) = seen.note("creators", creators("anna"), [9], [True])
    assert (double.before, double.line, double.lost) == (2, 9, 2)
    assert "also in line 2" in double.found
    assert double.error("list.csv").line == 9


def test_a_third_row_loses_only_itself():
    seen = SeenKeys()
    rows = creators("anna", "anna", "anna")
    assert [d.lost for d in seen.note("creators", rows, [1, 2, 3], [True, False, True])] == [1, 1]
