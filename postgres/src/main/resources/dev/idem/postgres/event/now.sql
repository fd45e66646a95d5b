-- The time by the clock of the events.
SELECT clock_timestamp()
