-- Brings the state of many records, each at most once, in the order of scope and key: unnest gives them, and rows are
-- locked, in the order of the arrays. Times come as distances from now in microseconds, so only PostgreSQL's clock counts.
--
-- A row that has expired gives way. A stored answer stays as it is. A completion is a fact and takes the row whoever
-- holds it; one that has expired, like a claim or a heartbeat, gives way to a higher fencing number of another owner.
-- That an outcome is unknown is no answer, and gives way to one: its own, once known, or a later owner's, if it was released.
-- An answer that has a window is followed by other answers, so of those the one with the higher fencing number stands.
-- Rows are stamped as in complete_atomically.sql. The look for a known row is a scalar subquery, so that it is never
-- planned as a walk over the whole table.
WITH charge AS MATERIALIZED (
    SELECT idempotency_pass() AS pass
), clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now
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
       entry.answer, (SELECT pass FROM charge)
FROM unnest(:scopes, :keys, :fingerprints, :owners, :fencings, :attempts, :nodes, :routes, :claimedAges,
            :heartbeatAges, :lockTimeouts, :windows, :completedAges, :remainders, :answers, :onlyIfKnown)
    AS entry (scope, key, fingerprint, owner, fencing, attempt, node, route, claimed_age,
              heartbeat_age, lock_timeout_ms, window_ms, completed_age, remaining, answer, only_if_known)
WHERE NOT entry.only_if_known
   OR (SELECT true FROM idempotency_records AS known WHERE known.scope = entry.scope AND known.key = entry.key)
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
    refill_pass     = excluded.refill_pass
WHERE held.expires_at <= clock_timestamp()
   OR (held.state = 'processing'
       AND (held.owner = excluded.owner
            OR held.fencing < excluded.fencing
            OR (excluded.state = 'completed' AND excluded.window_ms IS NULL
                AND excluded.expires_at > clock_timestamp())))
   OR (held.state = 'completed' AND held.window_ms IS NOT NULL AND held.fencing < excluded.fencing)
   OR (held.answer = :unknown AND excluded.answer <> :unknown AND held.fencing <= excluded.fencing
       AND excluded.expires_at > clock_timestamp())
