-- Records that are held by owners that have died.
SELECT count(*)
FROM idempotency_records
WHERE state = 'processing'
  AND expires_at > clock_timestamp()
  AND heartbeat_at + lock_timeout_ms * interval '1 ms' < clock_timestamp()
