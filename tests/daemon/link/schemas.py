"""Holds what the link really says against schema/link.schema.json, and the schema against link.md.

usage: schemas.py SCHEMA_FOLDER PROGRAM   (PROGRAM prints lines of the link)
"""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema

folder, program = pathlib.Path(sys.argv[1]), sys.argv[2]
schema = json.loads((folder / "link.schema.json").read_text("utf-8"))
document = (folder / "link.md").read_text("utf-8")
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
types = {name: each for name, each in schema["$defs"].items() if "type" in each.get("properties", {})}
codes = set(types["error"]["properties"]["code"]["enum"])

faults: list[str] = []
said: dict[str, int] = {}
said_codes: set[str] = set()
output = subprocess.run([program], capture_output=True, check=True).stdout.decode("utf-8")
for line in output.splitlines():
    message = json.loads(line)
    name = message["type"]
    said[name] = said.get(name, 0) + 1
    if name == "error":
        said_codes.add(message["code"])
        if len(message["text"].encode()) > 300:
            faults.append(f"{line[:100]}: the text is over 300 bytes")
    faults += [f"{line[:200]}: {error.message[:200]}" for error in validator.iter_errors(message)]
    faults += [f"{line[:200]}: {member} is not described" for member in message if member not in types[name]["properties"]]

faults += [f"no line of type {name} was said" for name in types if name not in said]
faults += [f"no error {code} was said" for code in sorted(codes - said_codes)]
faults += [f"error {code} is said but not described" for code in sorted(said_codes - codes)]
documented = set()
for row in re.findall(r"^\| (`[a-z_`, ]+`) \|", document.partition("## Error codes")[2], re.MULTILINE):
    documented |= set(re.findall(r"`([a-z_]+)`", row))
if documented != codes:
    faults.append(f"link.md and the schema differ in codes: {sorted(documented ^ codes)}")

# The schema refuses what it should: otherwise that all fits proves nothing.
wrong = [
    {"type": "ack"},
    {"type": "ack", "seq": -1},
    {"type": "hello", "protocol": 1, "node": "a b", "have": {}},
    {"type": "hello", "protocol": 1, "node": "a", "have": {"b": "1"}},
    {"type": "error", "code": "nonsense", "text": ""},
    {"type": "weather"},
    {"type": "join", "protocol": 1, "node": "a", "secret": "short", "request": "R"},
    {"type": "renew", "protocol": 1},
    {"type": "joined", "node": "a", "certificate": "C"},
    {"type": "entry", "node": "a", "seq": 0},
    {"type": "hello", "protocol": 1, "node": "a", "have": {"b": 1}, "have_mark": {"b": "00"}},
    [],
]
faults += [f"the schema lets {each} pass" for each in wrong if validator.is_valid(each)]

for fault in faults:
    print(fault)
print(f"{sum(said.values())} lines: {said}; {len(said_codes)} error codes")
sys.exit(1 if faults or not said else 0)
