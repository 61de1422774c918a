"""Holds the tree to the house's rules: `lint.py [RULE…]`, all of them where none is named."""

import pathlib
import sys

import coroutines
import hygiene
import rings
import sizes
from house import House

RULES = {
    "rings": rings.check,
    "coroutines": coroutines.check,
    "sizes": sizes.check,
    "hygiene": hygiene.check,
}
ROOT = pathlib.Path(__file__).resolve().parents[2]


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in RULES]
    if unknown:
        print(f"unknown rule {' '.join(unknown)}; there are {', '.join(RULES)}", file=sys.stderr)
        return 2
    house = House(ROOT)
    if len(house.files) < 10:
        print(f"only {len(house.files)} files in {ROOT}: nothing to judge", file=sys.stderr)
        return 1
    findings = sorted({finding for name in names or RULES for finding in RULES[name](house)})
    for finding in findings:
        print(finding)
    print(f"{len(house.files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
