-- Where carts stand, and the day that a badge confirmed last: present state, from the journal.

-- Building; empty: not known.
ALTER TABLE cart ADD COLUMN building TEXT NOT NULL DEFAULT '';
-- Floor, and place along it; null: not known.
ALTER TABLE cart ADD COLUMN floor INTEGER;
ALTER TABLE cart ADD COLUMN floor_order INTEGER;
-- Carts nearby, the nearest first: JSON list of cart.id.
ALTER TABLE cart ADD COLUMN neighbours TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(neighbours));

-- The day that somebody confirmed with a badge when the clock had been wrong; null: never.
ALTER TABLE node ADD COLUMN confirmed_day TEXT;
