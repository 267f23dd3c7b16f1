"""Tables under any header, in any of the usual files."""

import datetime as dt
import gzip
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from reading_builders import read_files, read_sample, write

from vetting.errors import VettingError, VettingErrors

GROWTH = "creator_id,date,followers\nanna,2026-01-01,1000\nanna,2026-01-02,1010\n"
TWO_DAYS = [
    {"creator_id": "anna", "date": dt.date(2026, 1, 1), "followers": 1000},
    {"creator_id": "anna", "date": dt.date(2026, 1, 2), "followers": 1010},
]
SHEETS = {
    "en": (
        "Influencer name,Platform,Post date,Spend,Reach,"
        "Impressions,Engagement,Clicks,Conversions,Revenue"
    ),
    "nl": (
        "Naam influencer,Platform,Postdatum,Investering,Bereik,"
        "Impressies,Engagementstatistieken,Klikken,Conversies,Omzet"
    ),
    "da": (
        "Influencers navn,Platform,Opslagsdato,Investering,Rækkevidde,"
        "Visninger,Engagement,Klik,Konverteringer,Omsætning"
    ),
    "de": (
        "Name des Influencers,Plattform,Postdatum,Ausgaben,Reichweite,"
        "Impressionen,Interaktionen,Klicks,Conversions,Umsatz"
    ),
    "zh-Hans": "网红名称,平台,发布日期,花费,触达,曝光,互动,点击,转化,收入",
    "zh-Hant": "網紅名稱,平台,發布日期,花費,觸及人數,曝光次數,互動,點擊,轉換,營收",
    "fr": (
        "Nom de l'influenceur,Plateforme,Date de publication,Dépenses,Portée,"
        "Impressions,Interactions,Clics,Conversions,Chiffre d'affaires"
    ),
    "es": (
        "Nombre del influencer,Plataforma,Fecha de publicación,Gasto,Alcance,"
        "Impresiones,Interacciones,Clics,Conversiones,Ingresos"
    ),
    "it": (
        "Nome influencer,Piattaforma,Data di pubblicazione,Spesa,Copertura,"
        "Impressioni,Interazioni,Clic,Conversioni,Fatturato"
    ),
    "pt": (
        "Nome do influenciador,Plataforma,Data de publicação,Gasto,Alcance,"
        "Impressões,Interações,Cliques,Conversões,Receita"
    ),
}


@pytest.mark.parametrize("language", sorted(SHEETS))
def test_the_central_tracking_sheet_is_read_as_outcomes_in_every_language(tmp_path, language):
    sheet = write(tmp_path, "sheet.csv", SHEETS[language] + "\nAnna,IG,2026-03-01,9,8,7,6,5,4,3\n")
    read = read_files(sheet)
    assert read.outcomes == [
        {
            "creator_id": "Anna",
            "date": dt.date(2026, 3, 1),
            "spend": Decimal(9),
            "reach": 8,
            "impressions": 7,
            "engagements": 6,
            "clicks": 5,
            "conversions": 4,
            "revenue": Decimal(3),
        }
    ]
    assert read.creators[0]["platform"] == "instagram"
    assert not read.problems


def test_a_sheet_with_titles_decimal_commas_and_currencies_is_read():
    read = read_sample("table", "tracking_sheet_nl.csv")
    anna, bram = read.outcomes
    assert anna["date"] == dt.date(2026, 3, 15)
    assert (anna["spend"], anna["revenue"]) == (Decimal(1250), Decimal("890.5"))
    assert (anna["reach"], bram["reach"]) == (18_400, 52_300)
    assert {anna["currency"], bram["currency"]} == {"EUR"}
    assert {row["creator_id"]: row["platform"] for row in read.creators} == {
        "Anna Bakt": "instagram",
        "Bram Loopt": "tiktok",
    }


