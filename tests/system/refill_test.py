"""Goal: what a node wrote comes back to it from its peers. A pharmacy that lost its disk, one that was
restored from an old backup, a ward that was restored; then a ward that wrote on meanwhile: a fork, mended
by the way that schema/link.md states. Nothing that a surviving disk holds is lost, an alert that was
accepted is never shown as new, verify holds everywhere. Each run prints its counts."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import SHEETS, Unmet, program_from_environment, wait_for  # noqa: E402
from link_kit import NO_ANSWER, Links, Refused  # noqa: E402
from link_load import Load  # noqa: E402

ALERTS = 12  # acknowledged between two events


def health(node):
    try:
        return node.ask("GET", "/healthz")
    except (Refused, *NO_ANSWER):
        return {"status": "no answer"}


def wait_until_writing(node):
    wait_for(lambda: health(node)["status"] == "ok", f"{node.name} has its past back")


def work(links, alerts=ALERTS):
    """Nurses raise and resolve, a pharmacist accepts; afterwards all is on all disks."""
    with Load(links) as load:
        load.wait_for_more(alerts)
    links.wait_until_delivered()
    return load


def alert_rows(node):
    """What an alert is, however its answer came."""
    return node.rows(
        "SELECT node, cart, subject, episode, state, accepted_by, accepted_at_ms FROM alert ORDER BY 1, 2, 3"
    )


def journals(node, links):
    return {of.name: node.journal(of.name) for of in links.nodes}


def lose_disk(node):
    """Its database is gone; the keys in `trust` stand elsewhere, as the manual says."""
    for file in node.state.glob("cartwatch.db*"):
        file.unlink()


def watch_until_back(pharmacy, accepted):
    """Looks at the board until it waits for nothing. How often it was seen waiting, and which alerts
    that were answered before were ever offered as new."""
    looks = waited = 0
    new = set()
    while True:
        try:
            board = pharmacy.view()
        except NO_ANSWER:
            continue
        looks += 1
        if board["past"] is not None:
            better = [cart["id"] for cart in board["carts"] if cart["readiness"] in ("ready", "degraded")]
            if better:
                raise Unmet(f"the board calls {better} better than overdue and does not know its past")
        else:
            for row in board["alerts"]:
                key = (row["node"], row["cart"], row["subject"], row["episode"])
                if row["state"] == "raised" and key in accepted:
                    new.add(key)
            return looks, waited, new
        waited += 1


class Refill(unittest.TestCase):
    def links(self, wards=2):
        links = Links(program_from_environment(), wards=wards, carts=6)
        self.listed(links)
        return links

    def listed(self, links):
        """The pharmacy knows its wards, and so whom to wait for."""
        pharmacy = links.pharmacy
        write = pharmacy.write_config

        def with_list():
            write()
            names = json.dumps([ward.name for ward in links.wards])
            pharmacy.config.write_text(pharmacy.config.read_text() + f"wards = {names}\n")

        pharmacy.write_config = with_list

    def hold_same(self, links, before, rows):
        pharmacy = links.pharmacy
        links.wait_until_delivered()
        for name, held in before.items():
            self.assertEqual(pharmacy.journal(name)[: len(held)], held, f"the journal of {name}")
        states = {row[:4]: row for row in alert_rows(pharmacy)}
        self.assertEqual([states.get(row[:4]) for row in rows], rows, "the alerts stand as they stood")
        for ward in links.wards:
            own = [row for row in alert_rows(pharmacy) if row[0] == ward.name]
            self.assertEqual(own, [row for row in alert_rows(ward) if row[0] == ward.name], ward.name)

    def bring_back(self, links, harm):
        """Harms the pharmacy's disk while it is off; what comes back is what was there."""
        pharmacy = links.pharmacy
        before, rows = journals(pharmacy, links), alert_rows(pharmacy)
        accepted = {row[:4] for row in rows if row[4] != "raised"}
        self.assertTrue(accepted, "some alerts were answered")
        pharmacy.stop()
        lost = harm()
        pharmacy.start()
        looks, waited, new = watch_until_back(pharmacy, accepted)
        self.assertGreater(waited, 0, "the board says that it waits")
        self.assertEqual(new, set(), "what was answered is not offered as new")
        self.hold_same(links, before, rows)
        print(
            f"{len(before['pharmacy'])} entries of the pharmacy and {len(before) - 1} wards' "
            f"{sum(len(held) for of, held in before.items() if of != 'pharmacy')}; {lost} were lost, all "
            f"are back; {len(rows)} alerts stand as before, {len(accepted)} of them answered, 0 shown as "
            f"new; {waited} of {looks} looks at the board saw it wait",
            flush=True,
        )

    def test_a_pharmacy_that_lost_its_disk(self):
        with self.links() as links:
            work(links)

            def harm():
                entries = links.pharmacy.rows("SELECT count(*) FROM entry")[0][0]
                lose_disk(links.pharmacy)
                return entries

            self.bring_back(links, harm)
            work(links, 4)  # everybody goes on
            for node in links.nodes:
                node.stop()
            links.verify()

    def test_a_pharmacy_restored_from_yesterdays_backup(self):
        with self.links() as links:
            work(links)
            backup = links.folder / "yesterday.db"
            links.pharmacy.command("backup", backup)
            work(links)

            def harm():
                entries = links.pharmacy.rows("SELECT count(*) FROM entry")[0][0]
                links.pharmacy.command("restore", backup)
                return entries - links.pharmacy.rows("SELECT count(*) FROM entry")[0][0]

            self.bring_back(links, harm)
            work(links, 4)
            for node in links.nodes:
                node.stop()
            links.verify()

    def test_a_ward_restored_from_a_backup(self):
        with self.links() as links:
            ward = links.wards[0]
            work(links, 4)
            backup = links.folder / "ward.db"
            ward.command("backup", backup)
            work(links)
            before, rows = ward.journal(ward.name), alert_rows(ward)
            ward.stop()
            ward.command("restore", backup)
            lost = len(before) - len(ward.journal(ward.name))
            ward.start()
            ward.wait_until_up()
            wait_until_writing(ward)
            links.wait_until_delivered()
            self.assertEqual(ward.journal(ward.name), before)
            self.assertEqual(alert_rows(ward), rows)
            work(links, 4)
            for node in links.nodes:
                node.stop()
            links.verify()
            print(f"{lost} of {len(before)} entries of the ward were lost, all are back", flush=True)

    def test_a_person_ends_the_wait_with_the_daemon_stopped(self):
        with self.links(wards=1) as links:
            ward = links.wards[0]
            backup = links.folder / "ward.db"
            ward.command("backup", backup)
            links.pharmacy.stop()
            ward.stop()
            ward.command("restore", backup)
            with self.assertRaisesRegex(Unmet, "cartwatch ward resume"):
                ward.command("import", "products", SHEETS / "products.csv")
            ward.command("ward", "resume")
            ward.start()
            ward.wait_until_up()
            self.assertEqual(health(ward), {"status": "ok"})
            with self.assertRaisesRegex(Unmet, "ended with 2: .*its daemon runs"):
                ward.command("ward", "resume")
            links.pharmacy.command("pharmacy", "resume")  # nothing to end is ended

    def test_a_ward_that_wrote_on_and_is_mended(self):
        with self.links() as links:
            ward, pharmacy = links.wards[0], links.pharmacy
            work(links, 4)
            backup = links.folder / "ward.db"
            ward.command("backup", backup)
            work(links)
            before = ward.journal(ward.name)
            pharmacy.stop()
            ward.stop()
            ward.command("restore", backup)
            ward.start()
            ward.wait_until_up()

            # The pharmacy is off: nothing is recorded until somebody at the ward says so.
            self.assertEqual(health(ward)["status"], "waiting for its past")
            with self.assertRaises(Refused) as refusal:
                ward.ask("POST", "/api/v1/commands", {"station": "S", "command": {"do": "cancel"}})
            self.assertEqual(refusal.exception.status, 503)
            ward.ask("POST", "/api/v1/past/go_on", {})
            wait_until_writing(ward)
            with Load(links, nurses=[ward]) as load:
                load.wait_for_more(3)
            # Both wrote: said on both pages.
            pharmacy.start()
            pharmacy.wait_until_up()
            for problems in (
                lambda: [ward.view()["link"]["problem"]],
                lambda: [row["problem"] for row in pharmacy.view()["wards"]],
            ):
                wait_for(lambda: "fork" in [one["code"] for one in problems() if one], "both pages tell")

            # Set aside, refilled, compared.
            ward.stop()
            kept = links.folder / "kept.db"
            ward.command("backup", kept)
            branch = [row for row in ward.journal(ward.name) if row not in before]
            self.assertGreater(len(branch), 3)
            lose_disk(ward)
            ward.start()
            ward.wait_until_up()
            wait_until_writing(ward)
            links.wait_until_delivered()
            self.assertEqual(ward.journal(ward.name)[: len(before)], before)
            words = self.words_of(links, ward, kept)
            self.assertEqual(len(words), len(branch), "each entry of the branch is told once")
            self.assertTrue(any("alert raised" in line for line in words))
            work(links, 4)
            for node in links.nodes:
                node.stop()
            links.verify()
            print(
                f"a fork of {len(branch)} entries beside {len(before)}: set aside, told in words, and the "
                f"ward's journal is the pharmacy's again",
                flush=True,
            )

    def words_of(self, links, ward, kept):
        try:
            ward.command("verify", "--beside", kept)
        except Unmet as told:  # status 1: there is something
            text = str(told)
        else:
            raise Unmet("nothing stands in the branch alone")
        lines = text.split(" ended with 1: ", 1)[1].splitlines()
        return [line for line in lines if " entry " in line and line[:2] == "20"]


if __name__ == "__main__":
    unittest.main(verbosity=2)
