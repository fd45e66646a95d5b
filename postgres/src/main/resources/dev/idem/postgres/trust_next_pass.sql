-- Ends a failover interval. Later decisions belong to the next one.
UPDATE idempotency_trust
SET pass = pass + 1
WHERE generation = :generation AND NOT trusted
