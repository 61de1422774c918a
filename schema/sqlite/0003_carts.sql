-- Carts with their lists, what is in them and their devices: present state, from the journal.

CREATE TABLE cart (
    node            TEXT NOT NULL,     -- whose journal defines it
    id              TEXT NOT NULL,     -- e.g. OR-1
    tag             TEXT NOT NULL,     -- our ten-digit cart label; empty: none
    name_zh         TEXT NOT NULL,     -- name in Chinese
    name_en         TEXT NOT NULL,     -- name in English
    station         TEXT NOT NULL,     -- station.id
    last_full_check TEXT,              -- working day of the last full check; null: never
    seal_number     TEXT,              -- number of its seal; null: none known
    seal_intact     INTEGER,           -- 1: unbroken; null with the number
    retired         INTEGER NOT NULL,  -- 1: no longer used
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
    node     TEXT NOT NULL,     -- as the cart's
    cart     TEXT NOT NULL,     -- cart.id
    id       TEXT NOT NULL,     -- unique in its cart
    place    INTEGER NOT NULL,  -- order in the cart's list, from 0
    tag      TEXT NOT NULL,     -- our ten-digit slot label; empty: none
    product  TEXT NOT NULL,     -- product.id
    position TEXT NOT NULL,     -- drawer and slot as people say it
    par      INTEGER NOT NULL,  -- units that belong there (基数)
    critical INTEGER NOT NULL,  -- 1: the cart is not ready without it
    count_by TEXT NOT NULL,     -- line, unit
    function TEXT NOT NULL,     -- clinical function; empty: none
    PRIMARY KEY (node, cart, id),
    FOREIGN KEY (node, cart) REFERENCES cart (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE holding (
    node            TEXT NOT NULL,     -- as the cart's
    cart            TEXT NOT NULL,     -- cart.id
    line            TEXT NOT NULL,     -- line.id
    place           INTEGER NOT NULL,  -- order within the line, from 0
    lot             TEXT NOT NULL,     -- empty: not known
    last_usable_day TEXT,              -- YYYY-MM-DD; null: does not expire
    quantity        INTEGER NOT NULL,  -- units in the cart, damaged ones included
    damaged         INTEGER NOT NULL,  -- damaged units of them
    evidence        TEXT NOT NULL,     -- scanned, slot, typed, sealed
    seen_at_ms      INTEGER,           -- when last seen, milliseconds since 1970; null: never
    PRIMARY KEY (node, cart, line, place),
    FOREIGN KEY (node, cart, line) REFERENCES line (node, cart, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX holding_expiry ON holding (last_usable_day);

CREATE TABLE holding_serial (
    node    TEXT NOT NULL,     -- as the cart's
    cart    TEXT NOT NULL,     -- cart.id
    line    TEXT NOT NULL,     -- line.id
    holding INTEGER NOT NULL,  -- holding.place
    place   INTEGER NOT NULL,  -- order within the holding, from 0
    serial  TEXT NOT NULL,     -- serial number of one pack
    PRIMARY KEY (node, cart, line, holding, place),
    FOREIGN KEY (node, cart, line, holding) REFERENCES holding (node, cart, line, place) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    node             TEXT NOT NULL,     -- as the cart's
    cart             TEXT NOT NULL,     -- cart.id
    id               TEXT NOT NULL,     -- unique in its cart
    place            INTEGER NOT NULL,  -- order in the cart's list, from 0
    tag              TEXT NOT NULL,     -- our ten-digit device tag; empty: none
    code             TEXT NOT NULL,     -- a code that the hospital already uses; empty: none
    name_zh          TEXT NOT NULL,     -- name in Chinese
    name_en          TEXT NOT NULL,     -- name in English
    position         TEXT NOT NULL,     -- where it is kept
    critical         INTEGER NOT NULL,  -- 1: the cart is not ready without it
    function         TEXT NOT NULL,     -- clinical function; empty: none
    last_test_on     TEXT,              -- working day of its last test; null: never
    last_test_passed INTEGER,           -- 1: passed; null with the day
    service_due      TEXT,              -- day by which it must be serviced; null: not known
    PRIMARY KEY (node, cart, id),
    FOREIGN KEY (node, cart) REFERENCES cart (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE accessory (
    node            TEXT NOT NULL,     -- as the cart's
    cart            TEXT NOT NULL,     -- cart.id
    device          TEXT NOT NULL,     -- device.id
    place           INTEGER NOT NULL,  -- order within the device, from 0
    id              TEXT NOT NULL,     -- e.g. pads
    name_zh         TEXT NOT NULL,     -- name in Chinese
    name_en         TEXT NOT NULL,     -- name in English
    last_usable_day TEXT,              -- YYYY-MM-DD; null: does not expire
    PRIMARY KEY (node, cart, device, place),
    FOREIGN KEY (node, cart, device) REFERENCES device (node, cart, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE last_check (
    node        TEXT NOT NULL,     -- as the cart's
    cart        TEXT NOT NULL,     -- cart.id
    id          TEXT NOT NULL,     -- the full check that was closed last
    by          TEXT NOT NULL,     -- staff id of its signature
    at_ms       INTEGER NOT NULL,  -- when, milliseconds since 1970
    working_day TEXT NOT NULL,     -- working day that it counts for
    PRIMARY KEY (node, cart)
) STRICT, WITHOUT ROWID;
