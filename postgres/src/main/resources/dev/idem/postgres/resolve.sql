-- Resolves a held request as completed, unless the record changed since the operator saw it. It does not matter which store is
-- the authoritative one. If it is PostgreSQL, the row is stamped, so that the next failback copies it to Redis.
WITH authority AS MATERIALIZED (
    SELECT idempotency_pass() AS failover_interval
)
UPDATE idempotency_records
SET answer      = :answer,
    refill_pass = COALESCE(authority.failover_interval, refill_pass)
FROM authority
WHERE scope = :scope AND key = :key AND owner = :owner AND answer = :unknown AND expires_at > clock_timestamp()
