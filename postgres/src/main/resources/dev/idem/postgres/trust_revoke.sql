-- Revokes a generation. From the commit on PostgreSQL is the authoritative store, and no failback begins for :holdOffMs.
-- Updates no row if another node has already revoked it.
UPDATE idempotency_trust
SET trusted = false, blocked_until = GREATEST(blocked_until, clock_timestamp() + :holdOffMs * interval '1 ms'),
    changed_at = clock_timestamp(), changed_by = :node
WHERE generation = :generation AND trusted
