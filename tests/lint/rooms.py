"""The table of the house: which ring a room is in, which adapters it may use, and in which one
folder each outside library's headers may appear. A new room or library gets its line here."""

from dataclasses import dataclass, field

PURE = "pure"
ADAPTER = "adapter"
PROGRAM = "program"


@dataclass(frozen=True)
class Room:
    """`uses` lists the rooms it may include; None means all (programs)."""

    ring: str
    uses: frozenset[str] | None = field(default_factory=frozenset)


def pure(*uses: str) -> Room:
    return Room(PURE, frozenset(uses))


def adapter(*uses: str) -> Room:
    return Room(ADAPTER, frozenset(uses) | frozenset(PURE_ROOMS + FOR_EVERY_ADAPTER))


PROGRAM_ROOM = Room(PROGRAM, None)
FOR_EVERY_ADAPTER = ("scanner/asio", "daemon/loop", "daemon/log", "daemon/clock")
PURE_ROOMS = (
    "scanner/values",
    "scanner/codes",
    "scanner/wire",
    "daemon/readiness",
    "daemon/journal",
    "daemon/figures",
    "daemon/imports",
    "daemon/pack",
)

ROOMS: dict[str, Room] = {
    "scanner/values": pure(),
    "scanner/codes": pure("scanner/values"),
    "scanner/asio": adapter(),  # compiles the parts of Asio that all share; has no header
    "scanner/wire": pure("scanner/values"),  # what the scanner's process and the daemon say
    "scanner/channel": adapter(),  # lines over a Unix socket, for both sides
    "scanner/devices": adapter("scanner/channel"),
    "scanner/pictures": adapter(),
    "scanner": PROGRAM_ROOM,
    "daemon/readiness": pure("scanner/values", "scanner/codes"),
    "daemon/journal": pure("scanner/values", "scanner/codes", "daemon/readiness"),
    "daemon/figures": pure("scanner/values", "scanner/codes", "daemon/readiness"),
    "daemon/clock": adapter(),
    "daemon/config": adapter(),
    "daemon/crypto": adapter(),
    "daemon/imports": pure("scanner/values", "scanner/codes", "daemon/readiness", "daemon/journal"),
    "daemon/pack": pure("scanner/values", "daemon/journal"),
    "daemon/inspection": adapter(
        "daemon/store", "daemon/reports", "daemon/exports", "daemon/crypto", "daemon/texts"
    ),
    "daemon/exports": adapter("daemon/store", "daemon/reports"),
    "daemon/labels": adapter("daemon/store", "daemon/reports"),
    "daemon/texts": adapter(),
    "daemon/node": PROGRAM_ROOM,
    "daemon/scanners": adapter("scanner/channel", "scanner/devices"),
    "daemon/ledger": adapter("daemon/store", "daemon/crypto"),
    "daemon/log": adapter(),
    "daemon/loop": adapter(),
    "daemon/store": adapter("daemon/crypto"),
    "daemon/link": adapter("daemon/crypto", "daemon/trust"),
    "daemon/trust": adapter("daemon/crypto"),
    "daemon/web": adapter("daemon/crypto", "daemon/store", "scanner/devices"),
    "daemon/reports": adapter("daemon/store", "daemon/imports"),
    "daemon/documents": adapter("daemon/reports", "daemon/imports"),
    "daemon/records": PROGRAM_ROOM,
    "daemon/ward": PROGRAM_ROOM,
    "daemon/pharmacy": PROGRAM_ROOM,
    "daemon/commands": PROGRAM_ROOM,
    "daemon/command_line": PROGRAM_ROOM,
    "daemon": PROGRAM_ROOM,
}

OUTSIDE_PURE = "outside the pure ring"


@dataclass(frozen=True)
class Library:
    """Whose headers match `headers`; `where` names the folders, or OUTSIDE_PURE."""

    name: str
    headers: str
    where: tuple[str, ...]


LIBRARIES: tuple[Library, ...] = (
    Library("tl::expected", r"tl/", ("scanner", "daemon")),
    Library("nlohmann/json", r"nlohmann/", ("daemon/journal", "daemon/link", "daemon/pack", "scanner/wire", OUTSIDE_PURE)),
    Library("SQLite", r"SQLiteCpp/|sqlite3\w*\.h$", ("daemon/store",)),
    Library("Beast", r"boost/beast", ("daemon/web",)),
    Library("Asio", r"boost/(asio|system)[/.]", (OUTSIDE_PURE,)),
    Library("OpenSSL", r"openssl/", ("daemon/crypto",)),
    Library("ZXing", r"ZXing/|zxing/", ("scanner/pictures",)),
    Library("zbar", r"zbar\.h$", ("scanner/pictures",)),
    Library("libdmtx", r"dmtx\.h$", ("scanner/pictures",)),
    Library("png", r"png\.h$", ("scanner/pictures",)),
    Library("jpeg", r"jpeglib\.h$|turbojpeg\.h$|jerror\.h$", ("scanner/pictures",)),
    Library("evdev", r"libevdev/|linux/input", ("scanner/devices",)),
    Library("udev", r"libudev\.h$", ("scanner/devices",)),
    Library("xlsxwriter", r"xlsxwriter", ("daemon/documents",)),
    Library("libzip", r"zip\.h$", ("daemon/documents",)),
    Library("pugixml", r"pugixml", ("daemon/documents",)),
    Library("zint", r"zint\.h$", ("daemon/documents",)),
    Library("Cairo and Pango", r"cairo|pango", ("daemon/documents",)),
    Library("iconv", r"iconv\.h$", ("daemon/reports",)),
    Library("CLI11", r"CLI/", ("daemon/command_line",)),
    Library("toml++", r"toml\+\+/", ("daemon/config",)),
    Library("date", r"date/", ("daemon/clock",)),
    Library("systemd", r"systemd/", (OUTSIDE_PURE,)),
    Library("spdlog and fmt", r"spdlog/|fmt/", ("daemon/log",)),
    Library(
        "the operating system",
        r"(sys|netinet|arpa|linux|net)/|(unistd|fcntl|poll|signal|termios|pwd|grp|dirent|netdb|spawn|dlfcn)\.h$",
        (OUTSIDE_PURE,),
    ),
)

# What reaches outside the values that a pure function is given.
FORBIDDEN_IN_PURE_HEADERS = frozenset(
    "thread mutex shared_mutex atomic condition_variable future stop_token semaphore latch barrier "
    "fstream filesystem iostream syncstream cstdio ctime csignal random locale "
    "stdio.h time.h signal.h pthread.h".split()
)
FORBIDDEN_IN_PURE_WORDS = (
    r"\b\w+_clock\s*::\s*now\b",
    r"\b(?:std\s*::\s*)?(?:getenv|setenv|system|fopen|printf|puts|rand|random_device)\s*\(",
    r"\brandom_device\b",
    r"\bstd\s*::\s*time\s*\(",
    r"\bstd\s*::\s*(?:cout|cerr|clog|cin)\b",
    r"\bthread_local\b",
    r"\bvolatile\b",
    r"\bco_await\b",
)

# Headers that a build writes, and that therefore are not in the tree.
GENERATED: tuple[str, ...] = ()
