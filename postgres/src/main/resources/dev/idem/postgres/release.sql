-- Frees the key of a held request, unless the record changed since the operator saw it. Leaves a tombstone, so that no copy of
-- the unknown outcome comes back. It does not matter which store is the authoritative one. Returns how many records there were.
WITH gone AS (
    DELETE FROM idempotency_records
    WHERE scope = :scope AND key = :key AND owner = :owner AND answer = :unknown
    RETURNING scope, key, owner, expires_at
), buried AS (
    INSERT INTO idempotency_tombstones AS held (scope, key, owners, deleted_at, expires_at)
    SELECT scope, key, ARRAY[owner], clock_timestamp(), least(expires_at, '9999-12-31 UTC') + interval '1 minute' FROM gone
    ON CONFLICT (scope, key) DO UPDATE SET
        owners     = ARRAY(SELECT DISTINCT unnest(held.owners || excluded.owners)),
        deleted_at = excluded.deleted_at,
        expires_at = GREATEST(held.expires_at, excluded.expires_at)
)
SELECT count(*) FROM gone
