-- Makes the partitions of the next days and drops those past their time; see the function's own words.
SELECT idempotency_events_keep(:daysAhead, :keptSeconds * interval '1 second')
