-- The switch. From this commit on Redis is the authoritative store. It has all decisions up to this failover interval.
UPDATE idempotency_trust
SET trusted = true, settled_pass = pass, pass = pass + 1, changed_at = clock_timestamp(), changed_by = :node
WHERE generation = :generation AND NOT trusted
