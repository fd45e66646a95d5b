-- Begins a refill, whose generation nobody has used before.
UPDATE idempotency_trust
SET generation = :generation, pass = pass + 1, changed_at = clock_timestamp(), changed_by = :node
WHERE NOT trusted
