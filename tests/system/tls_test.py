"""The goal: on addresses that are not loopback a ward speaks to its pharmacy over TLS, once it has
joined, and nobody else is heard. The daemons run in a network namespace of the test's own."""

import json
import os
import pathlib
import socket
import ssl
import stat
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import Hospital, badge, program_from_environment, wait_for  # noqa: E402

PHARMACY = "10.91.0.1"
INSIDE = "CARTWATCH_TEST_NAMESPACE"


def enter_namespace():
    """Runs this file again where 10.91.0.1 is an address of this machine, and of no other."""
    prepare = f"ip link set lo up && ip address add {PHARMACY}/32 dev lo && exec \"$@\""
    unshare = ["unshare", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    words = [*unshare, "sh", "-c", prepare, "sh", sys.executable, *sys.argv]
    os.execvpe(words[0], words, {**os.environ, INSIDE: "1"})


def hello(node):
    return json.dumps({"type": "hello", "protocol": 1, "node": node, "have": {}}).encode() + b"\n"


def read_to_end(peer):
    heard = b""
    try:
        while chunk := peer.recv(65536):
            heard += chunk
    except (ConnectionResetError, ssl.SSLError) as end:
        heard += str(end).encode()
    return heard


class Tls(unittest.TestCase):
    def setUp(self):
        self.hospital = Hospital(program_from_environment(), link_address=PHARMACY)
        self.hospital.import_sheets()
        self.hospital.pharmacy.start()
        wait_for(lambda: self.hospital.try_get(self.hospital.board_port, "/healthz"), "the board")
        self.addCleanup(self.end)

    def end(self):
        failed = any(error for _, error in self._outcome.result.failures + self._outcome.result.errors)
        self.hospital.__exit__(AssertionError if failed else None, None, None)

    # --- the commands, beside the daemons ---

    def command(self, *words):
        done = subprocess.run(
            [self.hospital.program, *map(str, words)], capture_output=True, text=True, timeout=60
        )
        return done.returncode, done.stdout.strip(), done.stderr

    def enroll(self, node="ward-1"):
        status, code, words = self.command(
            "pharmacy", "enroll", node, "--config", self.hospital.folder / "pharmacy.toml"
        )
        self.assertEqual(status, 0, words)
        self.assertIn(code, words)
        return code

    def join(self, code, port=None):
        return self.command(
            "ward", "join", f"{PHARMACY}:{port or self.hospital.link_port}", "--code", code,
            "--config", self.hospital.folder / "ward.toml",
        )

    def join_and_start(self):
        status, words, errors = self.join(self.enroll())
        self.assertEqual(status, 0, errors)
        self.assertIn("ward-1: joined pharmacy", words)
        self.hospital.ward.start()
        self.hospital.wait_until_up()
        self.wait_until_linked()

    def wait_until_linked(self, linked=True):
        wait_for(
            lambda: (self.hospital.view()["link"]["state"] == "connected") == linked,
            "the link" if linked else "the link's end",
        )

    def log_of(self, daemon):
        return daemon.log.read_text()

    def wait_for_note(self, daemon, part):
        wait_for(lambda: part in self.log_of(daemon), f"a note: {part}")

    def connect(self):
        return socket.create_connection((PHARMACY, self.hospital.link_port), timeout=60)

    def call(self, context, said, protocol="cartwatch-link"):
        """What the pharmacy says to these bytes over TLS; the words of a refused handshake."""
        context.check_hostname = False
        context.set_alpn_protocols([protocol])
        with self.connect() as plain:
            try:
                with context.wrap_socket(plain) as peer:
                    peer.sendall(said)
                    return read_to_end(peer)
            except (ssl.SSLError, ConnectionResetError) as refusal:
                return str(refusal).encode()

    def context_of_ward(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        own = self.hospital.folder / "ward" / "trust" / "ward.pem"
        context.check_hostname = False
        context.load_cert_chain(own)
        context.load_verify_locations(cadata="-----BEGIN" + own.read_text().split("-----BEGIN")[-1])
        return context

    # --- what is asked ---

    def test_a_ward_joins_and_works(self):
        self.hospital.ward.start()
        wait_for(lambda: not self.hospital.ward.running(), "the ward's refusal to start")
        self.assertEqual(self.hospital.ward.process.returncode, 2)
        self.assertIn("cartwatch ward join", self.log_of(self.hospital.ward))

        code = self.enroll()
        self.assertEqual(self.join(code[:-1])[0], 2)
        self.assertEqual(self.join(code.swapcase())[0], 0)
        status, _, errors = self.join(code)
        self.assertEqual((status, "was used already" in errors), (1, True), errors)
        self.hospital.ward.start()
        self.hospital.wait_until_up()
        self.wait_until_linked()
        for node in ("ward", "pharmacy"):
            folder = self.hospital.folder / node / "trust"
            self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
            for file in folder.rglob("*.[pj]*"):
                self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)

        hospital = self.hospital
        hospital.scan(badge("N001"))
        hospital.scan(hospital.view()["carts"][0]["tag"])
        hospital.wait_until_delivered()
        hospital.pharmacy.kill()
        for code in ("1", "2", "3"):
            hospital.scan(code)
        hospital.pharmacy.start()
        hospital.wait_until_delivered()
        hospital.ward.stop()
        hospital.pharmacy.stop()
        hospital.verify()

    def test_a_revoked_ward_is_cut_off_and_may_join_again(self):
        self.join_and_start()
        words = ("pharmacy", "revoke", "ward-1", "--config", self.hospital.folder / "pharmacy.toml")
        self.assertEqual(self.command(*words)[0], 0)
        self.wait_until_linked(False)
        self.wait_for_note(self.hospital.pharmacy, "a connection is ended: the certificate of ward-1")
        self.wait_for_note(self.hospital.ward, "revoked")

        status, _, errors = self.join(self.enroll())
        self.assertEqual(status, 0, errors)
        self.wait_until_linked()  # by the running daemon, which looks at each call
        self.assertEqual(self.command(*words[:2], "nobody", *words[3:])[0], 2)

    def test_another_pharmacy_is_not_believed(self):
        code = self.enroll()
        self.assertEqual(self.join(code)[0], 0)
        code = self.enroll()
        self.hospital.pharmacy.stop()
        trust = self.hospital.folder / "pharmacy" / "trust"
        trust.rename(trust.with_name("own"))
        self.hospital.pharmacy.start()  # makes another authority on the same address
        wait_for(lambda: self.hospital.try_get(self.hospital.board_port, "/healthz"), "the board")
        self.enroll()

        status, _, errors = self.join(code)
        self.assertEqual(status, 1, errors)
        self.assertIn("is not the pharmacy that made this code", errors)
        self.hospital.ward.start()
        self.wait_for_note(self.hospital.ward, "its certificate is refused")
        self.assertEqual(self.hospital.journal("pharmacy", "ward-1"), [])

    def test_only_the_holder_of_a_certificate_is_heard(self):
        self.join_and_start()
        with self.connect() as plain:
            plain.sendall(hello("ward-9"))
            self.assertIn(b'"code":"tls_required"', read_to_end(plain))

        stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        stranger.check_hostname = False
        stranger.verify_mode = ssl.CERT_NONE
        self.assertIn(b"CERTIFICATE_REQUIRED", self.call(stranger, hello("ward-1")).upper().replace(b" ", b"_"))
        join = {"type": "join", "protocol": 1, "node": "ward-1", "secret": "0" * 16, "request": "R"}
        said = json.dumps(join).encode() + b"\n"
        self.assertIn(b'"code":"code_refused"', self.call(stranger, said, "cartwatch-certificates"))
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname = False
        old.verify_mode = ssl.CERT_NONE
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        self.assertIn(b"VERSION", self.call(old, b"").upper())

        self.assertIn(b'"code":"wrong_node"', self.call(self.context_of_ward(), hello("ward-2")))
        self.wait_until_linked()
        self.assertNotIn("Traceback", self.log_of(self.hospital.pharmacy))
        for refusal in ("speaks plain TCP", "shows no certificate", "says hello as ward-2", "TLS than 1.3"):
            self.wait_for_note(self.hospital.pharmacy, refusal)

    def test_a_handshake_that_stops_is_ended(self):
        self.join_and_start()
        with self.connect() as silent:
            silent.sendall(b"\x16\x03\x01\x02\x00")
            self.assertEqual(read_to_end(silent), b"")
        self.wait_for_note(self.hospital.pharmacy, "handshake took too long")
        self.wait_until_linked()


if __name__ == "__main__":
    if INSIDE not in os.environ:
        enter_namespace()
    unittest.main(verbosity=2)
