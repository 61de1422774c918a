"""Goal: the weekly check, end to end, with nothing faked. Barcodes drawn by zint become pictures,
pictures are decoded, and a whole check of an example cart with one expired drug, one missing and one
device that failed is signed; the pharmacy then has exactly those alerts on disk and on its board, and
the exports and the figures tell of them."""

import csv
import datetime
import io
import json
import pathlib
import subprocess
import sys
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "system"), str(ROOT / "tests" / "daemon" / "web")]
import openapi  # noqa: E402
from hospital import SHEETS, Hospital, badge, program_from_environment, wait_for  # noqa: E402

CART = "OR-1"
EXPIRED = "norepinephrine-2mg"
MISSING = "naloxone-0.4mg"
FAILED = "suction"

TODAY = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()  # Shanghai


def products():
    with open(SHEETS / "products.csv", encoding="utf-8", newline="") as sheet:
        return {row["id"]: row for row in csv.DictReader(sheet)}


def cart_rows():
    with open(SHEETS / "carts.csv", encoding="utf-8", newline="") as sheet:
        return [row for row in csv.DictReader(sheet) if row["cart"] == CART]


def draw(folder, name, symbology, data, gs1=False):
    """A picture of a code as zint draws it."""
    file = folder / f"{name}.png"
    words = ["zint", f"--barcode={symbology}", f"--data={data}", f"--output={file}", "--scale=2"]
    words += ["--border=10", "--whitesp=20", "--vwhitesp=20"]
    subprocess.run(words + (["--gs1"] if gs1 else []), check=True, capture_output=True)
    return file


def pack_picture(folder, product, place, expiry):
    """The code on a pack: by turns GS1 DataMatrix, GS1-128, EAN-13 and a traceability code."""
    element = f"[01]{product['gtins']}[17]{expiry:%y%m%d}[10]LOT{place:03}"
    name = product["id"]
    kind = place % 4
    if name == EXPIRED or kind == 0:
        return draw(folder, name, "DATAMATRIX", element + f"[21]S{place}", gs1=True)
    if kind == 1:
        return draw(folder, name, "GS1_128", element, gs1=True)
    if kind == 2 or not product["trace_prefixes"]:
        return draw(folder, name, "EANX", product["gtins"][1:13])
    return draw(folder, name, "CODE128", product["trace_prefixes"] + f"{place:013}")


def fits(schema, answer):
    """Refuses an answer that the OpenAPI document does not describe."""
    document = openapi.Document(ROOT / "schema" / "http.openapi.yaml").text
    jsonschema.validate(answer, document | {"$ref": f"#/components/schemas/{schema}"})


