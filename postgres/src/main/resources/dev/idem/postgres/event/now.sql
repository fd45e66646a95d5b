-- The clock that events are on.
SELECT clock_timestamp()
