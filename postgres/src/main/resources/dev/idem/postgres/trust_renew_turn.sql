-- Prolongs the turn. Updates no row if another node has it meanwhile.
UPDATE idempotency_trust
SET refill_until = t.now + :leaseMs * interval '1 ms',
    blocked_until = GREATEST(blocked_until, t.now + :leaseMs * interval '1 ms' - interval '1.5 s')
FROM (SELECT clock_timestamp() AS now) AS t
WHERE refill_owner = :owner
