"""What must not be in the tree: loose ends, generated files, paths of one machine, tests that
sleep or cannot fail. A test that has to let real time pass says why: `lint: sleep-ok REASON`."""

import re
import subprocess
from typing import Callable

from house import CPP, SCRIPTS, Finding, House

TOP_LEVEL = frozenset(
    "CMakeLists.txt CMakePresets.json CHANGELOG.md LICENSE README.md daemon deploy scanner schema tests".split()
)
DOTFILES = frozenset(".ci .clang-format .clang-tidy .gitattributes .gitignore".split())
GENERATED = re.compile(
    r"(^|/)(node_modules|build|build-[^/]*|dist|__pycache__|CMakeFiles)/"
    r"|\.(o|a|so|pyc|class|map|min\.js|bundle\.js|orig|rej|swp|log)$"
    r"|(^|/)(compile_commands\.json|CMakeCache\.txt|\.DS_Store|core)$"
)
# Pieced together, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile("|".join(rf"(?<![\w./]){top}/" for top in ("/wo" + "rk", "/ro" + "ot", "/tmp/ba" + "sh_jobs"))
                           + "|/ho" + r"me/(?!\$|<)\w")
REGISTRY_HOSTS = re.compile("|".join(("registry\\.np" + "mjs", "deb\\.deb" + "ian\\.org")))
LOOSE_END = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b(?!\s*\(?#\d+)")
SLEEP = re.compile(
    r"\bsleep_for\b|\bsleep_until\b|\bu?sleep\s*\(|\bnanosleep\b|\btime\.sleep\b|\bwaitForTimeout\b"
    r"|^\s*sleep\s+[\d$.\"]|[;&|]\s*sleep\s+[\d$.\"]"
)
SLEEP_OK = re.compile(r"lint: sleep-ok\s+\S+\s+\S+")
CANNOT_FAIL = re.compile(
    r"\b(?:assert|CHECK|REQUIRE|STATIC_REQUIRE|static_assert)\s*\(\s*(?:true|1)\s*[,)]"
    r"|\b(?:CHECK|REQUIRE)\s*\(.*\|\|\s*true\s*\)"
    r"|\bSUCCEED\s*\(|\[!(?:mayfail|shouldfail)\]|\b(?:it|test|describe)\.(?:skip|only)\s*\("
)
EMPTY_CATCH = re.compile(r"\bcatch\s*\([^)]*\)\s*\{\s*\}|\bcatch\s*\{\s*\}")
DEAD_CODE = re.compile(r"^\s*#\s*if\s+0\b", re.MULTILINE)
BINARY = (".png", ".jpg", ".jpeg", ".xlsx", ".pdf", ".gz", ".zip", ".wav", ".mp3", ".woff2", ".db", ".ico")

Faults = list[tuple[int, str]]


def per_line(pattern: re.Pattern[str], message: str) -> Callable[[str, str], Faults]:
    def faults(_: str, text: str) -> Faults:
        lines = enumerate(text.splitlines(), 1)
        return [(number, message) for number, line in lines if pattern.search(line)]

    return faults


loose_ends = per_line(LOOSE_END, "a loose end without the number of its issue (#n)")
machine_paths = per_line(MACHINE_PATHS, "a path of one machine")
registry_hosts = per_line(REGISTRY_HOSTS, "the name of a registry's host")


def sleeps(name: str, text: str) -> Faults:
    """Waiting is for a condition. The reason stands on the same line or the one before."""
    if not name.startswith("tests/") or name.startswith("tests/lint/"):
        return []
    lines = text.splitlines()
    return [
        (number + 1, "a test waits for a condition, not for time to pass")
        for number, line in enumerate(lines)
        if SLEEP.search(line)
        and not SLEEP_OK.search(line)
        and not (number and SLEEP_OK.search(lines[number - 1]))
    ]


def empty_tests(name: str, text: str) -> Faults:
    if name.startswith("tests/lint/"):
        return []
    return per_line(CANNOT_FAIL, "a check that cannot fail, or a test that does not run")(name, text)


def swallowed(name: str, text: str) -> Faults:
    if not name.endswith(CPP + SCRIPTS):
        return []
    positions = [match.start() for match in EMPTY_CATCH.finditer(text)]
    return [(text.count("\n", 0, position) + 1, "an error is swallowed") for position in positions]


def dead_code(name: str, text: str) -> Faults:
    return per_line(DEAD_CODE, "dead code")(name, text) if name.endswith(CPP) else []


def headers(name: str, text: str) -> Faults:
    """A header says in a few lines what it is and what it must not do."""
    if not name.endswith(".hpp"):
        return []
    lines = text.splitlines()
    opening = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    found: Faults = []
    if not 1 <= opening <= 8:
        found.append((1, f"a header opens with one to eight comment lines, not {opening}"))
    if "#pragma once" not in lines:
        found.append((1, "a header has #pragma once"))
    return found


RULES: tuple[Callable[[str, str], Faults], ...] = (
    loose_ends,
    machine_paths,
    registry_hosts,
    sleeps,
    empty_tests,
    swallowed,
    dead_code,
    headers,
)


def faults(name: str, text: str) -> Faults:
    return sorted(fault for rule in RULES for fault in rule(name, text))


def tree_faults(names: list[str]) -> list[Finding]:
    """The top level exactly, and nothing that a build makes."""
    found = [Finding(name, 1, "a generated file") for name in names if GENERATED.search(name)]
    tops = {name.split("/")[0] for name in names}
    found += [Finding(top, 1, "not of the top level") for top in tops - TOP_LEVEL - DOTFILES]
    found += [Finding(top, 1, "missing at the top level") for top in TOP_LEVEL - tops]
    return sorted(found)


def shell_findings(house: House) -> list[Finding]:
    found = []
    for name in house.shell_scripts():
        command = ["bash", "-n", str(house.path(name))]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
        if outcome.returncode != 0:
            found.append(Finding(name, 1, outcome.stderr.strip()))
    return found


def check(house: House) -> list[Finding]:
    text_files = [name for name in house.files if not name.endswith(BINARY) and "/corpus/" not in name]
    found = tree_faults(house.files) + shell_findings(house)
    for name in text_files:
        found += [Finding(name, line, fault) for line, fault in faults(name, house.text(name))]
    return found
