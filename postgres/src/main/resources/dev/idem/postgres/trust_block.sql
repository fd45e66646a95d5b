-- Blocks failback because a node cannot reach Redis. The block ends some time after that node's last report.
UPDATE idempotency_trust
SET blocked_until = GREATEST(blocked_until, clock_timestamp() + :ms * interval '1 ms')
WHERE NOT trusted
