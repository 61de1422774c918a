"""Holds the answers of running servers against schema/http.openapi.yaml.

    openapi.py schema/http.openapi.yaml path/to/serve_example

Every object of an answer has exactly the members that the document names (but those under
x-optional), every status is one that it lists, and every path of it is asked for.
"""

import base64
import http.client
import json
import re
import socket
import struct
import subprocess
import sys

import jsonschema
import yaml

PNG = b"\x89PNG\r\n\x1a\nrest"
ALERT = {"node": "ward-1", "cart": "OR-1", "subject": "epi", "episode": 1, "badge": "95"}
RECALL = {"product": "epi", "lot": "A1", "reason": "glass", "badge": "95"}
SUBSTITUTION = {"product": "epi", "substitute": "norepi", "badge": "95"}
POLICY = {
    **{"check_interval_days": 7, "delivery_days": 1, "near_expiry_days": [180, 90, 30]},
    **{"shortest_life_days": 90, "working_day_begins_hour": 6, "accept_within_minutes": 15},
    **{"resolve_critical_within_hours": 2, "restock_within_hours": 24, "sealed_within_days": 30},
    **{"sealed_counts_as_weekly": False, "sealed_interval_days": 0, "handover_interval_days": 0},
    **{"shift_hours": [8, 16, 0], "sealed_each_shift": False, "handover_each_shift": True},
    **{"witness": "controlled", "by_unit": "off", "serialised_by_unit": False, "blind_lines": 2},
    **{"pace_seconds_per_line": 1, "same_label_times": 5, "list_order_checks": 3},
}
SET_POLICY = {"before": POLICY, "policy": POLICY | {"check_interval_days": 5}, "badge": "95"}
STATION = {"id": "N9", "name": {"zh": "新站", "en": ""}, "phone": ""}
DEFINE = {"station": "OR", "badge": "95", "definitions": [{"kind": "station.defined", "body": STATION}]}
SCAN = {"station": "OR", "text": "9500000125"}

