-- Seals as stock, kinds of check, and what a policy asks of them. Filled from the journal.

ALTER TABLE policy ADD COLUMN sealed_within_days      INTEGER NOT NULL DEFAULT 30;           -- the seal alone may be checked while the last full check is younger, days
ALTER TABLE policy ADD COLUMN sealed_counts_as_weekly INTEGER NOT NULL DEFAULT 0;            -- 1: a check of the seal moves the next full check on
ALTER TABLE policy ADD COLUMN sealed_interval_days    INTEGER NOT NULL DEFAULT 0;            -- days between two checks of the seal; 0: not asked for
ALTER TABLE policy ADD COLUMN handover_interval_days  INTEGER NOT NULL DEFAULT 0;            -- days between two handovers; 0: not asked for
ALTER TABLE policy ADD COLUMN witness                 TEXT NOT NULL DEFAULT 'controlled';    -- lines whose cart two sign for: off, controlled, controlled_and_high_alert
ALTER TABLE policy ADD COLUMN by_unit                 TEXT NOT NULL DEFAULT 'off';           -- lines that are counted unit by unit, in the same words
ALTER TABLE policy ADD COLUMN serialised_by_unit      INTEGER NOT NULL DEFAULT 0;            -- 1: packs with a serial number are counted one by one
ALTER TABLE policy ADD COLUMN blind_lines             INTEGER NOT NULL DEFAULT 2;            -- lines of a check whose number must be entered
ALTER TABLE policy ADD COLUMN pace_seconds_per_line   INTEGER NOT NULL DEFAULT 1;            -- quicker checks are remarked on; 0: none
ALTER TABLE policy ADD COLUMN same_label_times        INTEGER NOT NULL DEFAULT 5;            -- a label scanned so often is remarked on; 0: none
ALTER TABLE policy ADD COLUMN list_order_checks       INTEGER NOT NULL DEFAULT 3;            -- so many checks in the list's order are remarked on; 0: none

ALTER TABLE cart ADD COLUMN seal_ready_until  TEXT;  -- last day on which it stays ready, bound to the seal's number; null: it was not ready
ALTER TABLE cart ADD COLUMN seal_how          TEXT;  -- of a broken seal: for_check, emergency, mistake, unexplained; null with the number
ALTER TABLE cart ADD COLUMN unexplained_seal  TEXT NOT NULL DEFAULT '';  -- seal that the last full check found broken without a use; empty: none
ALTER TABLE cart ADD COLUMN last_sealed_check TEXT;  -- working day of the last check of its seal; null: never
ALTER TABLE cart ADD COLUMN last_handover     TEXT;  -- working day of its last handover; null: never

ALTER TABLE holding ADD COLUMN sealed_at_ms INTEGER;  -- when last proved by the unbroken seal before it, milliseconds since 1970; null: never

ALTER TABLE last_check ADD COLUMN list_order INTEGER NOT NULL DEFAULT 0;    -- checks in a row that kept to the order of the list
ALTER TABLE last_check ADD COLUMN remarks    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks));  -- how it was done, JSON list

ALTER TABLE open_check ADD COLUMN broke_seal INTEGER NOT NULL DEFAULT 0;    -- 1: opening it broke the seal on record
ALTER TABLE open_check ADD COLUMN seed       INTEGER NOT NULL DEFAULT 0;    -- random number that the blind lines were chosen by; 0: none
ALTER TABLE open_check ADD COLUMN blind      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(blind));  -- line ids whose number must be entered, JSON list

ALTER TABLE check_closed ADD COLUMN witness TEXT NOT NULL DEFAULT '';       -- staff id of the second badge; empty: none was asked for
ALTER TABLE check_closed ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks));  -- how it was done, JSON list

CREATE TABLE seal (
    node         TEXT NOT NULL,  -- whose journal speaks of it
    number       TEXT NOT NULL,  -- as it bears it
    station      TEXT NOT NULL,  -- station.id that it was issued to; empty: seen, never issued
    state        TEXT NOT NULL,  -- issued, on_cart, broken, voided
    issued_at_ms INTEGER,        -- milliseconds since 1970; null: never issued
    issued_by    TEXT NOT NULL,  -- staff id; empty: never issued
    cart         TEXT NOT NULL,  -- cart.id that it was put on; empty: none
    put_on_at_ms INTEGER,        -- milliseconds since 1970; null: not yet
    put_on_by    TEXT NOT NULL,  -- staff id; empty: not yet
    put_on_check TEXT NOT NULL,  -- the check that closed the cart with it; empty: none
    ended_at_ms  INTEGER,        -- when it was broken or voided, milliseconds since 1970; null: not yet
    ended_by     TEXT NOT NULL,  -- staff id; empty: not yet
    how          TEXT NOT NULL,  -- of a broken one: for_check, emergency, mistake, unexplained
    reason       TEXT NOT NULL,  -- of a voided one: what became of it
    PRIMARY KEY (node, number)
) STRICT, WITHOUT ROWID;
