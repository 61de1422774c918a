"""Runs clang-tidy over the product's files, pure rooms first, within a number of seconds.

A file that was clean is not read again until it, a header it includes or the settings change.
What did not fit in the time is named in the closing note. A finding in the rooms of the rules and of the
journal fails the run; one elsewhere is printed and counted.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
OWN_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
GATED = ("daemon/readiness", "daemon/journal")
PURE_FIRST = ("scanner/values", "scanner/codes", "daemon/readiness", "daemon/journal")


def product_files(build: pathlib.Path) -> list[pathlib.Path]:
    """The .cpp files of scanner/ and daemon/ that the build compiles, pure rooms first."""
    commands = json.loads((build / "compile_commands.json").read_text())
    names = {pathlib.Path(command["file"]).resolve() for command in commands}
    inside = [name.relative_to(ROOT) for name in names if name.is_relative_to(ROOT)]
    product = [name for name in inside if name.parts[0] in ("scanner", "daemon")]
    return sorted(product, key=lambda name: (not str(name).startswith(PURE_FIRST), str(name)))


def headers_of(name: pathlib.Path) -> set[pathlib.Path]:
    """Every header of the house that this file includes, directly or not."""
    found: set[pathlib.Path] = set()
    waiting = [name]
    while waiting:
        for included in OWN_INCLUDE.findall((ROOT / waiting.pop()).read_text(encoding="utf-8")):
            header = pathlib.Path(included)
            if header not in found and (ROOT / header).is_file():
                found.add(header)
                waiting.append(header)
    return found


class Stamps:
    """Remembers which contents were clean, also for a later clone in another folder."""

    def __init__(self) -> None:
        cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
        self.folder = pathlib.Path(cache) / "cartwatch-tidy"
        self.folder.mkdir(parents=True, exist_ok=True)

    def path_of(self, name: pathlib.Path) -> pathlib.Path:
        digest = hashlib.sha256()
        settings = [pathlib.Path(".clang-tidy"), pathlib.Path("CMakeLists.txt")]
        for path in [name, *sorted(headers_of(name)), *settings]:
            digest.update(str(path).encode() + b"\0" + (ROOT / path).read_bytes() + b"\0")
        return self.folder / digest.hexdigest()

    def holds(self, name: pathlib.Path) -> bool:
        return self.path_of(name).exists()

    def keep(self, name: pathlib.Path) -> None:
        self.path_of(name).touch()


def tidy(name: pathlib.Path, build: pathlib.Path) -> tuple[bool, str]:
    command = ["clang-tidy-14", "--quiet", "-p", str(build), str(ROOT / name)]
    if "co_await" in (ROOT / name).read_text(encoding="utf-8"):
        # The analyzer of 14 does not understand coroutines and reports Asio's own frames.
        command.append("--checks=-clang-analyzer-*")
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return outcome.returncode == 0, outcome.stdout + outcome.stderr


def run(build: pathlib.Path, jobs: int, seconds: int, names: list[pathlib.Path]) -> int:
    stamps = Stamps()
    deadline = time.monotonic() + seconds
    waiting = [name for name in names if not stamps.holds(name)]
    bad: list[pathlib.Path] = []
    late: list[pathlib.Path] = []

    def one(name: pathlib.Path) -> None:
        if time.monotonic() > deadline:
            late.append(name)
            return
        clean, text = tidy(name, build)
        if clean:
            stamps.keep(name)
        else:
            bad.append(name)
            print(f"{name}:\n{text}", flush=True)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, waiting))
    if late:
        print(f"no time for: {' '.join(map(str, late))}")
    unread = f", no time for {len(late)}" if late else ""
    gated = [name for name in bad if str(name).startswith(GATED)]
    print(
        f"note: {len(names) - len(late)} of {len(names)} files read, {len(gated)} bad in gated rooms, "
        f"{len(bad) - len(gated)} elsewhere{unread}"
    )
    return 1 if gated or not names else 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--seconds", type=int, default=600)
    arguments.add_argument("files", nargs="*", help="only files whose path starts with one of these")
    chosen = arguments.parse_args()
    names = product_files(chosen.build)
    if chosen.files:
        names = [name for name in names if str(name).startswith(tuple(chosen.files))]
    return run(chosen.build.resolve(), chosen.jobs, chosen.seconds, names)


if __name__ == "__main__":
    sys.exit(main())
