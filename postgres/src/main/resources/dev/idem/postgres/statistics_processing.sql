-- Counts the processing records exactly: the index on heartbeat_at has them alone.
WITH clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now
)
SELECT count(*) AS processing,
       count(*) FILTER (WHERE now - heartbeat_at > lock_timeout_ms * interval '1 ms') AS stale
FROM idempotency_records, clock
WHERE state = 'processing' AND expires_at > now
