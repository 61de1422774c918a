-- Function tests of devices, each with its last result, and what checks found by them. Readings are
-- kept in thousandths of their unit.

CREATE TABLE device_test (
    node              TEXT NOT NULL,     -- as the cart's
    cart              TEXT NOT NULL,     -- cart.id
    device            TEXT NOT NULL,     -- device.id
    place             INTEGER NOT NULL,  -- order in which they are asked for, from 0
    id                TEXT NOT NULL,     -- unique in its device, e.g. battery
    name_zh           TEXT NOT NULL,     -- name in Chinese
    name_en           TEXT NOT NULL,     -- name in English
    critical          INTEGER NOT NULL,  -- 0: the device is fit for use without it
    interval_days     INTEGER,           -- days between two of them; null: at each full check
    unit              TEXT,              -- %, MPa, kPa, J; null: answered yes or no
    least             INTEGER,           -- lowest reading in order, thousandths; null: no limit
    most              INTEGER,           -- highest reading in order, thousandths; null: no limit
    selected          INTEGER,           -- energy asked for, thousandths; null: none
    tolerance_percent INTEGER NOT NULL,  -- how far off the selected a reading may be, percent
    last_on           TEXT,              -- working day of its last result; null: never taken
    last_passed       INTEGER,           -- 1: it passed; null with the day
    last_by           TEXT,              -- staff id; null with the day
    last_value        INTEGER,           -- what was read, thousandths; null: nothing
    PRIMARY KEY (node, cart, device, place),
    FOREIGN KEY (node, cart, device) REFERENCES device (node, cart, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Day by which it must be calibrated; null: not known.
ALTER TABLE device ADD COLUMN calibration_due TEXT;

-- What each of its tests said: JSON list of the members of check.device_tested.
ALTER TABLE check_device ADD COLUMN tests TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tests));

-- device_test.id that the finding is of; empty: of none.
ALTER TABLE finding ADD COLUMN test TEXT NOT NULL DEFAULT '';
-- Unit of a reading that failed, the reading itself and its limits in thousandths; null: none.
ALTER TABLE finding ADD COLUMN unit TEXT;
ALTER TABLE finding ADD COLUMN value INTEGER;
ALTER TABLE finding ADD COLUMN least INTEGER;
ALTER TABLE finding ADD COLUMN most INTEGER;

-- Tests of a device that failed, with what was read: JSON list.
ALTER TABLE alert ADD COLUMN failed TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(failed));
ALTER TABLE alert_history ADD COLUMN failed TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(failed));
