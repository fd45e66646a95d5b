-- Copies the answered records that are there under as many other keys as are asked for, random ones as clients choose them.
INSERT INTO idempotency_records
    (scope, key, state, fingerprint, owner, fencing, attempt, node, route, claimed_at, heartbeat_at, lock_timeout_ms,
     window_ms, completed_at, expires_at, answer, refill_pass)
SELECT scope, gen_random_uuid()::text, state, fingerprint, owner, fencing, attempt, node, route, claimed_at, heartbeat_at,
       lock_timeout_ms, window_ms, completed_at, expires_at, answer, refill_pass
FROM idempotency_records, generate_series(1, :count)
