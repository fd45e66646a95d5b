-- Says what became of a request whose outcome was unknown, unless the record changed since it was seen, whoever decides. If
-- PostgreSQL does, the row is stamped, so that Redis learns it before it decides again.
WITH charge AS MATERIALIZED (
    SELECT idempotency_pass() AS pass
)
UPDATE idempotency_records
SET answer      = :answer,
    refill_pass = COALESCE(charge.pass, refill_pass)
FROM charge
WHERE scope = :scope AND key = :key AND owner = :owner AND answer = :unknown AND expires_at > clock_timestamp()
