-- Gives one node the turn to refill, for :leaseMs. Updates no row while another one has it. A node of release 0.9.0 has the
-- advisory lock for as long as it refills, and begins no refill while failback is blocked. So this asks for that lock, and
-- blocks failback for as long as the turn is renewed. That block is 1.5 s shorter than the turn, so that it can be told from the
-- report of a node without Redis, and does not keep the next failback waiting for long.
UPDATE idempotency_trust
SET refill_owner = :owner,
    refill_until = t.now + :leaseMs * interval '1 ms',
    blocked_until = GREATEST(blocked_until, t.now + :leaseMs * interval '1 ms' - interval '1.5 s')
FROM (SELECT clock_timestamp() AS now) AS t
WHERE NOT trusted
  AND (refill_until IS NULL OR refill_until <= clock_timestamp())
  AND pg_try_advisory_xact_lock(hashtext('idempotency_trust refill'))
