-- Claims a record in one statement, by PostgreSQL's clock. The caller acquires the record if it is absent, expired, stale, or
-- already the caller's. It also acquires an answer whose window is over, unless it has found the request in flight before.
--
-- ON CONFLICT locks an existing row, so only one of several callers gets a row from "claimed". The others read the existing
-- row. If no row comes back, the row was inserted after this statement's snapshot (READ COMMITTED), and the caller tries again.
-- It also tries again after the outcome "again": another caller has acquired the record since the snapshot.
--
-- While PostgreSQL took no writes no heartbeat arrived. So nobody takes over from an owner before PostgreSQL has taken the caller's
-- node's writes for that lock timeout without a gap (since :answeringSince), nor by a statement that was sent before such a gap and is
-- executed after it (the node's last write, :answeredAt, is older than :gapMs then). All are null if the node has written nothing yet.
--
-- A row that is no record (readable.sql, the text for <readable>) answers "unreadable", and stays as it is until it has expired.
--
-- With :whileAuthoritative the statement does nothing if Redis is the authoritative store, and a failback waits for its end.
WITH authority AS MATERIALIZED (
    SELECT CASE WHEN :whileAuthoritative THEN idempotency_pass() END AS failover_interval
),
claimed AS (
    INSERT INTO idempotency_records AS held
        (scope, key, state, fingerprint, owner, fencing, attempt, node, route,
         claimed_at, heartbeat_at, lock_timeout_ms, window_ms, expires_at, refill_pass, consistency)
    SELECT :scope, :key, 'processing', :fingerprint, :owner, (extract(epoch FROM t.now) * 1000000)::bigint, 1, :node, :route,
           t.now, t.now, :lockTimeoutMs, :windowMs, t.now + (:ttlMs + :lockTimeoutMs) * interval '1 ms', authority.failover_interval, :consistency
    FROM (SELECT clock_timestamp() AS now) AS t, authority
    WHERE NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL
    ON CONFLICT (scope, key) DO UPDATE SET
        state           = 'processing',
        fingerprint     = excluded.fingerprint,
        owner           = excluded.owner,
        fencing         = CASE WHEN held.owner = excluded.owner THEN held.fencing
                               ELSE GREATEST(LEAST(held.fencing, 9223372036854775806) + 1, excluded.fencing) END,
        attempt         = CASE WHEN held.owner = excluded.owner THEN held.attempt
                               WHEN held.state = 'completed' OR held.expires_at <= clock_timestamp() THEN 1
                               ELSE held.attempt + 1 END,
        node            = excluded.node,
        route           = excluded.route,
        claimed_at      = excluded.claimed_at,
        heartbeat_at    = excluded.heartbeat_at,
        lock_timeout_ms = excluded.lock_timeout_ms,
        window_ms       = excluded.window_ms,
        completed_at    = NULL,
        expires_at      = excluded.expires_at,
        answer          = NULL,
        refill_pass     = excluded.refill_pass,
        consistency     = excluded.consistency
    WHERE held.expires_at <= clock_timestamp()
       OR CASE WHEN <readable> THEN
              (held.state = 'processing'
               AND held.fingerprint = excluded.fingerprint
               AND (held.owner = excluded.owner
                    OR (held.heartbeat_at + held.lock_timeout_ms * interval '1 ms' < clock_timestamp()
                        AND (CAST(:answeredAt AS timestamptz) IS NULL
                             OR (CAST(:answeringSince AS timestamptz) + held.lock_timeout_ms * interval '1 ms' < clock_timestamp()
                                 AND CAST(:answeredAt AS timestamptz) + CAST(:gapMs AS bigint) * interval '1 ms' > clock_timestamp())))))
              OR (held.state = 'completed' AND NOT :waiting
                  AND held.claimed_at + held.window_ms * interval '1 ms' < clock_timestamp())
          END
    RETURNING fencing, attempt
)
SELECT 'acquired' AS outcome, fencing, attempt, NULL::timestamptz AS claimed_at, NULL::timestamptz AS completed_at,
       NULL::bytea AS answer, NULL::bigint AS remaining_ms
FROM claimed
UNION ALL
SELECT CASE WHEN expires_at <= clock_timestamp() THEN 'again'
            WHEN (<readable>) IS NOT TRUE THEN 'unreadable'
            WHEN state = 'completed' AND NOT :waiting
                 AND claimed_at + window_ms * interval '1 ms' < clock_timestamp() THEN 'again'
            WHEN fingerprint <> :fingerprint THEN 'key_reused'
            WHEN state = 'completed' THEN 'replay'
            ELSE 'in_flight' END,
       fencing, attempt, claimed_at, completed_at, answer,
       CASE WHEN <readable> THEN (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::bigint END
FROM idempotency_records AS held, authority
WHERE scope = :scope AND key = :key AND NOT EXISTS (SELECT FROM claimed)
  AND (NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL)
UNION ALL
SELECT 'not_authoritative', NULL, NULL, NULL, NULL, NULL, NULL
FROM authority
WHERE :whileAuthoritative AND authority.failover_interval IS NULL
