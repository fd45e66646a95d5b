-- Frees the key. Changes nothing if the lease is lost or, with :whileAuthoritative, if Redis is the authoritative store. The row
-- expires at once instead of being deleted, so that a refill also copies this to Redis. The sweeper deletes it later.
WITH charge AS MATERIALIZED (
    SELECT CASE WHEN :whileAuthoritative THEN idempotency_pass() END AS pass
),
changed AS (
    UPDATE idempotency_records
    SET expires_at  = clock_timestamp(),
        refill_pass = COALESCE(charge.pass, refill_pass)
    FROM charge
    WHERE scope = :scope AND key = :key AND owner = :owner AND state = 'processing' AND expires_at > clock_timestamp()
      AND (NOT :whileAuthoritative OR charge.pass IS NOT NULL)
    RETURNING 1
)
SELECT NOT :whileAuthoritative OR charge.pass IS NOT NULL AS in_charge, EXISTS (SELECT FROM changed) AS changed
FROM charge
