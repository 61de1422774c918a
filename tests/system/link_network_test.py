"""Goal: cables pulled and networks that swallow, between wards and a pharmacy in network namespaces of
their own that speak TLS: nothing acknowledged is lost, nothing is there or shown twice, order is kept.
CARTWATCH_CUTS and CARTWATCH_SEED change the run; the seed is printed."""

import collections
import os
import pathlib
import random
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import program_from_environment, wait_for  # noqa: E402
from link_kit import (  # noqa: E402
    FROM,
    TO,
    Links,
    cut_cable,
    enter_namespace,
    plug_cable,
    stop_swallowing,
    swallow,
)
from link_load import Load  # noqa: E402

CUTS = int(os.environ.get("CARTWATCH_CUTS", "20"))
SEED = int(os.environ.get("CARTWATCH_SEED", str(random.SystemRandom().randrange(1_000_000))))


class LinkOverNetworks(unittest.TestCase):
    def hospital(self, wards):
        links = Links(program_from_environment(), wards=wards, tls=True)
        links.give_networks()
        return links

    def test_a_cable_is_pulled_again_and_again(self):
        print(f"seed {SEED}, {CUTS} cuts", flush=True)
        chance = random.Random(SEED)
        done = collections.Counter()
        with self.hospital(wards=3) as links:
            with Load(links) as load:
                for _ in range(CUTS):
                    self.pull(links, chance, done)
                    load.wait_for_more(chance.randrange(1, 8))
            load.hold(self)
            connected = sum(ward.told(": connected") for ward in links.wards) - len(links.wards)
            print(f"{dict(done)}, {connected} reconnects")

    def pull(self, links, chance, done):
        """Out for a random time; in it, now and then, one of the two dies."""
        node = chance.choice(links.nodes)
        cut_cable(node)
        done[f"{node.role}'s cable"] += 1
        threading.Event().wait(chance.uniform(0.0, 1.5))  # the random length: not a wait for anything
        if chance.random() < 0.4:
            victim = chance.choice(links.nodes)
            victim.restart()
            done[f"kills of a {victim.role} meanwhile"] += 1
        plug_cable(node)

    def test_both_sides_notice_a_network_that_swallows_everything(self):
        """Both ways at one ward, one way at two others; a fourth is well."""
        with self.hospital(wards=4) as links:
            *rest, well = links.wards
            harmed = dict(zip(rest, [(FROM, TO), (FROM,), (TO,)]))
            with Load(links) as load:
                load.wait_for_more(20)
                for ward, directions in harmed.items():
                    swallow(ward, directions)
                before = load.acknowledged(well)
                waiting = [self.wait_until_noticed(load, ward) for ward in harmed]
                self.assertTrue(links.linked(well))
                self.assertTrue(self.is_shown_connected(links, well))
                meanwhile = load.acknowledged(well) - before
                self.assertGreater(meanwhile, 0)
                for ward, directions in harmed.items():
                    stop_swallowing(ward, directions)
                for ward in harmed:
                    links.wait_until_linked(ward)
                load.wait_for_more(20)
            load.hold(self)
            self.assertEqual(links.pharmacy.told(f"{well.name} connected"), 1)
            print(
                f"swallowed both ways, from a ward, to a ward, until both sides noticed by silence: {waiting} "
                f"entries waited, {meanwhile} alerts of the ward that was well meanwhile"
            )

    def wait_until_noticed(self, load, ward):
        load.links.wait_until_linked(ward, False)
        wait_for(lambda: not self.is_shown_connected(load.links, ward), "the board says so")
        status = ward.view()["link"]
        self.assertGreater(status["waiting"], 0)
        self.assertIsNotNone(status["waiting_since"])
        return status["waiting"]

    def is_shown_connected(self, links, ward):
        return any(row["connected"] for row in links.pharmacy.view()["wards"] if row["node"] == ward.name)


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
