-- Ends a generation: from the commit on this database decides. No row is updated when somebody else has ended it.
UPDATE idempotency_trust
SET trusted = false, changed_at = clock_timestamp(), changed_by = :node
WHERE generation = :generation AND trusted
