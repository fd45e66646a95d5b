-- Removes a record whose owner is dead, unless the record changed since the operator saw it.
DELETE FROM idempotency_records
WHERE scope = :scope AND key = :key AND owner = :owner AND fencing = :fencing AND state = 'processing'
  AND heartbeat_at + :silenceMs * interval '1 ms' < clock_timestamp()
