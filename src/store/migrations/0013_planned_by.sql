-- By which clocks and calendar every running clock is planned, so that a start with a million of them does not plan them all again
-- to find that nothing moves.
-- Locking: adds a column without a default to a table of one row.

alter table clock_ticks add column planned_by text;
