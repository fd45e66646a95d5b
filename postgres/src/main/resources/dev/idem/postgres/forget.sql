-- Frees the keys of abandoned leases, unless the row has another owner or is completed. A lease that came from a takeover also
-- frees the row of its dead predecessors. Rows are locked in the same order as in merge.sql.
WITH freed AS MATERIALIZED (
    SELECT held.scope, held.key, held.owner
    FROM unnest(:scopes, :keys, :owners, :fencings, :tookOver) AS lease (scope, key, owner, fencing, took_over)
    JOIN idempotency_records AS held ON held.scope = lease.scope AND held.key = lease.key
    WHERE held.state = 'processing'
      AND (held.owner = lease.owner OR (lease.took_over AND held.fencing < lease.fencing))
    ORDER BY held.scope COLLATE "C", held.key COLLATE "C"
    FOR UPDATE OF held
)
DELETE FROM idempotency_records AS held
USING freed
WHERE held.scope = freed.scope AND held.key = freed.key AND held.owner = freed.owner AND held.state = 'processing'
