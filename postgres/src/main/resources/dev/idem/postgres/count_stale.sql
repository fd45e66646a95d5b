-- How many records are held by owners that have been silent for longer than their lock time-out, :limit at the most. The
-- index on heartbeat_at has no row of a completed record, so this reads what executes at the moment, and what is stale.
SELECT count(*)
FROM (SELECT 1
      FROM idempotency_records
      WHERE state = 'processing'
        AND heartbeat_at + lock_timeout_ms * interval '1 ms' < clock_timestamp()
        AND expires_at > clock_timestamp()
      LIMIT :limit) AS stale
