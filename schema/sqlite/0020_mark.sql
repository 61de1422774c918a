-- By which the author of an entry knows it again when it comes back (schema/link.md, "Marks"). A ward
-- keeps it with the pharmacy's entries; the pharmacy keeps none. No part of the journal: no hash covers
-- it, and nothing follows from it.

ALTER TABLE entry ADD COLUMN mark TEXT;  -- 32 hexadecimal digits; null: it came without one, or needs none
