"""Includes point inwards only.

A room includes only rooms that its line in rooms.py allows, and exactly those that its CMakeLists
names under USES; an outside library's headers appear in its one folder; pure rooms touch nothing
outside the values they are given.
"""

import re
from dataclasses import dataclass

from house import CPP, Finding, House
from rooms import (
    FORBIDDEN_IN_PURE_HEADERS,
    FORBIDDEN_IN_PURE_WORDS,
    GENERATED,
    LIBRARIES,
    OUTSIDE_PURE,
    PURE,
    PURE_FILES,
    ROOMS,
    Library,
)
from source_text import code_of, line_of

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?P<name><[^>\n]+>|"[^"\n]+")', re.MULTILINE)
STANDARD = re.compile(r"[a-z_0-9]+$")  # <vector>, <cstdint>: no folder, no ending
KEYWORDS = ("NO_UNITY", "RING", "SOURCES", "USES", "LIBRARIES", "PRIVATE_LIBRARIES")


@dataclass(frozen=True)
class Target:
    """One cartwatch_room(…) of a CMakeLists."""

    name: str
    folder: str
    line: int
    ring: str
    sources: tuple[str, ...]
    uses: tuple[str, ...]


def targets_of(folder: str, text: str) -> list[Target]:
    text = re.sub(r"#[^\n]*", lambda match: " " * len(match.group()), text)
    found = []
    for match in re.finditer(r"\bcartwatch_room\s*\(([^)]*)\)", text):
        words = match.group(1).split()
        parts: dict[str, list[str]] = {keyword: [] for keyword in KEYWORDS}
        keyword = "NO_UNITY"
        for word in words[1:]:
            if word in KEYWORDS:
                keyword = word
            else:
                parts[keyword].append(word)
        found.append(
            Target(
                words[0],
                folder,
                line_of(text, match.start()),
                " ".join(parts["RING"]),
                tuple(f"{folder}/{source}" for source in parts["SOURCES"]),
                tuple(parts["USES"]),
            )
        )
    return found


def includes_of(text: str) -> list[tuple[int, str]]:
    """Line and name, with its brackets or quotes; not those within comments."""
    bare = re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)
    return [(line_of(bare, match.start()), match["name"]) for match in INCLUDE.finditer(bare)]


def room_folder(name: str) -> str | None:
    """The folder in the table that holds this file; a wing's own folder holds its programs only."""
    folder = "/".join(name.split("/")[:2]) if name.count("/") > 1 else name.rpartition("/")[0]
    return folder if folder in ROOMS else None


def library_of(header: str) -> Library | None:
    for library in LIBRARIES:
        if re.match(library.headers, header):
            return library
    return None


def is_pure(name: str, pure_sources: frozenset[str] = frozenset()) -> bool:
    folder = room_folder(name)
    stem = name.rsplit(".", 1)[0]
    by_table = folder is not None and ROOMS[folder].ring == PURE
    return by_table or name in PURE_FILES or stem in pure_sources


def library_fault(name: str, header: str, pure: bool) -> str | None:
    if pure and header in FORBIDDEN_IN_PURE_HEADERS:
        return f"<{header}> reaches outside the values; this is the pure ring"
    if STANDARD.match(header) or (pure and header in FORBIDDEN_IN_PURE_HEADERS):
        return None
    library = library_of(header)
    if library is None:
        return f"<{header}> is of no library in tests/lint/rooms.py"
    if any(name == where or name.startswith(where + "/") for where in library.where):
        return None
    if OUTSIDE_PURE in library.where and not pure:
        return None
    return f"<{header}>: {library.name} belongs to {', '.join(library.where)} alone"


def room_fault(name: str, included: str) -> str | None:
    """May this file of the product include that one?"""
    own, other = room_folder(name), room_folder(included)
    if not included.startswith(("scanner/", "daemon/")):
        return f'"{included}" is not rooted at scanner/ or daemon/'
    if own is None or other is None:
        return f"{name if own is None else included} is in no room of tests/lint/rooms.py"
    allowed = ROOMS[own].uses
    if own == other or allowed is None or other in allowed:
        return None
    return f'"{included}": {own} may not use {other}'


def word_faults(text: str) -> list[tuple[int, str]]:
    code = code_of(text)
    return [
        (line_of(code, match.start()), f"`{match.group().strip('( ')}` in the pure ring")
        for word in FORBIDDEN_IN_PURE_WORDS
        for match in re.finditer(word, code)
    ]


