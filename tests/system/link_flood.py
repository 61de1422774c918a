"""A bad node: attacks the pharmacy's link port on loopback in six ways at once, until its standard input
ends; then prints how often each, as JSON. usage: link_flood.py PORT"""

import collections
import contextlib
import json
import os
import random
import resource
import socket
import sys
import threading

PORT = int(sys.argv[1])
SILENT = 1_000  # connections held at once
HELLO = b'{"type":"hello","protocol":1,"node":"%s","have":{}}\n'

counts = collections.Counter()
done = threading.Event()


@contextlib.contextmanager
def call():
    """A connection; whatever end it comes to is the attack's success or failure, and only counted."""
    try:
        with socket.create_connection(("127.0.0.1", PORT), timeout=5) as peer:
            counts["calls"] += 1
            yield peer
    except OSError:
        counts["calls that ended in an error"] += 1


def garbage():
    with call() as peer:
        peer.sendall(random.randbytes(random.randrange(1, 50_000)) + b"\n")
        counts["errors told to garbage"] += b'"error"' in peer.recv(65536)


def endless_line():
    with call() as peer:
        peer.sendall(HELLO % b"bad-line")
        while not done.is_set():
            peer.sendall(b"x" * 65536)
            counts["bytes of lines without an end"] += 65536


def hellos():
    with call() as peer:
        peer.sendall(HELLO % b"bad-hello")
        counts["hellos answered"] += b'"hello"' in peer.recv(65536)


def pings():
    with call() as peer:
        peer.sendall(HELLO % b"bad-ping")
        while not done.is_set():
            peer.sendall(b'{"type":"ping"}\n' * 1_000)
            counts["pings"] += 1_000


def deaf():
    """Asks for the pharmacy's journal and does not read it."""
    with call() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.sendall(HELLO % b"bad-deaf")
        done.wait(3)
        counts["calls that did not listen"] += 1


def silent():
    """As many calls as one machine can hold that say nothing."""
    with contextlib.ExitStack() as held:
        for _ in range(SILENT):
            if done.is_set():
                return
            with contextlib.suppress(OSError):
                held.enter_context(socket.create_connection(("127.0.0.1", PORT), timeout=5))
                counts["silent calls"] += 1
        done.wait(1)


def again_and_again(attack):
    while not done.is_set():
        attack()


os.nice(10)  # an attacker is another machine: it does not take this one's processor
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
attacks = [garbage, endless_line, hellos, pings, deaf, silent]
threads = [threading.Thread(target=again_and_again, args=(attack,), daemon=True) for attack in attacks]
for thread in threads:
    thread.start()
for _ in sys.stdin:  # a line asks how it goes
    print(json.dumps(counts), flush=True)
done.set()
for thread in threads:
    thread.join(timeout=20)
