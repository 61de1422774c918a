"""Goal: disks that are full, fail or lie, at the ward and at the pharmacy: while one is, nothing is
accepted that is lost, the page and /healthz say so, and with room again it goes on by itself. After a
failed flush and a restart everything acknowledged is there. A disk that forgot what it had promised is
found out by the peer."""

import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hospital import Unmet, program_from_environment, wait_for  # noqa: E402
from link_kit import Links, enter_namespace, run  # noqa: E402
from link_load import Load  # noqa: E402


class SmallDisk:
    """A file system of a node's own until the hospital ends, which can be filled to the last byte."""

    def __init__(self, links, node):
        node.state.mkdir()
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", node.state)
        self.filling = node.state / "filling"
        links.at_end.append(lambda: run("umount", "--lazy", node.state))

    def fill(self):
        with open(self.filling, "wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass  # no room for so many bytes
        return self.filling.stat().st_size

    def free(self):
        self.filling.unlink()


class FailingFlush:
    """From now on, every flush of this process fails, as on a disk that has gone bad."""

    def __init__(self, node):
        self.trace = node.folder / "trace"
        words = ["strace", "-f", "-p", str(node.process.pid), "-o", str(self.trace)]
        words += ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
        said = self.process.stderr.readline()
        if "attached" not in said:
            raise Unmet(f"strace does not attach: {said}")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)
        return self.trace.read_text().count("(INJECTED)")


def copy_database(source, target):
    for old in target.glob("cartwatch.db*"):
        old.unlink()
    for file in source.glob("cartwatch.db*"):
        shutil.copy(file, target)


class LinkOverBadDisks(unittest.TestCase):
    def hospital(self):
        return Links(program_from_environment(), wards=2)

    def assert_says_so(self, node):
        wait_for(lambda: node.health() == 503, f"/healthz of {node.name} says it")

        def shown():
            return node.view()["recording"] is False

        wait_for(shown, f"the page of {node.name} says it")

    def test_a_ward_whose_disk_is_full(self):
        links = self.hospital()
        harmed, well = links.wards
        disk = SmallDisk(links, harmed)
        with links:
            with Load(links) as load:
                load.wait_for_more(5, harmed)
                nurse = next(nurse for nurse in load.nurses if nurse.ward is harmed)
                size = disk.fill()
                self.assert_says_so(harmed)
                wait_for(lambda: nurse.refused > 0, "the nurse is told that nothing is recorded")
                load.wait_for_more(10, well)
                disk.free()
                load.wait_for_more(5, harmed)  # by itself
            load.hold(self)
            self.assertEqual([node.starts for node in links.nodes], [1, 1, 1])
            print(f"the ward's disk was full ({size} bytes of filling), {nurse.refused} requests refused")

    def test_a_pharmacy_whose_disk_is_full(self):
        links = self.hospital()
        disk = SmallDisk(links, links.pharmacy)
        with links:
            with Load(links) as load:
                load.wait_for_more(10)
                size = disk.fill()
                self.assert_says_so(links.pharmacy)
                load.wait_for_more(40)  # the wards go on
                waiting = [ward.view()["link"]["waiting"] for ward in links.wards]
                self.assertGreater(min(waiting), 0)
                disk.free()
                for ward in links.wards:
                    wait_for(lambda ward=ward: ward.view()["link"]["waiting"] < 20, "what waited is sent")
            load.hold(self)
            self.assertEqual([node.starts for node in links.nodes], [1, 1, 1])
            notes = sum(ward.told("are not stored") for ward in links.wards)
            print(
                f"the pharmacy's disk was full ({size} bytes of filling): {waiting} entries waited at the "
                f"wards, which were told {notes} times that nothing is stored"
            )

    def test_flushes_that_fail_until_the_machine_is_started_again(self):
        self.fail_flushes(self.start_again)

    def test_flushes_that_fail_for_a_while(self):
        self.fail_flushes(self.mend)

    def fail_flushes(self, end):
        with self.hospital() as links:
            with Load(links) as load:
                for node in (links.wards[0], links.pharmacy):
                    load.wait_for_more(10)
                    flushes = FailingFlush(node)
                    self.addCleanup(flushes.process.kill)
                    self.assert_says_so(node)
                    commits = node.metric("commits_total")
                    load.wait_for_more(10, links.wards[1])  # others go on
                    failed, commits_at_end = end(node, flushes)
                    wait_for(lambda node=node: node.health() == 200, f"{node.name} records again")
                    self.assertEqual(commits_at_end, commits, "nothing is accepted")
                    print(f"{node.name}: {failed} flushes failed, nothing was accepted meanwhile")
                load.wait_for_more(10)
            load.hold(self)

    def start_again(self, node, flushes):
        """As after a power cut: what its flushes promised before is there."""
        commits = node.metric("commits_total")
        node.kill()
        failed = flushes.end()
        node.start()
        node.wait_until_up()
        return failed, commits

    def mend(self, node, flushes):
        """Once it has tried to open its store again, in vain; then it goes on by itself."""
        tried = node.told("could not be opened again")
        node.wait_for_note("could not be opened again", tried + 1)
        self.assertEqual(node.health(), 503)
        commits = node.metric("commits_total")
        failed = flushes.end()
        self.assertEqual(node.starts, 1)
        return failed, commits

    def test_a_wards_disk_that_forgot_what_it_had_promised(self):
        with self.hospital() as links:
            self.forget(links, links.wards[0], [links.wards[0], links.pharmacy])

    def test_a_pharmacys_disk_that_forgot_what_it_had_promised(self):
        with self.hospital() as links:
            self.forget(links, links.pharmacy, links.nodes)

    def forget(self, links, node, whose):
        """Its database is that of some commits before, as a power cut leaves it where flushes were lies."""
        with Load(links) as load:
            load.wait_for_more(10)
            kept = self.copy_of(node)
            load.wait_for_more(10)
        links.wait_until_delivered()
        before = {of: self.held_elsewhere(links, node, of) for of in whose}
        node.kill()
        copy_database(kept, node.state)
        lost = sum(len(journal) - len(node.journal(of.name)) for of, journal in before.items())
        self.assertGreater(lost, 0)
        node.start()
        node.wait_until_up()
        found = wait_for(lambda: self.found_out(links, node, before), "the peer finds out")
        for of, journal in before.items():
            self.assertEqual(self.held_elsewhere(links, node, of), journal, "nothing is written over")
        print(f"{node.name} forgot {lost} entries: {found}", flush=True)

    def copy_of(self, node):
        """What is on its disk now, as at one moment."""
        copy = node.folder / "copy"
        copy.mkdir()
        node.process.send_signal(signal.SIGSTOP)
        try:
            copy_database(node.state, copy)
        finally:
            node.process.send_signal(signal.SIGCONT)
        return copy

    def held_elsewhere(self, links, node, of):
        """A journal as somebody else than the node holds it."""
        if node is links.pharmacy:
            return (links.wards[0] if of is links.pharmacy else of).journal(of.name)
        return links.pharmacy.journal(of.name)

    def found_out(self, links, node, before):
        if all(node.journal(of.name) == journal for of, journal in before.items()):
            return "all given back"
        says = f"was {node.name} restored from a backup?"
        return "a person is told" if any(one.told(says) for one in links.nodes) else None


if __name__ == "__main__":
    enter_namespace()
    unittest.main(verbosity=2)
