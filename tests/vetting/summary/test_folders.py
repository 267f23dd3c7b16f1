from hypothesis import given
from hypothesis import strategies as st

from vetting.summary.folders import by_folder


def a_file(path, rows=1, table="comments"):
    return {"file": path, "table": table, "rows_read": rows, "rows_left_out": 1}


def test_a_few_files_are_listed_one_by_one():
    files = [a_file("a/1.csv"), a_file("b/2.csv", table="posts")]
    assert by_folder(files) == files


def test_many_files_are_put_together_by_folder():
    files = [a_file(f"in/comments/{place}.json", rows=2) for place in range(100)]
    comments, posts = by_folder([*files, a_file("in/posts/1.csv", table="posts")])
    assert comments == {
        "file": "in/comments (100 files)",
        "table": "comments",
        "rows_read": 200,
        "rows_left_out": 100,
    }
    assert posts["file"] == "in/posts (1 file)"


def test_many_folders_are_put_together_by_the_folder_above():
    files = [a_file(f"in/{place}/a.json", table="none") for place in range(100)]
    (line,) = by_folder(files)
    assert line["file"] == "in (100 files)"
    assert line["table"] == "none"


@given(st.lists(st.text("ab/.", max_size=6), max_size=120, unique=True))
def test_no_row_is_lost_and_there_is_an_end(paths):
    lines = by_folder([a_file(path) for path in paths])
    assert sum(line["rows_read"] for line in lines) == len(paths)