@pytest.mark.parametrize(
    "content",
    [
        GROWTH,
        GROWTH.replace(",", ";"),
        GROWTH.replace(",", "\t"),
        GROWTH.replace(",", "|"),
        "\ufeff" + GROWTH,
        "sep=,\n" + GROWTH,
        "sep=;\r\n" + GROWTH.replace(",", ";").replace("\n", "\r\n"),
        "Report of January\n\nmade by someone\n" + GROWTH,
        GROWTH.replace("\n", "\r\n"),
        GROWTH.replace("\n", "\r"),
        GROWTH.encode("utf-16"),
        GROWTH.encode("utf-16-le"),
        GROWTH.encode("utf-16-be"),
        gzip.compress(GROWTH.encode(), mtime=0),
        GROWTH.replace("creator_id,date,followers", "Channel,Day,Subs"),
        GROWTH.replace("creator_id,date,followers", "username,date,follower_count"),
        GROWTH.replace("creator_id,date,followers", "creatorId,Date,#Followers"),
        GROWTH + "\n,,\n",
    ],
)  # fmt: skip
def test_delimiters_encodings_line_ends_and_titles_do_not_matter(tmp_path, content):
    read = read_files(write(tmp_path, "growth.csv", content))
    assert read.growth == TWO_DAYS
    assert not read.problems


def test_windows_1252_is_read_and_said(tmp_path):
    path = write(tmp_path, "c.csv", "text,author\nsehr schön,Zoë\n".encode("cp1252"))
    read = read_files(path)
    assert read.comments == [{"text": "sehr schön", "author": "Zoë"}]
    assert read.problems[0]["what"].startswith("some bytes are not UTF-8")
    assert read.problems[0]["line"] == "2"


def test_utf8_with_a_few_windows_1252_bytes_keeps_both(tmp_path):
    content = "text\nnaïve 🎉\n".encode() + "café\n".encode("cp1252")
    read = read_files(write(tmp_path, "c.csv", content))
    assert [row["text"] for row in read.comments] == ["naïve 🎉", "café"]


def test_ids_keep_leading_zeros_and_every_digit(tmp_path):
    read = read_files(
        write(tmp_path, "g.csv", GROWTH.replace("anna,2026-01-01", "007,2026-01-01")),
        write(tmp_path, "h.csv", GROWTH.replace("anna", "9007199254740993")),
    )
    assert [row["creator_id"] for row in read.growth] == ["007", "anna"] + ["9007199254740993"] * 2


def test_an_id_that_a_spreadsheet_rounded_is_left_empty_and_said(tmp_path):
    read = read_files(write(tmp_path, "c.csv", "text,post_id\nhello,7.41968E+18\n"))
    assert read.comments == [{"text": "hello"}]
    assert "spreadsheet rounded this id" in read.what[0]


def test_a_column_of_dates_in_one_order_is_read_in_that_order(tmp_path):
    month_first = GROWTH.replace("2026-01-01", "01/02/2026").replace("2026-01-02", "01/13/2026")
    read = read_files(write(tmp_path, "g.csv", month_first))
    assert [row["date"] for row in read.growth] == [dt.date(2026, 1, 2), dt.date(2026, 1, 13)]
    assert not read.problems


def test_dates_that_could_be_either_way_are_day_first_and_said(tmp_path):
    either = GROWTH.replace("2026-01-01", "01/02/2026").replace("2026-01-02", "02/02/2026")
    read = read_files(write(tmp_path, "g.csv", either))
    assert read.growth[0]["date"] == dt.date(2026, 2, 1)
    assert "either way round" in read.what[0]


def test_dates_in_two_orders_name_the_two_lines(tmp_path):
    both = GROWTH.replace("2026-01-01", "13/01/2026").replace("2026-01-02", "01/14/2026")
    with pytest.raises(VettingError, match="two orders") as caught:
        read_files(write(tmp_path, "g.csv", both))
    assert "line 2" in str(caught.value)
    assert "line 3" in str(caught.value)


def test_monthly_growth_is_dated_on_the_first(tmp_path):
    read = read_files(write(tmp_path, "g.csv", "username,month,subs\n@anna,2024-05,1.2K\n"))
    assert read.growth == [{"creator_id": "anna", "date": dt.date(2024, 5, 1), "followers": 1200}]


def test_percent_is_told_from_the_sums_and_said(tmp_path):
    rows = "creator_id,dimension,bucket,share\nanna,Land,NL,62\nanna,Land,BE,20\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert [row["share"] for row in read.audience] == [0.62, 0.2]
    assert {row["dimension"] for row in read.audience} == {"country"}
    assert "read as percent" in read.what[0]


