-- Stores the answer. Changes nothing if the lease is lost or, with :whileAuthoritative, if Redis is the authoritative store. A
-- second completion by the same owner keeps the first answer.
WITH authority AS MATERIALIZED (
    SELECT CASE WHEN :whileAuthoritative THEN idempotency_pass() END AS failover_interval
),
changed AS (
    UPDATE idempotency_records
    SET state        = 'completed',
        answer       = CASE state WHEN 'completed' THEN answer ELSE :answer END,
        completed_at = COALESCE(completed_at, clock_timestamp()),
        expires_at   = CASE state WHEN 'completed' THEN expires_at ELSE clock_timestamp() + :ttlMs * interval '1 ms' END,
        refill_pass  = COALESCE(authority.failover_interval, refill_pass)
    FROM authority
    WHERE scope = :scope AND key = :key AND owner = :owner AND expires_at > clock_timestamp()
      AND (NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL)
    RETURNING 1
)
SELECT NOT :whileAuthoritative OR authority.failover_interval IS NOT NULL AS authoritative, EXISTS (SELECT FROM changed) AS changed
FROM authority
