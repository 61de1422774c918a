"""Wards and a pharmacy as real processes, each where a test can harm it alone: in a network namespace,
behind a proxy, on a disk of its own, under a clock of its own. Used by the link's fault tests."""

import contextlib
import csv
import ctypes
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

from hospital import SHEETS, Unmet, free_ports, wait_for

INSIDE = "CARTWATCH_TEST_NAMESPACE"
PRODUCT = "atropine-0.5mg"  # neither high-alert nor controlled: one signature is enough

_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x40000000


def enter_namespace():
    """Runs the calling program again in network, mount and process namespaces of its own: what it starts,
    mounts and links ends with it, however it ends."""
    if INSIDE in os.environ:
        return
    prepare = 'ip link set lo up && mount -t tmpfs tmpfs /run && exec "$@"'
    unshare = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    unshare += [] if os.geteuid() == 0 else ["--map-root-user"]
    words = [*unshare, "sh", "-c", prepare, "sh", sys.executable, *sys.argv]
    os.execvpe(words[0], words, {**os.environ, INSIDE: "1"})


def run(*words, environment=None):
    environment = {**os.environ, **(environment or {})}
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=60, env=environment)
    if done.returncode != 0:
        raise Unmet(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def in_network(name):
    """This thread's sockets are made in the named network namespace; None: where the thread is."""
    if name is None:
        yield
        return
    with open("/proc/thread-self/ns/net", "rb") as home, open(f"/run/netns/{name}", "rb") as there:
        if _libc.setns(there.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {name}")
        try:
            yield
        finally:
            if _libc.setns(home.fileno(), _CLONE_NEWNET) != 0:
                raise SystemExit(f"cannot leave {name}")


class Refused(Unmet):
    """The daemon answered, and not with 200."""

    def __init__(self, what, status, body):
        super().__init__(f"{what}: {status} {body[:300]!r}")
        self.status = status


NO_ANSWER = (OSError, http.client.HTTPException, json.JSONDecodeError)


class Node:
    """A ward or the pharmacy: its files, its process, its pages."""

    def __init__(self, hospital, name, role):
        self.hospital = hospital
        self.name = name
        self.role = role  # ward or pharmacy
        self.folder = hospital.folder / name
        self.folder.mkdir()
        self.state = self.folder / "state"
        self.config = self.folder / "config.toml"
        self.log = self.folder / "log"
        self.network = None  # a network namespace
        self.environment = {}
        self.calls = []  # of a ward: addresses of the pharmacy
        self.process = None
        self.starts = 0
        (self.port,) = free_ports(1)

    def write_config(self):
        text = f'node = "{self.name}"\nstate = "{self.state}"\npages = ""\nlog_level = "info"\n'
        text += f"[web]\nport = {self.port}\n"
        if self.role == "ward":
            text += f"[pharmacy]\naddresses = {json.dumps(self.calls)}\n"
        else:
            host, port = self.hospital.link
            text += f'[link]\naddress = "{host}"\nport = {port}\n'
        self.config.write_text(text)

    def command(self, *words):
        words = [*self._within(), self.hospital.program, *words, "--config", self.config]
        return run(*words, environment=self.environment)

    def _within(self):
        return ["nsenter", f"--net=/run/netns/{self.network}"] if self.network else []

    def start(self):
        words = [*self._within(), self.hospital.program, self.role, "--config", str(self.config)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
            )
        self.starts += 1

    def running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """As a power cut takes it: no word, no clean-up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.running():
            self.process.terminate()
            self.process.wait(timeout=30)

    def restart(self):
        self.kill()
        self.start()
        self.wait_until_up()

    def ask(self, method, path, body=None, key=None, patience=20):
        """The answer of its pages. Refused: it answered something else than 200."""
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            with in_network(self.network):
                connection.connect()
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                raise Refused(f"{method} {path} of {self.name}", response.status, text)
            return json.loads(text) if response.headers.get_content_subtype() == "json" else text.decode()
        finally:
            connection.close()

    def metric(self, name):
        for line in self.ask("GET", "/metrics").splitlines():
            if line.startswith(f"cartwatch_{name} "):
                return float(line.split()[1])
        raise Unmet(f"{self.name} has no metric {name}")

    def health(self):
        """200, or 503 while it records nothing; None: no answer."""
        try:
            self.ask("GET", "/healthz")
            return 200
        except Refused as refusal:
            return refusal.status
        except NO_ANSWER:
            return None

    def wait_until_up(self):
        def up():
            if not self.running():
                raise Unmet(f"{self.name} ended with {self.process.returncode}")
            return self.health() is not None

        wait_for(up, f"{self.name} answers")

    def view(self, station="S"):
        return self.ask("GET", "/api/v1/view" + (f"?station={station}" if self.role == "ward" else ""))

    def rows(self, question, *values):
        """Rows of its store, read beside the daemon."""
        path = self.state / "cartwatch.db"
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def journal(self, of):
        """A node's journal as this one holds it, byte for byte."""
        return self.rows(
            "SELECT seq, at_ms, kind, actor, body, prev, hash FROM entry WHERE node = ? ORDER BY seq", of
        )

    def last(self, of):
        return self.rows("SELECT max(seq) FROM entry WHERE node = ?", of)

    def told(self, part):
        """How often its log says this."""
        return self.log.read_text(errors="replace").count(part) if self.log.exists() else 0

    def wait_for_note(self, part, times=1):
        wait_for(lambda: self.told(part) >= times, f"a note of {self.name}: {part}")


class Links:
    """A pharmacy and its wards, each ward with carts of one line. Enter it to start them all; `tls`: the
    wards join first. Before that, a test may change where its nodes live."""

    def __init__(self, program, wards=1, carts=12, tls=False):
        self.program = str(program)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cartwatch-link-"))
        self.link = ("127.0.0.1", free_ports(1)[0])
        self.pharmacy = Node(self, "pharmacy", "pharmacy")
        self.wards = [Node(self, f"ward-{number}", "ward") for number in range(1, wards + 1)]
        self.joined = self.wards if tls else []  # those that speak TLS
        self.carts = carts
        self.at_end = []  # called when the nodes have ended, before their files are removed
        for ward in self.wards:
            ward.calls = ["{}:{}".format(*self.link)]

    @property
    def nodes(self):
        return [self.pharmacy, *self.wards]

    def __enter__(self):
        try:
            for node in self.nodes:
                node.write_config()
                node.state.mkdir(exist_ok=True)
                for sheet in ("products", "staff"):
                    node.command("import", sheet, SHEETS / f"{sheet}.csv")
                if node.role == "ward":
                    node.command("import", "carts", self._cart_sheet(node))
            self.pharmacy.start()
            self.pharmacy.wait_until_up()
            for ward in self.wards:
                if ward in self.joined:
                    self.join(ward)
                ward.start()
            for ward in self.wards:
                ward.wait_until_up()
                self.wait_until_linked(ward)
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, error, trace):
        for node in self.nodes:
            if node.running():
                node.kill()
            if node.network:
                run("ip", "link", "del", link_of(node))
                run("ip", "netns", "del", node.network)
        for end in self.at_end:
            end()
        if kind:
            print(f"files of the failed run: {self.folder}")
            for node in self.nodes:
                if node.log.exists():
                    print(f"--- {node.name}\n{node.log.read_text(errors='replace')[-3000:]}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _cart_sheet(self, ward):
        with open(SHEETS / "carts.csv", encoding="utf-8", newline="") as source:
            columns = csv.DictReader(source).fieldnames
        path = ward.folder / "carts.csv"
        with open(path, "w", encoding="utf-8", newline="") as sheet:
            writer = csv.DictWriter(sheet, columns, restval="")
            writer.writeheader()
            for number in range(1, self.carts + 1):
                writer.writerow(
                    {
                        "cart": f"{ward.name}-{number:02}",
                        "cart_name_zh": f"{ward.name} 抢救车 {number}",
                        "station": "S",
                        "station_name_zh": ward.name,
                        "row": "line",
                        "id": PRODUCT,
                        "product": PRODUCT,
                        "position": "1",
                        "par": "1",
                        "critical": "yes",
                        "count_by": "unit",
                        "function": "circulation",
                    }
                )
        return path

    def join(self, ward):
        code = self.pharmacy.command("pharmacy", "enroll", ward.name).strip()
        ward.command("ward", "join", ward.calls[0], "--code", code)

    def linked(self, ward):
        return ward.view()["link"]["state"] == "connected"

    def wait_until_linked(self, ward, linked=True):
        wait_for(
            lambda: self.linked(ward) == linked,
            f"the link of {ward.name}" + ("" if linked else " is known to be down"),
        )

    def wait_until_delivered(self):
        """Each ward and the pharmacy hold the whole of each other's journal, byte for byte."""

        def same(ward):
            return all(
                ward.last(name) == self.pharmacy.last(name)
                and ward.journal(name) == self.pharmacy.journal(name)
                for name in (ward.name, "pharmacy")
            )

        for ward in self.wards:
            wait_for(lambda ward=ward: same(ward), f"{ward.name} and the pharmacy hold the same")

    def verify(self):
        for node in self.nodes:
            node.command("verify")

    # --- networks ---

    def give_networks(self):
        """Each node into a network of its own, with this test as the router between them: a ward's
        packets go through its link `v-NAME`."""
        pathlib.Path("/proc/sys/net/ipv4/ip_forward").write_text("1\n")
        for number, node in enumerate(self.nodes):
            node.network = node.name
            near, far = f"10.91.{number}.1", f"10.91.{number}.2"
            run("ip", "netns", "add", node.network)
            run("ip", "link", "add", link_of(node), "type", "veth", "peer", "eth0", "netns", node.network)
            run("ip", "address", "add", f"{near}/24", "dev", link_of(node))
            run("ip", "link", "set", link_of(node), "up")
            inside = ["ip", "-n", node.network]
            run(*inside, "link", "set", "lo", "up")
            run(*inside, "address", "add", f"{far}/24", "dev", "eth0")
            run(*inside, "link", "set", "eth0", "up")
            run(*inside, "route", "add", "default", "via", near)
            node.address = far
        self.link = (self.pharmacy.address, 7411)
        for ward in self.wards:
            ward.calls = ["{}:{}".format(*self.link)]


def link_of(node):
    return f"v-{node.name}"


def cut_cable(node):
    run("ip", "link", "set", link_of(node), "down")


def plug_cable(node):
    run("ip", "link", "set", link_of(node), "up")


FROM, TO = "from", "to"


def swallow(node, directions=(FROM, TO)):
    """Packets from it, or to it, vanish without a word; its cable looks alive."""
    if TO in directions:
        run("ip", "route", "replace", "blackhole", f"{node.address}/32")
    if FROM in directions:
        pathlib.Path(f"/proc/sys/net/ipv4/conf/{link_of(node)}/forwarding").write_text("0\n")


def stop_swallowing(node, directions=(FROM, TO)):
    if TO in directions:
        run("ip", "route", "del", "blackhole", f"{node.address}/32")
    if FROM in directions:
        pathlib.Path(f"/proc/sys/net/ipv4/conf/{link_of(node)}/forwarding").write_text("1\n")
