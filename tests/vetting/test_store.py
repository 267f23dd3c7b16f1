"""What a store knows of each creator."""

from vetting.brief import Brief
from vetting.reading import read_inputs
from vetting.store import known_facts, open_store


def test_only_columns_with_a_value_of_that_creator_are_known(tmp_path):
    path = tmp_path / "growth.csv"
    path.write_text(
        "creator_id,date,followers,views\nanna,2026-01-01,1000,\nbert,2026-01-01,900,50\n"
    )
    reading = read_inputs([path], tmp_path / "tables", keep_authors=True, hash_key=None)
    known = known_facts(open_store(reading.files, brief=Brief()))
    assert sorted(known) == ["anna", "bert"]
    assert {"growth.date", "growth.followers", "creators.followers"} <= known["anna"]
    assert "growth.views" not in known["anna"]
    assert "growth.views" in known["bert"]
