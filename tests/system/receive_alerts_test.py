"""The goal: whoever reads schema/link.md can receive alerts; the few lines of schema/receive_alerts.py do, each
alert once, through kill -9 of theirs and a restart of the ward."""

import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import SOURCE, Hospital, badge, program_from_environment, wait_for  # noqa: E402

OTHER_STATION = "3F"
RECEIVER = SOURCE / "schema" / "receive_alerts.py"


class ReceiveAlerts(unittest.TestCase):
    def setUp(self):
        self.hospital = Hospital(program_from_environment())
        self.hospital.import_sheets()
        self.kept = self.hospital.folder / "received"
        self.told = self.hospital.folder / "told"
        self.receiver = None
        self.addCleanup(self.end)
        self.hospital.ward.start()
        wait_for(lambda: self.hospital.try_get(self.hospital.ward_port, "/healthz"), "the ward")

    def end(self):
        self.stop_receiving()
        failed = any(error for _, error in self._outcome.result.failures + self._outcome.result.errors)
        self.hospital.__exit__(AssertionError if failed else None, None, None)

    def receive(self):
        with open(self.told, "ab") as told:
            self.receiver = subprocess.Popen(
                [sys.executable, RECEIVER, "pharmacy", str(self.hospital.link_port), self.kept],
                stdin=subprocess.DEVNULL, stdout=told,
            )

    def stop_receiving(self):
        if self.receiver:
            self.receiver.kill()
            self.receiver.wait()
            self.receiver = None

    def find_nothing_at(self, station):
        """A check that finds the station's cart empty, signed by as many as it asks for."""
        tag = self.hospital.view(station)["carts"][0]["tag"]
        for code in (badge("N001"), tag, badge("N001"), badge("N001")):  # the second one shows what is missing
            self.hospital.scan(code, station)
        if self.hospital.view(station)["check"] is not None:
            self.hospital.scan(badge("N002"), station)
        self.assertIsNone(self.hospital.view(station)["check"])

    def raised(self):
        """What the ward's own disk says was raised."""
        kinds = self.hospital.journal("ward", "ward-1")
        return [json.loads(body) for _, kind, body, _ in kinds if kind == "alert.raised"]

    def heard(self):
        lines = self.told.read_text("utf-8").splitlines() if self.told.exists() else []
        return [json.loads(line.split(" ", 3)[3]) for line in lines if " alert.raised " in line]

    def wait_until_heard(self):
        wait_for(lambda: self.heard() == self.raised(), "each alert once and in order")

    def test_each_alert_is_told_once_whoever_dies(self):
        self.receive()
        self.find_nothing_at("OR")
        self.assertGreater(len(self.raised()), 10)
        self.wait_until_heard()

        self.stop_receiving()  # kill -9; what is raised meanwhile waits at the ward
        with open(self.kept, "ab") as kept:
            kept.write(b'{"type":"entry","no')  # as a power cut leaves it
        before = len(self.raised())
        self.find_nothing_at(OTHER_STATION)
        self.assertGreater(len(self.raised()), before)
        self.receive()
        self.wait_until_heard()

        self.hospital.ward.kill()
        self.hospital.ward.start()
        wait_for(
            lambda: len(self.kept.read_bytes().splitlines())
            == len(self.hospital.journal("ward", "ward-1")),
            "the rest of the journal",
        )
        self.assertEqual(self.heard(), self.raised())


if __name__ == "__main__":
    unittest.main(verbosity=2)
