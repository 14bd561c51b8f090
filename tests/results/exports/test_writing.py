"""Files that say what is in them, and in which no formula is alive."""

import csv
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course.results.exports.writing import Column, Value, inert, write_csv, write_xlsx

NOON = 1_767_225_600_000_000
ATTACKS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "＝1+1",
    "－1",
    "=cmd|' /C calc'!A0",
)
TAME = ("Ada", "", "a=b", "'=1", 'Zoë; "quoted", and\nmore', "1", "100 %")
COLUMNS = (
    Column("Name", "what somebody is called"),
    Column("=Tries", "how many", "number"),
    Column("Grade", "in percent", "percent"),
    Column("At", "when, UTC", "moment"),
)


def rows(names: tuple[str, ...]) -> list[tuple[Value, ...]]:
    return [(name, at, Fraction(at, 3), NOON + at * 1_000_000) for at, name in enumerate(names)]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_first_two_rows_name_and_explain_the_columns(tmp_path: Path) -> None:
    assert write_csv(tmp_path / "t.csv", COLUMNS, rows(TAME)) == len(TAME)
    found = read(tmp_path / "t.csv")
    assert found[0] == ["Name", "'=Tries", "Grade", "At"]
    assert found[1] == ["what somebody is called", "how many", "in percent", "when, UTC"]
    assert [row[0] for row in found[2:]] == list(TAME)
    assert found[3] == ["", "1", "33.33", "2026-01-01T00:00:01Z"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_spreadsheet_could_take_for_a_formula_stays_a_text(tmp_path: Path, attack: str) -> None:
    write_csv(tmp_path / "t.csv", COLUMNS, rows((attack,)))
    assert read(tmp_path / "t.csv")[2][0] == f"'{attack}" == inert(attack)


def test_what_is_not_there_is_empty_and_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", COLUMNS, [("x", -2, None, None)])
    assert read(tmp_path / "t.csv")[2] == ["x", "-2", "", ""]


def sheets(path: Path) -> list[ElementTree.Element]:
    with zipfile.ZipFile(path) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [ElementTree.fromstring(book.read(name)) for name in names]


def test_no_cell_of_an_xlsx_file_is_a_formula_or_a_link(tmp_path: Path) -> None:
    assert write_xlsx(tmp_path / "t.xlsx", COLUMNS, rows(ATTACKS)) == len(ATTACKS)
    (sheet,) = sheets(tmp_path / "t.xlsx")
    tags = [element.tag.rpartition("}")[2] for element in sheet.iter()]
    assert "f" not in tags
    assert "hyperlink" not in tags
    assert tags.count("row") == len(ATTACKS) + 2


def test_a_long_table_goes_on_in_another_sheet_with_its_headings(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", COLUMNS, rows(TAME * 2), most=9)
    counts = [sum(element.tag.endswith("}row") for element in sheet.iter()) for sheet in sheets(tmp_path / "t.xlsx")]
    assert counts == [9, 9]


def test_a_very_long_text_is_cut_where_a_cell_ends(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", COLUMNS, rows(("x" * 40_000,)))
    (sheet,) = sheets(tmp_path / "t.xlsx")
    assert max(len(element.text or "") for element in sheet.iter() if element.tag.endswith("}t")) == 32_767


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_in_libreoffice_no_formula_is_alive(tmp_path: Path, form: str) -> None:
    write = write_csv if form == "csv" else write_xlsx
    write(tmp_path / f"t.{form}", COLUMNS, rows(ATTACKS))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to = ["--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / f"t.{form}")]
    subprocess.run(["soffice", profile, "--headless", *to], check=True, timeout=180, capture_output=True)
    found = (tmp_path / "t.fods").read_text("utf-8")
    assert "what somebody is called" in found
    assert "table:formula" not in found
