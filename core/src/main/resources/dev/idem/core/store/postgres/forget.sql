-- Frees the keys of leases that were given back, unless the row is another owner's or completed. The rows are locked in
-- the order in which merge.sql does it.
WITH freed AS MATERIALIZED (
    SELECT held.scope, held.key, held.owner
    FROM unnest(:scopes, :keys, :owners) AS entry (scope, key, owner)
    JOIN idempotency_records AS held
      ON held.scope = entry.scope AND held.key = entry.key AND held.owner = entry.owner AND held.state = 'processing'
    ORDER BY held.scope COLLATE "C", held.key COLLATE "C"
    FOR UPDATE OF held
)
DELETE FROM idempotency_records AS held
USING freed
WHERE held.scope = freed.scope AND held.key = freed.key AND held.owner = freed.owner AND held.state = 'processing'
