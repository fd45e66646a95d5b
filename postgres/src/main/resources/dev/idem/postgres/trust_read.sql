-- The authoritative store, and the state that a refill needs. A block that only stands for a node's turn (trust_take_turn.sql)
-- is none.
SELECT generation, trusted, pass, settled_pass,
       NOT trusted AND blocked_until > clock_timestamp()
           AND blocked_until > coalesce(refill_until - interval '1.5 s', '-infinity') AS blocked
FROM idempotency_trust
