"""Goal: what `cartwatch export` hands over is what other programs read. Every kind of export of a
hospital's store is written as a workbook, as CSV and as JSON lines; the workbook is opened by openpyxl
and the CSV by Python's own reader, and held cell for cell against each other: Chinese, codes of twenty
digits, texts that a spreadsheet would run as a formula, texts with commas and quotes, days and numbers.
Run by Debian's own interpreter, which has Debian's python3-openpyxl."""

import csv
import datetime
import io
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from hospital import SHEETS, Hospital, badge, program_from_environment  # noqa: E402

ALL = ["checks", "findings", "alerts", "stock", "readiness", "seals", "staff", "expiry", "rotation", "dues"]

TWENTY_DIGITS = "86999990000018000123"
LOTS = [
    TWENTY_DIGITS,
    "00000000000000000012",
    '=HYPERLINK("http://x","y")',
    '批号 "甲", 乙',
    "+1",
    "@A1",
    "1E5",
    "2027-01-01",
]
# What a spreadsheet would run gets an apostrophe before it in CSV; a workbook's text needs none.
FORMULA_STARTS = ("=", "+", "-", "@")


def expiry_of(place):
    return (datetime.date.today() + datetime.timedelta(days=40 + place)).isoformat()


def write_sheets(folder):
    """A cart with lots that spreadsheets spoil, and one to be checked."""
    shutil.copy(SHEETS / "staff.csv", folder)
    products = [
        ["id", "kind", "name_zh", "name_en", "pinyin", "strength", "unit"],
        ["epi", "drug", "肾上腺素注射液", "Epinephrine", "SSXS", "1 mg/1 mL", "支"],
        ["nor", "drug", '去甲肾上腺素, "重酒石酸"', "Norepinephrine", "QJSSXS", "-2 mg", "支"],
    ]
    carts = [
        ["车号", "车名", "站点号", "站点", "行类", "行号", "品目编号", "位置", "基数", "批号", "有效期至", "现有"]
    ]
    for place, lot in enumerate(LOTS):
        product = "nor" if place % 2 else "epi"
        where = ["OR-1", "手术室 1 号车", "OR", "手术室", "品目", f"line-{place}", product, f"第1层-0{place}"]
        carts.append([*where, "5", lot, expiry_of(place), "5"])
    where = ["OR-2", "手术室 2 号车", "OR", "手术室", "品目", "epi", "epi", "第1层-01"]
    carts.append([*where, "5", "", "", ""])
    for name, rows in (("products", products), ("carts", carts)):
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as sheet:
            csv.writer(sheet).writerows(rows)


def text_of(cell):
    """A workbook's cell as CSV has it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def unguarded(cell):
    return cell[1:] if cell.startswith("'") and cell[1:2] in FORMULA_STARTS else cell


class ReadBack(unittest.TestCase):
    def test_every_export_is_read_back_cell_for_cell(self):
        sheets = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        write_sheets(sheets)
        with Hospital(program_from_environment(), sheets=sheets) as hospital:
            self.check_a_cart(hospital)
            rows = {what: self.read_back(hospital, what) for what in ALL}
            for what in ("checks", "findings", "alerts", "stock", "readiness", "staff", "expiry"):
                self.assertTrue(rows[what], f"{what} has rows to compare")
            for what, of_cart in (("stock", "cart"), ("expiry", "cart")):
                lots = [row["lot"] for row in rows[what] if row[of_cart] == "OR-1"]
                self.assertEqual(lots, LOTS, what)
            self.assertIn('去甲肾上腺素, "重酒石酸"', {row["name"] for row in rows["stock"]})
            self.assertIn("-2 mg", {row["strength"] for row in rows["stock"]})

    def check_a_cart(self, hospital):
        hospital.scan(badge("N001"))
        tag = next(cart["tag"] for cart in hospital.view()["carts"] if cart["id"] == "OR-2")
        self.assertEqual(hospital.scan(tag)["message"], "check_opened")
        hospital.command(do="missing", line="epi")
        for _ in range(2):  # what is missing is shown before the signature
            signed = hospital.scan(badge("N001"))
            if signed["message"] == "check_closed":
                return
        self.fail(f"not signed: {signed}")

    def read_back(self, hospital, what):
        """The rows as JSON has them, once all three formats say the same."""

        def export(form, *more):
            file = hospital.folder / f"{what}.{form}"
            config = hospital.folder / "ward.toml"
            hospital.run("export", what, "--format", form, "--output", file, "--config", config, *more)
            return file

        book = openpyxl.load_workbook(export("xlsx"))
        sheet, dictionary = book.worksheets
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertEqual(sheet.print_title_rows.replace("$", ""), "1:1")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(dictionary.title, "数据字典")
        header, *cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        columns = [[cell.value for cell in row[:2]] for row in dictionary.iter_rows(min_row=2)]
        self.assertEqual(header, [zh for _, zh in columns], f"{what}: the dictionary names each column")

        bytes_of_csv = export("csv").read_bytes()
        self.assertTrue(bytes_of_csv.startswith(b"\xef\xbb\xbf"))
        self.assertFalse(export("csv", "--no-bom", "--force").read_bytes().startswith(b"\xef\xbb\xbf"))
        records = list(csv.reader(io.StringIO(bytes_of_csv.decode("utf-8-sig"), newline=""), strict=True))
        self.assertEqual(records[0], header, what)
        self.assertEqual(
            [[unguarded(cell) for cell in record] for record in records[1:]],
            [[text_of(cell) for cell in row] for row in cells],
            what,
        )
        for record in records[1:]:
            for cell in record:
                is_number = cell.lstrip("-").isdigit()
                self.assertFalse(cell.startswith(FORMULA_STARTS) and not is_number, f"{what}: {cell}")

        lines = export("json").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        self.assertEqual(
            [[text_of(row[name]) for name, _ in columns] for row in rows],
            [[text_of(cell) for cell in row] for row in cells],
            what,
        )
        self.see_types(what, rows, [name for name, _ in columns], sheet)
        return rows

    def see_types(self, what, rows, names, sheet):
        """Texts are texts in the workbook, whatever they look like; days are days, counts numbers."""
        for number, row in enumerate(rows, start=2):
            for place, name in enumerate(names, start=1):
                cell = sheet.cell(number, place)
                if cell.value is None:
                    continue
                said = f"{what} {name}: {row[name]!r} is {cell.data_type}"
                if name.endswith("_day"):
                    self.assertTrue(cell.is_date, said)
                elif isinstance(row[name], str):
                    self.assertEqual(cell.data_type, "s", said)
                else:
                    self.assertEqual(cell.data_type, "n", said)


if __name__ == "__main__":
    unittest.main()
