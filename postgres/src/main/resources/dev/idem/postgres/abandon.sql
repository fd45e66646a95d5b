-- Frees the key: nothing changes when the lease is lost, or, with :whileInCharge, when Redis decides. The row expires at
-- once instead of being deleted, so that a refill tells Redis of it too; it is swept with the others.
WITH charge AS MATERIALIZED (
    SELECT CASE WHEN :whileInCharge THEN idempotency_pass() END AS pass
),
changed AS (
    UPDATE idempotency_records
    SET expires_at  = clock_timestamp(),
        refill_pass = COALESCE(charge.pass, refill_pass)
    FROM charge
    WHERE scope = :scope AND key = :key AND owner = :owner AND state = 'processing' AND expires_at > clock_timestamp()
      AND (NOT :whileInCharge OR charge.pass IS NOT NULL)
    RETURNING 1
)
SELECT NOT :whileInCharge OR charge.pass IS NOT NULL AS in_charge, EXISTS (SELECT FROM changed) AS changed
FROM charge
