"""Goal: lines that are thin, break at any byte, and deliver late what was sent over them before the ward
called again: nothing acknowledged is lost, nothing is there or shown twice, order is kept, and a thin line
is its own ward's trouble alone. CARTWATCH_BREAKS and CARTWATCH_SEED change the run; the seed is printed."""

import os
import pathlib
import random
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import program_from_environment, wait_for  # noqa: E402
from link_kit import Links, enter_namespace  # noqa: E402
from link_load import Load  # noqa: E402
from link_proxy import DOWN, UP, Proxy  # noqa: E402

BREAKS = int(os.environ.get("CARTWATCH_BREAKS", "150"))
SEED = int(os.environ.get("CARTWATCH_SEED", str(random.SystemRandom().randrange(1_000_000))))
THIN = 1_000  # bytes a second


class LinkOverBadLines(unittest.TestCase):
    def through_proxies(self, wards, joined):
        """Each ward behind a proxy of its own; the first ones speak TLS."""
        links = Links(program_from_environment(), wards=wards)
        links.joined = links.wards[:joined]
        proxies = []
        for number, ward in enumerate(links.wards):
            proxy = Proxy(links.link, SEED + number)
            self.addCleanup(proxy.close)
            ward.calls = [proxy.address]
            proxies.append(proxy)
        return links, proxies

    def test_a_thin_line_is_its_own_wards_trouble(self):
        # As on a real line, little waits in the kernel's buffers.
        for name in ("tcp_wmem", "tcp_rmem"):
            pathlib.Path(f"/proc/sys/net/ipv4/{name}").write_text("4096 16384 16384\n")
        links, proxies = self.through_proxies(wards=2, joined=0)
        with links:
            thin, well = links.wards
            with Load(links) as load:
                for direction in (UP, DOWN):
                    self.thin_for_a_while(load, thin, well, proxies[0], direction)
            load.hold(self)
            connected = links.pharmacy.told(f"{thin.name} connected")
            self.assertEqual(connected, 1, "a thin line is not given up")
            print(f"the thin line: {dict(proxies[0].counts)}")

    def thin_for_a_while(self, load, thin, well, proxy, direction):
        nurse = next(nurse for nurse in load.nurses if nurse.ward is well)
        proxy.rates[direction] = THIN
        load.wait_for_more(15, thin)
        first = len(nurse.raised)
        load.wait_for_more(20, well)
        self.assertGreater(thin.view()["link"]["waiting"], 0, "the thin line is still busy")
        meant = nurse.raised[first : first + 15]
        shown = load.watcher.first_seen
        wait_for(
            lambda: all((well.name, cart, episode) in shown for cart, episode, _ in meant),
            "the other ward's alerts are on the board",
        )
        self.assertGreater(thin.view()["link"]["waiting"], 0, "the thin line is still busy")
        delays = [shown[(well.name, cart, episode)] - when for cart, episode, when in meant]
        print(
            f"{THIN} bytes a second {direction}, {thin.view()['link']['waiting']} entries wait there: "
            f"{len(meant)} alerts of the other ward shown meanwhile, median "
            f"{statistics.median(delays) * 1000:.0f} ms"
        )
        proxy.rates[direction] = None

    def test_lines_break_at_any_byte_and_deliver_late(self):
        print(f"seed {SEED}, {BREAKS} breaks", flush=True)
        links, proxies = self.through_proxies(wards=3, joined=1)
        with links:
            with Load(links) as load:
                for proxy in proxies:
                    proxy.cut_after, proxy.held_share = (1, 12_000), 0.6
                    proxy.break_all()

                def enough():
                    load.check_workers()
                    return sum(proxy.counts["breaks"] for proxy in proxies) >= BREAKS

                wait_for(enough, f"{BREAKS} breaks", 600)
                for proxy in proxies:
                    proxy.cut_after, proxy.held_share = None, 0.0
                load.wait_for_more(5)
            for proxy in proxies:
                proxy.break_all()
            load.hold(self)
            counts = sum((proxy.counts for proxy in proxies), type(proxies[0].counts)())
            self.assertGreater(counts["late deliveries"], 0)
            print(dict(counts))


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
