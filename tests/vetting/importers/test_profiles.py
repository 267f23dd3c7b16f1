"""Bios and picture addresses of followers: facts are kept, texts are not."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reading_builders import read_files, write

HEADER = "creator,username,followers,following,posts,"
NONE = "https://x.cdninstagram.com/44884218_345707102882519_2446069589734326272_n.jpg?oe=6"
OWN = "https://x.cdninstagram.com/v/1_2_3_n.jpg?oe=6"


def sample(folder, column, *cells, counts="1,2,3"):
    rows = [f"anna,f{n},{counts},{cell}\n" for n, cell in enumerate(cells)]
    return write(folder, "f.csv", f"{HEADER}{column}\n{''.join(rows)}")


def lengths(read):
    return [row.get("bio_length") for row in read.followers]


def pictures(read):
    return [row.get("has_picture") for row in read.followers]


@pytest.mark.parametrize("header", ["bio", "Biography", "description", "biografie", "简介"])
def test_a_bio_becomes_its_length_and_a_blank_one_none(tmp_path, header):
    read = read_files(sample(tmp_path, header, "tea & cats", '" 🐈 "', "", "n/a"))
    assert lengths(read) == [10, 1, 0, None]


def test_the_text_of_a_bio_is_written_nowhere(tmp_path):
    read = read_files(sample(tmp_path, "bio,mood", "secret words,1", ",2"))
    assert "secret" not in str(read.tables) + str(read.problems)


@pytest.mark.parametrize("cells", [("", ""), ("1", "0"), ("true", "false"), ("12", "")])
def test_a_bio_column_without_any_text_says_nothing(tmp_path, cells):
    assert lengths(read_files(sample(tmp_path, "bio", *cells))) == [None, None]


def test_a_blank_bio_of_an_account_that_was_not_looked_at_says_nothing(tmp_path):
    rows = f"{HEADER}bio\nanna,a,1,2,3,hello\nanna,b,,,,\n"
    assert lengths(read_files(write(tmp_path, "f.csv", rows))) == [5, None]


def test_a_null_is_no_blank_bio(tmp_path):
    columns = {"creator": ["a"] * 3, "username": ["x", "y", "z"], "followers": [1, 2, 3]}
    pq.write_table(pa.table(columns | {"bio": ["hi", None, ""]}), tmp_path / "f.parquet")
    assert lengths(read_files(tmp_path / "f.parquet")) == [2, None, 0]


def test_a_stated_length_comes_before_the_text(tmp_path):
    assert lengths(read_files(sample(tmp_path, "bio,bio_length", "hello,7", ",0"))) == [7, 0]


def test_addresses_tell_pictures_where_some_accounts_have_none(tmp_path):
    read = read_files(sample(tmp_path, "profile_pic_url", OWN, NONE, ""))
    assert pictures(read) == [True, False, False]


def test_addresses_alone_do_not_tell_pictures(tmp_path):
    assert pictures(read_files(sample(tmp_path, "profilePicUrl", OWN, OWN))) == [None, None]


def test_a_picture_column_of_blanks_says_nothing(tmp_path):
    assert pictures(read_files(sample(tmp_path, "profile_pic_url", "", ""))) == [None, None]


def test_yes_and_no_are_read_as_before(tmp_path):
    assert pictures(read_files(sample(tmp_path, "profile_pic", "yes", "0", ""))) == [
        True, False, None,
    ]  # fmt: skip


def test_an_address_as_user_name_is_its_handle(tmp_path):
    rows = f"{HEADER}private\nanna,https://www.instagram.com/bo_12/,1,2,3,no\nanna,@cy,1,2,3,no\n"
    read = read_files(write(tmp_path, "f.csv", rows))
    assert [row["username"] for row in read.followers] == ["bo_12", "cy"]


PEOPLE = "creator,username,full_name,followers,following,posts,category,bio\n"


def test_a_sample_with_every_column_of_a_list_is_told_by_its_rows(tmp_path):
    rows = "".join(f"anna,f{n},F,1,2,3,food,hi\n" for n in range(3))
    read = read_files(write(tmp_path, "f.csv", PEOPLE + rows))
    assert [row["account_id"] for row in read.followers] == ["f0", "f1", "f2"]


def test_a_list_of_creators_keeps_its_bios(tmp_path):
    rows = "anna,anna.b,Anna,1,2,3,food,hi\nbo,bo.c,Bo,1,2,3,food,ho\n"
    read = read_files(write(tmp_path, "c.csv", PEOPLE + rows))
    assert [row["bio"] for row in read.creators] == ["hi", "ho"]
