-- The reserved record of a probe. probe_take_back.sql deletes it in the same transaction, so nobody ever sees it. There is never a
-- conflict, but a claim needs the right to update too.
INSERT INTO idempotency_records
    (scope, key, state, fingerprint, owner, fencing, attempt, node, route,
     claimed_at, heartbeat_at, lock_timeout_ms, expires_at)
SELECT 'probe', CAST(:owner AS uuid)::text, 'processing', ''::bytea, :owner, 0, 1, '', '',
       t.now, t.now, 0, t.now
FROM (SELECT clock_timestamp() AS now) AS t
ON CONFLICT (scope, key) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
