-- Stores the answer. Changes nothing if the lease is lost or, with :whileAuthoritative, if Redis is the authoritative store. A
-- second completion by the same owner keeps the first answer.
WITH charge AS MATERIALIZED (
    SELECT CASE WHEN :whileAuthoritative THEN idempotency_pass() END AS pass
),
changed AS (
    UPDATE idempotency_records
    SET state        = 'completed',
        answer       = CASE state WHEN 'completed' THEN answer ELSE :answer END,
        completed_at = COALESCE(completed_at, clock_timestamp()),
        expires_at   = CASE state WHEN 'completed' THEN expires_at ELSE clock_timestamp() + :ttlMs * interval '1 ms' END,
        refill_pass  = COALESCE(charge.pass, refill_pass)
    FROM charge
    WHERE scope = :scope AND key = :key AND owner = :owner AND expires_at > clock_timestamp()
      AND (NOT :whileAuthoritative OR charge.pass IS NOT NULL)
    RETURNING 1
)
SELECT NOT :whileAuthoritative OR charge.pass IS NOT NULL AS in_charge, EXISTS (SELECT FROM changed) AS changed
FROM charge
