"""The ring rule on made-up files of real rooms, and on whole small houses."""

import pathlib
import subprocess
import tempfile
import unittest

import rings
from house import House

BAD = {
    "a clock's header in a pure room": ("daemon/readiness/a.hpp", "#include <ctime>\n"),
    "a thread in a pure room": ("scanner/codes/a.cpp", "#include <thread>\n"),
    "a mutex in a pure room": ("scanner/values/a.hpp", "#include <mutex>\n"),
    "a file in a pure room": ("daemon/journal/a.cpp", "#include <fstream>\n"),
    "a folder in a pure room": ("daemon/journal/a.cpp", "# include <filesystem>\n"),
    "a console in a pure room": ("daemon/readiness/a.cpp", "#include <iostream>\n"),
    "now in a pure room": ("daemon/readiness/a.cpp", "auto n = std::chrono::system_clock::now();\n"),
    "another clock's now": ("daemon/readiness/a.cpp", "auto n = steady_clock :: now();\n"),
    "the environment in a pure room": ("scanner/codes/a.cpp", 'auto e = std::getenv("X");\n'),
    "chance in a pure room": ("daemon/readiness/a.cpp", "std::random_device device;\n"),
    "a log in a pure room": ("daemon/readiness/a.cpp", "#include <spdlog/spdlog.h>\n"),
    "Asio in a pure room": ("daemon/journal/a.cpp", "#include <boost/asio/post.hpp>\n"),
    "JSON in readiness": ("daemon/readiness/a.cpp", "#include <nlohmann/json.hpp>\n"),
    "an adapter from a pure room": ("daemon/readiness/a.cpp", '#include "daemon/store/store.hpp"\n'),
    "outwards among pure rooms": ("scanner/codes/a.cpp", '#include "daemon/readiness/cart.hpp"\n'),
    "a program from an adapter": ("daemon/store/a.cpp", '#include "daemon/ward/ward.hpp"\n'),
    "an adapter that is not listed": ("scanner/pictures/a.cpp", '#include "daemon/store/store.hpp"\n'),
    "SQLite outside the store": ("daemon/web/a.cpp", "#include <SQLiteCpp/Database.h>\n"),
    "sqlite3 outside the store": ("daemon/ward/a.cpp", "#include <sqlite3.h>\n"),
    "Beast outside web": ("daemon/link/a.cpp", "#include <boost/beast/core.hpp>\n"),
    "ZXing outside pictures": ("scanner/main.cpp", "#include <ZXing/ReadBarcode.h>\n"),
    "OpenSSL outside crypto": ("daemon/link/a.cpp", "#include <openssl/sha.h>\n"),
    "evdev outside devices": ("scanner/main.cpp", "#include <libevdev/libevdev.h>\n"),
    "a sheet outside reports": ("daemon/commands/a.cpp", "#include <xlsxwriter.h>\n"),
    "the command line elsewhere": ("daemon/commands/a.cpp", "#include <CLI/CLI.hpp>\n"),
    "a system header in a pure room": ("scanner/codes/a.cpp", "#include <unistd.h>\n"),
    "a library that nobody listed": ("daemon/web/a.cpp", "#include <curl/curl.h>\n"),
    "an include that is not rooted": ("daemon/web/a.cpp", '#include "routes.hpp"\n'),
    "a test's header in the product": ("daemon/web/a.cpp", '#include "tests/support/a.hpp"\n'),
    "a room that is not in the table": ("daemon/cellar/a.cpp", '#include "scanner/values/day.hpp"\n'),
}

GOOD = {
    "values from readiness": ("daemon/readiness/a.cpp", '#include "scanner/values/day.hpp"\n'),
    "the standard library": ("daemon/readiness/a.cpp", "#include <vector>\n#include <chrono>\n"),
    "JSON in the journal": ("daemon/journal/a.cpp", "#include <nlohmann/json.hpp>\n"),
    "JSON in an adapter": ("daemon/web/a.cpp", "#include <nlohmann/json.hpp>\n"),
    "expected in values": ("scanner/values/a.hpp", "#include <tl/expected.hpp>\n"),
    "SQLite in the store": ("daemon/store/a.cpp", "#include <SQLiteCpp/Database.h>\n"),
    "readiness from the store": ("daemon/store/a.cpp", '#include "daemon/readiness/cart.hpp"\n'),
    "a file in an adapter": ("daemon/store/a.cpp", "#include <fstream>\n#include <unistd.h>\n"),
    "an adapter from a program": ("daemon/ward/a.cpp", '#include "daemon/store/store.hpp"\n'),
    "the command line in its room": ("daemon/command_line/a.cpp", "#include <CLI/CLI.hpp>\n"),
    "a comment with an include": ("daemon/readiness/a.cpp", "// #include <thread>\n"),
    "a comment about now": ("daemon/readiness/a.cpp", "// never system_clock::now()\n"),
    "a word in a text": ("daemon/readiness/a.cpp", 'auto t = "getenv(x)";\n'),
}


