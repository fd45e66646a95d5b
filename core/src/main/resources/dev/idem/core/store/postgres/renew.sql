-- A heartbeat: no row is updated when the lease is lost.
UPDATE idempotency_records
SET heartbeat_at = clock_timestamp(),
    expires_at   = clock_timestamp() + (:ttlMs + lock_timeout_ms) * interval '1 ms'
WHERE scope = :scope AND key = :key AND owner = :owner AND state = 'processing'