def test_a_percent_sign_in_header_or_cell_is_enough(tmp_path):
    header = write(tmp_path, "a.csv", "creator_id,dimension,bucket,Share (%)\na,country,NL,0.5\n")
    cell = write(tmp_path, "b.csv", "creator_id,dimension,bucket,share\nb,country,NL,45 %\n")
    read = read_files(header, cell)
    assert [row["share"] for row in read.audience] == [0.005, 0.45]


def test_one_share_over_1_among_fractions_is_a_fault_not_percent(tmp_path):
    rows = "creator_id,dimension,bucket,share\na,country,NL,1.4\nb,country,NL,.4\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert [row["creator_id"] for row in read.audience] == ["b"]
    assert read.what == ["share is over 1 (100 %)"]


def test_an_audience_of_more_than_the_whole_is_left_out(tmp_path):
    rows = "creator_id,dimension,bucket,share\na,age,18-24,.7\na,age,25-34,.6\nb,age,18-24,.4\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert [row["creator_id"] for row in read.audience] == ["b"]
    assert "add up to more than 1" in read.what[0]
    assert [problem["line"] for problem in read.problems] == ["3"]


def test_an_age_bucket_that_names_no_age_is_left_out_with_its_line(tmp_path):
    rows = "creator_id,dimension,bucket,share\na,age,18-24,.4\na,age,NL,.2\na,age,Other,.1\n"
    read = read_files(write(tmp_path, "a.csv", f"{rows}a,country,NL,.9\n"))
    assert [row["bucket"] for row in read.audience] == ["18-24", "Other", "NL"]
    (problem,) = read.problems
    assert problem["file"].endswith("a.csv")
    assert (problem["line"], problem["column"]) == ("3", "bucket")
    assert (problem["found"], problem["action"]) == ("NL", "row left out")


AUDIENCE = "creator_id,dimension,bucket,share\n"
ALIEN = ["country,18-24", "age,NL", "gender,NL", "gender,Nederland", "city,18-24", "city,65+",
         "language,male", "language,Germany", "country,Women", "interest,25-34"]  # fmt: skip
AT_HOME = ["country,Other", "country,onbekend gebied", "age,All ages 13+", "gender,non-binary",
           "gender,NB", "gender,MX", "gender,unknown", "gender,m", "city,6th of October",
           "city,Male", "city,Luxembourg", "city,1770", "language,nl", "language,man",
           "language,JP", "language,Other", "interest,Italy", "interest,18+", "income,25-50",
           "interest,Women"]  # fmt: skip


def test_buckets_of_another_dimension_are_left_out_all_at_once_with_what_is_allowed(tmp_path):
    rows = "".join(f"a,{row},.01\n" for row in ALIEN)
    read = read_files(write(tmp_path, "a.csv", f"{AUDIENCE}{rows}a,country,NL,.4\n"))
    assert [row["bucket"] for row in read.audience] == ["NL"]
    assert [problem["line"] for problem in read.problems] == [str(n + 2) for n in range(len(ALIEN))]
    assert [problem["found"] for problem in read.problems] == [row.split(",")[1] for row in ALIEN]
    assert read.what[0] == (
        "an age band cannot be a bucket of country; "
        "allowed are ISO 3166 codes and names of countries, such as NL"
    )
    assert {problem["action"] for problem in read.problems} == {"row left out"}


@pytest.mark.parametrize("row", AT_HOME)
def test_a_bucket_that_may_be_of_its_dimension_stays(tmp_path, row):
    read = read_files(write(tmp_path, "a.csv", f"{AUDIENCE}a,{row},.1\n"))
    assert [kept["bucket"] for kept in read.audience] == [row.split(",")[1]]


def test_age_bands_that_overlap_are_named_with_their_lines_and_not_used(tmp_path):
    rows = "a,age,18-24,.2\nb,age,18-24,.2\na,age,25-34,.2\na,age,18-30,.1\na,gender,m,.4\n"
    read = read_files(write(tmp_path, "a.csv", AUDIENCE + rows))
    assert [(row["creator_id"], row["bucket"]) for row in read.audience] == [
        ("b", "18-24"), ("a", "m"),
    ]  # fmt: skip
    assert [problem["found"] for problem in read.problems] == [
        "a: 18-24 (line 2) and 18-30 (line 5)",
        "a: 25-34 (line 4) and 18-30 (line 5)",
    ]
    assert read.problems[0]["file"].endswith("a.csv")