# (node, method, target, body, status): at least one row a path.
REQUESTS = [
    ("ward", "GET", "/healthz", None, 200),
    ("ward", "GET", "/metrics", None, 200),
    ("pharmacy", "GET", "/metrics", None, 200),
    ("ward", "GET", "/api/v1/stations", None, 200),
    ("pharmacy", "GET", "/api/v1/stations", None, 200),
    ("ward", "GET", "/api/v1/view?station=OR", None, 200),
    ("ward", "GET", "/api/v1/view?station=N3", None, 200),
    ("ward", "GET", "/api/v1/view?station=XX", None, 404),
    ("pharmacy", "GET", "/api/v1/view", None, 200),
    ("ward", "GET", "/api/v1/live?station=OR", None, 426),
    ("ward", "POST", "/api/v1/scans", SCAN, 200),
    ("ward", "POST", "/api/v1/scans", {"station": "XX", "text": "x"}, 404),
    ("ward", "POST", "/api/v1/scans", {"station": "OR"}, 400),
    ("ward", "POST", "/api/v1/scans/choose", {"station": "OR", "texts": ["a", "b"]}, 200),
    ("ward", "POST", "/api/v1/scans/choose", {"station": "OR", "texts": []}, 400),
    ("pharmacy", "POST", "/api/v1/scans", {"station": "pharmacy", "text": "95"}, 200),
    ("ward", "POST", "/api/v1/images?station=OR", PNG, 200),
    ("ward", "POST", "/api/v1/images?station=OR&apply=true", PNG, 200),
    ("ward", "POST", "/api/v1/images?station=OR", b"no picture", 400),
    ("ward", "POST", "/api/v1/clock/confirm", {"station": "OR", "day": "2026-11-22"}, 200),
    ("pharmacy", "POST", "/api/v1/clock/confirm", {"station": "pharmacy", "day": "2026-11-22"}, 200),
    ("ward", "POST", "/api/v1/past/go_on", {}, 200),
    ("pharmacy", "POST", "/api/v1/past/go_on", {}, 200),
    ("pharmacy", "POST", "/api/v1/alerts/accept", ALERT, 200),
    ("pharmacy", "POST", "/api/v1/alerts/accept", ALERT | {"expected_at": "2026-11-22T03:00:00.000Z"}, 200),
    ("pharmacy", "POST", "/api/v1/alerts/hand_back", ALERT, 200),
    ("pharmacy", "POST", "/api/v1/alerts/hand_back", ALERT | {"episode": 0}, 400),
    ("pharmacy", "GET", "/api/v1/products", None, 200),
    ("ward", "GET", "/api/v1/products", None, 404),
    ("pharmacy", "POST", "/api/v1/products/read", {"text": "no code of ours"}, 200),
    ("pharmacy", "POST", "/api/v1/products/read", {"txt": "x"}, 400),
    ("ward", "GET", "/api/v1/policy", None, 200),
    ("pharmacy", "GET", "/api/v1/policy", None, 200),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY, 200),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"badge": None}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"why": "because"}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": {"blind_lines": 2}}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": POLICY | {"blind_lines": -1}}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": POLICY | {"blind_lines": 2.5}}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": POLICY | {"witness": "all"}}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": POLICY | {"near_expiry_days": [1] * 11}}, 400),
    ("pharmacy", "POST", "/api/v1/policy/set", SET_POLICY | {"policy": POLICY | {"near_expiry_days": ["x"]}}, 400),
    ("ward", "GET", "/api/v1/seals", None, 200),
    ("pharmacy", "GET", "/api/v1/seals", None, 200),
    ("pharmacy", "GET", "/api/v1/recalls", None, 200),
    ("ward", "GET", "/api/v1/recalls", None, 404),
    ("pharmacy", "POST", "/api/v1/recalls/issue", RECALL, 200),
    ("pharmacy", "POST", "/api/v1/recalls/issue", RECALL | {"lto": "A1"}, 400),
    ("pharmacy", "POST", "/api/v1/recalls/withdraw", RECALL, 200),
    ("pharmacy", "POST", "/api/v1/alerts/dispatch", ALERT | {"units": [
        {"lot": "B2", "last_usable_day": "2028-01-31", "quantity": 3, "serials": ["S1"]}, {"quantity": 1}]}, 200),
    ("pharmacy", "POST", "/api/v1/alerts/dispatch", ALERT | {"units": [{"quantity": 0}]}, 400),
    ("pharmacy", "POST", "/api/v1/alerts/silence", ALERT | {"reason": "stock-out",
                                                           "until": "2026-11-27T03:00:00.000Z"}, 200),
    ("pharmacy", "POST", "/api/v1/alerts/silence", ALERT | {"reason": "stock-out"}, 400),
    ("pharmacy", "POST", "/api/v1/alerts/read_unit",
     {"node": "ward-1", "cart": "OR-1", "subject": "epi", "text": "no code of ours"}, 200),
    ("pharmacy", "POST", "/api/v1/alerts/read_unit", {"node": "ward-1"}, 400),
    ("ward", "GET", "/api/v1/substitutions", None, 200),
    ("pharmacy", "GET", "/api/v1/substitutions", None, 200),
    ("pharmacy", "POST", "/api/v1/substitutions/publish", SUBSTITUTION | {"until": "2026-12-31", "warning": "2 mg"}, 200),
    ("pharmacy", "POST", "/api/v1/substitutions/publish", SUBSTITUTION | {"until": "soon", "warning": "2 mg"}, 400),
    ("pharmacy", "POST", "/api/v1/substitutions/withdraw", SUBSTITUTION | {"reason": "in stock again"}, 200),
    ("ward", "GET", "/api/v1/history", None, 200),
    ("pharmacy", "GET", "/api/v1/history?from=2026-09-01&to=2026-11-22&node=ward-1&cart=OR-1", None, 200),
    ("ward", "GET", "/api/v1/history?from=2026-11-22&to=2026-09-01", None, 400),
    ("ward", "GET", "/api/v1/history?from=soon", None, 400),
    ("ward", "GET", "/api/v1/history/figures", None, 200),
    ("pharmacy", "GET", "/api/v1/history/figures?from=2026-11-22&to=2026-09-01", None, 400),
    ("ward", "GET", "/api/v1/history/expiry", None, 200),
    ("pharmacy", "GET", "/api/v1/history/expiry?months=25", None, 400),
    ("ward", "GET", "/api/v1/history/check?node=ward-1&check=ward-1/1&day=2026-11-22", None, 200),
    ("ward", "GET", "/api/v1/history/check?node=ward-1&check=ward-1/1", None, 400),
    ("ward", "GET", "/api/v1/labels", None, 200),
    ("pharmacy", "GET", "/api/v1/labels/things?what=lines&cart=OR-1", None, 200),
    ("ward", "GET", "/api/v1/labels/sheet?what=carts&paper=a4-24&start=3&format=pdf", None, 200),
    ("ward", "GET", "/api/v1/setup/products", None, 200),
    ("pharmacy", "GET", "/api/v1/setup/products", None, 200),
    ("ward", "GET", "/api/v1/setup/staff", None, 200),
    ("ward", "GET", "/api/v1/setup/carts", None, 200),
    ("ward", "GET", "/api/v1/setup/cart?cart=OR-1", None, 200),
    ("ward", "GET", "/api/v1/setup/cart?cart=XX", None, 404),
    ("ward", "POST", "/api/v1/setup/import/products?station=OR", b"id,name", 200),
    ("ward", "POST", "/api/v1/setup/import/products?station=OR&apply=x&badge=95", b"id,name", 409),
    ("ward", "POST", "/api/v1/setup/import/policies?station=OR", b"id,name", 404),
    ("ward", "POST", "/api/v1/setup/define", DEFINE, 200),
    ("pharmacy", "POST", "/api/v1/setup/define", {"definitions": []}, 400),
    ("ward", "GET", "/api/v1/export/checks?format=csv", None, 200),
    ("ward", "GET", "/api/v1/export/checks?format=exe", None, 400),
    ("ward", "GET", "/api/v1/export/salaries?format=csv", None, 404),
]
CHECK = "/api/v1/scanner_check"
ANSWERS = {
    "station": "OR",
    "identity": "usb:05e0:1200:S123",
    "layout": "us",
    "keep": True,
    "answers": {
        "digits": {"text": "]C09900000011"},
        "letters": {"text": "]C0AqZwYm/-@#;", "line_end": False, "longest_gap_ms": 70.5},
        "gs1": {"text": "]d2010952123454321310zY-4A|21q7/M"},
    },
}
REQUESTS += [
    ("ward", "GET", f"{CHECK}?station=OR", None, 200),
    ("ward", "GET", f"{CHECK}?station=XX", None, 404),
    ("ward", "POST", f"{CHECK}/listen", {"station": "OR"}, 200),
    ("ward", "POST", f"{CHECK}/listen", {"station": "OR", "after": 0}, 200),
    ("ward", "POST", f"{CHECK}/listen", {"station": "OR", "stop": True}, 200),
    ("ward", "POST", f"{CHECK}/listen", {"station": "OR", "befor": 0}, 400),
    ("ward", "POST", f"{CHECK}/answers", ANSWERS, 200),
    ("ward", "POST", f"{CHECK}/answers", ANSWERS | {"answers": {}}, 200),
    ("ward", "POST", f"{CHECK}/answers", ANSWERS | {"identity": "nobody"}, 404),
    ("ward", "POST", f"{CHECK}/answers", ANSWERS | {"layout": "xx"}, 400),
]
COMMANDS = [
    {"do": "select_line", "line": "epi", "lot": "A1"},
    {"do": "select_device", "device": "defib"},
    {"do": "quantity", "quantity": 0, "line": "epi"},
    {"do": "damaged", "quantity": 9999},
    {"do": "missing", "line": None},
    {"do": "take_out_expired"},
    {"do": "expiry", "last_usable_day": "2028-02-29", "lot": "A1", "line": "epi"},
    {"do": "test", "passed": False, "device": "defib"},
    {"do": "seal", "number": "0457723"},
    {"do": "undo"},
    {"do": "used"},
    {"do": "left", "quantity": 2, "line": "epi"},
    {"do": "count_left"},
    {"do": "restock"},
    {"do": "close"},
    {"do": "cancel"},
    {"do": "link_code", "raw": "]C0812345", "product": "epi"},
    {"do": "issue_seals", "station": "OR", "first": "100", "last": "109", "badge": "95"},
    {"do": "issue_seals", "station": "OR", "first": "100", "last": "109"},
    {"do": "void_seal", "number": "101", "reason": "torn"},
]
# What neither the document nor the program takes.
BAD_COMMANDS = [
    {"do": "undo", "lne": "epi"},
    {"do": "quantity", "quantity": 10000},
    {"do": "quantity"},
    {"do": "explode"},
    {"do": "select_line"},
    {"do": "issue_seals", "station": "OR", "first": "100"},
    {"do": "void_seal", "number": "101", "badge": "95"},
    {},
]
REQUESTS += [
    ("ward", "POST", "/api/v1/commands", {"station": "OR", "command": command}, 200) for command in COMMANDS
]
REQUESTS += [
    ("ward", "POST", "/api/v1/commands", {"station": "OR", "command": command}, 400) for command in BAD_COMMANDS
]


