-- Writes the state of many records, each at most once, in the order of scope and key. unnest returns them in the order of the
-- arrays, so rows are locked in that order. Times are ages in microseconds, so only PostgreSQL's clock counts. They were taken
-- just before the transaction, which may wait for locks meanwhile.
--
-- What replaces an existing row:
-- An expired row is always replaced. A stored answer stays.
-- A completion replaces a processing row, whichever owner holds it. A completion that has expired does not replace a row with a
-- higher fencing number of another owner; nor does a claim or a heartbeat.
-- An unknown outcome is not an answer. An answer replaces it: its own, once known, or a later owner's after a release.
-- An answer with a window may be followed by other answers. Of these, the one with the highest fencing number stays.
-- An answer that an operator has deleted does not come back: a tombstone has its owner, or is younger than it.
-- Rows are stamped as in complete_atomically.sql. The lookups of a known row and of a tombstone are scalar subqueries, so that
-- PostgreSQL never plans them as a scan of the whole table.
--
-- The lock is a statement of its own: the next one's snapshot then has the tombstones of all deletions that this has waited for.
-- Every merge takes it before the lock in idempotency_pass(), and a deletion never takes that one, so none waits in a circle.
SELECT pg_advisory_xact_lock_shared(hashtext('idempotency_tombstones'));
WITH authority AS MATERIALIZED (
    SELECT idempotency_pass() AS failover_interval
), clock AS MATERIALIZED (
    SELECT transaction_timestamp() AS now
)
INSERT INTO idempotency_records AS held
    (scope, key, state, fingerprint, owner, fencing, attempt, node, route,
     claimed_at, heartbeat_at, lock_timeout_ms, window_ms, completed_at, expires_at, answer, refill_pass)
SELECT entry.scope, entry.key, CASE WHEN entry.answer IS NULL THEN 'processing' ELSE 'completed' END,
       entry.fingerprint, entry.owner, entry.fencing, entry.attempt, entry.node, entry.route,
       (SELECT now FROM clock) - entry.claimed_age * interval '1 microsecond',
       (SELECT now FROM clock) - entry.heartbeat_age * interval '1 microsecond',
       entry.lock_timeout_ms, entry.window_ms,
       (SELECT now FROM clock) - entry.completed_age * interval '1 microsecond',
       (SELECT now FROM clock) + entry.remaining * interval '1 microsecond',
       entry.answer, (SELECT failover_interval FROM authority)
FROM unnest(:scopes, :keys, :fingerprints, :owners, :fencings, :attempts, :nodes, :routes, :claimedAges,
            :heartbeatAges, :lockTimeouts, :windows, :completedAges, :remainders, :answers, :onlyIfKnown)
    AS entry (scope, key, fingerprint, owner, fencing, attempt, node, route, claimed_age,
              heartbeat_age, lock_timeout_ms, window_ms, completed_age, remaining, answer, only_if_known)
WHERE (NOT entry.only_if_known
       OR (SELECT true FROM idempotency_records AS known WHERE known.scope = entry.scope AND known.key = entry.key))
  AND (entry.answer IS NULL
       OR (SELECT true FROM idempotency_tombstones AS gone
           WHERE gone.scope = entry.scope AND gone.key = entry.key
             AND (entry.owner = ANY (gone.owners)
                  OR (SELECT now FROM clock) - entry.completed_age * interval '1 microsecond' <= gone.deleted_at)) IS NULL)
ON CONFLICT (scope, key) DO UPDATE SET
    state           = excluded.state,
    fingerprint     = excluded.fingerprint,
    owner           = excluded.owner,
    fencing         = GREATEST(held.fencing, excluded.fencing),
    attempt         = excluded.attempt,
    node            = excluded.node,
    route           = excluded.route,
    claimed_at      = CASE WHEN held.owner = excluded.owner THEN LEAST(held.claimed_at, excluded.claimed_at)
                           ELSE excluded.claimed_at END,
    heartbeat_at    = CASE WHEN held.owner = excluded.owner THEN GREATEST(held.heartbeat_at, excluded.heartbeat_at)
                           ELSE excluded.heartbeat_at END,
    lock_timeout_ms = excluded.lock_timeout_ms,
    window_ms       = excluded.window_ms,
    completed_at    = excluded.completed_at,
    expires_at      = excluded.expires_at,
    answer          = excluded.answer,
    refill_pass     = excluded.refill_pass,
    consistency     = CASE WHEN held.owner = excluded.owner THEN held.consistency END
WHERE held.expires_at <= clock_timestamp()
   OR (held.state = 'processing'
       AND (held.owner = excluded.owner
            OR held.fencing < excluded.fencing
            OR (excluded.state = 'completed' AND excluded.window_ms IS NULL
                AND excluded.expires_at > clock_timestamp())))
   OR (held.state = 'completed' AND held.window_ms IS NOT NULL AND held.fencing < excluded.fencing)
   OR (held.answer = :unknown AND excluded.answer <> :unknown AND held.fencing <= excluded.fencing
       AND excluded.expires_at > clock_timestamp())
