"""Goal: a ward that lies about the pharmacy's journal neither stops the pharmacy nor adds to its past. A
scripted ward claims what it cannot prove while others work; then, with the pharmacy's disk lost, it gives
back entries that were never written. Each run prints its counts."""

import contextlib
import hashlib
import json
import pathlib
import secrets
import shutil
import socket
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import program_from_environment, wait_for  # noqa: E402
from link_kit import NO_ANSWER, Links, Refused  # noqa: E402
from link_load import Load  # noqa: E402

LIAR = "ward-x"


class Scripted:
    """A ward that says what the test lets it say."""

    def __init__(self, address, have=None):
        self.socket = socket.create_connection(address, timeout=20)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")
        held = {"have": {}} if have is None else have
        self.say({"type": "hello", "protocol": 1, "node": LIAR, **held})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.socket.close()

    def say(self, message):
        self.socket.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")

    def hear(self, wanted):
        """The next line of one of these types; what comes before is passed over."""
        for line in self.lines:
            message = json.loads(line)
            if message["type"] in wanted:
                return message
        raise AssertionError(f"the pharmacy hung up without any of {wanted}")

    def outcome(self):
        """The code of the error, or what it is asked for."""
        message = self.hear({"error", "return"})
        return message.get("code", message["type"])


def claim(seq, digest=None, mark=None):
    said = {"have": {"pharmacy": seq}}
    said |= {"have_hash": {"pharmacy": digest}} if digest else {}
    return said | ({"have_mark": {"pharmacy": mark}} if mark else {})


def invented_after(entry, mark):
    """An entry that continues the chain and was never written."""
    body = '{"invented":true}'
    prev = entry["hash"] if entry else "0" * 64
    forged = {"node": "pharmacy", "seq": entry["seq"] + 1 if entry else 1, "at": "2026-11-22T02:06:39.123Z"}
    forged |= {"kind": "test.happened", "actor": "N001", "prev": prev}
    members = [prev, "pharmacy", str(forged["seq"]), forged["at"], forged["kind"], forged["actor"], body]
    forged["hash"] = hashlib.sha256("".join(f"{member}\n" for member in members).encode()).hexdigest()
    return {"type": "entry", **forged, "body": json.loads(body), "mark": mark}


def status_of(node):
    with contextlib.suppress(Refused, *NO_ANSWER):
        return node.ask("GET", "/healthz")["status"]
    return None


