-- A node cannot reach Redis: it must not decide for the others, until that node has been silent for a while.
UPDATE idempotency_trust
SET blocked_until = GREATEST(blocked_until, clock_timestamp() + :ms * interval '1 ms')
WHERE NOT trusted
