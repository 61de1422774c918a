"""Goal: one bad node that sends garbage, endless lines, pings without end, hellos in a loop, does not read,
and holds a thousand silent calls, all at once: the wards' alerts arrive meanwhile, and nothing is lost."""

import json
import pathlib
import statistics
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import program_from_environment, wait_for  # noqa: E402
from link_kit import Links, enter_namespace  # noqa: E402
from link_load import Load  # noqa: E402

FLOOD = pathlib.Path(__file__).parent / "link_flood.py"


class BadNode:
    def __init__(self, port):
        self.process = subprocess.Popen(
            [sys.executable, FLOOD, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def counts(self):
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        counts = self.counts()
        self.process.communicate(timeout=60)
        return counts


class LinkUnderFlood(unittest.TestCase):
    def test_the_wards_alerts_arrive_meanwhile(self):
        with Links(program_from_environment(), wards=2) as links:
            with Load(links) as load:
                load.wait_for_more(40)
                quiet = self.delays(load)
                bad = BadNode(links.link[1])
                self.addCleanup(bad.process.kill)
                wait_for(lambda: bad.counts().get("silent calls", 0) >= 1_000, "the flood is at its height")
                before, begun = bad.counts(), time.monotonic()
                for ward in links.wards:
                    load.wait_for_more(25, ward)
                wait_for(lambda: len(self.delays(load, begun)) >= 40, "alerts are shown meanwhile")
                after = bad.counts()
                flooded = self.delays(load, begun)
                for attack in ("calls", "pings", "bytes of lines without an end"):
                    self.assertGreater(after[attack], before[attack], f"the flood goes on: {attack}")
                connected = [links.linked(ward) for ward in links.wards]
                counts = bad.end()
            load.hold(self)
            self.assertEqual(connected, [True, True])
            self.assertEqual(links.pharmacy.starts, 1)
            self.assertEqual(links.pharmacy.told("ward-1 connected"), 1, "no ward was put out")
            self.assertLess(links.pharmacy.log.stat().st_size, 100_000, "the log does not grow with the flood")
            print(
                f"{counts}; {len(flooded)} alerts shown meanwhile, median {self.median(flooded)} ms after the "
                f"acknowledgement, {self.median(quiet)} ms before the flood"
            )

    def delays(self, load, since=0.0):
        return [delay for nurse in load.nurses for delay in load.watcher.delays(nurse, since)]

    def median(self, delays):
        return round(statistics.median(delays) * 1000)


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
