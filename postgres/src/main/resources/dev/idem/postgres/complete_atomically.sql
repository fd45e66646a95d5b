-- Completes a record in the transaction of the request's effect, whichever store granted the lease. Both are committed or
-- neither is. Returns no row if another answer is stored or a later owner is known; the transaction must then be rolled back.
--
-- The statement replaces an earlier owner even if its request had another fingerprint: the store that granted the new lease
-- knew that the key was free, and the journal may not have written this yet. A statement that waits for another transaction
-- sees what that transaction has committed.
--
-- Parameters: scope, key, fingerprint, owner, fencing, attempt, node, route, lock timeout in ms, window in ms or null, time
-- to live in ms, answer, consistency (strict or null).
INSERT INTO idempotency_records AS held
    (scope, key, state, fingerprint, owner, fencing, attempt, node, route,
     claimed_at, heartbeat_at, lock_timeout_ms, window_ms, completed_at, expires_at, answer, refill_pass, consistency)
SELECT ?, ?, 'completed', ?, ?, ?, ?, ?, ?,
       t.now, t.now, ?, ?, t.now, t.now + ? * interval '1 ms', ?, idempotency_pass(), ?
FROM (SELECT clock_timestamp() AS now) AS t
ON CONFLICT (scope, key) DO UPDATE SET
    state           = 'completed',
    fingerprint     = excluded.fingerprint,
    owner           = excluded.owner,
    fencing         = GREATEST(held.fencing, excluded.fencing),
    attempt         = excluded.attempt,
    node            = excluded.node,
    route           = excluded.route,
    heartbeat_at    = excluded.heartbeat_at,
    lock_timeout_ms = excluded.lock_timeout_ms,
    window_ms       = excluded.window_ms,
    completed_at    = excluded.completed_at,
    expires_at      = excluded.expires_at,
    answer          = excluded.answer,
    refill_pass     = excluded.refill_pass,
    consistency     = excluded.consistency
WHERE held.expires_at <= clock_timestamp()
   OR (held.state = 'processing' AND (held.owner = excluded.owner OR held.fencing < excluded.fencing))
   OR (held.state = 'completed' AND held.window_ms IS NOT NULL AND held.fencing < excluded.fencing)
RETURNING true AS completed
