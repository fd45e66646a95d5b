-- Ends a generation: from the commit on this database decides, and Redis is not trusted again before :holdOffMs are over. No
-- row is updated when somebody else has ended it.
UPDATE idempotency_trust
SET trusted = false, blocked_until = GREATEST(blocked_until, clock_timestamp() + :holdOffMs * interval '1 ms'),
    changed_at = clock_timestamp(), changed_by = :node
WHERE generation = :generation AND trusted
