-- Closes a pass: what is decided from now on belongs to the next one.
UPDATE idempotency_trust
SET pass = pass + 1
WHERE generation = :generation AND NOT trusted
