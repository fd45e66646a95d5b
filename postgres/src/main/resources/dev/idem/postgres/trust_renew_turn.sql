-- Prolongs the turn. Updates no row if another node has it meanwhile.
UPDATE idempotency_trust
SET refill_until = clock_timestamp() + :leaseMs * interval '1 ms',
    blocked_until = GREATEST(blocked_until, clock_timestamp() + :leaseMs * interval '1 ms')
WHERE refill_owner = :owner
