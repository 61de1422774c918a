"""What people do while the link suffers, and what must hold afterwards: nurses find carts empty and
stocked again, a pharmacist takes alerts on, a board is watched, and a checker compares."""

import collections
import json
import statistics
import threading
import time
import uuid

from hospital import Unmet, badge, wait_for
from link_kit import NO_ANSWER, PRODUCT, Refused

GTIN = "09521000000704"


class Worker(threading.Thread):
    """Somebody who works until told to stop, and whose error is the test's."""

    def __init__(self):
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.error = None
        self.repeated = 0  # requests made again because no answer came
        self.refused = 0  # requests that were answered "not recorded"

    def run(self):
        try:
            while not self.done.is_set():
                self.work()
        except Exception as error:  # reported by `finish`
            self.error = error

    def finish(self):
        self.done.set()
        self.join(timeout=150)
        if self.error:
            raise self.error
        if self.is_alive():
            raise Unmet(f"{type(self).__name__} does not come to an end")

    def insist(self, node, path, body):
        """The reply, asked for under one key until it is given: acknowledged means on disk."""
        key = str(uuid.uuid4())

        def once():
            try:
                return node.ask("POST", path, body, key)["reply"]
            except NO_ANSWER:
                self.repeated += 1
            except Refused as refusal:
                if refusal.status != 503:
                    raise
                self.refused += 1
            return None

        return wait_for(once, f"{node.name} answers {path}", 240)


class Nurse(Worker):
    """Finds one cart after the other empty, then stocked, and so on: each check is one alert raised or
    resolved. Remembers what the ward acknowledged to her."""

    def __init__(self, ward):
        super().__init__()
        self.ward = ward
        self.raised = []  # (cart, episode, when), as acknowledged, in order
        self.resolved = 0
        self.episodes = collections.Counter()
        self.empty = {}  # cart: as she left it
        for cart, _, episode, is_open in alerts_in(ward.journal(ward.name)):
            self.episodes[cart] = episode
            self.empty[cart] = is_open
        self.before = len(raised_in(ward.journal(ward.name)))
        self.carts = [(cart["id"], cart["tag"]) for cart in ward.view()["carts"]]
        self.checks = 0
        self.mode = self.mode_seen = "both"  # or: empty, stock, rest

    def work(self):
        self.mode_seen = self.mode
        cart, tag = self.carts[self.checks % len(self.carts)]
        self.checks += 1
        empty = self.empty.get(cart, False)
        if self.mode_seen in ("both", "stock" if empty else "empty"):
            self.check(cart, tag, not empty)
        self.done.wait(0.05)  # between two carts: the machine is others' as well

    def turn_to(self, mode):
        """From now on she does only this: empty carts, stock them, both, or rest."""
        self.mode = mode
        wait_for(lambda: self.error or self.mode_seen == mode, f"the nurse turns to {mode}")

    def all_stocked(self):
        return not any(self.empty.values())

    def check(self, cart, tag, empty):
        for _ in range(30):
            check = self.open(cart, tag)  # also where the session died with the daemon
            self.count(empty)
            if self.sign(check):
                self.remember(cart, empty)
                return
        raise Unmet(f"the check of {cart} is not closed")

    def remember(self, cart, empty):
        self.empty[cart] = empty
        if empty:
            self.episodes[cart] += 1
            self.raised.append((cart, self.episodes[cart], time.monotonic()))
        else:
            self.resolved += 1

    def view(self):
        def once():
            try:
                return self.ward.view()
            except NO_ANSWER:
                self.repeated += 1
                return None

        return wait_for(once, f"{self.ward.name} answers", 240)

    def open(self, cart, tag):
        for _ in range(30):
            check = self.view()["check"]
            if check is not None:
                return check["id"]
            self.scan(badge("N001"))
            self.scan(tag)
        raise Unmet(f"the check of {cart} does not open")

    def count(self, empty):
        line = self.view()["check"]["lines"][0]
        if line["state"] not in ("open", "todo"):
            return  # before the daemon died
        if empty:
            self.insist(
                self.ward,
                "/api/v1/commands",
                {"station": "S", "command": {"do": "missing", "line": PRODUCT}},
            )
        else:
            self.scan(f"]d201{GTIN}1739123110LOT")

    def sign(self, check):
        for _ in range(4):
            reply = self.scan(badge("N001"))
            if reply["message"] == "check_closed":
                return True
            if reply["message"] == "check_too_old":  # a clock was set
                self.insist(self.ward, "/api/v1/commands", {"station": "S", "command": {"do": "cancel"}})
                return False
            if self.ward.rows("SELECT 1 FROM check_closed WHERE id = ?", check):
                return True
        return False

    def scan(self, text):
        return self.insist(self.ward, "/api/v1/scans", {"station": "S", "text": text})


