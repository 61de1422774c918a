"""Goal: `cartwatch watch` tells each step of each alert once and in the order of arrival, as it happens,
through kill -9 of the pharmacy and of itself."""

import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import Hospital, badge, program_from_environment, wait_for  # noqa: E402

STEPS = {
    "alert.raised": "raised",
    "alert.changed": "changed",
    "alert.accepted": "accepted",
    "alert.handed_back": "handed_back",
}


class Watch(unittest.TestCase):
    def setUp(self):
        self.hospital = Hospital(program_from_environment())
        self.config = self.hospital.folder / "pharmacy.toml"
        self.told = self.hospital.folder / "told"
        self.said = self.hospital.folder / "said"
        self.watcher = None
        self.addCleanup(self.end)
        self.hospital.__enter__()

    def end(self):
        self.stop_watching()
        failed = any(error for _, error in self._outcome.result.failures + self._outcome.result.errors)
        self.hospital.__exit__(AssertionError if failed else None, None, None)

    def watch(self, *words):
        with open(self.told, "ab") as told, open(self.said, "ab") as said:
            self.watcher = subprocess.Popen(
                [self.hospital.program, "watch", "--config", str(self.config), *words],
                stdin=subprocess.DEVNULL, stdout=told, stderr=said,
            )

    def stop_watching(self):
        if self.watcher:
            self.watcher.kill()
            self.watcher.wait()
            self.watcher = None

    def lines(self):
        return [json.loads(line) for line in self.told.read_text("utf-8").splitlines()]

    def arrived(self):
        """(position, node, kind) of what the pharmacy's own disk has of alerts."""
        rows = self.hospital.rows(
            "pharmacy",
            "SELECT position, node, kind FROM entry WHERE kind LIKE 'alert.%' ORDER BY position",
        )
        return [(position, STEPS[kind]) for position, _, kind in rows]

    def wait_until_told(self):
        wait_for(
            lambda: [(line["position"], line["step"]) for line in self.lines()] == self.arrived(),
            "each step once and in order",
        )

    def find_nothing_at(self, station):
        tag = self.hospital.view(station)["carts"][0]["tag"]
        for code in (badge("N001"), tag, badge("N001"), badge("N001")):  # the second one shows what is missing
            self.hospital.scan(code, station)
        if self.hospital.view(station)["check"] is not None:
            self.hospital.scan(badge("N002"), station)
        self.assertIsNone(self.hospital.view(station)["check"])

    def accept_first(self):
        alert = self.hospital.board()["alerts"][0]
        self.hospital.request(
            self.hospital.board_port, "POST", "/api/v1/alerts/accept",
            {"badge": badge("P001"),
             **{name: alert[name] for name in ("node", "cart", "subject", "episode")}},
        )

    def test_each_step_is_told_once_whoever_dies(self):
        self.watch("--json", "--after", "0")
        self.find_nothing_at("OR")
        self.hospital.wait_until_delivered()
        self.assertGreater(len(self.arrived()), 10)
        self.wait_until_told()

        self.hospital.pharmacy.kill()
        wait_for(lambda: "does not answer" in self.said.read_text(), "the loss is said")
        self.find_nothing_at("3F")
        self.hospital.pharmacy.start()
        self.hospital.wait_until_delivered()
        self.wait_until_told()

        self.stop_watching()  # kill -9; goes on after the last line that was written
        self.accept_first()
        self.watch("--json", "--after", str(self.lines()[-1]["position"]))
        self.wait_until_told()
        last = self.lines()[-1]
        self.assertEqual((last["step"], last["state"], last["by"]), ("accepted", "accepted", "P001"))

    def test_people_are_told_what_is_open_and_what_comes(self):
        self.find_nothing_at("OR")
        self.hospital.wait_until_delivered()
        open_now = len(self.hospital.board()["alerts"])
        once = self.hospital.run("watch", "--config", self.config, "--once").splitlines()
        self.assertEqual(len(once), open_now)
        self.assertTrue(all("新告警" in line and "ward-1" in line for line in once), once)

        self.watch("--language", "en")
        wait_for(lambda: len(self.told.read_text("utf-8").splitlines()) == open_now, "what is open")
        self.accept_first()
        told = wait_for(
            lambda: self.told.read_text("utf-8").splitlines()[open_now:], "what came"
        )
        self.assertEqual(len(told), 1)
        self.assertRegex(told[0], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  \w+  ward-1, .+: accepted by .+$")

        self.watcher.terminate()
        self.assertEqual(self.watcher.wait(timeout=20), 0)
        self.watcher = None

    def test_what_cannot_be_watched_is_said(self):
        config = self.hospital.folder / "any-port.toml"
        config.write_text(self.config.read_text().replace(f"port = {self.hospital.board_port}", "port = 0"))
        done = subprocess.run(
            [self.hospital.program, "watch", "--config", config], capture_output=True, text=True, timeout=60
        )
        self.assertEqual(done.returncode, 2)
        self.assertIn("--once", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