def test_bands_that_only_touch_or_split_one_band_by_gender_do_not_overlap(tmp_path):
    bands = ["<18", "18-25", "25-35", "35–64", "65+", "F 18-24", "M 18-24"]
    rows = "".join(f"a,age,{band},.1\n" for band in bands)
    read = read_files(write(tmp_path, "a.csv", AUDIENCE + rows))
    assert len(read.audience) == len(bands)
    assert not read.problems


def test_countries_become_codes_and_unknown_names_stay_and_are_said_once(tmp_path):
    rows = "a,country,Nederland,.4\na,country,Germany,.2\na,country,台灣,.1\n"
    rows += "a,country,Turkey,.1\na,country,Atlantis,.1\nb,country,Atlantis,.1\n"
    read = read_files(write(tmp_path, "a.csv", AUDIENCE + rows))
    buckets = [row["bucket"] for row in read.audience]
    assert buckets == ["NL", "DE", "TW", "TR", "Atlantis", "Atlantis"]
    (problem,) = read.problems
    assert (problem["line"], problem["found"]) == ("6", "Atlantis")
    assert (problem["what"], problem["action"]) == (
        "no country has this name or code", "kept as it is",
    )  # fmt: skip


def test_an_account_names_the_follower_where_nothing_else_does(tmp_path):
    counts = "followers,following\n"
    rows = f"creator,Account,{counts}c,@ann,1,2\nc,bob,3,4\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert [row["account_id"] for row in read.followers] == ["ann", "bob"]
    rows = f"creator,Account,Follower id,{counts}c,Ann,17,1,2\nc,Bob,18,3,4\n"
    read = read_files(write(tmp_path, "b.csv", rows))
    assert [row["account_id"] for row in read.followers] == ["17", "18"]


def test_an_account_of_each_creator_makes_a_list_of_creators(tmp_path):
    rows = "creator,Account,followers,following\nc,ann,1,2\nd,bob,3,4\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert [row["handle"] for row in read.creators] == ["ann", "bob"]


def test_interests_may_overlap(tmp_path):
    rows = "creator_id,dimension,bucket,share\na,interest,food,.7\na,interest,sport,.6\n"
    read = read_files(write(tmp_path, "a.csv", rows))
    assert len(read.audience) == 2
    assert not read.problems


def test_a_negative_count_is_left_empty_where_it_may_be_empty(tmp_path):
    read = read_files(write(tmp_path, "c.csv", "creator_id,followers\na,-5\nb,7\n"))
    assert read.creators == [{"creator_id": "a"}, {"creator_id": "b", "followers": 7}]
    problem = read.problems[0]
    assert (problem["line"], problem["column"]) == ("2", "followers")
    assert problem["action"] == "value left empty"
    assert problem["found"] == "'-5"  # no formula in a spreadsheet


def test_a_bad_row_is_left_out_with_its_line_and_the_rest_is_read(tmp_path):
    read = read_files(write(tmp_path, "g.csv", GROWTH + "bo,never,5\nbo,2026-01-01,-1\nbo\n"))
    assert read.growth == TWO_DAYS
    assert [(p["line"], p["what"]) for p in read.problems] == [
        ("4", "date is no date"),
        ("5", "followers is below zero"),
        ("6", "date is missing"),
    ]
    assert read.reading.sources[0].left_out == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("creator_id,date,followers\n", "no rows"),
        (bytes(range(256)) * 8, "not recognised"),
        ("apples,pears\n1,2\n", "fit no table"),
        ("creator_id,followers\na,-5\n", "below zero"),
        ("creator_id,dimension,bucket,share\na,age,18-24,1.7\n", "over 1"),
        ("creator_id,dimension,bucket,share\na,age,18-24,.7\na,age,25+,.6\n", "add up to more"),
        ("creator_id,followers\na,5\nb,6\na,7\n", "twice"),
        ("creator_id,post_id,published_at\na,1,2026-01-01\na,1,2026-01-02\n", "twice"),
        ("creator_id,date,followers\na,never,5\n", "no date"),
        ("creator_id,date,folowers\na,2026-01-01,5\n", 'Is "folowers" meant as "followers"'),
        ('{"a": [1, 2', "fit no table"),
        ('[{"text": "x" "y"}]', "no valid JSON"),
        ("[]", "empty list"),
        (b"PK\x03\x04 no workbook", "workbook cannot be read"),
        (b"PAR1 no parquet", "Parquet file cannot be read"),
        (b"\x1f\x8b no gzip", "cannot be read"),
        (b"\xfd7zXZ\x00 no xz", "cannot be read"),
    ],
)
def test_a_file_without_any_good_row_is_refused_with_one_message(tmp_path, content, said):
    path = write(tmp_path, "input.csv", content)
    with pytest.raises(VettingError) as caught:
        read_files(path)
    assert said in str(caught.value)
    assert "input.csv" in str(caught.value)
    assert not isinstance(caught.value, VettingErrors)