class Pharmacist(Worker):
    """Takes the newest alert on, again and again: entries for the way back."""

    def __init__(self, pharmacy):
        super().__init__()
        self.pharmacy = pharmacy
        self.accepted = []  # (node, cart, subject, episode), as acknowledged
        self.before = len(accepted_in(pharmacy.journal("pharmacy")))

    def work(self):
        try:
            raised = [row for row in self.pharmacy.view()["alerts"] if row["state"] == "raised"]
        except NO_ANSWER:
            raised = []
        if not raised:
            self.done.wait(0.05)  # between two looks at the board
            return
        row = max(raised, key=lambda one: one["raised_at"])
        alert = {name: row[name] for name in ("node", "cart", "subject", "episode")}
        reply = self.insist(self.pharmacy, "/api/v1/alerts/accept", {**alert, "badge": badge("P001")})
        if reply["kind"] == "accept":
            self.accepted.append(tuple(alert.values()))


class BoardWatcher(Worker):
    """Looks at the board as a page does: an alert is there once, and one that is over does not come
    back."""

    def __init__(self, pharmacy):
        super().__init__()
        self.pharmacy = pharmacy
        self.first_seen = {}  # (node, cart, episode): when
        self.latest = {}  # (node, cart, subject): episode
        self.looks = 0

    def work(self):
        try:
            board = self.pharmacy.view()
        except (Refused, *NO_ANSWER):
            self.done.wait(0.05)
            return
        self.look(board, time.monotonic())
        self.done.wait(0.02)  # between two looks at the board

    def look(self, board, now):
        self.looks += 1
        keys = [(row["node"], row["cart"], row["subject"]) for row in board["alerts"]]
        twice = [key for key, times in collections.Counter(keys).items() if times > 1]
        if twice:
            raise Unmet(f"shown twice at once: {twice}")
        for key, row in zip(keys, board["alerts"]):
            if row["episode"] < self.latest.get(key, 0):
                raise Unmet(f"{key} is shown again after episode {self.latest[key]}: {row['episode']}")
            self.latest[key] = row["episode"]
            self.first_seen.setdefault((key[0], key[1], row["episode"]), now)

    def delays(self, nurse, since=0.0):
        """Seconds from the nurse's acknowledgement to the board, of what was seen there."""
        seen = [
            (self.first_seen.get((nurse.ward.name, cart, episode)), acknowledged)
            for cart, episode, acknowledged in list(nurse.raised)
            if acknowledged >= since
        ]
        return [max(0.0, board - acknowledged) for board, acknowledged in seen if board is not None]


def raised_in(journal):
    """(cart, subject, episode) of each alert raised, in the journal's order."""
    bodies = [json.loads(row[4]) for row in journal if row[2] == "alert.raised"]
    return [(body["cart"], body["subject"], body["episode"]) for body in bodies]


def accepted_in(journal):
    """(node, cart, subject, episode) of each alert that the pharmacy took on, in the journal's order."""
    bodies = [json.loads(row[4]) for row in journal if row[2] == "alert.accepted"]
    return [(body["node"], body["cart"], body["subject"], body["episode"]) for body in bodies]


