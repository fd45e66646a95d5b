-- One page of the records that were decided here in a pass, after the given place; those also that are freed or expired.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE refill_pass = :pass
  AND (scope, key) > (:afterScope, :afterKey)
ORDER BY scope, key
LIMIT :limit
