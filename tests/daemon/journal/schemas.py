"""Holds lines of every kind against schema/entries, and holds the schemas to their own promises.

usage: schemas.py SCHEMA_FOLDER PROGRAM   (PROGRAM prints entries, one a line)
"""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

folder, program = pathlib.Path(sys.argv[1]), sys.argv[2]
schemas = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.schema.json")}
store = {schema["$id"]: schema for schema in schemas.values()}


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = schemas[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(schema["$id"], schema, store)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def resolved(schema: dict) -> dict:
    """The schema of the value itself: what a reference names, what stands beside null."""
    for option in schema.get("anyOf", []):
        if option.get("type") != "null":
            schema = option
    while "$ref" in schema:
        _, _, name = schema["$ref"].partition("#/$defs/")
        schema = schemas["values.schema.json"]["$defs"][name]
    return schema


def undescribed(schema: dict) -> list[str]:
    """Members that the schema lists without saying what they mean."""
    return [name for name, member in schema.get("properties", {}).items() if "description" not in member]


def closed_copy(schema: dict, value: object) -> list[str]:
    """Members of a value that its schema does not list: the writer has none of those."""
    schema = resolved(schema)
    if isinstance(value, dict):
        extra = [name for name in value if name not in schema.get("properties", {})]
        inner = [closed_copy(schema["properties"][n], v) for n, v in value.items() if n not in extra]
        return extra + [text for each in inner for text in each]
    if isinstance(value, list) and "items" in schema:
        return [text for each in value for text in closed_copy(schema["items"], each)]
    return []


validators = {name: validator(name) for name in schemas}
faults: list[str] = []
for name, schema in schemas.items():
    faults += [f"{name}: {member} has no description" for member in undescribed(schema)]
for name, schema in schemas["values.schema.json"]["$defs"].items():
    faults += [f"{name}: {member} has no description" for member in undescribed(schema)]

lines = subprocess.run([program], capture_output=True, check=True).stdout.decode("utf-8").split("\n")[:-1]
kinds: dict[str, int] = {}
for line in lines:
    entry = json.loads(line)
    name = f"{entry['kind']}.schema.json"
    kinds[entry["kind"]] = kinds.get(entry["kind"], 0) + 1
    for error in validators["entry.schema.json"].iter_errors(entry):
        faults.append(f"{entry['kind']}: {error.json_path}: {error.message[:200]}")
    for error in validators[name].iter_errors(entry["body"]):
        faults.append(f"{name}: {error.json_path}: {error.message[:200]}")
    faults += [f"{name}: does not know member {member}" for member in closed_copy(schemas[name], entry["body"])]

    # A schema that lets a missing or a wrong member pass would prove nothing.
    for member in entry["body"]:
        without = copy.deepcopy(entry["body"])
        del without[member]
        added = "default" in schemas[name]["properties"].get(member, {})
        if validators[name].is_valid(without) != added:
            faults.append(f"{name}: {'refuses' if added else 'accepts'} a body without {member}")
        without[member] = {"of": "no kind"}
        if validators[name].is_valid(without):
            faults.append(f"{name}: accepts anything as {member}")

expected = {name.removesuffix(".schema.json") for name in schemas} - {"entry", "values"}
faults += [f"{kind}: no line of this kind was printed" for kind in sorted(expected - set(kinds))]
for fault in sorted(set(faults)):
    print(fault)
print(f"{len(lines)} lines of {len(kinds)} kinds, {len(set(faults))} faults")
sys.exit(1 if faults or not lines else 0)