def alerts_in(journal):
    """The last episode of each alert's key, and whether it is open."""
    latest = {}
    for row in journal:
        if row[2] in ("alert.raised", "alert.resolved", "alert.withdrawn"):
            body = json.loads(row[4])
            latest[(body["cart"], body["subject"])] = (body["episode"], row[2] == "alert.raised")
    return [(*key, *last) for key, last in latest.items()]


class Load:
    """`with Load(links) as load:` everybody works; afterwards `hold` compares."""

    def __init__(self, links, nurses=None):
        self.links = links
        self.nurses = [Nurse(ward) for ward in (nurses or links.wards)]
        self.pharmacist = Pharmacist(links.pharmacy)
        self.watcher = BoardWatcher(links.pharmacy)
        self.workers = [*self.nurses, self.pharmacist, self.watcher]

    def __enter__(self):
        for worker in self.workers:
            worker.start()
        return self

    def __exit__(self, kind, error, trace):
        for worker in self.workers:
            worker.done.set()
        if kind is None:
            for worker in self.workers:
                worker.finish()

    def check_workers(self):
        for worker in self.workers:
            if worker.error:
                raise worker.error

    def acknowledged(self, ward=None):
        return sum(len(nurse.raised) for nurse in self.nurses if ward in (None, nurse.ward))

    def wait_for_more(self, alerts, ward=None, patience=120):
        """Until so many more alerts were acknowledged by the ward (None: by all together)."""
        goal = self.acknowledged(ward) + alerts

        def there():
            self.check_workers()
            return self.acknowledged(ward) >= goal

        wait_for(there, f"{alerts} more alerts", patience)

    def hold(self, test):
        """Nothing acknowledged is lost, nothing is there twice, order is kept, both sides hold the same
        bytes, the board shows each open alert once, verify is true on all. Prints the counts."""
        links = self.links
        links.wait_until_delivered()
        for nurse in self.nurses:
            name = nurse.ward.name
            raised = raised_in(links.pharmacy.journal(name))[nurse.before :]
            acknowledged = [(cart, PRODUCT, episode) for cart, episode, _ in nurse.raised]
            test.assertEqual(raised, acknowledged, f"alerts of {name}: each once, in order")
        self._hold_board(test)
        self._hold_accepted(test)
        for node in links.nodes:
            for of in links.nodes:
                numbers = [row[0] for row in node.journal(of.name)]
                test.assertEqual(numbers, list(range(1, len(numbers) + 1)), f"{of.name} at {node.name}")
        for node in links.nodes:
            node.stop()
        links.verify()
        print(self.counts(), flush=True)

    def _hold_board(self, test):
        board = self.links.pharmacy.view()
        self.watcher.look(board, time.monotonic())
        shown = sorted((row["node"], row["cart"], row["episode"]) for row in board["alerts"])
        must = sorted(
            (ward.name, cart, episode)
            for ward in self.links.wards
            for cart, _, episode, is_open in alerts_in(ward.journal(ward.name))
            if is_open
        )
        test.assertEqual(shown, must, "the board shows what is open, each once")

    def _hold_accepted(self, test):
        written = accepted_in(self.links.pharmacy.journal("pharmacy"))[self.pharmacist.before :]
        test.assertEqual(written, self.pharmacist.accepted, "each acceptance once, in order")

    def counts(self):
        raised = self.acknowledged()
        delays = [delay for nurse in self.nurses for delay in self.watcher.delays(nurse)]
        median = f"{statistics.median(delays) * 1000:.0f} ms" if delays else "none"
        repeated = sum(worker.repeated for worker in self.workers)
        refused = sum(worker.refused for worker in self.workers)
        return (
            f"{raised} alerts acknowledged and {sum(nurse.resolved for nurse in self.nurses)} resolved by "
            f"{len(self.nurses)} wards, {len(self.pharmacist.accepted)} accepted by the pharmacy: "
            f"0 lost, 0 twice, order kept, verify true on {len(self.links.nodes)}; "
            f"{self.watcher.looks} looks at the board saw {len(delays)} of them (median {median} after the "
            f"acknowledgement); {repeated} requests made again, {refused} refused as not recorded"
        )
