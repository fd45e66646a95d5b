-- One page of the records that PostgreSQL decided in a failover interval, after the given position. It includes freed and
-- expired records.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE refill_pass = :pass
  AND (scope, key) > (:afterScope, :afterKey)
ORDER BY scope, key
LIMIT :limit
