-- Removes a record in any state, leaves a tombstone, and increments the count that near caches read. All are one transaction, so a
-- node that sees the new count no longer finds the record. The tombstone is for the answers of :owners, and for the one that was
-- here. Returns how many records there were.
WITH gone AS (
    DELETE FROM idempotency_records WHERE scope = :scope AND key = :key RETURNING owner, state
), buried AS (
    INSERT INTO idempotency_tombstones AS held (scope, key, owners, deleted_at, expires_at)
    SELECT :scope, :key, ARRAY(SELECT unnest(:owners) UNION SELECT owner FROM gone WHERE state = 'completed'),
           t.now, t.now + :lifeMs * interval '1 ms'
    FROM (SELECT clock_timestamp() AS now) AS t
    ON CONFLICT (scope, key) DO UPDATE SET
        owners     = ARRAY(SELECT DISTINCT unnest(held.owners || excluded.owners)),
        deleted_at = excluded.deleted_at,
        expires_at = GREATEST(held.expires_at, excluded.expires_at)
), counted AS (
    UPDATE idempotency_deletions SET count = count + 1 WHERE EXISTS (SELECT FROM gone)
)
SELECT count(*) FROM gone
