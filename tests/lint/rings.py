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
    PROGRAM,
    PURE,
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


def is_pure(name: str, pure_files: frozenset[str] = frozenset()) -> bool:
    folder = room_folder(name)
    return name in pure_files or (folder is not None and ROOMS[folder].ring == PURE)


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


def file_faults(
    name: str, text: str, pure_files: frozenset[str] = frozenset()
) -> list[tuple[int, str]]:
    pure = is_pure(name, pure_files)
    faults = word_faults(text) if pure else []
    for line, included in includes_of(text):
        bare = included[1:-1]
        if included.startswith("<"):
            fault = library_fault(name, bare, pure)
        else:
            fault = room_fault(name, bare)
            if pure and not fault and not is_pure(bare, pure_files):
                fault = f'"{bare}" is not pure'
        if fault:
            faults.append((line, fault))
    return faults


def all_targets(house: House) -> list[Target]:
    lists = house.named("CMakeLists.txt", under=("scanner/", "daemon/"))
    return [target for name in lists for target in targets_of(name.rpartition("/")[0], house.text(name))]


def stem_of(name: str) -> str:
    return name.rsplit(".", 1)[0]


def owners_of(house: House, targets: list[Target]) -> dict[str, Target]:
    """Which target each file is of. A header is of its own .cpp's target; one without a .cpp is of
    the files of its folder that include it (the pure ones first), else of the folder's first."""
    names = house.named(*CPP, under=("scanner/", "daemon/"))
    by_stem = {stem_of(source): target for target in targets for source in target.sources}
    owners = {name: by_stem[stem_of(name)] for name in names if stem_of(name) in by_stem}
    included = {name: {text[1:-1] for _, text in includes_of(house.text(name))} for name in names}
    orphans = [name for name in names if name not in owners and not name.endswith(".cpp")]
    for _ in orphans:  # each round may give an owner to a header that others wait for
        for name in orphans:
            found = [
                owners[other]
                for other in names
                if other in owners and name in included[other] and room_folder(other) == room_folder(name)
            ]
            if found:
                owners[name] = min(found, key=lambda target: target.ring != PURE)
    for name in orphans:
        first = next((target for target in targets if target.folder == room_folder(name)), None)
        if name not in owners and first is not None:
            owners[name] = first
    return owners


def uses_findings(
    house: House, targets: list[Target], owners: dict[str, Target]
) -> list[Finding]:
    """USES names the rooms whose headers the target's files include, and no others. A folder with a
    pure part of its own is one room: naming either target names both."""
    folder_of = {target.name: target.folder for target in targets}
    used: dict[str, set[str]] = {target.name: set() for target in targets}
    findings = []
    for name in house.named(*CPP, under=("scanner/", "daemon/")):
        own = owners.get(name)
        for line, included in includes_of(house.text(name)):
            other = owners.get(included[1:-1])
            if own is None or other is None or own.folder == other.folder:
                continue
            used[own.name].add(other.folder)
            if other.folder not in {folder_of.get(use) for use in own.uses}:
                text = f"includes {included}, but {own.name} does not name {other.name} under USES"
                findings.append(Finding(name, line, text))
    # A room without headers is used by being linked; a program may link what it only hands on.
    with_headers = {owner.folder for name, owner in owners.items() if name.endswith(".hpp")}
    for target in targets:
        for use in target.uses if target.ring != PROGRAM else ():
            folder = folder_of.get(use, use)
            if folder in with_headers - used[target.name] - {target.folder}:
                text = f"{target.name} names {use} under USES, but includes nothing of it"
                findings.append(Finding(f"{target.folder}/CMakeLists.txt", target.line, text))
    return findings


def orphan_findings(house: House, owners: dict[str, Target]) -> list[Finding]:
    """Every .cpp is named by its CMakeLists, as a room's source or a program's."""
    findings = []
    for name in house.named(".cpp", under=("scanner/", "daemon/")):
        folder, _, base = name.rpartition("/")
        lists = f"{folder}/CMakeLists.txt"
        named = lists in house.files and re.search(rf"(?<![\w/]){re.escape(base)}\b", house.text(lists))
        if name not in owners and not named:
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
    owners = owners_of(house, targets)
    pure_files = frozenset(name for name, owner in owners.items() if owner.ring == PURE)
    findings = ring_findings(targets)
    findings += uses_findings(house, targets, owners) + orphan_findings(house, owners)
    for name in house.named(*CPP, under=("scanner/", "daemon/")):
        text = house.text(name)
        findings += [Finding(name, line, fault) for line, fault in file_faults(name, text, pure_files)]
        findings += [
            Finding(name, line, f"{included} does not exist")
            for line, included in includes_of(text)
            if included.startswith('"')
            and not house.path(included[1:-1]).is_file()
            and not included[1:-1].startswith(GENERATED or ("\0",))
        ]
    return findings
