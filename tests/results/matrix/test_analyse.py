"""`course analyse`: the figures of a file of marks, and what is said of a file that is none."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from course.cli import main
from course.errors import Invalid
from course.results.matrix import reading
from course.results.matrix.reading import read_matrix

MARKS = "learner,q1,q2,q3\nmax,1,2,1\na,1,2,0\nb,1,1,1\nc,0,1,0\nd,1,2,1\ne,0,,1\n"
Analyse = Callable[..., Result]


@pytest.fixture
def analyse(tmp_path: Path) -> Analyse:
    def run(content: str | bytes, *options: str) -> Result:
        file = tmp_path / "marks.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(main, ["analyse", *options, str(file)])

    return run


def figures(analyse: Analyse, content: str | bytes) -> dict:
    done = analyse(content, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_figures_are_those_worked_out_by_hand(analyse) -> None:
    found = figures(analyse, MARKS)
    assert found["quiz"]["attempts"] == 5
    assert found["quiz"]["mean"] == pytest.approx(2.4)
    assert found["quiz"]["cronbach_alpha"] == pytest.approx(125 / 3)
    assert found["quiz"]["kurtosis"] == pytest.approx(-65 / 27)
    one, two, three = found["items"]
    assert (one["name"], one["facility"], one["maximum"]) == ("q1", 0.6, 1)
    assert one["discrimination_index"] == pytest.approx(87.287, abs=1e-3)
    assert two["intended_weight"] == 50
    assert three["discriminative_efficiency"] == pytest.approx(-200 / 13)
    assert three["verdicts"] == ["too few"]


def test_the_table_answers_first_and_says_below_which_number_it_says_nothing(analyse) -> None:
    said = analyse(MARKS).stdout.splitlines()
    assert said[0] == "5 attempts: too few answers to say how the questions work (20 at least)."
    assert said[2].split()[:3] == ["question", "max", "facility"]
    assert "Cronbach's alpha, %    41.7" in said


def test_a_question_that_the_better_get_wrong_is_named(analyse) -> None:
    rows = "".join(f"{at},{int(at < 20)},{at % 20},{at}\n" for at in range(40))
    said = analyse("who,bad,good,long\nmax,1,20,40\n" + rows).stdout
    assert said.startswith("40 attempts: look at bad.")
    assert "reversed" in said


def test_csv_has_a_row_for_each_question_and_one_for_the_quiz(analyse) -> None:
    done = analyse(MARKS.replace("q2", '"=1+1"'), "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["subject"], row["name"]) for row in rows] == [
        ("item", "q1"), ("item", "'=1+1"), ("item", "q3"), ("quiz", ""),
    ]  # fmt: skip
    assert float(rows[0]["facility"]) == 0.6
    wide = analyse(MARKS.replace("q2", "\N{FULLWIDTH EQUALS SIGN}1"), "--csv")
    assert ",'\N{FULLWIDTH EQUALS SIGN}1," in wide.stdout
    assert rows[0]["facility_interval_low"]
    assert rows[3]["facility"] == ""
    assert float(rows[3]["standard_error"]) == pytest.approx(1.0247, abs=1e-4)


@pytest.mark.parametrize(
    "other",
    [
        MARKS.replace(",", ";"),
        MARKS.replace(",", "\t"),
        MARKS.replace("\n", "\r\n"),
        "\ufeff" + MARKS,
        MARKS.replace("1,2,0", "1,2.000,.0").replace(",", ";").replace(".", ","),
        MARKS.replace("a,1", '"a, the first",1'),
        MARKS.replace("max", "Max") + "\n\n",
    ],
)
def test_what_spreadsheets_write_is_read_alike(analyse, other: str) -> None:
    assert figures(analyse, other) == figures(analyse, MARKS)


def test_fractions_of_a_mark_change_nothing_but_the_unit(analyse) -> None:
    thirds = "x,a,b\nmax,1,1\np,0.333333333,1\nq,1,0.5\nr,0,0\n"
    assert figures(analyse, thirds)["items"][0]["facility"] == pytest.approx(1.333333333 / 3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ":1:1: the file is empty"),
        ("\n\n", "the file is empty"),
        ("learner\nmax\n", ":1:1: the first row names no question"),
        ("learner,q1\n", "begins with `max`; the file ends"),
        ("learner,q1\na,1\n", ":2:1: the first row under the names holds the maximum marks"),
        ("learner,q1\nmax,1\n", "no learner's row follows"),
        ("learner,q1,q1\nmax,1,1\na,1,1\n", ":1:3: two questions are called 'q1'"),
        ("learner,q1,\nmax,1,1\na,1,1\n", ":1:3: this question has no name"),
        ("learner,q1\nmax,\na,1\n", ":2:2: the maximum mark is missing (q1)"),
        ("learner,q1\nmax,1\na,x\n", ":3:2: 'x' is no mark (q1)"),
        ("learner,q1\nmax,1\na,-1\n", ":3:2: '-1' is no mark"),
        ("learner,q1\nmax,1\na,1e9\n", ":3:2: '1e9' is no mark"),
        ("learner,q1\nmax,1\na,nan\n", ":3:2: 'nan' is no mark"),
        ("learner,q1\nmax,1\na,1.0000000001\n", "9 decimals at most"),
        ("learner,q1\nmax,1\na,2\n", ":3:2: 2 is more than the maximum, 1 (q1)"),
        ("learner,q1\nmax,9999999\na,2\n", ":2:2: 9999999 is more than 1000000"),
        ("learner,q1\nmax,1\na,1,1\n", ":3:2: this row has 3 columns, the first 2"),
        ("learner,q1,q2\nmax,1,1\na,1\n", ":3:2: this row has 2 columns, the first 3"),
        ('learner,q1\nmax,1\na,"1\n', "this is no CSV"),
        (b"learner,q1\nmax,1\n\xff,1\n", ":3:1: this is not UTF-8"),
        (b"learner,q1\nmax,1\na\x00,1\n", ":3:2: there is a null character"),
        ("learner,q1\nmax,1\n" + "a" * 1_000_001 + ",1\n", "longer than 1000000 bytes"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(analyse, content: str | bytes, said: str) -> None:
    done = analyse(content)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["analyse", str(tmp_path / "none.csv")])
    assert done.exit_code == 2
    assert "does not exist" in done.output


def test_more_marks_than_memory_is_meant_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MARKS", 4)
    with pytest.raises(Invalid, match="more than 4 marks"):
        read_matrix(io.BytesIO(MARKS.encode()), "marks.csv")


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.text(",;\n\"'max.0189 \t\r", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Invalid):
        matrix = read_matrix(io.BytesIO(b"l,a\nmax,1\n" + content), "marks.csv")
        assert all(0 <= mark <= matrix.maxima[0] for mark in matrix.marks[0])
