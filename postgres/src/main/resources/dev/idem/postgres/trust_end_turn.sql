-- Ends the turn, and the block for nodes of release 0.9.0 unless another node has prolonged it.
UPDATE idempotency_trust
SET refill_owner = NULL, refill_until = NULL,
    blocked_until = CASE WHEN blocked_until > refill_until THEN blocked_until ELSE clock_timestamp() END
WHERE refill_owner = :owner
