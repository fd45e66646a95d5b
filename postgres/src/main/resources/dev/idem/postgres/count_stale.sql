-- Counts the stale records, :limit at the most. The index on heartbeat_at contains no completed record, so this reads only
-- processing records.
SELECT count(*)
FROM (SELECT 1
      FROM idempotency_records
      WHERE state = 'processing'
        AND heartbeat_at < clock_timestamp() - greatest(0, least(lock_timeout_ms, 100000000000000)) * interval '1 ms'
        AND expires_at > clock_timestamp()
      LIMIT :limit) AS stale
