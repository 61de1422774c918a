"""A ward and a pharmacy as real processes on loopback, with the example hospital in a folder of the
test's own. Used by the system tests; standard library only."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHEETS = SOURCE / "deploy" / "example-hospital"

# How long a condition may take on a busy machine before the test calls it unmet.
PATIENCE_S = 90


class Unmet(AssertionError):
    """A condition that did not come true in time, or a fact that is not as it must be."""


def wait_for(condition, what, patience=PATIENCE_S):
    """The first true value of condition(), asked until the patience ends."""
    pause = threading.Event()
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Unmet(f"not within {patience} s: {what}")
        pause.wait(0.02)  # between two looks at a condition


def free_ports(count):
    """Ports that were free a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Daemon:
    def __init__(self, program, command, config, log):
        self.command = command
        self.arguments = [program, command, "--config", str(config)]
        self.log = log
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self):
        """As a power cut takes it: no word, no clean-up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise Unmet(f"{self.command} did not end within 20 s of SIGTERM")

    def running(self):
        return self.process is not None and self.process.poll() is None


class Hospital:
    """Ward and pharmacy of the example hospital. `with Hospital(program) as hospital:`"""

    def __init__(self, program, pages=None, sheets=SHEETS, scanners="", link_address="127.0.0.1"):
        self.program = str(program)
        self.sheets = sheets
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cartwatch-system-"))
        self.ward_port, self.board_port, self.link_port = free_ports(3)
        self.pages = pages
        self.link_address = link_address  # where the pharmacy listens for wards
        self.scanners = scanners  # [[scanner]] tables of the ward's configuration
        self._write_configs()
        self.ward = Daemon(self.program, "ward", self.folder / "ward.toml", self.folder / "ward.log")
        self.pharmacy = Daemon(
            self.program, "pharmacy", self.folder / "pharmacy.toml", self.folder / "pharmacy.log"
        )

    def _write_configs(self):
        pages = f'pages = "{self.pages}"\n' if self.pages else 'pages = ""\n'
        (self.folder / "ward.toml").write_text(
            f'node = "ward-1"\nstate = "{self.folder}/ward"\n{pages}log_level = "info"\n'
            f"[web]\nport = {self.ward_port}\n"
            f'[pharmacy]\naddresses = ["{self.link_address}:{self.link_port}"]\n'
            f"{self.scanners}"
        )
        (self.folder / "pharmacy.toml").write_text(
            f'node = "pharmacy"\nstate = "{self.folder}/pharmacy"\n{pages}log_level = "info"\n'
            f"[web]\nport = {self.board_port}\n"
            f'[link]\naddress = "{self.link_address}"\nport = {self.link_port}\n'
        )

    def import_sheets(self):
        for node, sheets in (("ward", ("products", "staff", "carts")), ("pharmacy", ("products", "staff"))):
            for sheet in sheets:
                self.run("import", sheet, self.sheets / f"{sheet}.csv", "--config", self.folder / f"{node}.toml")

    def __enter__(self):
        self.import_sheets()
        self.pharmacy.start()
        self.ward.start()
        self.wait_until_up()
        return self

    def __exit__(self, kind, error, trace):
        for daemon in (self.ward, self.pharmacy):
            if daemon.running():
                daemon.kill() if kind else daemon.stop()
        if kind:
            print(f"logs of the failed run: {self.folder}")
            for daemon in (self.ward, self.pharmacy):
                if daemon.log.exists():
                    print(daemon.log.read_text()[-3000:])
        else:
            shutil.rmtree(self.folder)

    def run(self, *words, status=0):
        """A command of the program; its standard output."""
        done = subprocess.run(
            [self.program, *map(str, words)], capture_output=True, text=True, timeout=PATIENCE_S
        )
        if done.returncode != status:
            raise Unmet(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def wait_until_up(self):
        for port in (self.ward_port, self.board_port):
            wait_for(lambda: self.try_get(port, "/healthz"), f"health of port {port}")

    def try_get(self, port, path):
        try:
            return self.get(port, path)
        except (OSError, http.client.HTTPException):
            return None

    def get(self, port, path):
        return self.request(port, "GET", path)

    def request(self, port, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                raise Unmet(f"{method} {path}: {response.status} {text[:500]!r}")
            return json.loads(text)
        finally:
            connection.close()

    def download(self, port, path):
        """Status, headers and bytes."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    # --- the ward ---

    def view(self, station="OR"):
        return self.get(self.ward_port, f"/api/v1/view?station={station}")

    def scan(self, text, station="OR", key=None):
        """The reply to a scan, given only once it is on disk. With a key it may be made again."""
        return self.post("/api/v1/scans", {"station": station, "text": text}, key)

    def command(self, station="OR", key=None, **command):
        return self.post("/api/v1/commands", {"station": station, "command": command}, key)

    def post(self, path, body, key):
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.request(self.ward_port, "POST", path, body, headers)["reply"]

    def board(self):
        return self.get(self.board_port, "/api/v1/view")

    # --- what is on disk ---

    def rows(self, node, question, *values):
        """Rows of a node's store, read beside the daemon."""
        path = self.folder / node / "cartwatch.db"
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def journal(self, node, of):
        return self.rows(
            node, "SELECT seq, kind, body, hash FROM entry WHERE node = ? ORDER BY seq", of
        )

    def wait_until_delivered(self):
        """Both sides hold the whole of each other's journal."""

        def same():
            return all(
                self.journal("ward", node) == self.journal("pharmacy", node)
                for node in ("ward-1", "pharmacy")
            )

        wait_for(same, "both journals on both disks")

    def verify(self):
        for node in ("ward", "pharmacy"):
            self.run("verify", "--config", self.folder / f"{node}.toml")


def badge(person):
    """The badge of the example's staff: N001 …"""
    for row in (SHEETS / "staff.csv").read_text("utf-8").splitlines()[1:]:
        cells = row.split(",")
        if cells[0] == person:
            return cells[3]
    raise KeyError(person)


def program_from_environment():
    return pathlib.Path(os.environ["CARTWATCH_PROGRAM"])
