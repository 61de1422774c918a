"""The hygiene rule on what it refuses and on what only looks like it."""

import unittest

import hygiene

WORK = "/wo" + "rk/"
BAD = {
    "a loose end": ("daemon/a.cpp", "// TO" + "DO: later\n"),
    "another": ("daemon/pages/a.ts", "// FIX" + "ME later\n"),
    "a machine's path": ("deploy/run", f"cd {WORK}main\n"),
    "a home folder": ("README.md", "see /ho" + "me/anna/x\n"),
    "a registry": ("deploy/run", "npm --registry https://registry.np" + "mjs.org\n"),
    "a thread that sleeps": ("tests/daemon/a.cpp", "std::this_thread::sleep_for(1s);\n"),
    "a C sleep": ("tests/daemon/a.cpp", "usleep(100);\n"),
    "a shell sleep": ("tests/system/a.sh", "  sleep 1\n"),
    "a shell sleep in a line": ("tests/system/a.sh", "start & sleep 0.1; check\n"),
    "a Python sleep": ("tests/system/a.py", "time.sleep(1)\n"),
    "a page that waits": ("tests/browser/a.mjs", "await page.waitForTimeout(100);\n"),
    "a marker without a reason": ("tests/a.cpp", "usleep(1); // lint: sleep-ok\n"),
    "a check of nothing": ("tests/a_test.cpp", "CHECK(true);\n"),
    "an assert of nothing": ("tests/a_test.cpp", "assert(true);\n"),
    "a check that gives in": ("tests/a_test.cpp", "CHECK(a == b || true);\n"),
    "a test that may fail": ("tests/a_test.cpp", 'TEST_CASE("x", "[!mayfail]") {\n'),
    "a test that is skipped": ("tests/browser/a.mjs", 'test.skip("x", () => {});\n'),
    "a swallowed exception": ("daemon/a.cpp", "try { f(); } catch (...) {\n}\n"),
    "a swallowed rejection": ("daemon/web/pages/a.ts", "try { f(); } catch {}\n"),
    "dead code": ("daemon/a.cpp", "#if 0\nf();\n#endif\n"),
    "a header without a word": ("daemon/a.hpp", "#pragma once\n"),
    "a header without its guard": ("daemon/a.hpp", "// What it is.\n"),
}

GOOD = {
    "a loose end with its number": ("daemon/a.cpp", "// TO" + "DO #12: later\n"),
    "a folder named like it": ("deploy/run", "cd build" + WORK + "main\n"),
    "a reasoned sleep": ("tests/a.cpp", "usleep(1); // lint: sleep-ok the kernel's own timer\n"),
    "a reason above": ("tests/a.sh", "# lint: sleep-ok the peer must stay silent\nsleep 2\n"),
    "a sleep in the product": ("deploy/kiosk/a.sh", "sleep 1\n"),
    "a word": ("tests/a_test.cpp", "// the ward sleeps at night\n"),
    "a real check": ("tests/a_test.cpp", "CHECK(is_true(x));\nCHECK(true == x);\n"),
    "a handled exception": ("daemon/a.cpp", "try { f(); } catch (...) { stop(); }\n"),
    "a header": ("daemon/a.hpp", "// What it is.\n#pragma once\n"),
}


class Texts(unittest.TestCase):
    def test_loose_ends_are_found(self) -> None:
        for name, (path, text) in BAD.items():
            with self.subTest(name):
                self.assertTrue(hygiene.faults(path, text))

    def test_what_only_looks_like_one_is_left_alone(self) -> None:
        for name, (path, text) in GOOD.items():
            with self.subTest(name):
                self.assertEqual(hygiene.faults(path, text), [])


class Tree(unittest.TestCase):
    def whole(self) -> list[str]:
        return [name if "." in name else f"{name}/x" for name in sorted(hygiene.TOP_LEVEL)]

    def test_the_top_level_as_it_should_be(self) -> None:
        self.assertEqual(hygiene.tree_faults(self.whole() + [".ci/run"]), [])

    def test_something_more_is_found(self) -> None:
        self.assertEqual(len(hygiene.tree_faults(self.whole() + ["notes.txt"])), 1)

    def test_something_less_is_found(self) -> None:
        self.assertEqual(len(hygiene.tree_faults(self.whole()[1:])), 1)

    def test_generated_files_are_found(self) -> None:
        for name in ("daemon/web/pages/node_modules/a/b.js", "tests/a.o", "tests/lint/__pycache__/a.pyc"):
            with self.subTest(name):
                self.assertEqual(len(hygiene.tree_faults(self.whole() + [name])), 1)


if __name__ == "__main__":
    unittest.main()
