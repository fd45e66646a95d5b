-- Counts the processing records exactly: the index on heartbeat_at has them alone.
WITH clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now
)
SELECT count(*) AS processing,
       count(*) FILTER (WHERE heartbeat_at < now - greatest(0, least(lock_timeout_ms, 100000000000000)) * interval '1 ms') AS stale
FROM idempotency_records, clock
WHERE state = 'processing' AND expires_at > now
