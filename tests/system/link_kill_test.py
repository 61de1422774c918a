"""Goal: kill -9 of wards and pharmacy at random points, each in a network namespace of its own and over
TLS: nothing acknowledged is lost, nothing is there or shown twice, order is kept. kill_test.py does the
same to whole checks on one machine. CARTWATCH_KILLS and CARTWATCH_SEED change the run; the seed is
printed."""

import collections
import os
import pathlib
import random
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import program_from_environment  # noqa: E402
from link_kit import Links, enter_namespace  # noqa: E402
from link_load import Load  # noqa: E402

KILLS = int(os.environ.get("CARTWATCH_KILLS", "60"))
SEED = int(os.environ.get("CARTWATCH_SEED", str(random.SystemRandom().randrange(1_000_000))))


class LinkKillNine(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_there_twice(self):
        print(f"seed {SEED}, {KILLS} kills", flush=True)
        chance = random.Random(SEED)
        killed = collections.Counter()
        links = Links(program_from_environment(), wards=2, tls=True)
        links.give_networks()
        with links:
            with Load(links) as load:
                for _ in range(KILLS):
                    threading.Event().wait(chance.uniform(0.0, 0.35))  # the random point, no wait for anything
                    load.check_workers()
                    node = chance.choice([links.pharmacy, *links.wards])
                    node.restart()
                    killed[node.role] += 1
                load.wait_for_more(5)
            load.hold(self)
            connected = sum(ward.told(": connected") for ward in links.wards)
            print(f"{killed['ward']} kills of wards, {killed['pharmacy']} of the pharmacy, {connected} connections")


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