class LinkClaims(unittest.TestCase):
    def links(self):
        links = Links(program_from_environment(), wards=1, carts=6)
        pharmacy, write = links.pharmacy, links.pharmacy.write_config

        def with_list():  # the pharmacy knows whom to wait for
            write()
            names = json.dumps([*(ward.name for ward in links.wards), LIAR])
            pharmacy.config.write_text(pharmacy.config.read_text() + f"wards = {names}\n")

        pharmacy.write_config = with_list
        return links

    def received(self, links):
        """All of the pharmacy's entries, as a ward gets them."""
        last = links.pharmacy.last("pharmacy")[0][0]
        entries = []
        with Scripted(links.link) as ward:
            while len(entries) < last:
                entries.append(ward.hear({"entry"}))
            ward.say({"type": "ack", "seq": last})
        return entries

    def problem_of_the_liar(self, pharmacy):
        (row,) = [row for row in pharmacy.view()["wards"] if row["node"] == LIAR]
        return row["problem"] and row["problem"]["code"]

    def test_a_claim_without_proof_stops_nobody(self):
        with self.links() as links:
            pharmacy = links.pharmacy
            entries = self.received(links)
            last = entries[-1]
            self.assertEqual([len(entry["mark"]) for entry in entries], [32] * len(entries))
            lies = {
                "a number": claim(1_000_000),
                "a chain of its own": claim(1_000_000, secrets.token_hex(32), secrets.token_hex(16)),
                "a true mark under a higher number": claim(1_000_000, last["hash"], last["mark"]),
                "a true mark under another content": claim(1_000_000, secrets.token_hex(32), last["mark"]),
            }
            with Load(links) as load:
                load.wait_for_more(3)
                for _ in range(3):
                    for name, lie in lies.items():
                        with Scripted(links.link, lie) as ward:
                            self.assertEqual(ward.outcome(), "unproven", name)
                        self.assertEqual(status_of(pharmacy), "ok", name)
                        load.wait_for_more(1)
                self.assertEqual(self.problem_of_the_liar(pharmacy), "unproven")
                self.assertEqual(pharmacy.rows("SELECT count(*) FROM awaited_past WHERE ended = 0"), [(0,)])
                self.assertGreater(pharmacy.told("does not bear its mark"), 0)
                with Scripted(links.link, claim(last["seq"], last["hash"])) as ward:
                    ward.hear({"entry"})  # the truth needs no proof where nothing is missing
                self.assertEqual([worker.refused for worker in load.workers], [0] * len(load.workers))
            load.hold(self)
            print(f"{3 * len(lies)} lies refused, nobody else was", flush=True)

    def test_an_invented_past_is_not_recorded(self):
        with self.links() as links:
            pharmacy, honest = links.pharmacy, links.wards[0]
            with Load(links) as load:
                load.wait_for_more(4)
            links.wait_until_delivered()
            entries = self.received(links)
            last = entries[-1]
            before = pharmacy.journal("pharmacy")
            honest.stop()
            pharmacy.stop()
            for file in pharmacy.state.glob("cartwatch.db*"):
                file.unlink()
            pharmacy.start()
            pharmacy.wait_until_up()

            truth = claim(last["seq"], last["hash"], last["mark"])
            forged = [
                [invented_after(None, entries[0]["mark"])],
                [invented_after(None, secrets.token_hex(16))],
                [entries[0], invented_after(entries[0], entries[1]["mark"])],
                [{key: value for key, value in entries[1].items() if key != "mark"}],
            ]
            with Scripted(links.link, claim(last["seq"], last["hash"], entries[0]["mark"])) as ward:
                self.assertEqual(ward.outcome(), "unproven")
            for given in forged:
                with Scripted(links.link, truth) as ward:
                    after = ward.hear({"return"})["after"]
                    for entry in given:
                        if entry["seq"] > after:
                            ward.say(entry)
                    self.assertEqual(ward.outcome(), "unproven", given[-1])
            wait_for(lambda: len(pharmacy.journal("pharmacy")) == 1, "what was proven is kept")
            self.assertEqual(pharmacy.journal("pharmacy"), before[:1])
            self.assertEqual(status_of(pharmacy), "waiting for its past")
            hearings = {peer["node"]: peer["hearing"] for peer in pharmacy.view()["past"]["peers"]}
            self.assertEqual(hearings, {honest.name: "awaited", LIAR: "unproven"})

            honest.start()  # and gives back what was there; the liar is not waited for
            wait_for(lambda: status_of(pharmacy) == "ok", "the pharmacy has its past back")
            self.assertEqual(pharmacy.journal("pharmacy")[: len(before)], before)
            honest.wait_until_up()
            links.wait_until_delivered()
            for node in links.nodes:
                node.stop()
            links.verify()
            print(f"{len(forged)} invented pasts refused; {len(before)} entries are back", flush=True)

    def test_a_pharmacy_that_lost_its_key_as_well_gets_its_past_back(self):
        links = self.links()
        with links:
            pharmacy = links.pharmacy
            with Load(links) as load:
                load.wait_for_more(3)
            links.wait_until_delivered()
            before = pharmacy.journal("pharmacy")
            with Scripted(links.link):
                pass  # known, and holds nothing
            pharmacy.stop()
            shutil.rmtree(pharmacy.state)
            pharmacy.start()
            pharmacy.wait_until_up()
            wait_for(lambda: pharmacy.last("pharmacy")[0][0] == len(before), "its entries are back")
            with Scripted(links.link) as ward:
                ward.hear({"hello"})
                wait_for(lambda: status_of(pharmacy) == "ok", "the pharmacy has its past back")
            self.assertEqual(pharmacy.journal("pharmacy")[: len(before)], before)
            # From here on nobody adds to it without proof.
            with Scripted(links.link, claim(1_000_000)) as ward:
                self.assertEqual(ward.outcome(), "unproven")
            self.assertEqual(status_of(pharmacy), "ok")


if __name__ == "__main__":
    unittest.main(verbosity=2)
