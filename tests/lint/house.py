"""What the rules read: the repository's files, and what a finding is."""

import pathlib
import subprocess
from dataclasses import dataclass
from functools import cached_property

CPP = (".cpp", ".hpp", ".h", ".cc")
SCRIPTS = (".ts", ".tsx", ".js", ".mjs")


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule, said so that the reader can mend it."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class House:
    """The files of a folder: those that git tracks or would offer to add."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> list[str]:
        # A clone may belong to another user than the one who runs the tests.
        command = ["git", "-c", f"safe.directory={self.root}", "-C", str(self.root), "ls-files"]
        command += ["-z", "--deduplicate", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        return sorted(name for name in listed.split("\0") if name and self.path(name).is_file())

    def path(self, name: str) -> pathlib.Path:
        return self.root / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8", errors="replace")

    def named(self, *endings: str, under: tuple[str, ...] = ("",)) -> list[str]:
        """Files with one of these endings below one of these folders."""
        return [name for name in self.files if name.endswith(endings) and name.startswith(under)]

    def shell_scripts(self) -> list[str]:
        """Shell by name or by first line."""
        plain = [name for name in self.files if "." not in name.rsplit("/", 1)[-1]]
        marked = [name for name in plain if self.text(name).startswith(("#!/usr/bin/env bash", "#!/bin/"))]
        return sorted(set(self.named(".sh") + marked))
