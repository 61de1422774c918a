-- What the hospital has defined: present state, computed from the journal alone.

CREATE TABLE node (
    node          TEXT PRIMARY KEY,  -- a node whose journal is held here
    checks_opened INTEGER NOT NULL,  -- checks it ever opened: numbers their ids
    last_judged   TEXT               -- last calendar day that it judged, YYYY-MM-DD
) STRICT, WITHOUT ROWID;

CREATE TABLE policy (
    node                          TEXT PRIMARY KEY,  -- who published it
    check_interval_days           INTEGER NOT NULL,  -- days between two full checks
    delivery_days                 INTEGER NOT NULL,  -- days that a replacement takes to arrive
    near_expiry_days              TEXT NOT NULL CHECK (json_valid(near_expiry_days)),  -- bands: JSON list of days
    shortest_life_days            INTEGER NOT NULL,  -- least life left on what is put in
    working_day_begins_hour       INTEGER NOT NULL,  -- hour, 0 to 23
    accept_within_minutes         INTEGER NOT NULL,  -- critical alerts are to be accepted within
    resolve_critical_within_hours INTEGER NOT NULL,  -- critical alerts are to be resolved within
    restock_within_hours          INTEGER NOT NULL   -- any shortage is to be restocked within
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
    node    TEXT NOT NULL,  -- whose journal defines it
    id      TEXT NOT NULL,  -- e.g. OR
    name_zh TEXT NOT NULL,  -- name in Chinese
    name_en TEXT NOT NULL,  -- name in English
    phone   TEXT NOT NULL,  -- where to ring; empty: not known
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    node       TEXT NOT NULL,     -- whose journal defines it
    id         TEXT NOT NULL,     -- e.g. epinephrine-1mg
    kind       TEXT NOT NULL,     -- drug, consumable, device
    name_zh    TEXT NOT NULL,     -- name in Chinese
    name_en    TEXT NOT NULL,     -- name in English
    pinyin     TEXT NOT NULL,     -- initials 拼音码, for searching
    strength   TEXT NOT NULL,     -- as printed
    form       TEXT NOT NULL,     -- dosage form
    unit       TEXT NOT NULL,     -- what one unit is
    high_alert INTEGER NOT NULL,  -- 1: 高警示
    controlled INTEGER NOT NULL,  -- 1: 麻精
    expires    INTEGER NOT NULL,  -- 0: bears no expiry
    lasa_group TEXT NOT NULL,     -- look-alike/sound-alike group; empty: none
    function   TEXT NOT NULL,     -- clinical function; empty: none
    retired    INTEGER NOT NULL,  -- 1: no longer used
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_identifier (
    node    TEXT NOT NULL,     -- as the product's
    product TEXT NOT NULL,     -- product.id
    place   INTEGER NOT NULL,  -- order among the product's codes, from 0
    kind    TEXT NOT NULL,     -- gtin, drug_trace_prefix, drug_code, udi_di, hospital
    value   TEXT NOT NULL,     -- the code
    PRIMARY KEY (node, product, place),
    FOREIGN KEY (node, product) REFERENCES product (node, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX product_identifier_value ON product_identifier (value, kind);

CREATE TABLE code_link (
    node    TEXT NOT NULL,     -- whose journal says so
    place   INTEGER NOT NULL,  -- order in which they were linked, from 0
    product TEXT NOT NULL,     -- product.id that the code means
    kind    TEXT NOT NULL,     -- as product_identifier.kind
    value   TEXT NOT NULL,     -- the code
    PRIMARY KEY (node, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    node    TEXT NOT NULL,     -- whose journal defines them
    id      TEXT NOT NULL,     -- e.g. N012
    name    TEXT NOT NULL,     -- as shown
    role    TEXT NOT NULL,     -- nurse, head_nurse, pharmacist, manager, administrator
    badge   TEXT NOT NULL,     -- badge code
    retired INTEGER NOT NULL,  -- 1: no longer here
    PRIMARY KEY (node, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recall (
    node    TEXT NOT NULL,     -- who issued it
    place   INTEGER NOT NULL,  -- order in which they were issued, from 0
    product TEXT NOT NULL,     -- product.id
    lot     TEXT NOT NULL,     -- empty: every lot
    PRIMARY KEY (node, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_series (
    node    TEXT NOT NULL,     -- who gives the numbers
    type    INTEGER NOT NULL,  -- second digit of the tag: 0 cart … 9 scanner test
    block   INTEGER NOT NULL,  -- block of ten thousand numbers, 0 to 999
    highest INTEGER NOT NULL,  -- highest number given in it, 0 to 9999
    PRIMARY KEY (node, type, block)
) STRICT, WITHOUT ROWID;
