-- Removes a record whatever its state, and tells those who keep answers in memory: in one transaction, so that whoever sees the
-- new count no longer finds the record. Changes one row if there was a record, else none.
WITH gone AS (
    DELETE FROM idempotency_records WHERE scope = :scope AND key = :key RETURNING scope
)
UPDATE idempotency_deletions SET count = count + 1 WHERE EXISTS (SELECT FROM gone)
