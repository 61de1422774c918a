"""Breaks the rules of daemon/readiness one line at a time, and tells which breaks no test notices.

usage: mutate.py [--check] [--only WORD] [--work FOLDER] [--sequences N]

Each mutant of mutants.txt is a file, the exact text of one place in it, and what stands there
instead. --check only says whether every mutant still applies to the tree as it is (this much is
part of every test run). Otherwise the tree is copied into the work folder and built there, and each
mutant is built and tested in turn: one file is compiled, and the quick tests run before the slow
ones are linked; some seconds each. Exit 0: at most one mutant in twenty survived. 1: more did, or
one is stale. 2: nothing could be built.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("mutants.txt")
TESTS = ["evaluate_test", "readiness_test", "published_test", "sequences_test"]
# Appended to the room's CMakeLists.txt in the copy, so that a mutant is one small file to compile.
CHEAP_TO_REBUILD = """
set_target_properties(cartwatch_readiness PROPERTIES UNITY_BUILD OFF)
target_precompile_headers(
    cartwatch_readiness PRIVATE "${CMAKE_SOURCE_DIR}/daemon/readiness/decide_commands.hpp")
"""
LINKERS = ("mold", "lld", "gold")  # the quickest first; without any of them the usual one
# A mutant that makes a test run for ever is caught by this; a whole run takes a few seconds.
SECONDS_MAX = 300
BUILD_SECONDS_MAX = 3600
SURVIVORS_MAX = 0.05


@dataclass(frozen=True)
class Mutant:
    file: str
    old: str
    new: str
    line: int  # of the list

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip()} -> {self.new.strip() or '(nothing)'}"


def read_mutants(text: str) -> list[Mutant]:
    """A line with a file's name, then pairs of lines "- old" and "+ new"; "#" begins a remark."""
    mutants: list[Mutant] = []
    file = old = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("- "):
            old = line[2:]
        elif line.startswith("+"):
            mutants.append(Mutant(file, old, line[2:], number))
        elif line and not line.startswith("#"):
            file = line.strip()
    return mutants


class NotBuilt(Exception):
    """What was changed is no C++."""


def fault_of(mutant: Mutant, root: Path) -> str | None:
    path = root / mutant.file
    if not path.is_file():
        return "there is no such file"
    found = path.read_text(encoding="utf-8").count(mutant.old)
    if found != 1:
        return f"the old text stands there {found} times, not once"
    return "the new text is the old one" if mutant.old == mutant.new else None


def stale(mutants: list[Mutant]) -> int:
    """Prints those that do not apply to the tree; how many they are."""
    count = 0
    for mutant in mutants:
        if fault := fault_of(mutant, ROOT):
            count += 1
            print(f"{LIST.name}:{mutant.line}: {mutant}: {fault}")
    return count


def run(command: list[str], log: Path, seconds_max: int, **environment: str) -> bool:
    with log.open("w", encoding="utf-8") as out:
        try:
            done = subprocess.run(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=seconds_max,
                env={**os.environ, **environment},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def copy_tree(work: Path) -> Path:
    tree = work / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    names = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    # What a run before this one built of a mutant is younger than the file that was put back.
    for file in {mutant.file for mutant in read_mutants(LIST.read_text(encoding="utf-8"))}:
        (tree / file).touch()
    with (tree / "daemon/readiness/CMakeLists.txt").open("a", encoding="utf-8") as room:
        room.write(CHEAP_TO_REBUILD)
    return tree


def build(work: Path, *targets: str) -> bool:
    command = ["ninja", "-C", str(work / "build"), *targets]
    return run(command, work / "build.log", BUILD_SECONDS_MAX)


def configure(work: Path, tree: Path) -> bool:
    linkers = (name for name in LINKERS if shutil.which(f"ld.{name}") or shutil.which(name))
    linker = next(linkers, "")
    return run(
        [
            "cmake", "-S", str(tree), "-B", str(work / "build"), "-G", "Ninja",
            "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -w", "-DCARTWATCH_PAGES=OFF",
            f"-DCMAKE_EXE_LINKER_FLAGS={f'-fuse-ld={linker}' if linker else ''}",
        ],
        work / "configure.log",
        SECONDS_MAX,
    )  # fmt: skip


def failing_test(work: Path, sequences: int) -> str | None:
    """The first test program that notices; each is linked when those before it noticed nothing."""
    for test in TESTS:
        if not build(work, test):
            raise NotBuilt(f"see {work}/build.log")
        program = work / "build/tests/daemon/readiness" / test
        if not run(
            [str(program), "-a"],
            work / "test.log",
            SECONDS_MAX,
            CARTWATCH_SEQUENCES=str(sequences),
            CARTWATCH_AS_FOUND="1",
        ):
            return test
    return None


def outcome(mutant: Mutant, work: Path, tree: Path, sequences: int) -> str:
    """The test that catches the mutant; empty: none does, or it is no C++."""
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    start = time.monotonic()
    try:
        test = failing_test(work, sequences)
    except NotBuilt as fault:
        print(f"NOT C++   {mutant}: {fault}", flush=True)
        return ""
    finally:
        path.write_text(text, encoding="utf-8")
    took = f"{time.monotonic() - start:.0f} s"
    if test:
        print(f"caught    {mutant} by {test}, {took}", flush=True)
    else:
        print(f"SURVIVED  {mutant}, {took}", flush=True)
    return test or ""


def try_all(mutants: list[Mutant], work: Path, sequences: int) -> int:
    tree = copy_tree(work)
    if not configure(work, tree) or not build(work, *TESTS):
        print(f"nothing could be built: see {work}/configure.log and build.log")
        return 2
    if test := failing_test(work, sequences):
        print(f"{test} fails before anything is broken: see {work}/test.log")
        return 2
    survived = sum(not outcome(mutant, work, tree, sequences) for mutant in mutants)
    print(f"{len(mutants) - survived} of {len(mutants)} caught")
    return 1 if survived > SURVIVORS_MAX * len(mutants) else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="only whether every mutant applies")
    parser.add_argument("--only", default="", help="only mutants whose text holds this")
    parser.add_argument("--work", type=Path, help="where to build; kept for the next run")
    parser.add_argument("--sequences", type=int, default=100, help="random sequences a mutant")
    asked = parser.parse_args()
    mutants = read_mutants(LIST.read_text(encoding="utf-8"))
    if stale(mutants):
        return 1
    if asked.check:
        print(f"{len(mutants)} mutants, all of them apply")
        return 0
    mutants = [mutant for mutant in mutants if asked.only in str(mutant)]
    if asked.work:
        asked.work.mkdir(parents=True, exist_ok=True)
        return try_all(mutants, asked.work.resolve(), asked.sequences)
    with tempfile.TemporaryDirectory(prefix="cartwatch-mutants-") as folder:
        return try_all(mutants, Path(folder), asked.sequences)


if __name__ == "__main__":
    sys.exit(main())
