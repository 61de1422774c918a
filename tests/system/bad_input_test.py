"""Goal: garbage, too long and half there, by every way in: each gets one clear error, and both
daemons are the same processes afterwards."""

import http.client
import json
import pathlib
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import Hospital, badge, program_from_environment, wait_for  # noqa: E402


def raw_exchange(port, data, half=False):
    """What a port answers to these bytes; `half`: the sender stops talking and listens."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as peer:
        peer.sendall(data)
        if half:
            peer.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while chunk := peer.recv(65536):
                answer += chunk
        except (ConnectionResetError, TimeoutError):
            pass
        return answer


class BadInput(unittest.TestCase):
    def setUp(self):
        self.hospital = Hospital(program_from_environment())
        self.hospital.__enter__()
        self.addCleanup(self.hospital.__exit__, None, None, None)
        self.pids = self.process_ids()
        self.addCleanup(lambda: self.assertEqual(self.process_ids(), self.pids))

    def process_ids(self):
        for daemon in (self.hospital.ward, self.hospital.pharmacy):
            self.assertTrue(daemon.running(), daemon.command)
        return (self.hospital.ward.process.pid, self.hospital.pharmacy.process.pid)

    def post(self, body, content_type="application/json", path="/api/v1/scans"):
        connection = http.client.HTTPConnection("127.0.0.1", self.hospital.ward_port, timeout=30)
        try:
            connection.request("POST", path, body, {"Content-Type": content_type})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read()
        finally:
            connection.close()

    def test_http_bodies(self):
        for body in (
            b"",
            b"{",
            b"[]",
            b'{"station":"OR"}',
            b'{"station":"OR","text":7}',
            b'{"station":"NOWHERE","text":"1"}',
            b'{"station":"OR","text":"' + b"x" * 70_000 + b'"}',
            b'{"station":"OR","text":"\xff"}',
            b"[" * 50_000,
        ):
            with self.subTest(body=body[:40]):
                status, content_type, answer = self.post(body)
                self.assertIn(status, (400, 404, 413, 415, 422))
                self.assertIn("application/problem+json", content_type)
                self.assertTrue(json.loads(answer)["title"])

    def test_bytes_that_are_no_request(self):
        for data in (b"\0" * 1000, b"GET", b"GET / HTTP/9.9\r\n\r\n", b"X" * 100_000):
            with self.subTest(data=data[:20]):
                raw_exchange(self.hospital.ward_port, data, half=True)
                self.assertEqual(self.hospital.view()["role"], "ward")

    def test_scans(self):
        self.hospital.scan(badge("N001"))
        self.hospital.scan(self.hospital.view()["carts"][0]["tag"])
        for text in ("]d201095", "\x1d\x1d", "]d2" + "9" * 5000, "🚑", "(01)(02)", "\0", "6901234567893"):
            with self.subTest(text=text[:20]):
                reply = self.hospital.scan(text)
                self.assertEqual(reply["kind"], "reject", reply)

    def test_pictures(self):
        for data in (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"\xff\xd8\xff\xe0" + b"\1" * 500):
            with self.subTest(data=data[:4]):
                kind = "image/png" if data[0] == 0x89 else "image/jpeg"
                status, content_type, _ = self.post(data, kind, "/api/v1/images?station=OR")
                self.assertGreaterEqual(status, 400)
                self.assertIn("application/problem+json", content_type)

    def test_a_peers_lines(self):
        hello = b'{"type":"hello","protocol":1,"node":"stranger","have":{}}\n'
        for data in (
            b"not json\n",
            b"[]\n",
            b'{"type":"hello"}\n',
            b'{"type":"hello","protocol":99,"node":"x","have":{}}\n',
            b"x" * 2_000_000,
            hello + b'{"type":"entry"}\n',
            hello + b'{"type":"ack","seq":-1}\n',
            hello + b'{"type":"ack","seq":99999999}\n',
        ):
            with self.subTest(data=data[:60]):
                answer = raw_exchange(self.hospital.link_port, data, half=True)
                self.assertIn(b'"type":"error"', answer)
        wait_for(lambda: self.hospital.view()["link"]["state"] == "connected", "the ward stays linked")

    def test_files(self):
        folder = self.hospital.folder
        program = self.hospital.program
        (folder / "bad.csv").write_bytes(b"id,name\n\"x")
        (folder / "bad.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
        (folder / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nhalf")
        (folder / "bad.json").write_bytes(b"{")
        self.hospital.ward.stop()
        for words in (
            ("import", "staff", "bad.csv", "--config", "ward.toml"),
            ("import", "staff", "bad.xlsx", "--config", "ward.toml"),
            ("import", "staff", "nothing.csv", "--config", "ward.toml"),
            ("decode", "bad.png"),
            ("evaluate", "bad.json", "--as-of", "2026-11-22"),
            ("evaluate", "bad.json", "--as-of", "2026-02-30"),
            ("verify", "bad.json"),
            ("ward", "--config", "bad.json"),
        ):
            with self.subTest(words=words):
                done = subprocess.run(
                    [program, *words], cwd=folder, capture_output=True, text=True, timeout=60
                )
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertTrue(done.stderr.strip())
        self.hospital.ward.start()
        self.hospital.wait_until_up()
        self.pids = self.process_ids()


if __name__ == "__main__":
    unittest.main(verbosity=2)