class IncludeRule(unittest.TestCase):
    def faults(self, name: str, text: str) -> list[tuple[int, str]]:
        return rings.file_faults(name, text)

    def test_what_reaches_outwards_is_found(self) -> None:
        for name, (path, text) in BAD.items():
            with self.subTest(name):
                self.assertTrue(self.faults(path, text))

    def test_what_points_inwards_is_left_alone(self) -> None:
        for name, (path, text) in GOOD.items():
            with self.subTest(name):
                self.assertEqual(self.faults(path, text), [])


VALUES = "cartwatch_room(values RING pure SOURCES day.cpp)\n"
SMALL_HOUSE = {
    "scanner/values/CMakeLists.txt": VALUES,
    "scanner/values/day.hpp": "",
    "scanner/values/day.cpp": '#include "scanner/values/day.hpp"\n',
    "scanner/codes/CMakeLists.txt": "cartwatch_room(codes RING pure SOURCES own.cpp USES values)\n",
    "scanner/codes/own.hpp": '#include "scanner/values/day.hpp"\n',
    "scanner/codes/own.cpp": '#include "scanner/codes/own.hpp"\n',
}


class WholeHouse(unittest.TestCase):
    def findings(self, **changes: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (SMALL_HOUSE | changes).items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            subprocess.run(["git", "init", "-q", folder], check=True)
            return [str(finding) for finding in rings.check(House(pathlib.Path(folder)))]

    def only(self, changes: dict[str, str]) -> str:
        findings = self.findings(**changes)
        self.assertEqual(len(findings), 1, findings)
        return findings[0]

    def test_a_house_in_order_has_no_findings(self) -> None:
        self.assertEqual(self.findings(), [])

    def test_an_include_that_cmake_does_not_name_is_found(self) -> None:
        lists = "cartwatch_room(codes RING pure SOURCES own.cpp)\n"
        self.assertIn("does not name values", self.only({"scanner/codes/CMakeLists.txt": lists}))

    def test_a_use_that_nothing_includes_is_found(self) -> None:
        self.assertIn("includes nothing of it", self.only({"scanner/codes/own.hpp": ""}))

    def test_a_file_that_cmake_does_not_name_is_found(self) -> None:
        self.assertIn("no CMakeLists.txt names", self.only({"scanner/codes/lost.cpp": ""}))

    def test_an_include_of_nothing_is_found(self) -> None:
        text = '#include "scanner/values/day.hpp"\n#include "scanner/values/hour.hpp"\n'
        self.assertIn("does not exist", self.only({"scanner/codes/own.hpp": text}))

    def test_a_ring_that_differs_from_the_table_is_found(self) -> None:
        lists = "cartwatch_room(codes RING adapter SOURCES own.cpp USES values)\n"
        self.assertIn("is adapter here", self.only({"scanner/codes/CMakeLists.txt": lists}))

    def test_a_pure_part_of_an_adapter_is_held_to_the_pure_ring(self) -> None:
        changes = {
            "daemon/link/CMakeLists.txt": "cartwatch_room(session RING pure SOURCES session.cpp)\n",
            "daemon/link/session.cpp": "#include <thread>\n",
        }
        self.assertIn("pure ring", self.only(changes))

    def test_a_header_alone_is_of_the_pure_part_that_includes_it(self) -> None:
        changes = {
            "daemon/link/CMakeLists.txt": "cartwatch_room(link RING adapter SOURCES client.cpp)\n"
            "cartwatch_room(session RING pure SOURCES session.cpp)\n",
            "daemon/link/client.cpp": "#include <thread>\n",
            "daemon/link/session.cpp": '#include "daemon/link/peer.hpp"\n',
            "daemon/link/peer.hpp": "#include <thread>\n",
        }
        self.assertIn("daemon/link/peer.hpp", self.only(changes))


if __name__ == "__main__":
    unittest.main()
