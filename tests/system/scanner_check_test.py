"""A scanner that the daemon owns, from its first test code to a kept profile: a serial one on a
pseudo-terminal, set to send "S:" before each scan. What it scans later is read without that, also
by a daemon that was killed and started anew."""

import os
import tty
import unittest

from hospital import Hospital, badge, program_from_environment, wait_for

# As the scanner sends them, GS1's separator as it is.
TEST_CODES = {
    "digits": "]C09900000011",
    "letters": "]C0aQzWyM/-@#;",
    "gs1": "]d2010952123454321310Zy-4a\x1d21Q7/m",
}
PREFIX = "S:"


class SerialScanner:
    def __init__(self):
        self.far, self.near = os.openpty()
        tty.setraw(self.near)
        self.path = os.ttyname(self.near)

    def scan(self, text):
        os.write(self.far, f"{PREFIX}{text}\r".encode())

    def close(self):
        os.close(self.far)
        os.close(self.near)


class ScannerCheck(unittest.TestCase):
    def setUp(self):
        self.scanner = SerialScanner()
        self.addCleanup(self.scanner.close)

    def state(self, hospital):
        return hospital.get(hospital.ward_port, "/api/v1/scanner_check?station=OR")

    def post(self, hospital, what, **body):
        path = f"/api/v1/scanner_check/{what}"
        return hospital.request(hospital.ward_port, "POST", path, {"station": "OR", **body})

    def present(self, hospital):
        """The scanner as the page lists it, once the daemon has it."""
        (scanner,) = self.state(hospital)["scanners"]
        return scanner if scanner["present"] and scanner["identity"] else None

    def heard_after(self, hospital, last):
        heard = self.post(hospital, "listen", after=last)
        return heard if heard["heard"] else None

    def scan_badge(self, hospital, person):
        self.scanner.scan(badge(person))

        def known():
            staff = hospital.view()["session"]["staff"]
            return staff and staff["id"] == person

        wait_for(known, f"{person}'s badge is read without the prefix")

    def test_a_scanner_is_checked_kept_and_read_by_its_profile(self):
        table = f'[[scanner]]\nname = "desk scanner"\nstation = "OR"\nkind = "serial"\npath = "{self.scanner.path}"\n'
        with Hospital(program_from_environment(), scanners=table) as hospital:
            scanner = wait_for(lambda: self.present(hospital), "the scanner is here")
            self.assertIsNone(scanner["profile"])
            last = self.post(hospital, "listen")["last"]
            entries = hospital.journal("ward", "ward-1")

            answers = {}
            for code, text in TEST_CODES.items():
                self.scanner.scan(text)
                heard = wait_for(lambda: self.heard_after(hospital, last), f"{code} is heard")
                last = heard["last"]
                (one,) = heard["heard"]
                self.assertEqual(one["identity"], scanner["identity"])
                self.assertEqual(one["text"], PREFIX + text)
                self.assertTrue(one["line_end"])
                answers[code] = {"text": one["text"], "line_end": one["line_end"]}
                checkup = self.post(
                    hospital,
                    "answers",
                    identity=scanner["identity"],
                    layout="us",
                    keep=True,
                    answers=answers,
                )
                self.assertTrue(checkup["readable"][code])
                self.assertEqual(checkup["kept"], len(answers) == len(TEST_CODES))

            self.assertEqual(checkup["profile"]["prefix"], PREFIX)
            self.assertEqual([one["fault"] for one in checkup["faults"]], ["prefix"])
            kept = self.present(hospital)["profile"]
            self.assertEqual(kept["prefix"], PREFIX)
            self.assertIsNotNone(kept["checked_at"])
            self.assertEqual(hospital.journal("ward", "ward-1"), entries)  # none of it was a scan

            self.post(hospital, "listen", stop=True)
            self.scan_badge(hospital, "N001")

            hospital.ward.kill()
            hospital.ward.start()
            hospital.wait_until_up()
            again = wait_for(lambda: self.present(hospital), "the scanner is here again")
            self.assertEqual(again["profile"], kept)
            self.scan_badge(hospital, "N002")


if __name__ == "__main__":
    unittest.main(verbosity=2)
