-- Completes a record inside the transaction that made the request's effect, whichever store granted the lease: the two
-- are committed together or not at all. No row comes back when another answer is stored, or a later owner is known: then
-- the transaction must be rolled back. An earlier owner gives way also if its request was another one: the store that
-- granted the key anew knew that it had been freed, of which the journal may not have told yet. A row that waits for another transaction's end sees what that one has committed.
-- Parameters: scope, key, fingerprint, owner, fencing, attempt, node, route, lock timeout in ms, window in ms or null, time
-- to live in ms, answer.
INSERT INTO idempotency_records AS held
    (scope, key, state, fingerprint, owner, fencing, attempt, node, route,
     claimed_at, heartbeat_at, lock_timeout_ms, window_ms, completed_at, expires_at, answer, refill_pass)
SELECT ?, ?, 'completed', ?, ?, ?, ?, ?, ?,
       t.now, t.now, ?, ?, t.now, t.now + ? * interval '1 ms', ?, idempotency_pass()
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
    refill_pass     = excluded.refill_pass
WHERE held.expires_at <= clock_timestamp()
   OR (held.state = 'processing' AND (held.owner = excluded.owner OR held.fencing < excluded.fencing))
   OR (held.state = 'completed' AND held.window_ms IS NOT NULL AND held.fencing < excluded.fencing)
RETURNING true AS completed
