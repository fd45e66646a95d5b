-- Creates the partitions of the next days and drops those past their retention; the function's comment says more.
SELECT idempotency_events_keep(:daysAhead, :keptSeconds * interval '1 second')
