-- Stores the answer: no row is updated when the lease is lost. A second completion by the same owner changes nothing.
UPDATE idempotency_records
SET state        = 'completed',
    answer       = CASE state WHEN 'completed' THEN answer ELSE :answer END,
    completed_at = COALESCE(completed_at, clock_timestamp()),
    expires_at   = CASE state WHEN 'completed' THEN expires_at ELSE clock_timestamp() + :ttlMs * interval '1 ms' END
WHERE scope = :scope AND key = :key AND owner = :owner
