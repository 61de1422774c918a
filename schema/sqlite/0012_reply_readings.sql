-- What a reply to a scan says beside its text: the readings to choose from, and what was repaired.

ALTER TABLE answered_request ADD COLUMN readings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(readings));  -- JSON list of {"lot", "last_usable_day" (YYYY-MM-DD or null), "serial"}
ALTER TABLE answered_request ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings));  -- JSON list of names: schema/read.md
