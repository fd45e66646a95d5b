-- The authoritative store, and the state that a refill needs. A block that only stands for another node's turn is none.
SELECT generation, trusted, pass, settled_pass,
       blocked_until > clock_timestamp() AND blocked_until > coalesce(refill_until, '-infinity') AS blocked
FROM idempotency_trust
