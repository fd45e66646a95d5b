-- Renews a lease: a heartbeat. Changes nothing if the lease is lost or, with :whileAuthoritative, if Redis is the authoritative store.
WITH authority AS MATERIALIZED (
    SELECT CASE WHEN :whileAuthoritative THEN idempotency_pass() END AS failover_interval
),
changed AS (
    UPDATE idempotency_records
    SET heartbeat_at = clock_timestamp(),
        expires_at   = clock_timestamp() + (:ttlMs + greatest(0, least(lock_timeout_ms, 100000000000000))) * interval '1 ms',
        refill_pass  = COALESCE(authority.failover_interval, refill_pass)
    FROM authority
    WHERE scope = :scope AND key = :key AND owner = :owner AND state = 'processing' AND expires_at > clock_timestamp()
      AND (NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL)
    RETURNING 1
)
SELECT NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL AS authoritative, EXISTS (SELECT FROM changed) AS changed
FROM authority
