-- By which rules the tables were made from the journal: another program may have others.

ALTER TABLE identity ADD COLUMN fold INTEGER NOT NULL DEFAULT 0;  -- the program's fold_version; 0: older than that