def file_faults(name: str, text: str, pure: bool) -> list[tuple[int, str]]:
    faults = word_faults(text) if pure else []
    for line, included in includes_of(text):
        bare = included[1:-1]
        if included.startswith("<"):
            fault = library_fault(name, bare, pure)
        else:
            fault = room_fault(name, bare)
            if pure and not fault and not is_pure(bare):
                fault = f'"{bare}" is not pure'
        if fault:
            faults.append((line, fault))
    return faults


def all_targets(house: House) -> list[Target]:
    lists = house.named("CMakeLists.txt", under=("scanner/", "daemon/"))
    return [target for name in lists for target in targets_of(name.rpartition("/")[0], house.text(name))]


def owner_of(name: str, targets: list[Target]) -> Target | None:
    """Whose source it is; a header belongs to the target of its .cpp, else to its folder's first."""
    stem = name.rsplit(".", 1)[0]
    folder = room_folder(name)
    for target in targets:
        if any(source.rsplit(".", 1)[0] == stem for source in target.sources):
            return target
    if name.endswith(".cpp"):
        return None
    return next((target for target in targets if target.folder == folder), None)


def uses_findings(house: House, targets: list[Target]) -> list[Finding]:
    """USES names exactly the rooms whose headers the target's files include."""
    used: dict[str, set[str]] = {target.name: set() for target in targets}
    findings = []
    for name in house.named(*CPP, under=("scanner/", "daemon/")):
        own = owner_of(name, targets)
        for line, included in includes_of(house.text(name)):
            other = owner_of(included[1:-1], targets) if included.startswith('"') else None
            if own is None or other is None or own.name == other.name:
                continue
            used[own.name].add(other.name)
            if other.name not in own.uses:
                text = f"includes {included}, but {own.name} does not name {other.name} under USES"
                findings.append(Finding(name, line, text))
    headers = house.named(".hpp", under=("scanner/", "daemon/"))
    with_headers = {owner.name for name in headers if (owner := owner_of(name, targets))}
    for target in targets:
        # A room without headers is used by being linked.
        for stale in sorted((set(target.uses) & with_headers) - used[target.name]):
            text = f"{target.name} names {stale} under USES, but includes nothing of it"
            findings.append(Finding(f"{target.folder}/CMakeLists.txt", target.line, text))
    return findings


def orphan_findings(house: House, targets: list[Target]) -> list[Finding]:
    """Every .cpp is named by its CMakeLists, as a room's source or a program's."""
    findings = []
    for name in house.named(".cpp", under=("scanner/", "daemon/")):
        folder, _, base = name.rpartition("/")
        lists = f"{folder}/CMakeLists.txt"
        named = lists in house.files and re.search(rf"(?<![\w/]){re.escape(base)}\b", house.text(lists))
        if owner_of(name, targets) is None and not named:
            findings.append(Finding(name, 1, f"no CMakeLists.txt names {base}"))
    return findings


def ring_findings(targets: list[Target]) -> list[Finding]:
    """CMake and the table agree on a room's ring; a pure part of an adapter's room is welcome."""
    findings = []
    for target in targets:
        room = ROOMS.get(target.folder)
        if room is None:
            text = f"{target.folder} is in no line of tests/lint/rooms.py"
        elif target.ring not in (room.ring, PURE):
            text = f"{target.name} is {target.ring} here and {room.ring} in tests/lint/rooms.py"
        else:
            continue
        findings.append(Finding(f"{target.folder}/CMakeLists.txt", target.line, text))
    return findings


def check(house: House) -> list[Finding]:
    targets = all_targets(house)
    pure_sources = frozenset(
        source.rsplit(".", 1)[0] for target in targets if target.ring == PURE for source in target.sources
    )
    findings = ring_findings(targets) + uses_findings(house, targets) + orphan_findings(house, targets)
    for name in house.named(*CPP, under=("scanner/", "daemon/")):
        pure = is_pure(name, pure_sources)
        text = house.text(name)
        findings += [Finding(name, line, fault) for line, fault in file_faults(name, text, pure)]
        findings += [
            Finding(name, line, f"{included} does not exist")
            for line, included in includes_of(text)
            if included.startswith('"')
            and not house.path(included[1:-1]).is_file()
            and not included[1:-1].startswith(GENERATED or ("\0",))
        ]
    return findings
