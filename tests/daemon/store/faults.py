"""Kills, fills and breaks: what was acknowledged is there afterwards, whatever happened.

usage: faults.py LOOP VERIFY {kill,copy,full,eio,descriptors}
LOOP commits and acknowledges on standard output (commit_loop.cpp); VERIFY answers 0 where a
database holds. A case that this machine cannot run says so and exits 77.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

loop, verify, case = sys.argv[1:4]
KILLS = 100
SKIPPED = 77


def holds(database: pathlib.Path) -> bool:
    done = subprocess.run([verify, str(database)], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout, done.stderr)
    return done.returncode == 0


def entries(database: pathlib.Path) -> int:
    import sqlite3

    connection = sqlite3.connect(database)
    (count, highest) = connection.execute("SELECT count(*), coalesce(max(seq), 0) FROM entry").fetchone()
    connection.close()
    assert count == highest, f"{count} entries up to number {highest}"
    return count


def start(database: pathlib.Path, *rounds: str, prefix: list[str] = []) -> subprocess.Popen:
    return subprocess.Popen(
        prefix + [loop, str(database), *rounds], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def last_number(text: str) -> int:
    """The last whole line: the last commit that was acknowledged."""
    whole = text[: text.rfind("\n") + 1].split()
    return int(whole[-1]) if whole else 0


def killed(folder: pathlib.Path) -> None:
    database, acknowledged, chance = folder / "ward.db", 0, random.Random(20261122)
    for round_number in range(KILLS):
        process = start(database)
        # Killed after a number of acknowledgements, wherever in the next commit that is.
        seen = ""
        for _ in range(chance.randint(1, 12)):
            seen += process.stdout.readline()
        process.kill()
        rest, errors = process.communicate()
        acknowledged = max(acknowledged, last_number(seen + rest))
        assert not errors, errors
        there = entries(database)
        assert there >= acknowledged, f"round {round_number}: {there} entries, {acknowledged} acknowledged"
        if round_number % 10 == 9:
            assert holds(database), f"round {round_number}"
    assert holds(database)
    print(f"{KILLS} kills, {acknowledged} acknowledged, {entries(database)} there")


def copied(folder: pathlib.Path) -> None:
    """Copies of database and log, taken while it commits, as a crash would leave them."""
    database = folder / "ward.db"
    process = start(database)
    for number in range(20):
        acknowledged = last_number("".join(process.stdout.readline() for _ in range(7)))
        copy = folder / f"copy-{number}.db"
        # The writer stands still for the copy: a crash leaves one moment, not several.
        os.kill(process.pid, 19)
        try:
            shutil.copy(database, copy)
            shutil.copy(f"{database}-wal", f"{copy}-wal")
        finally:
            os.kill(process.pid, 18)
        wal = pathlib.Path(f"{copy}-wal")
        if number % 2:
            # Torn: the log ends in the middle of what was written last, after the acknowledged part.
            with wal.open("ab") as log:
                log.write(b"\x5a" * 1000)
        assert entries(copy) >= acknowledged, f"copy {number}"
        assert holds(copy), f"copy {number}"
    process.kill()
    process.communicate()


def full(folder: pathlib.Path) -> None:
    if os.geteuid() != 0:
        print("skipped: a disk to fill needs root")
        sys.exit(SKIPPED)
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        print("skipped: no tmpfs may be mounted here:", mounted.stderr.decode())
        sys.exit(SKIPPED)
    try:
        process = start(disk / "ward.db")
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 4, (process.returncode, errors)
        assert "full" in errors and "free space" in errors, errors
        saved = folder / "saved.db"
        shutil.copy(disk / "ward.db", saved)
        if (disk / "ward.db-wal").exists():
            shutil.copy(disk / "ward.db-wal", f"{saved}-wal")
        assert entries(saved) == last_number(out) > 20, (entries(saved), last_number(out))
        assert holds(saved)
        # With room again, it goes on.
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        again = start(disk / "ward.db", "2")
        out, errors = again.communicate(timeout=60)
        assert again.returncode == 0, errors
        assert holds(disk / "ward.db")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def failed_flush(folder: pathlib.Path) -> None:
    """The nth flush fails: no acknowledgement after it, and everything before it is there."""
    strace = shutil.which("strace")
    probe = subprocess.run([strace or "false", "-o", "/dev/null", "true"], capture_output=True)
    if probe.returncode != 0:
        print("skipped: strace may not trace here")
        sys.exit(SKIPPED)
    acknowledged = 0
    for when in (1, 2, 5, 13, 40):
        database = folder / f"eio-{when}.db"
        trace = folder / "trace"
        prefix = [strace, "-f", "-o", str(trace), "-e", "trace=fdatasync,fsync"]
        # A failing flush stays failing: the kernel may have dropped the page and called it clean.
        prefix += ["-e", f"inject=fdatasync,fsync:error=EIO:when={when}+"]
        process = start(database, "10", prefix=prefix)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == 4, (when, process.returncode, errors)
        assert "check the disk" in errors, errors
        if out:
            assert entries(database) >= last_number(out), when
            assert holds(database), when
            acknowledged = last_number(out)
    assert acknowledged > 5, "flushes failed before anything was acknowledged"


def out_of_descriptors(folder: pathlib.Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"ulimit -n 4; exec {loop} {folder / 'ward.db'} 1"], capture_output=True, text=True
    )
    assert done.returncode == 4 and done.stderr.strip(), (done.returncode, done.stderr)


with tempfile.TemporaryDirectory(prefix="cartwatch-faults-") as name:
    cases = {"kill": killed, "copy": copied, "full": full, "eio": failed_flush, "descriptors": out_of_descriptors}
    cases[case](pathlib.Path(name))
