"""Goal: the clock of a ward, and then of the pharmacy, is set a year back and a year forward while alerts
flow: they go on flowing, also over a connection made anew, both pages say what is wrong with the clock,
and nothing acknowledged is lost or there twice."""

import contextlib
import datetime
import glob
import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import badge, program_from_environment, wait_for  # noqa: E402
from link_kit import Links, enter_namespace  # noqa: E402
from link_load import Load  # noqa: E402

YEAR = "365d"
OLDEST = "399d"  # a certificate is renewed a day later


class Clock:
    """The clock of a node's machine, as its process sees it; the time since its start goes on evenly."""

    def __init__(self, node, offset="+0d"):
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        self.file = node.folder / "clock"
        self.settings = []
        self.set(offset)
        node.environment = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, offset):
        new = self.file.with_suffix(".new")
        new.write_text(offset + "\n")
        os.replace(new, self.file)
        self.settings.append(offset)


class LinkUnderWrongClocks(unittest.TestCase):
    @contextlib.contextmanager
    def hospital(self, tls):
        """In use for long: what certificates there are were issued as long ago as can be."""
        links = Links(program_from_environment(), wards=2, carts=24, tls=tls)
        clocks = {node.name: Clock(node, f"-{OLDEST}") for node in links.nodes}
        with links:
            for clock in clocks.values():
                clock.set("+0d")
            for node in links.nodes:
                node.restart()
            for ward in links.wards:
                links.wait_until_linked(ward)
            for node in links.nodes:
                self.wait_until_judged(node)
            yield links, clocks

    def test_a_ward(self):
        self.set_clocks_of_a_ward(tls=False)

    def test_a_ward_that_has_joined(self):
        self.set_clocks_of_a_ward(tls=True)

    def set_clocks_of_a_ward(self, tls):
        with self.hospital(tls) as (links, clocks):
            harmed = links.wards[0]
            clock = clocks[harmed.name]
            with Load(links) as load:
                nurse = load.nurses[0]
                load.wait_for_more(5, harmed)
                self.only_empty_from_now_on(nurse)  # with the clock set back no alert ends
                clock.set(f"-{YEAR}")
                self.hold_back(load, harmed)
                clock.set("+0d")
                wait_for(lambda: harmed.view()["clock_back"] is None, "the clock is right again")
                nurse.turn_to("both")

                load.wait_for_more(5, harmed)
                clock.set(f"+{YEAR}")
                harmed.restart()  # it judges the day, which is then lived
                self.call_again(load)
                self.wait_until_judged(harmed, days_ahead=365)
                load.wait_for_more(5, harmed)
                self.only_empty_from_now_on(nurse)
                clock.set("+0d")
                self.hold_back(load, harmed)
                self.confirm(load, harmed, "H001")
                nurse.turn_to("both")
                load.wait_for_more(5, harmed)
            load.hold(self)
            self.print_counts(links, clock)

    def test_the_pharmacy(self):
        with self.hospital(tls=True) as (links, clocks):
            clock = clocks["pharmacy"]
            with Load(links) as load:
                load.wait_for_more(10)
                clock.set(f"-{YEAR}")
                self.hold_back(load, links.pharmacy)
                clock.set("+0d")
                wait_for(lambda: links.pharmacy.view()["clock_back"] is None, "the clock is right again")
                load.wait_for_more(10)
                clock.set(f"+{YEAR}")
                self.call_again(load)
                self.wait_until_judged(links.pharmacy, days_ahead=365)
                load.wait_for_more(10)
                clock.set("+0d")
                self.hold_back(load, links.pharmacy)
                self.confirm(load, links.pharmacy, "P001")
                load.wait_for_more(10)
            load.hold(self)
            self.print_counts(links, clock)

    def wait_until_judged(self, node, days_ahead=0):
        """A pharmacy gives its wards some seconds to say that they hold more of its past first."""
        now = datetime.datetime.now(datetime.timezone.utc)
        day = (now + datetime.timedelta(days=days_ahead - 1)).date()  # a zone may be a day behind

        def judged():
            rows = node.rows("SELECT body FROM entry WHERE node = ? AND kind = 'day.judged'", node.name)
            return any(json.loads(body)["day"] >= day.isoformat() for (body,) in rows)

        wait_for(judged, f"{node.name} has judged {day}")

    def print_counts(self, links, clock):
        connected = sum(ward.told(": connected") for ward in links.wards)
        print(f"the clock was set to {', '.join(clock.settings)}; {connected} connections under them")

    def only_empty_from_now_on(self, nurse):
        nurse.turn_to("stock")
        wait_for(nurse.all_stocked, "all carts are stocked")
        nurse.turn_to("empty")

    def hold_back(self, load, node):
        """Its clock is behind what was lived: the page says so, and alerts arrive all the same."""
        wait_for(lambda: node.view()["clock_back"], f"the page of {node.name} says that the clock is wrong")
        load.wait_for_more(3, node if node.role == "ward" else None)
        self.call_again(load)
        load.wait_for_more(3, node if node.role == "ward" else None)
        wait_for(lambda: self.all_arrived(load), "the alerts arrive")
        self.assertIsNotNone(node.view()["clock_back"])

    def call_again(self, load):
        """A connection made under that clock."""
        load.links.pharmacy.restart()
        for ward in load.links.wards:
            load.links.wait_until_linked(ward)

    def all_arrived(self, load):
        return all(ward.view()["link"]["waiting"] < 20 for ward in load.links.wards)

    def confirm(self, load, node, person):
        """Somebody who may says that the day is right now."""
        nurses = [nurse for nurse in load.nurses if nurse.ward is node]
        for nurse in nurses:
            nurse.turn_to("rest")  # the badge must be the next scan
        day = node.view()["clock_back"]["day"]
        where = {"station": "S" if node.role == "ward" else "pharmacy"}

        def is_right():
            """What the pharmacist does between the two gives the question up: then it is asked anew."""
            node.ask("POST", "/api/v1/clock/confirm", {**where, "day": day})
            node.ask("POST", "/api/v1/scans", {**where, "text": badge(person)})
            return node.view()["clock_back"] is None

        wait_for(is_right, f"the day of {node.name} is right")


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
