"""A line between a ward and the pharmacy that is thin, breaks at any byte, or delivers late: a TCP proxy
on loopback, one thread a direction."""

import collections
import random
import socket
import struct
import threading

CHUNK = 16 * 1024
UP, DOWN = "to the pharmacy", "to the ward"


def reset(peer):
    """Ends it as a broken line does: what is unread is lost."""
    try:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass  # it is closed already
    peer.close()


class Proxy:
    """Passes everything, until told otherwise:
    rates[UP], rates[DOWN]: bytes a second, None: as fast as it goes.
    cut_after: range of bytes after which a connection breaks; None: never.
    held_share: of the connections that break, those whose bytes to the pharmacy are kept and delivered
    on the old connection once the ward has called again."""

    def __init__(self, target, seed=0):
        self.target = target
        self.rates = {UP: None, DOWN: None}
        self.cut_after = None
        self.held_share = 0.0
        self.counts = collections.Counter()
        self.chance = random.Random(seed)
        self._lines = []
        self._held = []  # (pharmacy's end of an old connection, bytes for it)
        self._done = threading.Event()
        self.lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:{}".format(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._done.set()
        self._listener.close()

    def _accept(self):
        while not self._done.is_set():
            try:
                ward, _ = self._listener.accept()
            except OSError:
                return
            try:
                pharmacy = socket.create_connection(self.target, timeout=10)
            except OSError:
                reset(ward)  # the pharmacy is down
                continue
            pharmacy.settimeout(None)
            self.counts["connections"] += 1
            line = Line(self, ward, pharmacy)
            with self.lock:
                self._lines.append(line)
            for direction in (UP, DOWN):
                threading.Thread(target=line.pump, args=(direction,), daemon=True).start()

    def break_all(self):
        """What stands ends now; what is called next follows the settings of now."""
        with self.lock:
            lines, self._lines = self._lines, []
        for line in lines:
            line.end()

    def pause(self, seconds):
        self._done.wait(seconds)

    def keep(self, pharmacy, late):
        with self.lock:
            self._held.append((pharmacy, late))

    def deliver_late(self):
        """What old connections still held arrives now."""
        with self.lock:
            held, self._held = self._held, []
        for pharmacy, late in held:
            try:
                pharmacy.sendall(late)
                self.counts["late deliveries"] += 1
                self.counts["late bytes"] += len(late)
            except OSError:
                self.counts["late deliveries refused"] += 1
            pharmacy.close()


class Line:
    """One connection through the proxy."""

    def __init__(self, proxy, ward, pharmacy):
        self.proxy = proxy
        self.ends = {UP: (ward, pharmacy), DOWN: (pharmacy, ward)}
        self.left = proxy.chance.randint(*proxy.cut_after) if proxy.cut_after else None
        self.holds = proxy.chance.random() < proxy.held_share
        self.delivers_at = proxy.chance.choice(("call", "answer"))
        self.broken = False
        self.directions_left = 2

    def pump(self, direction):
        source, sink = self.ends[direction]
        try:
            self._pass(direction, source, sink)
        except OSError:
            pass  # one end is gone: so is the other
        if not self.broken:
            self.end()
        with self.proxy.lock:
            self.directions_left -= 1
            if self.directions_left == 0 and not self.broken:
                source.close()
                sink.close()

    def end(self):
        for end in self.ends[UP]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is closed already

    def _pass(self, direction, source, sink):
        if direction == UP and self.delivers_at == "call":
            self.proxy.deliver_late()
        while True:
            rate = self.proxy.rates[direction]
            chunk = source.recv(CHUNK if rate is None else max(1, rate // 10))
            if not chunk:
                return
            if self.left is not None and len(chunk) >= self.left:
                self._break(direction, sink, chunk)
                return
            if self.left is not None:
                self.left -= len(chunk)
            sink.sendall(chunk)
            self.proxy.counts[f"bytes {direction}"] += len(chunk)
            if direction == DOWN:
                self.proxy.deliver_late()
            if rate is not None:
                self.proxy.pause(len(chunk) / rate)

    def _break(self, direction, sink, chunk):
        """In the midst of this chunk. Held: the pharmacy hears the rest when the ward has called again."""
        self.broken = True
        first, rest = chunk[: self.left], chunk[self.left :]
        ward, pharmacy = self.ends[UP]
        sink.sendall(first)
        self.proxy.counts["breaks"] += 1
        if self.holds and direction == UP:
            self.proxy.counts["breaks with bytes held"] += 1
            self.proxy.keep(pharmacy, rest)
            reset(ward)
        else:
            reset(ward)
            reset(pharmacy)
