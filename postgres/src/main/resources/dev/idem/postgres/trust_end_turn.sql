-- Ends the turn. The block for nodes of release 0.9.0 ends by itself: another node may count on it meanwhile.
UPDATE idempotency_trust
SET refill_owner = NULL, refill_until = NULL
WHERE refill_owner = :owner
