"""The creator's confirmed age."""

from builders import measures_of

from vetting.brief import Brief


def measured(**ages):
    from builders import a_store

    return measures_of(a_store(brief=Brief(ages=ages)))["regulated.creator_age"]


def test_an_age_from_the_brief_is_claimed():
    row = measured(anna=31)
    assert (row["value"], row["status"]) == (31, "claimed")


def test_without_an_age_nothing_is_guessed():
    row = measured()
    assert (row["value"], row["status"], row["note"]) == (None, "absent", "missing: brief.ages")
    assert measured(somebody=20)["value"] is None
