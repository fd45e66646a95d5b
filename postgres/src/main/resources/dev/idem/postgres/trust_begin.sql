-- Begins a refill with a new generation.
UPDATE idempotency_trust
SET generation = :generation, pass = pass + 1, changed_at = clock_timestamp(), changed_by = :node
WHERE NOT trusted
