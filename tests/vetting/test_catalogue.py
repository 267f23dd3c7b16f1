"""What rules may talk about."""

from __future__ import annotations

from vetting.catalogue import build_catalogue
from vetting.measuring import measure_specs

FACTS = build_catalogue().facts


def test_every_measure_is_a_number():
    for measure in measure_specs():
        assert (FACTS[measure].type, FACTS[measure].home) == ("number", "measure")


def test_columns_of_the_roster_have_the_type_they_are_stored_in():
    kinds = {name: FACTS[f"creator.{name}"].type for name in ("country", "followers", "verified")}
    assert kinds == {"country": "text", "followers": "number", "verified": "boolean"}


def test_the_tier_is_text():
    assert FACTS["creator.tier"].type == "text"


def test_single_values_of_the_brief_are_facts_and_structures_are_not():
    assert FACTS["brief.goal"].type == "text"
    assert FACTS["brief.starts"].type == "date"
    assert FACTS["brief.cpm"].type == "number"
    assert FACTS["brief.competitors"].type == "list_of_text"
    assert FACTS["brief.audience.age.minimum_share"].type == "number"
    assert FACTS["brief.audience.country.buckets"].type == "list_of_text"
    assert "brief.fees" not in FACTS
    assert "brief.audience" not in FACTS


def test_every_detector_is_a_fact():
    import vetting.detectors
    from vetting.registry import discover

    for name in discover(vetting.detectors, ("SPEC", "detect")):
        assert FACTS[f"detected.{name.replace('-', '_')}"].type == "boolean"


def test_names_stand_in_order():
    assert list(FACTS) == sorted(FACTS)


def test_lists_name_their_table_and_fields():
    spikes = build_catalogue().lists["growth.spikes"]
    assert spikes.fields["z"] == "number"