def test_a_table_forced_to_be_another_says_what_it_lacks(tmp_path):
    path = write(tmp_path, "g.csv", GROWTH)
    with pytest.raises(VettingError, match="no comments table: it lacks the column text"):
        read_files(f"comments={path}")


def test_a_forced_kind_reads_a_header_that_would_fit_another_table(tmp_path):
    path = write(tmp_path, "g.csv", GROWTH)
    read = read_files(f"outcomes={path}")
    assert [row["date"] for row in read.outcomes] == [row["date"] for row in TWO_DAYS]


def test_an_open_quote_costs_its_row_and_not_the_rest(tmp_path):
    read = read_files(write(tmp_path, "c.csv", 'text,author\n"never closed,a\nfine,b\ngood,c\n'))
    assert [row["text"] for row in read.comments] == ["fine", "good"]
    assert read.problems[0]["line"] == "2"


def test_a_tab_separated_file_may_use_quotes_as_plain_characters(tmp_path):
    rows = 'text\tauthor\n"so she said\tbo\nan 8" pan\tcy\n"quoted"\tdi\n'
    read = read_files(write(tmp_path, "c.tsv", rows))
    assert [row["text"] for row in read.comments] == ['"so she said', 'an 8" pan', '"quoted"']
    quoted = read_files(write(tmp_path, "d.tsv", 'text\tauthor\n"two\nlines"\tbo\n'))
    assert quoted.comments == [{"text": "two\nlines", "author": "bo"}]


def test_a_row_with_too_many_cells_is_left_out(tmp_path):
    read = read_files(write(tmp_path, "g.csv", GROWTH + "bo,2026-01-01,5,6\nbo,2026-01-02,5,\n"))
    assert len(read.growth) == 3
    assert read.what == ["the row has 4 cells, the header has 3"]


def test_lines_are_counted_through_line_breaks_in_cells(tmp_path):
    rows = 'text,likes\n"two\nlines",1\nlast,-1\n'
    assert read_files(write(tmp_path, "c.csv", rows)).problems[0]["line"] == "4"


def test_one_column_of_text_may_hold_commas(tmp_path):
    read = read_files(write(tmp_path, "c.csv", "text\nyes, please\nno; thanks\n"))
    assert [row["text"] for row in read.comments] == ["yes, please", "no; thanks"]


def test_a_json_list_that_was_cut_off_gives_what_is_whole(tmp_path):
    rows = '[{"creator_id": "a", "date": "2026-01-01", "followers": 5}, {"creator_id": "b", "da'
    read = read_files(write(tmp_path, "g.json", rows))
    assert [row["creator_id"] for row in read.growth] == ["a"]
    assert "the file breaks off in the middle" in read.what


def test_broken_json_lines_are_left_out(tmp_path):
    rows = '{"text": "a"}\n{broken\n[1]\n{"text": "b", "likes": 2}\n'
    read = read_files(write(tmp_path, "c.jsonl", rows))
    assert read.comments == [{"text": "a"}, {"text": "b", "likes": 2}]
    assert [problem["line"] for problem in read.problems] == ["2", "3"]


