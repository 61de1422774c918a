"""Goal: kill -9 of the ward or the pharmacy at random points of checks, 200 times. After each start
nothing that was acknowledged is lost, nothing is there twice, the open check goes on; in the end both
journals are the same on both disks and verify holds. CARTWATCH_KILLS and CARTWATCH_SEED change the
run; the seed is printed."""

import collections
import contextlib
import csv
import http.client
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import SHEETS, Hospital, Unmet, badge, program_from_environment, wait_for  # noqa: E402

KILLS = int(os.environ.get("CARTWATCH_KILLS", "200"))
SEED = int(os.environ.get("CARTWATCH_SEED", str(random.SystemRandom().randrange(1_000_000))))


def gtins():
    with open(SHEETS / "products.csv", encoding="utf-8", newline="") as sheet:
        return {row["id"]: row["gtins"] for row in csv.DictReader(sheet)}


def lot_of(check):
    """A lot of its own for each check, in letters: one with 21 in it may hide a serial number, and is
    asked about."""
    return check["id"].split("/")[1].translate(str.maketrans("0123456789", "ABCDEFGHIJ")) + "L"


def write_sheets_by_unit(folder):
    """The example hospital's sheets, with every other line counted by the unit."""
    for name in ("products", "staff"):
        shutil.copy(SHEETS / f"{name}.csv", folder)
    with open(SHEETS / "carts.csv", encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for number, row in enumerate(rows):
        if row["row"] == "line" and number % 2:
            row["count_by"] = "unit"
    with open(folder / "carts.csv", "w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


class Nurse(threading.Thread):
    """Checks carts one after the other and remembers what was acknowledged. A request that died with
    the daemon is made again under its key, as the page does: it may or may not have been recorded.
    Every other line is counted by the unit, where only the key tells a repeat from a second pack."""

    def __init__(self, hospital, random_source):
        super().__init__(daemon=True)
        self.hospital = hospital
        self.random = random_source
        self.done = threading.Event()
        self.acknowledged = []  # (check, raw text)
        self.repeated = 0  # requests that were made again
        self.closed = 0
        self.outlived = 0  # checks closed that were open when the ward was killed
        self.ward_kills = 0  # counted by the test
        self.error = None

    def run(self):
        try:
            while not self.done.is_set():
                self.check_one_cart()
        except Exception as error:  # reported by the test's own thread
            self.error = error

    def insist(self, ask):
        """ask() until the daemon answers, whatever happens to it meanwhile."""

        def once():
            try:
                return (ask(),)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self.repeated += 1
                return None

        return wait_for(once, "the ward answers")[0]

    def view(self):
        return self.insist(lambda: self.hospital.view())

    def scan(self, text):
        key = str(uuid.uuid4())
        return self.insist(lambda: self.hospital.scan(text, key=key))

    def check_one_cart(self):
        cart = next(cart for cart in self.view()["carts"])
        kills_before = self.ward_kills
        self.open(cart)
        check = self.view()["check"]
        if check is None:
            raise Unmet("the open check is not shown")
        for line in check["lines"]:
            if self.done.is_set():
                return
            self.count(check, line)
        for device in check["devices"]:
            self.test(device)
        self.sign(check["id"])
        self.outlived += self.ward_kills > kills_before

    def open(self, cart):
        for _ in range(20):
            check = self.view()["check"]
            if check is not None:
                return
            self.scan(badge("N001"))
            self.scan(cart["tag"])
        raise Unmet("the check does not open")

    def count(self, check, line):
        """One pack of the line; counted once, however often the scan had to be made again."""
        text = f"]d201{gtins()[line['product']]}17291231" + f"10{lot_of(check)}"
        for _ in range(20):
            reply = self.scan(text)
            if reply["line"] == line["id"] and reply["step"] > 0:
                self.acknowledged.append((check["id"], text))
                return
            self.open(self.view()["carts"][0])  # the session died with the daemon; the check did not
        raise Unmet(f"{line['id']} is not counted: {reply}")

    def test(self, device):
        for _ in range(20):
            key = str(uuid.uuid4())
            reply = self.insist(
                lambda: self.hospital.command(key=key, do="test", passed=True, device=device["id"])
            )
            if reply["device"] == device["id"]:
                return
            self.open(self.view()["carts"][0])
        raise Unmet(f"{device['id']} is not tested: {reply}")

    def sign(self, check):
        for _ in range(20):
            now = self.view()["check"]
            if now is None and self.is_closed(check):
                self.closed += 1
                return
            if now is None:
                self.open(self.view()["carts"][0])
            if self.scan(badge("N001"))["message"] == "witness_badge":
                self.scan(badge("N002"))
        raise Unmet(f"{check} is not closed: {self.view()['last']}")

    def is_closed(self, check):
        return bool(self.hospital.rows("ward", "SELECT 1 FROM check_closed WHERE id = ?", check))


class KillNine(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_there_twice(self):
        print(f"seed {SEED}, {KILLS} kills", flush=True)
        chance = random.Random(SEED)
        with contextlib.ExitStack() as stack:
            sheets = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
            write_sheets_by_unit(sheets)
            hospital = stack.enter_context(Hospital(program_from_environment(), sheets=sheets))
            nurse = Nurse(hospital, random.Random(SEED + 1))
            nurse.start()
            killed = self.kill_at_random(hospital, nurse, chance)
            nurse.done.set()
            nurse.join(timeout=120)
            self.assertFalse(nurse.is_alive(), "the nurse comes to an end")
            if nurse.error:
                raise nurse.error
            hospital.wait_until_up()
            hospital.wait_until_delivered()
            self.assertGreater(nurse.outlived, 0, "an open check goes on after a kill")
            self.hold_acknowledged(hospital, nurse)
            self.hold_once(hospital)
            self.assertGreater(nurse.repeated, 0, "requests were made again")
            hospital.verify()
            print(
                f"{killed['ward']} kills of the ward, {killed['pharmacy']} of the pharmacy; "
                f"{len(nurse.acknowledged)} scans acknowledged, {nurse.repeated} requests made "
                f"again, 0 lost, 0 twice; "
                f"{nurse.closed} checks closed, {nurse.outlived} of them after a kill in their midst"
            )

    def kill_at_random(self, hospital, nurse, chance):
        killed = collections.Counter()
        pause = threading.Event()
        for _ in range(KILLS):
            pause.wait(chance.uniform(0.0, 0.35))  # the random point: not a wait for anything
            if nurse.error:
                raise nurse.error
            daemon = hospital.ward if chance.random() < 0.6 else hospital.pharmacy
            daemon.kill()
            daemon.start()
            killed[daemon.command] += 1
            nurse.ward_kills = killed["ward"]
            port = hospital.ward_port if daemon is hospital.ward else hospital.board_port
            wait_for(lambda: hospital.try_get(port, "/healthz"), f"{daemon.command} is up again")
        return killed

    def hold_acknowledged(self, hospital, nurse):
        recorded = collections.Counter()
        for _, kind, body, _ in hospital.journal("pharmacy", "ward-1"):
            if kind == "check.line_counted":
                step = json.loads(body)
                recorded[(step["check"], step["raw"])] += 1
        missing = [scan for scan in nurse.acknowledged if recorded[scan] == 0]
        self.assertEqual(missing, [], "every acknowledged scan is in the journal")
        twice = [scan for scan, times in recorded.items() if times > 1]
        self.assertEqual(twice, [], "no scan is counted twice")

    def hold_once(self, hospital):
        for node in ("ward-1", "pharmacy"):
            for at in ("ward", "pharmacy"):
                numbers = [row[0] for row in hospital.journal(at, node)]
                self.assertEqual(numbers, list(range(1, len(numbers) + 1)), f"{node} at {at}")
        open_alerts = "SELECT cart, subject, count(*) FROM alert GROUP BY 1, 2 HAVING count(*) > 1"
        self.assertEqual(hospital.rows("pharmacy", open_alerts), [])
        self.assertEqual(
            hospital.rows("ward", "SELECT node, cart, subject, episode, state FROM alert ORDER BY 1, 2, 3"),
            hospital.rows(
                "pharmacy", "SELECT node, cart, subject, episode, state FROM alert ORDER BY 1, 2, 3"
            ),
        )


if __name__ == "__main__":
    unittest.main(verbosity=2)