def closed(node):
    """The same schema where an object has no member that is not named, and lacks none."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: closed(value) for key, value in node.items()}
    if node.get("type") == "object" and "properties" in node and "additionalProperties" not in node:
        named = set(node.get("required", [])) | set(node.get("x-optional", []))
        assert named == set(node["properties"]), f"neither required nor optional: {named ^ set(node['properties'])}"
        result["additionalProperties"] = False
    return result


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = closed(yaml.safe_load(file))
        self.asked = set()

    def resolve(self, node):
        while "$ref" in node:
            target = self.text
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def operation(self, method, target):
        plain = target.partition("?")[0]
        for path, item in self.text["paths"].items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", path)
            if re.fullmatch(pattern, plain) and method.lower() in item:
                self.asked.add((path, method.lower()))
                return item[method.lower()]
        raise AssertionError(f"{method} {plain} is not documented")

    def validate(self, schema, value):
        whole = {"$ref": "#/whole", "whole": schema, "components": self.text["components"]}
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(whole).validate(value)

    def fits(self, schema, value):
        try:
            self.validate(schema, value)
        except jsonschema.ValidationError:
            return False
        return True


def check_request(document, ports, row):
    node, method, target, body, status = row
    operation = document.operation(method, target)
    headers = {}
    payload = body
    if isinstance(body, bytes):
        sheet = "/import/" in target
        headers["Content-Type"] = "application/octet-stream" if sheet else "image/png"
    elif body is not None:
        headers["Content-Type"] = "application/json"
        payload = json.dumps(body)
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert document.fits(schema, body) == (status != 400), f"document and {status} disagree on {body}"
    connection = http.client.HTTPConnection("127.0.0.1", ports[node], timeout=20)
    connection.request(method, target, payload, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    assert response.status == status, f"{method} {target} {body}: {response.status} {text[:300]!r}"
    documented = document.resolve(operation["responses"][str(status)])
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    content = documented.get("content")
    if content is None:
        return
    assert media_type in content, f"{method} {target}: {media_type} is not documented"
    if "json" in media_type:
        document.validate(content[media_type]["schema"], json.loads(text))


def read_exactly(stream, count):
    data = stream.read(count)
    assert len(data) == count, "the live page ended"
    return data


def live_messages(port, target, count):
    """The first messages of a live page; RFC 6455 in the few lines that a server's frames need."""
    key = base64.b64encode(b"0123456789abcdef").decode()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        stream = connection.makefile("rb")
        assert b" 101 " in stream.readline()
        while stream.readline() not in (b"\r\n", b""):
            pass
        for _ in range(count):
            first, length = read_exactly(stream, 2)
            assert first == 0x81, f"a frame that begins with {first:#x}"
            if length == 126:
                (length,) = struct.unpack("!H", read_exactly(stream, 2))
            elif length == 127:
                (length,) = struct.unpack("!Q", read_exactly(stream, 8))
            yield json.loads(read_exactly(stream, length))


def check_live(document, ports):
    schema = {"$ref": "#/components/schemas/LiveMessage"}
    document.validate(schema, next(live_messages(ports["pharmacy"], "/api/v1/live", 1)))
    kinds = []
    for message in live_messages(ports["ward"], "/api/v1/live?station=OR", 2):
        document.validate(schema, message)
        kinds.append(message["type"])
    assert kinds == ["view", "tick"], kinds


def main(document_path, program):
    document = Document(document_path)
    for name, schema in document.text["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert not document.fits({"$ref": f"#/components/schemas/{name}"}, 3.5), f"{name} takes anything"
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        ports = json.loads(server.stdout.readline())
        for row in REQUESTS:
            check_request(document, ports, row)
        check_live(document, ports)
        server.stdin.close()
        assert server.wait(timeout=30) == 0, f"the servers ended with {server.returncode}"
    paths = {(path, method) for path, item in document.text["paths"].items() for method in item}
    assert document.asked == paths, f"never asked for: {paths - document.asked}"
    print(f"{len(REQUESTS)} answers and 3 live messages fit the document")


if __name__ == "__main__":
    main(*sys.argv[1:])
