#!/usr/bin/env python3
"""Receives the alerts of wards on this machine, in the place of a pharmacy: schema/link.md in a few lines.

receive_alerts.py NODE PORT FILE: NODE is the pharmacy's name in the wards' configuration. What arrives is
kept in FILE, a line an entry, before it is acknowledged; each alert is told once, as a line.
"""
import json
import os
import socketserver
import sys

node, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
kept = open(path, "ab+")
kept.truncate(kept.seek(0) + sum(len(line) for line in kept if line.endswith(b"\n")))  # a torn last line
kept.seek(0)
have = {entry["node"]: entry["seq"] for entry in map(json.loads, kept)}


class Ward(socketserver.StreamRequestHandler):
    def say(self, **line):
        self.wfile.write(json.dumps(line).encode() + b"\n")

    def handle(self):
        for line in self.rfile:
            said = json.loads(line)
            if said["type"] == "hello":
                known = {said["node"]: have.get(said["node"], 0)}
                self.say(type="hello", protocol=1, node=node, have=known)
            elif said["type"] == "entry" and said["seq"] == have.get(said["node"], 0) + 1:
                kept.write(line), kept.flush(), os.fsync(kept.fileno())
                have[said["node"]] = said["seq"]
                self.say(type="ack", seq=said["seq"])
                if said["kind"].startswith("alert."):
                    print(said["at"], said["node"], said["kind"], json.dumps(said["body"], ensure_ascii=False), flush=True)
            elif said["type"] == "ping":
                self.say(type="pong")


socketserver.TCPServer.allow_reuse_address = True
socketserver.TCPServer(("127.0.0.1", port), Ward).serve_forever()
