-- Checks that are asked for in every shift. Filled from the journal.

ALTER TABLE policy ADD COLUMN shift_hours         TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(shift_hours));  -- hours of the day, local time, at which shifts begin, JSON list; empty: none are known
ALTER TABLE policy ADD COLUMN sealed_each_shift   INTEGER NOT NULL DEFAULT 0;  -- 1: the seal is to be checked in every shift
ALTER TABLE policy ADD COLUMN handover_each_shift INTEGER NOT NULL DEFAULT 0;  -- 1: a handover is asked for in every shift

ALTER TABLE cart ADD COLUMN last_full_at_ms     INTEGER;  -- when the last full check was closed, milliseconds since 1970; null: never
ALTER TABLE cart ADD COLUMN last_sealed_at_ms   INTEGER;  -- when the last check of its seal was closed, likewise
ALTER TABLE cart ADD COLUMN last_handover_at_ms INTEGER;  -- when its last handover was closed, likewise