class WeeklyCheck(unittest.TestCase):
    def test_a_whole_check_from_pictures_to_the_export(self):
        with Hospital(program_from_environment()) as hospital:
            pictures = hospital.folder / "pictures"
            pictures.mkdir()
            texts = self.decoded(hospital, pictures)
            self.open_check(hospital)
            self.scan_lines(hospital, texts)
            self.report_devices(hospital)
            self.sign(hospital)
            self.see_alerts_on_disk(hospital)
            self.see_exports(hospital)
            self.see_board_take_them(hospital)
            self.see_figures(hospital)
            self.see_history(hospital, texts)
            self.see_downloads(hospital)
            hospital.verify()

    def decoded(self, hospital, pictures):
        """Scan texts by line, read back from pictures by `cartwatch decode`."""
        files = {}
        for place, row in enumerate(r for r in cart_rows() if r["row"] == "line"):
            days = -3 if row["id"] == EXPIRED else 400 + place
            files[row["id"]] = pack_picture(
                pictures, products()[row["product"]], place, TODAY + datetime.timedelta(days=days)
            )
        lines = hospital.run("decode", *files.values()).splitlines()
        symbols = {pathlib.Path(json.loads(line)["image"]).stem: json.loads(line) for line in lines}
        self.assertEqual(set(symbols), set(files), "every picture gives its symbol")
        families = {symbol["family"] for symbol in symbols.values()}
        self.assertEqual(families, {"gs1", "ean_upc", "drug_trace"})
        return {line: symbol["raw"] for line, symbol in symbols.items()}

    def open_check(self, hospital):
        self.assertEqual(hospital.scan(badge("N001"))["kind"], "accept")
        tag = next(cart["tag"] for cart in hospital.view()["carts"] if cart["id"] == CART)
        opened = hospital.scan(tag)
        self.assertEqual(opened["message"], "check_opened", opened)

    def scan_lines(self, hospital, texts):
        pars = {row["id"]: int(row["par"]) for row in cart_rows() if row["row"] == "line"}
        blind = {line["id"] for line in hospital.view()["check"]["lines"] if line["blind"]}
        self.assertEqual(len(blind), 2, "two lines ask for their number")
        for line, text in texts.items():
            if line == MISSING:
                self.assertEqual(hospital.command(do="missing", line=line)["line"], line)
                continue
            reply = hospital.scan(text)
            if reply["message"] == "needs_expiry":
                day = (TODAY + datetime.timedelta(days=300)).isoformat()
                reply = hospital.command(do="expiry", last_usable_day=day, lot="TYPED", line=line)
            self.assertEqual(reply["line"], line, reply)
            self.assertEqual(reply["kind"] == "reject", line == EXPIRED, reply)
            if line in blind:
                self.assertEqual(reply["values"]["par"], "?", reply)
                hospital.command(do="quantity", quantity=pars[line], line=line)

    def report_devices(self, hospital):
        for device in hospital.view()["check"]["devices"]:
            hospital.scan(device["tag"])
            hospital.command(do="test", passed=device["id"] != FAILED)

    def sign(self, hospital):
        check = hospital.view()["check"]
        self.assertEqual(check["done"], check["total"], "nothing is left open")
        asked = hospital.scan(badge("N001"))
        self.assertEqual(asked["message"], "review_critical", "the cart will not be ready")
        signed = hospital.scan(badge("N001"))
        self.assertEqual(signed["message"], "witness_badge", "the cart holds a controlled drug")
        closed = hospital.scan(badge("N002"))
        self.assertEqual(closed["message"], "check_closed", closed)

    def see_alerts_on_disk(self, hospital):
        hospital.wait_until_delivered()
        alerts = hospital.rows("pharmacy", "SELECT subject, severity FROM alert WHERE state = 'raised'")
        self.assertEqual(
            sorted(alerts),
            sorted([(EXPIRED, "critical"), (MISSING, "critical"), (FAILED, "critical")]),
        )

    def see_exports(self, hospital):
        for what, column in (("findings", "subject"), ("alerts", "subject")):
            text = hospital.run(
                "export", what, "--format", "json", "--config", hospital.folder / "pharmacy.toml"
            )
            subjects = {json.loads(line)[column] for line in text.splitlines()}
            self.assertLessEqual({EXPIRED, MISSING, FAILED}, subjects, what)
        text = hospital.run("export", "checks", "--config", hospital.folder / "pharmacy.toml")
        self.assertTrue(text.startswith("\ufeff"))
        rows = list(csv.reader(io.StringIO(text[1:])))
        self.assertEqual(len(rows), 2)
        self.assertIn("not_ready", rows[1])
        seals = hospital.run("export", "seals", "--config", hospital.folder / "pharmacy.toml")
        self.assertTrue(seals.startswith("\ufeff"))
        workbook = hospital.folder / "checks.xlsx"
        hospital.run(
            "export", "checks", "--format", "xlsx", "--output", workbook,
            "--config", hospital.folder / "pharmacy.toml",
        )
        self.assertEqual(workbook.read_bytes()[:2], b"PK")

    def see_figures(self, hospital):
        config = ("--config", hospital.folder / "pharmacy.toml")
        checks = hospital.run("export", "checks", "--format", "json", *config).splitlines()
        check = json.loads(checks[0])
        figures = json.loads(hospital.run("figures", "--cart", CART, "--json", *config))
        rate = figures["readiness_rate"]
        self.assertEqual((rate["in_order"], rate["required"]), (check["in_order"], check["required"]))
        self.assertEqual(figures["time_ready"]["ready_s"], 0, "it was not ready for a moment")
        self.assertEqual(figures["time_to_accept"]["critical"]["over"], 1)
        self.assertEqual(figures["time_to_accept"]["critical"]["still"], 2)
        self.assertEqual(figures["time_to_restock"]["critical"]["still"], 3)
        carts = hospital.run("figures", "--by", "cart", "--json", *config).splitlines()
        self.assertIn(CART, {json.loads(line)["cart"] for line in carts})
        self.assertIn("readiness rate", hospital.run("figures", *config))

    def see_history(self, hospital, texts):
        """The managers' pages are told what the command line tells, at the pharmacy and the ward."""
        config = ("--config", hospital.folder / "pharmacy.toml")
        figures = json.loads(hospital.run("figures", "--cart", CART, "--json", *config))
        for port in (hospital.board_port, hospital.ward_port):
            history = hospital.get(port, "/api/v1/history")
            fits("History", history)
            cart = next(one for one in history["carts"] if one["id"] == CART)
            self.assertEqual([one["readiness"] for one in cart["checks"]], ["not_ready"])
            self.assertFalse(cart["never_checked"])
            self.assertEqual(history["alerts"], [], "told of one cart alone")
            others = [one for one in history["carts"] if one["id"] != CART]
            self.assertTrue(all(one["never_checked"] and not one["checks"] for one in others))
            check = cart["checks"][0]
            of_one = hospital.get(port, f"/api/v1/history?node={cart['node']}&cart={CART}")
            fits("History", of_one)
            self.assertEqual([one["id"] for one in of_one["carts"]], [CART])
            self.assertEqual(
                {one["subject"] for one in of_one["alerts"]}, {EXPIRED, MISSING, FAILED}
            )
            for wait in ("to_accept", "to_restock"):
                self.assertEqual(of_one["waits"][wait], figures["time_" + wait], wait)
            lots = {(one["lot"], one["last_usable_day"]) for one in of_one["forecast"]}
            ahead = {(one["lot"], one["last_usable_day"]) for one in figures["expiry_forecast"]}
            self.assertEqual({one for one in lots if one[1] >= TODAY.isoformat()}, ahead)
            node = "pharmacy" if port == hospital.board_port else "ward"
            self.see_cart_figures(hospital, port, cart, figures)
            nodes = {journal["node"] for journal in of_one["journals"]}
            self.assertEqual(nodes, {cart["node"], of_one["pharmacy"]}, "both that had a part")
            self.see_hash(hospital, node, of_one["journals"])
            self.see_record(hospital, port, check, cart["node"], texts)

    def see_cart_figures(self, hospital, port, cart, figures):
        """What `cartwatch figures` tells of the cart, on the page."""
        days = f"from={figures['from']}&to={figures['to']}"
        told = hospital.get(
            port, f"/api/v1/history/figures?{days}&node={cart['node']}&cart={CART}"
        )
        fits("HistoryFigures", told)
        (of_cart,) = told["carts"]
        for member in ("lines", "typed", "skipped"):
            self.assertEqual(of_cart[member], figures["overrides"][member], member)
        self.assertEqual(of_cart["ready_s"], figures["time_ready"]["ready_s"])
        since = of_cart["total_s"] - figures["time_ready"]["total_s"]
        self.assertTrue(0 <= since <= 300, "it has been on the list for as long")

    def see_hash(self, hospital, node, journals):
        """What a printed page says of the journal, `cartwatch verify` says too."""
        self.assertTrue(journals)
        config = ("--config", hospital.folder / f"{node}.toml")
        for journal in journals:
            name = f"{journal['node']}:{journal['last']}"
            verified = hospital.run("verify", *config, "--entry", name)
            line = f"{journal['node']}: entry {journal['last']}, hash {journal['hash']}"
            self.assertIn(line, verified.splitlines())

    def see_record(self, hospital, port, check, node, texts):
        query = f"node={node}&check={check['id']}&day={check['working_day']}"
        record = hospital.get(port, f"/api/v1/history/check?{query}")
        fits("CheckRecord", record)
        self.assertTrue(record["steps_whole"])
        holder = "pharmacy" if port == hospital.board_port else "ward"
        self.see_hash(hospital, holder, [record["journal"]])
        results = {line["line"]: line["result"] for line in record["lines"]}
        self.assertEqual(results[MISSING], "missing")
        self.assertEqual(set(results), set(texts))
        self.assertIn(FAILED, {finding["subject"] for finding in record["findings"]})
        raws = {step["raw"] for step in record["steps"]}
        scanned = {text for line, text in texts.items() if line not in (MISSING, EXPIRED)}
        self.assertLessEqual(scanned, raws, "the scans as they were sent")
        self.assertEqual({step["by"]["id"] for step in record["steps"]}, {"N001"})
        numbers = [step["number"] for step in record["steps"]]
        self.assertEqual(numbers, sorted(numbers, reverse=True))

    def see_downloads(self, hospital):
        """What the page downloads is what the command line writes."""
        config = ("--config", hospital.folder / "pharmacy.toml")
        for what in ("checks", "findings", "alerts", "stock", "readiness", "seals", "staff"):
            for form in ("csv", "json"):
                said = hospital.run("export", what, "--format", form, *config)
                status, headers, body = hospital.download(
                    hospital.board_port, f"/api/v1/export/{what}?format={form}"
                )
                lines = body.decode().replace("\r\n", "\n")  # as `run` reads them
                self.assertEqual((status, lines), (200, said), what)
                self.assertIn("attachment", headers["Content-Disposition"])
        plain = hospital.run("export", "staff", "--no-bom", *config)
        marked = hospital.run("export", "staff", *config)
        self.assertEqual(marked, "\ufeff" + plain)
        _, _, workbook = hospital.download(hospital.board_port, "/api/v1/export/checks?format=xlsx")
        self.assertEqual(workbook[:2], b"PK")

    def see_board_take_them(self, hospital):
        board = hospital.board()
        self.assertEqual({alert["subject"] for alert in board["alerts"]}, {EXPIRED, MISSING, FAILED})
        alert = next(alert for alert in board["alerts"] if alert["subject"] == EXPIRED)
        answer = hospital.request(
            hospital.board_port,
            "POST",
            "/api/v1/alerts/accept",
            {
                "node": alert["node"],
                "cart": alert["cart"],
                "subject": alert["subject"],
                "episode": alert["episode"],
                "badge": badge("P001"),
                "expected_at": None,
            },
        )
        self.assertEqual(answer["reply"]["message"], "alert_accepted", answer["reply"])

        def accepted_at_the_ward():
            cart = next(cart for cart in hospital.view()["carts"] if cart["id"] == CART)
            return any(
                one["subject"] == EXPIRED and one["state"] == "accepted" for one in cart["alerts"]
            )

        wait_for(accepted_at_the_ward, "the ward sees who accepted")


if __name__ == "__main__":
    unittest.main(verbosity=2)
