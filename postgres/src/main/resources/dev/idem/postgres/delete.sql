-- Removes a record in any state and increments the count that near caches read. Both are one transaction, so a node that sees
-- the new count no longer finds the record. Changes one row if there was a record, else none.
WITH gone AS (
    DELETE FROM idempotency_records WHERE scope = :scope AND key = :key RETURNING scope
)
UPDATE idempotency_deletions SET count = count + 1 WHERE EXISTS (SELECT FROM gone)
