-- Frees the keys of leases that were given back, unless the row is another owner's or completed. A lease that had been
-- taken over frees the row of its dead predecessors too. Rows are locked in the order in which merge.sql locks them.
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