def test_every_sheet_of_a_workbook_is_read_with_exact_ids(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        growth, posts, notes = (book.add_worksheet(name) for name in ("G", "P", "Notes"))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        growth.write_row(0, 0, ["Report"])
        growth.write_row(2, 0, ["creator_id", "date", "followers"])
        growth.write_string(3, 0, "0012")
        growth.write_datetime(3, 1, dt.date(2026, 1, 1), day)
        growth.write_number(3, 2, 1000)
        posts.write_row(0, 0, ["creator_id", "post_id", "published_at", "likes"])
        posts.write_row(1, 0, ["0012", 123456789012345, "2026-01-02T10:00:00Z", 5])
        posts.write_row(2, 0, ["0012", 7319231615334269738, "2026-01-02T10:00:00Z", 5])
        notes.write_row(0, 0, ["remember", "this"])
    read = read_files(path)
    assert read.growth == [{"creator_id": "0012", "date": dt.date(2026, 1, 1), "followers": 1000}]
    assert [row["post_id"] for row in read.posts] == ["123456789012345"]
    assert {"the sheet fits no table"} < set(read.what)
    assert any("rounded number" in what for what in read.what)


def test_parquet_with_whole_number_ids_and_real_dates_is_read(tmp_path):
    columns = {
        "creator_id": pa.array([9007199254740993]),
        "date": pa.array([dt.date(2026, 1, 1)]),
        "followers": pa.array([5]),
    }
    pq.write_table(pa.table(columns), tmp_path / "g.parquet")
    assert read_files(tmp_path / "g.parquet").growth == [
        {"creator_id": "9007199254740993", "date": dt.date(2026, 1, 1), "followers": 5}
    ]


def test_money_keeps_cents_refunds_and_its_currency(tmp_path):
    rows = (
        "creator_id,date,Spend (DKK),revenue,conversions\n"
        'a,2026-01-01,"1.234,50",(12),-2\nb,2026-01-02,-5,1,1\n'
    )
    read = read_files(write(tmp_path, "o.csv", rows))
    assert read.outcomes[0]["spend"] == Decimal("1234.5")
    assert read.outcomes[0]["revenue"] == Decimal(-12)
    assert read.outcomes[0]["conversions"] == -2
    assert read.outcomes[0]["currency"] == "DKK"
    assert "spend is below zero" in read.what


@pytest.mark.parametrize("word", ["", "-", "n/a", "NaN", "null", "hidden", "–"])
def test_a_word_for_missing_is_missing_and_never_zero(tmp_path, word):
    read = read_files(write(tmp_path, "c.csv", f"creator_id,followers,verified\na,{word},{word}\n"))
    assert read.creators == [{"creator_id": "a"}]
    assert not read.problems


def test_columns_that_mean_nothing_are_named(tmp_path):
    path = write(tmp_path, "g.csv", GROWTH.replace("followers\n", "followers,mood\n"))
    problem = read_files(path).problems[0]
    assert (problem["found"], problem["action"]) == ("mood", "columns not used")


def test_followers_and_creators_with_the_same_header_are_told_apart_by_their_rows(tmp_path):
    header = "creator_id,username,followers,following,posts,verified\n"
    many = write(tmp_path, "f.csv", header + "anna,bo,1,2,3,no\nanna,cy,1,2,3,no\n")
    each = write(tmp_path, "c.csv", header + "anna,anna.b,1,2,3,no\nbram,bram.l,1,2,3,yes\n")
    read = read_files(many, each)
    assert [row["account_id"] for row in read.followers] == ["bo", "cy"]
    assert [row["handle"] for row in read.creators] == ["anna.b", "bram.l"]


def test_a_follower_table_with_natural_names_is_read(tmp_path):
    rows = (
        "creator_id,username,#followers,#following,#posts,is_private,has_profile_pic,"
        "description length\nanna,bo_123,10,900,0,1,0,12\n"
        "anna,cy,5,6,7,0,1,0\n"
    ).replace("description length", "biography_length")
    read = read_files(write(tmp_path, "f.csv", rows))
    assert read.followers[:1] == [
        {
            "creator_id": "anna",
            "account_id": "bo_123",
            "username": "bo_123",
            "followers": 10,
            "following": 900,
            "posts": 0,
            "private": True,
            "has_picture": False,
            "bio_length": 12,
        }
    ]
